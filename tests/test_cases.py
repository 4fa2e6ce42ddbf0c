"""The worked cases of the method come out exactly."""

from pathlib import Path
from typing import Any

import pytest

from assessment.files.cases import Case, read_cases
from assessment.files.documents import parse
from assessment.files.questionnaires import find
from assessment.method.gaps import assess
from assessment.method.record import record

OWN = find("coordination-trace").questionnaire
FILE = Path(__file__).parent / "cases/coordination-trace.yaml"
CASES, PROBLEMS = read_cases(FILE.read_bytes(), FILE.name, OWN)


def expectations() -> list[dict[str, Any]]:
    """What each case expects; it is for readers and for this test, and no part of a case."""
    data: Any = parse(FILE.read_bytes(), FILE.name).data
    return [case["expect"] for case in data["cases"]]


def as_text(value: Any) -> Any:
    """Results as a case file says them, where nothing is written as null."""
    if isinstance(value, dict):
        return {key: as_text(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_text(item) for item in value]
    return None if value is None else str(value)


def test_every_case_reads_without_a_problem() -> None:
    assert PROBLEMS == ()
    assert len(CASES) == len(expectations()) == 16


@pytest.mark.parametrize(
    ("case", "expect"),
    list(zip(CASES, expectations(), strict=True)),
    ids=[case.id for case in CASES],
)
def test_a_worked_case_comes_out_exactly(case: Case, expect: dict[str, Any]) -> None:
    found = record(assess(OWN, case.trace), case.id)
    gaps = found["gaps"]
    found["gaps_in_full"] = gaps
    found["gaps"] = {gap["question"]: gap["kind"] for gap in gaps if gap["kind"] != "road"}
    found["road"] = [gap["question"] for gap in gaps if gap["kind"] == "road"]
    for key, expected in expect.items():
        assert as_text(found[key]) == expected, key
        if isinstance(expected, dict):
            assert list(found[key]) == list(expected), f"the order of {key}"
