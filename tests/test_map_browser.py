"""The trace map in a real browser: by mouse, by finger, by keyboard alone; the same on paper."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlparse
from xml.etree import ElementTree as ET

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from assessment.files.questionnaires import read_questionnaire
from assessment.method.answers import Trace
from assessment.method.gaps import assess
from assessment.pages import current
from assessment.store.database import open_database
from assessment.store.migrate import migrate
from assessment.store.records import QuestionnaireText
from assessment.store.traces import TraceStore
from reports.charts.chartdata import map_spec
from reports.charts.svg_charts import map_svg
from reports.content import Imprint, Report, write_report
from reports.palette import LIGHT
from tests.app_server import AppServer, settle
from tests.conftest import ROOT
from tests.test_cases import CASES

pytestmark = pytest.mark.browser

SCREEN = ViewportSize(width=1440, height=1000)
PHONE = ViewportSize(width=390, height=844)
ROOM = ViewportSize(width=1920, height=1080)
CASE = next(case for case in CASES if case.id == "editorial-workflow-draft")
TRACE = "a-trace-that-is-on-the-map"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Iterator[AppServer]:
    """A running server that keeps one worked case, and has shown it once.

    The first page after a start loads all that the pages import: half a minute on a busy machine.
    """
    folder = tmp_path_factory.mktemp("map")
    keep(folder, CASE.trace)
    running = AppServer(folder)
    running.start()
    first = chromium.new_page()
    first.goto(f"{running.url}/result?trace={TRACE}")
    first.wait_for_selector(".picture svg", state="attached", timeout=120_000)
    first.close()
    yield running
    running.kill()


def keep(folder: Path, trace: Trace) -> None:
    text = (ROOT / "questionnaires/coordination-trace.yaml").read_text(encoding="utf-8")
    read = read_questionnaire(text, "own")
    database = open_database(f"sqlite:///{folder / 'traces.sqlite3'}")
    migrate(database)
    about = read.questionnaire
    kept = QuestionnaireText(read.fingerprint, about.id, about.version, read.text)
    classify = current.classifying(about, TRACE)
    TraceStore(database).create(TRACE, kept, trace, classify, datetime.now(UTC))
    database.close()


def report(server_trace: Trace) -> Report:
    text = (ROOT / "questionnaires/coordination-trace.yaml").read_text(encoding="utf-8")
    questionnaire = read_questionnaire(text, "own").questionnaire
    return write_report(assess(questionnaire, server_trace), Imprint(TRACE, ""))


@contextmanager
def result_page(
    chromium: Browser, server: AppServer, size: ViewportSize, *, dark: bool = False
) -> Iterator[Page]:
    is_phone = size["width"] < 640
    context = chromium.new_context(
        viewport=size,
        base_url=server.url,
        has_touch=is_phone,
        is_mobile=is_phone,
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.goto(f"/result?trace={TRACE}")
    settle(page)
    page.wait_for_selector(".picture svg", state="attached")
    yield page
    context.close()
    assert failures == []


def picture(page: Page) -> Locator:
    """The drawing that fits this window."""
    return page.locator(".picture.wide svg, .picture.tall svg").locator("visible=true")


def part(page: Page, part_id: str) -> Locator:
    return picture(page).locator(f'.part[data-part="{part_id}"]')


def card(page: Page) -> Locator:
    return page.locator(".card")


def expect_question(page: Page, question: str) -> None:
    """Wait for the trace page at this question."""
    page.wait_for_url(re.compile("/trace"))
    settle(page)
    assert question in parse_qs(urlparse(page.url).query)["q"]


def sign_of(page: Page, link: str) -> tuple[float, float]:
    """The middle of an arrow's sign in the window."""
    box = picture(page).locator(f'circle[data-for="{link}"]').bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_mouse_opens_the_question_of_a_box(chromium: Browser, server: AppServer) -> None:
    with result_page(chromium, server, SCREEN) as page:
        part(page, "pause").click()
        shown = card(page)
        expect(shown).to_be_visible()
        expect(shown.get_by_role("heading", name="When it is paused")).to_be_visible()
        expect(shown.locator("> .state")).to_have_text(re.compile("Missing"))
        assert page.url.endswith(f"/result?trace={TRACE}")
        shown.get_by_role("link", name="Change the answer").click()
        expect_question(page, "routing.stopping")


def test_a_mouse_opens_the_card_of_an_arrow_by_its_line_sign_and_name(
    chromium: Browser, server: AppServer
) -> None:
    link = "receiver>response"
    with result_page(chromium, server, SCREEN) as page:
        part(page, link).scroll_into_view_if_needed()
        row = picture(page).locator(f'rect[data-for="{link}"]').bounding_box()
        assert row is not None
        x, y = sign_of(page, link)
        for spot in ((x, y), (x, y + 60), (row["x"] + 40, row["y"] + row["height"] / 2)):
            page.mouse.click(*spot)
            expect(card(page)).to_be_visible()
            expect(card(page)).to_contain_text("From Where it goes next to What comes back")
            page.keyboard.press("Escape")
            expect(card(page)).to_be_hidden()


def test_a_finger_opens_boxes_and_arrows_on_a_phone(chromium: Browser, server: AppServer) -> None:
    with result_page(chromium, server, PHONE) as page:
        part(page, "functions").scroll_into_view_if_needed()
        x, y = sign_of(page, "receiver>functions")
        page.touchscreen.tap(x + 17, y - 12)  # beside the sign, as fingers are
        expect(card(page)).to_contain_text("From Where it goes next to Other functions")
        sheet = card(page).bounding_box()
        assert sheet is not None
        assert sheet["width"] == PHONE["width"]
        assert sheet["y"] + sheet["height"] == pytest.approx(PHONE["height"], abs=1)
        page.touchscreen.tap(PHONE["width"] / 2, 20)  # the head of the page
        expect(card(page)).to_be_hidden()
        part(page, "functions").tap()
        expect(card(page).get_by_role("heading", name="Other functions")).to_be_visible()
        card(page).get_by_role("link").first.tap()
        expect_question(page, "reach.functions")


def test_everything_that_a_finger_is_to_meet_is_large_enough(
    chromium: Browser, server: AppServer
) -> None:
    with result_page(chromium, server, PHONE) as page:
        wide = "() => document.querySelector('[data-testid=stMain]')"
        assert page.evaluate(f"({wide})().scrollWidth <= ({wide})().clientWidth")
        for box in boxes(picture(page).locator(".part rect:not(.ring)")):
            assert min(box["width"], box["height"]) >= 44
        for box in boxes(picture(page).locator("circle[data-for]")):
            assert box["width"] >= 43.5
        for box in boxes(picture(page).locator("rect[data-for]")):
            assert box["height"] >= 23.9
    with result_page(chromium, server, SCREEN) as page:
        for box in boxes(picture(page).locator("circle[data-for], rect[data-for]")):
            assert min(box["width"], box["height"]) >= 24


def boxes(found: Locator) -> list[dict[str, float]]:
    assert found.count() > 10
    script = "all => all.map(e => e.getBoundingClientRect().toJSON())"
    measured: list[dict[str, float]] = found.evaluate_all(script)
    return measured


def test_the_keyboard_alone_is_enough(chromium: Browser, server: AppServer) -> None:
    with result_page(chromium, server, SCREEN) as page:
        flow = report(CASE.trace).trace_map
        order = [found.id for found in flow.parts if found.questions]
        part(page, order[0]).focus()
        met = [focused(page)]
        for _ in order[1:]:
            page.keyboard.press("Tab")
            met.append(focused(page))
        assert met == order  # Tab goes as the flow is read
        page.keyboard.press("Home")
        page.keyboard.press("ArrowRight")
        assert focused(page) == order[1]
        page.keyboard.press("ArrowLeft")
        assert focused(page) == order[0]
        ring = part(page, order[0]).locator(".ring")
        assert ring.evaluate("ring => getComputedStyle(ring).stroke") != "rgba(0, 0, 0, 0)"

        page.keyboard.press("Enter")
        expect(card(page)).to_be_visible()
        page.keyboard.press("Escape")
        expect(card(page)).to_be_hidden()
        page.wait_for_function(f"part => ({FOCUSED}) === part", arg=order[0])
        page.keyboard.press("Space")
        expect(card(page).get_by_role("link")).to_be_focused()
        page.keyboard.press("Enter")
        expect_question(page, flow.parts[0].questions[0].id)


def test_the_keyboard_gets_past_the_map_at_once(chromium: Browser, server: AppServer) -> None:
    with result_page(chromium, server, SCREEN) as page:
        past = page.get_by_role("button", name="Past the map")
        past.focus()
        page.keyboard.press("Enter")
        assert "The same in words" in page.evaluate("document.activeElement.innerText")


FOCUSED = "document.activeElement?.shadowRoot?.activeElement?.dataset.part ?? null"


def focused(page: Page) -> str | None:
    """The part of the map that has the focus. A card gives it back a moment after it has gone."""
    at: str | None = page.evaluate(FOCUSED)
    return at


def test_the_back_button_returns_to_the_map(chromium: Browser, server: AppServer) -> None:
    with result_page(chromium, server, SCREEN) as page:
        part(page, "pause").click()
        card(page).get_by_role("link").click()
        expect_question(page, "routing.stopping")
        page.go_back()
        page.wait_for_url(re.compile("/result"))
        settle(page)
        expect(part(page, "pause")).to_be_visible()


def test_a_whole_screen_shows_the_map_to_a_room(chromium: Browser, server: AppServer) -> None:
    with result_page(chromium, server, ROOM) as page:
        page.get_by_role("button", name="Show it large").click()
        large = page.get_by_role("dialog", name="How the work runs")
        expect(large).to_be_visible()
        words = large.locator("svg text")
        heights = words.evaluate_all("all => all.map(e => e.getBoundingClientRect().height)")
        assert min(heights) >= 22  # CSS pixels of a line; a fiftieth of the screen
        script = "svg => [svg.getBoundingClientRect().bottom, svg.getBoundingClientRect().right]"
        bottom, right = large.locator("svg").evaluate(script)
        assert bottom <= ROOM["height"]
        assert right <= ROOM["width"]
        large.locator('.part[data-part="pause"]').click()
        expect(card(page)).to_be_visible()
        page.keyboard.press("Escape")
        expect(card(page)).to_be_hidden()
        expect(large).to_be_visible()
        page.keyboard.press("Escape")
        expect(large).to_be_hidden()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", [SCREEN, PHONE], ids=["1440", "390"])
def test_the_map_keeps_the_rules_of_accessibility(
    chromium: Browser, server: AppServer, size: ViewportSize, dark: bool
) -> None:
    with result_page(chromium, server, size, dark=dark) as page:
        map_only = {"include": [[".st-key-map"]]}
        assert violations(page, map_only) == []
        part(page, "check").focus()
        page.keyboard.press("Enter")
        expect(card(page)).to_be_visible()
        assert violations(page, map_only) == []


def violations(page: Page, context: dict[str, list[list[str]]]) -> list[str]:
    found = Axe().run(page, context=context).response["violations"]
    return [f"{rule['id']}: {rule['nodes'][0]['html'][:200]}" for rule in found]


def test_page_and_paper_carry_the_same_states(chromium: Browser, server: AppServer) -> None:
    paper = map_svg(map_spec(report(CASE.trace)), LIGHT)
    names = ("data-part", "data-state", "data-later")
    on_paper = [
        tuple(group.get(name) for name in names)
        for group in ET.fromstring(paper).iter("{http://www.w3.org/2000/svg}g")  # noqa: S314
        if group.get("data-part")
    ]
    with result_page(chromium, server, SCREEN) as page:
        read = "all => all.map(e => ['data-part', 'data-state', 'data-later']"
        read += ".map(n => e.getAttribute(n)))"
        for drawn in ("wide", "tall", "room"):
            shown = page.locator(f".picture.{drawn} .part").evaluate_all(read)
            assert [tuple(each) for each in shown] == on_paper
