"""A use case and what was answered about it: what the engine reads."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from assessment.method.questionnaire import UNKNOWN, FactCondition, Question, Questionnaire

FactValue = str | int | float | tuple[str, ...]
"""What a fact can be: text or a choice, a number or level, or several choices."""


@dataclass(frozen=True)
class Answer:
    """What was said to one question.

    `option` is an option's id, `unknown` ("we don't know"), or None (not asked yet). Detail,
    evidence and note may stand beside any of the three.
    """

    option: str | None = None
    detail: str = ""
    evidence: tuple[str, ...] = ()
    note: str = ""

    @property
    def is_known(self) -> bool:
        """Whether one of the question's own options was chosen."""
        return self.option is not None and self.option != UNKNOWN

    @property
    def is_evidenced(self) -> bool:
        """Whether there is at least one piece of evidence that is not blank."""
        return any(piece.strip() for piece in self.evidence)


NOT_ASKED = Answer()


@dataclass(frozen=True)
class Trace:
    """One use case: its facts (fact id -> value) and its answers (question id -> answer)."""

    facts: Mapping[str, FactValue] = field(default_factory=lambda: MappingProxyType({}))
    answers: Mapping[str, Answer] = field(default_factory=lambda: MappingProxyType({}))

    def answer(self, question: str) -> Answer:
        """What was answered; a question that was never asked has an empty answer."""
        return self.answers.get(question, NOT_ASKED)


def holds(condition: FactCondition, trace: Trace) -> bool | None:
    """Tell whether a fact is among those listed; None where the fact is not given."""
    value = trace.facts.get(condition.profile)
    if value is None or value in ("", ()):
        return None
    given = value if isinstance(value, tuple) else (str(value),)
    return any(item in condition.in_ for item in given)


def applies(question: Question, trace: Trace) -> bool:
    """Tell whether a question is asked here. A fact that is not given leaves it applicable."""
    return question.applies_if is None or holds(question.applies_if, trace) is not False


def guess(questionnaire: Questionnaire, trace: Trace) -> int | None:
    """The level that people named before they started, None without a guess."""
    fact = questionnaire.guess_fact
    value = trace.facts.get(fact.id) if fact is not None else None
    return value if isinstance(value, int) else None
