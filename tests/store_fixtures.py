"""A database of its own for every test: the same tests on SQLite and on PostgreSQL.

Used by naming it in a test module: `pytest_plugins = ("tests.store_fixtures",)`.
"""

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from secrets import token_hex

import psycopg
import pytest

from assessment.store.database import Database, open_database
from assessment.store.migrate import migrate
from assessment.store.traces import TraceStore

POSTGRESQL = "postgresql://postgres@127.0.0.1:5432/postgres"


@cache
def why_no_postgresql() -> str:
    """Why PostgreSQL cannot be used here; empty where it can."""
    try:
        psycopg.connect(POSTGRESQL, connect_timeout=3).close()
    except psycopg.OperationalError as error:
        return f"no PostgreSQL at {POSTGRESQL}: {error}"
    return ""


def fresh_schema() -> Iterator[str]:
    """Yield the URL of an empty schema, dropped afterwards; skip where there is no server."""
    if reason := why_no_postgresql():
        if os.environ.get("REQUIRE_POSTGRESQL") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    name = f"test_{token_hex(8)}"
    with psycopg.connect(POSTGRESQL, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {name}".encode())
        try:
            yield f"{POSTGRESQL}?options=-csearch_path%3D{name}"
        finally:
            connection.execute("SET client_min_messages = warning")
            connection.execute(f"DROP SCHEMA {name} CASCADE".encode())


@pytest.fixture
def postgresql_url() -> Iterator[str]:
    """The URL of an empty schema on PostgreSQL; mark the test with `postgresql`."""
    yield from fresh_schema()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The URL of a SQLite file that is not there yet."""
    return f"sqlite:///{tmp_path / 'folder' / 'traces.sqlite3'}"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def store_url(request: pytest.FixtureRequest) -> str:
    """The URL of an empty database, once for each kind."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def database(store_url: str) -> Iterator[Database]:
    """A database with its tables."""
    opened = open_database(store_url)
    migrate(opened)
    yield opened
    opened.close()


@pytest.fixture
def store(database: Database) -> TraceStore:
    """A store with nothing in it."""
    return TraceStore(database)
