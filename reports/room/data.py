"""The workshop's part of a report as plain data, for the templates of paper and web page."""

from collections.abc import Sequence
from typing import Any

from reports.room.questions import AGREED, NOT_AGREED, RoomQuestion
from reports.room.report import RoomReport
from reports.room.words import Bar
from reports.wording import count

MARKS = {AGREED: "met", NOT_AGREED: "unknown"}
"""Which mark and colour a question's state takes; others have none of their own."""

LONGEST_BESIDE, LONGEST_WHOLE = 360, 4000
"""Bytes of a reason and minority view up to which they stand beside the spread, else below it; and
up to which a question stays on one page."""


def room_data(room: RoomReport | None) -> dict[str, Any] | None:
    """Turn what is said of a workshop into what the templates read; None without one.

    Returns:
        Texts, numbers, lists and mappings only, every text in full.
    """
    if room is None:
        return None
    return {
        "opening": room.opening,
        "people": room.people,
        "groups": _bars(room.groups),
        "agenda": [
            {"title": row.title, "minutes": f"{row.minutes} min", "outcome": row.outcome}
            for row in room.agenda
        ],
        "guess": room.guess,
        "guesses": _bars(room.guesses, numbered=True),
        "questions": [_question(one) for one in room.questions],
        "functions": [
            {
                "function": row.function,
                "people": count(row.people, "person", "people"),
                "sees": row.sees,
            }
            for row in room.functions
        ],
        "functions-note": room.functions_note,
        "splits": room.splits,
        "open": room.open,
        "taken": room.taken,
        "limits": room.limits,
    }


def _bars(lines: Sequence[Bar], *, numbered: bool = False) -> list[dict[str, Any]]:
    return [
        {
            "text": f"{bar.option} · {bar.text}" if numbered else bar.text,
            "share": bar.share,
            "words": bar.words,
            "is-agreed": False,
        }
        for bar in lines
    ]


def _question(one: RoomQuestion) -> dict[str, Any]:
    lines = [
        {**line, "is-agreed": bar.option == one.option}
        for bar, line in zip(one.bars, _bars(one.bars), strict=True)
    ]
    said = [("Reason", one.reason), ("Minority view", one.minority)]
    size = len((one.reason + one.minority).encode(errors="replace"))
    return {
        "ask": one.ask,
        "bars": lines,
        "notes": [note for note in (one.agreement, one.why, one.votes) if note],
        "state": MARKS.get(one.state, one.state),
        "state-label": one.state_label,
        "answer": one.answer,
        "said": [pair for pair in said if pair[1]],
        "is-beside": size <= LONGEST_BESIDE,
        "long": size > LONGEST_WHOLE,
    }
