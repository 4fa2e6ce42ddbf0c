"""Deleting a trace: hidden at once, erased with everything about it when the grace is over.

The statements; each runs inside a transaction that `traces` has opened.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import Column, Connection, Table, delete, select, update

from assessment.method.questionnaire import NAME_FACT
from assessment.store.errors import TraceDeleted, TraceNotFound
from assessment.store.records import DeletedTrace
from assessment.store.schema import metadata, use_cases

GRACE = timedelta(days=30)
"""How long a deleted trace can be brought back."""

_AT_ONCE = 500
"""Traces erased by one statement."""


def erased_at(deleted: datetime) -> datetime:
    """Say from when on a trace that was deleted then is erased."""
    return deleted + GRACE


def require_kept(use_case_id: str, deleted: datetime | None) -> None:
    """Let through only a trace that was not deleted.

    Raises:
        TraceDeleted: It was.
    """
    if deleted is not None:
        raise TraceDeleted(use_case_id, deleted)


def mark_deleted(connection: Connection, use_case_id: str, now: datetime) -> None:
    """Hide a trace; one that is hidden already keeps its time.

    Raises:
        TraceNotFound: There is no trace with this id.
    """
    if _deletion(connection, use_case_id) is None:
        _set(connection, use_case_id, now)


def unmark_deleted(connection: Connection, use_case_id: str, now: datetime) -> None:
    """Show a trace again, as it was.

    Raises:
        TraceNotFound: There is no trace with this id, or its grace is over.
    """
    deleted = _deletion(connection, use_case_id)
    if deleted is None:
        return
    if erased_at(deleted) <= now:
        raise TraceNotFound(use_case_id)
    _set(connection, use_case_id, None)


def read_deleted(connection: Connection, limit: int) -> tuple[DeletedTrace, ...]:
    """Read the traces that are deleted and not erased yet, the last one deleted first."""
    query = (
        select(*use_cases.c["id", "facts", "deleted"])
        .where(use_cases.c.deleted.is_not(None))
        .order_by(use_cases.c.deleted.desc(), use_cases.c.id)
        .limit(limit)
    )
    return tuple(
        DeletedTrace(row.id, str(row.facts.get(NAME_FACT, "")), row.deleted)
        for row in connection.execute(query)
    )


def is_anything_due(connection: Connection, before: datetime) -> bool:
    """Whether a trace was deleted before a moment."""
    query = select(use_cases.c.id).where(use_cases.c.deleted < before).limit(1)
    return connection.execute(query).first() is not None


def erase(connection: Connection, before: datetime) -> int:
    """Erase every row about the traces that were deleted before a moment.

    They are locked first, so that nobody brings one back while half of it is gone.

    Returns:
        How many traces were erased.
    """
    due = select(use_cases.c.id).where(use_cases.c.deleted < before).with_for_update()
    ids = connection.execute(due).scalars().all()
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        for table, column in _about_a_trace():
            connection.execute(delete(table).where(column.in_(some)))
        connection.execute(delete(use_cases).where(use_cases.c.id.in_(some)))
    return len(ids)


def _about_a_trace() -> Iterator[tuple[Table, Column[str]]]:
    """Every table with rows that belong to a trace, and the column that says to which."""
    for table in reversed(metadata.sorted_tables):
        for key in table.foreign_keys:
            if key.column is use_cases.c.id:
                yield table, key.parent


def _deletion(connection: Connection, use_case_id: str) -> datetime | None:
    query = select(use_cases.c.deleted).where(use_cases.c.id == use_case_id).with_for_update()
    row = connection.execute(query).one_or_none()
    if row is None:
        raise TraceNotFound(use_case_id)
    deleted: datetime | None = row.deleted
    return deleted


def _set(connection: Connection, use_case_id: str, deleted: datetime | None) -> None:
    this = update(use_cases).where(use_cases.c.id == use_case_id)
    connection.execute(this.values(deleted=deleted))
