"""A participant's page on an emulated slow phone; needs a Chromium."""

from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, BrowserContext, Page

from assessment.store.database import open_database
from assessment.store.migrate import migrate
from benchmarks.servers import app_and_peer, serving
from benchmarks.table import Figure, ms, p50, spread
from tests.app_server import chromium_browser
from tests.room_people import Facilitator

SOON = 1.0
"""Goal, in seconds."""

LIGHT = 60_000
"""Goal, in bytes."""

BITS_DOWN, BITS_UP, LATENCY, SLOWER = 1_600_000, 750_000, 150, 4
"""A second down and up, milliseconds a round trip, and times that the processor is slower."""


def figures(quick: bool) -> list[Figure]:
    """Time a participant's pages and the empty app's page on the same phone, and weigh them."""
    visits = 2 if quick else 9
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="benchmark-", dir=Path.cwd())))
        url = f"sqlite:///{folder / 'traces.sqlite3'}"
        database = open_database(url)
        stack.callback(database.close)
        migrate(database)
        (port,) = stack.enter_context(serving(url, 1))
        _, peer = stack.enter_context(app_and_peer())
        browser = stack.enter_context(chromium_browser())
        joins, questions, empties = [], [], []
        weight = 0
        for _ in range(visits):
            room = Facilitator(database)
            join, question, weight = _take_part(browser, room, f"http://localhost:{port}/join")
            joins.append(join)
            questions.append(question)
            empties.append(_empty(browser, f"http://localhost:{peer.port}"))
    empty = f"the empty app's page: {ms(p50(empties))}"
    phone = f"slow phone ({BITS_DOWN / 1e6} Mbit/s, {LATENCY} ms, processor {SLOWER} times slower)"
    return [
        Figure(
            f"{name}, {phone}",
            spread(taken),
            empty,
            f"{SOON:g} s",
            p50(taken) < SOON,
        )
        for name, taken in (
            ("First visit until one can join", joins),
            ("Coming back until the question stands there", questions),
        )
    ] + [
        Figure(
            "All that a phone is sent from joining to a question, page, style and script",
            f"{weight / 1000:.1f} KB",
            "",
            f"{LIGHT // 1000} KB",
            weight < LIGHT,
        )
    ]


def _take_part(browser: Browser, room: Facilitator, base: str) -> tuple[float, float, int]:
    """Join and come back to a question; gives the seconds of both, and the bytes of all."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, is_mobile=True)
    page = _slow_page(context)
    sizes: list[int] = []
    page.on("requestfinished", lambda one: sizes.append(one.sizes()["responseBodySize"]))
    joined = _until(page, f"{base}/{room.code}", "button.main")
    page.get_by_role("radio").first.check()
    page.locator("button.main").click()
    page.get_by_text("You are here for").wait_for()
    room.ask(room.questions[0])
    asked = _until(page, f"{base}/{room.code}", "input[type=radio]")
    context.close()
    return joined, asked, sum(sizes)


def _empty(browser: Browser, url: str) -> float:
    context = browser.new_context(viewport={"width": 390, "height": 844}, is_mobile=True)
    taken = _until(_slow_page(context), url, "input[type=radio]")
    context.close()
    return taken


def _slow_page(context: BrowserContext) -> Page:
    page = context.new_page()
    tools = context.new_cdp_session(page)
    tools.send("Network.enable")
    speed = {"downloadThroughput": BITS_DOWN / 8, "uploadThroughput": BITS_UP / 8}
    tools.send("Network.emulateNetworkConditions", {"offline": False, "latency": LATENCY, **speed})
    tools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return page


def _until(page: Page, url: str, selector: str) -> float:
    """Seconds from asking for an address until something stands on the page."""
    page.goto(url, wait_until="commit", timeout=120_000)
    page.locator(selector).first.wait_for(state="attached", timeout=120_000)
    return float(page.evaluate("performance.now()")) / 1000
