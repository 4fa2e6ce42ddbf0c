"""What a person at a browser waits for, and how much is sent to them; needs a Chromium."""

from collections.abc import Callable
from urllib.parse import urlencode

from playwright.sync_api import Browser, Locator, Page

from benchmarks.servers import Server, app_and_peer
from benchmarks.table import Figure, ms, p50, spread
from tests.app_server import chromium_browser, settle
from tests.people import QUESTIONS, address_of

TIMES_EMPTY = 1.2
"""Goal: the first question against the first question of the empty app."""

PAUSE = 500
"""Milliseconds between two clicks."""

SAVED = ".standing"
"""Its `data-saved` changes with every answer that is saved."""

CHOSEN = ".progress"
"""Where the empty app says what is chosen."""

CLICK = """
([label, mark]) => new Promise(resolve => {
  const said = () => {
    const shown = document.querySelector(mark)
    return shown && (shown.dataset.saved ?? shown.textContent)
  }
  const before = said()
  const start = performance.now()
  const look = () => {
    const now = said()
    if (!now || now === before) return
    watch.disconnect()
    resolve(performance.now() - start)
  }
  const watch = new MutationObserver(look)
  const all = { subtree: true, childList: true, characterData: true, attributes: true }
  watch.observe(document.body, all)
  label.click()
})
"""


def figures(quick: bool) -> list[Figure]:
    """Time clicks and first visits in a browser, and weigh the pages."""
    with app_and_peer() as (app, peer), chromium_browser() as browser:
        visits = 2 if quick else 9
        return [
            *_clicks(browser, app, peer, 1 if quick else 4),
            *_first_question(browser, app, peer, visits),
            *_weights(browser, app, peer),
        ]


def _clicks(browser: Browser, app: Server, peer: Server, traces: int) -> list[Figure]:
    """Click on answers, one question after the other; what counts is when the page says saved."""
    own, empty = [], []
    for _ in range(traces):
        page, other = browser.new_page(), browser.new_page()
        page.goto(_trace(app))
        other.goto(_empty(peer))
        for shown in (page, other):
            shown.get_by_role("radiogroup").first.wait_for()
            settle(shown)
        for number in range(len(QUESTIONS)):
            options = page.get_by_role("radiogroup").locator("label")
            own.append(_click(page, options.nth(number % 3), SAVED))
            last = other.get_by_role("radiogroup").locator("label")
            empty.append(_click(other, last.nth(number % 3), CHOSEN))
            page.bring_to_front()
            page.get_by_role("button", name="Next").click()
            settle(page)
        page.close()
        other.close()
    return [
        Figure(
            "Click until the page shows the answer saved",
            spread(own),
            f"click until the empty app shows the choice: {spread(empty)}",
        )
    ]


def _click(page: Page, label: Locator, mark: str) -> float:
    page.bring_to_front()
    page.wait_for_timeout(PAUSE)
    return float(page.evaluate(CLICK, [label.element_handle(), mark])) / 1000


def _first_question(browser: Browser, app: Server, peer: Server, visits: int) -> list[Figure]:
    """Visit in a fresh browser each time, so that nothing is there from before."""
    own, empty = [], []
    for _ in range(visits):
        own.append(_visit(browser, _trace(app)))
        empty.append(_visit(browser, _empty(peer)))
    times = p50(own) / p50(empty)
    return [
        Figure(
            "First visit until the first question stands there",
            f"{ms(p50(own))} · {times:.2f} times",
            f"the empty app: {ms(p50(empty))}",
            "1.2 times",
            times <= TIMES_EMPTY,
        )
    ]


def _visit(browser: Browser, url: str) -> float:
    """Seconds from asking for an address until its first question can be seen."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(url, wait_until="commit")
    page.get_by_role("radiogroup").first.wait_for()
    taken = float(page.evaluate("performance.now()")) / 1000
    context.close()
    return taken


def _weights(browser: Browser, app: Server, peer: Server) -> list[Figure]:
    trace = app.new_trace()
    base = f"http://localhost:{app.port}"
    pages: dict[str, Callable[[], str]] = {
        "start page": lambda: base,
        "trace page": lambda: _trace(app),
        "result page": lambda: f"{base}/result?trace={trace}",
    }
    empty = _weight(browser, _empty(peer))
    return [
        Figure(
            f"Weight of the {name} as sent, first visit",
            f"{_weight(browser, url()):.2f} MB",
            f"the empty app: {empty:.2f} MB",
        )
        for name, url in pages.items()
    ]


def _weight(browser: Browser, url: str) -> float:
    """Megabytes that come over the line, compressed or not; websocket included."""
    context = browser.new_context()
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    session.on(
        "Network.webSocketFrameReceived",
        lambda event: sizes.append(len(event["response"]["payloadData"]) * 3 / 4),
    )
    page.goto(url)
    settle(page)
    page.wait_for_timeout(3000)
    context.close()
    return sum(sizes) / 1e6


def _trace(app: Server) -> str:
    """The address of the first question of a new trace."""
    query = urlencode(address_of(app.new_trace(), QUESTIONS[0].id))
    return f"http://localhost:{app.port}/trace?{query}"


def _empty(peer: Server) -> str:
    return f"http://127.0.0.1:{peer.port}/"
