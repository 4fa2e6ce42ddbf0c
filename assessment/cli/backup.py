"""`backup`: everything that the database holds, in one file, while people go on working."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from assessment.cli.stored import configured_url, counted, refuse
from assessment.cli.terminal import harmless, say
from assessment.cli.writing import NotWrittenError, written_whole
from assessment.version import generator

EXAMPLE = "Example: coordination-audit backup traces-2026-11-21.jsonl.gz"


def run(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="The file to write; it holds what people wrote.")
    ],
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite the file if it exists.")
    ] = False,
) -> None:
    """Write all traces into one file, while people go on working."""
    from assessment.store.backup import write_backup  # noqa: PLC0415 - slow
    from assessment.store.backup_file import BackupUnusable  # noqa: PLC0415
    from assessment.store.database import open_database  # noqa: PLC0415
    from assessment.store.errors import StoreUnavailable  # noqa: PLC0415
    from assessment.store.restore import verify  # noqa: PLC0415

    if file.exists() and not force:
        refuse(f"{file} exists; name another file, or add --force to overwrite it.")
    url = configured_url()
    try:
        database = open_database(url, must_exist=True)
        try:
            with written_whole(file) as part:
                write_backup(database, part, datetime.now(UTC), generator())
                found = verify(part).contents
                size = part.seek(0, os.SEEK_END)
        finally:
            database.close()
    except BackupUnusable:
        refuse(
            f"{file}: what was read back is not what was written, so nothing was kept."
            " Check the disk, or choose another place."
        )
    except (StoreUnavailable, NotWrittenError) as error:
        refuse(str(error))
    say(harmless(f"Wrote {file}: {counted(found)}, {size:,} bytes, SHA-256 {found.sha256}"))
