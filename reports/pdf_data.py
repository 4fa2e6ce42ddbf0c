"""What the printed report's template is given: a report as plain data, with labels and limits.

The template only places it. Which part stands where, and how long a text on page 1 may be, is
decided here, in one place.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from reports.content import AnswerRow, ChecklistPart, PatternCard, Report
from reports.gap_cards import GapCard
from reports.palette import LIGHT
from reports.pdf_design import (
    FONTS,
    LABELS,
    LANGUAGE,
    LINE,
    LONGEST_COLUMN,
    LONGEST_ON_PAGE_1,
    LONGEST_ROW,
    LONGEST_TITLE,
    MARKS,
    MOST_AIR,
    PAGE_1,
)
from reports.printable import BOX
from reports.wording import capital, count, listed


def template_data(report: Report, made: str) -> dict[str, Any]:
    """Turn a report into what the template reads.

    Args:
        report: The report.
        made: The day on which this file is made, in words.

    Returns:
        Texts, numbers, lists and mappings only; the template gets nothing else.
    """
    numbers = {card.action: card.number for card in report.gaps}
    return {
        "language": LANGUAGE,
        "fonts": FONTS,
        "labels": LABELS,
        "page-1": PAGE_1,
        "most-air": MOST_AIR,
        "colours": {name: value for name, value in asdict(LIGHT).items() if type(value) is str},
        "document-title": f"{_one_line(report.title)[:LONGEST_TITLE]}: {report.headline.text}",
        "questionnaire-title": report.questionnaire_title,
        "footer": f"{report.questionnaire} · {report.fingerprint[:12]} · Made on {made}",
        "first": _first_page(report, made),
        "profile": _profile(report),
        "weakest": report.headline.weakest,
        "gaps": [_gap(card) for card in report.gaps],
        "road": [_road(card) for card in report.road],
        "patterns": [_pattern(pattern, numbers) for pattern in report.patterns],
        "checklists": [
            _checklist(part, numbers) for part in (report.readiness, report.skills) if part.rows
        ],
        "facts": report.facts,
        "long-facts": any(_size(value) > LONGEST_COLUMN for _, value in report.facts),
        "stages": _stages(report),
        "caution": report.caution,
        "long-caution": _size(report.caution) > LONGEST_ROW,
        "imprint": _imprint(report, made),
    }


def _size(*texts: str) -> int:
    """How much room texts take, roughly: wide letters have more bytes than narrow ones."""
    return sum(len(text.encode()) + LINE * (1 + text.count("\n")) for text in texts)


def _one_line(text: str) -> str:
    return " ".join(text[:LONGEST_ON_PAGE_1].split())


def _given(*pairs: tuple[str, str]) -> list[tuple[str, str]]:
    """The captions that have a text."""
    return [(caption, text) for caption, text in pairs if text]


def _first_page(report: Report, made: str) -> dict[str, Any]:
    headline = report.headline
    page: dict[str, Any] = {
        "subject": report.questionnaire_title,
        "dated": made,
        "title": report.title,
        "facts": " · ".join(
            f"{_one_line(name)}: {_one_line(value)}" for name, value in report.facts
        ),
        "headline": headline.text,
        "meaning": headline.meaning,
        "readings": headline.readings,
        "reasons": _given(
            ("Why", " ".join(filter(None, (headline.why, headline.ahead)))),
            ("What it touches", report.touches),
        ),
        "step": _step(report),
        "gaps": [_top_gap(card) for card in report.top_gaps],
    }
    return {key: _each_on_one_line(value) for key, value in page.items()}


def _each_on_one_line(data: Any) -> Any:
    if isinstance(data, str):
        return _one_line(data)
    if isinstance(data, dict):
        return {key: _each_on_one_line(value) for key, value in data.items()}
    if isinstance(data, (list, tuple)):
        return [_each_on_one_line(item) for item in data]
    return data


def _step(report: Report) -> dict[str, Any]:
    step, gap = report.next_step, report.next_step.gap
    facts = _given(*gap.to_do[:3]) if gap else []
    return {"label": step.label, "action": step.action, "facts": facts, "why": step.why_this}


def _profile(report: Report) -> list[dict[str, Any]]:
    names = {rung.level: rung.name for rung in report.ladder}
    return [
        {
            "title": stage.title,
            "about": stage.about,
            "supports": f"Level {stage.supports}, {names[stage.supports]}",
            "is-weakest": stage.is_weakest,
            "long": _size(stage.about) > LONGEST_ROW,
        }
        for stage in report.stages
    ]


def _top_gap(card: GapCard) -> dict[str, Any]:
    aside = " · ".join(filter(None, (card.kind_label, card.effort_text)))
    return {"number": card.number, "heading": card.title, "aside": aside}


def _gap(card: GapCard) -> dict[str, Any]:
    is_open = card.state == "open"
    found = _given(
        ("Question" if is_open else "What is missing", card.question if is_open else card.missing),
        ("Your answer", card.answer),
        ("In detail", card.detail),
        ("Needed for", "\n".join(card.needed_for)),
    )
    who, effort, after, proof = card.to_do
    columns = (_given(who, effort), _given(after), _given(proof))
    return {
        "number": card.number,
        "heading": card.title,
        "why": card.why,
        "kind": card.kind_label if card.kind_label != card.state_label else "",
        "state": MARKS.get(card.state, card.state),
        "state-label": card.state_label,
        "found": found,
        "action": card.action,
        "todo": [column for column in columns if column],
        "source": card.source,
        "long": any(_size(*dict(column).values()) > LONGEST_COLUMN for column in (found, *columns)),
    }


def _road(card: GapCard) -> dict[str, Any]:
    return {
        "long": _size(card.title) > LONGEST_ROW,
        "number": card.number,
        "heading": card.title,
        "stage": card.stage,
        "needed-for": "\n".join(card.needed_for),
        "state": MARKS.get(card.state, card.state),
        "state-label": card.state_label,
    }


def _pattern(pattern: PatternCard, numbers: Mapping[str, int]) -> dict[str, Any]:
    texts = _given(
        ("What it looks like", pattern.looks_like),
        ("What it costs", pattern.costs),
        ("What breaks it", pattern.breaks_it),
    )
    pointer = _see([numbers[pattern.step]]) if pattern.step in numbers else ""
    return {
        "name": pattern.name,
        "texts": texts,
        "pointer": pointer,
        "step": "" if pointer else pattern.step,
        "source": pattern.source,
        "long": any(_size(text) > LONGEST_COLUMN for _, text in texts),
    }


def _checklist(part: ChecklistPart, numbers: Mapping[str, int]) -> dict[str, Any]:
    rows = [
        {
            "name": row.name,
            "about": row.about,
            "state": MARKS.get(row.reading, row.reading),
            "reading": row.reading_label,
            "todo": _todo(row.actions, numbers),
            "long": _size(row.about, *row.actions) > LONGEST_ROW,
        }
        for row in part.rows
    ]
    return {"title": part.title, "intro": part.intro, "rows": rows}


def _todo(actions: Sequence[str], numbers: Mapping[str, int]) -> list[str]:
    """Point to the gaps that say it already; spell out only what no gap says."""
    known = {numbers[action] for action in actions if action in numbers}
    pointer = [_see(known)] if known else []
    return [*pointer, *(action for action in actions if action not in numbers)]


def _see(gaps: Collection[int]) -> str:
    return f"See {'gap' if len(gaps) == 1 else 'gaps'} {listed([str(gap) for gap in sorted(gaps)])}"


def _stages(report: Report) -> list[dict[str, Any]]:
    stages = [
        {
            "title": stage.title,
            "about": stage.about,
            "answers": [_answer(row) for row in report.answers if row.stage_id == stage.stage_id],
        }
        for stage in report.stages
    ]
    return [stage for stage in stages if stage["answers"]]


def _answer(row: AnswerRow) -> dict[str, Any]:
    more = _given(
        (row.detail_label, row.detail),
        ("Evidence", "\n".join(row.evidence)),
        ("Note", row.note),
    )
    return {
        "question": row.question,
        "answer": row.answer,
        "state": MARKS.get(row.state, row.state),
        "rank": row.rank,
        "options": row.options,
        "place": f"{row.rank} of {row.options}",
        "more": more,
        "long": _size(row.question, row.answer, row.detail, *row.evidence, row.note) > LONGEST_ROW,
    }


def _imprint(report: Report, made: str) -> list[tuple[str, str]]:
    return _given(
        ("Questionnaire", f"{report.questionnaire_title} ({report.questionnaire})"),
        ("Fingerprint", report.fingerprint[:12]),
        ("Trace", report.trace_id),
        ("Last answer", report.dated),
        ("Made on", made),
    )


def lost_note(lost: int) -> str:
    """Say that characters could not be printed, and where they are kept; empty for none."""
    if lost == 0:
        return ""
    which = capital(count(lost, "character"))
    if lost == 1:
        return f"{which} could not be printed and stands here as {BOX}. The JSON export keeps it."
    return f"{which} could not be printed and stand here as {BOX}. The JSON export keeps them."
