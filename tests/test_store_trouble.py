"""A database that cannot be used: one sentence with the way out, and nothing half written."""

import os
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event, exc, insert, text
from sqlalchemy.engine.interfaces import DBAPIConnection

from assessment.method.answers import Answer, Trace
from assessment.store import errors
from assessment.store.database import Database, database_url, open_database
from assessment.store.errors import StoreUnavailable, Trouble
from assessment.store.migrate import migrate
from assessment.store.records import StoredResult
from assessment.store.schema import use_cases
from assessment.store.traces import TraceStore
from tests.store_samples import NOON, a_trace, counted

pytest_plugins = ("tests.store_fixtures",)

NAMED = Answer("named", note="a note that belongs to nobody's log")


@pytest.fixture
def sqlite(sqlite_url: str) -> Iterator[Database]:
    opened = open_database(sqlite_url)
    migrate(opened)
    yield opened
    opened.close()


@pytest.fixture
def postgresql(postgresql_url: str) -> Iterator[Database]:
    opened = open_database(postgresql_url)
    migrate(opened)
    yield opened
    opened.close()


def is_in(trouble: Trouble, error: StoreUnavailable) -> bool:
    return (error.problem, error.mend) == trouble


def test_what_it_says(sqlite: Database) -> None:
    with sqlite3.connect(sqlite.place) as other:
        other.execute("DROP TABLE history")
    other.close()
    with pytest.raises(StoreUnavailable) as caught:
        a_trace(TraceStore(sqlite))
    assert str(caught.value) == (
        f"{sqlite.place}: the tables that this program needs are not in this database. "
        "Start the program again, which makes them."
    )


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("", "this is not the URL of a database"),
        ("traces.sqlite3", "this is not the URL of a database"),
        ("postgresql://me:s3cret@host:port/name", "this is not the URL of a database"),
        ("mysql://me:s3cret@host/name", "'mysql' is not a kind of database"),
        ("postgresql+asyncpg://me:s3cret@host/name", "'postgresql+asyncpg' is not a kind"),
        ("sqlite://", "a SQLite URL needs the path of a file"),
        ("sqlite:///:memory:", "a SQLite URL needs the path of a file"),
        ("sqlite:///file.db?mode=ro&uri=true", "a SQLite URL needs the path of a file"),
    ],
)
def test_a_url_that_names_no_database(url: str, problem: str) -> None:
    with pytest.raises(StoreUnavailable) as caught:
        open_database(url)
    assert str(caught.value).startswith(f"DATABASE_URL: {problem}")
    assert "Write sqlite:///path/to/file or postgresql://" in caught.value.mend
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_a_server_that_is_not_there(scheme: str) -> None:
    database = open_database(f"{scheme}://me:s3cret@127.0.0.1:1/name?password=s3cret")
    with pytest.raises(StoreUnavailable) as caught:
        migrate(database)
    assert database.place == "postgresql://me@127.0.0.1:1/name"
    assert caught.value.problem.startswith("the database cannot be reached (")
    assert "Connection refused" in str(caught.value)
    assert "Check that its server is running" in caught.value.mend
    assert "s3cret" not in str(caught.value) + repr(database) + repr(caught.value)


def test_a_server_that_never_answers() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        database = open_database(f"postgresql://me@127.0.0.1:{port}/name?connect_timeout=2")
        with pytest.raises(StoreUnavailable, match="the database cannot be reached"):
            migrate(database)


@pytest.mark.postgresql
@pytest.mark.parametrize(
    ("wrong", "reason"),
    [("/postgres?", '"nowhere" does not exist'), ("postgres@", '"nowhere" does not exist')],
)
def test_a_database_or_user_that_does_not_exist(
    postgresql_url: str, wrong: str, reason: str
) -> None:
    database = open_database(postgresql_url.replace(wrong, wrong.replace("postgres", "nowhere")))
    with pytest.raises(StoreUnavailable, match=reason):
        migrate(database)


@pytest.fixture
def connections(postgresql: Database) -> set[int]:
    """The server's numbers of all connections that the database has made since."""
    pids: set[int] = set()

    def note(connection: DBAPIConnection, *_: object) -> None:
        pids.add(connection.info.backend_pid)

    postgresql.close()
    event.listen(postgresql.engine, "connect", note)
    return pids


@pytest.mark.postgresql
def test_a_server_that_was_restarted_is_found_again(
    postgresql: Database, connections: set[int]
) -> None:
    store = TraceStore(postgresql)
    use_case = a_trace(store)
    assert len(connections) == 1
    _end_connections(postgresql, connections)
    store.save_answer(use_case, "a", NAMED, counted, NOON)
    assert store.load(use_case).trace.answer("a") == NAMED
    assert len(connections) == 2


@pytest.mark.postgresql
def test_a_server_that_goes_away_meanwhile(postgresql: Database, connections: set[int]) -> None:
    store = TraceStore(postgresql)
    use_case = a_trace(store)

    def unplugged(trace: Trace) -> StoredResult:
        _end_connections(postgresql, connections)
        return counted(trace)

    with pytest.raises(StoreUnavailable) as caught:
        store.save_answer(use_case, "a", NAMED, unplugged, NOON)
    assert is_in(errors.LOST, caught.value)
    assert store.load(use_case).trace.answers == {}
    assert store.save_answer(use_case, "a", NAMED, counted, NOON)


def _end_connections(database: Database, pids: set[int]) -> None:
    """End connections as a server does that stops."""
    other = open_database(database.engine.url.render_as_string(hide_password=False))
    with other.writing() as connection:
        for pid in pids:
            connection.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})
    other.close()


@pytest.mark.postgresql
@pytest.mark.parametrize(
    ("state", "trouble"),
    [
        ("53100", errors.FULL),
        ("53300", errors.CROWDED),
        ("25006", errors.NOT_WRITABLE),
        ("42501", errors.NOT_WRITABLE),
        ("57P01", errors.LOST),
        ("57014", errors.BUSY),
        ("40P01", errors.BUSY),
        ("58030", errors.FAILING),
        ("XX001", errors.DAMAGED),
    ],
)
def test_what_a_server_refuses(postgresql: Database, state: str, trouble: Trouble) -> None:
    refuse = f"DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '{state}'; END $$"
    with pytest.raises(StoreUnavailable) as caught, postgresql.writing() as connection:
        connection.execute(text(refuse))
    assert is_in(trouble, caught.value)


@pytest.mark.postgresql
def test_an_answer_that_somebody_else_holds_on_the_server(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assessment.store.engines._POSTGRESQL_SETTINGS", "SET lock_timeout = 100")
    database = open_database(postgresql_url)
    migrate(database)
    store = TraceStore(database)
    use_case = a_trace(store)
    with database.writing() as other:
        other.execute(use_cases.select().with_for_update())
        with pytest.raises(StoreUnavailable) as caught:
            store.save_answer(use_case, "a", NAMED, counted, NOON)
    assert is_in(errors.BUSY, caught.value)
    assert store.save_answer(use_case, "a", NAMED, counted, NOON)
    database.close()


def test_a_file_that_another_program_holds(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assessment.store.engines.PATIENCE", 0.1)
    database = open_database(sqlite_url)
    migrate(database)
    store = TraceStore(database)
    use_case = a_trace(store)
    other = sqlite3.connect(database.place, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnavailable) as caught:
        store.save_answer(use_case, "a", NAMED, counted, NOON)
    assert is_in(errors.BUSY, caught.value)
    assert store.load(use_case).trace.answers == {}, "reading goes on"
    other.execute("ROLLBACK")
    other.close()
    assert store.save_answer(use_case, "a", NAMED, counted, NOON)
    database.close()


def test_a_thread_that_holds_its_turn_too_long(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assessment.store.database.PATIENCE", 0.1)
    store = TraceStore(sqlite)
    with sqlite.writing(), pytest.raises(StoreUnavailable) as caught:
        a_trace(store)
    assert is_in(errors.BUSY, caught.value)
    a_trace(store)


def test_a_full_disk(sqlite: Database) -> None:
    store = TraceStore(sqlite)
    use_case = a_trace(store, Trace({"name": "Blog"}, {"a": NAMED}))
    before = store.load(use_case), store.history(use_case)

    def fill(connection: DBAPIConnection, *_: object) -> None:
        connection.cursor().execute("PRAGMA max_page_count = 1")  # SQLite makes it the size it has

    event.listen(sqlite.engine, "connect", fill)
    sqlite.close()
    with pytest.raises(StoreUnavailable) as caught:
        store.save_answer(use_case, "a", Answer("named", note="x" * 100_000), counted, NOON)
    assert is_in(errors.FULL, caught.value)
    assert (store.load(use_case), store.history(use_case)) == before
    event.remove(sqlite.engine, "connect", fill)
    sqlite.close()
    assert store.save_answer(use_case, "a", Answer("named", note="x" * 100_000), counted, NOON)


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    file = tmp_path / "letter.sqlite3"
    file.write_text("Dear Maria, " * 1000, encoding="utf-8")
    database = open_database(f"sqlite:///{file}")
    with pytest.raises(StoreUnavailable) as caught:
        migrate(database)
    assert is_in(errors.DAMAGED, caught.value)
    assert file.read_text(encoding="utf-8") == "Dear Maria, " * 1000


def test_a_file_that_is_damaged(sqlite: Database) -> None:
    store = TraceStore(sqlite)
    use_case = a_trace(store, Trace({}, {"a": Answer("named", note="x" * 100_000)}))
    sqlite.close()
    file = Path(sqlite.place)
    whole = file.read_bytes()
    file.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    with pytest.raises(StoreUnavailable) as caught:
        store.load(use_case)
    assert is_in(errors.DAMAGED, caught.value)


def test_a_file_that_is_moved_away_and_put_back(sqlite: Database) -> None:
    store = TraceStore(sqlite)
    use_case = a_trace(store)
    file, elsewhere = Path(sqlite.place), Path(sqlite.place).with_name("elsewhere")
    file.rename(elsewhere)
    for _ in range(2):
        with pytest.raises(StoreUnavailable) as caught:
            store.save_answer(use_case, "a", NAMED, counted, NOON)
        assert is_in(errors.GONE, caught.value)
        assert not file.exists(), "no empty file takes its place"
    elsewhere.rename(file)
    assert store.save_answer(use_case, "a", NAMED, counted, NOON)
    assert store.load(use_case).trace == Trace({"name": "Blog"}, {"a": NAMED})


def test_a_file_that_is_replaced_is_not_mixed_with_the_old_one(
    sqlite: Database, tmp_path: Path
) -> None:
    store = TraceStore(sqlite)
    use_case = a_trace(store)
    other = open_database(f"sqlite:///{tmp_path / 'other.sqlite3'}")
    migrate(other)
    other.close()
    content = Path(other.place).read_bytes()
    Path(other.place).replace(sqlite.place)
    for _ in range(2):
        with pytest.raises(StoreUnavailable) as caught:
            store.save_answer(use_case, "a", NAMED, counted, NOON)
        assert is_in(errors.REPLACED, caught.value)
    assert Path(sqlite.place).read_bytes() == content


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreUnavailable) as caught:
        open_database(f"sqlite:///{tmp_path / 'file' / 'traces.sqlite3'}")
    assert is_in(errors.NOT_WRITABLE, caught.value)


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such permissions")
def test_a_folder_that_this_user_may_not_write_to(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("readonly")
    folder.chmod(0o500)
    code = f"""
import os
from assessment.store.database import open_database
from assessment.store.errors import NOT_WRITABLE, StoreUnavailable
if os.geteuid() == 0:  # to whom everything is allowed
    os.setuid(65534)
try:
    open_database("sqlite:///{folder}/sub/traces.sqlite3")
except StoreUnavailable as error:
    print((error.problem, error.mend) == NOT_WRITABLE)
"""
    run = [sys.executable, "-c", code]
    root = Path(__file__).parents[1]
    done = subprocess.run(run, cwd=root, capture_output=True, text=True, check=False)
    folder.chmod(0o700)
    assert (done.stdout, done.stderr) == ("True\n", "")


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such permissions")
def test_folder_and_file_are_for_this_user_only(sqlite: Database) -> None:
    file = Path(sqlite.place)
    a_trace(TraceStore(sqlite))
    modes = {path.name: oct(path.stat().st_mode & 0o777) for path in file.parent.iterdir()}
    assert modes == {file.name + end: "0o600" for end in ("", "-wal", "-shm")}
    assert oct(file.parent.stat().st_mode & 0o777) == "0o700"


def test_saved_means_on_the_disk(database: Database) -> None:
    with database.writing() as connection:
        if connection.dialect.name == "postgresql":
            assert connection.execute(text("SHOW synchronous_commit")).scalar_one() == "on"
        else:
            pragmas = ("journal_mode", "synchronous", "foreign_keys")
            found = [connection.execute(text(f"PRAGMA {name}")).scalar_one() for name in pragmas]
            assert found == ["wal", 2, 1]


def test_a_mistake_of_our_own_is_not_called_an_unavailable_database(database: Database) -> None:
    orphan = insert(use_cases).values(
        id="x", questionnaire="none", facts={"note": NAMED.note}, created=NOON, changed=NOON
    )
    with pytest.raises(exc.IntegrityError) as caught, database.writing() as connection:
        connection.execute(orphan)
    assert NAMED.note not in str(caught.value)


def test_where_traces_are_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    usual = database_url({})
    assert usual.startswith("sqlite:///")
    assert usual.endswith("traces.sqlite3")
    assert "coordination-audit" in usual
    assert database_url({"DATABASE_URL": "  "}) == usual
    assert database_url({"DATABASE_URL": " postgres://host/name\n"}) == "postgres://host/name"
