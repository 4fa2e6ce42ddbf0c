"""Bringing a database's schema up to date, at every start."""

from pathlib import Path
from threading import Lock

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from assessment.store.database import Database
from assessment.store.errors import FOREIGN, NEWER, SchemaTooNew, StoreUnavailable
from assessment.store.schema import VERSION_TABLE, metadata

FOLDER = Path(__file__).with_name("migrations")
_ADVISORY_LOCK = 0x636F6F7264617564  # "coordaud": any number that no other program locks
_one_thread = Lock()  # Alembic keeps its context in a module, not in a thread


def migrate(database: Database) -> None:
    """Make the tables, or bring older ones up to date; all of it or nothing.

    Safe when several processes start at once: the first does it while the others wait.

    Raises:
        SchemaTooNew: A newer version of the program wrote this database.
        StoreUnavailable: The database cannot be used, or belongs to another program.
    """
    with _one_thread, database.writing() as connection:
        _wait_for_others(connection)
        config = _config(connection)
        script = ScriptDirectory.from_config(config)
        known = {revision.revision for revision in script.walk_revisions()}
        current = _versions(connection)
        if not current <= known:
            raise SchemaTooNew(database.place, *NEWER)
        if not current and set(metadata.tables) & set(inspect(connection).get_table_names()):
            raise StoreUnavailable(database.place, *FOREIGN)
        if current != set(script.get_heads()):
            command.upgrade(config, "heads")


def revisions() -> tuple[str, ...]:
    """List the versions of the schema that this program knows, its own first."""
    script = ScriptDirectory(str(FOLDER))
    return tuple(step.revision for step in script.walk_revisions())


def _wait_for_others(connection: Connection) -> None:
    """Let one process migrate at a time. SQLite's BEGIN IMMEDIATE has seen to it already."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL lock_timeout = '60s'"))
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        lock = text("SELECT pg_advisory_xact_lock(:key)")
        connection.execute(lock, {"key": _ADVISORY_LOCK})


def _config(connection: Connection) -> Config:
    config = Config(attributes={"connection": connection})
    folder = str(FOLDER).replace("%", "%%")  # the configuration reads % as a placeholder
    config.set_main_option("script_location", folder)
    return config


def _versions(connection: Connection) -> set[str]:
    context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
    return set(context.get_current_heads())
