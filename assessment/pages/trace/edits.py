"""What a widget holds, as a change of an answer or as the value of a fact."""

from dataclasses import replace
from typing import Any

from assessment.method.answers import FactValue
from assessment.method.questionnaire import UNKNOWN, Fact, Question
from assessment.pages.trace.case_lines import others, split
from assessment.store.records import Edit

Value = Any
"""What a widget holds: an option's id, a text, a number, several choices, or None."""


def editing(question: Question, part: str, value: Value) -> Edit:
    """How a part of an answer changes to what a widget holds."""
    if part == "option":
        if value is not None and value != UNKNOWN and value not in question.options:
            raise ValueError(f"'{value}' is not an option of {question.id}")
        return lambda answer: replace(answer, option=value)
    if part == "evidence":
        return lambda answer: replace(
            answer, evidence=(*split(question.check, answer.evidence), *as_lines(value))
        )
    if part == "cases":
        return lambda answer: replace(
            answer, evidence=(*as_lines(value), *others(question.check, answer.evidence))
        )
    text = str(value or "").strip()
    if part == "detail":
        return lambda answer: replace(answer, detail=text)
    return lambda answer: replace(answer, note=text)


def as_lines(text: str | None) -> tuple[str, ...]:
    """The lines of a text that are not blank."""
    return tuple(line.strip() for line in (text or "").splitlines() if line.strip())


def as_fact(fact: Fact, value: Value) -> FactValue | None:
    """What a widget holds as the value of a fact; None where nothing is given."""
    if value is None or value == "" or value == []:
        return None
    if fact.type == "choices":
        return tuple(value)
    if fact.type in ("number", "level"):
        return int(value)
    return str(value).strip() or None
