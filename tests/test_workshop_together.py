"""Many phones in one moment: side by side, and never past a reveal."""

import threading
from collections.abc import Callable
from secrets import token_urlsafe

import pytest

from assessment.store.database import Database
from assessment.store.workshop_records import AnotherRound, NotOpen
from tests.room_people import FUNCTIONS, Facilitator, now, options

pytest_plugins = ("tests.store_fixtures",)


@pytest.fixture
def room(database: Database) -> Facilitator:
    return Facilitator(database)


def joined(room: Facilitator, people: int) -> list[str]:
    tokens = [token_urlsafe(16) for _ in range(people)]
    for token in tokens:
        room.room.join(room.code, token, FUNCTIONS[0], now())
    return tokens


def at_once(*actions: Callable[[], object]) -> None:
    """Run all of them at the same time; what one raises is raised here."""
    start, failures = threading.Barrier(len(actions)), list[BaseException]()

    def run(action: Callable[[], object]) -> None:
        start.wait()
        try:
            action()
        except BaseException as error:  # noqa: BLE001 - told below
            failures.append(error)

    threads = [threading.Thread(target=run, args=(action,)) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


def test_a_tap_that_comes_many_times_is_one_answer(room: Facilitator) -> None:
    (token,) = joined(room, 1)
    asked = room.questions[0]
    room.ask(asked)
    first = options(asked)[0]
    at_once(*[lambda: room.room.vote(token, asked, first, "", now()) for _ in range(8)])
    assert room.answered == {asked: 1}
    room.reveal(asked)
    assert [ballot.answers for ballot in room.said.ballots(room.key)] == [{asked: first}]


def test_nothing_comes_in_after_a_reveal_however_close(room: Facilitator) -> None:
    tokens = joined(room, 8)
    asked = room.questions[0]
    room.ask(asked)
    shown: list[list[str]] = []

    def keep_changing(token: str) -> None:
        for number in range(500):
            try:
                room.room.vote(token, asked, options(asked)[number % 3], "", now())
            except NotOpen:
                return

    def reveal() -> None:
        room.reveal(asked)
        shown.append(said())

    def said() -> list[str]:
        return sorted(ballot.answers.get(asked, "") for ballot in room.said.ballots(room.key))

    at_once(reveal, *[lambda token=token: keep_changing(token) for token in tokens])
    assert [said()] == shown


def test_what_was_taken_is_said_as_it_is_kept(room: Facilitator) -> None:
    (token,) = joined(room, 1)
    asked = room.questions[0]
    room.ask(asked)
    taken = room.room.vote(token, asked, options(asked)[0], " mine\0 ", now())
    assert taken == room.room.load(token)
    room.room.leave(token, now())
    assert room.room.load(token).has_left
    taken = room.room.vote(token, asked, options(asked)[1], "", now())
    assert taken == room.room.load(token)
    assert not taken.has_left


def test_an_answer_to_another_round_is_told_apart_from_one_that_comes_too_late(
    room: Facilitator,
) -> None:
    (token,) = joined(room, 1)
    asked = room.questions[0]
    room.ask(asked)
    assert room.room.load(token).rounds == {asked: 1}
    room.reveal(asked)
    with pytest.raises(NotOpen, match="is not open now"):
        room.room.vote(token, asked, options(asked)[0], "", now(), seen_round=1)
    room.workshops.vote_again(room.key, asked, now())
    with pytest.raises(AnotherRound, match="choose once more"):
        room.room.vote(token, asked, options(asked)[0], "", now(), seen_round=1)
    room.room.vote(token, asked, options(asked)[0], "", now(), seen_round=2)
