"""Case files: what is written reads back, and what a person would write is understood."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.files.case_writer import write_case
from assessment.files.cases import Case, read_cases
from assessment.files.questionnaires import QuestionnaireNotFoundError, find
from assessment.method.answers import Answer, FactValue, Trace
from assessment.method.questionnaire import Questionnaire
from tests.invented import traced

HERE = Path(__file__).parent
TINY = find(HERE / "questionnaires/tiny.yaml").questionnaire
OWN = find("coordination-trace").questionnaire

words = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=40)
lines = st.lists(words, max_size=4).map("\n".join)


@st.composite
def with_words(draw: st.DrawFn, trace: Trace) -> Trace:
    """The same trace with any words in every place for words; blank ones are none."""
    answers = {
        question: replace(
            answer,
            detail=draw(lines),
            note=draw(lines),
            evidence=tuple(p for p in draw(st.lists(lines, max_size=2)) if p.strip()),
        )
        for question, answer in trace.answers.items()
    }
    facts: dict[str, FactValue] = {**trace.facts, "name": draw(lines).strip() or "A name"}
    return Trace(facts, {name: one for name, one in answers.items() if one != Answer()})


@given(data=st.data(), drawn=traced())
def test_what_is_written_reads_back_as_the_same_trace(
    data: st.DataObject, drawn: tuple[Questionnaire, Trace]
) -> None:
    questionnaire, bare = drawn
    trace = data.draw(with_words(bare))
    case_id, story = data.draw(words).strip(), data.draw(lines).strip()
    text = write_case(questionnaire, trace, case_id or "x", story=story)
    for written in (text, text.replace("\n", "\r\n")):
        cases, problems = read_cases(written.encode(), "x.yaml", questionnaire)
        assert problems == ()
        assert cases == (Case(case_id or "x", "invented", trace, story),)


@pytest.mark.parametrize("number", [0, 7, 1800, 0.5, 1e-7, 123456.789, 10**15])
def test_a_number_reads_back_as_the_same_number(number: float) -> None:
    trace = Trace({"name": "The fern", "leaves_lost": number})
    (case,), problems = read_cases(write_case(TINY, trace, "fern"), "fern.yaml", TINY)
    assert problems == ()
    assert case.trace == trace


@given(text=st.text(max_size=60) | st.binary(max_size=60))
def test_whatever_a_case_file_holds_nothing_is_raised(text: str | bytes) -> None:
    for path in ("x.yaml", "x.json"):
        _, problems = read_cases(text, path, TINY)
        assert problems


def case_in(text: str, questionnaire: Questionnaire = TINY) -> Case:
    cases, problems = read_cases(text, "the-fern.yaml", questionnaire)
    assert problems == ()
    (case,) = cases
    return case


def test_a_case_without_an_id_is_called_as_its_file() -> None:
    assert case_in("use_case: {name: The fern}").id == "the-fern"


def test_not_asked_unknown_and_a_note_alone_stay_three_things() -> None:
    text = """
    use_case: {name: The fern}
    answers:
      water.rhythm: unknown
      water.drain: {note: "Ask the gardener."}
      sun:
    """
    assert case_in(text).trace.answers == {
        "water.rhythm": Answer("unknown"),
        "water.drain": Answer(note="Ask the gardener."),
    }


def test_one_piece_of_evidence_may_stand_alone_and_a_blank_one_is_none() -> None:
    text = """
    use_case: {name: The fern, pests: cats}
    answers:
      water.rhythm: {answer: weekly, evidence: The log}
      water.drain: {answer: out, evidence: ["  ", A photo, ""]}
    """
    trace = case_in(text).trace
    assert trace.facts["pests"] == ("cats",)
    assert trace.answer("water.rhythm").evidence == ("The log",)
    assert trace.answer("water.drain").evidence == ("A photo",)


def test_what_is_for_readers_may_hold_anything() -> None:
    text = """
    use_case: {name: The fern}
    story: It grew.
    source: The almanac
    because: [a, {b: c}]
    contested: yes
    expect: {level: 9}
    """
    case = case_in(text)
    assert (case.story, case.source) == ("It grew.", "The almanac")


@pytest.mark.parametrize(
    "name",
    [
        "<script>alert(1)</script>",
        "שלום <b>",
        "👩‍👩‍👧 plants",
        "=1+1",
        "no",
        "2026-06-13",
        "x" * 10_000,
    ],
)
def test_a_name_of_any_kind_simply_works(name: str) -> None:
    (case,), problems = read_cases(
        write_case(TINY, Trace({"name": name}), "fern"), "fern.yaml", TINY
    )
    assert problems == ()
    assert case.trace.facts == {"name": name}


@pytest.mark.parametrize("given", ["", "''", "'  '", "[]"])
def test_a_name_that_is_left_empty_is_asked_for(given: str) -> None:
    _, problems = read_cases(f"use_case:\n  name: {given}\nanswers:\n", "x.yaml", TINY)
    assert [(p.message, p.is_error) for p in problems] == [("'name' is missing", False)]


def test_each_case_is_read_with_the_questionnaire_it_names() -> None:
    text = """
    questionnaire: tiny
    cases:
      - {id: a, use_case: {name: A}, answers: {sun: near}}
      - {id: b, questionnaire: coordination-trace, use_case: {name: B}, answers: {use.users: team}}
      - {id: c, questionnaire: tinny, use_case: {name: C}}
      - {id: d, questionnaire: broken, use_case: {name: D}}
    """

    def resolve(name: str | None) -> Questionnaire:
        if name == "tinny":
            raise QuestionnaireNotFoundError(name, ("tiny",))
        if name == "broken":
            return find(HERE / "broken/questionnaires/nothing-in-it.yaml").questionnaire
        return TINY if name == "tiny" else OWN

    cases, problems = read_cases(text, "x.yaml", resolve)
    assert [(case.id, case.questionnaire_id) for case in cases] == [
        ("a", "tiny"),
        ("b", "coordination-trace"),
    ]
    assert [problem.message for problem in problems] == [
        "there is no questionnaire 'tinny'",
        "its questionnaire cannot be used: the file is empty",
    ]


def test_a_file_to_fill_in_lists_every_question_with_its_options() -> None:
    text = write_case(OWN, Trace(), "new")
    for question in OWN.questions:
        assert f"\n  {question.id}:\n" in text
        assert all(f"  {option} " in text for option in question.options)
    assert max(len(line) for line in text.splitlines()) <= 100
