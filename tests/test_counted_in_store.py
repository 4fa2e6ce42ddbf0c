"""What a facilitator counts, in the store: it replaces, is taken back, and outlives the close."""

from dataclasses import replace
from datetime import timedelta
from secrets import token_urlsafe

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.method.room import FEWEST
from assessment.pages.workshop.overdue import Overdue
from assessment.room_account import Group, RoomAccount
from assessment.store.database import Database
from assessment.store.final_close import REPORT_FOR
from assessment.store.participation import MOST
from assessment.store.phones import Phones
from assessment.store.room_accounts import Held, account_of, summary_of
from assessment.store.workshop_records import NotOpen, Pace, Step, WorkshopPlan
from tests import room_accounts
from tests.room_people import OWN, Facilitator, now, options

pytest_plugins = ("tests.store_fixtures",)

SALES, SERVICE, LEGAL = FUNCTIONS = ("Sales", "Service", "Legal")
PEOPLE = {SALES: 5, SERVICE: 4, LEGAL: 2}
GUESSES = {1: 2, 2: 4}
REFUSED = r"no fewer than no hands|no workshop holds more"


@pytest.fixture
def room(database: Database) -> Facilitator:
    return Facilitator(database, WorkshopPlan(FUNCTIONS, pace=Pace.OWN))


def by_phone(room: Facilitator, people: int) -> list[str]:
    """Let people of one function come in and guess level 5; gives their tokens."""
    tokens = [token_urlsafe(16) for _ in range(people)]
    for token in tokens:
        room.room.join(room.code, token, SALES, now())
        room.room.guess(token, 5, now())
    return tokens


def held(room: Facilitator) -> Held:
    return Phones(room.database).held(room.workshops.load(room.key))


def account(room: Facilitator) -> RoomAccount:
    return account_of(held(room), OWN.questionnaire, {})


def summary(room: Facilitator) -> dict[str, object]:
    """What a facilitator's screen knows of the phones when it closes a workshop."""
    return summary_of(OWN.questionnaire, {}, room.said.ballots(room.key))


def test_people_and_guesses_count_instead_of_phones(room: Facilitator) -> None:
    by_phone(room, 4)
    room.workshops.count_people(room.key, PEOPLE, now())
    room.workshops.count_guesses(room.key, GUESSES, now())
    room.go(Step.RESULT)
    found = account(room)
    assert (found.people, found.others) == (11, 6)
    assert found.groups == (Group(SALES, 5),)
    assert found.guesses == (2, 4, 0, 0, 0)


def test_people_alone_leave_the_guesses_to_phones(room: Facilitator) -> None:
    by_phone(room, 4)
    room.workshops.count_people(room.key, PEOPLE, now())
    room.go(Step.RESULT)
    assert (account(room).people, account(room).guesses) == (11, (0, 0, 0, 0, 4))


@pytest.mark.parametrize("step", [Step.LOBBY, Step.GUESS, Step.ANSWER, Step.REVEAL])
def test_nobody_reads_guesses_before_the_result(room: Facilitator, step: Step) -> None:
    room.workshops.count_guesses(room.key, GUESSES, now())
    room.go(step)
    assert account(room).guesses == ()


def test_none_at_all_takes_back(room: Facilitator) -> None:
    room.workshops.count_people(room.key, PEOPLE, now())
    room.workshops.count_guesses(room.key, GUESSES, now())
    room.workshops.count_people(room.key, {SALES: 0}, now())
    room.workshops.count_guesses(room.key, {}, now())
    kept = room.workshops.load(room.key)
    assert (kept.counted_people, kept.counted_guesses) == (None, None)
    assert account(room).people == 0


@pytest.mark.parametrize("wrong", [-1, MOST + 1, 2.5])
def test_a_number_that_counts_nobody_is_refused(room: Facilitator, wrong: int) -> None:
    before = held(room)
    with pytest.raises(ValueError, match=REFUSED):
        room.workshops.count_people(room.key, {SALES: wrong}, now())
    with pytest.raises(ValueError, match=REFUSED):
        room.workshops.count_guesses(room.key, {2: wrong}, now())
    with pytest.raises(ValueError, match=REFUSED):
        room.workshops.count_hands(room.key, room.questions[0], {"team": wrong}, now())
    assert held(room) == before
    room.workshops.count_people(room.key, {SALES: MOST}, now())


def test_a_function_that_is_none_of_the_workshops_is_refused(room: Facilitator) -> None:
    with pytest.raises(ValueError, match="no such function"):
        room.workshops.count_people(room.key, {"Alchemy": 3}, now())
    assert room.workshops.load(room.key).counted_people is None


def test_every_screen_sees_that_it_is_behind(room: Facilitator) -> None:
    (token,) = by_phone(room, 1)
    begun = room.room.version(token, now())
    room.workshops.count_people(room.key, PEOPLE, now())
    assert room.room.version(token, now()) == begun + 1
    room.workshops.count_guesses(room.key, GUESSES, now())
    assert room.room.version(token, now()) == begun + 2
    room.workshops.count_hands(room.key, room.questions[0], {"team": 3}, now(), reveals=False)
    assert room.room.version(token, now()) == begun + 3


# Hands that are not revealed yet


def test_forms_are_not_shown_before_the_reveal_and_do_not_move_the_room(
    room: Facilitator,
) -> None:
    first, second, *_ = room.questions
    weak, *_, strong = options(first)
    room.ask_all()
    room.workshops.count_hands(room.key, first, {weak: 1, strong: 4}, now(), reveals=False)
    at = room.workshops.load(room.key)
    assert (at.step, at.question) == (Step.ANSWER, None)
    assert account(room).questions == ()
    assert Phones(room.database).shown(at.id, first) is None
    room.reveal(first)
    (asked,) = account(room).questions
    assert (asked.question, asked.by_hand) == (first, True)
    assert (asked.counts or {})[strong] == 4
    assert {one.question for one in held(room).rounds if one.revealed is None} >= {second}


def test_a_count_that_was_revealed_is_corrected_in_place(room: Facilitator) -> None:
    first, second, *_ = room.questions
    weak, *_, strong = options(first)
    room.workshops.count_hands(room.key, first, {weak: 1, strong: 4}, now())
    room.workshops.count_hands(room.key, second, {options(second)[0]: 5}, now())
    room.workshops.count_hands(room.key, first, {weak: 2, strong: 4}, now(), reveals=False)
    assert room.workshops.load(room.key).question == second
    asked = {one.question: one for one in account(room).questions}
    assert asked[first].rounds == 1
    assert sum((asked[first].counts or {}).values()) == 6


# The final close


def test_the_close_keeps_what_may_be_shown_and_nothing_else(room: Facilitator) -> None:
    by_phone(room, 4)
    room.workshops.count_people(room.key, PEOPLE, now())
    room.workshops.count_guesses(room.key, GUESSES, now())
    room.go(Step.PLAN)
    before = account(room)
    room.workshops.close(room.key, summary(room), now())
    kept = room.workshops.load(room.key)
    assert account(room) == before
    assert (kept.counted_people, kept.counted_guesses) == (None, None)
    assert LEGAL not in repr(kept.summary)
    assert SERVICE not in repr(kept.summary)


def test_what_is_counted_after_a_screen_was_drawn_is_kept_by_its_close(room: Facilitator) -> None:
    drawn = summary(room)
    room.workshops.count_people(room.key, PEOPLE, now())
    room.workshops.close(room.key, drawn, now())
    assert account(room).people == 11


def test_a_workshop_that_closes_by_itself_keeps_them_too(
    database: Database, room: Facilitator
) -> None:
    room.workshops.count_people(room.key, PEOPLE, now())
    room.workshops.count_guesses(room.key, GUESSES, now())
    released = now()
    room.workshops.release(room.key, released)
    Overdue(database).close(released + REPORT_FOR + timedelta(seconds=1))
    found = account(room)
    assert (found.people, found.guesses) == (11, (2, 4, 0, 0, 0))


def test_nothing_is_counted_in_a_closed_workshop(room: Facilitator) -> None:
    room.workshops.close(room.key, summary(room), now())
    before = held(room)
    with pytest.raises(NotOpen):
        room.workshops.count_people(room.key, PEOPLE, now())
    with pytest.raises(NotOpen):
        room.workshops.count_guesses(room.key, GUESSES, now())
    with pytest.raises(NotOpen):
        room.workshops.count_hands(room.key, room.questions[0], {"team": 3}, now())
    assert held(room) == before


# What is never said

_some = st.integers(0, 6)


@given(
    room_accounts.rooms(),
    st.dictionaries(st.sampled_from(room_accounts.FUNCTIONS), _some),
    st.dictionaries(st.integers(1, 5), _some),
)
def test_no_count_tells_fewer_than_three_apart(
    before: Held, people: dict[str, int], guesses: dict[int, int]
) -> None:
    counted = replace(before.workshop, counted_people=people, counted_guesses=guesses)
    found = room_accounts.account(replace(before, workshop=counted))
    if people:
        assert found.people == (None if 0 < sum(people.values()) < FEWEST else sum(people.values()))
    assert all(group.people >= FEWEST for group in found.groups)
    assert found.others == 0 or found.others >= FEWEST
    if guesses:
        assert bool(found.guesses) == (sum(guesses.values()) >= FEWEST)
