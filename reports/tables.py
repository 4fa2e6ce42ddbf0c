"""A report as tables: one pandas DataFrame each, for pages and for files.

Tidy: one row a use case, an answer or a gap; ids that join; columns that stay, also when empty.
A CSV file is for spreadsheets and one-way, since it is guarded against formulas; what must come
back unchanged goes through `assessment.files.export`.
"""

import csv
import io
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from reports.checklists import ChecklistPart
from reports.content import Report
from reports.formulas import guarded
from reports.gap_cards import GapCard
from reports.plan_cards import TakenCard
from reports.room.tables import ROOM_TABLES
from reports.table_columns import ACTIONS, ANSWERS, GAPS, SUMMARY, TEXT, WHOLE
from reports.table_parts import imprint, table

if TYPE_CHECKING:
    from pandas import DataFrame

LINES = "\n"
"""Stands between the entries of a cell that holds several, each on a line of its own."""

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip archive knows


def summary(report: Report) -> "DataFrame":
    """Make the table with one row: the use case and what it comes to.

    Behind `SUMMARY` stand `stage_<id>` (the highest level that the stage supports),
    `readiness_<id>` and `skill_<id>` (the readings), the same for every use case of a
    questionnaire, so that the summaries of many can be stacked.
    """
    step, headline = report.next_step, report.headline
    row = {
        **imprint(report),
        "last_changed": report.changed.date().isoformat() if report.changed else "",
        **_levels(report),
        "is_settled": headline.is_settled,
        "questions_not_asked": headline.unasked,
        "requirements_met": headline.requirements_met,
        "requirements": headline.requirements,
        "headline": headline.text,
        "why": headline.why,
        "touches": report.touches,
        "next_step_question_id": step.gap.question_id if step.gap else "",
        "next_step_kind": step.gap.kind if step.gap else "trace_again",
        "next_step": step.action,
        "next_step_why": step.why_this,
        "next_step_owner": _owner(step.gap),
        "next_step_due": _days(step.gap.taken if step.gap else None)["due"],
        "target": report.target.level if report.target.is_chosen else None,
        "gaps": len(report.gaps),
        "road": len(report.road),
        "pattern_ids": "; ".join(pattern.pattern_id for pattern in report.patterns),
    }
    stages = {f"stage_{stage.stage_id}": stage.supports for stage in report.stages}
    readings = _readings("readiness", report.readiness) | _readings("skill", report.skills)
    kinds = {**SUMMARY, **dict.fromkeys(stages, WHOLE), **dict.fromkeys(readings, TEXT)}
    return table([row | stages | readings], kinds)


def answers(report: Report) -> "DataFrame":
    """Make the table with one row a question, asked or not, in the questionnaire's order."""
    start = imprint(report)
    rows = (
        {
            **start,
            **{column: getattr(row, column) for column in ANSWERS if hasattr(row, column)},
            "rank": row.rank or None,
            "evidence_count": len(row.evidence),
            "evidence": LINES.join(row.evidence),
        }
        for row in report.answers
    )
    return table(rows, ANSWERS)


def gaps(report: Report) -> "DataFrame":
    """Make the table with one row a gap, in the method's order, the road ahead last."""
    start = imprint(report)
    next_step = report.next_step.gap
    near = ({**start, "part": "near", **_gap(card, next_step)} for card in report.gaps)
    road = ({**start, "part": "road", **_gap(card, next_step)} for card in report.road)
    return table([*near, *road], GAPS)


def actions(report: Report) -> "DataFrame":
    """Make the table with one row for each thing that was taken on: what is to be done first."""
    start = imprint(report)
    rows = (
        {
            **start,
            "gap_order": card.number,
            "question_id": card.action.question,
            "question": card.question,
            "action": card.action.words,
            "owner": card.action.terms.owner,
            **_days(card),
            "note": card.action.terms.note,
            "outcome": LINES.join(f"{label}: {said}" for label, said in card.outcome),
            "outlook": card.outlook,
        }
        for card in report.taken
    )
    return table(rows, ACTIONS)


def csv_files(report: Report) -> dict[str, bytes]:
    """Write all tables of a report.

    Returns:
        File name -> content, for `summary.csv`, `answers.csv`, `gaps.csv` and `actions.csv`; after
        a workshop for those of `room_tables` as well.
    """
    made = {"summary": summary, "answers": answers, "gaps": gaps, "actions": actions}
    made |= ROOM_TABLES if report.room else {}
    return {f"{name}.csv": to_csv(make(report)) for name, make in made.items()}


def csv_archive(report: Report) -> bytes:
    """Put all tables of a report into one zip archive; the same report gives the same bytes."""
    archive = io.BytesIO()
    with ZipFile(archive, "w", ZIP_STORED) as opened:  # stored: packed sizes differ by system
        for name, content in csv_files(report).items():
            entry = ZipInfo(name, _FIRST_DAY)
            entry.create_system = 3  # the same on every system
            entry.external_attr = 0o644 << 16
            opened.writestr(entry, content)
    return archive.getvalue()


def to_csv(frame: "DataFrame") -> bytes:
    """Write a table as RFC 4180 asks, in UTF-8 with a byte order mark for spreadsheets.

    A missing value is an empty cell. A text that a spreadsheet would run as a formula gets an
    apostrophe in front; numbers stay numbers.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(guarded(str(column)) for column in frame.columns)
    missing = frame.isna().to_numpy()
    for values, flags in zip(frame.itertuples(index=False, name=None), missing, strict=True):
        cells = zip(values, flags, strict=True)
        writer.writerow(_cell(value, is_missing=flag) for value, flag in cells)
    return text.getvalue().encode("utf-8-sig")


def _cell(value: object, *, is_missing: bool) -> object:
    if is_missing:
        return ""
    return guarded(value) if isinstance(value, str) else value


def _levels(report: Report) -> dict[str, Any]:
    ladder = report.ladder
    return {
        "level": next(rung.level for rung in ladder if rung.is_level),
        "level_name": next(rung.name for rung in ladder if rung.is_level),
        "ceiling": next(rung.level for rung in ladder if rung.is_ceiling),
        "evidenced": next(rung.level for rung in ladder if rung.is_evidenced),
        "guess": next((rung.level for rung in ladder if rung.is_guess), None),
    }


def _readings(kind: str, checklist: ChecklistPart) -> dict[str, str]:
    return {f"{kind}_{row.item_id}": row.reading for row in checklist.rows}


def _gap(card: GapCard, next_step: GapCard | None) -> dict[str, Any]:
    return {
        **{column: getattr(card, column) for column in GAPS if hasattr(card, column)},
        "order": card.number,
        "is_next_step": card is next_step,
        "needed_for": LINES.join(card.needed_for),
        "is_needed_for_target": card.is_needed,
        "owner": _owner(card),
        **_days(card.taken),
    }


def _owner(card: GapCard | None) -> str:
    return card.taken.action.terms.owner if card and card.taken else ""


def _days(card: TakenCard | None) -> dict[str, str]:
    due = card.action.terms.due if card else None
    done = card.action.done if card else None
    return {
        "due": due.isoformat() if due else "",
        "done": done.date().isoformat() if done else "",
    }
