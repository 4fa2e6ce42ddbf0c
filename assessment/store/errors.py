"""What can go wrong with a database, in words with a way out.

`explained` is the one place where an exception of a driver turns into a sentence.
"""

import sqlite3
from datetime import datetime
from typing import NamedTuple

import psycopg
from sqlalchemy import exc


class StoreUnavailable(Exception):  # noqa: N818 - it is a state, not a mistake
    """The database cannot be used now. Whatever was being written was not written by half.

    Attributes:
        place: The file, or the server without its password.
        problem: What is wrong, in words.
        mend: What to do about it, in a sentence or two.
    """

    def __init__(self, place: str, problem: str, mend: str) -> None:
        """Keep the three parts, which pages may show apart."""
        super().__init__(place, problem, mend)
        self.place = place
        self.problem = problem
        self.mend = mend

    def __str__(self) -> str:
        """Say where, what and how to mend it, on one line."""
        return f"{self.place}: {self.problem}. {self.mend}"


class SchemaTooNew(StoreUnavailable):
    """A newer version of the program wrote this database."""


class TraceNotFound(LookupError):  # noqa: N818 - it says it all
    """There is no trace with this id."""

    def __str__(self) -> str:
        """Say it without repeating the id, which may be anything somebody typed."""
        return "There is no trace at this address. Check the link, or start a new trace."


class TraceDeleted(TraceNotFound):
    """The trace with this id was deleted, and is not erased yet.

    Attributes:
        id: Its id.
        deleted: When it was deleted, in UTC.
    """

    def __init__(self, use_case_id: str, deleted: datetime) -> None:
        super().__init__(use_case_id)
        self.id = use_case_id
        self.deleted = deleted

    def __str__(self) -> str:
        """Say that there is a way back."""
        return "This trace was deleted. Bring it back first, on the start page."


class NotAllowed(TraceNotFound):
    """The trace is there, and this visitor may see it but not do what was asked."""

    def __str__(self) -> str:
        """Say who could allow it."""
        return (
            "This trace was shared with you to look at. Ask whoever shared it for a link to edit."
        )


class LinkNotFound(LookupError):  # noqa: N818 - it says it all
    """There is no such link: it was taken back, its trace was deleted, or it is incomplete."""

    def __str__(self) -> str:
        """Say what can be done; which of the three it is, is nobody's business."""
        return (
            "This link does not work (any more). It may be incomplete, or it was taken back."
            " Ask whoever sent it for a new one."
        )


class Trouble(NamedTuple):
    """One thing that can be wrong with a database."""

    problem: str
    mend: str


BUSY = Trouble(
    "the database is busy, so nothing was saved",
    "Try again in a moment. If it lasts, close other programs that use this database.",
)
CROWDED = Trouble(
    "the database takes no more connections",
    "Try again in a moment. If it lasts, raise the number of connections that the server allows.",
)
DAMAGED = Trouble(
    "this is not a database, or it is damaged",
    "Move the file away and put a backup in its place, or name another database in DATABASE_URL.",
)
FOREIGN = Trouble(
    "it holds tables of another program under the names that this one needs",
    "Give this program a database of its own: name one in DATABASE_URL.",
)
FULL = Trouble(
    "the disk is full, so nothing was saved",
    "Free some space on it and try again.",
)
FAILING = Trouble(
    "the disk did not take or give the data, so nothing was saved",
    "Check that it is attached, has space left and works; then try again.",
)
GONE = Trouble(
    "the database file is gone",
    "Put it back where it was, or start the program again to begin with an empty one.",
)
LOST = Trouble(
    "the connection to the database was lost; the last change may not be saved",
    "Check that the database server is running, then try again.",
)
MISSING = Trouble(
    "there is no database here",
    "Name the one that you mean in DATABASE_URL.",
)
NEWER = Trouble(
    "a newer version of this program wrote this database",
    "Update the program, or name another database in DATABASE_URL.",
)
NOT_WRITABLE = Trouble(
    "it cannot be written to",
    "Allow this user to write there, or name another database in DATABASE_URL.",
)
OLDER = Trouble(
    "an older version of this program made its tables",
    "Start the program again, which brings them up to date.",
)
REPLACED = Trouble(
    "the database file was replaced while it was in use",
    "Stop the program, put the file that you mean in this place, without '-wal' and '-shm' files of"
    " another beside it, and start the program again.",
)
UNPREPARED = Trouble(
    "the tables that this program needs are not in this database",
    "Start the program again, which makes them.",
)

_SQLITE = {
    sqlite3.SQLITE_BUSY: BUSY,
    sqlite3.SQLITE_LOCKED: BUSY,
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_IOERR: FAILING,
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_NOTADB: DAMAGED,
    sqlite3.SQLITE_CANTOPEN: NOT_WRITABLE,
    sqlite3.SQLITE_READONLY: NOT_WRITABLE,
    sqlite3.SQLITE_PERM: NOT_WRITABLE,
}

_POSTGRESQL = {
    "08": LOST,  # connection exceptions
    "25006": NOT_WRITABLE,  # read-only transaction
    "3F000": UNPREPARED,  # no such schema
    "40001": BUSY,  # could not serialize
    "40P01": BUSY,  # deadlock
    "42501": NOT_WRITABLE,  # insufficient privilege
    "42703": UNPREPARED,  # no such column, as in the tables of an older version
    "42P01": UNPREPARED,  # no such table
    "53100": FULL,
    "53300": CROWDED,
    "55P03": BUSY,  # lock not available
    "57014": BUSY,  # statement timeout
    "57P": LOST,  # shut down, crashed, cannot connect now
    "58": FAILING,  # system errors, among them input and output
    "XX001": DAMAGED,
    "XX002": DAMAGED,
}


def explained(error: exc.SQLAlchemyError, place: str) -> StoreUnavailable | None:
    """Put a driver's exception into words; None where it is a mistake of our own.

    Args:
        error: What SQLAlchemy raised.
        place: The database, as a person may read it.
    """
    trouble = _trouble(error)
    return None if trouble is None else StoreUnavailable(place, *trouble)


def _trouble(error: exc.SQLAlchemyError) -> Trouble | None:
    if isinstance(error, exc.TimeoutError):  # all connections of the pool are taken
        return BUSY
    if not isinstance(error, exc.DBAPIError):
        return None
    if isinstance(error.orig, sqlite3.Error):
        return _sqlite_trouble(error.orig)
    if isinstance(error.orig, psycopg.Error):
        return _postgresql_trouble(error.orig, error.connection_invalidated)
    return None


def _sqlite_trouble(error: sqlite3.Error) -> Trouble | None:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_OK)
    if code == sqlite3.SQLITE_ERROR and str(error).startswith(("no such table", "no such column")):
        return UNPREPARED
    return _SQLITE.get(code & 0xFF)  # the lower eight bits are the kind, the rest is detail


def _postgresql_trouble(error: psycopg.Error, lost: bool) -> Trouble | None:
    state = error.sqlstate or ""
    for length in (5, 3, 2):
        if state[:length] in _POSTGRESQL:
            return _POSTGRESQL[state[:length]]
    if lost:
        return LOST
    return _unreachable(error) if isinstance(error, psycopg.OperationalError) else None


def _unreachable(error: psycopg.OperationalError) -> Trouble:
    reason = str(error).partition("\n")[0].rpartition("failed: ")[2]
    return Trouble(
        f"the database cannot be reached ({reason})",
        "Check that its server is running, and the host, port, name, user and password in"
        " DATABASE_URL.",
    )
