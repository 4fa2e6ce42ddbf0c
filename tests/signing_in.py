"""Signing in at our server with the provider in `tests/provider.py`, with and without a browser."""

import re
from dataclasses import dataclass, field
from html import unescape
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlsplit
from urllib.request import HTTPRedirectHandler, build_opener

from playwright.sync_api import Browser, Page, ViewportSize

from tests.app_server import settle
from tests.provider import CLIENT_ID, CLIENT_SECRET, Provider, chosen
from tests.served import Answer, Served

PAGE = {"Accept": "text/html", "Sec_Fetch_Mode": "navigate"}

WIDE = ViewportSize(width=1440, height=900)


def served_with(provider: Provider, folder: Path, **settings: str) -> Served:
    """A server at which people of example.org sign in; not started."""
    given = {
        "oidc_metadata_url": provider.metadata_url,
        "oidc_client_id": CLIENT_ID,
        "oidc_client_secret": CLIENT_SECRET,
        "oidc_provider": "Example Corp",
        "oidc_allowed": "example.org",
        **settings,
    }
    return Served(folder, **given)


@dataclass
class Jar:
    """What a browser keeps of a server's cookies."""

    server: Served
    cookies: dict[str, str] = field(default_factory=dict)

    @property
    def header(self) -> str:
        """The cookies as they are sent."""
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def open(self, path: str) -> Answer:
        """Open a page as a browser does; redirects are not followed."""
        answer = self.server.ask(path, **PAGE, Cookie=self.header)
        for line in answer.headers.get_all("set-cookie") or []:
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
                if not morsel.value or morsel["max-age"] == "0":
                    del self.cookies[name]
        return answer

    def sign_in(self, person: str, onward: str = "/") -> Answer:
        """Go the whole way to the provider and back, as somebody; gives the last answer."""
        page = self.open(f"/account?next={onward}")
        found = re.search(r'class="button" href="([^"]+)"', page.text)
        assert found is not None
        go = self.open(_path(unescape(found[1])))
        asked = urlsplit(self.open(_path(go.headers["location"])).headers["location"])
        query = {name: values[0] for name, values in parse_qs(asked.query).items()}
        return self.open(_path(_chosen(f"{asked.scheme}://{asked.netloc}", query, person)))


def _chosen(provider: str, asked: dict[str, str], person: str) -> str:
    """Choose somebody at the provider; gives where it sends them."""

    class _Stay(HTTPRedirectHandler):
        def redirect_request(self, *_: object, **__: object) -> None:
            return None

    try:
        build_opener(_Stay).open(f"{provider}{chosen(asked, person)}")
    except HTTPError as answer:
        return str(answer.headers["location"])
    raise AssertionError("the provider sends nobody back")


def _path(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def open_page(browser: Browser, server: Served, path: str = "/") -> Page:
    """Open a page in a browser of its own, as a stranger."""
    page = browser.new_context(viewport=WIDE, base_url=server.url).new_page()
    page.goto(path)
    return page


def come_as(browser: Browser, server: Served, person: str, path: str = "/") -> Page:
    """Open a page in a browser of its own, and sign in."""
    page = open_page(browser, server, path)
    choose_account(page, person)
    settle(page)
    return page


def choose_account(page: Page, person: str) -> None:
    """Go from the page that asks to the provider, and be somebody there."""
    page.locator("a.button").click()
    page.get_by_role("link", name=person, exact=True).click()
