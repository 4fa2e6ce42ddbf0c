"""A report as plain data, part by part in reading order, for the templates of paper and web page.

They only place it. Which part stands where, under which caption, is decided here, in one place.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from reports.checklists import ChecklistPart
from reports.content import AnswerRow, PatternCard, Report
from reports.gap_cards import GapCard
from reports.plan_cards import TakenCard, taken_note
from reports.report_labels import LABELS, LANGUAGE, MARKS
from reports.room.data import room_data
from reports.wording import listed

LONGEST_COLUMN = 700
LONGEST_ROW = 1200
"""From this size on, half a page or so, a card with a column of such texts, or a row of a table,
may go on on the next page. A size counts the bytes of a text, and its lines."""

LONGEST_TITLE = 200
"""Characters of the use case's name in the file's metadata, or in the browser's tab."""

LINE = 30
"""What a new line counts in a size: the bytes that would have filled it."""


def report_data(report: Report, made: str) -> dict[str, Any]:
    """Turn a report into what the templates read.

    Args:
        report: The report.
        made: The day on which the file is made, in words.

    Returns:
        Texts, numbers, lists and mappings only, every text in full.
    """
    numbers = {card.action: card.number for card in report.needed}
    mark = report.room.mark if report.room else ""
    named = f"{_title(report.title)}: {report.headline.text}"
    return {
        "language": LANGUAGE,
        "labels": LABELS,
        "document-title": ". ".join(filter(None, (mark, named))),
        "mark": mark,
        "questionnaire-title": report.questionnaire_title,
        "footer": f"{report.questionnaire} · {report.fingerprint[:12]} · Made on {made}",
        "first": _first(report, made),
        "profile": _profile(report),
        "weakest": report.headline.weakest,
        "room": room_data(report.room),
        "taken": [_taken(card) for card in report.taken],
        "gaps": [_gap(card) for card in report.needed],
        "road": [_road(card) for card in report.beyond],
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


def _title(text: str) -> str:
    """As much of the use case's name as the title of a file or a browser's tab takes."""
    return " ".join(text[: 5 * LONGEST_TITLE].split())[:LONGEST_TITLE]


def _size(*texts: str) -> int:
    """How much room texts take, roughly: wide letters have more bytes than narrow ones."""
    sizes = (len(text.encode(errors="replace")) for text in texts)
    return sum(sizes) + sum(LINE * (1 + text.count("\n")) for text in texts)


def _given(*pairs: tuple[str, str]) -> list[tuple[str, str]]:
    """The captions that have a text."""
    return [(caption, text) for caption, text in pairs if text]


def _first(report: Report, made: str) -> dict[str, Any]:
    """What a reader with sixty seconds is told."""
    headline = report.headline
    return {
        "subject": report.questionnaire_title,
        "dated": made,
        "title": report.title,
        "facts": report.facts,
        "headline": headline.text,
        "meaning": headline.meaning,
        "readings": headline.readings,
        "reasons": _given(
            ("Why", " ".join(filter(None, (headline.why, headline.ahead)))),
            ("What it touches", report.touches),
            ("Target", report.target.says),
        ),
        "step": _step(report),
        "gaps": [_top_gap(card) for card in report.top_gaps],
    }


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
    if card.taken:
        aside = card.taken.line
    return {"number": card.number, "heading": card.title, "aside": aside}


def _taken(card: TakenCard) -> dict[str, Any]:
    terms, note = card.action.terms, taken_note(card)
    return {
        "number": str(card.number or ""),
        "words": card.action.words,
        "owner": terms.owner,
        "state": "met" if card.action.done else "open",
        "status": card.status,
        "note": "\n".join(filter(None, (note, card.outlook))),
        "long": _size(card.action.words, terms.owner, note) > LONGEST_ROW,
    }


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
