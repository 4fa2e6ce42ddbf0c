"""The final close: answers become counts, and what tells participants apart is erased.

A facilitator closes a workshop. Where nobody does, it closes by itself: 24 hours after the report
was released, which is when participants can fetch it no longer, so that nothing is kept that
nobody needs; and where no report was released, after seven days in which nothing happened. A
workshop may rest overnight or over a weekend and go on, and so do not less; a phone keeps its
cookie for seven days, so that after them hardly anybody could come back as the same participant.

The statements; each runs inside a transaction in which a store has locked the workshop.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, and_, delete, exists, or_, select

from assessment.store import workshop_rows as rows
from assessment.store.counted import summary_by_hand
from assessment.store.schema import agreements, participants, rounds, votes, workshops
from assessment.store.workshop_records import Workshop

REPORT_FOR = timedelta(hours=24)
"""How long participants can fetch a report that was released; the workshop closes then."""

QUIET_FOR = timedelta(days=7)
"""How long nothing may happen in a workshop whose report was not released, until it closes."""


def close(
    connection: Connection, workshop: Workshop, summary: Mapping[str, Any], now: datetime
) -> None:
    """Close a workshop; closing it twice changes nothing.

    What was counted by hand goes into the summary here, as it stands in this very transaction, and
    of people only what may be shown: a function of one or two is kept nowhere.
    """
    if workshop.closed is not None:
        return
    for one in rows.read_rounds(connection, workshop.id):
        if one.revealed is not None and one.hands is None:
            kept = rows.counted(connection, workshop.id, one)
            rows.change_round(connection, workshop.id, one, kept=kept)
    said = {**summary, **_guesses(connection, workshop, summary)}
    said |= summary_by_hand(workshop, len(said.get("guesses", ())))
    connection.execute(delete(votes).where(votes.c.workshop == workshop.id))
    connection.execute(delete(participants).where(participants.c.workshop == workshop.id))
    values = {"code": None, "closed": now, "question": None, "summary": said}
    rows.change(connection, workshop, **values, counted_people=None, counted_guesses=None)


def _guesses(
    connection: Connection, workshop: Workshop, summary: Mapping[str, Any]
) -> dict[str, list[int]]:
    """Count the guesses; before the result the summary could not, as nobody may see them yet."""
    levels = range(1, len(summary.get("guesses", ())) + 1)
    mine = participants.c.workshop == workshop.id
    given = connection.execute(select(participants.c.guess).where(mine)).scalars().all()
    return {"guesses": [given.count(level) for level in levels]} if levels else {}


def overdue(connection: Connection, now: datetime) -> tuple[str, ...]:
    """List the keys of the workshops that are to be closed by now."""
    return tuple(connection.execute(select(workshops.c.key).where(_is_due(now))).scalars())


def is_due(connection: Connection, workshop: Workshop, now: datetime) -> bool:
    """Whether a workshop is to be closed by now."""
    this = select(workshops.c.key).where(_is_due(now), workshops.c.id == workshop.id)
    return connection.execute(this).first() is not None


def _is_due(now: datetime) -> ColumnElement[bool]:
    quiet_since = now - QUIET_FOR
    moments = (
        agreements.c.at,
        participants.c.joined,
        rounds.c.opened,
        rounds.c.revealed,
        votes.c.changed,
    )
    is_quiet = [~_happened(moment, quiet_since) for moment in moments]
    is_quiet += [
        workshops.c.step_since <= quiet_since,
        or_(workshops.c.paused.is_(None), workshops.c.paused <= quiet_since),
    ]
    was_read = workshops.c.released <= now - REPORT_FOR
    was_forgotten = and_(workshops.c.released.is_(None), *is_quiet)
    return and_(workshops.c.closed.is_(None), or_(was_read, was_forgotten))


def _happened(moment: "Column[datetime]", since: datetime) -> ColumnElement[bool]:
    return exists().where(moment.table.c.workshop == workshops.c.id, moment > since)
