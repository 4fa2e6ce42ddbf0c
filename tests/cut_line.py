"""A line between a browser and a server that can be cut at any moment."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress


class Line:
    """Passes everything on in both directions, until it is cut."""

    def __init__(self, server: int) -> None:
        self._server = server
        self._ends: list[asyncio.StreamWriter] = []
        self.port = 0
        """Where the browser connects."""

    def cut(self) -> None:
        """Break all connections without a word, as a lost network does; new ones work."""
        for end in self._ends:
            end.transport.abort()
        self._ends.clear()

    async def connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Take a connection of a browser on to the server."""
        there, back = await asyncio.open_connection("127.0.0.1", self._server)
        self._ends += [writer, back]
        await asyncio.gather(_pass_on(reader, back), _pass_on(there, writer))


async def _pass_on(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while content := await source.read(1 << 16):
            target.write(content)
            await target.drain()
    with suppress(OSError):
        target.close()


@asynccontextmanager
async def line_to(server: int) -> AsyncIterator[Line]:
    """Open a line to the server on a port of this computer."""
    line = Line(server)
    listening = await asyncio.start_server(line.connect, "127.0.0.1", 0)
    line.port = listening.sockets[0].getsockname()[1]
    try:
        yield line
    finally:
        line.cut()
        listening.close()
        await listening.wait_closed()
