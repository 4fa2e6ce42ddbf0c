"""`restore`: a backup into a database, of SQLite's or PostgreSQL's; all of it or nothing."""

from pathlib import Path
from typing import Annotated

import typer

from assessment.cli.stored import configured_url, counted, refuse
from assessment.cli.terminal import harmless, say
from reports.wording import count

EXAMPLE = "Example: coordination-audit restore traces-2026-11-21.jsonl.gz"


def run(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="What 'coordination-audit backup' wrote.")
    ],
    replace: Annotated[
        bool, typer.Option("--replace", help="Erase the traces that the database holds.")
    ] = False,
) -> None:
    """Put a backup into the database, once the whole file is verified."""
    from assessment.store.backup_file import BackupUnusable  # noqa: PLC0415 - slow
    from assessment.store.database import open_database  # noqa: PLC0415
    from assessment.store.errors import StoreUnavailable  # noqa: PLC0415
    from assessment.store.restore import HoldsTraces, restore, verify  # noqa: PLC0415

    url = configured_url()
    try:
        with file.open("rb") as backup:
            verified = verify(backup)
            database = open_database(url)  # which makes a file of SQLite's, so not before
            try:
                restore(database, verified, replace=replace)
            finally:
                database.close()
    except BackupUnusable as problem:
        refuse(f"{file}: {problem}. Nothing was changed.")
    except HoldsTraces as held:
        refuse(
            f"{database.place} holds {count(held.count, 'trace')} already. Name another database"
            " in DATABASE_URL, or add --replace to erase them. Nothing was changed."
        )
    except StoreUnavailable as error:
        refuse(str(error))
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        refuse(f"{file}: cannot be read: {reason}. Nothing was changed.")
    found = verified.contents
    say(harmless(f"Restored into {database.place}: {counted(found)}, SHA-256 {found.sha256}"))
