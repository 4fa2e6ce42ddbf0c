"""Signing in with an account of one's own, by OpenID Connect.

Streamlit asks the provider (with Authlib) and keeps what it said in a signed cookie, from which it
makes `st.user`. Here stands what it needs for that, and the gate before it: without such a cookie,
of somebody who may come in, nothing of Streamlit is reached, neither pages nor websocket.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.auth_util import get_cookie_with_chunks
from streamlit.runtime.secrets import secrets_singleton
from streamlit.user_info import generate_login_redirect_url
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import (
    decode_signed_value,
    generate_xsrf_token_string,
)
from streamlit.web.server.starlette.starlette_server_config import (
    USER_COOKIE_NAME,
    XSRF_COOKIE_NAME,
)

from assessment.pages import identity
from assessment.pages.identity import Person, SigningIn
from assessment.server.gate import ACCOUNT, Gate, inside, is_a_person
from assessment.server.passphrase import LIFETIME
from assessment.server.sign_in_page import account_page, sign_in_policy
from assessment.settings import Settings

GO = f"{ACCOUNT}/go"
"""Where the button of the page leads."""

LOGIN, LOGOUT, CALLBACK = "/auth/login", "/auth/logout", "/oauth2callback"
"""Streamlit's own paths, by which people go to the provider and come back."""

ONWARD = "coordination_audit_onward"
"""The cookie that remembers what somebody came for while they are at the provider's."""

ONWARD_LASTS = 600
"""Seconds that somebody may take to sign in there."""

_LABEL = b"coordination-audit cookie 1"


def prepare(settings: Settings, client_secret: str, address: str) -> None:
    """Tell Streamlit and the pages that people sign in; before the application is made.

    The key that signs cookies comes from the client's secret, so that servers with the same
    settings know the same people, also after a restart.

    Args:
        settings: They name a provider.
        client_secret: What proves to it that this is the server that it knows.
        address: What people type into their browser.
    """
    key = hmac.new(client_secret.encode(), _LABEL, hashlib.sha256).hexdigest()
    secrets_singleton.merge_programmatic_secrets(
        {
            "auth": {
                "redirect_uri": f"{address}{CALLBACK}",
                "cookie_secret": key,
                "client_id": settings.oidc_client_id or "",
                "client_secret": client_secret,
                "server_metadata_url": settings.oidc_metadata_url or "",
            }
        }
    )
    provider = settings.oidc_provider or ""
    identity.signing_in = SigningIn(provider, address, settings.oidc_allowed)


class Accounts:
    """Reads who somebody is from the cookie that Streamlit signed when they signed in."""

    def __init__(self, signing_in: SigningIn) -> None:
        self.signing_in = signing_in
        parts = urlsplit(signing_in.address)
        self._origin = f"{parts.scheme}://{parts.netloc}"

    def knows(self, connection: HTTPConnection) -> bool:
        """Whether the browser at the other end is somebody's who may come in."""
        return self.person(connection) is not None

    def person(self, connection: HTTPConnection) -> Person | None:
        """Say whose browser it is; None for nobody, or for somebody who may not come in."""
        claims = self.claims(connection)
        return None if claims is None else self.signing_in.person(claims)

    def claims(self, connection: HTTPConnection) -> Mapping[str, Any] | None:
        """What the provider said when this browser signed in; None where it did not, or long ago.

        Streamlit takes a cookie for a month. Somebody who left should not come in for so long.
        """
        key, days = get_cookie_secret(), LIFETIME / (24 * 60 * 60)

        def signed(name: str) -> bytes | None:
            kept = connection.cookies.get(name, "").encode("latin-1", "replace")
            return decode_signed_value(key, name, kept, days)

        kept = get_cookie_with_chunks(signed, USER_COOKIE_NAME)
        try:
            claims = json.loads(kept) if kept else None
        except ValueError:
            return None
        if not isinstance(claims, dict) or claims.get("origin") != self._origin:
            return None
        return claims if claims.get("is_logged_in") is True else None


class AccountPage:
    """The page that asks people to sign in, and the way from it to the provider."""

    def __init__(self, accounts: Accounts, base: str) -> None:
        """Take who knows people, and the path under which the app lives; "" for the root."""
        self._accounts = accounts
        self._base = base

    async def answer(self, request: Request) -> Response:
        """Show the page; whoever is in already is sent on."""
        onward = inside(self._base, request.query_params.get("next", ""))
        if self._accounts.knows(request):
            return RedirectResponse(onward, 303)
        claims = self._accounts.claims(request)
        refused = None if claims is None else identity.email_of(claims)
        how = self._accounts.signing_in
        go = f"{how.address}{GO}?next={quote(onward, safe='')}"  # people come back to that address
        has_tried = refused is None and ONWARD in request.cookies
        page = account_page(go, identity.asking(how, refused), has_tried)
        headers = {"Content-Security-Policy": sign_in_policy(), "Cache-Control": "no-store"}
        return HTMLResponse(page, 200 if refused is None else 403, headers)

    async def go(self, request: Request) -> Response:
        """Remember what somebody came for, and send them to the provider."""
        onward = inside(self._base, request.query_params.get("next", ""))
        answer = RedirectResponse(generate_login_redirect_url("default"), 303)
        answer.set_cookie(
            ONWARD,
            quote(onward, safe=""),
            max_age=ONWARD_LASTS,
            path=self._base or "/",
            httponly=True,
            samesite="lax",
        )
        return answer


class AccountGate(Gate):
    """The gate for people: it also sees to their way to the provider and back."""

    def __init__(
        self, app: ASGIApp, accounts: Accounts, base: str, for_strangers: frozenset[str]
    ) -> None:
        """Take what lies behind it, who knows people, where the app lives, and what stands open."""
        ways = frozenset(f"{base}{path}" for path in (GO, LOGIN, LOGOUT, CALLBACK))
        super().__init__(app, accounts.knows, f"{base}{ACCOUNT}", for_strangers | ways)
        self._base = base
        self._is_https = accounts.signing_in.address.startswith("https:")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send on who just came back from the provider; else as every gate."""
        if scope["type"] != "http":
            await super().__call__(scope, receive, send)
            return
        if onward := self._onward(scope):
            answer = RedirectResponse(inside(self._base, onward), 303)
            answer.delete_cookie(ONWARD, path=self._base or "/")
            await answer(scope, receive, send)
            return
        if scope["path"] == f"{self._base}{LOGIN}":
            send = _SentBack(f"{self._base}{ACCOUNT}", send)
        await super().__call__(scope, receive, self._with_cookies(scope, send))

    def _onward(self, scope: Scope) -> str:
        """What somebody came for before they signed in; "" where they are not just back."""
        if scope["path"] != f"{self._base}/" or scope["query_string"] or not is_a_person(scope):
            return ""
        connection = HTTPConnection(scope)
        kept = connection.cookies.get(ONWARD, "")
        return unquote(kept) if kept and self._knows(connection) else ""

    def _with_cookies(self, scope: Scope, send: Send) -> Send:
        """See to Streamlit's cookies.

        It gives a browser its token against forged requests (XSRF) with two answers at once, which
        overwrite one another; a websocket that is opened between the two is nobody's. So the page
        itself brings one. And it lets its cookies go over plain http; where people come by https
        they do not.
        """
        connection = HTTPConnection(scope)
        lacks_token = is_a_person(scope) and XSRF_COOKIE_NAME not in connection.cookies
        brings_token = lacks_token and self._knows(connection)

        async def send_with_cookies(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = list(message["headers"])
                if brings_token:
                    token = f"{XSRF_COOKIE_NAME}={generate_xsrf_token_string()}"
                    headers.append((b"set-cookie", f"{token}; Path=/; SameSite=Lax".encode()))
                message["headers"] = [self._secured(*header) for header in headers]
            await send(message)

        return send_with_cookies

    def _secured(self, name: bytes, value: bytes) -> tuple[bytes, bytes]:
        is_open = name.lower() == b"set-cookie" and b"; secure" not in value.lower()
        return name, value + b"; Secure" if is_open and self._is_https else value


class _SentBack:
    """Sends somebody back to the page where the provider cannot be reached, which says so."""

    def __init__(self, page: str, send: Send) -> None:
        self._page = page
        self._send = send
        self._failed = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] >= 400:
            self._failed = True
            headers = [(b"location", self._page.encode()), (b"content-length", b"0")]
            message = {"type": message["type"], "status": 303, "headers": headers}
        elif self._failed:
            message = {"type": message["type"], "body": b""}
        await self._send(message)
