"""Whether a database can be used as it is: reachable, and with the tables of this version."""

from alembic.runtime.migration import MigrationContext

from assessment.store.database import Database
from assessment.store.errors import NEWER, OLDER, UNPREPARED, SchemaTooNew, StoreUnavailable
from assessment.store.migrate import revisions
from assessment.store.schema import VERSION_TABLE


def check(database: Database) -> None:
    """Read the schema's version; nothing is changed and no lock is taken.

    Raises:
        SchemaTooNew: A newer version of the program wrote this database.
        StoreUnavailable: It cannot be reached, or its tables are missing or older.
    """
    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        current = set(context.get_current_heads())
    newest, *older = revisions()
    if not current <= {newest, *older}:
        raise SchemaTooNew(database.place, *NEWER)
    if not current:
        raise StoreUnavailable(database.place, *UNPREPARED)
    if current != {newest}:
        raise StoreUnavailable(database.place, *OLDER)
