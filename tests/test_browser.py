"""The whole way in a real browser: start, answer, reload, a killed server, result, PDF."""

import json
import re
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal
from urllib.parse import urlparse

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, expect

from assessment.files.questionnaires import ReadQuestionnaire, read_questionnaire
from assessment.method.answers import Trace
from assessment.pages import current
from assessment.pages.trace.journey import PAUSE
from assessment.pages.trace.view import COOKIE
from assessment.store.database import open_database
from assessment.store.migrate import migrate
from assessment.store.records import QuestionnaireText
from assessment.store.traces import TraceStore
from reports.palette import DARK, LIGHT
from tests.app_server import AppServer, settle, unfold

pytestmark = pytest.mark.browser

WIDE = ViewportSize(width=1440, height=900)
PHONE = ViewportSize(width=390, height=844)
LOCAL = {"127.0.0.1", ""}
HOSTILE = "**b** <img src=x onerror=alert(1)> :red[x] :tada: $a$ www.a.org a@b.org -> 1. عربي"


class Tab:
    """A browser tab that notes whom it asked and what failed in it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.hosts: set[str] = set()
        self.failures: list[str] = []
        page.on("request", lambda request: self.hosts.add(urlparse(request.url).hostname or ""))
        page.on("websocket", lambda socket: self.hosts.add(urlparse(socket.url).hostname or ""))
        page.on("pageerror", lambda error: self.failures.append(str(error)))
        page.on("dialog", lambda dialog: self.failures.append(dialog.message))


@pytest.fixture
def server(tmp_path: Path) -> Iterator[AppServer]:
    """A running server with an empty database."""
    running = AppServer(tmp_path)
    running.start()
    yield running
    running.kill()


@pytest.fixture(params=[WIDE, PHONE], ids=["1440", "390"])
def tab(request: pytest.FixtureRequest, chromium: Browser, server: AppServer) -> Iterator[Tab]:
    """A tab on a screen and on a phone, of somebody who likes to see whole parts."""
    context = chromium.new_context(viewport=request.param, base_url=server.url)
    context.add_cookies([{"name": COOKIE, "value": "parts", "url": server.url}])
    opened = Tab(context.new_page())
    yield opened
    context.close()
    assert opened.hosts <= LOCAL
    assert opened.failures == []


def start(page: Page, name: str) -> None:
    page.goto("/")
    page.get_by_label("What do you call this use case?").fill(name)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="The use case", level=1)).to_be_visible()
    settle(page)


def choose(page: Page, question: int, option: int) -> None:
    """Choose an option of a question on the page, both counted from 0."""
    group = page.get_by_role("radiogroup").nth(question)
    group.locator("label").nth(option).click()
    expect(group.get_by_role("radio").nth(option)).to_be_checked()
    settle(page)


def fits(page: Page) -> bool:
    """Whether nothing needs scrolling sideways."""
    script = "() => {const m = document.querySelector('[data-testid=stMain]');"
    return bool(page.evaluate(script + "return m.scrollWidth <= m.clientWidth}"))


def saved_mark(page: Page) -> str:
    """What stands where else "✓ Saved" does."""
    script = "getComputedStyle(document.querySelector('.standing .mark'), '::before').content"
    return str(page.evaluate(script))


def saved_answers(folder: Path) -> int:
    with sqlite3.connect(folder / "traces.sqlite3") as database:
        count: int = database.execute("SELECT count(*) FROM answers").fetchone()[0]
    database.close()
    return count


def wait_for_saved(page: Page, folder: Path, count: int) -> None:
    """Wait until so many answers are on the disk; a tab that just came back needs a moment."""
    for _ in range(100):
        if saved_answers(folder) == count:
            return
        page.wait_for_timeout(100)
    pytest.fail(f"not {count} answers: {page.locator('.st-key-standing').inner_text()}")


def test_the_whole_way_with_the_server_killed_halfway(
    tab: Tab, server: AppServer, tmp_path: Path
) -> None:
    page = tab.page
    start(page, "Newsletter drafts")
    assert fits(page)
    page.get_by_role("button", name="Next: First questions").click()
    heading = page.get_by_role("heading", name="First questions")
    expect(heading).to_be_in_viewport()
    expect(heading).to_be_focused()
    settle(page)
    for question in range(3):
        choose(page, question, 2)
    page.get_by_label("Who uses it?").fill("Ana and Jo")
    page.keyboard.press("Tab")
    settle(page)
    assert fits(page)

    page.reload()
    expect(page.get_by_label("Who uses it?")).to_have_value("Ana and Jo")
    settle(page)
    choose(page, 3, 0)
    expect(page.get_by_text(re.compile("Saved today"))).to_be_visible()

    server.kill()
    assert saved_answers(tmp_path) == 4
    expect(page.get_by_role("radiogroup").nth(4).get_by_role("radio").first).to_be_disabled()
    assert "No connection" in saved_mark(page)
    server.start()
    page.wait_for_selector('[data-test-connection-state="CONNECTED"]', timeout=60_000)
    settle(page)
    expect(page.get_by_role("radiogroup").nth(3).get_by_role("radio").nth(0)).to_be_checked()
    expect(page.get_by_label("Who uses it?")).to_have_value("Ana and Jo")
    choose(page, 4, 0)
    wait_for_saved(page, tmp_path, 5)

    page.goto(page.url.replace("/trace?", "/result?"))
    expect(page.get_by_role("heading", name="Newsletter drafts", level=1)).to_be_visible()
    expect(page.get_by_role("heading", name="Why this level")).to_be_visible()
    settle(page)
    assert fits(page)
    with page.expect_download(timeout=60_000) as download:
        page.get_by_role("button", name="Report as PDF").click()
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF")
    assert download.value.suggested_filename == "newsletter-drafts.pdf"
    assert server.faults == []


def test_hostile_names_show_as_they_were_typed(tab: Tab) -> None:
    page = tab.page
    start(page, HOSTILE)
    expect(page.get_by_text(HOSTILE, exact=True).first).to_be_visible()
    page.goto(page.url.replace("/trace?", "/result?").split("&at=")[0])
    expect(page.get_by_role("heading", level=1)).to_have_text(HOSTILE)
    page.goto("/")
    expect(page.get_by_text(HOSTILE, exact=True).first).to_be_visible()
    assert fits(page)


LABELS = (
    "**b** _i_ ~~s~~ `c` <b>x</b> &amp; \\n",
    ":red[x] :tada: :material/check: :small[y]",
    "$a^2$ $$b$$ costs $5 and $6",
    "[a](http://b.c) http://b.c www.b.c a@b.c ![i](x.png)",
    "- a -> b <- c >= d -- e",
    "1. first",
    "# not a heading",
    "> not a quotation",
    "| a | b |",
)


def speaking(labels: tuple[str, ...]) -> ReadQuestionnaire:
    """A questionnaire whose options are these texts."""
    options = {f"o{place}": label for place, label in enumerate(labels)}
    question = {"id": "s.q", "ask": labels[0], "options": options}
    needs = [{"question": "s.q", "at_least": "o1"}]
    document = {
        "id": "speaking",
        "version": "1",
        "title": labels[1],
        "profile": [{"id": "name", "type": "text", "required": "true"}],
        "stages": [{"id": "s", "name": labels[2]}],
        "questions": [question],
        "levels": [
            {"level": "1", "id": "one", "name": labels[3]},
            {"level": "2", "id": "two", "name": labels[4], "requires": needs},
        ],
    }
    return read_questionnaire(json.dumps(document), "speaking.json")


def test_what_a_questionnaire_says_shows_as_it_was_written(
    chromium: Browser, server: AppServer, tmp_path: Path
) -> None:
    read = speaking(LABELS)
    database = open_database(f"sqlite:///{tmp_path / 'traces.sqlite3'}")
    migrate(database)
    kept = QuestionnaireText(read.fingerprint, "speaking", "1", read.text)
    trace = "A" * 22
    classify = current.classifying(read.questionnaire, trace)
    now = datetime(2026, 11, 1, tzinfo=UTC)
    TraceStore(database).create(trace, kept, Trace({"name": LABELS[0]}), classify, now)
    database.close()
    page = chromium.new_page(base_url=server.url, viewport=WIDE)
    page.goto(f"/trace?trace={trace}")
    options = page.get_by_test_id("stRadioOption")
    expect(options.first).to_be_visible()
    shown = [text.replace("\u2060", "") for text in options.all_inner_texts()]
    assert shown == [*LABELS, "We don't know"]
    assert page.locator("[data-testid=stRadio] :is(a, img, strong, em, code, .katex)").count() == 0
    page.goto(f"/result?trace={trace}")
    expect(page.get_by_role("heading", level=1)).to_have_text(LABELS[0])
    expect(page.get_by_role("heading", name="Why this level")).to_be_visible()
    assert server.faults == []
    page.close()


def test_back_and_forward_lead_through_the_parts(tab: Tab) -> None:
    page = tab.page
    start(page, "Back and forward")
    page.get_by_role("button", name="Next: First questions").click()
    expect(page.get_by_role("heading", name="First questions")).to_be_visible()
    settle(page)
    page.go_back()
    expect(page.get_by_role("heading", name="The use case", level=1)).to_be_visible()
    page.go_forward()
    expect(page.get_by_role("heading", name="First questions")).to_be_visible()


def test_everything_follows_when_the_reader_changes_the_theme(
    chromium: Browser, server: AppServer
) -> None:
    page = chromium.new_page(base_url=server.url, viewport=WIDE)
    page.goto("/")
    page.get_by_role("button", name="Open").first.click()
    unfold(page, "As a chart")
    for scheme, palette in (("light", LIGHT), ("dark", DARK), ("light", LIGHT)):
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        expect(page.locator(".stHtml dt").first).to_have_css("color", rgb(palette.quiet))
        expect(page.locator(".ytick text").first).to_have_css("fill", rgb(palette.ink))
        expect(page.locator(".wide svg text").first).to_have_css("fill", rgb(palette.ink))
    page.close()


HEIGHTS_WHILE_OPENING = """async summary => {
  const heights = new Set()
  summary.click()
  for (let frame = 0; frame < 60; frame++) {
    await new Promise(requestAnimationFrame)
    heights.add(summary.parentElement.offsetHeight)
  }
  return heights.size
}"""


@pytest.mark.parametrize(("motion", "slides"), [("reduce", False), ("no-preference", True)])
def test_a_fold_slides_open_only_where_motion_is_wanted(
    motion: Literal["reduce", "no-preference"], slides: bool, chromium: Browser, server: AppServer
) -> None:
    page = chromium.new_page(base_url=server.url, reduced_motion=motion)
    page.goto("/")
    page.get_by_role("button", name="Open").first.click()
    summary = page.locator("summary", has_text="As a chart").first
    summary.wait_for()
    settle(page)
    still = 3  # closed, open, and before what lies in it is there
    assert (summary.evaluate(HEIGHTS_WHILE_OPENING) > still) == slides
    page.close()


def rgb(colour: str) -> str:
    """A colour as browsers write it."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgb({red}, {green}, {blue})"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["1440", "390"])
def test_axe_finds_nothing_serious(
    scheme: str, size: ViewportSize, chromium: Browser, server: AppServer
) -> None:
    context = chromium.new_context(
        viewport=size,
        color_scheme="dark" if scheme == "dark" else "light",
        base_url=server.url,
        reduced_motion="reduce",
    )
    page = context.new_page()
    found = []
    page.goto("/")
    page.get_by_role("button", name="Open").last.click()
    expect(page.get_by_role("heading", name="Why this level")).to_be_visible()
    found += serious(page)
    result = page.url
    for place in ("/", result.replace("/result", "/trace"), "/trace?trace=unknown"):
        page.goto(place)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        found += serious(page)
    page.goto(result.replace("/result", "/trace") + "&at=First")
    page.get_by_text("What counts, and what would prove it").click()
    page.get_by_test_id("stExpander").locator("summary").first.click()
    expect(page.get_by_label("Note")).to_be_visible()
    found += serious(page)
    page.goto(result.replace("/result", "/trace") + "&q=tooling.brief")
    page.get_by_test_id("stExpander").locator("summary").first.click()
    expect(page.get_by_label("Note")).to_be_visible()
    found += serious(page)
    page.goto(result.replace("/result", "/trace") + f"&at={PAUSE}")
    expect(page.get_by_text("Stop here")).to_be_visible()
    found += serious(page)
    context.close()
    assert found == []


def serious(page: Page) -> list[str]:
    """What axe calls serious or critical on a page, with where it is."""
    settle(page)
    page.wait_for_timeout(500)  # colours fade in
    found = Axe().run(page).response["violations"]
    return [
        f"{page.url}: {v['id']}: {node['target']} {node['html'][:300]}"
        for v in found
        if v["impact"] in ("serious", "critical")
        for node in v["nodes"]
    ]
