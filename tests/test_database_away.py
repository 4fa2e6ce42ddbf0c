"""The database fills up, goes away, is old, or its clock runs backwards: what the person sees."""

import asyncio
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from secrets import token_urlsafe

import psycopg
import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPIConnection

from assessment.pages import current, words
from assessment.pages.address import TRACE_PAGE
from assessment.pages.trace import standing
from assessment.pages.trace.journey import FIRST as FIRST_PART
from assessment.store import migrate as migration
from assessment.store.database import open_database
from assessment.store.migrate import migrate
from assessment.store.traces import TraceStore
from tests import page_visits
from tests.app_server import AppServer
from tests.people import OPTIONS, QUESTIONS, address_of, begun, choose, chosen, is_whole
from tests.protocol import Tab, open_tab

pytest_plugins = ("tests.store_fixtures", "tests.page_fixtures")
slow = pytest.mark.slow

FIRST, SECOND = QUESTIONS[0].id, QUESTIONS[1].id
(ONE, *_), (TWO, *_) = OPTIONS[FIRST], OPTIONS[SECOND]


@pytest.fixture
def server(tmp_path: Path, store_url: str) -> Iterator[AppServer]:
    """A server on SQLite and on PostgreSQL."""
    is_postgresql = store_url.startswith("postgresql")
    named = f"&application_name={schema_of(store_url)}" if is_postgresql else ""
    running = AppServer(tmp_path, store_url + named)
    running.start()
    yield running
    running.kill()
    assert running.faults == []


@pytest.fixture
def trace(store: TraceStore) -> str:
    return begun(store, token_urlsafe(16))


def schema_of(url: str) -> str:
    return url.rpartition("%3D")[2]


def file_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


@slow
@pytest.mark.skipif(sys.platform != "linux", reason="needs Linux' limit on the size of files")
@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_a_disk_that_takes_no_more_is_said_and_the_answer_kept_for_later(
    server: AppServer, store: TraceStore, store_url: str, trace: str
) -> None:
    import resource

    async def answer() -> None:
        async with open_tab(server.port, "trace", address_of(trace)) as tab:
            await choose(tab, trace, FIRST, ONE)
            assert tab.mark.startswith("Saved today")
            journal = file_of(store_url).with_name("traces.sqlite3-wal")
            _, most = resource.prlimit(server.pid, resource.RLIMIT_FSIZE)
            full = (journal.stat().st_size, most)
            resource.prlimit(server.pid, resource.RLIMIT_FSIZE, full)
            await choose(tab, trace, SECOND, TWO)
            assert tab.mark == "Not saved"
            assert "One change not saved" in tab.words
            assert "The disk did not take or give the data, so nothing was saved" in tab.words
            assert "has space left" in tab.words
            assert chosen(tab, trace, SECOND) == TWO, "it stays on the page"
            assert SECOND not in store.load(trace).trace.answers
            assert is_whole(store, trace)
            resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (most, most))
            await tab.press("Try again")
            assert tab.mark.startswith("Saved today")

    asyncio.run(answer())
    assert set(store.load(trace).trace.answers) == {FIRST, SECOND}
    assert is_whole(store, trace)


def test_a_full_database_is_said_and_the_answer_kept_for_later(kept: TraceStore) -> None:
    trace = page_visits.begun()
    tab = page_visits.open_app(trace, TRACE_PAGE, at=FIRST_PART)

    def fill(connection: DBAPIConnection, *_: object) -> None:
        connection.cursor().execute("PRAGMA max_page_count = 1")  # SQLite makes it the size it has

    database = kept._database
    event.listen(database.engine, "connect", fill)
    database.close()
    wide = "x" * 100_000
    tab.radio(key=page_visits.option_key(trace, FIRST)).set_value(ONE).run()
    page_visits.unfold(tab, trace, FIRST)
    tab.text_area(key=f"note:{trace}:{FIRST}").input(wide).run()
    said = page_visits.words(tab)
    assert "One change not saved" in said
    assert "The disk is full, so nothing was saved. Free some space on it" in said
    assert kept.load(trace).trace.answer(FIRST).note == ""
    event.remove(database.engine, "connect", fill)
    database.close()
    next(button for button in tab.button if button.label == "Try again").click().run()
    assert "not saved" not in page_visits.words(tab)
    assert kept.load(trace).trace.answer(FIRST).note == wide


@slow
@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_a_database_file_that_is_away_for_a_while(
    server: AppServer, store: TraceStore, store_url: str, trace: str
) -> None:
    file, elsewhere = file_of(store_url), file_of(store_url).with_name("elsewhere")

    async def answer() -> None:
        async with open_tab(server.port, "trace", address_of(trace)) as tab:
            await choose(tab, trace, FIRST, ONE)
            file.rename(elsewhere)
            await choose(tab, trace, SECOND, TWO)
            assert "The database cannot be used now The database file is gone." in tab.words
            elsewhere.rename(file)
            await _save_what_waits(tab)

    asyncio.run(answer())
    assert set(store.load(trace).trace.answers) == {FIRST, SECOND}


async def _save_what_waits(tab: Tab) -> None:
    """Go on from the page that says that the database cannot be used."""
    assert "One change could not be saved. This tab keeps what you gave" in tab.words
    await tab.press("Try again")
    assert tab.mark == "Not saved"
    await tab.press("Try again")
    assert tab.mark.startswith("Saved today")


@slow
@pytest.mark.postgresql
@pytest.mark.parametrize(
    "store_url", [pytest.param("postgresql", marks=pytest.mark.postgresql)], indirect=True
)
def test_a_postgresql_that_is_away_for_a_while(
    server: AppServer, store: TraceStore, store_url: str, trace: str
) -> None:
    schema = schema_of(store_url)

    async def answer() -> None:
        async with open_tab(server.port, "trace", address_of(trace)) as tab:
            await choose(tab, trace, FIRST, ONE)
            _do(store_url, f"ALTER SCHEMA {schema} RENAME TO {schema}_away")
            await choose(tab, trace, SECOND, TWO)
            assert "The tables that this program needs are not in this database" in tab.words
            _do(store_url, f"ALTER SCHEMA {schema}_away RENAME TO {schema}")
            await _save_what_waits(tab)

    asyncio.run(answer())
    assert set(store.load(trace).trace.answers) == {FIRST, SECOND}


@slow
@pytest.mark.postgresql
@pytest.mark.parametrize(
    "store_url", [pytest.param("postgresql", marks=pytest.mark.postgresql)], indirect=True
)
def test_nobody_notices_that_postgresql_was_restarted(
    server: AppServer, store: TraceStore, store_url: str, trace: str
) -> None:
    async def answer() -> None:
        async with open_tab(server.port, "trace", address_of(trace)) as tab:
            await choose(tab, trace, FIRST, ONE)
            _do(
                store_url,
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"  # noqa: S608
                f" WHERE application_name = '{schema_of(store_url)}'",
            )
            await choose(tab, trace, SECOND, TWO)
            assert tab.mark.startswith("Saved today")

    asyncio.run(answer())
    assert set(store.load(trace).trace.answers) == {FIRST, SECOND}


def _do(url: str, statement: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement.encode())


def _older() -> list[str]:
    """Every state that a database of an earlier version can be in, the empty one among them."""
    folder = Path(migration.__file__).with_name("migrations")
    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    revisions = [one.revision for one in ScriptDirectory.from_config(config).walk_revisions()]
    return ["base", *revisions[:0:-1]]


@slow
@pytest.mark.parametrize("revision", _older())
def test_a_start_with_an_older_database_brings_it_up_to_date(
    revision: str, tmp_path: Path, store_url: str
) -> None:
    database = open_database(store_url)
    with database.writing() as connection:
        config = migration._config(connection)
        command.upgrade(config, revision)
        command.stamp(config, revision)
    server = AppServer(tmp_path, store_url)
    server.start()

    async def answer() -> str:
        async with open_tab(server.port) as tab:
            await tab.write("new-name", "Newsletter")
            await tab.press("Start the trace")
            trace = tab.trace
        async with open_tab(server.port, "trace", address_of(trace)) as tab:
            await choose(tab, trace, FIRST, ONE)
            assert tab.mark.startswith("Saved today")
        return trace

    trace = asyncio.run(answer())
    server.kill()
    migrate(database)
    assert TraceStore(database).load(trace).trace.answer(FIRST).option == ONE
    database.close()


@pytest.mark.parametrize("back", [timedelta(minutes=10), timedelta(days=400)])
def test_a_clock_that_is_set_back_mixes_nothing_up(
    kept: TraceStore, monkeypatch: pytest.MonkeyPatch, back: timedelta
) -> None:
    at = datetime(2026, 3, 1, 12, tzinfo=UTC)
    for module in (current, standing):
        monkeypatch.setattr(module, "now", lambda: at)
    trace = page_visits.begun()
    tab = page_visits.open_app(trace, TRACE_PAGE, at=FIRST_PART)
    options = list(OPTIONS[FIRST])[:3]
    for option in options:
        tab.radio(key=page_visits.option_key(trace, FIRST)).set_value(option).run()
        assert f"Saved {words.when(at, at)}" in page_visits.words(tab)
        at -= back
    given = [change.after.option for change in kept.history(trace)[1:]]  # type: ignore[union-attr]
    assert given == options, "the order is that in which it happened"
    assert kept.load(trace).trace.answer(FIRST).option == options[-1]
    assert is_whole(kept, trace)
    tab = page_visits.open_app(trace, TRACE_PAGE, at=FIRST_PART)
    assert tab.radio(key=page_visits.option_key(trace, FIRST)).value == options[-1]
