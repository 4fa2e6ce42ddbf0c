"""`serve`: the web app, on this computer."""

import errno
import ipaddress
import os
import socket
import sys
import threading
import time
import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from assessment.cli.terminal import complain, say

EXAMPLE = "Example: coordination-audit serve --port 8600 --no-browser"

APP = Path(__file__).resolve().parents[2] / "app.py"

FIRST_PORT = 8501
PORTS_TRIED = 50
PATIENCE = 30
"""Seconds after which the browser is opened no more."""


def run(
    port: Annotated[
        int | None,
        typer.Option(min=1, max=65535, help=f"Else {FIRST_PORT}, or the next that is free."),
    ] = None,
    host: Annotated[
        str, typer.Option(help="Where to listen; 0.0.0.0 lets other computers in.")
    ] = "localhost",
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Do not open the browser.")
    ] = False,
) -> None:
    """Start the web app and open it in the browser."""
    place = _prepared_database()
    chosen = _free_port(host, port)
    url = f"http://{_address_to_open(host)}:{chosen}"
    say(f"The coordination audit listens on {url}")
    say(f"Traces are stored in {place}")
    say("Ctrl-C stops it.")
    if not _is_this_computer(host):
        complain(
            f"Warning: everybody who can reach {host}:{chosen} can read and change traces."
            " There is no passphrase yet; use it only in a network that you trust.",
            fg="yellow",
        )
    sys.stdout.flush()
    if not no_browser and _has_screen():
        threading.Thread(target=_open_when_up, args=(host, chosen, url), daemon=True).start()
    _serve(host, chosen)


def _prepared_database() -> str:
    """Open and upgrade the database before anybody waits for a page; gives its place."""
    from assessment.store.database import database_url, open_database  # noqa: PLC0415 - slow
    from assessment.store.errors import StoreUnavailable  # noqa: PLC0415
    from assessment.store.migrate import migrate  # noqa: PLC0415

    try:
        database = open_database(database_url(os.environ))
        try:
            migrate(database)
        finally:
            database.close()
    except StoreUnavailable as error:
        complain(str(error), fg="red")
        raise typer.Exit(1) from None
    return database.place


def _free_port(host: str, wanted: int | None) -> int:
    """The port that was asked for, else the first that is free."""
    for port in [wanted] if wanted else range(FIRST_PORT, FIRST_PORT + PORTS_TRIED):
        try:
            _try_to_bind(host, port)
        except OSError as error:
            if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
                complain(f"{host} is no address of this computer; leave --host out.", fg="red")
                raise typer.Exit(1) from None
            if wanted is not None:
                complain(f"Port {port} is taken or not allowed; name another --port.", fg="red")
        else:
            return port
    if wanted is None:
        complain(f"No port from {FIRST_PORT} on is free; name another with --port.", fg="red")
    raise typer.Exit(1)


def _try_to_bind(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as trial:
        if os.name != "nt":  # there it would let two programs have one port
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        trial.bind((host, port))


def _address_to_open(host: str) -> str:
    if host in ("0.0.0.0", "::"):  # noqa: S104 - compared, not listened on
        return "localhost"
    return f"[{host}]" if ":" in host else host


def _is_this_computer(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _has_screen() -> bool:
    """Whether there is anything to open a browser on; without, a text browser would take over."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _open_when_up(host: str, port: int, url: str) -> None:
    here = _address_to_open(host).strip("[]")
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            socket.create_connection((here, port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            webbrowser.open(url)
            return


def _serve(host: str, port: int) -> None:
    """Run Streamlit in this process until somebody stops it."""
    from streamlit.web.cli import main as streamlit  # noqa: PLC0415 - slow

    options = {
        "server.address": host,
        "server.port": port,
        "server.headless": "true",  # we open the browser; Streamlit would ask for an e-mail first
        "browser.gatherUsageStats": "false",
        "logger.hideWelcomeMessage": "true",
        "logger.level": "warning",
        "runner.postScriptGC": "false",  # collecting after every run makes everybody wait
    }
    flags = [f"--{name}={value}" for name, value in options.items()]
    try:
        streamlit(["run", str(APP), *flags], prog_name="streamlit", standalone_mode=False)
    except KeyboardInterrupt:
        return
