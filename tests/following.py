"""A tab that follows by itself, as the room and control screens do: their parts ask again on time.

Streamlit tells a browser which part of a page to ask for again and how often; a browser then does
so for as long as the page is shown. So does this tab.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from time import perf_counter

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect

from tests.protocol import PATIENCE, Tab


class Follower(Tab):
    """A tab whose parts are asked for again and again.

    Attributes:
        shown: What it showed whenever it was whole, and when, as `perf_counter` counts.
    """

    _changed: asyncio.Event
    _timers: dict[str, asyncio.Task[None]]
    shown: list[tuple[float, str]]

    async def follow(self) -> None:
        """Take in what comes, and ask again when it is time, until it is cancelled."""
        self._changed, self._timers, self.shown = asyncio.Event(), {}, []
        try:
            await self.send()
            while True:
                await self.settle()
                self.shown.append((perf_counter(), self.words))
                self._changed.set()
        finally:
            self._stop()

    async def shows(self, text: str, since: float) -> float:
        """Wait until it shows a text; gives how many seconds after a moment that was."""
        async with asyncio.timeout(PATIENCE):
            while True:
                for at, words in self.shown:
                    if at >= since and text in words:
                        return at - since
                self._changed.clear()
                await self._changed.wait()

    def _take(self, message: ForwardMsg) -> bool:
        if message.HasField("auto_rerun"):
            asked = message.auto_rerun
            again = self._again(asked.fragment_id, asked.interval)
            self._timers[asked.fragment_id] = asyncio.ensure_future(again)
        if message.HasField("new_session") and not message.metadata.run.fragment_ids:
            self._stop()
        return super()._take(message)

    async def _again(self, fragment: str, interval: float) -> None:
        while True:
            await asyncio.sleep(interval)
            message = BackMsg()
            state = message.rerun_script
            state.query_string, state.page_script_hash = self._query, self._page_hash
            state.fragment_id, state.is_auto_rerun = fragment, True
            state.widget_states.widgets.extend(self._states.values())
            state.cached_message_hashes.extend(self._seen)
            await self._socket.send(message.SerializeToString())

    def _stop(self) -> None:
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()


@asynccontextmanager
async def following(port: int, page: str, query: Mapping[str, str]) -> AsyncIterator[Follower]:
    """Open a tab at a page of the server on this computer, and let it follow."""
    url = f"ws://127.0.0.1:{port}/_stcore/stream"
    async with connect(
        url,
        subprotocols=["streamlit"],  # type: ignore[list-item]
        max_size=None,
        open_timeout=PATIENCE,
        ping_interval=None,
        compression=None,
    ) as socket:
        tab = Follower(socket, page, query)
        task = asyncio.create_task(tab.follow())
        yield tab
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
