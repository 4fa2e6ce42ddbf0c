"""Who opens a connection and sends no request is let go; who works slowly is not."""

import asyncio
import socket
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from assessment.server import slow_clients
from tests.served import UPGRADE

PATIENCE = 0.4
LONGER = 3 * PATIENCE


async def _slow(request: Request) -> PlainTextResponse:
    await request.body()
    await asyncio.sleep(LONGER)
    return PlainTextResponse("done")


async def _quick(_: Request) -> PlainTextResponse:
    return PlainTextResponse("done")


async def _silent(websocket: WebSocket) -> None:
    await websocket.accept()
    await asyncio.sleep(LONGER)
    await websocket.send_text("still here")
    await websocket.receive_text()


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    monkeypatch.setattr(slow_clients, "HEAD_WITHIN", PATIENCE)
    routes = [
        Route("/", _quick),
        Route("/slow", _slow, methods=["GET", "POST"]),
        WebSocketRoute("/ws", _silent),
    ]
    config = uvicorn.Config(
        Starlette(routes=routes),
        http=slow_clients.PromptRequests,
        ws="websockets-sansio",
        log_config=None,
        lifespan="off",
    )
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield listening.getsockname()[1]
        finally:
            server.should_exit = server.force_exit = True
            thread.join()


def connected(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=20)


def answer(line: socket.socket) -> bytes:
    received = b""
    while not received.endswith(b"done"):
        more = line.recv(1000)
        assert more, received
        received += more
    return received


def drip(line: socket.socket, message: bytes) -> None:
    for byte in message:
        line.sendall(bytes([byte]))
        time.sleep(PATIENCE / 4)


def is_cut(line: socket.socket) -> bool:
    try:
        return line.recv(1000) == b""
    except ConnectionResetError:
        return True


def head(path: str, method: str = "GET", **more: str) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in more.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def test_a_connection_over_which_nothing_comes_is_cut(port: int) -> None:
    with connected(port) as line:
        assert is_cut(line)


def test_a_head_that_comes_drop_by_drop_is_cut(port: int) -> None:
    with connected(port) as line, pytest.raises(ConnectionError):
        drip(line, b"GET / HTTP/1.1\r\nHost: " + b"x" * 100)


def test_the_second_request_of_a_connection_has_no_more_time(port: int) -> None:
    with connected(port) as line:
        line.sendall(head("/"))
        assert answer(line).endswith(b"done")
        line.sendall(b"GET / HT")
        assert is_cut(line)


def test_a_slow_answer_and_a_slow_body_are_waited_for(port: int) -> None:
    with connected(port) as line:
        line.sendall(head("/slow", "POST", Content_Length="2") + b"a")
        time.sleep(LONGER)
        line.sendall(b"b")
        assert answer(line).endswith(b"done")


def test_a_silent_websocket_stays_open(port: int) -> None:
    with connected(port) as line:
        line.sendall(head("/ws", **UPGRADE))
        received = line.recv(1000)
        assert b" 101 " in received
        while b"still here" not in received:
            more = line.recv(1000)
            assert more, received
            received += more
