"""The statements. Each runs inside a transaction that `traces` has opened."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from assessment.method.answers import NOT_ASKED, Answer, Trace
from assessment.store.packing import answer_columns, answer_from, facts_from
from assessment.store.records import Change, ChangeKind, Facts, QuestionnaireText, StoredResult
from assessment.store.schema import answers, history, questionnaires, results, use_cases


def insert_if_new(connection: Connection, table: Table, row: Mapping[str, Any]) -> bool:
    """Insert a row unless its key is taken, also when somebody else inserts it at this moment."""
    postgres = connection.dialect.name == "postgresql"
    new = postgresql.insert(table) if postgres else sqlite.insert(table)
    statement = new.on_conflict_do_nothing().values(row)
    count = connection.execute(statement, execution_options={"preserve_rowcount": True}).rowcount
    return count == 1


def keep_questionnaire(connection: Connection, given: QuestionnaireText, now: datetime) -> None:
    """Keep a questionnaire's text, once.

    Raises:
        ValueError: Another text is kept under the same fingerprint.
    """
    row = {**vars(given), "first_seen": now}
    if insert_if_new(connection, questionnaires, row):
        return
    query = select(questionnaires.c.text).where(questionnaires.c.fingerprint == given.fingerprint)
    if connection.execute(query).scalar_one() != given.text:
        raise ValueError("another questionnaire has this fingerprint")


def read_trace(connection: Connection, use_case_id: str) -> Trace:
    """Read the facts and answers of a trace that is there."""
    query = select(use_cases.c.facts).where(use_cases.c.id == use_case_id)
    facts = connection.execute(query).scalar_one()
    return Trace(facts_from(facts), read_answers(connection, use_case_id)[0])


def read_answers(
    connection: Connection, use_case_id: str
) -> tuple[dict[str, Answer], dict[str, datetime]]:
    """Read the answers of a trace, and when each last changed; both by question."""
    query = select(answers).where(answers.c.use_case == use_case_id)
    rows = connection.execute(query).mappings().all()
    given = {row["question"]: answer_from(row) for row in rows}
    return given, {row["question"]: row["changed"] for row in rows}


def write_answer(
    connection: Connection, use_case_id: str, question: str, answer: Answer, now: datetime
) -> None:
    """Put an answer in place of the one there was; an empty one leaves no row."""
    this = (answers.c.use_case == use_case_id) & (answers.c.question == question)
    if answer == NOT_ASKED:
        connection.execute(delete(answers).where(this))
        return
    row = {**answer_columns(answer), "changed": now}
    if connection.execute(update(answers).where(this).values(row)).rowcount == 0:
        connection.execute(insert(answers).values(use_case=use_case_id, question=question, **row))


def write_result(
    connection: Connection, use_case_id: str, result: StoredResult, now: datetime
) -> None:
    """Put a result in place of the one there was."""
    this = results.c.use_case == use_case_id
    row = {**vars(result), "record": dict(result.record), "computed": now}
    if connection.execute(update(results).where(this).values(row)).rowcount == 0:
        connection.execute(insert(results).values(use_case=use_case_id, **row))


def append_history(connection: Connection, use_case_id: str, change: Change) -> None:
    """Add a change to the history."""
    row = {
        "use_case": use_case_id,
        "at": change.at,
        "kind": change.kind,
        "question": change.question,
        "before": _packed(change.before),
        "after": _packed(change.after),
    }
    connection.execute(insert(history).values(row))


def read_history(connection: Connection, use_case_id: str) -> tuple[Change, ...]:
    """Read the changes of a trace, oldest first."""
    query = select(history).where(history.c.use_case == use_case_id).order_by(history.c.id)
    return tuple(
        Change(
            at=row.at,
            kind=ChangeKind(row.kind),
            question=row.question,
            before=_unpacked(row.question, row.before),
            after=_unpacked(row.question, row.after),
        )
        for row in connection.execute(query)
    )


def _packed(value: Answer | Facts) -> dict[str, Any]:
    return answer_columns(value) if isinstance(value, Answer) else dict(value)


def _unpacked(question: str | None, stored: Mapping[str, Any]) -> Answer | Facts:
    return facts_from(stored) if question is None else answer_from(stored)
