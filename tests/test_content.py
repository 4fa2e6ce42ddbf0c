"""What a report says is true of its result, honest about what is not known, and reads as text."""

import re
from dataclasses import fields, is_dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.files.cases import read_cases
from assessment.files.questionnaires import find
from assessment.method.answers import Answer, Trace
from assessment.method.gaps import Result, assess
from reports.content import Imprint, Report, write_report
from tests.invented import traced, traces

HERE = Path(__file__).parent
OWN = find("coordination-trace").questionnaire
FILE = HERE / "cases/coordination-trace.yaml"
CASES = {case.id: case.trace for case in read_cases(FILE.read_bytes(), FILE.name, OWN)[0]}

every_case = pytest.mark.parametrize("case", CASES)


def result_of(case: str) -> Result:
    return assess(OWN, CASES[case])


def report_on(result: Result) -> Report:
    return write_report(result, Imprint("t1", "ab" * 32))


def texts(part: Any) -> list[str]:
    """Every text of a report, however deep."""
    if isinstance(part, str):
        return [part]
    if isinstance(part, (list, tuple)):
        return [text for inner in part for text in texts(inner)]
    if is_dataclass(part):
        return [text for field in fields(part) for text in texts(getattr(part, field.name))]
    return []


@pytest.mark.parametrize(
    ("case", "said"),
    [
        ("financial-lead-scoring-before", "Level 2 of 5: Tool standardization"),
        ("onboarding-mails-half-known", "Level 2 is shown, up to 4 is possible"),
        ("agent-whose-brake-nobody-knows", "Between level 2 and 5; 10 questions not asked"),
        ("repeated-objections-change-positioning", "Level 5 of 5: Strategic learning"),
    ],
)
def test_the_headline_says_what_is_known_and_no_more(case: str, said: str) -> None:
    assert report_on(result_of(case)).headline.text == said


def test_what_it_touches_is_said_in_figures_where_they_are_given() -> None:
    report = report_on(result_of("financial-lead-scoring-before"))
    assert report.touches == "About 1,800 a month reach customers or others outside unchecked."
    assert report_on(result_of("facts-missing")).touches == ""


@every_case
def test_why_counts_the_requirements_of_the_next_level(case: str) -> None:
    result = result_of(case)
    headline = report_on(result).headline
    next_level = result.standing.at(result.standing.level + 1)
    assert headline.requirements == len(next_level)
    if next_level:
        assert headline.why.startswith(f"{headline.requirements_met} of {len(next_level)} ")


@every_case
def test_the_guess_gets_a_verdict_only_when_all_is_asked(case: str) -> None:
    result = result_of(case)
    guess = report_on(result).headline.guess
    if result.standing.perceived is None:
        assert guess == ""
    else:
        is_bare = guess == f"The guess before the start was level {result.standing.perceived}."
        assert is_bare == bool(result.unasked_gates)


@every_case
def test_the_gaps_keep_the_order_of_the_method_and_the_road_stands_apart(case: str) -> None:
    result = result_of(case)
    report = report_on(result)
    shown = [card.question_id for card in (*report.gaps, *report.road)]
    assert shown == [gap.question.id for gap in result.gaps]
    assert {card.kind for card in report.road} <= {"road"}
    assert "road" not in {card.kind for card in report.gaps}
    numbers = [card.number for card in (*report.gaps, *report.road)]
    assert numbers == list(range(1, len(numbers) + 1))


@every_case
def test_the_next_step_is_the_first_gap(case: str) -> None:
    report = report_on(result_of(case))
    step = report.next_step
    if step.gap is None:
        assert not report.gaps
    else:
        assert step.gap == report.gaps[0]
        assert step.action == report.gaps[0].action
    assert step.gap not in report.top_gaps


@every_case
def test_what_is_not_known_is_never_called_missing(case: str) -> None:
    report = report_on(result_of(case))
    for card in (*report.gaps, *report.road):
        given = CASES[case].answer(card.question_id).option
        assert (card.state == "not_asked") == (given is None)
        assert (card.state == "unknown") == (given == "unknown")
        if card.state != "open":
            assert card.title == card.question
            assert card.state_label in ("Not known", "Not asked yet")


def test_an_unasked_question_is_a_question_to_answer_and_no_work() -> None:
    report = report_on(assess(OWN, Trace({"name": "New"})))
    assert report.headline.text.startswith("Between level 1 and 5; ")
    assert report.headline.labels[:2] == ("At least", "At most")
    assert report.next_step.label == "Next question to answer"
    assert report.next_step.gap is not None
    assert report.next_step.gap.effort_text == ""


def test_to_find_something_out_is_small_work_for_whoever_would_know() -> None:
    step = report_on(result_of("onboarding-mails-half-known")).next_step
    assert step.label == "Find out next"
    assert step.gap is not None
    assert (step.gap.who_label, step.gap.effort) == ("Who would know", "S")


def test_the_report_says_who_owns_it_and_where_it_goes() -> None:
    trace = CASES["editorial-workflow-draft"]
    named = {
        "ownership.output": Answer("named", detail="Maria Okafor"),
        "routing.destination": Answer("triggers", detail="The CRM"),
    }
    report = report_on(assess(OWN, Trace(trace.facts, {**trace.answers, **named})))
    said = {row.question_id: row.detail for row in report.answers}
    assert said["ownership.output"] == "Maria Okafor"
    assert said["routing.destination"] == "The CRM"
    drawn = {node.detail for node in report.trace_map.nodes}
    assert {"Maria Okafor", "The CRM"} <= drawn


@every_case
def test_every_sentence_ends_and_no_placeholder_is_left(case: str) -> None:
    report = report_on(result_of(case))
    headline = report.headline
    said = [headline.meaning, headline.why, headline.ahead, headline.weakest, report.touches]
    said += [text for _, text in headline.readings]
    said += [report.next_step.action, report.next_step.why_this]
    for text in filter(None, said):
        assert re.search(r"[.?!]”?$", text), text
    for text in texts(report):
        assert not re.search(r"[{}]|\bNone\b|  ", text), text


@given(traces(OWN))
def test_whatever_is_answered_the_report_speaks_plainly(trace: Trace) -> None:
    report = report_on(assess(OWN, Trace({**trace.facts, "name": "A"}, trace.answers)))
    assert len(report.answers) == len(OWN.questions)
    for text in texts((report.headline, report.next_step, report.gaps, report.readiness)):
        assert not re.search(r"[{}]|\bNone\b|  ", text), text


@given(traced())
def test_another_questionnaire_is_reported_on_without_a_line_of_code(
    given_: tuple[Any, Trace],
) -> None:
    questionnaire, trace = given_
    report = report_on(assess(questionnaire, trace))
    assert [rung.level for rung in report.ladder] == list(range(1, questionnaire.top + 1))
    assert sum(rung.is_level for rung in report.ladder) == 1
    levels = [rung.level for rung in report.ladder]
    assert all(one < other for one, other in pairwise(levels))


@given(st.data())
def test_every_stage_that_carries_no_more_than_the_level_is_called_weakest(
    data: st.DataObject,
) -> None:
    result = assess(OWN, data.draw(traces(OWN)))
    for stage in report_on(result).stages:
        short = stage.supports == result.standing.level < OWN.top
        assert stage.is_weakest == short
