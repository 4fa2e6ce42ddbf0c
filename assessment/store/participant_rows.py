"""The statements about one participant. Each runs inside a transaction that a store has opened.

They are written once and not anew for each call: forty phones run them in the same second.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite

from assessment.store import workshop_rows as rows
from assessment.store.schema import participants, rounds, votes, workshops
from assessment.store.workshop_records import Pace, Participant, Step, Workshop, WorkshopNotFound

_KEY = participants.c.token == bindparam("key")

_PERSON = select(participants, workshops).join_from(participants, workshops).where(_KEY)
_PERSON_TO_STAY = _PERSON.with_for_update(read=True, of=workshops)
_VERSION = select(workshops.c.version, participants.c.seen).join_from(participants, workshops)
_GLANCE = _VERSION.where(_KEY)

_OWN = (votes.c.participant == bindparam("key")) & (votes.c.round == rounds.c.number)
_ROUNDS = (
    select(*rounds.c["question", "number", "revealed"], *votes.c["option", "comment"])
    .join_from(rounds, votes, _OWN & (votes.c.question == rounds.c.question), isouter=True)
    .where(rounds.c.workshop == bindparam("workshop"))
    .order_by(rounds.c.opened, rounds.c.question, rounds.c.number)
)

_SAID = ("option", "comment", "changed")


def _over(new: sqlite.Insert | postgresql.Insert) -> sqlite.Insert | postgresql.Insert:
    """Let a vote take the place of the one that somebody gave in the same round before."""
    values = {name: new.excluded[name] for name in _SAID}
    return new.on_conflict_do_update(index_elements=list(votes.primary_key), set_=values)


_UPSERTS = {
    "sqlite": _over(sqlite.insert(votes)),
    "postgresql": _over(postgresql.insert(votes)),
}
_CHANGE = update(participants).where(_KEY)


@dataclass(frozen=True)
class Own:
    """A question's last round, and what the participant said in it: option and comment, if any."""

    number: int
    revealed: datetime | None
    said: tuple[str, str] | None


def person_by(connection: Connection, token: str, *, stays: bool = False) -> Row[Any]:
    """Read who holds a token, together with their workshop.

    Args:
        connection: Of the transaction.
        token: The browser's.
        stays: Whether the workshop must stay as it is until the transaction ends. Others may read
            it so at the same time: people answer side by side, and no reveal comes in between.

    Raises:
        WorkshopNotFound: Nobody joined with it.
    """
    query = _PERSON_TO_STAY if stays else _PERSON
    found = connection.execute(query, {"key": rows.digest(token)}).one_or_none()
    if found is None:
        raise WorkshopNotFound("token")
    return found


def glance(connection: Connection, token: str) -> tuple[int, datetime]:
    """Read the version of a participant's workshop, and when their phone was heard of.

    Raises:
        WorkshopNotFound: Nobody joined with this token.
    """
    found = connection.execute(_GLANCE, {"key": rows.digest(token)}).one_or_none()
    if found is None:
        raise WorkshopNotFound("token")
    return found.version, found.seen


def own_rounds(connection: Connection, person: Row[Any]) -> dict[str, Own]:
    """Read the last round of each question, in the order in which they were put to the room."""
    found: dict[str, Own] = {}
    given = {"key": person.token, "workshop": person.id}
    for row in connection.execute(_ROUNDS, given):
        if row.question not in found or found[row.question].number < row.number:
            said = None if row.option is None else (row.option, row.comment)
            found[row.question] = Own(row.number, row.revealed, said)
    return found


def put_vote(connection: Connection, vote: Mapping[str, object]) -> None:
    """Keep what somebody says in a round, in place of what they said in it before."""
    connection.execute(_UPSERTS[connection.dialect.name], vote)


def change_person(connection: Connection, key: str, **values: object) -> None:
    """Change what is kept of a participant."""
    connection.execute(_CHANGE.values(**values), {"key": key})


def participant_from(person: Row[Any], own: Mapping[str, Own]) -> Participant:
    """Make what a participant's own phone may know."""
    workshop = rows.workshop_from(person)
    return Participant(
        workshop=workshop,
        function=person.function,
        guess=person.guess,
        has_left=person.left is not None,
        answers={question: one.said for question, one in own.items() if one.said is not None},
        open=tuple(q for q, one in own.items() if one.revealed is None and asks(workshop, q)),
        revealed=tuple(q for q, one in own.items() if one.revealed is not None),
        rounds={question: one.number for question, one in own.items()},
    )


def asks(workshop: Workshop, question: str) -> bool:
    """Whether a question whose round is open may be answered now."""
    if workshop.step is not Step.ANSWER or workshop.paused or workshop.closed:
        return False
    return workshop.plan.pace is Pace.OWN or workshop.question == question
