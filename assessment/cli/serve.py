"""`serve`: the web app, on this computer or, behind a passphrase, for others too."""

import os
import socket
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assessment.cli import listening
from assessment.cli.terminal import complain, harmless, say

if TYPE_CHECKING:
    from assessment.settings import Settings
    from assessment.store.database import Database

EXAMPLE = "Example: coordination-audit serve --port 8600 --no-browser"

SHORTEST_SECRET = 16

PortOption = Annotated[
    int | None,
    typer.Option(min=1, max=65535, help=f"Else {listening.FIRST_PORT}, or the next that is free."),
]
HostOption = Annotated[
    str | None,
    typer.Option(
        help="Where to listen, else localhost; 0.0.0.0 lets other computers in, who are then"
        " asked for a passphrase, or to sign in."
    ),
]
PublicUrlOption = Annotated[
    str | None,
    typer.Option(
        metavar="ADDRESS",
        help="What people type, and phones in a workshop open, where that is not this computer's"
        " own address: that of a proxy, say.",
    ),
]
PassphraseFileOption = Annotated[
    Path | None,
    typer.Option(
        help="Its first line is the passphrase; else COORDINATION_AUDIT_PASSPHRASE, or one is made."
    ),
]


def run(
    port: PortOption = None,
    host: HostOption = None,
    public_url: PublicUrlOption = None,
    passphrase_file: PassphraseFileOption = None,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Do not open the browser.")
    ] = False,
) -> None:
    """Start the web app and open it in the browser."""
    settings = _settings(
        port=port, host=host, public_url=public_url, passphrase_file=passphrase_file
    )
    passphrase, is_made = _passphrase(settings)
    client_secret = _client_secret(settings)
    database = _prepared_database(settings.database_url)
    bound = listening.listen(settings.host, settings.port)
    port_bound = bound.getsockname()[1]
    here = listening.address_to_open(settings.host, port_bound)
    url = settings.public_url or here
    say(f"The coordination audit listens on {url}")
    _say_how_others_reach_it(settings, port_bound)
    say(f"Traces are stored in {database.place}")
    _say_who_gets_in(settings, passphrase, is_made)
    if client_secret is not None:
        _prepare_accounts(settings, client_secret, url, database)
    say("Ctrl-C stops it.")
    sys.stdout.flush()
    if not no_browser:
        listening.open_browser(here, url)
    _serve(settings, passphrase, database, bound)


def _settings(**given: object) -> "Settings":
    from assessment.settings import SettingsProblem, read_settings  # noqa: PLC0415 - slow

    try:
        return read_settings(os.environ, given).values
    except SettingsProblem as problem:
        complain(harmless(str(problem)), fg="red")
        raise typer.Exit(1) from None


def _passphrase(settings: "Settings") -> tuple[str | None, bool]:
    """The passphrase, if one is needed or chosen, and whether it was made just now."""
    from assessment.server.passphrase import (  # noqa: PLC0415
        PassphraseProblem,
        chosen_passphrase,
        make_passphrase,
    )
    from assessment.setting_types import is_this_computer  # noqa: PLC0415 - slow

    try:
        chosen = chosen_passphrase(settings.passphrase, settings.passphrase_file)
    except PassphraseProblem as problem:
        complain(harmless(str(problem)), fg="red")
        raise typer.Exit(1) from None
    can_others_come = not is_this_computer(settings.host) or settings.public_url is not None
    is_needed = can_others_come and not settings.people_sign_in
    if chosen is None and is_needed:
        return make_passphrase(), True
    return chosen, False


def _client_secret(settings: "Settings") -> str | None:
    """What proves to the sign-in provider who we are; None where nobody signs in."""
    if not settings.people_sign_in:
        return None
    if settings.oidc_client_secret is not None:
        return _hard_to_guess(settings.oidc_client_secret.get_secret_value())
    file = settings.oidc_client_secret_file or Path()
    try:
        secret = file.read_text(encoding="utf-8-sig").partition("\n")[0].strip()
    except (OSError, UnicodeDecodeError):
        secret = ""
    if not secret:
        complain(
            harmless(f"{file} holds no client secret that can be read. Check its name, its first")
            + " line and who may read it.",
            fg="red",
        )
        raise typer.Exit(1)
    return _hard_to_guess(secret)


def _hard_to_guess(secret: str) -> str:
    """Refuse a client secret that could be found by trying: the cookies are signed with it."""
    if len(secret.strip()) < SHORTEST_SECRET:
        complain(
            f"The client secret has fewer than {SHORTEST_SECRET} characters and could be guessed."
            " Let the provider make one.",
            fg="red",
        )
        raise typer.Exit(1)
    return secret


def _prepare_accounts(
    settings: "Settings", client_secret: str, url: str, database: "Database"
) -> None:
    """Let people sign in, and say who may, and what nobody of them sees yet."""
    from assessment.server.accounts import CALLBACK, prepare  # noqa: PLC0415 - slow
    from assessment.store.links import LinkStore  # noqa: PLC0415
    from reports.wording import capital, count  # noqa: PLC0415

    prepare(settings, client_secret, url)
    provider = harmless(settings.oidc_provider or settings.oidc_metadata_url or "")
    whom = ", ".join(settings.oidc_allowed) or "everybody whom it knows"
    say(f"People sign in at {provider}; let in: {harmless(whom)}.")
    say(f"The provider must know this address to send them back to: {url}{CALLBACK}")
    if unowned := len(LinkStore(database).ownerless()):
        one = unowned == 1
        said = f"{capital(count(unowned, 'trace'))} from before people signed in"
        belongs = "belongs to nobody" if one else "belong to nobody"
        say(f"{said} {belongs}, and nobody sees {'it' if one else 'them'}.")
        say("To give a trace to somebody: coordination-audit assign")


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


def _say_how_others_reach_it(settings: "Settings", port: int) -> None:
    """Name the addresses that others can type, where they may come and none was given."""
    if settings.public_url is not None or not listening.is_everywhere(settings.host):
        return
    from assessment.server.addresses import addresses, web_address  # noqa: PLC0415 - slow

    found = [web_address(address, port) for address in addresses()]
    if found:
        say(f"From other computers: {' or '.join(found)}")
    else:
        complain("This computer has no network now, so nobody else reaches it.", fg="yellow")


def _say_who_gets_in(settings: "Settings", passphrase: str | None, is_made: bool) -> None:
    from assessment.setting_types import is_this_computer  # noqa: PLC0415 - slow

    if passphrase is None and not settings.people_sign_in:
        return
    if is_made:
        say(f"Passphrase: {passphrase}", bold=True)
        say("It holds until the server stops. To keep one, set COORDINATION_AUDIT_PASSPHRASE.")
    elif passphrase is not None:
        say("Everybody is asked for the passphrase that was set.")
    if is_this_computer(settings.host) and settings.public_url is None:
        return
    if not (settings.public_url or "").startswith("https:"):
        complain(
            "Warning: without a proxy that speaks https, others in the same network can read"
            " along. Use it only in a network that you trust.",
            fg="yellow",
        )


def _serve(
    settings: "Settings", passphrase: str | None, database: "Database", bound: socket.socket
) -> None:
    """Run the server in this process until somebody stops it."""
    from assessment.server.running import run as run_server  # noqa: PLC0415 - slow

    run_server(settings, passphrase, database, bound)
