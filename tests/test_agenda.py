"""The agenda fills the time that people have, and every step of a workshop has its place in it."""

import pytest

from assessment.store.workshop_records import Pace, Step
from reports.room.agenda import LENGTHS, agenda, box, item_at, takes_turns


@pytest.mark.parametrize("minutes", LENGTHS)
def test_the_parts_fill_the_time(minutes: int) -> None:
    assert sum(item.minutes for item in agenda(minutes)) == minutes


def test_the_protocol_has_two_lengths() -> None:
    assert LENGTHS == (45, 90)


@pytest.mark.parametrize("step", Step)
def test_every_step_has_something_to_say_and_do(step: Step) -> None:
    item = item_at(agenda(45), step)
    assert item.say
    assert item.do


@pytest.mark.parametrize("minutes", LENGTHS)
def test_every_part_of_the_agenda_has_a_step_of_its_own(minutes: int) -> None:
    items = agenda(minutes)
    assert [item_at(items, item.steps[0]) for item in items] == list(items)


@pytest.mark.parametrize("minutes", LENGTHS)
def test_question_by_question_answering_and_agreeing_share_their_boxes(minutes: int) -> None:
    items = agenda(minutes)
    answer, agree = item_at(items, Step.ANSWER), item_at(items, Step.REVEAL)
    assert box(items, answer, Pace.TOGETHER) == answer.minutes + agree.minutes
    assert box(items, agree, Pace.TOGETHER) == answer.minutes + agree.minutes
    assert box(items, answer, Pace.OWN) == answer.minutes
    assert not takes_turns(answer, Pace.OWN)


def test_other_parts_keep_their_own_box() -> None:
    items = agenda(45)
    guess = item_at(items, Step.GUESS)
    assert box(items, guess, Pace.TOGETHER) == guess.minutes
