"""The file that a backup is: what stands in it, and reading it with every doubt.

Compressed by gzip, one JSON value a line, in UTF-8:

1. what it is: `format`, `format_version`, `schema_revision` of the database, the `program` that
   wrote it, when it was `made`, and `rows`: how many of each table follow;
2. the rows, as [table, {column: value}], each after those that it refers to; times are UTC as in
   ISO 8601;
3. the SHA-256 of all lines before it, in hexadecimal.

Rows that the database numbers itself stand in their order and without their numbers.
"""

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO, Literal

from pydantic import BaseModel, ConfigDict, NonNegativeInt, ValidationError
from sqlalchemy import JSON, Column, Integer, Table

from assessment.store.migrate import revisions
from assessment.store.schema import UtcDateTime, answers, metadata, use_cases

FORMAT = "coordination-audit backup"
FORMAT_VERSION = 1

LONGEST_LINE = 64 * 1024 * 1024
"""In bytes. Keeps a file that only claims to be a backup from filling the memory."""


class BackupUnusable(Exception):  # noqa: N818 - it is a state of a file, not a mistake
    """A file cannot be restored. Its text says why and what to do, and does not name the file."""


DAMAGED = "it is cut off or was changed since it was made. Take another copy of it"
FOREIGN = "this is not a backup of this program. Name a file that 'backup' made"
NEWER = "a newer version of this program made it. Update the program"
OLDER = (
    "{program} made it, for an older schema. Restore it with that version; the present one "
    "upgrades the database when it starts"
)


class Header(BaseModel):
    """The first line."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal["coordination-audit backup"]
    format_version: NonNegativeInt
    schema_revision: str
    program: str
    made: datetime
    rows: dict[str, NonNegativeInt]


@dataclass(frozen=True)
class Contents:
    """What a backup holds. `sha256` is of its lines before they are compressed."""

    traces: int
    answers: int
    sha256: str


def contents(header: Header, sha256: str) -> Contents:
    """Say what a whole backup holds."""
    return Contents(header.rows[use_cases.name], header.rows[answers.name], sha256)


def tables() -> tuple[Table, ...]:
    """Every table, each after those that it refers to."""
    return tuple(metadata.sorted_tables)


def kept_columns(table: Table) -> tuple[Column[Any], ...]:
    """The columns that a backup keeps: all but the number that the database gives a row."""
    return tuple(column for column in table.columns if column is not table.autoincrement_column)


class LineWriter:
    """Writes lines into a file, compressed, and the hash of them all behind them."""

    def __init__(self, file: BinaryIO) -> None:
        # neither name nor time: equal contents make equal files
        self._file = gzip.GzipFile("", "wb", compresslevel=6, fileobj=file, mtime=0)
        self._hash = hashlib.sha256()

    def write(self, value: object) -> None:
        """Write one line."""
        line = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        encoded = line.encode() + b"\n"
        self._hash.update(encoded)
        self._file.write(encoded)

    def finish(self) -> str:
        """Write the hash and give it."""
        sha256 = self._hash.hexdigest()
        self.write(sha256)
        self._file.close()
        return sha256


def row_to_write(table: Table, row: Mapping[str, Any]) -> list[object]:
    """Lay a row out as a line."""
    values = {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in row.items()
    }
    return [table.name, values]


class BackupReader:
    """Reads a backup once, from its beginning to its end.

    Attributes:
        header: The first line.
        sha256: The hash; empty until `rows` came to its end.

    Raises:
        BackupUnusable: It is no backup, or one that this version cannot restore.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._lines = _Lines(file)
        self._keys: dict[str, set[Any]] = {name: set() for name in _referred_to()}
        self.sha256 = ""
        self.header = _header(self._lines.first())

    def rows(self) -> Iterator[tuple[Table, dict[str, Any]]]:
        """Read the rows, each as it goes into its table.

        Raises:
            BackupUnusable: A row is missing, too many, damaged, or refers to none.
        """
        for table in tables():
            for _ in range(self.header.rows[table.name]):
                row = _row(table, self._lines.next())
                self._check_keys(table, row)
                yield table, row
        expected = self._lines.hash_so_far()
        if self._lines.next() != expected or not self._lines.is_at_end():
            raise BackupUnusable(DAMAGED)
        self.sha256 = expected

    def _check_keys(self, table: Table, row: Mapping[str, Any]) -> None:
        for key in table.foreign_keys:
            if row[key.parent.name] not in self._keys[key.column.table.name]:
                raise BackupUnusable(DAMAGED)
        if table.name in self._keys:
            (key_column,) = table.primary_key.columns
            if row[key_column.name] in self._keys[table.name]:
                raise BackupUnusable(DAMAGED)
            self._keys[table.name].add(row[key_column.name])


def _referred_to() -> set[str]:
    return {key.column.table.name for table in tables() for key in table.foreign_keys}


class _Lines:
    """The lines of a file, and the hash of those that were read."""

    def __init__(self, file: BinaryIO) -> None:
        file.seek(0)
        self._file = gzip.GzipFile(fileobj=file, mode="rb")
        self._hash = hashlib.sha256()

    def first(self) -> object:
        """Read the first line; what is no JSON in gzip is no backup at all."""
        try:
            return self.next()
        except BackupUnusable:
            raise BackupUnusable(FOREIGN) from None

    def next(self) -> object:
        line = self._read_line()
        if not line.endswith(b"\n"):
            raise BackupUnusable(DAMAGED)
        self._hash.update(line)
        try:
            return json.loads(line, parse_constant=_refuse)
        except (ValueError, RecursionError):
            raise BackupUnusable(DAMAGED) from None

    def hash_so_far(self) -> str:
        return self._hash.hexdigest()

    def is_at_end(self) -> bool:
        return not self._read_line()

    def _read_line(self) -> bytes:
        try:
            return self._file.readline(LONGEST_LINE)
        except (EOFError, zlib.error, gzip.BadGzipFile):
            raise BackupUnusable(DAMAGED) from None


def _refuse(constant: str) -> object:
    raise ValueError(f"{constant} is no JSON")


def _header(line: object) -> Header:
    if not isinstance(line, dict) or line.get("format") != FORMAT:
        raise BackupUnusable(FOREIGN)
    known = revisions()
    version, schema = line.get("format_version"), line.get("schema_revision")
    is_newer = isinstance(version, int) and version > FORMAT_VERSION
    if is_newer or (isinstance(schema, str) and schema not in known):
        raise BackupUnusable(NEWER)
    try:
        header = Header.model_validate(line)
    except ValidationError:
        raise BackupUnusable(DAMAGED) from None
    if header.schema_revision != known[0]:
        raise BackupUnusable(OLDER.format(program=header.program))
    if set(header.rows) != {table.name for table in tables()}:
        raise BackupUnusable(DAMAGED)
    return header


def _row(table: Table, line: object) -> dict[str, Any]:
    columns = kept_columns(table)
    match line:
        case [table.name, dict(values)] if set(values) == {c.name for c in columns}:
            return {column.name: _value(column, values[column.name]) for column in columns}
        case _:
            raise BackupUnusable(DAMAGED)


def _value(column: Column[Any], value: object) -> object:
    if value is None:
        if not column.nullable:
            raise BackupUnusable(DAMAGED)
        return None
    if isinstance(column.type, UtcDateTime):
        return _moment(value)
    if not isinstance(column.type, JSON):
        wanted = int if isinstance(column.type, Integer) else str
        if type(value) is not wanted:
            raise BackupUnusable(DAMAGED)
    return value


def _moment(value: object) -> datetime:
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        raise BackupUnusable(DAMAGED) from None
    if moment.tzinfo is None:
        raise BackupUnusable(DAMAGED)
    return moment
