"""A browser that goes away in the middle of an answer: what it sent last still counts."""

import asyncio
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from secrets import token_urlsafe

import pytest
from starlette.types import Message, Receive, Scope, Send
from streamlit.proto.WidgetStates_pb2 import WidgetState

from assessment.pages.saving import key_of
from assessment.server import hang_ups
from assessment.server.hang_ups import HangUps
from assessment.store.database import open_database
from assessment.store.migrate import migrate
from assessment.store.traces import TraceStore
from tests.people import OPTIONS, QUESTIONS, address_of, begun, chosen
from tests.protocol import open_tab
from tests.served import Served

WEBSOCKET: Scope = {"type": "websocket"}
ANSWER: Message = {"type": "websocket.receive", "bytes": b"an answer"}
GONE: Message = {"type": "websocket.disconnect", "code": 1001}
FIRST = QUESTIONS[0].id
TABS = 10


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Served]:
    running = Served(tmp_path)
    running.start()
    yield running
    running.kill()
    assert running.faults == []


@pytest.fixture
def store(server: Served) -> Iterator[TraceStore]:
    """The database of the server, seen from beside it."""
    database = open_database(server._database)
    migrate(database)
    yield TraceStore(database)
    database.close()


def held_back(*said: Message) -> float:
    """Seconds that pass until the application has heard all of this, and that the line is gone."""
    taken = 0.0

    async def hear(_scope: Scope, receive: Receive, send: Send) -> None:
        nonlocal taken
        clock = asyncio.get_running_loop().time
        begin = clock()
        while (await receive())["type"] != GONE["type"]:
            pass
        await send({"type": "websocket.send", "bytes": b"to nobody"})
        taken = clock() - begin

    asyncio.run(_ask(hear, *said))
    return taken


async def _ask(app: object, *said: Message) -> None:
    coming = iter([*said, GONE])

    async def receive() -> Message:
        return next(coming)

    async def send(_message: Message) -> None:
        raise OSError

    await HangUps(app)(WEBSOCKET, receive, send)  # type: ignore[arg-type]


def test_the_end_of_a_line_waits_for_what_was_said_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hang_ups, "HELD_BACK", 0.2)
    assert held_back(ANSWER) >= 0.2


def test_a_line_that_was_silent_ends_at_once() -> None:
    assert held_back() < hang_ups.HELD_BACK


def test_what_is_said_to_nobody_is_no_fault() -> None:
    async def speak(_scope: Scope, _receive: Receive, send: Send) -> None:
        for _ in range(2):
            await send({"type": "websocket.send", "bytes": b"to nobody"})

    asyncio.run(_ask(speak))


def test_every_other_fault_is_told() -> None:
    async def broken(_scope: Scope, _receive: Receive, _send: Send) -> None:
        raise TypeError

    with pytest.raises(TypeError):
        asyncio.run(_ask(broken))


@pytest.mark.slow
def test_a_tab_that_closes_before_the_answer_is_confirmed_has_given_it(
    server: Served, store: TraceStore
) -> None:
    """The server stands still meanwhile, so that it learns of the answer and the end at once."""
    option = list(OPTIONS[FIRST])[1]

    async def close_at_once(trace: str) -> None:
        async with open_tab(server.port, "trace", address_of(trace)) as tab:
            widget = tab.widget("radio", key_of(trace, FIRST, "option"))
            os.kill(server.pid, signal.SIGSTOP)
            await tab.send(WidgetState(id=widget.id, string_value=OPTIONS[FIRST][option]))
            asyncio.get_running_loop().call_later(0.2, os.kill, server.pid, signal.SIGCONT)
        async with open_tab(server.port, "trace", address_of(trace)) as tab:
            for _ in range(50):
                if chosen(tab, trace, FIRST) == option:
                    break
                await asyncio.sleep(0.1)
                await tab.run()
            assert chosen(tab, trace, FIRST) == option
            assert tab.mark.startswith("Saved today")
        assert store.load(trace).trace.answer(FIRST).option == option

    for _ in range(TABS):
        asyncio.run(close_at_once(begun(store, token_urlsafe(16))))
