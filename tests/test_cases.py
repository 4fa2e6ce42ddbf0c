"""The worked cases of the method come out exactly."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from assessment.method.answers import Answer, FactValue, Trace
from assessment.method.gaps import assess
from assessment.method.questionnaire import Questionnaire
from assessment.method.record import record

ROOT = Path(__file__).parent.parent


def plain(text: str) -> Any:
    return yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - BaseLoader makes text only


def contract() -> Questionnaire:
    path = ROOT / "questionnaires/coordination-trace.yaml"
    return Questionnaire.model_validate(plain(path.read_text(encoding="utf-8")))


def cases() -> list[dict[str, Any]]:
    path = ROOT / "tests/cases/coordination-trace.yaml"
    found: list[dict[str, Any]] = plain(path.read_text(encoding="utf-8"))["cases"]
    return found


def trace_of(case: dict[str, Any], questionnaire: Questionnaire) -> Trace:
    facts: dict[str, FactValue] = {}
    for name, value in case["use_case"].items():
        kind = questionnaire.facts[name].type
        if kind in ("number", "level"):
            facts[name] = int(value)
        elif kind == "choices":
            facts[name] = tuple(value if isinstance(value, list) else [value])
        else:
            facts[name] = value
    answers = {}
    for question, said in case["answers"].items():
        full = said if isinstance(said, dict) else {"answer": said}
        answers[question] = Answer(full.get("answer"), evidence=tuple(full.get("evidence", ())))
    return Trace(facts, answers)


def as_text(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: as_text(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_text(item) for item in value]
    return "null" if value is None else str(value)


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["id"])
def test_a_worked_case_comes_out_exactly(case: dict[str, Any]) -> None:
    questionnaire = contract()
    found = record(assess(questionnaire, trace_of(case, questionnaire)), case["id"])
    gaps = found["gaps"]
    found["gaps_in_full"] = gaps
    found["gaps"] = {gap["question"]: gap["kind"] for gap in gaps if gap["kind"] != "road"}
    found["road"] = [gap["question"] for gap in gaps if gap["kind"] == "road"]
    for key, expected in case["expect"].items():
        assert as_text(found[key]) == expected, key
        if isinstance(expected, dict):
            assert list(found[key]) == list(expected), f"the order of {key}"
