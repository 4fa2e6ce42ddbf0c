"""Run by Alembic for every command, inside the transaction of `assessment.store.migrate`."""

from alembic import context

from assessment.store.schema import VERSION_TABLE, metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
)
with context.begin_transaction():
    context.run_migrations()
