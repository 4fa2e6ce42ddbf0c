"""What a browser is told to refuse, on every answer of the server."""

import hashlib
import re
from base64 import b64encode

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)

PLAIN = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # an address opens a trace; stricter hides our own origin
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(),"
        " magnetometer=(), microphone=(), midi=(), payment=(), usb=(), clipboard-write=(self)"
    ),
}
"""On every answer that does not say otherwise itself."""

UNSAID = {"Cache-Control": "no-store"}
"""For answers that do not say how long they may be kept."""


def content_security_policy(page: str) -> str:
    """Allow what Streamlit's page does, and nothing from anywhere else.

    Streamlit's front end styles its elements one by one ('unsafe-inline' for styles, not for
    scripts), and loads the script of a component that an app wrote inline from a blob. The one
    script that stands in its page is allowed by its hash, read from the page itself. A library of
    its tries WebAssembly for long numbers, which can run no text as a script.

    Args:
        page: The text of Streamlit's page.
    """
    hashes = [f"'{fingerprint(s)}'" for s in _INLINE_SCRIPT.findall(page)]
    return policy(
        default="'none'",
        script=" ".join(["'self'", "blob:", "'wasm-unsafe-eval'", *hashes]),
        style="'self' 'unsafe-inline'",
        img="'self' data: blob:",
        font="'self' data:",
        connect="'self'",
        media="'self'",
        manifest="'self'",
        worker="'self' blob:",
    )


def policy(default: str, **sources: str) -> str:
    """Write a policy: what may be loaded from where; framing and foreign forms never."""
    fetched = [f"{kind}-src {allowed}" for kind, allowed in sources.items()]
    closed = [
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "object-src 'none'",
    ]
    return "; ".join([f"default-src {default}", *fetched, *closed])


def fingerprint(text: str) -> str:
    """The hash by which a policy allows a style or script that stands in a page."""
    return f"sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


class SecurityHeaders:
    """Puts the headers on every answer, refusals included; what an answer says itself stays."""

    def __init__(self, app: ASGIApp, policy: str) -> None:
        self._app = app
        self._headers = {**PLAIN, **UNSAID, "Content-Security-Policy": policy}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and the answer back with the headers."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)
