"""What is clicked while the server goes down is saved as soon as there is one again; a browser."""

import os
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from assessment.pages.trace.view import COOKIE, Way
from tests.app_server import settle
from tests.people import QUESTIONS
from tests.quick_server import QuickServer
from tests.test_browser import choose, saved_answers, saved_mark, start
from tests.test_keyboard_browser import MARK

pytestmark = pytest.mark.browser

FIRST = QUESTIONS[0]
WIDE = ViewportSize(width=1440, height=900)
WATCH = """() => {
  window.marks = []
  window.runs = 0
  const app = document.querySelector('[data-testid="stApp"]')
  const only = {attributeFilter: ["data-test-script-state"]}
  new MutationObserver(() => window.runs += 1).observe(app, only)
  const look = () => {
    requestAnimationFrame(look)
    const mark = document.querySelector('.standing .mark')
    const says = mark && getComputedStyle(mark, '::before').content.split(" ")[0].replace('"', "")
    if (mark && window.marks.at(-1) !== says) window.marks.push(says)
  }
  document.addEventListener("click", () => requestAnimationFrame(look), {once: true, capture: true})
}"""
"""Notes, frame by frame from a click on, what stands where else "✓ Saved" does."""

OPTIONS = '[class*="st-key-option-"] [role="radiogroup"]'
ON_THE_WAY = {"Saving", "No", "Not"}
"""What the mark begins with while something is not saved: no connection, not saved yet."""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[QuickServer]:
    with QuickServer(tmp_path) as running:
        running.start()
        yield running
    assert running.faults == []


@pytest.fixture(params=["parts", "questions"])
def page(request: pytest.FixtureRequest, chromium: Browser, server: QuickServer) -> Iterator[Page]:
    """The first questions of a trace, all of them or one at a time."""
    way: Way = request.param
    context = chromium.new_context(viewport=WIDE, base_url=server.url)
    context.add_cookies([{"name": COOKIE, "value": way, "url": server.url}])
    opened = context.new_page()
    start(opened, "Newsletter drafts")
    opened.get_by_role("button", name="Next: First questions").click()
    opened.wait_for_url("**at=*")
    arrive(opened)
    yield opened
    context.close()


def arrive(page: Page) -> None:
    """Wait until questions stand there, and not the facts before them."""
    expect(page.locator(OPTIONS).first).to_be_visible()
    settle(page)


def freeze(server: QuickServer) -> None:
    """Let the server take nothing more in."""
    os.kill(server._child, signal.SIGSTOP)


def come_back(page: Page, server: QuickServer) -> None:
    """Kill the server, start it again at once, and wait until the browser has noticed."""
    server.kill()
    server.start()
    page.wait_for_selector('[data-test-connection-state="CONNECTED"]', timeout=60_000)


def pick(page: Page, option: int) -> None:
    group = page.get_by_role("radiogroup").first
    group.locator("label").nth(option).click(no_wait_after=True)
    expect(group.get_by_role("radio").nth(option)).to_be_checked()


def wait_for(page: Page, folder: Path, option: int | None) -> None:
    """Wait until the first question's answer is on the disk."""
    for _ in range(100):
        if stored(folder) == option:
            return
        page.wait_for_timeout(50)
    pytest.fail(f"{stored(folder)}: {page.locator('.st-key-standing').inner_text()}")


def stored(folder: Path) -> int | None:
    """The place of the option that the database has for the first question."""
    with closing(sqlite3.connect(folder / "traces.sqlite3")) as database:
        rows = database.execute("SELECT option FROM answers WHERE question = ?", [FIRST.id])
        found = rows.fetchone()
    return None if found is None else list(FIRST.options).index(found[0])


def stays_saved(page: Page) -> bool:
    """Whether what was not called saved is now, once and for all: no run follows of itself."""
    page.wait_for_function("() => window.marks.at(-1) === '✓'")
    assert set(page.evaluate("window.marks.slice(0, -1)")) <= ON_THE_WAY
    settle(page)
    runs = page.evaluate("window.runs")
    page.wait_for_timeout(4000)
    return (
        bool(page.evaluate("window.marks.at(-1) === '✓'")) and page.evaluate("window.runs") == runs
    )


@pytest.mark.parametrize("before", ["a load", "an answer"])
def test_a_click_that_no_server_took_is_saved_without_another_click(
    page: Page, server: QuickServer, tmp_path: Path, before: str
) -> None:
    if before == "an answer":
        choose(page, 0, 0)
        page.locator(".st-key-undo button").click()
        wait_for(page, tmp_path, None)
        settle(page)
    length, url = page.evaluate("history.length"), page.url
    page.evaluate(WATCH)
    freeze(server)
    pick(page, 1)
    page.wait_for_function("() => window.marks.includes('Saving')")
    come_back(page, server)
    wait_for(page, tmp_path, 1)
    assert stays_saved(page)
    assert (page.evaluate("history.length"), page.url) == (length, url)
    expect(page.get_by_role("radiogroup").first.get_by_role("radio").nth(1)).to_be_checked()


def test_what_is_given_while_the_browser_still_asks_is_saved_too(
    page: Page, server: QuickServer, tmp_path: Path
) -> None:
    page.evaluate(WATCH)
    freeze(server)
    pick(page, 1)
    come_back(page, server)
    pick(page, 0)
    wait_for(page, tmp_path, 0)
    assert stays_saved(page)


def test_a_text_on_the_way_is_saved_and_one_half_typed_stays(
    page: Page, server: QuickServer, tmp_path: Path
) -> None:
    choose(page, 0, 2)
    field = page.get_by_label("Who uses it?").first
    expect(field).to_be_visible()
    settle(page)
    page.evaluate(WATCH)
    freeze(server)
    field.press_sequentially("Ana")
    field.press("Enter")
    field.press_sequentially(" and")
    come_back(page, server)
    for _ in range(100):
        if detail(tmp_path) == "Ana":
            break
        page.wait_for_timeout(50)
    settle(page)
    assert detail(tmp_path) == "Ana"
    expect(field).to_have_value("Ana and")
    assert saved_mark(page) == '"Not saved yet"'
    field.press("Enter")
    page.wait_for_function(f"() => {MARK}.includes('✓')")
    assert detail(tmp_path) == "Ana and"


def detail(folder: Path) -> str:
    with closing(sqlite3.connect(folder / "traces.sqlite3")) as database:
        return str(database.execute("SELECT detail FROM answers").fetchone()[0])


def test_two_tabs_come_back_each_with_its_own_click(
    page: Page, server: QuickServer, tmp_path: Path
) -> None:
    other = page.context.new_page()
    other.goto(page.url)
    arrive(other)
    if other.get_by_role("radiogroup").count() == 1:  # one question at a time
        other.get_by_role("button", name="Skip for now").click()
        expect(other.get_by_role("heading", name=QUESTIONS[1].ask)).to_be_visible()
        settle(other)
    for tab in (page, other):
        tab.evaluate(WATCH)
    freeze(server)
    pick(page, 1)
    last = other.get_by_role("radiogroup").nth(-1)
    last.locator("label").first.click(no_wait_after=True)
    expect(last.get_by_role("radio").first).to_be_checked()
    come_back(page, server)
    for tab in (page, other):
        assert stays_saved(tab)
    assert saved_answers(tmp_path) == 2
