"""One question at a time, without a browser: what stands on the page, undo, and the pause."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from assessment.files.questionnaires import read_questionnaire
from assessment.method.answers import Answer, Trace
from assessment.method.questionnaire import UNKNOWN
from assessment.pages import current
from assessment.pages.address import QUESTION, TRACE_PAGE, to_question
from assessment.pages.saving import CHANGED_MEANWHILE, key_of
from assessment.pages.trace.journey import PAUSE
from assessment.pages.words import minutes, progress
from assessment.store.traces import TraceStore
from tests.conftest import ROOT
from tests.page_visits import begun, open_app, option_key, unfold, words
from tests.people import OPTIONS, QUESTIONS, READ

pytest_plugins = ("tests.page_fixtures",)
pytestmark = pytest.mark.usefixtures("kept")

OWN = READ.questionnaire
FIRST, SECOND = QUESTIONS[0], QUESTIONS[1]
ONE, TWO = list(OPTIONS[FIRST.id])[:2]
CHECKED = next(question for question in OWN.questions if question.check)


def visit(trace: str, question: str) -> AppTest:
    """Open a tab at a question, by a link to it."""
    query = to_question(trace, question)
    return open_app(trace, TRACE_PAGE, q=query[QUESTION])


def choose(tab: AppTest, trace: str, option: str, question: str = FIRST.id) -> None:
    tab.radio(key=option_key(trace, question)).set_value(option).run()
    assert not tab.exception


def press(tab: AppTest, key: str) -> None:
    tab.button(key=key).click().run()
    assert not tab.exception


def test_a_link_to_a_question_shows_that_question_alone() -> None:
    trace = begun()
    for question in OWN.questions:
        tab = visit(trace, question.id)
        assert [radio.key for radio in tab.radio] == [option_key(trace, question.id)]
        assert question.ask in words(tab)


def test_a_link_to_a_question_of_another_questionnaire_goes_on_where_something_is_open() -> None:
    trace = begun()
    tab = visit(trace, "no.such.question")
    assert [radio.key for radio in tab.radio] == [option_key(trace, FIRST.id)]


def test_an_answer_does_not_lead_on_by_itself() -> None:
    trace = begun()
    tab = visit(trace, "no.such.question")
    choose(tab, trace, ONE)
    assert [radio.key for radio in tab.radio] == [option_key(trace, FIRST.id)]


def test_next_goes_on_and_back_loses_nothing(kept: TraceStore) -> None:
    trace = begun()
    tab = visit(trace, FIRST.id)
    assert tab.button(key="turn-next").label == "Skip for now"
    choose(tab, trace, ONE)
    assert tab.button(key="turn-next").label == "Next"
    press(tab, "turn-next")
    assert [radio.key for radio in tab.radio] == [option_key(trace, SECOND.id)]
    press(tab, "turn-back")
    assert tab.radio(key=option_key(trace, FIRST.id)).value == ONE
    assert kept.load(trace).trace.answer(FIRST.id).option == ONE


def test_undo_puts_back_exactly_what_stood_there(kept: TraceStore) -> None:
    before = Answer(TWO, "Ana", ("a list",), "a note")
    trace = begun(trace=Trace({"name": "Blog"}, {FIRST.id: before}))
    tab = visit(trace, FIRST.id)
    assert [button for button in tab.button if button.key == "undo"] == []
    choose(tab, trace, ONE)
    press(tab, "turn-next")
    press(tab, "undo")
    assert kept.load(trace).trace.answer(FIRST.id) == before
    assert tab.radio(key=option_key(trace, FIRST.id)).value == TWO, "it shows what was undone"
    assert "Undone." in words(tab)
    assert [button for button in tab.button if button.key == "undo"] == [], "once is enough"


def test_undo_takes_back_text_as_well(kept: TraceStore) -> None:
    trace = begun()
    tab = visit(trace, FIRST.id)
    choose(tab, trace, list(OPTIONS[FIRST.id])[2])
    tab.text_input(key=key_of(trace, FIRST.id, "detail")).input("Ana").run()
    press(tab, "undo")
    assert kept.load(trace).trace.answer(FIRST.id).detail == ""
    assert tab.text_input(key=key_of(trace, FIRST.id, "detail")).value == ""


def test_undo_does_nothing_where_somebody_else_changed_the_answer(kept: TraceStore) -> None:
    trace = begun()
    tab = visit(trace, FIRST.id)
    choose(tab, trace, ONE)
    compute = current.classifying(OWN, trace)
    kept.change_answer(
        trace, FIRST.id, lambda answer: replace(answer, note="mine"), compute, current.now()
    )
    press(tab, "undo")
    assert kept.load(trace).trace.answer(FIRST.id) == Answer(ONE, note="mine")
    assert CHANGED_MEANWHILE in words(tab)


def test_after_the_first_questions_there_is_a_pause_with_three_ways_on() -> None:
    trace = begun()
    tab = visit(trace, FIRST.id)
    for question in QUESTIONS:
        choose(tab, trace, next(iter(question.options)), question.id)
        press(tab, "turn-next")
    assert tab.query_params["at"] in (PAUSE, [PAUSE])
    said = words(tab)
    assert "Level 1: " in said
    links = [link.proto.label for link in tab.get("page_link")]
    assert {"See the result so far", "Stop here"} <= set(links)
    assert tab.button(key="turn-next").label.startswith("Go on: ")


def test_the_pause_says_how_far_it_can_get_and_how_long_the_rest_takes() -> None:
    strong = {q.id: Answer(list(q.options)[-1]) for q in QUESTIONS}
    said = words(open_app(begun(trace=Trace({"name": "Blog"}, strong)), TRACE_PAGE, at=PAUSE))
    assert "At most level 5" in said
    assert "can still change the result, about" in said
    half = dict(list(strong.items())[:6])
    said = words(open_app(begun(trace=Trace({"name": "Blog"}, half)), TRACE_PAGE, at=PAUSE))
    assert "Two questions of the first were left open" in said


def test_minutes_are_rounded_up_and_left_out_where_nobody_named_them() -> None:
    whole = OWN.about.minutes if OWN.about else 0
    assert minutes(len(OWN.questions), OWN) == f"about {whole} minutes"
    assert minutes(1, OWN) == "about one minute"
    assert minutes(0, OWN) == ""
    assert minutes(5, OWN.model_copy(update={"about": None})) == ""
    assert progress(9, 13) == "9 of about 22 questions"


def test_whoever_knows_nothing_still_comes_through_to_a_result(kept: TraceStore) -> None:
    trace = begun()
    tab = visit(trace, FIRST.id)
    for _ in range(len(OWN.questions) + 2):
        for radio in tab.radio:
            radio.set_value(UNKNOWN).run()
        if not [button for button in tab.button if button.key == "turn-next"]:
            break
        press(tab, "turn-next")
    press(tab, "to-result")
    assert "Why this level" in words(tab)
    assert {a.option for a in kept.load(trace).trace.answers.values()} == {UNKNOWN}


def test_ticked_cases_become_evidence_and_show_again(kept: TraceStore) -> None:
    trace = begun()
    tab = visit(trace, CHECKED.id)
    choose(tab, trace, next(iter(CHECKED.options)), CHECKED.id)
    unfold(tab, trace, CHECKED.id)
    tab.text_area(key=key_of(trace, CHECKED.id, "evidence")).input("http://wiki/brief").run()
    unfold(tab, trace, CHECKED.id)
    tab.text_input(key=key_of(trace, CHECKED.id, "case1")).input("June ”: x").run()
    unfold(tab, trace, CHECKED.id)
    assert CHECKED.check is not None
    point = CHECKED.check.points[0]
    tab.pills(key=key_of(trace, CHECKED.id, "ticks1")).set_value([point]).run()
    line, link = kept.load(trace).trace.answer(CHECKED.id).evidence
    assert line.startswith(f"{CHECKED.check.of} 1 “June ”: x”: {point.lower()}; without ")
    assert link == "http://wiki/brief"
    again = visit(trace, CHECKED.id)
    assert "1 of 3 cases checked and one piece of evidence" in words(again)
    unfold(again, trace, CHECKED.id)
    assert again.text_input(key=key_of(trace, CHECKED.id, "case1")).value == "June ”: x"
    assert again.pills(key=key_of(trace, CHECKED.id, "ticks1")).value == [point]
    assert again.text_area(key=key_of(trace, CHECKED.id, "evidence")).value == link


def test_every_questionnaire_can_be_walked_one_question_at_a_time() -> None:
    for path in sorted((ROOT / "tests/questionnaires").glob("*.yaml")):
        read = read_questionnaire(path.read_bytes(), path.name)
        trace = current.begin(read, Trace({"name": "عربي"}))
        tab = open_app(trace, TRACE_PAGE, q="first")
        for _ in range(len(read.questionnaire.questions) + 2):
            for radio in tab.radio:
                radio.set_value(UNKNOWN).run()
            assert not tab.exception
            assert "Something went wrong" not in words(tab)
            if not [button for button in tab.button if button.key == "turn-next"]:
                break
            press(tab, "turn-next")
        press(tab, "to-result")
        assert "Something went wrong" not in words(tab)


def test_a_question_says_where_it_stands_in_its_part() -> None:
    assert f"1 of {len(QUESTIONS)}" in words(visit(begun(), FIRST.id))
