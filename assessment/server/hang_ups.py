"""A browser that goes away in the middle of an answer is no fault, and is not logged as one."""

from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketDisconnected


class HangUps:
    """Ends a websocket quietly whose other end is gone.

    Streamlit's loop takes the closed line for a wrong kind of message, wants to close it once more,
    and the exception of that would stand in the log like a fault of ours.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Take what answers."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        try:
            await self._app(scope, receive, send)
        except WebSocketDisconnected:
            if scope["type"] != "websocket":
                raise
