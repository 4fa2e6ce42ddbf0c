"""Broken files, each beside exactly what its author is told.

To add one, put the file into `tests/broken/` and its messages beside it, under the same name with
`.txt` added. Judge each message: does it help somebody who is no programmer?
"""

from collections.abc import Iterable
from pathlib import Path

import pytest

from assessment.files.cases import read_cases
from assessment.files.positions import LARGEST_FILE
from assessment.files.problems import FileProblems, Problem
from assessment.files.questionnaires import find, read_questionnaire
from assessment.method.questionnaire import Questionnaire

HERE = Path(__file__).parent


def broken(kind: str) -> list[Path]:
    files = sorted((HERE / "broken" / kind).iterdir())
    return [path for path in files if path.suffix != ".txt"]


def expected(path: Path) -> str:
    return path.with_name(path.name + ".txt").read_text(encoding="utf-8")


def told(problems: Iterable[Problem]) -> str:
    return "".join(f"{problem}\n" for problem in problems)


def what_is_wrong(content: str | bytes, name: str) -> tuple[Problem, ...]:
    try:
        return read_questionnaire(content, name).warnings
    except FileProblems as problems:
        return problems.problems


@pytest.fixture(scope="module")
def tiny() -> Questionnaire:
    return find(HERE / "questionnaires/tiny.yaml").questionnaire


@pytest.mark.parametrize("path", broken("questionnaires"), ids=lambda path: path.name)
def test_the_author_of_a_questionnaire_is_told(path: Path) -> None:
    assert told(what_is_wrong(path.read_bytes(), path.name)) == expected(path)


@pytest.mark.parametrize("path", broken("cases"), ids=lambda path: path.name)
def test_the_author_of_a_case_is_told(path: Path, tiny: Questionnaire) -> None:
    _, problems = read_cases(path.read_bytes(), path.name, tiny)
    assert told(problems) == expected(path)


def test_a_case_without_a_mistake_is_read_beside_broken_ones(tiny: Questionnaire) -> None:
    path = HERE / "broken/cases/one-good-case-among-broken-ones.yaml"
    cases, _ = read_cases(path.read_bytes(), path.name, tiny)
    assert [(case.id, set(case.trace.answers)) for case in cases] == [
        ("good", {"water.rhythm"}),
        ("good", {"sun"}),
    ]


@pytest.mark.parametrize("name", ["large.yaml", "large.json"])
def test_a_file_that_is_too_large_is_not_read(name: str) -> None:
    content = b"#" * (LARGEST_FILE + 1)
    assert told(what_is_wrong(content, name)) == (
        f"{name}:1:1: the file is larger than 1 MiB; that much is not read\n"
        "    fix: split it, or check that it is the right file\n"
    )


def test_every_message_has_its_file_and_every_file_its_message() -> None:
    for kind in ("questionnaires", "cases"):
        files = broken(kind)
        texts = {path.name for path in (HERE / "broken" / kind).glob("*.txt")}
        assert texts == {f"{path.name}.txt" for path in files}
    assert len(broken("questionnaires")) > 30
