"""Forms on paper, entered question by question, and counts that are corrected."""

from secrets import token_urlsafe

import pytest

from assessment.method.questionnaire import UNKNOWN
from assessment.pages import current
from assessment.pages.workshop import running
from assessment.store.participation import Participation
from assessment.store.workshop_records import Step
from tests.page_visits import words
from tests.room_counting import (
    CODE,
    CORRECT,
    FIRST,
    FORMS,
    HANDS,
    OWN_PACE,
    SECOND,
    THIRD,
    control,
    enter,
    fold,
    go,
    is_open,
    numbers,
    opened,
    press,
    room,
)

pytest_plugins = ("tests.page_fixtures",)
pytestmark = pytest.mark.usefixtures("kept")

# Forms on paper, at everybody's own pace


def test_forms_are_entered_one_question_after_another() -> None:
    key = opened(Step.ANSWER, OWN_PACE)
    tab = control(key)
    assert is_open(tab, FORMS)
    for question, said in (
        (FIRST, "1 of 3 questions are entered."),
        (SECOND, "2 of 3 questions are entered."),
        (THIRD, "All questions are entered."),
    ):
        assert tab.selectbox(key="paper-question").value == question.id
        tab = enter(tab, FORMS, *numbers(question, 1, 4))
        assert said in words(tab)
        assert running.workshops().load(key).step is Step.ANSWER
        assert "Five forms entered" in words(tab)


def test_the_room_sees_nothing_of_the_forms_before_they_are_revealed() -> None:
    key = opened(Step.ANSWER, OWN_PACE)
    tab = enter(control(key), FORMS, *numbers(FIRST, 1, 4))
    assert running.load(key).revealed == ()
    assert running.load(key).account.questions == ()
    assert "of 5" not in room(key)
    assert "Answer on your form, each for yourself" in room(key)
    tab = press(tab, "Back")
    assert running.workshops().load(key).step is Step.GUESS


def test_revealing_them_all_leads_to_the_first_to_talk_about() -> None:
    key = opened(Step.ANSWER, OWN_PACE)
    tab = control(key)
    for question, split in ((FIRST, 0), (SECOND, 2), (THIRD, 0)):
        tab = enter(tab, FORMS, *numbers(question, split, 5 - split))
    tab = press(tab, "Reveal them all")
    now = running.load(key)
    assert now.workshop.step is Step.REVEAL
    assert now.workshop.question == now.revealed[0].spread.question.id == SECOND.id
    assert "3 of 5 say" in room(key)
    asked = {one.question: one for one in now.account.questions}
    assert all(one.by_hand for one in asked.values())
    assert sum((asked[THIRD.id].counts or {}).values()) == 5
    report = now.room_report.room
    assert report is not None
    assert "people in one room answered on paper; then everybody saw" in report.opening


def test_what_is_not_entered_yet_waits_where_nobody_could_answer_it() -> None:
    key = opened(Step.ANSWER, OWN_PACE)
    tab = enter(control(key), FORMS, *numbers(FIRST, 1, 4))
    press(tab, "Reveal what is entered (1)")
    assert {q for q, one in running.load(key).last.items() if one.revealed} == {FIRST.id}
    go(key, Step.ANSWER)
    tab = control(key)
    assert tab.selectbox(key="paper-question").value == SECOND.id
    assert "Two questions to enter" in words(tab)


def test_forms_count_instead_of_phones_and_the_rest_is_theirs() -> None:
    key = opened(Step.ANSWER, OWN_PACE)
    weak = next(iter(FIRST.options))
    taking_part = Participation(current.database())
    for _ in range(3):
        token = token_urlsafe(16)
        taking_part.join(CODE, token, "Sales", current.now())
        for question in (FIRST, SECOND):
            option = next(iter(question.options))
            taking_part.vote(token, question.id, option, "", current.now())
    tab = control(key)
    assert not is_open(tab, FORMS)
    tab = enter(tab, FORMS, *numbers(FIRST, 0, 4))
    press(tab, "Reveal them all")
    now = running.load(key)
    answered = {one.question: one for one in now.account.questions}
    assert (answered[FIRST.id].counts or {})[weak] == 0
    assert sum((answered[FIRST.id].counts or {}).values()) == 4
    assert sum((answered[SECOND.id].counts or {}).values()) == 3
    spreads = {one.spread.question.id: one.spread.answered for one in now.revealed}
    assert spreads == {FIRST.id: 4, SECOND.id: 3}


def test_a_form_that_was_counted_wrongly_is_counted_again_or_taken_back() -> None:
    key = opened(Step.ANSWER, OWN_PACE)
    tab = enter(control(key), FORMS, *numbers(FIRST, 1, 4))
    tab.selectbox(key="paper-question").set_value(FIRST.id).run()
    first, *_, last, _ = (field.value for field in fold(tab, FORMS).number_input)
    assert (first, last) == (1, 4)
    tab = enter(tab, FORMS, *numbers(FIRST, 2, 4))
    assert sum((running.load(key).last[FIRST.id].hands or {}).values()) == 6
    tab.selectbox(key="paper-question").set_value(FIRST.id).run()
    enter(tab, FORMS, *numbers(FIRST, 0, 0))
    assert running.load(key).last[FIRST.id].hands is None


def test_without_a_tick_no_form_is_entered() -> None:
    key = opened(Step.ANSWER, OWN_PACE)
    tab = enter(control(key), FORMS, *numbers(FIRST, 0, 0))
    assert "No hand is entered yet." in words(tab)
    assert running.load(key).last[FIRST.id].hands is None


# Correcting


def test_hands_that_were_counted_wrongly_are_corrected_where_the_room_sees_them() -> None:
    key = opened(Step.ANSWER, question=FIRST.id)
    tab = enter(control(key), HANDS, *numbers(FIRST, 1, 8), button="Reveal these hands")
    assert "8 of 9 say" in room(key)
    tab = enter(tab, CORRECT, *numbers(FIRST, 2, 8))
    for said in (words(tab), room(key)):
        assert "8 of 10 say" in said
    assert len(running.said().rounds(key)) == 1


def test_what_phones_said_is_not_corrected() -> None:
    key = opened(Step.ANSWER, question=FIRST.id)
    taking_part = Participation(current.database())
    for _ in range(3):
        token = token_urlsafe(16)
        taking_part.join(CODE, token, "Sales", current.now())
        taking_part.vote(token, FIRST.id, UNKNOWN, "", current.now())
    tab = press(control(key), "Reveal")
    assert CORRECT not in [one.label for one in tab.expander]
