"""Workshops that nobody closed close by themselves, and then nobody in them can be told apart."""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from secrets import token_urlsafe

import pytest
from sqlalchemy import select, text

from assessment.pages.workshop.overdue import LOOKED_EVERY, Overdue, watching
from assessment.server.tidying import keeping_tidy, tidy
from assessment.store.access import Visitor
from assessment.store.database import Database, open_database
from assessment.store.errors import NotAllowed, StoreUnavailable
from assessment.store.final_close import QUIET_FOR, REPORT_FOR
from assessment.store.migrate import migrate
from assessment.store.room_accounts import summary_of
from assessment.store.schema import metadata, participants, votes
from assessment.store.workshop_records import Agreement, Pace, Step, WorkshopPlan
from assessment.store.workshops import WorkshopStore
from tests.room_people import FUNCTIONS, OWN, Facilitator, options

pytest_plugins = ("tests.store_fixtures",)

MOMENT = timedelta(seconds=1)
BELONGS = [0] * 5 + [1] * 4 + [2] * 3
CONFIDED = "Only Maria in Lyon could have written this"


@pytest.fixture
def room(database: Database) -> Facilitator:
    return Facilitator(database, WorkshopPlan(FUNCTIONS, pace=Pace.OWN))


def begun(room: Facilitator) -> datetime:
    return room.workshops.load(room.key).opened


def answered(room: Facilitator, people: int = 12) -> list[str]:
    """Let people come in, guess and answer, some with a comment; gives their tokens."""
    tokens = [token_urlsafe(16) for _ in range(people)]
    for number, token in enumerate(tokens):
        room.room.join(room.code, token, FUNCTIONS[BELONGS[number]], begun(room))
        room.room.guess(token, 1 + number % 5, begun(room))
    room.ask_all()
    for number, token in enumerate(tokens):
        for question in room.questions[:2]:
            said = options(question)[number % 2]
            room.room.vote(token, question, said, CONFIDED, begun(room))
    return tokens


def is_closed(room: Facilitator) -> bool:
    return room.workshops.load(room.key).closed is not None


def rows_of(database: Database) -> str:
    with database.reading() as connection:
        return repr([connection.execute(select(table)).all() for table in metadata.sorted_tables])


def test_a_day_after_the_release_a_workshop_closes_by_itself(
    database: Database, room: Facilitator
) -> None:
    answered(room)
    released = begun(room) + timedelta(hours=1)
    room.workshops.release(room.key, released)
    assert Overdue(database).close(released + REPORT_FOR - MOMENT) == 0
    assert not is_closed(room)
    assert Overdue(database).close(released + REPORT_FOR) == 1
    assert is_closed(room)
    assert Overdue(database).close(released + REPORT_FOR + MOMENT) == 0


def test_nothing_that_tells_people_apart_is_left_in_any_table(
    database: Database, room: Facilitator
) -> None:
    tokens = answered(room)
    first, second = room.questions[:2]
    room.reveal(first)
    assert CONFIDED in rows_of(database)
    room.workshops.release(room.key, begun(room))
    Overdue(database).close(begun(room) + REPORT_FOR)
    left = rows_of(database)
    assert CONFIDED not in left
    for token in tokens:
        assert token not in left
        assert hashlib.sha256(token.encode()).hexdigest() not in left
    with database.reading() as connection:
        assert connection.execute(select(participants)).all() == []
        assert connection.execute(select(votes)).all() == []
    kept = {one.question: one.kept for one in room.said.rounds(room.key) if one.kept}
    weak, next_one, *_ = options(first)
    assert kept == {first: {weak: 6, next_one: 6}}
    assert second not in kept, "what was never shown to the room ends unseen"
    assert room.workshops.load(room.key).code is None


def test_not_even_sqlites_files_hold_a_comment(sqlite_url: str, tmp_path: Path) -> None:
    database = open_database(sqlite_url)
    migrate(database)
    room = Facilitator(database, WorkshopPlan(FUNCTIONS, pace=Pace.OWN))
    answered(room)
    room.workshops.release(room.key, begun(room))

    def is_there() -> bool:
        return any(CONFIDED.encode() in path.read_bytes() for path in tmp_path.rglob("*.sqlite3*"))

    assert is_there()
    Overdue(database).close(begun(room) + REPORT_FOR)
    assert not is_there()
    database.close()


def test_what_a_report_says_of_the_room_is_what_a_facilitator_would_have_kept(
    database: Database, room: Facilitator
) -> None:
    answered(room)
    for question in room.questions[:2]:
        room.reveal(question)
    room.go(Step.RESULT)
    facts = {"name": room.name}
    expected = summary_of(OWN.questionnaire, facts, room.said.ballots(room.key))
    assert expected["people"] == 12
    room.workshops.release(room.key, begun(room))
    Overdue(database).close(begun(room) + REPORT_FOR)
    assert room.workshops.load(room.key).summary == expected


def test_guesses_that_nobody_has_seen_yet_are_counted_as_well(
    database: Database, room: Facilitator
) -> None:
    answered(room)
    assert sum(summary_of(OWN.questionnaire, {}, room.said.ballots(room.key))["guesses"]) == 0
    room.workshops.release(room.key, begun(room))
    Overdue(database).close(begun(room) + REPORT_FOR)
    summary = room.workshops.load(room.key).summary
    assert summary is not None
    assert summary["guesses"] == [3, 3, 2, 2, 2]


def test_where_the_questionnaire_cannot_be_read_answers_are_erased_all_the_same(
    database: Database, room: Facilitator
) -> None:
    answered(room, 3)
    room.workshops.release(room.key, begun(room))
    with database.writing() as connection:
        connection.execute(text("UPDATE questionnaires SET text = 'id: ['"))
    Overdue(database).close(begun(room) + REPORT_FOR)
    assert room.workshops.load(room.key).summary == {"people": 3}
    assert CONFIDED not in rows_of(database)


def test_without_a_release_a_workshop_closes_after_a_quiet_week(
    database: Database, room: Facilitator
) -> None:
    answered(room)
    last = room.workshops.load(room.key).step_since
    assert Overdue(database).close(last + QUIET_FOR - MOMENT) == 0
    assert Overdue(database).close(last + QUIET_FOR) == 1


HAPPENINGS: dict[str, Callable[[Facilitator, str, datetime], object]] = {
    "somebody joins": lambda r, _, at: r.room.join(r.code, token_urlsafe(16), "Sales", at),
    "somebody answers": lambda r, token, at: r.room.vote(
        token, r.questions[0], options(r.questions[0])[0], "", at
    ),
    "it goes on": lambda r, _, at: r.workshops.move(
        r.key, r.workshops.load(r.key).version, Step.RESULT, None, at
    ),
    "a question is put": lambda r, _, at: r.workshops.put(r.key, ["another"], at),
    "a question is revealed": lambda r, _, at: r.workshops.reveal(r.key, r.questions[0], at),
    "something is recorded": lambda r, _, at: r.workshops.record(
        r.key, Agreement(r.questions[0], None, "", "", at)
    ),
    "people are counted": lambda r, _, at: r.workshops.count_people(r.key, {"Sales": 5}, at),
    "guesses are counted": lambda r, _, at: r.workshops.count_guesses(r.key, {2: 5}, at),
    "a form on paper is entered": lambda r, _, at: r.workshops.count_hands(
        r.key, r.questions[0], {"team": 5}, at, reveals=False
    ),
    "it is paused": lambda r, _, at: r.workshops.pause(r.key, at),
}


@pytest.mark.parametrize("what", HAPPENINGS)
def test_whatever_happens_in_a_workshop_keeps_it_open_for_another_week(
    database: Database, room: Facilitator, what: str
) -> None:
    token, *_ = answered(room)
    later = room.workshops.load(room.key).step_since + QUIET_FOR - MOMENT
    HAPPENINGS[what](room, token, later)
    assert Overdue(database).close(later + QUIET_FOR - MOMENT) == 0
    assert not is_closed(room)
    assert Overdue(database).close(later + QUIET_FOR) == 1


def test_a_release_at_the_last_moment_is_not_cut_short(
    database: Database, room: Facilitator
) -> None:
    room.workshops.release(room.key, begun(room))
    due = begun(room) + REPORT_FOR
    assert WorkshopStore(database).overdue(due) == (room.key,)
    room.workshops.release(room.key, due)
    room.workshops.close_overdue(room.key, {}, due)
    assert not is_closed(room)


def test_looking_costs_nothing_more_than_once_a_minute(
    database: Database, room: Facilitator, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.workshops.release(room.key, begun(room))
    watch, due = watching(database), begun(room) + REPORT_FOR
    watch.glance(due - MOMENT)
    watch.glance(due)
    assert not is_closed(room)
    watch.glance(due - MOMENT + LOOKED_EVERY)
    assert is_closed(room)

    def away(*_: object) -> int:
        raise StoreUnavailable("somewhere", "the disk is full", "Free some space.")

    monkeypatch.setattr(Overdue, "close", away)
    watch.glance(due + LOOKED_EVERY * 2)


def test_the_server_tidies_up_when_it_starts(database: Database, room: Facilitator) -> None:
    room.workshops.release(room.key, begun(room))
    tidy(database, begun(room) + REPORT_FOR - MOMENT)
    assert not is_closed(room)
    tidy(database, begun(room) + REPORT_FOR)
    assert is_closed(room)
    with keeping_tidy(database):
        pass


def test_no_visitor_learns_the_keys_of_others(database: Database, room: Facilitator) -> None:
    room.workshops.release(room.key, begun(room))
    with pytest.raises(NotAllowed):
        WorkshopStore(database, Visitor("issuer|7", "Eve")).overdue(begun(room) + QUIET_FOR)
