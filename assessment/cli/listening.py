"""Where the server listens, and the browser that is opened when it does."""

import errno
import os
import socket
import sys
import threading
import time
import webbrowser
from urllib.parse import urlsplit

import typer

from assessment.cli.terminal import complain

FIRST_PORT = 8501
PORTS_TRIED = 50
PATIENCE = 30
"""Seconds after which the browser is opened no more."""


def listen(host: str, wanted: int | None) -> socket.socket:
    """Take the port that was asked for, else the first that is free.

    Args:
        host: A name or number of this computer.
        wanted: 1..65535, or None.

    Raises:
        typer.Exit: There is none; why was said.
    """
    for port in [wanted] if wanted else range(FIRST_PORT, FIRST_PORT + PORTS_TRIED):
        try:
            return bind(host, port)
        except OSError as error:
            if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
                complain(f"{host} is no address of this computer; leave the host out.", fg="red")
                raise typer.Exit(1) from None
            if wanted is not None:
                complain(f"Port {port} is taken or not allowed; name another --port.", fg="red")
    if wanted is None:
        complain(f"No port from {FIRST_PORT} on is free; name another with --port.", fg="red")
    raise typer.Exit(1)


def bind(host: str, port: int) -> socket.socket:
    """Take a port of this computer.

    Raises:
        OSError: It is taken or not allowed, or the host is no address of this computer.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Said to be TCP, or asyncio leaves Nagle's algorithm on, and answers wait 40 ms for the ACK.
    bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name != "nt":  # there it would let two programs have one port
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if bound.family == socket.AF_INET6:  # "::" is every address, of the older kind as well
            bound.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        bound.bind((host, port))
    except BaseException:
        bound.close()
        raise
    return bound


def is_everywhere(host: str) -> bool:
    """Whether a host stands for every address of this computer."""
    return host in ("0.0.0.0", "::")  # noqa: S104 - compared, not listened on


def address_to_open(host: str, port: int) -> str:
    """Say how this computer reaches itself."""
    name = "localhost" if is_everywhere(host) else f"[{host}]" if ":" in host else host
    return f"http://{name}:{port}"


def open_browser(here: str, url: str) -> None:
    """Open an address as soon as the server answers, where there is a screen to open it on.

    Args:
        here: How this computer reaches the server.
        url: What the browser is to show.
    """
    if _has_screen():
        threading.Thread(target=open_when_up, args=(here, url), daemon=True).start()


def _has_screen() -> bool:
    """Whether there is anything to open a browser on; without, a text browser would take over."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def open_when_up(here: str, url: str) -> None:
    """Wait until the server answers, and open an address in the browser."""
    there = urlsplit(here)
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            socket.create_connection((there.hostname or "", there.port or 0), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            webbrowser.open(url)
            return
