"""The schema: made at start, by one process at a time, and never by an older program."""

from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import column, inspect, table, text, update

from assessment.store.database import Database, open_database
from assessment.store.errors import SchemaTooNew, StoreUnavailable
from assessment.store.migrate import migrate
from assessment.store.schema import VERSION_TABLE, metadata
from assessment.store.traces import TraceStore
from tests.store_samples import a_trace

pytest_plugins = ("tests.store_fixtures",)


@pytest.fixture
def empty(store_url: str) -> Iterator[Database]:
    opened = open_database(store_url)
    yield opened
    opened.close()


def tables(database: Database) -> set[str]:
    with database.reading() as connection:
        return set(inspect(connection).get_table_names())


def test_the_migrations_make_what_the_schema_says(database: Database) -> None:
    with database.reading() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"version_table": VERSION_TABLE, "compare_server_default": True},
        )
        assert compare_metadata(context, metadata) == []
    assert tables(database) == {*metadata.tables, VERSION_TABLE}


def test_a_second_start_changes_nothing(database: Database, store: TraceStore) -> None:
    use_case = a_trace(store)
    before = store.load(use_case)
    migrate(database)
    assert store.load(use_case) == before


def test_a_database_of_a_newer_program_is_left_alone(database: Database, store: TraceStore) -> None:
    use_case = a_trace(store)
    with database.writing() as connection:
        connection.execute(
            update(table(VERSION_TABLE, column("version_num"))).values(version_num="9999")
        )
    with pytest.raises(SchemaTooNew) as caught:
        migrate(database)
    assert str(caught.value) == (
        f"{database.place}: a newer version of this program wrote this database. "
        "Update the program, or name another database in DATABASE_URL."
    )
    assert store.load(use_case).id == use_case


def test_tables_of_another_program_are_left_alone(empty: Database) -> None:
    with empty.writing() as connection:
        connection.execute(text("CREATE TABLE answers (id INTEGER)"))
    with pytest.raises(StoreUnavailable, match="tables of another program"):
        migrate(empty)
    assert tables(empty) == {"answers"}


def test_a_migration_that_fails_leaves_nothing(
    empty: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("the last step fails")

    with monkeypatch.context() as patch:
        patch.setattr("alembic.op.create_index", broken)
        with pytest.raises(RuntimeError, match="the last step fails"):
            migrate(empty)
    assert tables(empty) == set()
    migrate(empty)
    assert tables(empty) == {*metadata.tables, VERSION_TABLE}


def test_without_its_tables_a_database_says_so(empty: Database) -> None:
    with pytest.raises(StoreUnavailable, match="the tables that this program needs are not in"):
        a_trace(TraceStore(empty))
