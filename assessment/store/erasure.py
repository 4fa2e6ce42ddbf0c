"""What happens to a database before it is worked with, and once in a while from then on."""

from datetime import datetime

from assessment.store.database import Database
from assessment.store.deletion import GRACE
from assessment.store.migrate import migrate
from assessment.store.traces import TraceStore


def prepare(database: Database, now: datetime) -> None:
    """Bring the tables up to date, and erase the deleted traces whose grace is over.

    Raises:
        SchemaTooNew: A newer version of the program wrote this database.
        StoreUnavailable: The database cannot be used, or belongs to another program.
    """
    migrate(database)
    erase_what_is_due(database, now)


def erase_what_is_due(database: Database, now: datetime) -> int:
    """Erase the deleted traces whose grace is over; gives how many there were.

    Raises:
        StoreUnavailable: The database cannot be used now; nothing was erased.
    """
    return TraceStore(database).purge(now - GRACE)
