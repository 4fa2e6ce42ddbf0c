"""Only requests that were meant for this server, made by its own pages.

Two things are stopped here. A page of somebody else, open in the same browser, may not talk to this
server: its requests carry its own origin. (Streamlit alone would ask a machine outside for our
public address before it said no.) And while the app is open to this computer alone, without a
passphrase, a name that somebody pointed at this computer opens nothing (DNS rebinding), nor does a
proxy that would let strangers in.
"""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from assessment.server.answers import refuse

THIS_COMPUTER = frozenset({"localhost", "127.0.0.1", "::1"})

PROXIED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip")

WRONG_HOST = (
    "This server answers on this computer only, at localhost. To let others in, start it with"
    " coordination-audit serve --host, or give it a public_url."
)
PROXY = (
    "This server is open to this computer only, and a proxy passed this request on. Give it a"
    " public_url or a passphrase, then it can stand behind a proxy."
)
FOREIGN = (
    "This request comes from a page of another site. Behind a proxy, pass the Host header on, or"
    " give the server its public_url."
)
NO_HOST = "This request names no host, or several."


class OwnPagesOnly:
    """Refuses what comes from other sites, and under other names where only some are ours."""

    def __init__(self, app: ASGIApp, public_url: str | None, hosts: frozenset[str] | None) -> None:
        """Take what the server is called.

        Args:
            app: What answers the rest.
            public_url: The address that people type where a proxy stands before the server.
            hosts: The only names that it answers to, without port; None where any will do, because
                a passphrase protects it.
        """
        self._app = app
        self._public = _origin(public_url) if public_url else None
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on or refuse it."""
        if scope["type"] in ("http", "websocket") and (trouble := self._trouble(scope)):
            await refuse(scope, receive, send, *trouble)
        else:
            await self._app(scope, receive, send)

    def _trouble(self, scope: Scope) -> tuple[int, str] | None:
        headers = Headers(scope=scope)
        named = headers.getlist("host")
        if len(named) != 1:
            return 400, NO_HOST
        if self._hosts is not None:
            if _host_name(named[0]) not in self._hosts:
                return 421, WRONG_HOST
            if any(name in headers for name in PROXIED):
                return 403, PROXY
        if any(not self._is_own(origin, named[0]) for origin in headers.getlist("origin")):
            return 403, FOREIGN
        return None

    def _is_own(self, origin: str, host: str) -> bool:
        given = _origin(origin)
        if given is None:
            return False
        return given == self._public or given[1] == host.strip().lower()


def _host_name(host: str) -> str | None:
    """The name in a Host header, without its port; None where it is more than a name."""
    try:
        parts = urlsplit(f"//{host}")
        is_plain = parts.netloc == host and parts.username is None and parts.port != 0
    except ValueError:
        return None
    return (parts.hostname or "").rstrip(".") if is_plain else None


def _origin(url: str) -> tuple[str, str] | None:
    """Scheme, and host with port; None where a text is no address of a site."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return (parts.scheme, parts.netloc.lower()) if parts.scheme and parts.netloc else None
