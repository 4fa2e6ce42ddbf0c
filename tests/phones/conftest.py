"""A workshop and a phone, for the tests in this folder."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext

from assessment.store.database import Database
from tests.phone_browser import a_phone
from tests.room_people import Facilitator
from tests.served import Served


@pytest.fixture(scope="module")
def server(room_server: Served) -> Served:
    return room_server


@pytest.fixture(scope="module")
def kept(room_database: Database) -> Database:
    return room_database


@pytest.fixture
def room(kept: Database) -> Facilitator:
    return Facilitator(kept)


@pytest.fixture
def phone(chromium: Browser, server: Served, troubles: list[str]) -> Iterator[BrowserContext]:
    context = a_phone(chromium, server, troubles)
    yield context
    context.close()
