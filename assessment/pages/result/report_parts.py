"""The first parts of a report as HTML: where the use case stands, why, and the one next step.

What they say is decided in `reports`; here it is placed.
"""

from collections.abc import Iterable

from assessment.pages.markup import Html, element, if_any, joined, pairs
from assessment.pages.result.gap_parts import fold, grounds
from assessment.pages.result.sections import WHY, heading
from assessment.pages.result.sections import next_step as section_of
from reports.charts.chartdata import LadderRung, LadderSpec
from reports.content import Report, StageRow
from reports.gap_cards import GapCard
from reports.plan_cards import taken_note
from reports.reasons import ReasonRow


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
    rungs = (_rung(rung, place) for place, rung in enumerate(spec.rungs))
    return element("ol", *rungs, class_="rungs", aria_label=spec.title)


def _rung(rung: LadderRung, place: int) -> Html:
    marks = [
        element("span", mark.label, class_=f"marker {mark.shape} role-{mark.role}")
        for mark in rung.markers
    ]
    return element(
        "li",
        element("span", *marks, class_="markers"),
        element(
            "span",
            element("span", rung.number, class_="number", aria_hidden="true"),
            element("span", rung.name, class_="name"),
            class_="step",
        ),
        class_=f"reach-{rung.reach}",
        style=f"--place: {place}",
    )


def why(report: Report) -> Html:
    """What the level, the ceiling and the evidence rest on, in people's own answers."""
    said = report.headline
    return joined(
        [
            heading(WHY),
            if_any("p", said.why),
            if_any("p", said.ahead, class_="ahead"),
            pairs(said.readings, class_="readings"),
        ]
    )


def reasons(rows: Iterable[ReasonRow]) -> Html:
    """Answers that the level rests on: what was asked, what was said, whether it is proven."""
    return element("ul", *map(_reason, rows), class_="reasons")


def _reason(row: ReasonRow) -> Html:
    state = row.state.replace("_", "-")
    proven = "with evidence" if row.is_proven and row.state == "met" else ""
    return element(
        "li",
        element("span", row.question, class_="asked"),
        element("span", row.answer, class_=f"said said-{state}"),
        if_any("span", " · ".join(filter(None, (row.detail, proven))), class_="quiet", dir="auto"),
    )


def next_step(report: Report) -> Html:
    """The one thing to do next, with why, who, how large and what exists afterwards."""
    step = report.next_step
    gap = step.gap
    return element(
        "section",
        heading(section_of(report)),
        element("p", step.action, class_="action"),
        if_any("p", step.why_this, class_="why"),
        pairs(_facts_of(gap) if gap else (), class_="facts"),
        fold("Your answer, and where this comes from", grounds(gap)) if gap else None,
        class_="next-step",
    )


def _facts_of(gap: GapCard) -> tuple[tuple[str, str], ...]:
    return (*gap.to_do, ("Note", taken_note(gap.taken) if gap.taken else ""))


def profile(report: Report) -> Html:
    """How far each stage carries: a table whose cells draw what they say."""
    top = len(report.ladder)
    lines = [
        element(
            "tr",
            element("th", stage.title, if_any("span", stage.about, class_="quiet"), scope="row"),
            element("td", _carries(stage, top)),
            class_="weakest" if stage.is_weakest else None,
        )
        for stage in report.stages
    ]
    head = element("tr", element("th", "Stage", scope="col"), element("th", "Carries", scope="col"))
    return element(
        "table",
        element("caption", "The highest level that each stage carries"),
        element("thead", head),
        element("tbody", *lines),
        class_="profile",
    )


def _carries(stage: StageRow, top: int) -> Html:
    cells = [
        element("i", class_="on" if level <= stage.supports else "off")
        for level in range(1, top + 1)
    ]
    weak = "weakest link" if stage.is_weakest else ""
    return joined(
        [
            element("span", *cells, class_="cells", aria_hidden="true"),
            element("span", f"Level {stage.supports}", class_="carried"),
            if_any("span", weak, class_="weak"),
        ]
    )


def facts(report: Report) -> Html:
    """What is known of the use case itself."""
    return pairs(report.facts, class_="facts use-case")


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
