"""The parts of a report as HTML. What they say is decided in `reports`; here it is placed."""

from collections.abc import Iterable
from itertools import groupby

from assessment.pages.markup import Html, bullets, element, if_any, joined, pairs, table, typed
from reports.chartdata import LadderRung, LadderSpec, ProfileSpec
from reports.content import AnswerRow, ChecklistPart, PatternCard, Report, StageRow
from reports.gap_cards import GapCard


def headline(report: Report) -> Html:
    """The use case, its level in words, and why it is so."""
    said = report.headline
    return element(
        "section",
        element("p", report.subject, class_="eyebrow"),
        element("h1", report.title, dir="auto"),
        element("p", said.text, class_="verdict"),
        if_any("p", said.meaning, class_="lead"),
        if_any("p", report.touches, class_="touches"),
        class_="headline",
    )


def ladder(spec: LadderSpec) -> Html:
    """The levels from the first to the top, each with the readings that stand on it."""
    return element("ol", *map(_rung, spec.rungs), class_="ladder", aria_label=spec.title)


def _rung(rung: LadderRung) -> Html:
    marks = [
        element("span", mark.label, class_=f"marker {mark.shape} role-{mark.role}")
        for mark in rung.markers
    ]
    return element(
        "li",
        element("span", rung.number, class_="number", aria_hidden="true"),
        element("span", rung.name, class_="name"),
        element("span", *marks, class_="markers"),
        class_=f"reach-{rung.reach}",
    )


def why(report: Report) -> Html:
    """What the level, the ceiling and the evidence rest on, and the guess beside them."""
    said = report.headline
    return joined(
        [
            element("h2", "Why this level"),
            if_any("p", said.why),
            if_any("p", said.ahead),
            pairs(said.readings, class_="readings"),
        ]
    )


def next_step(report: Report) -> Html:
    """The one thing to do next, with why, who, how large and what exists afterwards."""
    step = report.next_step
    gap = step.gap
    facts = pairs(gap.to_do if gap else (), class_="facts")
    return element(
        "section",
        element("h2", step.label),
        element("p", step.action, class_="action"),
        if_any("p", step.why_this, class_="why"),
        facts,
        class_="next-step",
    )


def profile_table(report: Report, spec: ProfileSpec) -> Html:
    """The stage profile as a table that says what the chart shows."""
    rows = [
        (stage.title, str(stage.supports), _weak(stage), stage.about) for stage in report.stages
    ]
    return table(("Stage", "Supports level", "", "What it is about"), rows, spec.title)


def _weak(stage: StageRow) -> str:
    return "weakest link" if stage.is_weakest else ""


def gap(card: GapCard) -> Html:
    """What stands behind the line of a gap."""
    return element(
        "div",
        if_any("p", card.why, class_="why"),
        pairs(
            [
                ("Your answer", f"{card.answer} ({card.detail})" if card.detail else card.answer),
                ("Question", card.question if card.title != card.question else ""),
                *card.to_do,
                ("Needed for", "; ".join(card.needed_for)),
            ],
            class_="facts",
        ),
        if_any("p", card.source, class_="source"),
        class_="gap",
    )


def gap_line(card: GapCard) -> Html:
    """What is missing, under its kind and state, and what to do about it."""
    return element(
        "div",
        element(
            "p",
            element("span", card.kind_label, class_=f"kind kind-{card.kind}"),
            " ",
            if_any("span", _state(card), class_=f"state state-{card.state}"),
            " ",
            element("span", card.stage, class_="quiet"),
            class_="eyebrow",
        ),
        element("h3", f"{card.number}. {card.title}"),
        if_any("p", card.action if card.title == card.missing else "", class_="action"),
        class_="gap-line",
    )


def _state(card: GapCard) -> str:
    """A gap's state, where its kind has not said it already."""
    return card.state_label if card.state_label != card.kind_label else ""


def pattern(card: PatternCard) -> Html:
    """A pattern as a short story."""
    return element(
        "article",
        element("h3", card.name),
        if_any("p", card.looks_like),
        pairs(
            [
                ("What it costs", card.costs),
                ("What breaks it", card.breaks_it),
                ("The first step", card.step),
            ],
            class_="facts",
        ),
        if_any("p", card.source, class_="source"),
        class_="pattern",
    )


def checklist(part: ChecklistPart) -> Html:
    """Readiness or skills: each item with its reading and what is still to do."""
    items = [
        element(
            "li",
            element(
                "p",
                element("strong", row.name),
                " ",
                element("span", row.reading_label, class_=f"reading reading-{row.reading}"),
                class_="line",
            ),
            if_any("p", row.about, class_="quiet"),
            _to_do(row.actions),
        )
        for row in part.rows
    ]
    return joined(
        [
            element("h2", part.title),
            if_any("p", part.intro, class_="quiet"),
            element("ul", *items, class_="checklist"),
        ]
    )


def _to_do(actions: tuple[str, ...]) -> Html:
    """What is still to do, folded."""
    if not actions:
        return Html()
    return element("details", element("summary", "What is still to do"), bullets(actions))


def answers(rows: Iterable[AnswerRow]) -> Html:
    """Every question with its answer, by stage."""
    return joined(
        element("section", element("h3", stage), *map(_answer, group), class_="answers")
        for stage, group in groupby(rows, key=lambda row: row.stage)
    )


def _answer(row: AnswerRow) -> Html:
    return element(
        "div",
        element("p", row.question, class_="asked"),
        element("p", row.answer, class_=f"given given-{_given(row)}"),
        typed("p", f"{row.detail_label}: {row.detail}" if row.detail else ""),
        bullets(row.evidence, class_="evidence", dir="auto"),
        typed("p", row.note),
        class_="answer",
    )


def _given(row: AnswerRow) -> str:
    return "known" if row.rank else row.state.replace("_", "-")


def facts(report: Report) -> Html:
    """What is known of the use case itself."""
    return pairs(report.facts, class_="facts")


def imprint(report: Report) -> Html:
    """What ties the result to its questionnaire."""
    parts = [
        report.questionnaire_title,
        report.questionnaire,
        f"fingerprint {report.fingerprint[:12]}",
        f"last changed {report.dated}" if report.dated else "",
    ]
    return element(
        "footer",
        if_any("p", report.caution),
        element("p", " · ".join(part for part in parts if part)),
        class_="imprint",
    )
