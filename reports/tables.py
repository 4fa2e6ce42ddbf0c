"""A report as tables: one pandas DataFrame each, for pages and for files.

Tidy: one row a use case, an answer or a gap; ids that join; columns that stay, also when empty.
A CSV file is for spreadsheets and one-way, since it is guarded against formulas; what must come
back unchanged goes through `assessment.files.export`.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from reports.content import ChecklistPart, Report
from reports.formulas import guarded
from reports.gap_cards import GapCard

if TYPE_CHECKING:
    from pandas import DataFrame

LINES = "\n"
"""Stands between the entries of a cell that holds several, each on a line of its own."""

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip archive knows

_WHOLE = "Int64"  # pandas' whole number that may be missing
_TEXT = "str"
_YES_NO = "bool"

_IMPRINT = {
    "trace_id": _TEXT,
    "use_case": _TEXT,
    "questionnaire_id": _TEXT,
    "questionnaire_version": _TEXT,
    "questionnaire_fingerprint": _TEXT,
}

SUMMARY = {
    **_IMPRINT,
    "last_changed": _TEXT,
    "level": _WHOLE,
    "level_name": _TEXT,
    "ceiling": _WHOLE,
    "evidenced": _WHOLE,
    "guess": _WHOLE,
    "is_settled": _YES_NO,
    "questions_not_asked": _WHOLE,
    "requirements_met": _WHOLE,
    "requirements": _WHOLE,
    "headline": _TEXT,
    "why": _TEXT,
    "touches": _TEXT,
    "next_step_question_id": _TEXT,
    "next_step_kind": _TEXT,
    "next_step": _TEXT,
    "next_step_why": _TEXT,
    "gaps": _WHOLE,
    "road": _WHOLE,
    "pattern_ids": _TEXT,
}
"""Columns of the summary before those that the questionnaire adds, each with its kind."""

ANSWERS = {
    **_IMPRINT,
    "question_id": _TEXT,
    "stage_id": _TEXT,
    "stage": _TEXT,
    "question": _TEXT,
    "state": _TEXT,
    "answer": _TEXT,
    "rank": _WHOLE,
    "options": _WHOLE,
    "detail_label": _TEXT,
    "detail": _TEXT,
    "evidence_count": _WHOLE,
    "evidence": _TEXT,
    "note": _TEXT,
}
"""Columns of the answers. `rank` is the option's place, 1 the weakest; none where none is known."""

GAPS = {
    **_IMPRINT,
    "order": _WHOLE,
    "part": _TEXT,
    "is_next_step": _YES_NO,
    "question_id": _TEXT,
    "stage_id": _TEXT,
    "stage": _TEXT,
    "question": _TEXT,
    "kind": _TEXT,
    "kind_label": _TEXT,
    "level": _WHOLE,
    "state": _TEXT,
    "state_label": _TEXT,
    "answer": _TEXT,
    "detail": _TEXT,
    "missing": _TEXT,
    "why": _TEXT,
    "action": _TEXT,
    "who": _TEXT,
    "after": _TEXT,
    "effort": _TEXT,
    "effort_text": _TEXT,
    "proof": _TEXT,
    "source": _TEXT,
    "needed_for": _TEXT,
}
"""Columns of the gaps. `part` is `near`, or `road` for those of later levels."""


def summary(report: Report) -> "DataFrame":
    """Make the table with one row: the use case and what it comes to.

    Behind `SUMMARY` stand `stage_<id>` (the highest level that the stage supports),
    `readiness_<id>` and `skill_<id>` (the readings), the same for every use case of a
    questionnaire, so that the summaries of many can be stacked.
    """
    step, headline = report.next_step, report.headline
    row = {
        **_imprint(report),
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
        "gaps": len(report.gaps),
        "road": len(report.road),
        "pattern_ids": "; ".join(pattern.pattern_id for pattern in report.patterns),
    }
    stages = {f"stage_{stage.stage_id}": stage.supports for stage in report.stages}
    readings = _readings("readiness", report.readiness) | _readings("skill", report.skills)
    kinds = {**SUMMARY, **dict.fromkeys(stages, _WHOLE), **dict.fromkeys(readings, _TEXT)}
    return _table([row | stages | readings], kinds)


def answers(report: Report) -> "DataFrame":
    """Make the table with one row a question, asked or not, in the questionnaire's order."""
    imprint = _imprint(report)
    rows = (
        {
            **imprint,
            **{column: getattr(row, column) for column in ANSWERS if hasattr(row, column)},
            "rank": row.rank or None,
            "evidence_count": len(row.evidence),
            "evidence": LINES.join(row.evidence),
        }
        for row in report.answers
    )
    return _table(rows, ANSWERS)


def gaps(report: Report) -> "DataFrame":
    """Make the table with one row a gap, in the method's order, the road ahead last."""
    imprint = _imprint(report)
    next_step = report.next_step.gap
    near = ({**imprint, "part": "near", **_gap(card, next_step)} for card in report.gaps)
    road = ({**imprint, "part": "road", **_gap(card, next_step)} for card in report.road)
    return _table([*near, *road], GAPS)


def csv_files(report: Report) -> dict[str, bytes]:
    """Write all tables of a report.

    Returns:
        File name -> content, for `summary.csv`, `answers.csv` and `gaps.csv`.
    """
    tables = {"summary": summary(report), "answers": answers(report), "gaps": gaps(report)}
    return {f"{name}.csv": to_csv(table) for name, table in tables.items()}


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


def _table(rows: Iterable[Mapping[str, Any]], kinds: Mapping[str, str]) -> "DataFrame":
    from pandas import DataFrame  # noqa: PLC0415 - takes a third of a second

    cells = [[row[column] for column in kinds] for row in rows]
    return DataFrame(cells, columns=list(kinds)).astype(dict(kinds))


def _imprint(report: Report) -> dict[str, str]:
    questionnaire_id, _, version = report.questionnaire.partition(" ")
    values = (report.trace_id, report.title, questionnaire_id, version, report.fingerprint)
    return dict(zip(_IMPRINT, values, strict=True))


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
    }
