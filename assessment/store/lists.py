"""Lists of traces: each shows only what the visitor may see.

The statements; each runs inside a transaction that `traces` has opened.
"""

from sqlalchemy import Connection, func, select

from assessment.method.questionnaire import NAME_FACT
from assessment.store.access import Access, Visitor, granted, owned_by, seen_by
from assessment.store.records import DeletedTrace, TraceSummary
from assessment.store.schema import answers, results, use_cases


def read_recent(
    connection: Connection, visitor: Visitor | None, limit: int
) -> tuple[TraceSummary, ...]:
    """Read the traces that a visitor owns or that were shared with them, the last changed first."""
    answered = (
        select(func.count())
        .where(answers.c.use_case == use_cases.c.id, answers.c.option.is_not(None))
        .scalar_subquery()
    )
    query = (
        select(use_cases, results, answered.label("answered"))
        .join(results, results.c.use_case == use_cases.c.id)
        .where(use_cases.c.deleted.is_(None), use_cases.c.archived.is_(None), seen_by(visitor))
        .order_by(use_cases.c.changed.desc(), use_cases.c.id)
        .limit(limit)
    )
    shared = granted(connection, visitor)
    return tuple(
        TraceSummary(
            id=row.id,
            name=str(row.facts.get(NAME_FACT, "")),
            changed=row.changed,
            level=row.level,
            ceiling=row.ceiling,
            evidenced=row.evidenced,
            answered=row.answered,
            access=_access(visitor, row.owner, shared.get(row.id)),
        )
        for row in connection.execute(query)
    )


def read_deleted(
    connection: Connection, visitor: Visitor | None, limit: int
) -> tuple[DeletedTrace, ...]:
    """Read a visitor's traces that are deleted and not erased yet, the last one deleted first."""
    query = (
        select(*use_cases.c["id", "facts", "deleted"])
        .where(use_cases.c.deleted.is_not(None), owned_by(visitor))
        .order_by(use_cases.c.deleted.desc(), use_cases.c.id)
        .limit(limit)
    )
    return tuple(
        DeletedTrace(row.id, str(row.facts.get(NAME_FACT, "")), row.deleted)
        for row in connection.execute(query)
    )


def _access(visitor: Visitor | None, owner: str | None, shared: Access | None) -> Access:
    if visitor is None or visitor.person == owner:
        return Access.OWN
    return shared or Access.VIEW
