"""Workshops as participants take part in them. Every call names the token of one browser."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import insert, update

from assessment.store import participant_rows as people
from assessment.store import workshop_rows as rows
from assessment.store.database import Database
from assessment.store.packing import storable
from assessment.store.schema import participants
from assessment.store.workshop_records import (
    AnotherRound,
    Full,
    NotOpen,
    Participant,
    Step,
    Workshop,
)

MOST = 200
"""People in one workshop; more than a room holds, and few enough to keep a joker from flooding."""

LONGEST_COMMENT = 500
"""Characters."""

NOTED_EVERY = timedelta(seconds=20)
"""How often it is written down that a phone was heard of; asking alone writes nothing."""


class Participation:
    """Lets people take part. Every method is one transaction.

    All of them raise `StoreUnavailable` where the database cannot be used, and `WorkshopNotFound`
    where no open workshop has the code, or nobody joined one with the token.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def functions(self, code: str) -> tuple[str, ...]:
        """Say which functions one can belong to in the workshop with a code."""
        with self._database.reading() as connection:
            return rows.workshop_by(connection, code=code).plan.functions

    def join(self, code: str, token: str, function: str, now: datetime) -> None:
        """Take part; joining again with the same token changes only the function.

        Args:
            code: The workshop's code, as it is kept.
            token: 128 random bits that this browser keeps.
            function: One of the workshop's.
            now: When this happens, with its time zone.

        Raises:
            ValueError: The function is none of the workshop's.
            Full: As many are in as a workshop takes.
        """
        key = rows.digest(token)
        with self._database.writing() as connection:
            workshop = rows.workshop_by(connection, lock=True, code=code)
            if function not in workshop.plan.functions:
                raise ValueError("there is no such function in this workshop")
            this = update(participants).where(
                participants.c.token == key, participants.c.workshop == workshop.id
            )
            again = {"function": function, "seen": now, "left": None}
            if connection.execute(this.values(again)).rowcount:
                return
            if rows.count_people(connection, workshop.id) >= MOST:
                raise Full(workshop.id)
            row = {"token": key, "workshop": workshop.id, "joined": now, **again}
            connection.execute(insert(participants).values(row))

    def version(self, token: str, now: datetime) -> int:
        """Say at which version the participant's workshop is, and note that the phone is there."""
        with self._database.reading() as connection:
            version, seen = people.glance(connection, token)
        if now - seen >= NOTED_EVERY:
            with self._database.writing() as connection:
                people.change_person(connection, rows.digest(token), seen=now)
        return version

    def load(self, token: str) -> Participant:
        """Read what a participant's own phone may know."""
        with self._database.reading() as connection:
            person = people.person_by(connection, token)
            return people.participant_from(person, people.own_rounds(connection, person))

    def guess(self, token: str, level: int, now: datetime) -> None:
        """Name the level that one believes the use case is at.

        Raises:
            NotOpen: The room has gone on to the answers, or rests.
        """
        with self._database.writing() as connection:
            person = people.person_by(connection, token, stays=True)
            if person.step not in (Step.LOBBY, Step.GUESS) or person.paused or person.closed:
                raise NotOpen("guess")
            people.change_person(connection, person.token, guess=level, seen=now, left=None)

    def vote(
        self,
        token: str,
        question: str,
        option: str,
        comment: str,
        now: datetime,
        *,
        seen_round: int | None = None,
        check: Callable[[Workshop], None] = lambda _: None,
    ) -> Participant:
        """Answer a question, or change the answer, until it is revealed.

        Args:
            token: The browser's.
            question: One that is open now.
            option: An option of it, or "unknown"; the caller knows the questionnaire.
            comment: May be empty; what is beyond `LONGEST_COMMENT` is cut off.
            now: When this happens.
            seen_round: The number of the round that the browser showed; None where it must be the
                present one, since the caller has just read it.
            check: Raises what it likes where this workshop cannot take this answer.

        Returns:
            The participant as they stand then; it is saved.

        Raises:
            NotOpen: The question is not open now.
            AnotherRound: The room votes on it again meanwhile.
        """
        with self._database.writing() as connection:
            person = people.person_by(connection, token, stays=True)
            workshop = rows.workshop_from(person)
            check(workshop)
            own = people.own_rounds(connection, person)
            one = own.get(question)
            if one is None or one.revealed is not None or not people.asks(workshop, question):
                raise NotOpen(question)
            if seen_round not in (None, one.number):
                raise AnotherRound(question)
            said = (option, storable(comment.strip()[:LONGEST_COMMENT]))
            vote = {
                "participant": person.token,
                "question": question,
                "round": one.number,
                "workshop": workshop.id,
                "option": said[0],
                "comment": said[1],
                "changed": now,
            }
            people.put_vote(connection, vote)
            if person.left is not None or now - person.seen >= NOTED_EVERY:
                people.change_person(connection, person.token, seen=now, left=None)
            own[question] = replace(one, said=said)
            return replace(people.participant_from(person, own), has_left=False)

    def leave(self, token: str, now: datetime) -> None:
        """Go; what was said stays, and nobody waits for more. Coming back undoes it."""
        with self._database.writing() as connection:
            person = people.person_by(connection, token)
            people.change_person(connection, person.token, left=now)

    def come_back(self, token: str, now: datetime) -> None:
        """Take part again as the same participant."""
        with self._database.writing() as connection:
            person = people.person_by(connection, token)
            people.change_person(connection, person.token, seen=now, left=None)
