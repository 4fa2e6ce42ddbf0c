"""Short answers of our own, to requests that go no further."""

from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

POLICY_VIOLATION = 1008
"""Why a websocket is closed: RFC 6455, 7.4.1. Before it is open the browser sees status 403."""


async def refuse(scope: Scope, receive: Receive, send: Send, status: int, why: str) -> None:
    """Answer a request with one plain sentence, and do not open a websocket."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": POLICY_VIOLATION, "reason": ""})
        return
    await PlainTextResponse(f"{why}\n", status)(scope, receive, send)
