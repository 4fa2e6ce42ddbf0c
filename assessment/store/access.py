"""Who may do what with a trace. Every call of the store asks here, inside its own transaction.

Where nobody signs in there is no visitor: whoever knows a trace's id may do everything with it.
"""

import re
from dataclasses import dataclass
from enum import IntEnum

from sqlalchemy import ColumnElement, Connection, select, true

from assessment.store.errors import NotAllowed, TraceDeleted, TraceNotFound
from assessment.store.schema import guests, links, use_cases

_ID = re.compile(r"[A-Za-z0-9_-]{22,64}")  # 128 random bits take 22 characters at the least


class Access(IntEnum):
    """What somebody may do with a trace; each includes those before it."""

    VIEW = 1
    EDIT = 2
    OWN = 3


@dataclass(frozen=True)
class Visitor:
    """Somebody who signed in.

    `person` tells them apart from everybody else for good (issuer and subject); `name` is for
    others to read.
    """

    person: str
    name: str


def is_possible(secret: str) -> bool:
    """Whether a trace or a link can be called so; what comes from an address may be anything."""
    return _ID.fullmatch(secret) is not None


def require(
    connection: Connection,
    use_case_id: str,
    visitor: Visitor | None,
    needed: Access,
    *,
    lock: bool = False,
    also_deleted: bool = False,
) -> Access:
    """Let through only who may do this with a trace that is there and not deleted.

    Args:
        connection: Of the transaction in which it is done.
        use_case_id: The trace; it may be anything somebody typed.
        visitor: Who asks; None where nobody signs in.
        needed: What they need to be allowed.
        lock: Whether to keep everybody else from changing the trace, and whom it is shared with,
            until the transaction ends; only while writing.
        also_deleted: Whether a deleted trace will do.

    Returns:
        What the visitor may do with it.

    Raises:
        TraceNotFound: There is no such trace for this visitor; its kind `TraceDeleted` where it
            is theirs and was deleted, its kind `NotAllowed` where they may see it but not do this.
    """
    if not is_possible(use_case_id):
        raise TraceNotFound(use_case_id)
    query = select(use_cases.c.deleted, use_cases.c.owner).where(use_cases.c.id == use_case_id)
    row = connection.execute(query.with_for_update() if lock else query).one_or_none()
    allowed = None if row is None else _allowed(connection, use_case_id, row.owner, visitor)
    if row is None or allowed is None:
        raise TraceNotFound(use_case_id)
    if row.deleted is not None and not also_deleted:
        if allowed < Access.OWN:  # only the owner can bring it back
            raise TraceNotFound(use_case_id)
        raise TraceDeleted(use_case_id, row.deleted)
    if allowed < needed:
        raise NotAllowed(use_case_id)
    return allowed


def owned_by(visitor: Visitor | None) -> ColumnElement[bool]:
    """Which traces belong to a visitor: all of them where nobody signs in."""
    return true() if visitor is None else use_cases.c.owner == visitor.person


def seen_by(visitor: Visitor | None) -> ColumnElement[bool]:
    """Which traces a visitor may see: their own, and those that were shared with them."""
    if visitor is None:
        return true()
    shared = select(guests.c.use_case).where(guests.c.person == visitor.person)
    return owned_by(visitor) | use_cases.c.id.in_(shared)


def granted(connection: Connection, visitor: Visitor | None) -> dict[str, Access]:
    """What was shared with a visitor: id of the trace -> the most that a link allows."""
    if visitor is None:
        return {}
    query = (
        select(guests.c.use_case, links.c.access)
        .join(links, links.c.token == guests.c.link)
        .where(guests.c.person == visitor.person)
    )
    best: dict[str, Access] = {}
    for use_case, access in connection.execute(query):
        best[use_case] = max(best.get(use_case, Access.VIEW), Access[access.upper()])
    return best


def _allowed(
    connection: Connection, use_case_id: str, owner: str | None, visitor: Visitor | None
) -> Access | None:
    if visitor is None or visitor.person == owner:
        return Access.OWN
    query = (
        select(links.c.access)
        .join(guests, guests.c.link == links.c.token)
        .where(guests.c.use_case == use_case_id, guests.c.person == visitor.person)
    )
    shared = [Access[access.upper()] for access in connection.execute(query).scalars()]
    return max(shared, default=None)
