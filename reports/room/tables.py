"""What a room said as tables: its questions, the counts behind them, its functions and agenda."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from reports.content import Report
from reports.room.report import RoomReport
from reports.room.words import Bar
from reports.table_columns import ROOM_AGENDA, ROOM_COUNTS, ROOM_FUNCTIONS, ROOM_QUESTIONS
from reports.table_parts import imprint, table

if TYPE_CHECKING:
    from pandas import DataFrame


def room_questions(report: Report) -> "DataFrame":
    """Make the table with one row for each question that the room was asked."""
    return table(_rows(report, _questions), ROOM_QUESTIONS)


def room_counts(report: Report) -> "DataFrame":
    """Make the table with one row for each count: people by function, guesses, answers."""
    return table(_rows(report, _counts), ROOM_COUNTS)


def room_functions(report: Report) -> "DataFrame":
    """Make the table with one row for each function whose level may be shown."""
    return table(_rows(report, lambda room: (vars(row) for row in room.functions)), ROOM_FUNCTIONS)


def room_agenda(report: Report) -> "DataFrame":
    """Make the table with one row for each part of the agenda."""
    return table(_rows(report, _agenda), ROOM_AGENDA)


ROOM_TABLES: Mapping[str, Callable[[Report], "DataFrame"]] = {
    "room_questions": room_questions,
    "room_counts": room_counts,
    "room_functions": room_functions,
    "room_agenda": room_agenda,
}
"""File name, without its ending, -> what makes the table."""


def _rows(
    report: Report, of: Callable[[RoomReport], Iterable[Mapping[str, Any]]]
) -> list[Mapping[str, Any]]:
    if report.room is None:
        return []
    start = imprint(report)
    return [{**start, **row} for row in of(report.room)]


def _questions(room: RoomReport) -> list[Mapping[str, Any]]:
    asked = {one.question: one for one in room.account.questions}
    return [
        {
            "order": place,
            "question_id": one.question_id,
            "question": one.ask,
            "rounds": asked[one.question_id].rounds,
            "is_by_hand": asked[one.question_id].by_hand,
            "answered": one.answered,
            "agreement": one.consensus,
            "said": one.said,
            "why": one.why,
            "state": one.state,
            "agreed_option": one.option,
            "agreed": one.answer,
            "reason": one.reason,
            "minority": one.minority,
        }
        for place, one in enumerate(room.questions, start=1)
    ]


def _counts(room: RoomReport) -> list[Mapping[str, Any]]:
    account = room.account
    hands = {one.question: one.by_hand for one in account.questions}
    people = [_count("people", "", account.people_by_hand, bar) for bar in room.groups]
    guesses = [_count("guess", "", account.guesses_by_hand, bar) for bar in room.guesses]
    questions = [
        _count("question", one.question_id, hands[one.question_id], bar)
        for one in room.questions
        for bar in one.bars
    ]
    return [*people, *guesses, *questions]


def _count(part: str, question: str, by_hand: bool, bar: Bar) -> Mapping[str, Any]:
    return {
        "part": part,
        "question_id": question,
        "is_by_hand": by_hand,
        "item": bar.option,
        "text": bar.text,
        "count": bar.count,
        "of": bar.people,
    }


def _agenda(room: RoomReport) -> list[Mapping[str, Any]]:
    day = room.account.day.isoformat()
    return [
        {"day": day, "part": row.title, "minutes": row.minutes, "outcome": row.outcome}
        for row in room.agenda
    ]
