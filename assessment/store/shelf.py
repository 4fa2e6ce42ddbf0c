"""The shelf of traces: finding, renaming, copying and archiving them. Answers stay as they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from assessment.method.answers import NOT_ASKED, Answer, Trace
from assessment.method.questionnaire import NAME_FACT
from assessment.store import rows
from assessment.store.access import Access, Visitor, granted, is_possible, require, seen_by
from assessment.store.database import Database
from assessment.store.packing import answer_from, facts_from, storable
from assessment.store.records import Change, ChangeKind, Classify, QuestionnaireText
from assessment.store.schema import answers, questionnaires, results, use_cases

COPY_OF = "Copy of {}"
"""What a copy is called."""


@dataclass(frozen=True)
class ShelvedTrace:
    """A trace on the shelf: what it holds, what it comes to, and what the visitor may do with it.

    `archived` is since when it is out of the way, in UTC; None where it is not.
    """

    id: str
    questionnaire: QuestionnaireText
    trace: Trace
    level: int
    ceiling: int
    changed: datetime
    archived: datetime | None
    access: Access

    @property
    def name(self) -> str:
        """What people call it; "" where nobody said."""
        return str(self.trace.facts.get(NAME_FACT) or "")


@dataclass(frozen=True)
class Found:
    """Traces that were looked for: the first of them, and how many there are in all."""

    traces: tuple[ShelvedTrace, ...]
    total: int


class Shelf:
    """Keeps order among traces. Every method is one transaction, and asks who may.

    All of them raise `StoreUnavailable` where the database cannot be used, and `TraceNotFound`
    (or one of its kinds) where there is no such trace or the visitor may not.
    """

    def __init__(self, database: Database, visitor: Visitor | None = None) -> None:
        self._database = database
        self._visitor = visitor

    def find(self, limit: int, name: str = "", *, archived: bool = False) -> Found:
        """Find the traces that changed last, the newest first.

        Args:
            limit: How many are wanted.
            name: Only those whose name holds these words, in whatever case and order.
            archived: Those in the archive instead of the others; the last one put there first.
        """
        with self._database.reading() as connection:
            ids = self._ids(connection, name, archived=archived)
            return Found(self._shelved(connection, ids[:limit]), len(ids))

    def rename(self, use_case_id: str, name: str, classify: Classify, now: datetime) -> None:
        """Give a trace another name; its history keeps the old one.

        Raises:
            ValueError: The name is blank.
        """
        called = storable(name).strip()
        if not called:
            raise ValueError("a trace needs a name")
        with self._database.writing() as connection:
            require(connection, use_case_id, self._visitor, Access.EDIT, lock=True)
            trace = rows.read_trace(connection, use_case_id)
            before = {NAME_FACT: trace.facts.get(NAME_FACT)}
            if before == {NAME_FACT: called}:
                return
            after = replace(trace, facts={**trace.facts, NAME_FACT: called})
            change = Change(now, ChangeKind.FACTS, None, before, {NAME_FACT: called})
            rows.append_history(connection, use_case_id, change)
            _set(connection, use_case_id, facts=after.facts, changed=now)
            rows.write_result(connection, use_case_id, classify(after), now)

    def copy(self, use_case_id: str, copy_id: str, classify: Classify, now: datetime) -> None:
        """Begin a trace with the facts and answers of another, evidence and notes included.

        What else belongs to the other stays there: its history, its links, what was taken on and
        what rooms said of it.
        The copy belongs to the visitor.

        Args:
            use_case_id: The trace to copy; it stays as it is.
            copy_id: At least 128 random bits as text, as for any new trace.
            classify: How the copy's result is computed.
            now: When this happens, with its time zone.

        Raises:
            ValueError: The new id is too short or taken.
        """
        if not is_possible(copy_id):
            raise ValueError("the id of a trace needs 22 to 64 letters, digits, '-' or '_'")
        fingerprint = select(use_cases.c.questionnaire).where(use_cases.c.id == use_case_id)
        with self._database.writing() as connection:
            require(connection, use_case_id, self._visitor, Access.VIEW, lock=True)
            trace = _as_copy(rows.read_trace(connection, use_case_id))
            row = {
                "id": copy_id,
                "questionnaire": connection.execute(fingerprint).scalar_one(),
                "facts": trace.facts,
                "created": now,
                "changed": now,
                "owner": self._visitor.person if self._visitor else None,
            }
            if not rows.insert_if_new(connection, use_cases, row):
                raise ValueError("there is a trace with this id already")
            _begin(connection, copy_id, trace, now)
            rows.write_result(connection, copy_id, classify(trace), now)

    def archive(self, use_case_id: str, now: datetime) -> None:
        """Put a trace out of the way; links to it work as before. One that is there stays so."""
        with self._database.writing() as connection:
            require(connection, use_case_id, self._visitor, Access.OWN, lock=True)
            this = use_cases.c.archived.is_(None)
            _set(connection, use_case_id, this, archived=now)

    def unarchive(self, use_case_id: str) -> None:
        """Bring a trace back from the archive; one that is not in it stays where it is."""
        with self._database.writing() as connection:
            require(connection, use_case_id, self._visitor, Access.OWN, lock=True)
            _set(connection, use_case_id, archived=None)

    def _ids(self, connection: Connection, name: str, *, archived: bool) -> Sequence[str]:
        """Find ids. Names are compared here: SQLite knows no capitals beyond A to Z."""
        called = use_cases.c.facts[NAME_FACT].as_string().label("called")
        if archived:
            held, last = use_cases.c.archived.is_not(None), use_cases.c.archived
        else:
            held, last = use_cases.c.archived.is_(None), use_cases.c.changed
        query = (
            select(use_cases.c.id, called)
            .where(use_cases.c.deleted.is_(None), held, seen_by(self._visitor))
            .order_by(last.desc(), use_cases.c.id)
        )
        found = connection.execute(query)
        words = name.casefold().split()
        return [row.id for row in found if all(w in (row.called or "").casefold() for w in words)]

    def _shelved(self, connection: Connection, ids: Sequence[str]) -> tuple[ShelvedTrace, ...]:
        query = (
            select(use_cases)
            .add_columns(*results.c["level", "ceiling"])
            .join(results, results.c.use_case == use_cases.c.id)
            .where(use_cases.c.id.in_(ids))
        )
        if not ids:
            return ()
        by_id = {row.id: row for row in connection.execute(query)}
        texts = _texts(connection, {row.questionnaire for row in by_id.values()})
        given = _answers(connection, ids)
        shared = granted(connection, self._visitor)
        return tuple(
            ShelvedTrace(
                id=use_case_id,
                questionnaire=texts[row.questionnaire],
                trace=Trace(facts_from(row.facts), given[use_case_id]),
                level=row.level,
                ceiling=row.ceiling,
                changed=row.changed,
                archived=row.archived,
                access=self._access(row, shared),
            )
            for use_case_id, row in ((one, by_id[one]) for one in ids if one in by_id)
        )

    def _access(self, row: Row[Any], shared: Mapping[str, Access]) -> Access:
        if self._visitor is None or self._visitor.person == row.owner:
            return Access.OWN
        return shared.get(row.id, Access.VIEW)


def _set(connection: Connection, use_case_id: str, *only_where: Any, **values: Any) -> None:
    this = update(use_cases).where(use_cases.c.id == use_case_id, *only_where)
    connection.execute(this.values(values))


def _as_copy(trace: Trace) -> Trace:
    name = str(trace.facts.get(NAME_FACT) or "")
    named = {NAME_FACT: COPY_OF.format(name)} if name else {}
    return replace(trace, facts={**trace.facts, **named})


def _begin(connection: Connection, use_case_id: str, trace: Trace, now: datetime) -> None:
    """Write the answers of a new trace, and its history from the beginning."""
    created = Change(now, ChangeKind.CREATED, None, {}, trace.facts)
    rows.append_history(connection, use_case_id, created)
    for question, answer in trace.answers.items():
        rows.write_answer(connection, use_case_id, question, answer, now)
        given = Change(now, ChangeKind.ANSWER, question, NOT_ASKED, answer)
        rows.append_history(connection, use_case_id, given)


def _texts(connection: Connection, fingerprints: set[str]) -> dict[str, QuestionnaireText]:
    query = select(questionnaires).where(questionnaires.c.fingerprint.in_(fingerprints))
    return {
        row.fingerprint: QuestionnaireText(row.fingerprint, row.id, row.version, row.text)
        for row in connection.execute(query)
    }


def _answers(connection: Connection, ids: Sequence[str]) -> dict[str, dict[str, Answer]]:
    given: dict[str, dict[str, Answer]] = {use_case_id: {} for use_case_id in ids}
    query = select(answers).where(answers.c.use_case.in_(ids))
    for row in connection.execute(query).mappings():
        given[row["use_case"]][row["question"]] = answer_from(row)
    return given
