"""Reading every trace of a database that is there, without making or changing anything."""

from collections.abc import Iterator

from assessment.store import readiness
from assessment.store.database import open_database
from assessment.store.errors import TraceNotFound
from assessment.store.records import StoredTrace
from assessment.store.traces import TraceStore

_EVERY = 2**31 - 1


def stored_traces(url: str) -> Iterator[StoredTrace]:
    """Read every trace of a database, the one that changed last first; not the deleted ones.

    Args:
        url: As in `open_database`.

    Raises:
        StoreUnavailable: It cannot be used, its tables are those of another version of the
            program, or SQLite's file is not there.
    """
    database = open_database(url, must_exist=True)
    try:
        readiness.check(database)
        store = TraceStore(database)
        for summary in store.recent(_EVERY):
            try:
                yield store.load(summary.id)
            except TraceNotFound:  # deleted since it was listed
                continue
    finally:
        database.close()
