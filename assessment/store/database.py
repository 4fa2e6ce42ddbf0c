"""Opening a database: a file of SQLite's by default, PostgreSQL by URL."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from platformdirs import user_data_path
from sqlalchemy import URL, Connection, Engine, exc, make_url

from assessment.store.engines import PATIENCE, postgresql_engine, sqlite_engine
from assessment.store.errors import BUSY, MISSING, StoreUnavailable, explained

APPLICATION = "coordination-audit"

_together: ContextVar[tuple["Database", Connection] | None] = ContextVar("together", default=None)
"""The transaction that everything joins which is read and written now, and its database."""


@dataclass(frozen=True)
class Database:
    """A database that is open for reading and writing.

    Attributes:
        engine: SQLAlchemy's engine; used through `reading` and `writing` only.
        place: The file, or the server without its password, as it may be printed.
    """

    engine: Engine = field(repr=False)
    place: str
    _turn: AbstractContextManager[None] = field(default_factory=nullcontext, repr=False)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a transaction that sees one moment of the database, whoever writes meanwhile.

        Raises:
            StoreUnavailable: The database cannot be used now.
        """
        if joined := self._joined():
            yield joined
            return
        with self._in_words(), self.engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                connection.execution_options(
                    isolation_level="REPEATABLE READ", postgresql_readonly=True
                )
            with connection.begin():
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open a transaction that is on the disk when this block has ended without an exception.

        An exception inside the block takes everything back.

        Raises:
            StoreUnavailable: The database cannot be used now.
        """
        if joined := self._joined():
            yield joined
            return
        with self._turn, self._in_words(), self.engine.connect() as connection:
            connection.execution_options(writes=True)
            with connection.begin():
                yield connection

    @contextmanager
    def together(self) -> Iterator[None]:
        """Make one transaction of all that is written in this block, whoever writes it.

        What is read in it sees what was written before. An exception that leaves the block takes
        everything back.

        Raises:
            StoreUnavailable: The database cannot be used now.
        """
        with self.writing() as connection:
            before = _together.set((self, connection))
            try:
                yield
            finally:
                _together.reset(before)

    def _joined(self) -> Connection | None:
        whose, connection = _together.get() or (None, None)
        return connection if whose is self else None

    def empty_log(self) -> None:
        """Take out of SQLite's log, a file beside the database, what was erased in the database.

        The log keeps older states of a page until it is written anew. Where somebody reads for
        long at this moment, it is emptied the next time.

        Raises:
            StoreUnavailable: The database cannot be used now.
        """
        if self.engine.dialect.name == "sqlite":
            with self._in_words(), self.engine.connect() as connection:
                connection.execution_options(no_transaction=True)
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close all connections that are not in use."""
        self.engine.dispose()

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        try:
            yield
        except exc.SQLAlchemyError as error:
            unavailable = explained(error, self.place)
            if unavailable is None:
                raise
            raise unavailable from error


def database_url(environment: Mapping[str, str]) -> str:
    """Find which database to use: DATABASE_URL, else a file in the user's data folder."""
    folder = user_data_path(APPLICATION, appauthor=False)
    return environment.get("DATABASE_URL", "").strip() or f"sqlite:///{folder / 'traces.sqlite3'}"


def open_database(url: str, *, must_exist: bool = False) -> Database:
    """Open a database, making SQLite's file and folder (for this user only) where they are missing.

    No connection to a server is made yet: `migrate` is the first to need one.

    Args:
        url: `sqlite:///path/to/file`, or `postgresql://user:password@host:port/name`.
        must_exist: Whether a missing file of SQLite's is an error, not a beginning.

    Raises:
        StoreUnavailable: The URL names no database that can be used, or the file cannot be made.
    """
    parsed = _parsed(url)
    if parsed.drivername.startswith("sqlite"):
        return _open_sqlite(parsed, must_exist)
    return _open_postgresql(parsed)


def _parsed(url: str) -> URL:
    mend = "Write sqlite:///path/to/file or postgresql://user:password@host:port/name."
    try:
        parsed = make_url(url)
    except (exc.ArgumentError, ValueError):  # not repeated: it may hold a password
        raise StoreUnavailable("DATABASE_URL", "this is not the URL of a database", mend) from None
    if parsed.drivername in ("postgres", "postgresql", "postgresql+psycopg"):
        return parsed
    if parsed.drivername not in ("sqlite", "sqlite+pysqlite"):
        problem = f"'{parsed.drivername}' is not a kind of database that this program knows"
        raise StoreUnavailable("DATABASE_URL", problem, mend)
    if not parsed.database or parsed.database.startswith((":memory:", "file:")) or parsed.query:
        problem = "a SQLite URL needs the path of a file and nothing else"
        raise StoreUnavailable("DATABASE_URL", problem, mend)
    return parsed


def _open_postgresql(url: URL) -> Database:
    user = f"{url.username}@" if url.username else ""
    host = f"{url.host or 'localhost'}:{url.port or 5432}"
    return Database(postgresql_engine(url), f"postgresql://{user}{host}/{url.database or ''}")


def _open_sqlite(url: URL, must_exist: bool) -> Database:
    path = Path(url.database or "").expanduser().absolute()
    if must_exist and not path.exists():
        raise StoreUnavailable(str(path), *MISSING)
    return Database(sqlite_engine(path), str(path), _Turn(str(path)))


class _Turn:
    """Lets the threads of this process write one after another.

    SQLite has one writer at a time; left to itself it makes the others ask again and again, and
    some wait a hundred times longer than the rest. A lock hands the turn on at once.
    """

    def __init__(self, place: str) -> None:
        self._place = place
        self._lock = Lock()

    def __enter__(self) -> None:
        if not self._lock.acquire(timeout=PATIENCE):
            raise StoreUnavailable(self._place, *BUSY)

    def __exit__(self, *_: object) -> None:
        self._lock.release()
