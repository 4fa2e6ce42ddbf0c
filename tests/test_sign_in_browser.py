"""People who sign in, in a real browser: each sees what is theirs or was shared with them."""

import time
from collections.abc import Iterator
from pathlib import Path
from secrets import token_urlsafe

import pytest
from playwright.sync_api import Browser, Page, expect

from assessment.pages.trace.journey import FIRST
from assessment.store.access import Access, Visitor
from assessment.store.database import Database, open_database
from assessment.store.links import LinkStore, path_of
from assessment.store.migrate import migrate
from assessment.store.traces import TraceStore
from tests.app_server import settle, unfold
from tests.people import begun
from tests.provider import Provider, running_provider
from tests.served import Served
from tests.signing_in import choose_account, come_as, open_page, served_with
from tests.store_samples import NOON
from tests.test_server_browser import axe

pytestmark = pytest.mark.browser

NOBODY_ELSES = "There is no trace at this address"


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with running_provider() as running:
        yield running


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the server keeps what it keeps."""
    return tmp_path_factory.mktemp("accounts")


@pytest.fixture(scope="module")
def server(provider: Provider, folder: Path) -> Iterator[Served]:
    running = served_with(provider, folder)
    running.start()
    yield running
    running.kill()
    assert running.faults == []


@pytest.fixture(scope="module")
def database(folder: Path, server: Served) -> Iterator[Database]:
    """What the server keeps."""
    assert server.url
    opened = open_database(f"sqlite:///{folder / 'traces.sqlite3'}")
    migrate(opened)
    yield opened
    opened.close()


@pytest.fixture
def ann(provider: Provider) -> Visitor:
    """Ann, as the store knows her."""
    return Visitor(f"{provider.url}|id-of-ann", "Ann")


@pytest.fixture
def trace(database: Database, ann: Visitor) -> str:
    """A trace of Ann's."""
    return begun(TraceStore(database, ann), token_urlsafe(16))


def shared(database: Database, owner: Visitor, trace: str, access: Access) -> str:
    """Share a trace; gives the address that is sent to somebody."""
    return path_of(LinkStore(database, owner).make(trace, token_urlsafe(16), access, NOON))


def heading(page: Page, name: str) -> None:
    expect(page.get_by_role("heading", name=name)).to_be_visible()


def press(page: Page, name: str) -> None:
    """Press a button by key, as what has just unfolded may still move it away from the mouse."""
    page.get_by_role("button", name=name).press("Enter")


def choose(page: Page, option: int) -> None:
    """Choose an option of the first question, counted from 0."""
    page.get_by_role("radiogroup").first.locator("label").nth(option).click()


def answered(store: TraceStore, trace: str) -> set[str]:
    """Wait until something of a trace is answered; gives the questions."""
    deadline = time.monotonic() + 30
    while not (given := store.load(trace).trace.answers) and time.monotonic() < deadline:
        time.sleep(0.05)
    return set(given)


def test_everybody_sees_their_own_traces_also_after_a_reload(
    chromium: Browser, server: Served, trace: str
) -> None:
    ann = come_as(chromium, server, "ann", f"/result?trace={trace}")
    assert ann.url.endswith(f"/result?trace={trace}")
    expect(ann.get_by_text("Ann Example")).to_be_visible()
    ann.reload()
    settle(ann)
    ann.goto("/")
    expect(ann.get_by_text(trace).first).to_be_visible()  # what it is called

    bo = come_as(chromium, server, "bo")
    expect(bo.get_by_text("Bo Sample")).to_be_visible()
    assert trace not in bo.content()
    for path in ("trace", "result"):
        bo.goto(f"/{path}?trace={trace}")
        heading(bo, NOBODY_ELSES)
        assert trace not in bo.get_by_test_id("stMain").inner_text()
    for page in (ann, bo):
        page.context.close()


def test_a_link_to_edit_lets_somebody_answer_until_it_is_taken_back(
    chromium: Browser, server: Served, database: Database, ann: Visitor, trace: str
) -> None:
    bo = come_as(chromium, server, "bo", shared(database, ann, trace, Access.EDIT))
    bo.wait_for_url(f"**/trace?trace={trace}*")
    bo.goto(f"/trace?trace={trace}&at={FIRST}")
    settle(bo)
    owner = TraceStore(database, ann)
    choose(bo, 1)
    first = answered(owner, trace)
    assert len(first) == 1
    (link,) = LinkStore(database, ann).of(trace)
    assert [guest.name for guest in link.guests] == ["Bo Sample (bo@example.org)"]

    before = owner.history(trace)
    LinkStore(database, ann).take_back(trace, link.token)
    choose(bo, 2)
    heading(bo, NOBODY_ELSES)
    assert owner.history(trace) == before
    assert set(owner.load(trace).trace.answers) == first
    bo.goto(path_of(link))
    heading(bo, "This link leads nowhere")
    bo.get_by_text("Go to the start page").click()
    expect(bo.get_by_role("button", name="Start the trace")).to_be_visible()
    bo.context.close()


def test_a_link_to_view_shows_the_result_and_lets_nobody_answer(
    chromium: Browser, server: Served, database: Database, ann: Visitor, trace: str
) -> None:
    bo = come_as(chromium, server, "bo", shared(database, ann, trace, Access.VIEW))
    bo.wait_for_url(f"**/result?trace={trace}*")
    expect(bo.get_by_text("Shared with you to look at")).to_be_visible()
    expect(bo.get_by_text("Share this trace")).to_have_count(0)
    bo.goto(f"/trace?trace={trace}")
    bo.wait_for_url(f"**/result?trace={trace}*")
    settle(bo)
    expect(bo.get_by_role("radiogroup")).to_have_count(0)
    assert TraceStore(database, ann).load(trace).trace.answers == {}
    bo.context.close()


def test_an_owner_makes_a_link_sees_who_came_and_takes_it_back(
    chromium: Browser, server: Served, database: Database, ann: Visitor, trace: str
) -> None:
    page = come_as(chromium, server, "ann", f"/result?trace={trace}")
    unfold(page, "Share this trace")
    press(page, "Make a link to view")
    expect(page.get_by_text("Nobody has opened it yet")).to_be_visible()
    (link,) = LinkStore(database, ann).of(trace)
    assert link.access is Access.VIEW
    expect(page.get_by_text(f"{server.url}{path_of(link)}")).to_be_visible()

    bo = come_as(chromium, server, "bo", path_of(link))
    bo.wait_for_url(f"**/result?trace={trace}*")
    page.reload()
    settle(page)
    unfold(page, "Share this trace")
    expect(page.get_by_text("Opened by Bo Sample (bo@example.org)")).to_be_visible()
    press(page, "Take back")
    expect(page.get_by_text("loses this access at once")).to_be_visible()
    press(page, "Take it back")
    expect(page.get_by_text("Opened by")).to_have_count(0)
    assert LinkStore(database, ann).of(trace) == ()
    bo.reload()
    heading(bo, NOBODY_ELSES)
    for one in (page, bo):
        one.context.close()


def test_signing_out_ends_it_here_and_at_the_provider(
    chromium: Browser, server: Served, provider: Provider, trace: str
) -> None:
    page = come_as(chromium, server, "ann", f"/result?trace={trace}")
    left = provider.left
    page.get_by_role("button", name="Sign out").click()
    heading(page, "Sign in")
    assert provider.left == left + 1
    page.go_back()
    page.goto(f"/result?trace={trace}")
    heading(page, "Sign in")
    choose_account(page, "bo")
    heading(page, NOBODY_ELSES)
    page.context.close()


def test_a_restart_keeps_people_signed_in_and_a_changed_cookie_does_not(
    chromium: Browser, server: Served, trace: str
) -> None:
    page = come_as(chromium, server, "ann", f"/result?trace={trace}")
    server.kill()
    server.start()
    page.wait_for_selector('[data-test-connection-state="CONNECTED"]', timeout=60_000)
    page.reload()
    settle(page)
    expect(page.get_by_text("Ann Example")).to_be_visible()
    (kept,) = [c for c in page.context.cookies() if c["name"] == "_streamlit_user"]
    changed = kept["value"][:20] + ("x" if kept["value"][20] != "x" else "y") + kept["value"][21:]
    page.context.add_cookies([{"name": kept["name"], "value": changed, "url": server.url}])
    page.reload()
    heading(page, "Sign in")
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_that_asks_fits_a_phone_and_axe_finds_nothing(
    scheme: str, chromium: Browser, server: Served
) -> None:
    page = open_page(chromium, server, "/result?trace=x")
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": 390, "height": 844})
    assert axe(page) == []
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Sign in with Example Corp")).to_be_focused()
    choose_account(page, "eve")
    heading(page, "This account may not come in")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.context.close()
