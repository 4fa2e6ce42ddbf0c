"""Deleting a trace: hidden at once, back as it was within its grace, then erased for good."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import func, inspect, select, text

from assessment.method.answers import Answer, Trace
from assessment.store.database import Database, open_database
from assessment.store.deletion import GRACE, erased_at
from assessment.store.erasure import erase_what_is_due, prepare
from assessment.store.errors import StoreUnavailable, TraceDeleted, TraceNotFound
from assessment.store.migrate import _config, migrate
from assessment.store.records import DeletedTrace
from assessment.store.schema import metadata, questionnaires
from assessment.store.traces import TraceStore
from tests.store_samples import MINUTE, NOON, a_trace, counted

pytest_plugins = ("tests.store_fixtures",)

OLDER = Path(__file__).parent / "databases" / "schema-0001.sql"
KEPT_SINCE_0001 = "kept-since-schema-0001"
WRITTEN = "Ludmilla decides alone"


@pytest.fixture
def lived(store: TraceStore) -> str:
    """A trace with answers, facts and a history."""
    use_case = a_trace(store, Trace({"name": "Blog"}, {"a": Answer("named", note=WRITTEN)}))
    store.save_answer(use_case, "b", Answer("unknown"), counted, NOON + MINUTE)
    store.save_facts(use_case, {"tool": "X"}, counted, NOON + 2 * MINUTE)
    return use_case


def rows(database: Database) -> dict[str, int]:
    """How many rows each table holds."""
    with database.reading() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in metadata.sorted_tables
        }


def test_a_deleted_trace_is_gone_for_everybody(store: TraceStore, lived: str) -> None:
    other = a_trace(store)
    store.delete(lived, NOON)
    for use in (
        lambda: store.load(lived),
        lambda: store.history(lived),
        lambda: store.save_answer(lived, "a", Answer("named"), counted, NOON),
        lambda: store.save_facts(lived, {"tool": "Y"}, counted, NOON),
    ):
        with pytest.raises(TraceDeleted) as caught:
            use()
        assert isinstance(caught.value, TraceNotFound)
        assert (caught.value.id, caught.value.deleted) == (lived, NOON)
        assert "Bring it back first" in str(caught.value)
    assert [trace.id for trace in store.recent(5)] == [other]
    assert store.deleted(5) == (DeletedTrace(lived, "Blog", NOON),)


def test_undone_it_is_as_it_was(store: TraceStore, lived: str) -> None:
    before = store.load(lived), store.history(lived), store.recent(5)
    store.delete(lived, NOON)
    store.undo_delete(lived, NOON + GRACE - MINUTE)
    assert (store.load(lived), store.history(lived), store.recent(5)) == before
    assert store.deleted(5) == ()
    assert store.save_answer(lived, "a", Answer("named"), counted, NOON)


def test_deleting_twice_does_not_prolong_the_grace(store: TraceStore, lived: str) -> None:
    store.delete(lived, NOON)
    store.delete(lived, NOON + GRACE / 2)
    assert store.deleted(5)[0].deleted == NOON
    assert erased_at(NOON) == NOON + timedelta(days=30)


def test_what_is_not_deleted_needs_no_undoing(store: TraceStore, lived: str) -> None:
    before = store.load(lived)
    store.undo_delete(lived, NOON)
    assert store.load(lived) == before


@pytest.mark.parametrize("unknown", ["A" * 22, "x", "a\0b", "é" * 30])
def test_what_was_never_there_can_neither_go_nor_come_back(store: TraceStore, unknown: str) -> None:
    with pytest.raises(TraceNotFound):
        store.delete(unknown, NOON)
    with pytest.raises(TraceNotFound):
        store.undo_delete(unknown, NOON)


def test_the_last_one_deleted_comes_first(store: TraceStore) -> None:
    traces = [a_trace(store) for _ in range(3)]
    for number, use_case in enumerate(traces):
        store.delete(use_case, NOON + number * MINUTE)
    assert [trace.id for trace in store.deleted(2)] == traces[:0:-1]


def test_after_its_grace_it_is_erased_with_its_history(
    database: Database, store: TraceStore, lived: str
) -> None:
    other = a_trace(store, Trace({}, {"a": Answer("named")}))
    kept = store.load(other), store.history(other)
    store.delete(lived, NOON)
    assert erase_what_is_due(database, NOON + GRACE) == 0
    assert store.deleted(5) != ()
    with pytest.raises(TraceNotFound):
        store.undo_delete(lived, NOON + GRACE)
    assert erase_what_is_due(database, NOON + GRACE + MINUTE) == 1
    assert store.deleted(5) == ()
    left = {table: count for table, count in rows(database).items() if count}
    assert left == {"questionnaires": 1, "use_cases": 1, "answers": 1, "history": 2, "results": 1}
    assert (store.load(other), store.history(other)) == kept
    with pytest.raises(TraceNotFound) as caught:
        store.load(lived)
    assert not isinstance(caught.value, TraceDeleted)


def test_every_table_with_rows_of_a_trace_is_erased(database: Database, store: TraceStore) -> None:
    for number in range(3):
        use_case = a_trace(store, Trace({}, {"a": Answer("named")}))
        store.delete(use_case, NOON + number * MINUTE)
    assert store.purge(NOON + MINUTE * 9) == 3
    assert {name for name, count in rows(database).items() if count} == {questionnaires.name}


def test_a_start_erases_what_is_due(database: Database, store: TraceStore, lived: str) -> None:
    store.delete(lived, NOON)
    prepare(database, NOON + GRACE - MINUTE)
    assert len(store.deleted(5)) == 1
    prepare(database, NOON + GRACE + MINUTE)
    assert store.deleted(5) == ()


def test_bringing_back_and_erasing_at_once_never_leave_half_a_trace(store: TraceStore) -> None:
    before = {}
    for _ in range(12):
        use_case = a_trace(store, Trace({}, {"a": Answer("named")}))
        before[use_case] = store.load(use_case), store.history(use_case)
        store.delete(use_case, NOON)

    def bring_back() -> None:
        for use_case in before:
            try:
                store.undo_delete(use_case, NOON + MINUTE)
            except TraceNotFound:
                return

    thread = threading.Thread(target=bring_back)
    thread.start()
    erased = store.purge(NOON + MINUTE)
    thread.join()
    kept = [trace.id for trace in store.recent(100)]
    assert len(kept) + erased == len(before)
    assert all((store.load(one), store.history(one)) == before[one] for one in kept)


@pytest.fixture
def sqlite(sqlite_url: str) -> Iterator[Database]:
    opened = open_database(sqlite_url)
    migrate(opened)
    yield opened
    opened.close()


def on_the_disk(database: Database) -> bytes:
    """Everything in the database's file and in those beside it."""
    folder = Path(database.place).parent
    return b"".join(path.read_bytes() for path in folder.iterdir() if path.suffix != ".sqlite3-shm")


def test_what_is_erased_is_gone_from_the_files(sqlite: Database) -> None:
    store = TraceStore(sqlite)
    for number in range(40):
        note = f"{WRITTEN} {number} " * (1 + number * 20)
        use_case = a_trace(store, Trace({"name": WRITTEN}, {"a": Answer("named", note=note)}))
        store.save_answer(use_case, "a", Answer("named", note="short"), counted, NOON)
        a_trace(store, Trace({"name": "Another"}, {"a": Answer("named", note="x" * 500)}))
        store.delete(use_case, NOON)
    assert WRITTEN.encode() in on_the_disk(sqlite)
    assert store.purge(NOON + MINUTE) == 40
    assert WRITTEN.encode() not in on_the_disk(sqlite)
    assert len(store.recent(100)) == 40


def test_somebody_who_reads_meanwhile_does_not_stop_the_erasing(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assessment.store.engines.PATIENCE", 0.1)
    impatient = open_database(f"sqlite:///{sqlite.place}")
    store = TraceStore(impatient)
    store.delete(a_trace(store, Trace({"name": WRITTEN})), NOON)
    store.delete(a_trace(store, Trace({"name": WRITTEN})), NOON + 9 * MINUTE)
    with sqlite.reading() as reader:
        reader.execute(select(func.count()).select_from(questionnaires))
        assert store.purge(NOON + MINUTE) == 1
    assert store.purge(NOON + 10 * MINUTE) == 1
    assert WRITTEN.encode() not in on_the_disk(sqlite)
    impatient.close()


def test_a_database_that_cannot_be_written_keeps_what_is_due(sqlite: Database) -> None:
    store = TraceStore(sqlite)
    store.delete(a_trace(store), NOON)
    with closing(sqlite3.connect(sqlite.place)) as other, other:
        other.execute(
            "CREATE TRIGGER full BEFORE DELETE ON use_cases BEGIN SELECT RAISE(ABORT, 'x'); END"
        )
    with pytest.raises(Exception, match="x"):
        store.purge(NOON + MINUTE)
    assert len(store.deleted(5)) == 1
    assert rows(sqlite)["history"] == 1


@contextmanager
def of_schema_0001(url: str) -> Iterator[Database]:
    """A database as version 0.1.0 left it."""
    database = open_database(url)
    with database.writing() as connection:
        command.upgrade(_config(connection), "0001")
        for statement in OLDER.read_text(encoding="utf-8").splitlines():
            connection.exec_driver_sql(statement.replace("%", "%%"))
    yield database
    database.close()


def test_an_older_database_is_upgraded_with_all_that_is_in_it(store_url: str) -> None:
    with of_schema_0001(store_url) as database:
        with database.reading() as connection:
            columns = {c["name"] for c in inspect(connection).get_columns("use_cases")}
            assert "deleted" not in columns
            older = connection.execute(text("SELECT count(*) FROM history")).scalar_one()
        store = TraceStore(database)
        with pytest.raises(StoreUnavailable, match="the tables that this program needs"):
            store.load(KEPT_SINCE_0001)
        prepare(database, NOON)
        kept = store.load(KEPT_SINCE_0001)
        assert kept.trace == Trace(
            {"name": "Blog 漢字", "outputs": 40, "tool": "X"}, {"b": Answer("unknown")}
        )
        assert (kept.created, kept.changed) == (NOON, NOON + 3 * MINUTE)
        assert [change.question for change in store.history(KEPT_SINCE_0001)] == [
            None,
            "a",
            "b",
            "a",
            None,
        ]
        assert older == 5
        store.delete(KEPT_SINCE_0001, NOON)
        assert store.purge(NOON + MINUTE) == 1
