"""The start page and the facts in a real browser: a whole visit, the keyboard alone, and axe."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlparse

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.app_server import AppServer, settle, unfold

pytestmark = pytest.mark.browser

WIDE = ViewportSize(width=1440, height=900)
PHONE = ViewportSize(width=390, height=844)
NAME = "Replies to partners"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[AppServer]:
    """A running server with an empty database."""
    running = AppServer(tmp_path)
    running.start()
    yield running
    running.kill()


@pytest.fixture(params=[WIDE, PHONE], ids=["1440", "390"])
def tab(request: pytest.FixtureRequest, chromium: Browser, server: AppServer) -> Iterator[Page]:
    """A tab on a screen and on a phone, which asks no other machine for anything."""
    context = chromium.new_context(viewport=request.param, base_url=server.url)
    opened, asked = context.new_page(), set[str]()
    opened.on("request", lambda wanted: asked.add(urlparse(wanted.url).hostname or ""))
    yield opened
    context.close()
    assert asked <= {"127.0.0.1", ""}


def begin(page: Page, name: str = NAME) -> None:
    page.goto("/")
    settle(page)
    page.get_by_label("What do you call this use case?").fill(name)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="The use case", level=1)).to_be_visible()
    settle(page)


def home(page: Page) -> None:
    page.goto("/")
    settle(page)
    expect(page.get_by_role("heading", name="Your traces")).to_be_visible()
    settle(page)


def choose(page: Page, deed: str) -> None:
    """Choose something in the menu of the first card."""
    page.get_by_role("button", name="More").first.click()
    page.get_by_role("button", name=deed, exact=True).click()
    settle(page)


def fits(page: Page) -> bool:
    script = "() => {const m = document.querySelector('[data-testid=stMain]');"
    return bool(page.evaluate(script + "return m.scrollWidth <= m.clientWidth}"))


def test_a_visit_from_the_first_look_to_bringing_everything_back(tab: Page) -> None:
    tab.goto("/")
    settle(tab)
    expect(tab.get_by_text("What you leave with")).to_be_visible()
    assert fits(tab)
    begin(tab)
    home(tab)
    expect(tab.locator(".card h3")).to_have_text([NAME])
    choose(tab, "Rename")
    tab.get_by_label("New name").fill("Replies to suppliers")
    tab.keyboard.press("Enter")
    expect(tab.locator(".card h3")).to_have_text("Replies to suppliers")
    choose(tab, "Copy")
    expect(tab.get_by_text("Copied. The copy is called")).to_be_visible()
    cards = tab.locator(".card h3")
    expect(cards).to_have_text(["Copy of Replies to suppliers", "Replies to suppliers"])
    choose(tab, "Archive")
    expect(tab.get_by_text("Copy of Replies to suppliers is in the archive")).to_be_visible()
    tab.reload()
    unfold(tab, "Archived traces · 1")
    tab.get_by_role("button", name="Bring back").click()
    expect(tab.locator(".card h3")).to_have_count(2)
    choose(tab, "Delete")
    tab.get_by_role("button", name="Delete this trace").click()
    expect(tab.get_by_text("Copy of Replies to suppliers was deleted")).to_be_visible()
    tab.get_by_role("button", name="Undo").click()
    expect(tab.locator(".card h3")).to_have_count(2)
    assert fits(tab)


def test_a_trace_saved_as_a_file_comes_back_as_another(tab: Page, tmp_path: Path) -> None:
    begin(tab)
    home(tab)
    choose(tab, "Save as a file")
    with tab.expect_download() as download:
        tab.get_by_role("button", name="Save the file").click()
    saved = tmp_path / download.value.suggested_filename
    download.value.save_as(saved)
    assert saved.name == "replies-to-partners.json"
    unfold(tab, "Bring in a trace from a file")
    tab.locator("input[type=file]").set_input_files(saved)
    tab.get_by_role("button", name="Keep it as a new trace").click()
    tab.wait_for_url("**/result?*")
    home(tab)
    expect(tab.locator(".card h3")).to_have_text([NAME, NAME])


def test_the_keyboard_alone_renames_copies_and_archives(tab: Page) -> None:
    begin(tab)
    home(tab)
    tab.get_by_role("button", name="More").focus()
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("button", name="Rename")).to_be_focused()
    tab.keyboard.press("Enter")
    expect(tab.get_by_label("New name")).to_be_focused()
    tab.keyboard.press("Control+A")
    tab.keyboard.type("Typed")
    tab.keyboard.press("Enter")
    expect(tab.locator(".card h3")).to_have_text("Typed")
    expect(tab.get_by_role("button", name="More")).to_be_focused()
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("button", name="Rename")).to_be_focused()
    for _ in range(4):
        tab.keyboard.press("Tab")
    expect(tab.get_by_role("button", name="Archive")).to_be_focused()
    tab.keyboard.press("Enter")
    expect(tab.get_by_text("Typed is in the archive")).to_be_visible()
    expect(tab.get_by_role("button", name="Undo")).to_be_focused()
    tab.keyboard.press("Enter")
    expect(tab.locator(".card h3")).to_have_text("Typed")


def test_the_whole_card_of_a_choice_can_be_tapped(tab: Page) -> None:
    begin(tab)
    explained = tab.get_by_text("New business, accounts, sales operations")
    explained.evaluate("e => e.scrollIntoView({block: 'center'})")
    explained.click(force=True)
    expect(tab.get_by_role("radio", name="Sales", exact=True)).to_be_checked()
    settle(tab)
    tab.get_by_role("button", name="Scores").click()
    settle(tab)
    tab.reload()
    expect(tab.get_by_role("radio", name="Sales", exact=True)).to_be_checked()
    expect(tab.get_by_role("button", name="Scores")).to_have_attribute("aria-pressed", "true")
    assert fits(tab)


def test_screen_and_paper_use_one_family_of_letters(tab: Page) -> None:
    tab.goto("/")
    settle(tab)
    expect(tab.get_by_role("heading", level=1)).to_be_visible()
    family = tab.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily")
    assert family.startswith('"Source Sans"')
    script = "[...document.fonts].filter(f => f.status == 'loaded').map(f => f.family)"
    assert "Source Sans" in tab.evaluate(f"document.fonts.ready.then(() => {script})")
    icon = tab.evaluate("document.querySelector('link[rel*=icon]').href")
    assert icon.startswith("data:image/svg+xml")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["1440", "390"])
def test_axe_finds_nothing_serious_on_the_start_page_and_the_facts(
    scheme: str, size: ViewportSize, chromium: Browser, server: AppServer
) -> None:
    context = chromium.new_context(
        viewport=size,
        color_scheme="dark" if scheme == "dark" else "light",
        base_url=server.url,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto("/")
    settle(page)
    expect(page.get_by_text("What you leave with")).to_be_visible()
    found = serious(page)
    begin(page)
    page.get_by_role("button", name="Scores").click()
    page.get_by_role("radio", name="Sales", exact=True).check(force=True)
    found += serious(page)
    home(page)
    for deed in ("Copy", "Delete", "Rename", "Save as a file"):
        choose(page, deed)
        found += serious(page)
    choose(page, "Archive")
    unfold(page, "Archived traces · 1")
    found += serious(page)
    context.close()
    assert found == []


def serious(page: Page) -> list[str]:
    """What axe calls serious or critical on a page, with where it is."""
    settle(page)
    page.wait_for_timeout(500)  # colours fade in
    return [
        f"{page.url}: {v['id']}: {node['target']} {node['html'][:300]}"
        for v in Axe().run(page).response["violations"]
        if v["impact"] in ("serious", "critical")
        for node in v["nodes"]
    ]
