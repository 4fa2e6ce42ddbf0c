"""Streamlit's files go over the line compressed, each compressed once for as long as we run.

Streamlit leaves its static files as they are, and so they are most of what a browser waits for
on a slow line. Their names change with their content, so what was compressed stays true. The rest
(pages, JSON) is small and Starlette's own middleware sees to it; the websocket stays as it is.
"""

import gzip
from dataclasses import dataclass

from anyio import to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SMALLEST = 500
"""Bytes below which compressing saves nothing."""

LEVEL = 6
"""Level 9 takes three times as long for one part in a hundred less."""

_TEXT = ("text/", "application/javascript", "application/json", "image/svg+xml", "font/ttf")


@dataclass(frozen=True)
class _Packed:
    headers: dict[str, str]
    body: bytes


class CompressedFiles:
    """Serves files whose name changes with their content from memory, compressed."""

    def __init__(self, app: ASGIApp, folder: str) -> None:
        """Take what serves them, and the path under which they lie: `/static/`."""
        self._app = app
        self._folder = folder
        self._packed: dict[str, _Packed] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from memory, or let the file be served and keep it where it is worth it."""
        if not self._is_wanted(scope):
            await self._app(scope, receive, send)
            return
        path = scope["path"]
        if path not in self._packed:
            answer = _Answer()
            await self._app(scope, receive, answer.take)
            if not answer.is_lasting_text():
                await answer.send_on(send)
                return
            self._packed[path] = await to_thread.run_sync(answer.packed)
        kept = self._packed[path]
        await Response(kept.body, headers=kept.headers)(scope, receive, send)

    def _is_wanted(self, scope: Scope) -> bool:
        if scope["type"] != "http" or scope["method"] != "GET":
            return False
        headers = Headers(scope=scope)
        in_parts = (
            "range" in headers or "if-none-match" in headers or "if-modified-since" in headers
        )
        takes_gzip = "gzip" in headers.get("accept-encoding", "")
        return scope["path"].startswith(self._folder) and takes_gzip and not in_parts


class _Answer:
    """An answer that is held back until it is known whole."""

    def __init__(self) -> None:
        self._messages: list[Message] = []

    async def take(self, message: Message) -> None:
        self._messages.append(message)

    async def send_on(self, send: Send) -> None:
        for message in self._messages:
            await send(message)

    def is_lasting_text(self) -> bool:
        """Whether it is a whole file that never changes, of a kind that compresses well."""
        start = self._messages[0]
        headers = Headers(raw=start["headers"])
        return (
            start["status"] == 200
            and "immutable" in headers.get("cache-control", "")
            and headers.get("content-type", "").startswith(_TEXT)
            and "content-encoding" not in headers
        )

    def packed(self) -> _Packed:
        body = b"".join(m.get("body", b"") for m in self._messages[1:])
        small = gzip.compress(body, LEVEL, mtime=0)
        headers = MutableHeaders(raw=list(self._messages[0]["headers"]))
        del headers["content-length"]
        del headers["accept-ranges"]
        headers["Content-Encoding"] = "gzip"
        if etag := headers.get("etag"):
            headers["ETag"] = f"W/{etag.removeprefix('W/')}"
        headers.add_vary_header("Accept-Encoding")
        return _Packed(dict(headers), small)
