"""Streamlit's page with two things said in it sooner, so that the first question stands sooner.

Streamlit's front end fetches the script of a radio or a button when the first of them comes over
the websocket, and the scripts that those need after that: three round trips in a row. The page
announces them, so that they come with all the others. And it finds its server by asking around,
first below the page's own path: `/trace/_stcore/health`. The page says where its server is.

Both are hints: where another Streamlit does not know them, the page works as it does without.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SHOWN_FIRST = ("BidiComponent", "Button", "Html", "PageLink", "Radio", "TextArea", "TextInput")
"""The parts of Streamlit's front end that our pages begin with and that it fetches when needed."""

_IMPORTED = re.compile(r"""(?:from|import)\s*["'`]\./([\w.-]+\.js)["'`]""")
_HEAD_ENDS = "</head>"


def with_hints(page: str, scripts: Path, base: str) -> str:
    """Write the page.

    Args:
        page: Streamlit's own.
        scripts: The folder of the front end's scripts.
        base: The path under which the app lives, "" for the root.
    """
    announced = [name for name in _needed(scripts) if name not in page]
    links = "".join(
        f'<link rel="modulepreload" crossorigin href="./static/js/{name}">\n' for name in announced
    )
    hints = f"<script>{_where_the_server_is(base)}</script>\n{links}"
    return page.replace(_HEAD_ENDS, f"{hints}{_HEAD_ENDS}", 1)


def _where_the_server_is(base: str) -> str:
    """Say it in the way of hosts that put Streamlit's page into their own.

    With the answer to `_stcore/host-config` said as well, the front end opens its websocket
    without asking for it first.
    """
    path = json.dumps(f"{base}/")
    return (
        f"window.__streamlit={{BACKEND_BASE_URL:location.origin+{path},"
        "HOST_CONFIG:{allowedOrigins:[location.origin],useExternalAuthToken:false}}"
    )


def _needed(scripts: Path) -> Iterator[str]:
    """The scripts of the parts shown first and all that these import, each once."""
    ahead = [path.name for part in SHOWN_FIRST for path in scripts.glob(f"{part}.*.js")]
    seen = set(ahead)
    for name in ahead:  # which grows meanwhile
        yield name
        text = (scripts / name).read_text(encoding="utf-8")
        found = [one for one in _IMPORTED.findall(text) if one not in seen]
        seen.update(found)
        ahead.extend(dict.fromkeys(found))


class PageWithHints:
    """Gives Streamlit's page with the hints wherever Streamlit would give it as it is."""

    def __init__(self, app: ASGIApp, plain: str, hinted: str) -> None:
        """Take the application, its page, and the page to give instead."""
        self._app = app
        self._plain = plain.encode()
        self._hinted = hinted.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and the answer back; a web page is held back and looked at."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        held: list[Message] = []

        async def look(message: Message) -> None:
            if not held and not _starts_a_web_page(message):
                await send(message)
                return
            held.append(message)
            if message["type"] == "http.response.body" and not message.get("more_body"):
                for one in self._instead(held):
                    await send(one)

        # Streamlit would compress its page; compressing is done around us.
        headers = [one for one in scope["headers"] if one[0] != b"accept-encoding"]
        await self._app({**scope, "headers": headers}, receive, look)

    def _instead(self, answer: list[Message]) -> list[Message]:
        start, *parts = answer
        if b"".join(part.get("body", b"") for part in parts) != self._plain:
            return answer
        headers = MutableHeaders(scope=start)
        headers["Content-Length"] = str(len(self._hinted))
        for name in ("ETag", "Last-Modified", "Accept-Ranges"):  # they are of the other text
            del headers[name]
        return [start, {"type": "http.response.body", "body": self._hinted}]


def _starts_a_web_page(message: Message) -> bool:
    if message["type"] != "http.response.start":
        return False
    return Headers(raw=message["headers"]).get("content-type", "").startswith("text/html")
