"""What a room said is kept with a trace that came out of a file: the store; pages stand beside."""

from collections.abc import Callable
from pathlib import Path
from secrets import token_urlsafe
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import select, update

from assessment.store.brought_rooms import BroughtRooms
from assessment.store.database import Database
from assessment.store.errors import TraceDeleted, TraceNotFound
from assessment.store.room_accounts import Held
from assessment.store.schema import brought_rooms
from assessment.store.shelf import Shelf
from assessment.store.traces import TraceStore
from tests.backups import backed_up, opened, restored
from tests.room_accounts import account, rooms, simulated
from tests.store_samples import MINUTE, NOON, a_trace, counted

pytest_plugins = ("tests.store_fixtures",)

HOSTILE = "'; DROP TABLE brought_rooms; -- <b>\u202e 漢字 \U0001f3c1"
HELD = account(simulated(12))
REHEARSED = account(simulated(12, is_rehearsal=True))


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=rooms())
def test_an_account_is_kept_as_it_was(before: Held, store: TraceStore, database: Database) -> None:
    trace, kept = a_trace(store), BroughtRooms(database)
    assert kept.account(trace) is None
    kept.keep(trace, account(before), NOON)
    assert kept.account(trace) == account(before)


def test_hostile_texts_are_kept_but_for_what_no_database_takes(
    store: TraceStore, database: Database
) -> None:
    trace, kept = a_trace(store), BroughtRooms(database)
    odd = account(simulated(5, reason=f"{HOSTILE}\0\ud83d", minority=HOSTILE))
    kept.keep(trace, odd, NOON)
    assert kept.account(trace) == account(simulated(5, reason=f"{HOSTILE}\ufffd", minority=HOSTILE))


def test_of_two_accounts_the_later_one_stands(store: TraceStore, database: Database) -> None:
    trace, other, kept = a_trace(store), a_trace(store), BroughtRooms(database)
    kept.keep(other, HELD, NOON)
    for found in (HELD, REHEARSED):
        kept.keep(trace, found, NOON)
    assert (kept.account(trace), kept.account(other)) == (REHEARSED, HELD)


@pytest.mark.parametrize("trace", ["", "x", "\0" * 22, "'; --", "no-trace-has-this-id-x"])
def test_an_id_that_is_none_finds_nothing(database: Database, trace: str) -> None:
    kept = BroughtRooms(database)
    calls: tuple[Callable[[], object], ...] = (
        lambda: kept.account(trace),
        lambda: kept.keep(trace, HELD, NOON),
    )
    for call in calls:
        with pytest.raises(TraceNotFound):
            call()


def kept_wrongly(database: Database, change: Callable[[dict[str, Any]], object]) -> None:
    """Leave every account in another shape, as another version of the program might."""
    with database.writing() as connection:
        plain = connection.execute(select(brought_rooms.c.account)).scalars().first()
        assert isinstance(plain, dict)
        change(plain)
        connection.execute(update(brought_rooms).values(account=plain))


UNREADABLE: list[Callable[[dict[str, Any]], object]] = [
    lambda kept: kept.clear(),
    lambda kept: kept.pop("day"),
    lambda kept: kept.update(day="one day"),
    lambda kept: kept.update(questions={"a": 1}),
    lambda kept: kept.update(groups=[{"function": "Sales", "people": 2}]),
]


@pytest.mark.parametrize("change", UNREADABLE, ids=["empty", "no day", "day", "shape", "two"])
def test_an_account_that_cannot_be_read_any_more_is_none_and_the_log_says_so(
    change: Callable[[dict[str, Any]], object],
    store: TraceStore,
    database: Database,
    caplog: pytest.LogCaptureFixture,
) -> None:
    trace, kept = a_trace(store), BroughtRooms(database)
    kept.keep(trace, HELD, NOON)
    kept_wrongly(database, change)
    assert kept.account(trace) is None
    assert "what a room said cannot be read" in caplog.text
    assert "Sales" not in caplog.text


def test_it_is_erased_with_its_trace_and_no_other(store: TraceStore, database: Database) -> None:
    trace, other, kept = a_trace(store), a_trace(store), BroughtRooms(database)
    for one in (trace, other):
        kept.keep(one, HELD, NOON)
    store.delete(trace, NOON)
    with pytest.raises(TraceDeleted):
        kept.account(trace)
    store.undo_delete(trace, NOON)
    assert kept.account(trace) == HELD
    store.delete(trace, NOON)
    assert store.purge(NOON + MINUTE) == 1
    with database.reading() as connection:
        left = connection.execute(select(brought_rooms.c.use_case)).scalars().all()
    assert left == [other]


def test_a_backup_carries_it(store: TraceStore, database: Database, tmp_path: Path) -> None:
    trace = a_trace(store)
    BroughtRooms(database).keep(trace, HELD, NOON)
    with opened(f"sqlite:///{tmp_path / 'copy.sqlite3'}") as copy:
        restored(backed_up(database), copy)
        assert BroughtRooms(copy).account(trace) == HELD


def test_it_stays_with_the_trace_that_is_copied(store: TraceStore, database: Database) -> None:
    trace, copy, kept = a_trace(store), token_urlsafe(16), BroughtRooms(database)
    kept.keep(trace, HELD, NOON)
    Shelf(database).copy(trace, copy, counted, NOON)
    assert (kept.account(trace), kept.account(copy)) == (HELD, None)
