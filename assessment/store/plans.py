"""What was taken on about a trace, and its target; kept until dropped, or the trace is erased."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, select, update

from assessment.method.questionnaire import NAME_FACT
from assessment.store.access import Access, Visitor, require, seen_by
from assessment.store.database import Database
from assessment.store.packing import storable
from assessment.store.rows import insert_if_new
from assessment.store.schema import actions, use_cases
from assessment.taken_on import Action, Plan, Terms

Revise = Callable[[Terms], Terms]
"""What somebody changes about the terms of an action, whatever they have become meanwhile."""


class ActionNotFound(LookupError):  # noqa: N818 - it says it all
    """Nobody took this on, or it was dropped meanwhile."""

    def __str__(self) -> str:
        """Say it without repeating the ids."""
        return "This was dropped meanwhile, perhaps in another tab. Take it on again if you want."


class AlreadyTakenOn(ValueError):  # noqa: N818 - it is a state, not a mistake
    """Somebody took this on meanwhile, on other terms.

    Attributes:
        action: As it stands.
    """

    def __init__(self, action: Action) -> None:
        super().__init__(action.question)
        self.action = action

    def __str__(self) -> str:
        """Say who did."""
        return f"{self.action.terms.owner} took this on meanwhile. Change it there if need be."


@dataclass(frozen=True)
class DueAction:
    """Something that was taken on and should be done by now, with the trace that it belongs to."""

    use_case_id: str
    name: str
    action: Action


class PlanStore:
    """Keeps what people took on. Every method is one transaction, and asks who may.

    All of them raise `StoreUnavailable` where the database cannot be used, and `TraceNotFound`
    (or one of its kinds) where the visitor may not. Nothing here touches answers or results.
    """

    def __init__(self, database: Database, visitor: Visitor | None = None) -> None:
        self._database = database
        self._visitor = visitor

    def take_on(self, use_case_id: str, action: Action) -> Action:
        """Keep an action that somebody takes on.

        Returns:
            The action as it is kept. To take the same on again, on the same terms, changes nothing.

        Raises:
            AlreadyTakenOn: It is taken on already, on other terms.
            ValueError: It has no owner.
        """
        clean = _storable(action)
        with self._changing(use_case_id) as connection:
            if insert_if_new(connection, actions, _row(use_case_id, clean, clean.taken)):
                return clean
            kept = _to_change(connection, use_case_id, clean)
            if (kept.terms, kept.done) != (clean.terms, None):
                raise AlreadyTakenOn(kept)
            return kept

    def change(self, use_case_id: str, action: Action, revise: Revise, now: datetime) -> Action:
        """Change who, when or the note, and leave the rest as it is by now.

        Args:
            use_case_id: Of the trace.
            action: Which one; only its question and mark count.
            revise: What is changed about its terms.
            now: When this happens, with its time zone.

        Raises:
            ActionNotFound: It was dropped meanwhile.
            ValueError: It would have no owner.
        """
        with self._changing(use_case_id) as connection:
            kept = _to_change(connection, use_case_id, action)
            after = _storable(replace(kept, terms=revise(kept.terms)))
            _write(connection, use_case_id, after, now)
            return after

    def finish(
        self, use_case_id: str, action: Action, outcome: Mapping[str, str], now: datetime
    ) -> Action:
        """Tick an action off, with what was written down; one that is done keeps its time.

        Raises:
            ActionNotFound: It was dropped meanwhile.
        """
        with self._changing(use_case_id) as connection:
            kept = _to_change(connection, use_case_id, action)
            after = _storable(replace(kept, outcome=dict(outcome), done=kept.done or now))
            _write(connection, use_case_id, after, now)
            return after

    def reopen(self, use_case_id: str, action: Action, now: datetime) -> Action:
        """Take the tick back; what was written down stays.

        Raises:
            ActionNotFound: It was dropped meanwhile.
        """
        with self._changing(use_case_id) as connection:
            after = replace(_to_change(connection, use_case_id, action), done=None)
            _write(connection, use_case_id, after, now)
            return after

    def drop(self, use_case_id: str, action: Action) -> Action | None:
        """Forget an action.

        Returns:
            It as it was, for `restore`; None where it was dropped already.
        """
        with self._changing(use_case_id) as connection:
            try:
                kept = _to_change(connection, use_case_id, action)
            except ActionNotFound:
                return None
            connection.execute(delete(actions).where(*_this(use_case_id, action)))
            return kept

    def restore(self, use_case_id: str, action: Action, now: datetime) -> None:
        """Bring back what was dropped, or came in with a file; what is taken on by now stays."""
        with self._changing(use_case_id) as connection:
            insert_if_new(connection, actions, _row(use_case_id, _storable(action), now))

    def of(self, use_case_id: str) -> tuple[Action, ...]:
        """Read what was taken on, the first first."""
        return self.plan(use_case_id).actions

    def plan(self, use_case_id: str) -> Plan:
        """Read what was taken on and the target, both of the same moment."""
        query = (
            select(actions)
            .where(actions.c.use_case == use_case_id)
            .order_by(actions.c.taken, actions.c.question, actions.c.mark)
        )
        with self._seeing(use_case_id) as connection:
            kept = tuple(_action(row) for row in connection.execute(query))
            return Plan(kept, _target(connection, use_case_id))

    def due(self, by: date, limit: int) -> tuple[DueAction, ...]:
        """List what should be done by a day and is not, the longest overdue first.

        Traces that are deleted or archived are left out; where people sign in, also those that
        neither belong to the visitor nor were shared with them.
        """
        query = (
            select(actions, use_cases.c.facts)
            .join(use_cases, use_cases.c.id == actions.c.use_case)
            .where(actions.c.done.is_(None), actions.c.due <= by.isoformat())
            .where(use_cases.c.deleted.is_(None), use_cases.c.archived.is_(None))
            .where(seen_by(self._visitor))
            .order_by(actions.c.due, actions.c.taken, actions.c.use_case, actions.c.question)
            .limit(limit)
        )
        with self._database.reading() as connection:
            found = connection.execute(query).all()
        return tuple(
            DueAction(row.use_case, str(row.facts.get(NAME_FACT, "")), _action(row))
            for row in found
        )

    def set_target(self, use_case_id: str, level: int | None) -> None:
        """Choose the level that is enough for now; None takes the choice back.

        Raises:
            ValueError: There is no such level in any questionnaire.
        """
        if level is not None and level < 1:
            raise ValueError("levels are counted from 1")
        with self._changing(use_case_id) as connection:
            this = update(use_cases).where(use_cases.c.id == use_case_id)
            connection.execute(this.values(target=level))

    def target(self, use_case_id: str) -> int | None:
        """Read the level that is enough for now; None where nobody chose one."""
        with self._seeing(use_case_id) as connection:
            return _target(connection, use_case_id)

    @contextmanager
    def _seeing(self, use_case_id: str) -> Iterator[Connection]:
        with self._database.reading() as connection:
            require(connection, use_case_id, self._visitor, Access.VIEW)
            yield connection

    @contextmanager
    def _changing(self, use_case_id: str) -> Iterator[Connection]:
        """Keep everybody else from changing the trace until the block ends."""
        with self._database.writing() as connection:
            require(connection, use_case_id, self._visitor, Access.EDIT, lock=True)
            yield connection


def _this(use_case_id: str, action: Action) -> tuple[Any, Any, Any]:
    return (
        actions.c.use_case == use_case_id,
        actions.c.question == storable(action.question),
        actions.c.mark == storable(action.mark),
    )


def _to_change(connection: Connection, use_case_id: str, action: Action) -> Action:
    row = connection.execute(select(actions).where(*_this(use_case_id, action))).one_or_none()
    if row is None:
        raise ActionNotFound(action.question)
    return _action(row)


def _write(connection: Connection, use_case_id: str, action: Action, now: datetime) -> None:
    row = _row(use_case_id, action, now)
    connection.execute(update(actions).where(*_this(use_case_id, action)).values(row))


def _target(connection: Connection, use_case_id: str) -> int | None:
    query = select(use_cases.c.target).where(use_cases.c.id == use_case_id)
    target: int | None = connection.execute(query).scalar_one()
    return target


def _storable(action: Action) -> Action:
    owner = storable(action.terms.owner).strip()
    if not owner:
        raise ValueError("somebody has to own it: write a name or a role")
    outcome = {storable(label): storable(said).strip() for label, said in action.outcome.items()}
    return replace(
        action,
        question=storable(action.question),
        mark=storable(action.mark),
        words=storable(action.words),
        terms=replace(action.terms, owner=owner, note=storable(action.terms.note).strip()),
        outcome={label: said for label, said in outcome.items() if said},
    )


def _row(use_case_id: str, action: Action, now: datetime) -> dict[str, Any]:
    return {
        "use_case": use_case_id,
        "question": action.question,
        "mark": action.mark,
        "words": action.words,
        "owner": action.terms.owner,
        "due": action.terms.due.isoformat() if action.terms.due else None,
        "note": action.terms.note,
        "outcome": dict(action.outcome),
        "taken": action.taken,
        "done": action.done,
        "changed": now,
    }


def _action(row: Row[Any]) -> Action:
    return Action(
        question=row.question,
        mark=row.mark,
        words=row.words,
        terms=Terms(row.owner, date.fromisoformat(row.due) if row.due else None, row.note),
        taken=row.taken,
        outcome=row.outcome,
        done=row.done,
    )
