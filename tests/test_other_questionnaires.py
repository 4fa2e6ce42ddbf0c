"""Another questionnaire works without a line of code: the whole way on files nobody planned for."""

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.files.case_writer import write_case
from assessment.files.cases import read_cases
from assessment.files.problems import FileProblems, Problem
from assessment.files.questionnaires import (
    QuestionnaireNotFoundError,
    find,
    read_questionnaire,
    shipped,
)
from assessment.method.answers import Trace
from assessment.method.gaps import assess
from assessment.method.inquiry import inquire
from assessment.method.questionnaire import Questionnaire
from reports.content import Imprint, write_report
from tests.invented import traces
from tests.test_positioned_yaml import odd_texts

HERE = Path(__file__).parent
SHARED = HERE.parent.parent / "shared"
OTHERS = sorted((HERE / "questionnaires").glob("*.yaml"))

every_other = pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.stem)


def test_our_own_ships_without_a_warning() -> None:
    assert shipped() == ("coordination-trace",)
    assert find("coordination-trace").warnings == ()


@every_other
def test_it_reads_without_a_warning(path: Path) -> None:
    assert find(path).warnings == ()


@every_other
def test_an_empty_case_file_made_from_it_reads_back_as_an_empty_trace(path: Path) -> None:
    questionnaire = find(path).questionnaire
    cases, problems = read_cases(write_case(questionnaire, Trace(), "new"), "x", questionnaire)
    assert [case.trace for case in cases] == [Trace()]
    assert [problem.message for problem in problems] == ["'name' is missing"]


@every_other
@given(data=st.data())
def test_every_trace_of_it_gets_a_level_a_next_step_and_a_report(
    path: Path, data: st.DataObject
) -> None:
    read = find(path)
    trace = data.draw(traces(read.questionnaire))
    result = assess(read.questionnaire, trace)
    assert 1 <= result.standing.level <= read.questionnaire.top
    assert inquire(read.questionnaire, trace) is not None
    report = write_report(result, Imprint("t", read.fingerprint))
    assert report.title
    assert len(report.stages) == len(read.questionnaire.stages)
    assert len(report.ladder) == read.questionnaire.top


def test_three_levels_without_patterns_or_map_come_out_by_hand() -> None:
    questionnaire = find(HERE / "questionnaires/complaint-handover.yaml").questionnaire
    text = """
    use_case: {name: The counter, season: [summer], staff: 4}
    answers:
      passing.receiver: {answer: settler, detail: The head of repairs}
      taking.written: form
      closing.answer: usually
      taking.promise: no
    """
    cases, problems = read_cases(text, "counter.yaml", questionnaire)
    assert problems == ()
    result = assess(questionnaire, cases[0].trace)
    assert (result.standing.level, result.standing.ceiling) == (2, 2)
    assert result.next_step.question == "closing.answer"
    assert [gap.question.id for gap in result.near_gaps] == ["closing.answer", "taking.promise"]


def test_the_contract_of_the_method_itself_loads_with_warnings_only() -> None:
    path = SHARED / "method/trace.yaml"
    if not path.exists():
        if os.environ.get("REQUIRE_SOURCES"):
            pytest.fail("the method's contract is not beside the checkout")
        pytest.skip("the method's contract is not beside the checkout; it is not ours to ship")
    read = find(path)
    assert read.questionnaire.id == "coordination-trace"
    assert not any(problem.is_error for problem in read.warnings)


def test_a_questionnaire_is_the_same_whatever_the_line_endings_are() -> None:
    text = (HERE / "questionnaires/tiny.yaml").read_text(encoding="utf-8")
    windows = ("\ufeff" + text.replace("\n", "\r\n")).encode()
    assert read_questionnaire(windows, "t") == read_questionnaire(text, "t")


def test_values_stay_the_text_they_were_written_as() -> None:
    tiny = find(HERE / "questionnaires/tiny.yaml").questionnaire
    assert tiny.version == "1.10"
    assert tiny.by_id["water.rhythm"].options["seldom"].text == "no"
    assert tiny.sources["almanac"].published == "1897-03-01"


@pytest.mark.parametrize(
    ("name", "message", "fix"),
    [
        ("coordination-trac", "there is no questionnaire", "did you mean 'coordination-trace'?"),
        ("\x1b[2J" + "x" * 999, "there is no questionnaire", "known are 'coordination-trace'"),
    ],
)
def test_a_name_that_nobody_knows_is_answered_with_those_there_are(
    name: str, message: str, fix: str
) -> None:
    with pytest.raises(QuestionnaireNotFoundError) as caught:
        find(name)
    assert caught.value.message.startswith(message)
    assert caught.value.fix.startswith(fix)
    assert "\x1b" not in str(caught.value)
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("no/such/file.yaml", "there is no such file"),
        (str(HERE / "broken" / "cases"), "this is a folder, not a file"),
        ("nul\0.yaml", "no file can have this name"),
    ],
)
def test_a_file_that_is_not_there_is_one_clear_message(name: str, message: str) -> None:
    with pytest.raises(FileProblems) as caught:
        find(name)
    assert [problem.message for problem in caught.value.problems] == [message]


changes = st.lists(
    st.tuples(
        st.sampled_from(("lose", "double", "swap", "swap in", "slip in")),
        st.integers(0, 9999),
        st.integers(0, 120),
        st.sampled_from("{}[]:,-'\"#&*!|>%@`? \tÉ\x07"),
    ),
    min_size=1,
    max_size=3,
)
"""What to do to a text: in which line, at which place in it, and with which character."""


def mutilated(text: str, what_to_do: list[tuple[str, int, int, str]]) -> str:
    """A text with lines lost, doubled or swapped, or characters swapped or slipped in."""
    lines = text.splitlines()
    for what, number, place, slipped in what_to_do:
        at = number % (len(lines) - 1)
        line = lines[at]
        if what == "lose":
            del lines[at]
        elif what == "double":
            lines.insert(at, line)
        elif what == "swap":
            lines[at], lines[at + 1] = lines[at + 1], line
        elif what == "swap in":
            pair = line[place + 1 : place + 2] + line[place : place + 1]
            lines[at] = line[:place] + pair + line[place + 2 :]
        else:
            lines[at] = line[:place] + slipped + line[place:]
    return "\n".join(lines)


def outcome_of(text: str | bytes) -> Questionnaire | tuple[Problem, ...]:
    """A questionnaire or what is wrong with it; anything else that is raised fails the test."""
    try:
        return read_questionnaire(text, "x.yaml").questionnaire
    except FileProblems as found:
        return found.problems


def check_that_it_reads_or_says_why(text: str) -> None:
    outcome = outcome_of(text)
    if isinstance(outcome, Questionnaire):
        assert assess(outcome, Trace()).standing.level == 1
        return
    assert any(problem.is_error for problem in outcome)
    for problem in outcome:
        assert problem.message
        assert problem.fix
        assert 1 <= problem.position.line <= len(text.splitlines()) + 1


@given(what_to_do=changes)
def test_a_mutilated_questionnaire_reads_or_says_why(
    what_to_do: list[tuple[str, int, int, str]],
) -> None:
    text = find(HERE / "questionnaires/tiny.yaml").text
    check_that_it_reads_or_says_why(mutilated(text, what_to_do))


@settings(max_examples=settings().max_examples // 4)
@given(what_to_do=changes)
def test_our_own_mutilated_reads_or_says_why(
    what_to_do: list[tuple[str, int, int, str]],
) -> None:
    text = find("coordination-trace").text
    check_that_it_reads_or_says_why(mutilated(text, what_to_do))


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("all: [{question: water.rhythm, at_least: weekly}]}\n\npatterns", None, "'Weekly' cannot"),
        ("  - light\n", "  - Light\n", "'Light' cannot be an id"),
        ("options: [greenfly,", "options: [Greenfly,", "'Greenfly' cannot be an id"),
        ("title: Watering the plants", "title: [Watering]", "'title' must be a text, not a list"),
    ],
)
def test_one_mistake_is_one_message_also_in_a_short_form(
    right: str, wrong: str | None, message: str
) -> None:
    text = find(HERE / "questionnaires/tiny.yaml").text
    assert text.count(right) == 1
    outcome = outcome_of(text.replace(right, wrong or right.replace("weekly", "Weekly")))
    assert not isinstance(outcome, Questionnaire)
    assert len(outcome) == 1
    assert outcome[0].message.startswith(message)


@given(content=odd_texts | st.binary(max_size=40))
def test_what_is_no_questionnaire_says_why(content: str | bytes) -> None:
    outcome = outcome_of(content)
    assert not isinstance(outcome, Questionnaire)
    assert any(problem.is_error for problem in outcome)
