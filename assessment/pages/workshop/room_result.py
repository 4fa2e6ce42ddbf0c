"""The result in the room: the level, the guess beside it, each function's view, the next step."""

from collections.abc import Sequence

import streamlit as st

from assessment.pages.current import OpenTrace
from assessment.pages.markup import Html, bullets, element, if_any, joined
from assessment.pages.result import plan, report_parts, taking_on
from assessment.pages.result.trace_map import show_trace_map
from assessment.pages.workshop.running import Running
from assessment.pages.workshop.spread_parts import spread_bars
from reports.charts.chartdata import ladder_spec
from reports.gap_cards import GapCard
from reports.room.words import HANDS, function_text, guess_bars, guess_text
from reports.wording import count


def show_result(now: Running) -> None:
    """Show what the agreed answers come to, as the room sees it, and the map to talk about."""
    report = now.report
    said = report.headline
    st.html(joined([element("h1", said.text), if_any("p", said.meaning, class_="lead")]))
    st.html(report_parts.ladder(ladder_spec(report, wide=False)))
    seen = joined([functions_part(now), open_part(now)])
    left, right = st.columns(2, gap="large")
    left.html(guess_part(now))
    if seen:
        right.html(seen)
    st.html(element("h2", "How the work runs"))
    show_trace_map(OpenTrace(now.stored, now.read), report)


def show_plan(now: Running) -> None:
    """Show the next step, let somebody take it on, and what comes after it."""
    report = now.report
    gap = report.next_step.gap
    plan.tell(now.stored.id)
    with st.container(key="next-step", gap="small"):
        st.html(report_parts.next_step(report))
        if gap is not None:
            taking_on.offer(now.stored.id, gap, taking_on.STEP)
            if gap.taken is not None:
                plan.show_here(now.stored.id, gap.taken)
    if report.top_gaps:
        st.html(after_part(report.top_gaps))


def next_step(label: str, action: str, taken: str = "") -> Html:
    """The next step in the largest words, and who takes it on by when."""
    return element(
        "section",
        element("h2", label),
        element("p", action, class_="action"),
        if_any("p", taken, class_="taken", dir="auto"),
        class_="next-step room-next",
    )


def after_part(cards: Sequence[GapCard]) -> Html:
    """What comes after the next step, in the method's order."""
    if not cards:
        return Html()
    return joined([element("h2", "After that"), bullets(card.action for card in cards)])


def guess_part(now: Running) -> Html:
    """The guesses as bars, and in a sentence beside the result."""
    standing, counted = now.result.standing, now.account.guesses
    return joined(
        [
            element("h2", "The guess and the result"),
            spread_bars(guess_bars(now.questionnaire, counted)),
            element("p", guess_text(counted, standing.level, standing.ceiling)),
            if_any("p", HANDS if now.account.guesses_by_hand else "", class_="quiet small"),
        ]
    )


def functions_part(now: Running, most: int | None = None) -> Html:
    """The level as each function sees it, and the questions that split them.

    Args:
        now: The workshop.
        most: How many questions to name at most; None for all.
    """
    said, split = _functions(now)
    parts = []
    if said:
        parts += [element("h2", "As each function sees it"), bullets(said)]
    if split:
        parts += [element("p", "What splits them:", class_="quiet"), _first(split, most)]
    return joined(parts)


def open_part(now: Running, most: int | None = None) -> Html:
    """What the room could not agree on; `most` as in `functions_part`."""
    asked = now.questionnaire.by_id
    open_ = [
        asked[question].ask
        for question, one in now.agreed.items()
        if one.option is None and question in asked
    ]
    if not open_:
        return Html()
    return joined([element("h2", "Not agreed, so to be found out"), _first(open_, most)])


def _first(lines: list[str], most: int | None) -> Html:
    shown = lines if most is None else lines[:most]
    rest = len(lines) - len(shown)
    return bullets([*shown, f"and {count(rest, 'more', 'more')}"] if rest else shown)


def _functions(now: Running) -> tuple[list[str], list[str]]:
    order, asked = now.workshop.plan.functions.index, now.questionnaire.by_id
    in_order = sorted(now.account.functions, key=lambda view: order(view.function))
    splits = [asked[name].ask for name in now.account.splits if name in asked]
    return [function_text(view) for view in in_order], splits
