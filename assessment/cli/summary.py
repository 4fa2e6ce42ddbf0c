"""A report as lines for the terminal: the headline, the next step and what is missing."""

from itertools import groupby

from assessment.cli.terminal import say, wrapped
from reports.content import Report
from reports.gap_cards import GapCard
from reports.wording import capital, listed

INDENT = 2
NUMBERED = 6


def print_summary(report: Report) -> None:
    """Print what a reader needs first; the files that `report` writes hold the rest."""
    say(wrapped(report.title), bold=True)
    say(wrapped(report.headline.text), fg="cyan", bold=True)
    for sentence in _standing(report):
        say(wrapped(sentence, INDENT))
    for label, text in report.headline.readings:
        say(wrapped(f"{label}: {text}", INDENT))
    _print_step(report)
    _print_gaps(report)
    if report.patterns:
        _print_heading("Patterns")
        for pattern in report.patterns:
            say(wrapped(pattern.name, INDENT))
    say()
    imprint = f"{report.trace_id} · {report.questionnaire} · {report.fingerprint[:12]}"
    say(wrapped(imprint), dim=True)


def _standing(report: Report) -> list[str]:
    said = report.headline
    each = (
        said.meaning,
        report.touches,
        said.why,
        said.ahead,
        said.weakest,
    )
    return [sentence for sentence in each if sentence]


def _print_step(report: Report) -> None:
    step = report.next_step
    _print_heading(step.label)
    say(wrapped(step.action, INDENT))
    if step.gap is not None:
        who = [part for part in (step.gap.whose[1], step.gap.effort_text) if part]
        say(wrapped(capital(", ".join(who)), INDENT))
    say(wrapped(step.why_this, INDENT))


def _print_gaps(report: Report) -> None:
    if report.gaps:
        _print_heading("Gaps")
    for label, cards in groupby(report.gaps, key=lambda card: card.kind_label):
        say(wrapped(label, INDENT), bold=True)
        for card in cards:
            say(wrapped(card.title, NUMBERED, f"{card.number}. "))
    if report.road:
        label = report.road[0].kind_label
        say(wrapped(f"{label}: {len(report.road)} more, {_levels(report.road)}", INDENT), bold=True)


def _levels(road: tuple[GapCard, ...]) -> str:
    levels = sorted({card.level for card in road if card.level is not None})
    name = "level" if len(levels) == 1 else "levels"
    return f"for {name} {listed([str(level) for level in levels])}"


def _print_heading(text: str) -> None:
    say()
    say(text, bold=True, underline=True)
