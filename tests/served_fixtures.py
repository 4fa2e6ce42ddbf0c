"""A server that phones reach, what it keeps, and what browsers complain of on the way."""

from collections.abc import Iterator

import pytest

from assessment.store.database import Database, open_database
from assessment.store.migrate import migrate
from tests.served import RIGHT, Served


@pytest.fixture(scope="module")
def room_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("served")
    running = Served(folder, "0.0.0.0", passphrase=RIGHT)  # noqa: S104
    running.start()
    yield running
    running.kill()
    assert running.faults == []


@pytest.fixture(scope="module")
def room_database(room_server: Served) -> Iterator[Database]:
    opened = open_database(room_server._database)
    migrate(opened)
    yield opened
    opened.close()


@pytest.fixture
def troubles() -> Iterator[list[str]]:
    """What browsers complained of: broken rules and broken scripts. There is none in the end."""
    found: list[str] = []
    yield found
    assert found == []
