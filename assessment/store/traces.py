"""Use cases and their answers: written one answer at a time, with their history and result."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, select, update

from assessment.method.answers import NOT_ASKED, Answer, FactValue, Trace
from assessment.store import deletion, lists, rows
from assessment.store.access import Access, Visitor, is_possible, require
from assessment.store.database import Database
from assessment.store.errors import NotAllowed
from assessment.store.packing import facts_from, storable_answer, storable_facts
from assessment.store.records import (
    Change,
    ChangeKind,
    Classify,
    DeletedTrace,
    Edit,
    Facts,
    QuestionnaireText,
    StoredResult,
    StoredTrace,
    TraceSummary,
)
from assessment.store.schema import questionnaires, results, use_cases


class TraceStore:
    """Keeps traces. Every method is one transaction: all of it is on the disk, or nothing.

    All of them raise `StoreUnavailable` where the database cannot be used. Each asks first whether
    the visitor may do it (see `access`), and raises `TraceNotFound` where they may not: its kind
    `TraceDeleted` for a trace of theirs that was deleted, its kind `NotAllowed` for one that they
    may only look at. Texts are kept as given, but for what `packing.storable` takes out.
    """

    def __init__(self, database: Database, visitor: Visitor | None = None) -> None:
        """Take the database, and who asks; None where nobody signs in."""
        self._database = database
        self._visitor = visitor

    def create(
        self,
        use_case_id: str,
        questionnaire: QuestionnaireText,
        trace: Trace,
        classify: Classify,
        now: datetime,
    ) -> None:
        """Begin a trace, empty or with answers that came from a file. The visitor owns it.

        Args:
            use_case_id: At least 128 random bits as text; where nobody signs in, whoever knows it
                may read and edit.
            questionnaire: What it is answered with, now and later.
            trace: The facts and answers to begin with.
            classify: How the result is computed.
            now: When this happens, with its time zone.

        Raises:
            ValueError: The id is too short or taken, a number is infinite, or another text has the
                same fingerprint.
        """
        if not is_possible(use_case_id):
            raise ValueError("the id of a trace needs 22 to 64 letters, digits, '-' or '_'")
        clean = _storable_trace(trace)
        row = {
            "id": use_case_id,
            "questionnaire": questionnaire.fingerprint,
            "facts": clean.facts,
            "created": now,
            "changed": now,
            "owner": self._visitor.person if self._visitor else None,
        }
        with self._database.writing() as connection:
            rows.keep_questionnaire(connection, questionnaire, now)
            if not rows.insert_if_new(connection, use_cases, row):
                raise ValueError("there is a trace with this id already")
            created = Change(now, ChangeKind.CREATED, None, {}, clean.facts)
            rows.append_history(connection, use_case_id, created)
            for question, answer in clean.answers.items():
                _replace_answer(connection, use_case_id, question, (NOT_ASKED, answer), now)
            rows.write_result(connection, use_case_id, classify(clean), now)

    def save_answer(
        self, use_case_id: str, question: str, answer: Answer, classify: Classify, now: datetime
    ) -> bool:
        """Put one answer in place of what stood there; an empty one takes it back.

        Returns:
            Whether anything changed. Where nothing did, nothing is written.

        Raises:
            TraceNotFound: There is no trace with this id.
        """
        return self.change_answer(use_case_id, question, lambda _: answer, classify, now)

    def change_answer(
        self, use_case_id: str, question: str, edit: Edit, classify: Classify, now: datetime
    ) -> bool:
        """Change a part of one answer, such as its note, and leave the rest as it is by now.

        So two people who write different parts of one answer at once both keep what they wrote.

        Returns:
            Whether anything changed. Where nothing did, nothing is written.

        Raises:
            TraceNotFound: There is no trace with this id.
        """
        with self._changing(use_case_id) as (connection, trace):
            before = trace.answer(question)
            after = storable_answer(edit(before))
            if after == before:
                return False
            _replace_answer(connection, use_case_id, question, (before, after), now)
            kept = {**trace.answers, question: after}
            if after == NOT_ASKED:
                del kept[question]
            _finish(connection, use_case_id, replace(trace, answers=kept), classify, now)
            return True

    def save_facts(self, use_case_id: str, facts: Facts, classify: Classify, now: datetime) -> bool:
        """Set the facts that are named, take back those that are None, and leave the others.

        Returns:
            Whether anything changed. Where nothing did, nothing is written.

        Raises:
            TraceNotFound: There is no trace with this id.
            ValueError: A number is infinite.
        """
        clean = storable_facts(facts)
        with self._changing(use_case_id) as (connection, trace):
            after = {fact: v for fact, v in clean.items() if v != trace.facts.get(fact)}
            if not after:
                return False
            before = {fact: trace.facts.get(fact) for fact in after}
            kept = _given({**trace.facts, **after})
            change = Change(now, ChangeKind.FACTS, None, before, after)
            rows.append_history(connection, use_case_id, change)
            _finish(connection, use_case_id, replace(trace, facts=kept), classify, now)
            return True

    def load(self, use_case_id: str) -> StoredTrace:
        """Read a trace with its questionnaire and its result, all of the same moment.

        Raises:
            TraceNotFound: There is no trace with this id.
        """
        query = (
            select(use_cases, results)
            .add_columns(*questionnaires.c["fingerprint", "version", "text"])
            .add_columns(questionnaires.c.id.label("questionnaire_id"))
            .join(questionnaires, questionnaires.c.fingerprint == use_cases.c.questionnaire)
            .join(results, results.c.use_case == use_cases.c.id)
            .where(use_cases.c.id == use_case_id)
        )
        with self._database.reading() as connection:
            allowed = require(connection, use_case_id, self._visitor, Access.VIEW)
            row = connection.execute(query).one()
            given, answered_at = rows.read_answers(connection, use_case_id)
        return StoredTrace(
            id=use_case_id,
            questionnaire=QuestionnaireText(
                row.fingerprint, row.questionnaire_id, row.version, row.text
            ),
            trace=Trace(facts_from(row.facts), given),
            result=StoredResult(row.level, row.ceiling, row.evidenced, row.record),
            created=row.created,
            changed=row.changed,
            answered_at=answered_at,
            access=allowed,
        )

    def history(self, use_case_id: str) -> tuple[Change, ...]:
        """Read every change of a trace, oldest first.

        Raises:
            TraceNotFound: There is no trace with this id.
        """
        with self._database.reading() as connection:
            require(connection, use_case_id, self._visitor, Access.VIEW)
            return rows.read_history(connection, use_case_id)

    def recent(self, limit: int) -> tuple[TraceSummary, ...]:
        """List the traces that changed last, the newest first: the visitor's, and those shared."""
        with self._database.reading() as connection:
            return lists.read_recent(connection, self._visitor, limit)

    def delete(self, use_case_id: str, now: datetime) -> None:
        """Hide a trace; until `deletion.GRACE` is over it can be brought back.

        Raises:
            TraceNotFound: There is no trace with this id. One that is deleted already stays so.
        """
        with self._to_keep_or_not(use_case_id) as connection:
            deletion.mark_deleted(connection, use_case_id, now)

    def undo_delete(self, use_case_id: str, now: datetime) -> None:
        """Bring a deleted trace back as it was.

        Raises:
            TraceNotFound: There is no trace with this id, or its grace is over.
        """
        with self._to_keep_or_not(use_case_id) as connection:
            deletion.unmark_deleted(connection, use_case_id, now)

    def deleted(self, limit: int) -> tuple[DeletedTrace, ...]:
        """List the visitor's traces that are deleted and not erased yet, the last one first."""
        with self._database.reading() as connection:
            return lists.read_deleted(connection, self._visitor, limit)

    def purge(self, before: datetime) -> int:
        """Erase the traces that were deleted before a moment, with everything about them.

        The server does so on its own behalf, whoever they belong to.

        Returns:
            How many there were. The texts of questionnaires stay.

        Raises:
            NotAllowed: A visitor asks.
        """
        if self._visitor is not None:
            raise NotAllowed
        with self._database.reading() as connection:
            if not deletion.is_anything_due(connection, before):
                return 0
        with self._database.writing() as connection:
            erased = deletion.erase(connection, before)
        self._database.empty_log()
        return erased

    def access(self, use_case_id: str) -> Access:
        """Say what the visitor may do with a trace.

        Raises:
            TraceNotFound: Nothing, or there is no trace with this id.
        """
        with self._database.reading() as connection:
            return require(connection, use_case_id, self._visitor, Access.VIEW)

    @contextmanager
    def _changing(self, use_case_id: str) -> Iterator[tuple[Connection, Trace]]:
        """Read a trace and keep everybody else from changing it until the block ends."""
        with self._database.writing() as connection:
            require(connection, use_case_id, self._visitor, Access.EDIT, lock=True)
            yield connection, rows.read_trace(connection, use_case_id)

    @contextmanager
    def _to_keep_or_not(self, use_case_id: str) -> Iterator[Connection]:
        """Let the owner delete a trace or bring it back, and keep everybody else from it."""
        with self._database.writing() as connection:
            who = self._visitor
            require(connection, use_case_id, who, Access.OWN, lock=True, also_deleted=True)
            yield connection


def _storable_trace(trace: Trace) -> Trace:
    kept = {question: storable_answer(answer) for question, answer in trace.answers.items()}
    return Trace(
        _given(storable_facts(trace.facts)),
        {question: answer for question, answer in kept.items() if answer != NOT_ASKED},
    )


def _given(facts: Facts) -> dict[str, FactValue]:
    return {fact: value for fact, value in facts.items() if value is not None}


def _replace_answer(
    connection: Connection,
    use_case_id: str,
    question: str,
    change: tuple[Answer, Answer],
    now: datetime,
) -> None:
    before, after = change
    rows.write_answer(connection, use_case_id, question, after, now)
    entry = Change(now, ChangeKind.ANSWER, question, before, after)
    rows.append_history(connection, use_case_id, entry)


def _finish(
    connection: Connection, use_case_id: str, trace: Trace, classify: Classify, now: datetime
) -> None:
    """Write what every change writes: the facts as they are now, the time, and the result."""
    row = {"facts": trace.facts, "changed": now}
    connection.execute(update(use_cases).where(use_cases.c.id == use_case_id).values(row))
    rows.write_result(connection, use_case_id, classify(trace), now)
