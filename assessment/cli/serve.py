"""`serve`: the web app, on this computer or, behind a passphrase, for others too."""

import errno
import os
import socket
import sys
import threading
import time
import webbrowser
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assessment.cli.terminal import complain, harmless, say

if TYPE_CHECKING:
    from assessment.settings import Settings
    from assessment.store.database import Database

EXAMPLE = "Example: coordination-audit serve --port 8600 --no-browser"

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
        str | None,
        typer.Option(
            help="Where to listen, else localhost; 0.0.0.0 lets other computers in, who are then"
            " asked for a passphrase."
        ),
    ] = None,
    passphrase_file: Annotated[
        Path | None,
        typer.Option(
            help="Its first line is the passphrase; else COORDINATION_AUDIT_PASSPHRASE,"
            " or one is made."
        ),
    ] = None,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Do not open the browser.")
    ] = False,
) -> None:
    """Start the web app and open it in the browser."""
    settings = _settings(port=port, host=host, passphrase_file=passphrase_file)
    passphrase, is_made = _passphrase(settings)
    database = _prepared_database(settings.database_url)
    listening = _listening(settings.host, settings.port)
    chosen = listening.getsockname()[1]
    url = settings.public_url or f"http://{_address_to_open(settings.host)}:{chosen}"
    say(f"The coordination audit listens on {url}")
    say(f"Traces are stored in {database.place}")
    _say_who_gets_in(settings, passphrase, is_made)
    say("Ctrl-C stops it.")
    sys.stdout.flush()
    if not no_browser and _has_screen():
        threading.Thread(
            target=_open_when_up, args=(settings.host, chosen, url), daemon=True
        ).start()
    _serve(settings, passphrase, database, listening)


def _settings(**given: object) -> "Settings":
    from assessment.settings import SettingsProblem, read_settings  # noqa: PLC0415 - slow

    try:
        return read_settings(os.environ, given).values
    except SettingsProblem as problem:
        complain(harmless(str(problem)), fg="red")
        raise typer.Exit(1) from None


def _passphrase(settings: "Settings") -> tuple[str | None, bool]:
    """The passphrase, if one is needed or chosen, and whether it was made just now."""
    from assessment.pages.exposure import is_this_computer  # noqa: PLC0415 - slow
    from assessment.server.passphrase import (  # noqa: PLC0415
        PassphraseProblem,
        chosen_passphrase,
        make_passphrase,
    )

    try:
        chosen = chosen_passphrase(settings.passphrase, settings.passphrase_file)
    except PassphraseProblem as problem:
        complain(harmless(str(problem)), fg="red")
        raise typer.Exit(1) from None
    is_needed = not is_this_computer(settings.host) or settings.public_url is not None
    if chosen is None and is_needed:
        return make_passphrase(), True
    return chosen, False


def _prepared_database(url: str) -> "Database":
    """Open the database, upgrade it and erase what is due, before anybody waits for a page."""
    from assessment.store.database import open_database  # noqa: PLC0415 - slow
    from assessment.store.erasure import prepare  # noqa: PLC0415
    from assessment.store.errors import StoreUnavailable  # noqa: PLC0415

    try:
        database = open_database(url)
        prepare(database, datetime.now(UTC))
    except StoreUnavailable as error:
        complain(str(error), fg="red")
        raise typer.Exit(1) from None
    return database


def _listening(host: str, wanted: int | None) -> socket.socket:
    """Listen on the port that was asked for, else on the first that is free."""
    for port in [wanted] if wanted else range(FIRST_PORT, FIRST_PORT + PORTS_TRIED):
        try:
            return _bound(host, port)
        except OSError as error:
            if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
                complain(f"{host} is no address of this computer; leave the host out.", fg="red")
                raise typer.Exit(1) from None
            if wanted is not None:
                complain(f"Port {port} is taken or not allowed; name another --port.", fg="red")
    if wanted is None:
        complain(f"No port from {FIRST_PORT} on is free; name another with --port.", fg="red")
    raise typer.Exit(1)


def _bound(host: str, port: int) -> socket.socket:
    bound = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
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


def _say_who_gets_in(settings: "Settings", passphrase: str | None, is_made: bool) -> None:
    if passphrase is None:
        return
    if is_made:
        say(f"Passphrase: {passphrase}", bold=True)
        say("It holds until the server stops. To keep one, set COORDINATION_AUDIT_PASSPHRASE.")
    else:
        say("Everybody is asked for the passphrase that was set.")
    if not (settings.public_url or "").startswith("https:"):
        complain(
            "Warning: without a proxy that speaks https, others in the same network can read"
            " along. Use it only in a network that you trust.",
            fg="yellow",
        )


def _address_to_open(host: str) -> str:
    if host in ("0.0.0.0", "::"):  # noqa: S104 - compared, not listened on
        return "localhost"
    return f"[{host}]" if ":" in host else host


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


def _serve(
    settings: "Settings", passphrase: str | None, database: "Database", listening: socket.socket
) -> None:
    """Run the server in this process until somebody stops it."""
    from assessment.server.running import run as run_server  # noqa: PLC0415 - slow

    run_server(settings, passphrase, database, listening)
