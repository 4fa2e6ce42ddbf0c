"""The gate: whom the server does not know gets the page that asks, and nothing else.

Here is what all gates share, and the form that asks for the passphrase.
"""

import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from urllib.parse import parse_qs, quote, urlsplit

from anyio import sleep
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from assessment.server.answers import refuse
from assessment.server.passphrase import LIFETIME, Keeper, Patience
from assessment.server.sign_in_page import sign_in_page, sign_in_policy

SIGN_IN = "/sign-in"
"""Where the passphrase is asked for."""

ACCOUNT = "/account"
"""Where people are asked to sign in with an account of theirs."""

LONGEST_FORM = 8192
"""Bytes. A passphrase and an address are shorter."""

LONGEST_ADDRESS = 2000

STRANGER = "Sign in first: open this server's address in a browser."

_log = logging.getLogger(__name__)

_CALM = 60
"""Seconds between two lines in the log about somebody who keeps guessing."""


class SignIn:
    """The form: shows itself, and remembers a browser that gave the right passphrase."""

    def __init__(self, keeper: Keeper, base: str, public_url: str | None) -> None:
        """Take who knows the passphrase, and where the app lives.

        Args:
            keeper: Knows it.
            base: The path under which the app lives; "" for the root.
            public_url: The address that people type where a proxy stands before the server.
        """
        self._keeper = keeper
        self._base = base
        self._public = urlsplit(public_url or "")
        self._patience = Patience()
        self._last_said = float("-inf")

    async def answer(self, request: Request) -> Response:
        """Show the form, or judge what was put into it."""
        if request.method == "POST":
            return await self._judged(request)
        onward = inside(self._base, request.query_params.get("next", ""))
        if is_known(self._keeper, request):
            return RedirectResponse(onward, 303)
        return self._form(onward)

    async def _judged(self, request: Request) -> Response:
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > LONGEST_FORM:
                return PlainTextResponse("This form is too long.\n", 413)
        given = parse_qs(body.decode("utf-8", errors="replace"), max_num_fields=None)
        onward = inside(self._base, given.get("next", [""])[0])
        if self._keeper.is_right(given.get("passphrase", [""])[0]):
            answer: Response = RedirectResponse(onward, 303)
            self._remember(request, answer)
            return answer
        async with self._waiting():
            return self._form(onward, is_wrong=True)

    def _form(self, onward: str, is_wrong: bool = False) -> Response:
        page = sign_in_page(f"{self._base}{SIGN_IN}", onward, is_wrong)
        headers = {"Content-Security-Policy": sign_in_policy(), "Cache-Control": "no-store"}
        return HTMLResponse(page, 403 if is_wrong else 200, headers)

    def _remember(self, request: Request, answer: Response) -> None:
        over_proxy = (
            self._public.scheme == "https" and self._public.netloc == request.headers["host"]
        )
        answer.set_cookie(
            self._keeper.cookie,
            self._keeper.sign(time.time()),
            max_age=LIFETIME,
            path=self._base or "/",
            secure=request.url.scheme == "https" or over_proxy,
            httponly=True,
            samesite="lax",
        )

    @asynccontextmanager
    async def _waiting(self) -> AsyncIterator[None]:
        now = time.monotonic()
        wait = self._patience.after_wrong(now)
        if wait >= self._patience.longest and now - self._last_said > _CALM:
            self._last_said = now
            _log.warning("Somebody keeps trying wrong passphrases.")
        self._patience.waiting += 1
        try:
            await sleep(wait)
            yield
        finally:
            self._patience.waiting -= 1


class Gate:
    """Lets a request through if its browser is known, or if it asks for what strangers may see."""

    def __init__(
        self,
        app: ASGIApp,
        knows: Callable[[HTTPConnection], bool],
        asks: str,
        for_strangers: frozenset[str],
    ) -> None:
        """Take what lies behind the gate.

        Args:
            app: It.
            knows: Whether the browser at the other end may come in.
            asks: The path of the page to which people are sent whom it does not know.
            for_strangers: The few paths that stand open; one that ends in "/" with all below it.
        """
        self._app = app
        self._knows = knows
        self._asks = asks
        self._for_strangers = for_strangers | {asks}
        self._open_below = tuple(path for path in for_strangers if path.endswith("/"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or send who made it to the page that asks."""
        if scope["type"] not in ("http", "websocket") or self._is_open(scope):
            await self._app(scope, receive, send)
        elif is_a_person(scope):
            onward = quote(_address(scope), safe="")
            response = RedirectResponse(f"{self._asks}?next={onward}", 303)
            response.headers["Cache-Control"] = "no-store"
            await response(scope, receive, send)
        else:
            await refuse(scope, receive, send, 401, STRANGER)

    def _is_open(self, scope: Scope) -> bool:
        path = scope["path"]
        stands_open = path in self._for_strangers or path.startswith(self._open_below)
        is_for_strangers = scope["type"] == "http" and stands_open
        return is_for_strangers or self._knows(HTTPConnection(scope))


def inside(base: str, address: str) -> str:
    """Give an address within this app: the given one, else the start page. Never another site.

    Args:
        base: The path under which the app lives; "" for the root.
        address: What a form or a cookie says, which may be anything.
    """
    home = f"{base}/"
    if not address.startswith(home) or len(address) > LONGEST_ADDRESS:
        return home
    leads_out = address.startswith(("//", f"{home}/")) or "\\" in address
    if leads_out or not address.isprintable():
        return home
    asks = {f"{base}{path}" for path in (SIGN_IN, ACCOUNT)}
    return home if urlsplit(address).path in asks else address


def is_known(keeper: Keeper, connection: HTTPConnection) -> bool:
    """Whether the browser at the other end gave the passphrase before."""
    return keeper.knows(connection.cookies.get(keeper.cookie, ""), time.time())


def is_a_person(scope: Scope) -> bool:
    """Whether somebody opens a page, who can be asked; not a script that fetches something."""
    headers = Headers(scope=scope)
    opens_a_page = headers.get("sec-fetch-mode", "navigate") == "navigate"
    wants_a_page = "text/html" in headers.get("accept", "")
    return scope["type"] == "http" and scope["method"] == "GET" and opens_a_page and wants_a_page


def _address(scope: Scope) -> str:
    path: bytes = scope.get("raw_path") or scope["path"].encode()
    query: bytes = scope["query_string"]
    return (path + (b"?" + query if query else b"")).decode("latin-1")[:LONGEST_ADDRESS]
