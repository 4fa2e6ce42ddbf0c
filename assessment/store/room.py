"""What a room said: counts until the reveal, then answers without names.

Every call names the secret key of a workshop, as those of `workshops` do.
"""

from datetime import datetime, timedelta

from sqlalchemy import func, select

from assessment.method.room import Ballot
from assessment.store import workshop_rows as rows
from assessment.store.database import Database
from assessment.store.schema import participants, votes
from assessment.store.workshop_records import Agreement, Attendance, Round

ABSENT_AFTER = timedelta(seconds=90)
"""A phone that was not heard of for so long is not waited for."""


class RoomStore:
    """Reads what a room said. Every method is one transaction.

    All of them raise `StoreUnavailable` where the database cannot be used, and `WorkshopNotFound`
    where no workshop has the key.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def rounds(self, key: str) -> tuple[Round, ...]:
        """Read every round, in the order in which they were opened."""
        with self._database.reading() as connection:
            return rows.read_rounds(connection, rows.workshop_by(connection, key=key).id)

    def agreed(self, key: str) -> tuple[Agreement, ...]:
        """Read what was recorded, in the order in which it was."""
        with self._database.reading() as connection:
            return rows.read_agreements(connection, rows.workshop_by(connection, key=key).id)

    def attendance(self, key: str, now: datetime) -> Attendance:
        """Count who is in and who has answered; this is all that is known before a reveal."""
        with self._database.reading() as connection:
            workshop = rows.workshop_by(connection, key=key)
            last = rows.last_rounds(connection, workshop.id)
            mine = participants.c.workshop == workshop.id
            here = participants.c.left.is_(None) & (participants.c.seen > now - ABSENT_AFTER)
            people = select(
                func.count(),
                func.count().filter(here),
                func.count(participants.c.guess).filter(here),
            ).where(mine)
            joined, present, guessed = connection.execute(people).one()
            answered = (
                select(votes.c.question, votes.c.round, func.count())
                .join(participants, participants.c.token == votes.c.participant)
                .where(mine, here)
                .group_by(votes.c.question, votes.c.round)
            )
            counts = {(q, number): n for q, number, n in connection.execute(answered)}
        return Attendance(
            joined, present, guessed, {q: counts.get((q, one.number), 0) for q, one in last.items()}
        )

    def ballots(self, key: str) -> tuple[Ballot, ...]:
        """Read what people said to the questions that were revealed, without who said it.

        The guesses are part of it from the result on. The order says nothing about who is who.
        """
        with self._database.reading() as connection:
            return rows.read_ballots(connection, rows.workshop_by(connection, key=key))

    def comments(self, key: str, question: str) -> tuple[str, ...]:
        """Read the comments on a question that was revealed, without names, in no order."""
        with self._database.reading() as connection:
            workshop = rows.workshop_by(connection, key=key)
            one = rows.last_rounds(connection, workshop.id).get(question)
            if one is None or one.revealed is None:
                return ()
            found = connection.execute(
                select(votes.c.comment).where(
                    votes.c.workshop == workshop.id,
                    votes.c.question == question,
                    votes.c.round == one.number,
                    votes.c.comment != "",
                )
            ).scalars()
            return tuple(sorted(found, key=lambda text: rows.shuffled(text, one.number)))
