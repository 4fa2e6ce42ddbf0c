"""Connections over which no request comes are let go; uvicorn itself would keep them for ever.

Browsers open connections ahead of need, and a phone that leaves the Wi-Fi never closes them.
Whoever means harm opens hundreds and sends nothing, or one byte now and then. A proxy guards
against both; in a meeting room there is none.
"""

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_WITHIN = 20.0
"""Seconds in which the head of a request must have come, from its connection or first byte on."""


class PromptRequests(H11Protocol):
    """uvicorn's way of speaking HTTP, with an end to waiting for a request."""

    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a new connection; the time for its first request begins."""
        super().connection_made(transport)
        self._watch()

    def data_received(self, data: bytes) -> None:
        """Take what came, and see whether the head of a request is still missing."""
        super().data_received(data)
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        super().connection_lost(exc)
        self._stop()

    def _watch(self) -> None:
        """Start the clock where a head is awaited; more of it does not start it anew."""
        is_websocket = self.transport.get_protocol() is not self
        if is_websocket or self.conn.their_state is not h11.IDLE:
            self._stop()
        elif self._deadline is None:
            self._deadline = self.loop.call_later(HEAD_WITHIN, self.transport.abort)

    def _stop(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
