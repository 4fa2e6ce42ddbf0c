"""Deleting a trace: hidden at once, erased with everything about it when the grace is over.

The statements; each runs inside a transaction in which `traces` has asked who may, and locked the
trace.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Column, ColumnElement, Connection, Select, Table, delete, select, update

from assessment.store.errors import TraceNotFound
from assessment.store.schema import metadata, use_cases

GRACE = timedelta(days=30)
"""How long a deleted trace can be brought back."""

_AT_ONCE = 500
"""Traces erased by one statement."""


def erased_at(deleted: datetime) -> datetime:
    """Say from when on a trace that was deleted then is erased."""
    return deleted + GRACE


def mark_deleted(connection: Connection, use_case_id: str, now: datetime) -> None:
    """Hide a trace that is there; one that is hidden already keeps its time."""
    if _deletion(connection, use_case_id) is None:
        _set(connection, use_case_id, now)


def unmark_deleted(connection: Connection, use_case_id: str, now: datetime) -> None:
    """Show a trace again, as it was.

    Raises:
        TraceNotFound: Its grace is over.
    """
    deleted = _deletion(connection, use_case_id)
    if deleted is None:
        return
    if erased_at(deleted) <= now:
        raise TraceNotFound(use_case_id)
    _set(connection, use_case_id, None)


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
        _erase_what_refers_to(connection, use_cases, select(use_cases.c.id).where(_one_of(some)))
        connection.execute(delete(use_cases).where(_one_of(some)))
    return len(ids)


def _one_of(ids: Sequence[str]) -> ColumnElement[bool]:
    return use_cases.c.id.in_(ids)


def _erase_what_refers_to(connection: Connection, erased: Table, keys: Select[str]) -> None:
    """Erase the rows of every table that refer to some rows of one, and what refers to those."""
    for table in reversed(metadata.sorted_tables):
        for key in table.foreign_keys:
            if key.column.table is erased:
                refers = key.parent.in_(keys)
                for own in _referred_to(table):
                    _erase_what_refers_to(connection, table, select(own).where(refers))
                connection.execute(delete(table).where(refers))


def _referred_to(table: Table) -> set[Column[str]]:
    """The columns of a table that others refer to."""
    everything = (key for other in metadata.sorted_tables for key in other.foreign_keys)
    return {key.column for key in everything if key.column.table is table}


def _deletion(connection: Connection, use_case_id: str) -> datetime | None:
    query = select(use_cases.c.deleted).where(use_cases.c.id == use_case_id)
    deleted: datetime | None = connection.execute(query).scalar_one()
    return deleted


def _set(connection: Connection, use_case_id: str, deleted: datetime | None) -> None:
    this = update(use_cases).where(use_cases.c.id == use_case_id)
    connection.execute(this.values(deleted=deleted))
