"""What a changed questionnaire makes of a trace that was answered before the change."""

from collections.abc import Iterator
from dataclasses import dataclass

from assessment.method.answers import NOT_ASKED, Answer, FactValue, Trace
from assessment.method.differences import Difference, differences
from assessment.method.gaps import assess
from assessment.method.questionnaire import Fact, Questionnaire
from assessment.method.record import record


@dataclass(frozen=True)
class Dropped:
    """Something that a trace says and a questionnaire has no place for.

    Attributes:
        id: The question or the fact.
        said: The option or value that was given; empty where only a detail, evidence or a note was.
        is_fact: Whether it is a fact, not an answer.
        is_known: Whether the questionnaire has the question or fact, but not what was said to it.
    """

    id: str
    said: str
    is_fact: bool
    is_known: bool


@dataclass(frozen=True)
class Impact:
    """What a change does to one trace; `dropped` names what the changed questionnaire loses."""

    differences: tuple[Difference, ...]
    dropped: tuple[Dropped, ...]

    @property
    def is_none(self) -> bool:
        """Whether the trace reads as before and keeps everything."""
        return not self.differences and not self.dropped


def impact(trace: Trace, old: Questionnaire, new: Questionnaire) -> Impact:
    """Hold what one trace comes to under two versions of a questionnaire side by side.

    Args:
        trace: Facts and answers; what a version has no place for is left out there.
        old: The questionnaire as it is.
        new: The questionnaire as it would be.
    """
    before, _ = carry_over(trace, old)
    after, dropped = carry_over(trace, new)
    return Impact(
        differences(record(assess(old, before), ""), record(assess(new, after), "")), dropped
    )


def carry_over(trace: Trace, questionnaire: Questionnaire) -> tuple[Trace, tuple[Dropped, ...]]:
    """Take a trace over to another version of its questionnaire.

    Returns:
        The trace as far as the questionnaire has a place for it, and what it has none for. An
        answer whose option is gone keeps its detail, evidence and note, as one not asked yet.
    """
    facts: dict[str, FactValue] = {}
    answers: dict[str, Answer] = {}
    dropped: list[Dropped] = []
    for name, value in trace.facts.items():
        fact = questionnaire.facts.get(name)
        kept = None if fact is None else _kept(questionnaire, fact, value)
        if kept is not None:
            facts[name] = kept
        lost = (one for one in _each(value) if kept is None or one not in _each(kept))
        dropped.extend(Dropped(name, str(one), True, fact is not None) for one in lost)
    for name, answer in trace.answers.items():
        question = questionnaire.by_id.get(name)
        if question is None:
            if answer != NOT_ASKED:
                dropped.append(Dropped(name, answer.option or "", False, False))
        elif answer.is_known and answer.option not in question.options:
            answers[name] = Answer(None, answer.detail, answer.evidence, answer.note)
            dropped.append(Dropped(name, answer.option or "", False, True))
        else:
            answers[name] = answer
    return Trace(facts, answers), tuple(dropped)


def _each(value: FactValue) -> Iterator[str | int | float]:
    yield from value if isinstance(value, tuple) else (value,)


def _kept(questionnaire: Questionnaire, fact: Fact, value: FactValue) -> FactValue | None:
    """As much of a fact's value as the fact, as it is now, can be."""
    is_number = isinstance(value, (int, float))
    if fact.type == "level":
        return value if isinstance(value, int) and 1 <= value <= questionnaire.top else None
    if fact.type == "number":
        return value if is_number else None
    if is_number:
        return None
    if fact.type == "text":
        return value if isinstance(value, str) else None
    chosen = tuple(str(one) for one in _each(value) if one in fact.options)
    if fact.type == "choices":
        return chosen or None
    return chosen[0] if len(chosen) == 1 else None
