"""The participants' pages: what each screen says, and what is taken and what is not."""

import re

import pytest
from starlette.types import ASGIApp

from assessment.method.questionnaire import UNKNOWN
from assessment.store.database import Database
from assessment.store.workshop_records import Agreement, Step
from tests.room_people import (
    HOSTILE,
    OWN,
    OWN_PACE,
    Facilitator,
    Phone,
    now,
    options,
    text_of,
)


def test_a_guess_is_taken_and_can_be_changed(phone: Phone, room: Facilitator) -> None:
    phone.join()
    room.go(Step.GUESS)
    levels = OWN.questionnaire.levels
    said = text_of(phone.look())
    for level in levels:
        assert level.name in said
        assert (level.in_short or "") in said
    assert f"Level 2, {levels[1].name}" in text_of(phone.send("guess", level="2"))
    assert "Send my guess" in text_of(phone.look(f"{phone.path}?change=guess"))
    assert f"Level 5, {levels[4].name}" in text_of(phone.send("guess", level="5"))
    for wrong in ("", "0", "6", "2.5", "٣"):
        assert phone.send("guess", level=wrong).status == 409
    room.go(Step.ANSWER)
    late = phone.send("guess", level="1")
    assert (late.status, "your guess was not taken" in text_of(late)) == (409, True)


def test_an_answer_is_in_once_the_server_has_it_and_can_be_changed(
    phone: Phone, room: Facilitator
) -> None:
    phone.join()
    asked = room.questions[0]
    question = OWN.questionnaire.by_id[asked]
    room.ask(asked)
    said = text_of(phone.look())
    for text in (question.ask, *(o.text for o in question.options.values()), *question.counts):
        assert text in said
    assert "We don't know" in said
    assert "Your answer is in" not in said
    first, *_, last = options(asked)
    said = text_of(phone.vote(asked, first, "I saw\r\nit"))
    assert "Your answer is in You can change it until the reveal." in said
    assert question.options[first].text in said
    assert "I saw it" in said
    form = phone.look(f"{phone.path}?change={asked}").text
    assert f'value="{first}" required checked' in form
    assert question.options[last].text in text_of(phone.vote(asked, last))
    assert room.answered == {asked: 1}


def test_we_do_not_know_is_an_answer(phone: Phone, room: Facilitator) -> None:
    phone.join()
    room.ask(room.questions[0])
    assert "We don't know" in text_of(phone.vote(room.questions[0], UNKNOWN))
    assert room.answered == {room.questions[0]: 1}


def test_what_cannot_be_answered_is_not_taken(phone: Phone, room: Facilitator) -> None:
    phone.join()
    asked, other = room.questions[:2]
    room.ask(asked)
    for question, option in ((asked, ""), (asked, "x"), ("x", "x"), (HOSTILE, HOSTILE), ("", "")):
        answer = phone.vote(question, option)
        assert (answer.status, "Choose an answer first." in text_of(answer)) == (409, True)
    answer = phone.vote(other, options(other)[0])
    assert "This question is not open now, so your answer was not taken." in text_of(answer)
    room.workshops.pause(room.key, now())
    answer = phone.vote(asked, options(asked)[0])
    assert answer.status == 409
    assert "The workshop rests" in text_of(answer)
    assert room.answered == {asked: 0}


def test_after_the_reveal_an_answer_stays(phone: Phone, room: Facilitator) -> None:
    phone.join()
    asked = room.questions[0]
    first, *_, last = options(asked)
    room.ask(asked)
    phone.vote(asked, first)
    room.reveal(asked)
    answer = phone.vote(asked, last)
    assert answer.status == 409
    assert OWN.questionnaire.by_id[asked].options[first].text in text_of(phone.look())


def test_an_answer_from_an_earlier_vote_is_not_taken_for_the_next(
    phone: Phone, room: Facilitator
) -> None:
    phone.join()
    asked = room.questions[0]
    first, *_, last = options(asked)
    room.ask(asked)
    phone.look()
    room.reveal(asked)
    room.workshops.vote_again(room.key, asked, now())
    answer = phone.vote(asked, first)
    assert answer.status == 409
    assert "your answer came from the vote before. It was not taken" in text_of(answer)
    assert room.answered == {asked: 0}
    assert "Your answer is in" in text_of(phone.vote(asked, last))
    assert room.answered == {asked: 1}


@pytest.mark.parametrize("number", ["", "0", "2", "-1", "1.0", "²", "9" * 40])
def test_an_answer_says_which_vote_it_belongs_to(
    phone: Phone, room: Facilitator, number: str
) -> None:
    phone.join()
    asked = room.questions[0]
    room.ask(asked)
    answer = phone.send("vote", question=asked, option=options(asked)[0], round=number)
    assert (answer.status, room.answered) == (409, {asked: 0})


def test_another_workshops_code_takes_no_answers(
    database: Database, phone: Phone, room: Facilitator
) -> None:
    phone.join()
    asked = room.questions[0]
    room.ask(asked)
    phone.path = f"/join/{Facilitator(database).code}"  # whatever a browser sends
    assert "so nothing was taken" in text_of(phone.vote(asked, options(asked)[0]))
    assert room.answered == {asked: 0}


def test_at_their_own_pace_people_go_from_question_to_question(
    database: Database, app: ASGIApp
) -> None:
    room = Facilitator(database, OWN_PACE)
    phone = Phone(app, room.code)
    phone.join()
    assert "You are in" in text_of(phone.look())
    room.ask_all()
    questions = [OWN.questionnaire.by_id[q] for q in room.questions]
    assert [q.ask for q in questions] == re.findall(r"<span>(.*?)</span> <small", phone.look().text)
    for number, question in enumerate(questions, 1):
        answer = phone.vote(question.id, next(iter(question.options)))
        if number < len(questions):
            assert "Your answer is in." in text_of(answer)
            assert questions[number].ask in text_of(answer)
            assert f"{number} of {len(questions)} answers in" in text_of(phone.look())
    assert "All your answers are in" in text_of(answer)
    assert set(room.answered.values()) == {1}
    again = text_of(phone.look(f"{phone.path}?q={questions[2].id}"))
    assert "Send the new answer" in again


def test_the_address_cannot_claim_that_an_answer_is_in(database: Database, app: ASGIApp) -> None:
    room = Facilitator(database, OWN_PACE)
    phone = Phone(app, room.code)
    phone.join()
    room.ask_all()
    assert "is in" not in text_of(phone.look(f"{phone.path}?after={room.questions[0]}"))


def test_the_reveal_counts_answers_and_marks_ones_own(phone: Phone, room: Facilitator) -> None:
    phone.join()
    asked = room.questions[0]
    first, *_, last = options(asked)
    room.ask(asked)
    room.others(first, first, UNKNOWN, "x")
    phone.vote(asked, last)
    room.reveal(asked)
    texts = OWN.questionnaire.by_id[asked].options
    said = text_of(phone.look())
    assert f"{texts[first].text} 2 of 4" in said
    assert f"{texts[last].text} ✓ Your answer 1 of 4" in said
    assert "We don't know 1 of 4" in said


@pytest.mark.parametrize("others", [0, 1])
def test_fewer_than_three_answers_are_not_shown(
    phone: Phone, room: Facilitator, others: int
) -> None:
    phone.join()
    asked = room.questions[0]
    room.ask(asked)
    room.others(*[options(asked)[-1]] * others)
    phone.vote(asked, options(asked)[0])
    room.reveal(asked)
    said = text_of(phone.look())
    assert "Fewer than three people answered, so no answers are shown." in said
    assert OWN.questionnaire.by_id[asked].options[options(asked)[-1]].text not in said
    assert " of " not in said


def test_what_the_room_agreed_stands_with_its_reason(phone: Phone, room: Facilitator) -> None:
    phone.join()
    asked = room.questions[0]
    room.ask(asked)
    room.reveal(asked)
    room.workshops.record(room.key, Agreement(asked, options(asked)[0], "Because", HOSTILE, now()))
    answer = phone.look()
    assert "The room agreed" in text_of(answer)
    assert "Because" in text_of(answer)
    assert "<script>alert" not in answer.text
    room.workshops.record(room.key, Agreement(asked, None, "", "", now()))
    assert "Not agreed It counts as not known" in text_of(phone.look())


def test_the_result_is_the_reports_own_and_stands_on_what_was_agreed(
    phone: Phone, room: Facilitator
) -> None:
    phone.join()
    phone.send("guess", level="4")
    room.go(Step.RESULT)
    said = text_of(phone.look())
    assert "Between level 1 and 5" in said
    assert "You guessed" in said
    assert "The report will be here" in said
    for question in OWN.questionnaire.questions:
        best = options(question.id)[-1]
        room.workshops.record(room.key, Agreement(question.id, best, "", "", now()))
    assert "Level 5 of 5: Strategic learning" in text_of(phone.look())
    room.workshops.record(room.key, Agreement(room.questions[0], None, "", "", now()))
    assert "up to 5 is possible" in text_of(phone.look())
