"""Engines for SQLite and PostgreSQL, set up so that what is called saved is on the disk."""

import sqlite3
import time
from json import dumps
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.pool import ConnectionPoolEntry

from assessment.store.errors import GONE, NOT_WRITABLE, REPLACED, StoreUnavailable

PATIENCE = 10
"""Seconds that somebody waits for a lock or a connection before being told that it is busy."""

_POSTGRESQL_SETTINGS = f"""
    SET synchronous_commit = on;
    SET lock_timeout = '{PATIENCE}s';
    SET statement_timeout = '{3 * PATIENCE}s';
    SET idle_in_transaction_session_timeout = '{6 * PATIENCE}s';
"""


def postgresql_engine(url: URL) -> Engine:
    """Prepare connections to a PostgreSQL server; none is made yet."""
    patience = {"connect_timeout": str(PATIENCE), "tcp_user_timeout": str(PATIENCE * 1000)}
    engine = create_engine(
        url.set(drivername="postgresql+psycopg", query={**patience, **url.query}),
        hide_parameters=True,  # what people wrote does not belong in a log
        json_serializer=_to_json,
        pool_pre_ping=True,  # a server that was restarted meanwhile is not noticed by anybody
        pool_timeout=PATIENCE,
    )
    event.listen(engine, "connect", _set_up_postgresql)
    return engine


def _set_up_postgresql(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    """Settings of ours, whatever the server's; not as 'options', which poolers refuse."""
    cursor = connection.cursor()
    cursor.execute(_POSTGRESQL_SETTINGS)
    cursor.close()
    connection.commit()


def sqlite_engine(path: Path) -> Engine:
    """Make a SQLite file, and its folder for this user only, unless they are there.

    Raises:
        StoreUnavailable: They cannot be made.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600, exist_ok=True)
    except OSError as error:
        raise StoreUnavailable(str(path), *NOT_WRITABLE) from error
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        hide_parameters=True,
        json_serializer=_to_json,
        pool_timeout=PATIENCE,
        connect_args={"timeout": PATIENCE},
    )
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin)
    _watch_file(engine, path)
    return engine


def _set_up_sqlite(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    """Make a connection durable, strict about references, and leave every BEGIN to `_begin`."""
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA fullfsync = ON")  # macOS: through the disk's own cache as well
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA cache_size = -256")  # KiB; thirty connections would hold 2 MiB each
    cursor.execute("PRAGMA secure_delete = ON")  # what is erased is overwritten, not only let go
    _write_ahead(cursor)
    cursor.close()


def _write_ahead(cursor: DBAPICursor) -> None:
    """Let readers read while somebody writes.

    SQLite does not wait for a lock when two processes switch a new file over at once, so we do.
    """
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
        else:
            return


def _begin(connection: Connection) -> None:
    """Take the write lock at once where something will be written: no update is ever lost."""
    options = connection.get_execution_options()
    if not options.get("no_transaction", False):
        writes = options.get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _watch_file(engine: Engine, path: Path) -> None:
    """Stop where the file was moved, deleted or replaced while it was open.

    SQLite would go on writing into the old one, and what was called saved would be lost; or it
    would mix the new one with the last changes of the old one, which stand in a file beside it.
    """
    ours = _identity(path)

    def compare(*_: object) -> None:
        if _identity(path) != ours:
            raise StoreUnavailable(str(path), *REPLACED)

    event.listen(engine, "do_connect", compare)
    event.listen(engine, "checkout", compare)


def _identity(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError as error:
        raise StoreUnavailable(str(path), *GONE) from error
    return status.st_dev, status.st_ino


def _to_json(value: object) -> str:
    return dumps(value, ensure_ascii=False, allow_nan=False)
