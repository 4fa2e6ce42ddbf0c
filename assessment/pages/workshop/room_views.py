"""What the room's screen shows at each step; nothing of an answer before the reveal."""

from collections.abc import Sequence
from dataclasses import replace
from math import ceil

from assessment.method.questionnaire import Question
from assessment.pages.appearance import palette
from assessment.pages.markup import Html, bullets, element, if_any, joined
from assessment.pages.result import report_parts
from assessment.pages.workshop import room_result
from assessment.pages.workshop.drawings import drawing
from assessment.pages.workshop.presence import counted, guesses
from assessment.pages.workshop.room_parts import way_in
from assessment.pages.workshop.running import Running
from assessment.pages.workshop.spread_parts import spread_bars
from assessment.store.workshop_records import Agreement, Attendance
from reports.charts.chartdata import ladder_spec
from reports.charts.map_chart import map_spec
from reports.charts.svg_map import map_svg
from reports.content import Report
from reports.plan_cards import TakenCard
from reports.room.words import bars, outcome_texts, spread_text
from reports.wording import WE_DO_NOT_KNOW

FEW = 2
"""So many questions are named where the screen has no room for all; the control screen has them."""

LINE, HEADING = 76, 48
"""Characters that a line of text and of a heading holds, at least."""

TALL, LARGEST, SMALLEST = 24.5, 1.2, 0.4
"""How high the screen is in lines, and how much larger or smaller than usual its text may be."""

MOST_TOLD = 4
"""Lines of what was recorded, or of the spread in words."""


def lobby(now: Running, _: Attendance) -> Html:
    """The way in, as large as it goes."""
    address, picture = way_in(now)
    how = [
        element("h1", "Join with your phone"),
        element("p", "Point its camera at the square, or open", class_="quiet"),
        element("p", address, class_="address"),
        element("p", "and enter", class_="quiet"),
        element("p", now.workshop.code, class_="code"),
        element("p", "No account, no name. One vote a phone.", class_="quiet"),
    ]
    if not address and not now.workshop.plan.is_rehearsal:
        how = [
            element("h1", "Welcome"),
            element("p", "It begins in a moment. Your hands will be counted.", class_="quiet"),
        ]
    elif not address:
        how = [
            element("h1", "Simulated people are coming in"),
            element(
                "p",
                "In a workshop with real people, the address, the code and the QR code to join by"
                " stand here.",
                class_="quiet",
            ),
        ]
    return element("div", element("div", *how, class_="how"), picture, class_="lobby")


def guess(now: Running, there: Attendance) -> Html:
    """The levels to choose from, and how many have guessed."""
    levels = [
        element(
            "li",
            element("strong", str(level.level), class_="number"),
            element("span", element("strong", level.name), " ", level.in_short or ""),
        )
        for level in now.questionnaire.levels
    ]
    return joined(
        [
            element("h1", "At which level do you believe it is?"),
            element("ol", *levels, class_="levels"),
            guesses(now.workshop, there),
        ]
    )


def question(now: Running, there: Attendance) -> Html:
    """The question with its options, or that everybody is at their own; and the count."""
    asked = now.question
    if asked is None:
        of = len(there.answered) * there.present
        has_phones = there.joined or (way_in(now)[0] and not now.workshop.counted_people)
        where = "on your phone" if has_phones else "on your form"
        return joined(
            [
                element("h1", f"Answer {where}, each for yourself"),
                element("p", "“We don't know” is a full answer. There is no hurry.", class_="lead"),
                counted(sum(there.answered.values()), of, "answers are in"),
            ]
        )
    texts = [option.text for option in asked.options.values()]
    options = [element("li", text) for text in texts]
    return element(
        "div",
        element("h1", asked.ask),
        element("ul", *options, element("li", WE_DO_NOT_KNOW, class_="unknown"), class_="options"),
        counted(there.answered.get(asked.id, 0), there.present, "answered"),
        style=_fitting(asked.ask, [*texts, WE_DO_NOT_KNOW], 1.15, ["", ""]),
    )


def revealed(now: Running, there: Attendance) -> Html:
    """The spread; then what it may decide, or what was recorded about it."""
    asked = now.question
    if asked is None:
        return question(now, there)
    agreed, spread = now.agreed.get(asked.id), now.spread(asked)
    shown = next((r for r in now.revealed if r.spread.question.id == asked.id), None)
    if agreed is None:
        first = spread_text(spread)
        rest = list(outcome_texts(shown)) if shown else []
        told = [
            element("p", first, class_="spread-words"),
            bullets(rest, class_="outcomes"),
        ]
    else:
        first, rest = _recorded(asked, agreed)
        told = [
            element("p", first, class_="recorded"),
            *(element("p", text, class_="quiet cut", dir="auto") for text in rest),
        ]
    lines = bars(spread)
    return element(
        "div",
        element("h1", asked.ask),
        spread_bars(lines, agreed.option if agreed else None),
        *told,
        style=_fitting(asked.ask, [line.text for line in lines], 1.3, ["", first, *rest]),
    )


def _recorded(asked: Question, agreed: Agreement) -> tuple[str, list[str]]:
    """What was recorded, and below it the reason and the other view, cut to what the room reads."""
    option = asked.options.get(agreed.option or "")
    said = f"Recorded: {option.text if option else WE_DO_NOT_KNOW}"
    if agreed.option is None:
        said = "Not agreed. To be found out."
    minority = f"Another view: {agreed.minority}" if agreed.minority else ""
    return said, [text for text in (agreed.reason, minority) if text]


def result(now: Running, _: Attendance) -> Html:
    """The level and how it is seen: by the guesses, by each function, by those who disagree."""
    report = now.report
    left = [
        element("h1", report.headline.text),
        if_any("p", report.headline.meaning, class_="lead"),
        report_parts.ladder(ladder_spec(report, wide=False)),
        room_result.open_part(now, FEW),
    ]
    right = [room_result.guess_part(now), room_result.functions_part(now, FEW)]
    return element("div", element("div", *left), element("div", *right), class_="halves")


def plan(now: Running, _: Attendance) -> Html:
    """The one next step, who takes it on, and the map with what is missing."""
    report, step = now.report, now.report.next_step
    taken = _taken(step.gap.taken) if step.gap else ""
    picture = _map(report)
    right = [
        room_result.next_step(step.label, step.action, taken),
        room_result.after_part(report.top_gaps[:FEW]),
    ]
    return element(
        "div",
        element("div", element("h2", "How the work runs"), element("div", picture, class_="map")),
        element("div", *right),
        class_="halves",
    )


def _taken(card: TakenCard | None) -> str:
    return f"{card.label} {card.line}" if card else ""


def _map(report: Report) -> Html:
    """The map without its key: from far away one sees what is missing, and near it is named."""
    spec = map_spec(report)
    bottom = max(box.y + box.height for box in spec.boxes)
    bare = replace(spec, signs=(), texts=(), rows=(), height=min(spec.height, bottom + 12))
    return drawing(map_svg(bare, palette()), spec.alt)


def _fitting(heading: str, rows: Sequence[str], between: float, told: Sequence[str]) -> str:
    """Choose the size at which all of it fits the screen: larger where there is little.

    Args:
        heading: Set in large letters.
        rows: Options or bars.
        between: What stands between two of them, in lines.
        told: What follows.
    """
    lines = 1.7 * _lines(heading, HEADING)
    lines += sum(_lines(row, LINE) + between for row in rows)
    lines += sum(min(_lines(text, LINE), MOST_TOLD) for text in told)
    return f"font-size:{max(SMALLEST, min(LARGEST, TALL / (1.1 * lines))):.2f}em"


def _lines(text: str, characters: int) -> int:
    return max(1, ceil(len(text) / characters))
