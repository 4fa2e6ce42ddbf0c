"""Rules that could never hold, would always hold, or could be read in two ways."""

from collections.abc import Iterator, Sequence

from assessment.files.contradictions.contradiction import (
    Contradiction,
    conditions,
    requirements,
    sources,
)
from assessment.files.model_keys import keys_of
from assessment.files.positions import Where
from assessment.files.problems import Severity
from assessment.method.questionnaire import (
    NAME_FACT,
    UNKNOWN,
    Condition,
    Question,
    Questionnaire,
    Requirement,
)


def broken_rules(questionnaire: Questionnaire) -> Iterator[Contradiction]:
    """Find what would make a result wrong, or leave the method without an answer."""
    yield from _profile(questionnaire)
    yield from _reserved(questionnaire)
    yield from _levels(questionnaire)
    yield from _gates(questionnaire)
    yield from _marks_always_met(questionnaire)
    for where, group in conditions(questionnaire):
        yield from _conditions(questionnaire, where, group)
    yield from _urgent(questionnaire)
    yield from _sources(questionnaire)
    yield from _arrows(questionnaire)


def _profile(q: Questionnaire) -> Iterator[Contradiction]:
    name = q.facts.get(NAME_FACT)
    if name is None:
        what = f"no fact under 'profile' is called '{NAME_FACT}'; every use case needs a name"
        yield Contradiction(("profile",), what, "add {id: name, type: text, required: true}")
    elif name.type != "text":
        where = ("profile", q.profile.index(name), "type")
        yield Contradiction(where, f"the fact '{NAME_FACT}' is no text", "write 'type: text'")
    guesses = [i for i, fact in enumerate(q.profile) if fact.type == "level"]
    for i in guesses[1:]:
        what = "another fact of type level is there already; people guess one level"
        yield Contradiction(("profile", i, "type"), what, "keep one of the two")
    for i, fact in enumerate(q.profile):
        is_choice = fact.type in ("choice", "choices")
        if is_choice and not fact.options:
            what = f"there is nothing to choose from: '{fact.id}' has no options"
            yield Contradiction(("profile", i), what, "add 'options:', or write 'type: text'")
        if fact.options and not is_choice:
            what = f"a fact of type {fact.type} has no options"
            fix = "take them out, or write 'type: choice' or 'type: choices'"
            yield Contradiction(("profile", i, "options"), what, fix)


def _reserved(q: Questionnaire) -> Iterator[Contradiction]:
    for i, question in enumerate(q.questions):
        if UNKNOWN in question.options:
            what = (
                f"'{UNKNOWN}' cannot be an option: every question accepts it as \"we don't know\""
            )
            where = ("questions", i, "options", UNKNOWN)
            yield Contradiction(where, what, "give the option another id, or take it out")
        for option in question.options:
            if option in keys_of(Question):
                what = f"'{option}' is read as an option here, and is called like a key"
                fix = "if it is meant as a key of the question, indent its line less"
                where = ("questions", i, "options", option)
                yield Contradiction(where, what, fix, Severity.WARNING)


def _levels(q: Questionnaire) -> Iterator[Contradiction]:
    for i, level in enumerate(q.levels):
        if level.level != i + 1:
            what = f"this is level {i + 1} of {q.top} by its place, not {level.level}"
            fix = "number the levels 1, 2, 3, ..., the lowest first"
            yield Contradiction(("levels", i, "level"), what, fix)
    if q.levels[0].requires:
        what = "the first level requires something; everybody is at level 1 before they start"
        fix = "move the requirements to level 2"
        yield Contradiction(("levels", 0, "requires"), what, fix)
    for i, safeguard in enumerate(q.safeguards):
        if safeguard.from_ > q.top:
            what = f"there is no level {safeguard.from_}; the highest is {q.top}"
            yield Contradiction(("safeguards", i, "from"), what, f"write a level from 1 to {q.top}")


def _gates(q: Questionnaire) -> Iterator[Contradiction]:
    for i, level in enumerate(q.levels):
        for j, need in enumerate(level.requires):
            asked = q.by_id.get(need.question)
            if asked is not None and asked.applies_if is not None:
                what = (
                    f"level {level.level} requires '{asked.id}', which is not asked everywhere "
                    "('applies_if'): where it is not, the gate would pass silently"
                )
                fix = "take its 'applies_if' out, or make the requirement a safeguard"
                yield Contradiction(("levels", i, "requires", j), what, fix)


def _marks_always_met(q: Questionnaire) -> Iterator[Contradiction]:
    for where, need in requirements(q):
        if _rank(q, need) == 0:
            what = f"'{need.at_least}' is the weakest option of '{need.question}': always met"
            yield Contradiction((*where, "at_least"), what, "name a stronger option")
    for i, question in enumerate(q.questions):
        for mark in question.short_of:
            if question.ranks.get(mark) == 0:
                what = f"no answer falls short of '{mark}', the weakest option"
                fix = "name the option that is missed, not the one that is given"
                yield Contradiction(("questions", i, "short_of", mark), what, fix)


def _rank(q: Questionnaire, need: Requirement) -> int | None:
    """The place of a mark; None where question or option do not exist."""
    asked = q.by_id.get(need.question)
    return None if asked is None else asked.ranks.get(need.at_least)


def _conditions(
    q: Questionnaire, where: Where, group: Sequence[Condition]
) -> Iterator[Contradiction]:
    for index, condition in enumerate(group):
        if not _is_one_thing(condition):
            what = "this is no condition, or more than one"
            fix = (
                "write {profile: ..., in: [...]}, {question: ..., at_least: ... and/or "
                "at_most: ...} or {perceived_above_ceiling: ...}"
            )
            yield Contradiction((*where, index), what, fix)
        yield from _guess(q, (*where, index), condition)
    yield from _excluding_each_other(q, where, group)


def _is_one_thing(condition: Condition) -> bool:
    about_fact = condition.profile is not None and condition.in_ is not None
    has_mark = condition.at_least is not None or condition.at_most is not None
    about_answer = condition.question is not None and has_mark
    about_guess = condition.perceived_above_ceiling is not None
    given = len(condition.model_fields_set)
    if about_fact:
        return given == 2
    if about_answer:
        return given == 2 + (condition.at_least is not None and condition.at_most is not None)
    return about_guess and given == 1


def _guess(q: Questionnaire, where: Where, condition: Condition) -> Iterator[Contradiction]:
    above = condition.perceived_above_ceiling
    if above is None:
        return
    place = (*where, "perceived_above_ceiling")
    if q.guess_fact is None:
        what = "nobody is asked for a guess: no fact under 'profile' has the type level"
        yield Contradiction(place, what, "add such a fact, or take the condition out")
    elif above >= q.top:
        what = f"with {q.top} levels no guess lies {above} above the ceiling"
        yield Contradiction(place, what, f"write a number from 1 to {q.top - 1}")


def _excluding_each_other(
    q: Questionnaire, where: Where, group: Sequence[Condition]
) -> Iterator[Contradiction]:
    """Conditions on one question that no answer fulfills together."""
    lowest: dict[str, int] = {}
    highest: dict[str, int] = {}
    for index, condition in enumerate(group):
        asked = q.by_id.get(condition.question or "")
        if asked is None:
            continue
        least = asked.ranks.get(condition.at_least or "", 0)
        most = asked.ranks.get(condition.at_most or "", len(asked.options) - 1)
        lowest[asked.id] = max(least, lowest.get(asked.id, 0))
        highest[asked.id] = min(most, highest.get(asked.id, most))
        if lowest[asked.id] > highest[asked.id]:
            what = f"no answer to '{asked.id}' meets all conditions on it"
            fix = "let 'at_most' name the same option as 'at_least', or a stronger one"
            yield Contradiction((*where, index), what, fix)
            return


def _urgent(q: Questionnaire) -> Iterator[Contradiction]:
    for i, pattern in enumerate(q.patterns):
        if pattern.urgent and pattern.step is None:
            what = "an urgent pattern says what to find out first, and this one has no step"
            yield Contradiction(("patterns", i, "urgent"), what, "add a 'step', or take it out")


def _sources(q: Questionnaire) -> Iterator[Contradiction]:
    for where, source in sources(q):
        if source.quote is not None and source.document is None:
            what = "a quote needs the document that it stands in"
            yield Contradiction(where, what, "add 'document: ...', a key of 'sources'")
        elif source.document is None and source.place is None:
            yield Contradiction(where, "this source names nothing", "add a document or a place")


def _arrows(q: Questionnaire) -> Iterator[Contradiction]:
    for i, link in enumerate(() if q.map is None else q.map.links):
        if link.from_ == link.to:
            what = f"this arrow leads from '{link.to}' to itself"
            yield Contradiction(("map", "links", i), what, "name another box as 'from' or 'to'")
