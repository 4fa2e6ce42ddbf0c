"""What a report says of a workshop: true, in counts, and silent about fewer than three."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.method.room import FEWEST, Ballot
from assessment.room_account import AskedQuestion, FunctionLevel, Group, RoomAccount
from assessment.store.room_accounts import Held
from reports.room.questions import NO_SPREAD
from reports.room.report import OTHERS, REHEARSAL, RoomReport
from tests.room_accounts import (
    FUNCTIONS,
    NOW,
    OWN,
    account,
    closed,
    guessed,
    held,
    report_of,
    rooms,
    simulated,
)

BACKBONE = OWN.questionnaire.backbone
FIRST = BACKBONE[0]
WEAK, *_, STRONG = FIRST.options


def room_of(people: int) -> RoomReport:
    found = report_of(simulated(people)).room
    assert found is not None
    return found


def said_by(*functions: str) -> RoomReport:
    ballots = [Ballot(name, {FIRST.id: WEAK}, 3) for name in functions]
    found = report_of(held(OWN.questionnaire, ballots)).room
    assert found is not None
    return found


# What it says


def test_it_opens_with_who_did_what_and_what_came_of_it() -> None:
    assert room_of(12).opening == (
        "On 21 November 2026, 12 people answered alone and without names, on their phones; then"
        " everybody saw the answers and talked. Eight questions were talked about: 6 agreed and 2"
        " not agreed."
    )


def test_the_agenda_says_what_came_of_each_part() -> None:
    rows = {row.title: (row.minutes, row.outcome) for row in room_of(12).agenda}
    assert rows["Open"] == (3, "12 people joined.")
    assert rows["Guess first"] == (2, "12 people guessed.")
    assert rows["Answer alone"][1] == "Eight questions answered, question by question."
    assert rows["One next step, with a name and a date"][1] == "One thing taken on."
    assert sum(minutes for minutes, _ in rows.values()) == 45


def test_people_are_shown_by_function() -> None:
    bars = said_by(*[FUNCTIONS[0]] * 4, *[FUNCTIONS[1]] * 3).groups
    assert [(bar.text, bar.words) for bar in bars] == [
        (FUNCTIONS[0], "4 of 7"),
        (FUNCTIONS[1], "3 of 7"),
    ]


def test_functions_of_one_or_two_people_are_shown_together_or_not_at_all() -> None:
    together = said_by(*[FUNCTIONS[0]] * 4, FUNCTIONS[1], FUNCTIONS[2], FUNCTIONS[2])
    assert [bar.text for bar in together.groups] == [FUNCTIONS[0], OTHERS]
    alone = said_by(*[FUNCTIONS[0]] * 4, FUNCTIONS[1])
    assert alone.groups == ()
    assert "No function is shown apart" in alone.people


def test_a_question_shows_the_counts_beside_what_was_agreed() -> None:
    asked = {one.question_id: one for one in room_of(12).questions}
    assert asked.keys() == {question.id for question in BACKBONE}
    for one in asked.values():
        assert sum(bar.count for bar in one.bars) == one.answered == 12
        assert one.reason == "We looked at ten cases."
        assert "agreement" in one.agreement
    assert asked[BACKBONE[1].id].minority == "Sales sees it differently."


def test_what_was_not_agreed_counts_as_not_known_and_is_listed() -> None:
    room = room_of(12)
    open_ = [one for one in room.questions if one.state_label == "Not agreed"]
    assert sorted(room.open) == sorted(one.ask for one in open_)
    assert all("counts as not known" in one.answer for one in open_)
    assert len(open_) == 2


def test_the_most_useful_question_comes_first_and_says_why() -> None:
    first = room_of(12).questions[0]
    assert "This question decides the level." in first.why


def test_the_level_by_function_names_the_questions_that_split_them() -> None:
    room = room_of(12)
    assert {row.function for row in room.functions} == set(FUNCTIONS[:3])
    assert all(row.sees.startswith("Level ") for row in room.functions)
    assert set(room.splits) <= {question.ask for question in OWN.questionnaire.questions}
    assert room.splits


def test_where_functions_are_not_shown_it_says_why() -> None:
    room = room_of(3)
    assert room.functions == ()
    assert "that takes two functions, with three people or more" in room.functions_note


def test_the_guess_stands_against_the_result() -> None:
    assert room_of(12).guess.startswith("The middle guess of 12 people was level ")
    assert "Fewer than three people guessed" in room_of(2).guess


def test_what_was_taken_on_has_a_name_and_a_day() -> None:
    assert room_of(12).taken == ("Name one person (Maria Lind, by 5 December 2026)",)


def test_hands_are_said_to_be_hands() -> None:
    before = held(OWN.questionnaire, [], (), {FIRST.id: {WEAK: 2, STRONG: 5}})
    room = report_of(before).room
    assert room is not None
    assert "people in one room answered by raising hands" in room.opening
    assert [bar.count for bar in room.questions[0].bars if bar.count] == [2, 5]
    assert room.questions[0].votes == "Counted by hand."
    assert room.people == "Nobody joined by phone, so there are no functions to show."


def test_a_question_answered_twice_says_so() -> None:
    before = simulated(4)
    again = replace(before, rounds=[replace(one, number=2) for one in before.rounds])
    room = report_of(again).room
    assert room is not None
    assert room.questions[0].votes == "The room answered 2 times; this is the last."


def test_the_limits_of_small_groups_are_said_plainly() -> None:
    few, many = " ".join(room_of(4).limits), " ".join(room_of(40).limits)
    assert "With at most 4 answers to a question, one person of another mind" in few
    assert "one person of another mind" not in many
    for said in (few, many):
        assert "They are no sample of the company" in said
        assert "Nothing here tells who said what" in said


def test_a_rehearsal_is_marked_and_a_workshop_is_not() -> None:
    rehearsed = report_of(simulated(12, is_rehearsal=True)).room
    assert rehearsed is not None
    assert rehearsed.mark == REHEARSAL
    assert "12 simulated people" in rehearsed.opening
    assert room_of(12).mark == ""


# What it never says


@given(rooms())
def test_no_group_and_no_rest_is_below_three(before: Held) -> None:
    found = account(before)
    assert found.people is None or found.people == 0 or found.people >= FEWEST
    assert all(group.people >= FEWEST for group in found.groups)
    assert all(view.people >= FEWEST for view in found.functions)
    assert found.others == 0 or found.others >= FEWEST
    assert all(sum(one.counts.values()) >= FEWEST for one in found.questions if one.counts)
    enough = guessed(before) >= FEWEST
    assert bool(found.guesses) == enough


@given(rooms(), st.randoms(use_true_random=False))
def test_the_order_of_people_changes_nothing(before: Held, chance: Random) -> None:
    mixed = list(before.ballots)
    chance.shuffle(mixed)
    assert account(replace(before, ballots=mixed)) == account(before)


@given(rooms())
def test_the_close_takes_nothing_from_the_report(before: Held) -> None:
    after = closed(OWN.questionnaire, before)
    assert account(after) == account(before)


def test_fewer_than_three_answers_show_no_spread() -> None:
    for one in room_of(2).questions:
        assert (one.bars, one.answered, one.consensus) == ((), None, None)
        assert one.said == one.agreement == NO_SPREAD


ACCOUNT = RoomAccount(NOW.date(), 45, "short", "together", False, 7)


@pytest.mark.parametrize(
    "shown",
    [
        {"people": 2},
        {"groups": (Group("Sales", 2),)},
        {"groups": (Group("Sales", 5),)},
        {"guesses": (1, 1, 0, 0, 0)},
        {"functions": (FunctionLevel("Sales", 2, 1, 1),)},
        {"questions": (AskedQuestion("q", 1, {"a": 2}),)},
    ],
)
def test_an_account_that_tells_one_or_two_people_apart_cannot_be_made(
    shown: dict[str, object],
) -> None:
    with pytest.raises(ValueError, match="fewer than three people are never shown apart"):
        replace(ACCOUNT, **shown)  # type: ignore[arg-type]
