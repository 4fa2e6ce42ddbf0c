"""The links by which a trace is shared, where people sign in, and who came by each."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import Connection, Row, delete, select, update

from assessment.method.questionnaire import NAME_FACT
from assessment.store.access import Access, Visitor, is_possible, require
from assessment.store.database import Database
from assessment.store.errors import LinkNotFound, NotAllowed, TraceDeleted
from assessment.store.packing import storable
from assessment.store.rows import insert_if_new
from assessment.store.schema import guests, links, use_cases


@dataclass(frozen=True)
class Guest:
    """Somebody who came by a link. `since` is when they first did, in UTC."""

    name: str
    since: datetime


@dataclass(frozen=True)
class Link:
    """A link to a trace.

    Attributes:
        token: What makes it hard to guess; part of its address.
        access: What it allows: to view, to edit, or to own (whoever opens that one first takes the
            trace over, and the link is gone).
        created: When it was made, in UTC.
        guests: Who came by it, the first first.
    """

    token: str
    access: Access
    created: datetime
    guests: tuple[Guest, ...] = ()


LINK = "link"
"""What a link's token is called in its address."""


def path_of(link: Link) -> str:
    """What stands behind the server's name in the address of a link."""
    return f"/?{urlencode({LINK: link.token})}"


@dataclass(frozen=True)
class Opened:
    """Where a link leads: a trace, and what the visitor may do with it."""

    use_case_id: str
    access: Access


@dataclass(frozen=True)
class Ownerless:
    """A trace that belongs to nobody: it was begun when nobody signed in."""

    id: str
    name: str
    changed: datetime


class LinkStore:
    """Keeps links. Every method is one transaction, and asks who may.

    All of them raise `StoreUnavailable` where the database cannot be used. Those about a trace are
    for its owner, and raise `TraceNotFound` or a kind of it for everybody else.
    """

    def __init__(self, database: Database, visitor: Visitor | None = None) -> None:
        """Take the database, and who asks; None where nobody signs in, and in the terminal."""
        self._database = database
        self._visitor = visitor

    def make(self, use_case_id: str, token: str, access: Access, now: datetime) -> Link:
        """Make a link to a trace.

        Args:
            use_case_id: Of the trace.
            token: At least 128 random bits as text.
            access: What it allows.
            now: When this happens, with its time zone.

        Raises:
            ValueError: The token is too short or taken.
        """
        if not is_possible(token):
            raise ValueError("a link needs 22 to 64 letters, digits, '-' or '_'")
        row = {"token": token, "use_case": use_case_id, "access": access.name.lower()}
        with self._database.writing() as connection:
            require(connection, use_case_id, self._visitor, Access.OWN, lock=True)
            if not insert_if_new(connection, links, {**row, "created": now}):
                raise ValueError("there is a link with this token already")
        return Link(token, access, now)

    def of(self, use_case_id: str) -> tuple[Link, ...]:
        """List the links of a trace, the first made first, with who came by each."""
        query = (
            select(links).where(links.c.use_case == use_case_id).order_by("created", links.c.token)
        )
        with self._database.reading() as connection:
            require(connection, use_case_id, self._visitor, Access.OWN)
            found = connection.execute(query).all()
            came = _guests(connection, use_case_id)
        return tuple(
            Link(row.token, _access(row.access), row.created, came.get(row.token, ()))
            for row in found
        )

    def take_back(self, use_case_id: str, token: str) -> None:
        """Take a link back. Who came by it loses what it allowed at once; twice does no harm."""
        with self._database.writing() as connection:
            require(connection, use_case_id, self._visitor, Access.OWN, lock=True)
            _erase(connection, use_case_id, token)

    def redeem(self, token: str, now: datetime) -> Opened:
        """Open a link: from now on the visitor may do what it allows.

        Args:
            token: What stands in the address, which may be anything somebody typed.
            now: When this happens, with its time zone.

        Raises:
            LinkNotFound: There is no such link; it was taken back, or its trace was deleted.
            TraceDeleted: Its trace was deleted, and belongs to the visitor.
        """
        if not is_possible(token):
            raise LinkNotFound
        with self._database.writing() as connection:
            link, trace = _to_open(connection, token)
            owns = self._visitor is None or self._visitor.person == trace.owner
            if trace.deleted is not None:
                raise TraceDeleted(trace.id, trace.deleted) if owns else LinkNotFound
            if self._visitor is not None and not owns:
                _let_in(connection, link, self._visitor, now)
            return Opened(trace.id, require(connection, trace.id, self._visitor, Access.VIEW))

    def ownerless(self) -> tuple[Ownerless, ...]:
        """List the traces that belong to nobody, the last changed first; for the terminal.

        Raises:
            NotAllowed: A visitor asks.
        """
        if self._visitor is not None:
            raise NotAllowed
        query = (
            select(*use_cases.c["id", "facts", "changed"])
            .where(use_cases.c.owner.is_(None), use_cases.c.deleted.is_(None))
            .order_by(use_cases.c.changed.desc(), use_cases.c.id)
        )
        with self._database.reading() as connection:
            return tuple(
                Ownerless(row.id, str(row.facts.get(NAME_FACT, "")), row.changed)
                for row in connection.execute(query)
            )


def _to_open(connection: Connection, token: str) -> tuple[Row[Any], Row[Any]]:
    """Find a link and its trace, and lock the trace, so that nobody takes the link back now."""
    this = links.c.token == token
    use_case = select(links.c.use_case).where(this).scalar_subquery()
    locked = select(*use_cases.c["id", "deleted", "owner"]).where(use_cases.c.id == use_case)
    trace = connection.execute(locked.with_for_update()).one_or_none()
    link = connection.execute(select(links).where(this)).one_or_none()
    if trace is None or link is None:
        raise LinkNotFound
    return link, trace


def _let_in(connection: Connection, link: Row[Any], visitor: Visitor, now: datetime) -> None:
    if _access(link.access) is Access.OWN:
        this = update(use_cases).where(use_cases.c.id == link.use_case)
        connection.execute(this.values(owner=visitor.person))
        _erase(connection, link.use_case, link.token)
        return
    key = {"link": link.token, "person": visitor.person}
    told = {"name": storable(visitor.name)}
    if not insert_if_new(
        connection, guests, {**key, **told, "use_case": link.use_case, "since": now}
    ):
        connection.execute(update(guests).filter_by(**key).values(told))


def _erase(connection: Connection, use_case_id: str, token: str) -> None:
    for table, column in ((guests, guests.c.link), (links, links.c.token)):
        connection.execute(delete(table).where(column == token, table.c.use_case == use_case_id))


def _guests(connection: Connection, use_case_id: str) -> dict[str, tuple[Guest, ...]]:
    query = select(guests).where(guests.c.use_case == use_case_id)
    came: dict[str, tuple[Guest, ...]] = {}
    for row in connection.execute(query.order_by(guests.c.since, guests.c.name)):
        came[row.link] = (*came.get(row.link, ()), Guest(row.name, row.since))
    return came


def _access(kept: str) -> Access:
    return Access[kept.upper()]
