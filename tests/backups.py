"""Backups in the memory, and all that a database holds: what the tests of backups share."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from assessment.store.backup import write_backup
from assessment.store.database import Database, open_database
from assessment.store.migrate import migrate
from assessment.store.records import Change, StoredTrace
from assessment.store.restore import restore, verify
from assessment.store.traces import TraceStore

MADE = datetime(2026, 11, 21, 9, tzinfo=UTC)
Everything = dict[str, tuple[StoredTrace, tuple[Change, ...]]]


def everything(database: Database) -> Everything:
    store = TraceStore(database)
    return {
        one.id: (store.load(one.id), store.history(one.id)) for one in store.recent(limit=10**6)
    }


def backed_up(database: Database) -> io.BytesIO:
    file = io.BytesIO()
    write_backup(database, file, MADE, "coordination-audit 0.1.0")
    return file


def restored(file: io.BytesIO, database: Database, *, replace: bool = False) -> None:
    restore(database, verify(file), replace=replace)


@contextmanager
def opened(url: str) -> Iterator[Database]:
    database = open_database(url)
    migrate(database)
    yield database
    database.close()
