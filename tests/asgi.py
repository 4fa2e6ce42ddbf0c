"""Asking an ASGI application in this process, without a server and without a socket."""

from dataclasses import dataclass

import anyio
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send


@dataclass(frozen=True)
class Answer:
    """What came back; status 101 is an opened websocket, 403 one that was not."""

    status: int
    headers: Headers
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


async def anything(scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG001
    """An application that answers everything, and opens every websocket."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.accept"})
        return
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"secret"})


def ask(
    app: ASGIApp,
    path: str = "/",
    method: str = "GET",
    body: bytes = b"",
    kind: str = "http",
    scheme: str = "http",
    **headers: str,
) -> Answer:
    """Ask once. A header's `_` stands for `-`; without `host` it is localhost."""
    path, _, query = path.partition("?")
    given = {"host": "localhost:8501", **{k.replace("_", "-"): v for k, v in headers.items()}}
    scope = {
        "type": kind,
        "http_version": "1.1",
        "method": method,
        "scheme": scheme,
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(k.encode(), v.encode()) for k, v in given.items() if v],
        "server": ("127.0.0.1", 8501),
        "client": ("192.0.2.7", 50000),
    }
    said: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        said.append(message)

    anyio.run(app, scope, receive, send)
    return _answer(said)


def _answer(said: list[Message]) -> Answer:
    start = said[0]
    if start["type"].startswith("websocket"):
        return Answer(101 if start["type"] == "websocket.accept" else 403, Headers(), b"")
    body = b"".join(message.get("body", b"") for message in said[1:])
    return Answer(start["status"], Headers(raw=start["headers"]), body)
