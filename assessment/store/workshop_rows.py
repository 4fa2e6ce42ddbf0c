"""The statements about workshops. Each runs inside a transaction that a store has opened."""

import hashlib
import re
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from assessment.method.room import Ballot
from assessment.store.schema import agreements, participants, rounds, votes, workshops
from assessment.store.workshop_records import (
    Agreement,
    Pace,
    Round,
    Scope,
    Step,
    Workshop,
    WorkshopNotFound,
    WorkshopPlan,
)

_POSSIBLE = re.compile(r"[A-Za-z0-9_-]{4,64}")
"""What a key, a code or an id may be; what comes from an address may be anything."""


def digest(token: str) -> str:
    """What is kept of a participant's token: enough to know it again, not to use it."""
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()


def workshop_by(connection: Connection, lock: bool = False, **known: str) -> Workshop:
    """Read the workshop with a certain key, code or id.

    Args:
        connection: Of the transaction.
        lock: Whether to keep others from changing it until the transaction ends.
        known: The column and what it is.

    Raises:
        WorkshopNotFound: There is none.
    """
    query = select(workshops)
    for name, value in known.items():
        if not _POSSIBLE.fullmatch(value):
            raise WorkshopNotFound(name)
        query = query.where(workshops.c[name] == value)
    row = connection.execute(query.with_for_update() if lock else query).one_or_none()
    if row is None:
        raise WorkshopNotFound(next(iter(known)))
    return workshop_from(row)


def workshop_from(row: Row[Any]) -> Workshop:
    """Make a workshop of its row."""
    return Workshop(
        id=row.id,
        use_case_id=row.use_case,
        code=row.code,
        plan=WorkshopPlan(
            functions=tuple(row.functions),
            scope=Scope(row.scope),
            pace=Pace(row.pace),
            minutes=row.minutes,
            is_rehearsal=bool(row.rehearsal),
        ),
        step=Step(row.step),
        question=row.question,
        version=row.version,
        opened=row.opened,
        step_since=row.step_since,
        paused=row.paused,
        released=row.released,
        closed=row.closed,
        summary=row.summary,
        counted_people=row.counted_people,
        counted_guesses=_by_level(row.counted_guesses),
    )


def _by_level(counted: dict[str, int] | None) -> dict[int, int] | None:
    """Turn levels into numbers again; the keys of JSON are texts."""
    if counted is None:
        return None
    return {int(level): number for level, number in counted.items()}


def change(connection: Connection, workshop: Workshop, **values: object) -> None:
    """Change a workshop, so that every screen sees that it is behind."""
    this = update(workshops).where(workshops.c.id == workshop.id)
    connection.execute(this.values(version=workshops.c.version + 1, **values))


def read_rounds(connection: Connection, workshop_id: str) -> tuple[Round, ...]:
    """Read every round of a workshop, in the order in which they were opened."""
    query = select(rounds).where(rounds.c.workshop == workshop_id)
    ordered = query.order_by(rounds.c.opened, rounds.c.question, rounds.c.number)
    return tuple(
        Round(row.question, row.number, row.opened, row.revealed, row.hands, row.kept)
        for row in connection.execute(ordered)
    )


def last_rounds(connection: Connection, workshop_id: str) -> dict[str, Round]:
    """Read the last round of each question that was put to the room."""
    found: dict[str, Round] = {}
    for one in read_rounds(connection, workshop_id):
        if one.question not in found or found[one.question].number < one.number:
            found[one.question] = one
    return found


def open_round(
    connection: Connection, workshop_id: str, question: str, number: int, now: datetime
) -> None:
    """Put a question to the room."""
    row = {"workshop": workshop_id, "question": question, "number": number, "opened": now}
    connection.execute(insert(rounds).values(row))


def change_round(connection: Connection, workshop_id: str, one: Round, **values: object) -> None:
    """Change a round."""
    this = (
        (rounds.c.workshop == workshop_id)
        & (rounds.c.question == one.question)
        & (rounds.c.number == one.number)
    )
    connection.execute(update(rounds).where(this).values(**values))


def counted(connection: Connection, workshop_id: str, one: Round) -> dict[str, int]:
    """Count the votes of a round by option."""
    query = (
        select(votes.c.option, func.count())
        .where(
            votes.c.workshop == workshop_id,
            votes.c.question == one.question,
            votes.c.round == one.number,
        )
        .group_by(votes.c.option)
    )
    return {option: number for option, number in connection.execute(query)}  # noqa: C416 - rows


def read_agreements(connection: Connection, workshop_id: str) -> tuple[Agreement, ...]:
    """Read what was recorded, in the order in which it was."""
    query = select(agreements).where(agreements.c.workshop == workshop_id)
    return tuple(
        Agreement(row.question, row.option, row.reason, row.minority, row.at)
        for row in connection.execute(query.order_by(agreements.c.at, agreements.c.question))
    )


def count_people(connection: Connection, workshop_id: str) -> int:
    """Count everybody who ever joined and is not erased."""
    query = select(func.count()).select_from(participants)
    return connection.execute(query.where(participants.c.workshop == workshop_id)).scalar_one()


def read_ballots(connection: Connection, workshop: Workshop) -> tuple[Ballot, ...]:
    """Read what people said to the questions that were revealed, without who said it.

    The guesses are part of it from the result on. The order says nothing about who is who.
    """
    last = last_rounds(connection, workshop.id)
    shown = {(q, one.number) for q, one in last.items() if one.revealed is not None}
    people = connection.execute(
        select(*participants.c["token", "function", "guess"]).where(
            participants.c.workshop == workshop.id
        )
    ).all()
    given: dict[str, dict[str, str]] = {person.token: {} for person in people}
    for vote in connection.execute(select(votes).where(votes.c.workshop == workshop.id)):
        if (vote.question, vote.round) in shown:
            given[vote.participant][vote.question] = vote.option
    with_guess = workshop.step in (Step.RESULT, Step.PLAN)
    in_no_order = sorted(people, key=lambda person: shuffled(person.token, workshop.version))
    return tuple(
        Ballot(person.function, given[person.token], person.guess if with_guess else None)
        for person in in_no_order
    )


def shuffled(text: str, salt: int) -> bytes:
    """An order that does not follow from who came first, and is another one for every version."""
    return hashlib.sha256(f"{salt} {text}".encode(errors="surrogatepass")).digest()
