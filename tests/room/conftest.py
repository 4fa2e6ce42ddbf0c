"""A workshop and a phone for every test in this folder."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.types import ASGIApp

from assessment.server.headers import SecurityHeaders
from assessment.server.origins import OwnPagesOnly
from assessment.server.participants import participant_routes
from assessment.store.database import Database, open_database
from assessment.store.migrate import migrate
from tests.room_people import (
    Facilitator,
    Phone,
)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with its tables and nothing in it."""
    path = tmp_path_factory.mktemp("empty") / "traces.sqlite3"
    opened = open_database(f"sqlite:///{path}")
    migrate(opened)
    opened.empty_log()
    opened.close()
    return path


@pytest.fixture
def database(empty: Path, tmp_path: Path) -> Iterator[Database]:
    path = tmp_path / "traces.sqlite3"
    shutil.copy(empty, path)
    opened = open_database(f"sqlite:///{path}")
    yield opened
    opened.close()


@pytest.fixture
def app(database: Database) -> ASGIApp:
    around = [Middleware(SecurityHeaders, policy=""), Middleware(OwnPagesOnly, None, None)]
    return Starlette(routes=participant_routes(database, "", None), middleware=around)


@pytest.fixture
def room(database: Database) -> Facilitator:
    return Facilitator(database)


@pytest.fixture
def phone(app: ASGIApp, room: Facilitator) -> Phone:
    return Phone(app, room.code)
