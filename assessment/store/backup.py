"""A backup of a database: one moment of it, whole, while people go on working."""

from datetime import datetime
from typing import BinaryIO

from sqlalchemy import Connection, Table, func, select

from assessment.store.backup_file import (
    FORMAT,
    FORMAT_VERSION,
    Contents,
    Header,
    LineWriter,
    contents,
    kept_columns,
    row_to_write,
    tables,
)
from assessment.store.database import Database
from assessment.store.migrate import revisions
from assessment.store.readiness import check

_AT_ONCE = 200
"""Rows in the memory at a time."""


def write_backup(database: Database, file: BinaryIO, made: datetime, program: str) -> Contents:
    """Write everything that a database holds into a file, deleted traces included.

    Args:
        database: With the tables of this version; nothing in it is changed.
        file: Open for writing, and empty. `verify` of `restore` reads it back.
        made: When this happens, with its time zone.
        program: What writes it, and in which version.

    Raises:
        StoreUnavailable: The database cannot be used, or its tables are missing, older or newer.
        OSError: The file cannot be written.
    """
    check(database)
    lines = LineWriter(file)
    with database.reading() as connection:
        header = Header(
            format=FORMAT,
            format_version=FORMAT_VERSION,
            schema_revision=revisions()[0],
            program=program,
            made=made,
            rows={table.name: _count(connection, table) for table in tables()},
        )
        lines.write(header.model_dump(mode="json"))
        for table in tables():
            _write_rows(connection, table, lines)
    return contents(header, lines.finish())


def _count(connection: Connection, table: Table) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


def _write_rows(connection: Connection, table: Table, lines: LineWriter) -> None:
    query = select(*kept_columns(table)).order_by(*table.primary_key.columns)
    found = connection.execute(query, execution_options={"yield_per": _AT_ONCE})
    for row in found.mappings():
        lines.write(row_to_write(table, dict(row)))
