"""A browser that goes away in the middle of an answer leaves no fault in the log."""

import pytest
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketDisconnected

from assessment.server.hang_ups import HangUps
from tests.asgi import anything, ask


async def gone(scope: Scope, receive: Receive, send: Send) -> None:
    await anything(scope, receive, send)
    raise WebSocketDisconnected


async def broken(scope: Scope, receive: Receive, send: Send) -> None:
    await anything(scope, receive, send)
    raise TypeError


def test_a_websocket_that_was_cut_ends_quietly() -> None:
    assert ask(HangUps(gone), kind="websocket").status == 101


@pytest.mark.parametrize(
    ("app", "kind", "error"),
    [(broken, "websocket", TypeError), (gone, "http", WebSocketDisconnected)],
)
def test_every_other_fault_is_told(app: ASGIApp, kind: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        ask(HangUps(app), kind=kind)
