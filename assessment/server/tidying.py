"""What the server sees to by itself, whether or not somebody comes by."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Event, Thread

from assessment.pages.workshop.overdue import Overdue
from assessment.store.database import Database
from assessment.store.erasure import erase_what_is_due
from assessment.store.errors import StoreUnavailable

EVERY = 600.0
"""Seconds."""

LAST_WORDS = 1.0
"""Seconds that the end waits for tidying that is under way; what it leaves is done next time."""

_log = logging.getLogger(__name__)


@contextmanager
def keeping_tidy(database: Database) -> Iterator[None]:
    """Tidy up now, and every ten minutes until the block ends."""
    stopped = Event()
    tidying = Thread(target=_tidy, args=(database, stopped), name="tidying", daemon=True)
    tidying.start()
    try:
        yield
    finally:
        stopped.set()
        tidying.join(LAST_WORDS)


def tidy(database: Database, now: datetime) -> None:
    """Close the workshops that are overdue, and erase the deleted traces whose grace is over.

    Raises:
        StoreUnavailable: The database cannot be used now.
    """
    Overdue(database).close(now)
    erase_what_is_due(database, now)


def _tidy(database: Database, stopped: Event) -> None:
    while not stopped.is_set():
        try:
            tidy(database, datetime.now(UTC))
        except StoreUnavailable as error:
            _log.warning("What is due could not be erased; tried again later: %s", error)
        stopped.wait(EVERY)
