"""What belongs together is written together: all of it is there afterwards, or nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assessment.store.database import Database, open_database
from assessment.store.migrate import migrate
from assessment.store.plans import PlanStore
from assessment.store.traces import TraceStore
from tests.store_samples import a_trace

pytest_plugins = ("tests.store_fixtures",)


class TroubleError(Exception):
    """What goes wrong at the end of a block."""


def together_until_trouble(database: Database, *deeds: Callable[[], object]) -> None:
    with database.together():
        for deed in deeds:
            deed()
        raise TroubleError


def test_all_of_it_is_there_after_the_block(store: TraceStore, database: Database) -> None:
    plans = PlanStore(database)
    with database.together():
        trace = a_trace(store)
        plans.set_target(trace, 3)
        assert plans.target(trace) == 3  # what is written is seen within
    assert plans.target(trace) == 3


def test_an_exception_takes_all_of_it_back(store: TraceStore, database: Database) -> None:
    before, plans = a_trace(store), PlanStore(database)
    with pytest.raises(TroubleError):
        together_until_trouble(
            database,
            lambda: plans.set_target(a_trace(store), 3),
            lambda: plans.set_target(before, 4),
        )
    assert [trace.id for trace in store.recent(9)] == [before]
    assert plans.target(before) is None
    plans.set_target(before, 2)  # and each is a transaction of its own again
    assert plans.target(before) == 2


def test_nobody_else_sees_half_of_it(store: TraceStore, database: Database, store_url: str) -> None:
    beside = open_database(store_url)
    with database.together():
        a_trace(store)
        assert TraceStore(beside).recent(9) == ()
    assert len(TraceStore(beside).recent(9)) == 1
    beside.close()


def test_another_database_is_not_drawn_in(
    store: TraceStore, database: Database, tmp_path: Path
) -> None:
    other = open_database(f"sqlite:///{tmp_path / 'other.sqlite3'}")
    migrate(other)
    with pytest.raises(TroubleError):
        together_until_trouble(database, lambda: a_trace(store), lambda: a_trace(TraceStore(other)))
    assert store.recent(9) == ()
    assert len(TraceStore(other).recent(9)) == 1
    other.close()
