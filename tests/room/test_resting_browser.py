"""Screens that nobody can see ask the server for nothing, and are up to date when seen again."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_urlsafe

import pytest
from playwright.sync_api import Browser, Page, WebSocket, expect

from assessment.store.database import Database, open_database
from assessment.store.migrate import migrate
from assessment.store.workshop_records import Step
from tests.app_server import chromium_browser, settle
from tests.room_people import FUNCTIONS, Facilitator
from tests.served import Served

pytestmark = pytest.mark.browser

SEEN = """isHidden => {
  Object.defineProperty(document, "hidden", {configurable: true, get: () => isHidden})
  document.dispatchEvent(new Event("visibilitychange"))
}"""
"""Headless browsers never hide a tab, so it is told that it is hidden."""

A_WHILE = 6000
"""Milliseconds; a screen that can be seen asks about four times in it."""


@pytest.fixture
def database(server: Served) -> Iterator[Database]:
    opened = open_database(server._database)
    migrate(opened)
    yield opened
    opened.close()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Served]:
    running = Served(tmp_path, "127.0.0.1")
    running.start()
    yield running
    running.kill()
    assert running.faults == []


@pytest.fixture
def screen(server: Served) -> Iterator[Page]:
    with chromium_browser() as browser:
        yield opened_in(browser, server)


def opened_in(browser: Browser, server: Served) -> Page:
    context = browser.new_context(viewport={"width": 1920, "height": 1080}, base_url=server.url)
    return context.new_page()


@pytest.mark.parametrize("path", ["room", "workshop"])
def test_a_screen_rests_while_it_is_hidden(screen: Page, database: Database, path: str) -> None:
    room, asked = Facilitator(database), list[object]()

    def note(frame: object) -> None:
        asked.append(frame)

    def listen(line: WebSocket) -> None:
        line.on("framesent", note)

    def come() -> None:
        room.room.join(room.code, token_urlsafe(16), FUNCTIONS[0], datetime.now(UTC))

    screen.on("websocket", listen)
    come()
    room.go(Step.GUESS)
    screen.goto(f"/{path}?w={room.key}")
    expect(screen.get_by_text("0 of 1 guessed").first).to_be_visible()
    settle(screen)
    screen.evaluate(SEEN, True)
    screen.wait_for_timeout(2000)
    settle(screen)
    asked.clear()
    screen.wait_for_timeout(A_WHILE)
    assert asked == []
    come()
    screen.evaluate(SEEN, False)
    expect(screen.get_by_text("0 of 2 guessed").first).to_be_visible()
    asked.clear()
    screen.wait_for_timeout(A_WHILE)
    assert asked
