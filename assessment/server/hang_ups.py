"""A browser that goes away in the middle of an answer: what it sent last still counts."""

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

HELD_BACK = 2.0
"""Seconds after its last message in which Streamlit is not told yet that a browser has gone."""


class HangUps:
    """Keeps the end of a websocket from Streamlit until what came last has been dealt with.

    Streamlit stops a run when the line ends, even one that has not begun: whoever chose an answer
    and closed the tab in the same moment lost it. What a run says to a browser that has gone is
    dropped, as an error there would stop the run as well, and stand in the log like a fault.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Take what answers."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; a websocket by a line that ends late."""
        if scope["type"] == "websocket":
            line = _Line(receive, send)
            receive, send = line.receive, line.send
        await self._app(scope, receive, send)


class _Line:
    """What a websocket hears and says."""

    def __init__(self, receive: Receive, send: Send) -> None:
        self._receive = receive
        self._send = send
        self._heard: float | None = None
        self._is_gone = False

    async def receive(self) -> Message:
        message = await self._receive()
        now = asyncio.get_running_loop().time()
        if message["type"] == "websocket.receive":
            self._heard = now
        elif message["type"] == "websocket.disconnect":
            self._is_gone = True
            if self._heard is not None:
                await asyncio.sleep(self._heard + HELD_BACK - now)
        return message

    async def send(self, message: Message) -> None:
        if self._is_gone:
            return
        try:
            await self._send(message)
        except OSError:  # what ASGI servers raise where nobody listens any more
            self._is_gone = True
