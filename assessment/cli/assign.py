"""`assign`: gives a trace to somebody who signs in, by a link that its new owner opens."""

import os
from datetime import UTC, datetime
from secrets import token_urlsafe
from typing import TYPE_CHECKING, Annotated

import typer

from assessment.cli.listening import FIRST_PORT, address_to_open
from assessment.cli.stored import refuse
from assessment.cli.terminal import harmless, say

if TYPE_CHECKING:
    from assessment.settings import Settings
    from assessment.store.database import Database

EXAMPLE = "Example: coordination-audit assign hV3kq0bYcT2mXw9dLr5f7A"


def run(
    trace: Annotated[
        str | None,
        typer.Argument(
            help="The id of a trace, as in its address; without it, lists those that"
            " belong to nobody."
        ),
    ] = None,
) -> None:
    """Give a trace to somebody who signs in: whoever opens the link that is printed owns it."""
    settings = _settings()
    database = _database(settings.database_url)
    if trace is None:
        _list(database)
    else:
        _make_link(settings, database, trace)


def _settings() -> "Settings":
    from assessment.settings import SettingsProblem, read_settings  # noqa: PLC0415 - slow

    try:
        settings = read_settings(os.environ).values
    except SettingsProblem as problem:
        refuse(str(problem))
    if not settings.people_sign_in:
        refuse("Nobody signs in at this server, so every trace belongs to everybody.")
    return settings


def _database(url: str) -> "Database":
    from assessment.store.database import open_database  # noqa: PLC0415 - slow
    from assessment.store.errors import StoreUnavailable  # noqa: PLC0415
    from assessment.store.migrate import migrate  # noqa: PLC0415

    try:
        database = open_database(url, must_exist=True)
        migrate(database)
    except StoreUnavailable as error:
        refuse(str(error))
    return database


def _list(database: "Database") -> None:
    from assessment.store.links import LinkStore  # noqa: PLC0415 - slow
    from reports.wording import spoken_date  # noqa: PLC0415

    ownerless = LinkStore(database).ownerless()
    if not ownerless:
        say("Every trace belongs to somebody.")
    for trace in ownerless:
        changed = f"changed on {spoken_date(trace.changed)}"
        say(f"{trace.id}  {harmless(' '.join(trace.name.split())) or 'Unnamed'}, {changed}")


def _make_link(settings: "Settings", database: "Database", trace: str) -> None:
    from assessment.store.access import Access  # noqa: PLC0415 - slow
    from assessment.store.errors import StoreUnavailable, TraceNotFound  # noqa: PLC0415
    from assessment.store.links import LinkStore, path_of  # noqa: PLC0415

    now = datetime.now(UTC)
    try:
        link = LinkStore(database).make(trace, token_urlsafe(16), Access.OWN, now)
    except (TraceNotFound, StoreUnavailable) as error:
        refuse(str(error))
    here = address_to_open(settings.host, settings.port or FIRST_PORT)
    say(f"{settings.public_url or here}{path_of(link)}", bold=True)
    say("Whoever opens it first owns the trace, whoever had it before. It works once.")
