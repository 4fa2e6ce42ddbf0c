"""What a check finds, and the parts of a questionnaire that several checks look at."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assessment.files.positions import Where
from assessment.files.problems import Severity
from assessment.method.questionnaire import Condition, Questionnaire, Requirement, Source


@dataclass(frozen=True)
class Contradiction:
    """Something wrong with a questionnaire as a whole."""

    where: Where
    what: str
    fix: str
    severity: Severity = Severity.ERROR


def requirements(questionnaire: Questionnaire) -> Iterator[tuple[Where, Requirement]]:
    """Every requirement that the file states, whatever it is for, with where it stands."""
    for i, level in enumerate(questionnaire.levels):
        yield from _each(("levels", i, "requires"), level.requires)
    yield from _each(("safeguards",), questionnaire.safeguards)
    for key, checklist in (
        ("readiness", questionnaire.readiness),
        ("skills", questionnaire.skills),
    ):
        for i, item in enumerate(checklist.items):
            yield from _each((key, "items", i, "all"), item.all)
    for i, pattern in enumerate(questionnaire.patterns):
        if pattern.step is not None:
            yield ("patterns", i, "step"), pattern.step
    if questionnaire.map is not None:
        for i, node in enumerate(questionnaire.map.nodes):
            yield from _each(("map", "nodes", i, "needs"), node.needs)
        for i, link in enumerate(questionnaire.map.links):
            yield from _each(("map", "links", i, "needs"), link.needs)


def conditions(questionnaire: Questionnaire) -> Iterator[tuple[Where, Sequence[Condition]]]:
    """Every 'when' with where it stands."""
    for i, pattern in enumerate(questionnaire.patterns):
        yield ("patterns", i, "when"), pattern.when
    for i, stake in enumerate(questionnaire.stakes):
        yield ("stakes", i, "when"), stake.when


def sources(questionnaire: Questionnaire) -> Iterator[tuple[Where, Source]]:
    """Every source that is named, with where it stands."""
    for i, question in enumerate(questionnaire.questions):
        if question.source is not None:
            yield ("questions", i, "source"), question.source
        for mark, shortfall in question.short_of.items():
            if shortfall.source is not None:
                yield ("questions", i, "short_of", mark, "source"), shortfall.source
    for i, pattern in enumerate(questionnaire.patterns):
        if pattern.source is not None:
            yield ("patterns", i, "source"), pattern.source


def _each(where: Where, needs: Sequence[Requirement]) -> Iterator[tuple[Where, Requirement]]:
    for index, need in enumerate(needs):
        yield (*where, index), need
