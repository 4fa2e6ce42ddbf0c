"""Between the method's objects and the plain data that a column holds."""

from collections.abc import Mapping
from dataclasses import replace
from math import isfinite
from typing import Any

from assessment.method.answers import Answer, FactValue
from assessment.store.records import Facts


def storable(text: str) -> str:
    """Take out what neither database keeps: null characters, and halves of surrogate pairs.

    Whole pairs become their character, halves the replacement character. Everything else stays.
    """
    halves = text.replace("\0", "").encode("utf-16-le", "surrogatepass")
    return halves.decode("utf-16-le", "replace")


def storable_answer(answer: Answer) -> Answer:
    """Clean the texts of an answer as `storable` does."""
    return replace(
        answer,
        detail=storable(answer.detail),
        evidence=tuple(storable(piece) for piece in answer.evidence),
        note=storable(answer.note),
    )


def storable_facts(facts: Facts) -> dict[str, FactValue | None]:
    """Clean the texts of facts as `storable` does.

    Raises:
        ValueError: A number is infinite or none.
    """
    return {fact: _storable_fact(fact, value) for fact, value in facts.items()}


def _storable_fact(fact: str, value: FactValue | None) -> FactValue | None:
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, tuple):
        return tuple(storable(item) for item in value)
    if value is not None and not isfinite(value):
        raise ValueError(f"'{fact}' must be a number that one can count to, not {value}")
    return value


def answer_columns(answer: Answer) -> dict[str, Any]:
    """Lay an answer out: as the columns of its row, and as it stands in the history."""
    return {
        "option": answer.option,
        "detail": answer.detail,
        "evidence": list(answer.evidence),
        "note": answer.note,
    }


def answer_from(columns: Mapping[Any, Any]) -> Answer:
    """Read an answer back from what `answer_columns` gave."""
    return Answer(
        option=columns["option"],
        detail=columns["detail"],
        evidence=tuple(columns["evidence"]),
        note=columns["note"],
    )


def facts_from(stored: Mapping[str, Any]) -> dict[str, Any]:
    """Read facts back: what JSON keeps as a list was several choices."""
    return {
        fact: tuple(value) if isinstance(value, list) else value for fact, value in stored.items()
    }
