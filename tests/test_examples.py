"""The worked examples that ship with the product tell what the method's cases tell."""

import os
import re
from pathlib import Path

import pytest

from assessment.files.cases import Case, read_cases
from assessment.files.questionnaires import find
from assessment.method.answers import Trace
from assessment.method.gaps import assess
from assessment.method.questionnaire import NAME_FACT, Questionnaire
from assessment.method.record import record

ROOT = Path(__file__).parent.parent
SOURCES = ROOT.parent / "shared" / "sources"
EXAMPLES = sorted((ROOT / "questionnaires/examples").glob("*.yaml"))


def cases_of(path: Path) -> tuple[Case, ...]:
    own = find("coordination-trace").questionnaire
    cases, problems = read_cases(path.read_bytes(), path.name, own)
    assert problems == ()
    return cases


def example(path: Path) -> Case:
    (case,) = cases_of(path)
    return case


def worked(case_id: str) -> Case:
    cases = cases_of(ROOT / "tests/cases/coordination-trace.yaml")
    return next(case for case in cases if case.id == case_id)


def outcome(trace: Trace) -> dict[str, object]:
    own: Questionnaire = find("coordination-trace").questionnaire
    return record(assess(own, trace), "the case")


every_example = pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)


def test_three_examples_ship() -> None:
    assert {path.stem for path in EXAMPLES} == {
        "editorial-workflow-draft",
        "financial-lead-scoring-before",
        "manufacturing-content-before",
    }


@every_example
def test_an_example_comes_out_as_the_worked_case_of_its_name(path: Path) -> None:
    told, decided = example(path).trace, worked(path.stem).trace
    assert {**told.facts, NAME_FACT: ""} == {**decided.facts, NAME_FACT: ""}
    assert told.answers.keys() == decided.answers.keys()
    for question, answer in told.answers.items():
        assert answer.option == decided.answers[question].option, question
        assert answer.evidence == decided.answers[question].evidence, question
    assert outcome(told) == outcome(decided)


@every_example
def test_an_example_says_what_it_is_and_which_article_it_retells(path: Path) -> None:
    case = example(path)
    assert case.id == path.stem
    assert case.questionnaire_id == "coordination-trace"
    assert len(case.story) > 200
    assert case.story != worked(path.stem).story
    assert re.match(r"Article 00\d, ", case.source)
    first_line = path.read_text(encoding="utf-8").splitlines()[0]
    assert re.search(r"retells .* article 00\d", first_line)


@every_example
def test_an_example_gives_a_detail_only_where_the_question_asks_for_one(path: Path) -> None:
    own = find("coordination-trace").questionnaire
    for name, answer in example(path).trace.answers.items():
        asked = own.by_id[name].detail
        if answer.detail:
            assert asked is not None, name
            ranks = own.by_id[name].ranks
            assert ranks[answer.option or ""] >= ranks.get(asked.at_least or "", 0), name


@every_example
def test_the_quote_of_an_example_stands_in_its_article_word_for_word(path: Path) -> None:
    if not SOURCES.is_dir():
        if os.environ.get("REQUIRE_SOURCES"):
            pytest.fail("the articles are not beside the checkout")
        pytest.skip("the articles are not beside the checkout; they are not ours to ship")
    found = re.search(r'Article (\d+), .*"(.+)"$', example(path).source)
    assert found is not None
    article, quote = found.groups()
    (text,) = [file.read_text(encoding="utf-8") for file in SOURCES.glob(f"{article}_*.txt")]
    assert quote in " ".join(text.split())
