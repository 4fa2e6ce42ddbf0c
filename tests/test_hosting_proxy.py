"""Behind nginx with the shipped configuration: TLS, websockets, a path, two servers, a restart."""

import http.client
import re
import socket
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from assessment.pages.trace.view import COOKIE
from assessment.store.database import open_database
from assessment.store.traces import TraceStore
from tests.app_server import settle
from tests.conftest import ROOT
from tests.nginx import SHIPPED, Nginx, nginx
from tests.served import RIGHT, Served
from tests.test_browser import choose
from tests.test_server_browser import sign_in

pytest_plugins = ("tests.store_fixtures",)
pytestmark = [pytest.mark.browser, pytest.mark.slow]

WIDE = ViewportSize(width=1280, height=900)
BY_DEFAULT = 1024 * 1024
"""Bytes that nginx takes of a file where it is not told otherwise."""


@pytest.fixture
def proxy(tmp_path: Path) -> Iterator[Nginx]:
    with nginx(tmp_path / "nginx") as running:
        yield running


class Serving:
    """Starts servers that are told what people type: the proxy's address."""

    def __init__(self, folder: Path, proxy: Nginx) -> None:
        self._folder = folder
        self._proxy = proxy
        self.all: list[Served] = []

    def start(self, path: str = "", database: str = "") -> Served:
        """Start one; `database` is a URL, else it has a file of its own."""
        folder = self._folder / f"server-{len(self.all)}"
        folder.mkdir()
        server = Served(folder, passphrase=RIGHT, public_url=f"{self._proxy.url}{path}")
        server.path = path
        if database:
            server._database = database
        self.all.append(server)
        server.start()
        return server


@pytest.fixture
def serving(proxy: Nginx, tmp_path: Path) -> Iterator[Serving]:
    servers = Serving(tmp_path, proxy)
    yield servers
    for server in servers.all:
        server.kill()
        assert server.faults == []


def tab(chromium: Browser, proxy: Nginx, path: str = "") -> Page:
    """Open a tab that trusts the proxy's certificate; `./` leads to the app."""
    context = chromium.new_context(
        base_url=f"{proxy.url}{path}/", viewport=WIDE, ignore_https_errors=True
    )
    context.add_cookies([{"name": COOKIE, "value": "parts", "url": proxy.url}])
    return context.new_page()


def begin(page: Page, name: str) -> None:
    """Sign in, start a trace and go to its first questions."""
    page.goto("./")
    sign_in(page, RIGHT)
    settle(page)
    page.get_by_label("What do you call this use case?").fill(name)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Next: First questions").click()
    expect(page.get_by_role("heading", name="First questions")).to_be_visible()
    settle(page)


def download(page: Page, button: str) -> Path:
    with page.expect_download(timeout=60_000) as made:
        page.get_by_role("button", name=button).click()
    return Path(made.value.path())


def is_chosen(page: Page, question: int, option: int) -> None:
    group = page.get_by_role("radiogroup").nth(question)
    expect(group.get_by_role("radio").nth(option)).to_be_checked()


@pytest.mark.parametrize("path", ["", "/tools/audit"], ids=["root", "path"])
def test_a_person_works_over_tls_as_without_a_proxy(
    path: str, chromium: Browser, proxy: Nginx, serving: Serving
) -> None:
    server = serving.start(path)
    proxy.use([f"127.0.0.1:{server.port}"], f"{path}/")
    proxy.start()
    page = tab(chromium, proxy, path)
    begin(page, "Newsletter drafts")
    for cookie in page.context.cookies():
        if cookie["name"].startswith("coordination_audit"):
            assert (cookie["secure"], cookie["httpOnly"]) == (True, True)
            assert cookie["path"] == (path or "/")
    choose(page, 0, 2)
    page.reload()
    settle(page)
    is_chosen(page, 0, 2)

    page.goto(page.url.replace("/trace?", "/result?"))
    expect(page.get_by_role("heading", name="Why this level")).to_be_visible()
    settle(page)
    assert download(page, "Report as PDF").read_bytes().startswith(b"%PDF")
    whole = download(page, "Everything as JSON").read_bytes()

    page.goto("./")
    settle(page)
    page.get_by_text("Bring in a trace from a file").click()
    large = {"name": "t.json", "mimeType": "application/json", "buffer": whole}
    large["buffer"] = whole + b" " * 2 * BY_DEFAULT
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(large)  # type: ignore[arg-type]
    page.get_by_role("button", name="Keep it as a new trace").click()
    expect(page.get_by_role("heading", name="Why this level")).to_be_visible()
    assert page.url.startswith(f"{proxy.url}{path}/result?trace=")
    assert "trace=" not in proxy.access_log
    page.context.close()


def test_a_restart_of_the_proxy_is_a_short_break(
    chromium: Browser, proxy: Nginx, serving: Serving
) -> None:
    server = serving.start()
    proxy.use([f"127.0.0.1:{server.port}"])
    proxy.start()
    page = tab(chromium, proxy)
    begin(page, "Behind a proxy")
    choose(page, 0, 1)
    proxy.stop()
    page.wait_for_selector('[data-testid="stApp"]:not([data-test-connection-state="CONNECTED"])')
    proxy.start()
    settle_again(page)
    is_chosen(page, 0, 1)
    choose(page, 1, 1)
    wait_for_stored(page, server, 2)
    page.context.close()


def settle_again(page: Page) -> None:
    """Wait until a page that lost its server has one again; it asks less and less often."""
    page.wait_for_selector('[data-test-connection-state="CONNECTED"]', timeout=90_000)
    settle(page)


def wait_for_stored(page: Page, server: Served, count: int) -> None:
    """Wait until so many answers are on the disk; a tab that just came back needs a moment."""
    for _ in range(100):
        if stored_answers(server) == count:
            return
        page.wait_for_timeout(100)
    pytest.fail(f"not {count} answers: {page.locator('.st-key-standing').inner_text()}")


def stored_answers(server: Served) -> int:
    database = open_database(server._database)
    store = TraceStore(database)
    count = sum(len(store.load(found.id).trace.answers) for found in store.recent(10))
    database.close()
    return count


def test_who_comes_while_the_server_is_away_reads_a_sentence(proxy: Nginx) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        nobody = taken.getsockname()[1]
    proxy.use([f"127.0.0.1:{nobody}"])
    proxy.start()
    trusted = ssl.create_default_context(cafile=proxy.certificate)
    line = http.client.HTTPSConnection("localhost", proxy.port, timeout=20, context=trusted)
    line.request("GET", "/")
    answer = line.getresponse()
    assert answer.status == 503
    assert b"What was saved is kept" in answer.read()
    assert "nginx/" not in str(answer.headers)
    line.close()


def two_servers() -> str:
    """The shipped configuration, changed as the documentation says for two servers."""
    said = (ROOT / "docs/hosting.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```nginx\n(.+?)```", said, re.DOTALL)
    pools = next(block for block in blocks if "upstream audit_any" in block)
    text = SHIPPED.read_text(encoding="utf-8")
    for there, here in (
        (r"upstream audit \{.+?\n\}\n", pools),
        (r"proxy_pass http://audit;", "proxy_pass http://$audit;"),
        (r"(    add_header Strict)", r"    add_header Set-Cookie $audit_cookie always;\n\1"),
    ):
        text, count = re.subn(there, here, text, count=1, flags=re.DOTALL)
        assert count == 1, there
    return text


@pytest.mark.postgresql
def test_two_servers_on_one_database_where_one_dies_lose_nothing(
    chromium: Browser, proxy: Nginx, serving: Serving, postgresql_url: str
) -> None:
    servers = {name: serving.start(database=postgresql_url) for name in ("a", "b")}
    proxy.use([f"127.0.0.1:{s.port}" for s in servers.values()], text=two_servers())
    proxy.start()
    page = tab(chromium, proxy)
    begin(page, "On two servers")
    choose(page, 0, 1)
    first = where(page)
    other = "b" if first == "a" else "a"

    page.get_by_role("radiogroup").nth(1).locator("label").nth(1).click(no_wait_after=True)
    servers[first].kill()
    wait_until_with(page, other)
    settle_again(page)
    is_chosen(page, 0, 1)
    is_chosen(page, 1, 1)
    wait_for_stored(page, servers[other], 2)
    choose(page, 2, 1)
    wait_for_stored(page, servers[other], 3)

    servers[first].start()
    page.goto(page.url.replace("/trace?", "/result?"))
    expect(page.get_by_role("heading", name="Why this level")).to_be_visible()
    settle(page)
    assert download(page, "Report as PDF").read_bytes().startswith(b"%PDF")
    assert where(page) == other
    page.context.close()


def wait_until_with(page: Page, server: str) -> None:
    """Wait until the proxy has led a browser to a server; the browser asks less and less often."""
    for _ in range(600):
        if where(page) == server:
            return
        page.wait_for_timeout(100)
    pytest.fail(f"the browser stayed with server {where(page)}")


def where(page: Page) -> str:
    """The server that a browser is with."""
    found = [c["value"] for c in page.context.cookies() if c["name"] == "audit_server"]
    assert len(found) == 1
    return found[0]
