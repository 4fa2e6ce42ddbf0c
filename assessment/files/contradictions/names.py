"""Names of questions, options, facts, stages, documents and boxes that do not exist."""

import re
from collections.abc import Iterable, Iterator, Sequence

from assessment.files.contradictions.contradiction import (
    Contradiction,
    conditions,
    requirements,
    sources,
)
from assessment.files.near_misses import shortened, suggestion
from assessment.files.positions import Where
from assessment.method.questionnaire import Condition, Map, Question, Questionnaire

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def unknown_names(questionnaire: Questionnaire) -> Iterator[Contradiction]:
    """Find every name that leads nowhere; each with the near miss."""
    for where, need in requirements(questionnaire):
        yield from _mark(questionnaire, where, need.question, at_least=need.at_least)
    for where, group in conditions(questionnaire):
        for index, condition in enumerate(group):
            yield from _condition(questionnaire, (*where, index), condition)
    for index, question in enumerate(questionnaire.questions):
        yield from _question(questionnaire, ("questions", index), question)
    for where, source in sources(questionnaire):
        if source.document is not None and source.document not in questionnaire.sources:
            what = f"no document under 'sources' is called '{source.document}'"
            fix = suggestion(source.document, questionnaire.sources)
            yield Contradiction((*where, "document"), what, fix)
    yield from _placeholders(questionnaire)
    if questionnaire.map is not None:
        yield from _map(questionnaire, questionnaire.map)


def _mark(
    questionnaire: Questionnaire, where: Where, question: str, **marks: str | None
) -> Iterator[Contradiction]:
    """Check a question's id, and those of its options that are named beside it."""
    asked = questionnaire.by_id.get(question)
    if asked is None:
        fix = suggestion(question, questionnaire.by_id)
        yield Contradiction((*where, "question"), f"no question is called '{question}'", fix)
        return
    for key, option in marks.items():
        if option is not None and option not in asked.options:
            yield _no_option((*where, key), asked, option)


def _no_option(where: Where, question: Question, option: str) -> Contradiction:
    what = f"question '{question.id}' has no option '{option}'"
    return Contradiction(where, what, suggestion(option, question.options))


def _condition(
    questionnaire: Questionnaire, where: Where, condition: Condition
) -> Iterator[Contradiction]:
    if condition.profile is not None:
        yield from _fact(questionnaire, where, condition.profile, condition.in_ or ())
    if condition.question is not None:
        marks = {"at_least": condition.at_least, "at_most": condition.at_most}
        yield from _mark(questionnaire, where, condition.question, **marks)


def _fact(
    questionnaire: Questionnaire, where: Where, name: str, choices: Sequence[str]
) -> Iterator[Contradiction]:
    fact = questionnaire.facts.get(name)
    if fact is None:
        fix = suggestion(name, questionnaire.facts)
        yield Contradiction((*where, "profile"), f"no fact under 'profile' is called '{name}'", fix)
    elif fact.type not in ("choice", "choices"):
        what = f"'{name}' is a {fact.type}; a condition needs a fact with options"
        yield Contradiction((*where, "profile"), what, "name a fact of type choice or choices")
    else:
        for index, choice in enumerate(choices):
            if choice not in fact.options:
                what = f"fact '{name}' has no option '{choice}'"
                yield Contradiction((*where, "in", index), what, suggestion(choice, fact.options))


def _question(
    questionnaire: Questionnaire, where: Where, question: Question
) -> Iterator[Contradiction]:
    stages = [stage.id for stage in questionnaire.stages]
    if question.stage_id not in stages:
        what = f"no stage is called '{question.stage_id}'"
        if question.stage is None:
            what += ", which is what the question's id says before its first dot"
        key = "id" if question.stage is None else "stage"
        yield Contradiction((*where, key), what, suggestion(question.stage_id, stages))
    if question.applies_if is not None:
        needed = question.applies_if
        yield from _fact(questionnaire, (*where, "applies_if"), needed.profile, needed.in_)
    asked_from = question.detail.at_least if question.detail is not None else None
    if asked_from is not None and asked_from not in question.options:
        yield _no_option((*where, "detail", "at_least"), question, asked_from)
    for mark in question.short_of:
        if mark not in question.options:
            yield _no_option((*where, "short_of", mark), question, mark)


def _placeholders(questionnaire: Questionnaire) -> Iterator[Contradiction]:
    for index, stake in enumerate(questionnaire.stakes):
        where = ("stakes", index, "say")
        if re.search(r"[{}]", PLACEHOLDER.sub("", stake.say)):
            fix = "write a fact's id between one { and one }"
            yield Contradiction(where, "a brace is opened or closed alone", fix)
        for name in PLACEHOLDER.findall(stake.say):
            if name not in questionnaire.facts:
                what = f"'{{{shortened(name)}}}' names no fact under 'profile'"
                yield Contradiction(where, what, suggestion(name, questionnaire.facts))


def _map(questionnaire: Questionnaire, drawn: Map) -> Iterator[Contradiction]:
    boxes = [node.id for node in drawn.nodes]
    for index, node in enumerate(drawn.nodes):
        yield from _details(questionnaire, ("map", "nodes", index, "detail"), node.detail)
    for index, link in enumerate(drawn.links):
        where: Where = ("map", "links", index)
        for key, end in (("from", link.from_), ("to", link.to)):
            if end not in boxes:
                what = f"no box of the map is called '{end}'"
                yield Contradiction((*where, key), what, suggestion(end, boxes))
        yield from _details(questionnaire, (*where, "detail"), link.detail)


def _details(
    questionnaire: Questionnaire, where: Where, questions: Iterable[str]
) -> Iterator[Contradiction]:
    for index, name in enumerate(questions):
        if name not in questionnaire.by_id:
            what = f"no question is called '{name}'"
            yield Contradiction((*where, index), what, suggestion(name, questionnaire.by_id))
