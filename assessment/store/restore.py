"""Putting a backup into a database: checked as a whole first, then all of it or nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any, BinaryIO

from sqlalchemy import Connection, Table, delete, exc, func, insert, select, text

from assessment.store.backup_file import (
    DAMAGED,
    BackupReader,
    BackupUnusable,
    Contents,
    contents,
    tables,
)
from assessment.store.database import Database
from assessment.store.migrate import migrate
from assessment.store.schema import use_cases

_AT_ONCE = 200
"""Rows in the memory at a time."""


class HoldsTraces(Exception):  # noqa: N818 - it is a state, not a mistake
    """There are traces where a backup should go. `count` says how many."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count


@dataclass(frozen=True)
class VerifiedBackup:
    """A file that was read to its end and found whole; `verify` makes it."""

    file: BinaryIO
    contents: Contents


def verify(file: BinaryIO) -> VerifiedBackup:
    """Read a backup to its end: is it whole, unchanged, and one that this version can restore?

    Args:
        file: Open for reading; read from its beginning.

    Raises:
        BackupUnusable: It is not.
        OSError: The file cannot be read.
    """
    reader = BackupReader(file)
    for _ in reader.rows():
        pass
    return VerifiedBackup(file, contents(reader.header, reader.sha256))


def restore(database: Database, backup: VerifiedBackup, *, replace: bool) -> None:
    """Put a backup into a database, in one transaction.

    Args:
        database: SQLite or PostgreSQL, whichever the backup came from; its tables are made or
            brought up to date first.
        backup: Its file is still open for reading.
        replace: Whether to erase what is there.

    Raises:
        BackupUnusable: The file was changed since it was verified, or holds what no database
            takes. Nothing was changed.
        HoldsTraces: There are traces already, and `replace` is not set. Nothing was changed.
        StoreUnavailable: The database cannot be used. What is in it was not changed.
        OSError: The file cannot be read. What is in the database was not changed.
    """
    migrate(database)
    try:
        with database.writing() as connection:
            _keep_others_from_writing(connection)
            held = connection.execute(select(func.count()).select_from(use_cases)).scalar_one()
            if held and not replace:
                raise HoldsTraces(held)
            for table in reversed(tables()):
                connection.execute(delete(table))
            reader = BackupReader(backup.file)
            for table, rows in groupby(reader.rows(), key=lambda pair: pair[0]):
                _insert(connection, table, (row for _, row in rows))
            if reader.sha256 != backup.contents.sha256:
                raise BackupUnusable(DAMAGED)
    except (exc.IntegrityError, exc.DataError, OverflowError, UnicodeError):
        raise BackupUnusable(DAMAGED) from None
    if held:
        database.empty_log()


def _keep_others_from_writing(connection: Connection) -> None:
    """Let people read what there was until all is there. SQLite's BEGIN IMMEDIATE does so."""
    if connection.dialect.name == "postgresql":
        names = ", ".join(table.name for table in tables())
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        connection.execute(text(f"LOCK TABLE {names} IN EXCLUSIVE MODE"))


def _insert(connection: Connection, table: Table, rows: Iterator[dict[str, Any]]) -> None:
    """Insert rows in their order, by which the database numbers them where it does."""
    while some := list(islice(rows, _AT_ONCE)):
        connection.execute(insert(table), some)
