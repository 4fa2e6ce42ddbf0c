"""The parts of the result page: their headings, and the list that leads to each."""

from collections.abc import Iterator
from dataclasses import dataclass

from assessment.pages.markup import Html, element
from reports.content import Report
from reports.gap_cards import GapCard


@dataclass(frozen=True)
class Section:
    """A part of the page: the end of its address, and its heading."""

    id: str
    title: str


WHY = Section("why", "Why this level")
AFTER = Section("after", "What comes after that")
PATTERNS = Section("patterns", "Patterns that show")
WORK = Section("work", "How the work runs")
STAGES = Section("stages", "Stage by stage")
PROOFS = Section("proofs", "To prove")
ANSWERS = Section("answers", "What was answered")


def next_step(report: Report) -> Section:
    """The one next step, under the name that it has here."""
    return Section("next", report.next_step.label)


def readiness(report: Report) -> Section:
    """The steps before scaling, as the questionnaire calls them."""
    return Section("readiness", report.readiness.title)


def skills(report: Report) -> Section:
    """The skills, as the questionnaire calls them."""
    return Section("skills", report.skills.title)


def heading(section: Section) -> Html:
    """The heading of a part, to which a link can lead."""
    return element("h2", section.title, id=f"part-{section.id}")


def contents(report: Report) -> Html:
    """Links to the parts that this result has, in their order."""
    lines = [
        element("li", element("a", section.title, href=f"#part-{section.id}"))
        for section in shown(report)
    ]
    return element("nav", element("ol", *lines), class_="on-this-page", aria_label="On this page")


def later(report: Report) -> tuple[GapCard, ...]:
    """What the target needs after the next step."""
    return tuple(card for card in report.needed if card != report.next_step.gap)


def shown(report: Report) -> Iterator[Section]:
    """The parts that this result has."""
    yield next_step(report)
    yield WHY
    if later(report) or report.beyond:
        yield AFTER
    if report.patterns:
        yield PATTERNS
    yield WORK
    yield STAGES
    if report.readiness.rows:
        yield readiness(report)
    if report.skills.rows:
        yield skills(report)
    if report.to_prove:
        yield PROOFS
    yield ANSWERS
