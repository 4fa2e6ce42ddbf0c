"""Workshops as facilitators run them. Every call names the secret key of a workshop."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from assessment.store import final_close
from assessment.store import workshop_rows as rows
from assessment.store.access import Access, Visitor, require
from assessment.store.counted import checked, keeping_open
from assessment.store.database import Database
from assessment.store.errors import NotAllowed
from assessment.store.packing import storable
from assessment.store.schema import agreements, workshops
from assessment.store.workshop_records import (
    Agreement,
    MovedMeanwhile,
    NotOpen,
    Round,
    Step,
    Workshop,
    WorkshopPlan,
)


class WorkshopStore:
    """Keeps workshops. Every method is one transaction.

    All of them raise `StoreUnavailable` where the database cannot be used, and `WorkshopNotFound`
    where no workshop has the key.
    """

    def __init__(self, database: Database, visitor: Visitor | None = None) -> None:
        self._database = database
        self._visitor = visitor

    def open(
        self, ids: tuple[str, str, str], use_case_id: str, plan: WorkshopPlan, now: datetime
    ) -> None:
        """Open a workshop on a trace.

        Args:
            ids: Its id, the facilitators' key (128 random bits each) and the code to join by.
            use_case_id: The trace.
            plan: What was chosen beforehand.
            now: When this happens, with its time zone.

        Raises:
            TraceNotFound: There is no such trace for this visitor, or they may not edit it.
        """
        workshop_id, key, code = ids
        row = {
            "id": workshop_id,
            "key": key,
            "code": code,
            "use_case": use_case_id,
            "scope": plan.scope,
            "pace": plan.pace,
            "minutes": plan.minutes,
            "functions": [storable(function) for function in plan.functions],
            "rehearsal": int(plan.is_rehearsal),
            "step": Step.LOBBY,
            "version": 1,
            "opened": now,
            "step_since": now,
        }
        with self._database.writing() as connection:
            require(connection, use_case_id, self._visitor, Access.EDIT)
            connection.execute(insert(workshops).values(row))

    def load(self, key: str) -> Workshop:
        """Read a workshop."""
        with self._database.reading() as connection:
            return rows.workshop_by(connection, key=key)

    def of_trace(self, use_case_id: str) -> tuple[tuple[str, Workshop], ...]:
        """List the workshops on a trace with their keys, the newest first.

        Raises:
            TraceNotFound: There is no such trace for this visitor, or they may not edit it.
        """
        query = select(workshops).where(workshops.c.use_case == use_case_id)
        with self._database.reading() as connection:
            require(connection, use_case_id, self._visitor, Access.EDIT)
            found = connection.execute(query.order_by(workshops.c.opened.desc(), workshops.c.id))
            return tuple((row.key, rows.workshop_from(row)) for row in found)

    def renew_key(self, key: str, new_key: str) -> None:
        """Give the facilitators another secret; links with the old one lead nowhere."""
        with self._changing(key) as (connection, workshop):
            rows.change(connection, workshop, key=new_key)

    def move(self, key: str, seen: int, step: Step, question: str | None, now: datetime) -> None:
        """Go to another step or question; a question that is asked for the first time opens.

        Args:
            key: The facilitators' secret.
            seen: The version that the facilitator's screen showed.
            step: Where to.
            question: The question to be at, if any.
            now: When this happens.

        Raises:
            MovedMeanwhile: The workshop is elsewhere by now.
        """
        with self._changing(key) as (connection, workshop):
            if workshop.version != seen:
                raise MovedMeanwhile(workshop.version)
            if step is Step.ANSWER and question is not None:
                self._put(connection, workshop, [question], now)
            rows.change(connection, workshop, step=step, question=question, step_since=now)

    def put(self, key: str, questions: Sequence[str], now: datetime) -> None:
        """Put several questions to the room at once; those put before stay as they are."""
        with self._changing(key) as (connection, workshop):
            self._put(connection, workshop, questions, now)
            rows.change(connection, workshop)

    def reveal(self, key: str, question: str, now: datetime) -> None:
        """Show the room its answers to a question; from now on nobody changes theirs.

        Raises:
            NotOpen: The question was not put to the room.
        """
        with self._changing(key) as (connection, workshop):
            one = _last(connection, workshop, question)
            if one.revealed is None:
                rows.change_round(connection, workshop.id, one, revealed=now)
            values = {"step": Step.REVEAL, "question": question, "step_since": now}
            rows.change(connection, workshop, **values)

    def vote_again(self, key: str, question: str, now: datetime) -> None:
        """Put a question to the room once more; what was said before is kept.

        Raises:
            NotOpen: The question was not revealed yet.
        """
        with self._changing(key) as (connection, workshop):
            one = _last(connection, workshop, question)
            if one.revealed is None:
                raise NotOpen(question)
            rows.open_round(connection, workshop.id, question, one.number + 1, now)
            values = {"step": Step.ANSWER, "question": question, "step_since": now}
            rows.change(connection, workshop, **values)

    def count_hands(
        self,
        key: str,
        question: str,
        hands: Mapping[str, int],
        now: datetime,
        *,
        reveals: bool = True,
    ) -> None:
        """Enter how many hands went up for each option, in place of what was entered before.

        Args:
            key: The facilitators' secret.
            question: Which; it is put to the room where it was not yet.
            hands: Option or "unknown" -> how many; none at all takes back what was entered.
            now: When this happens.
            reveals: Whether the room goes to see it. Else it stays where it is, as while forms on
                paper are entered, or where a number is corrected.

        Raises:
            ValueError: A number is none of hands.
            NotOpen: The workshop is closed.
        """
        counted = checked(hands)
        with self._counting(key, question) as (connection, workshop):
            self._put(connection, workshop, [question], now)
            one = _last(connection, workshop, question)
            rows.change_round(connection, workshop.id, one, hands=counted or None)
            values: dict[str, object] = {**keeping_open(workshop, now)}
            if reveals:
                rows.change_round(connection, workshop.id, one, revealed=now)
                values = {"step": Step.REVEAL, "question": question, "step_since": now}
            rows.change(connection, workshop, **values)

    def count_people(self, key: str, people: Mapping[str, int], now: datetime) -> None:
        """Enter how many people of each function are there; they count instead of the phones.

        Otherwise as `count_hands` does and raises.

        Raises:
            ValueError: A function is none of the workshop's.
        """
        counted = checked(people)
        with self._counting(key, "people") as (connection, workshop):
            if not set(counted) <= set(workshop.plan.functions):
                raise ValueError("there is no such function in this workshop")
            values = {"counted_people": counted or None, **keeping_open(workshop, now)}
            rows.change(connection, workshop, **values)

    def count_guesses(self, key: str, guesses: Mapping[int, int], now: datetime) -> None:
        """Enter how many guessed each level, otherwise as `count_hands` does and raises."""
        counted = checked({str(level): number for level, number in guesses.items()})
        with self._counting(key, "guess") as (connection, workshop):
            values = {"counted_guesses": counted or None, **keeping_open(workshop, now)}
            rows.change(connection, workshop, **values)

    def record(self, key: str, agreement: Agreement) -> None:
        """Keep what the room agreed on about a question, in place of what it did before."""
        with self._changing(key) as (connection, workshop):
            this = agreements.c.workshop == workshop.id
            of_question = agreements.c.question == agreement.question
            connection.execute(delete(agreements).where(this & of_question))
            row = {
                "workshop": workshop.id,
                "question": agreement.question,
                "option": agreement.option,
                "reason": storable(agreement.reason.strip()),
                "minority": storable(agreement.minority.strip()),
                "at": agreement.at,
            }
            connection.execute(insert(agreements).values(row))
            rows.change(connection, workshop)

    def pause(self, key: str, now: datetime) -> None:
        """Let the workshop rest: nobody answers until it goes on."""
        with self._changing(key) as (connection, workshop):
            rows.change(connection, workshop, paused=workshop.paused or now)

    def go_on(self, key: str) -> None:
        """Let a workshop that rests go on."""
        with self._changing(key) as (connection, workshop):
            rows.change(connection, workshop, paused=None)

    def release(self, key: str, now: datetime) -> None:
        """Let participants fetch the report, for `final_close.REPORT_FOR` from now."""
        with self._changing(key) as (connection, workshop):
            rows.change(connection, workshop, released=now)

    def close(self, key: str, summary: Mapping[str, Any], now: datetime) -> None:
        """Close a workshop for good: answers become counts, and nobody can be told apart.

        The join code ends with it. Closing it twice changes nothing.

        Args:
            key: The facilitators' secret.
            summary: What later reports say beside the counts, such as the level by function, ready
                for JSON; it ties nothing to a person.
            now: When this happens.
        """
        with self._changing(key) as (connection, workshop):
            final_close.close(connection, workshop, summary, now)
        self._database.empty_log()

    def overdue(self, now: datetime) -> tuple[str, ...]:
        """List the keys of the workshops that are to be closed by now though nobody did.

        Raises:
            NotAllowed: A visitor asks; only the server itself does this.
        """
        if self._visitor is not None:
            raise NotAllowed
        with self._database.reading() as connection:
            return final_close.overdue(connection, now)

    def close_overdue(self, key: str, summary: Mapping[str, Any], now: datetime) -> None:
        """Close a workshop as `close` does, unless something happened in it meanwhile."""
        with self._changing(key) as (connection, workshop):
            if not final_close.is_due(connection, workshop, now):
                return
            final_close.close(connection, workshop, summary, now)
        self._database.empty_log()

    @contextmanager
    def _changing(self, key: str) -> Iterator[tuple[Connection, Workshop]]:
        with self._database.writing() as connection:
            yield connection, rows.workshop_by(connection, lock=True, key=key)

    @contextmanager
    def _counting(self, key: str, what: str) -> Iterator[tuple[Connection, Workshop]]:
        with self._changing(key) as (connection, workshop):
            if workshop.closed is not None:
                raise NotOpen(what)
            yield connection, workshop

    def _put(
        self, connection: Connection, workshop: Workshop, questions: Sequence[str], now: datetime
    ) -> None:
        before = rows.last_rounds(connection, workshop.id)
        for question in dict.fromkeys(questions):
            if question not in before:
                rows.open_round(connection, workshop.id, question, 1, now)


def _last(connection: Connection, workshop: Workshop, question: str) -> Round:
    found = rows.last_rounds(connection, workshop.id).get(question)
    if found is None:
        raise NotOpen(question)
    return found
