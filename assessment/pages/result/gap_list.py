"""The gaps on the result page: those that the target needs, and the road beyond, folded."""

from collections.abc import Sequence

import streamlit as st

from assessment.pages.markup import element
from assessment.pages.result import gap_parts, taking_on
from assessment.pages.result.sections import AFTER, heading, later
from reports.content import TOP_GAPS, Report
from reports.gap_cards import GapCard
from reports.wording import capital, count

AIM = "How far do you want to go?"


def show_gaps(trace_id: str, report: Report, *, may_edit: bool) -> None:
    """Show the gaps after the next step, in the method's order, each to be taken on.

    Args:
        trace_id: Of the trace.
        report: What is said of it.
        may_edit: Whether the reader may take something on and choose the target.
    """
    after = later(report)
    if not after and not report.beyond:
        return
    st.html(heading(AFTER))
    _target(trace_id, report, may_edit=may_edit)
    for card in after[:TOP_GAPS]:
        _gap(trace_id, card, may_edit=may_edit)
    rest = after[TOP_GAPS:]
    _fold(trace_id, rest, "more gap", "gaps", may_edit=may_edit)
    _fold(trace_id, report.beyond, "step", "road", " further along the road", may_edit=may_edit)


def _target(trace_id: str, report: Report, *, may_edit: bool) -> None:
    """The choice of a level; there is none while questions can still change the level."""
    target = report.target
    if not report.headline.is_settled or len(target.choices) < 2:
        return
    if not may_edit:
        if target.says:
            st.html(element("p", target.says))
        return
    key = f"target-{trace_id}-{target.level}-{target.is_chosen}"
    texts = dict(target.choices)
    levels = list(texts)
    st.selectbox(
        AIM,
        levels,
        index=levels.index(target.level),
        format_func=texts.__getitem__,
        key=key,
        help="The gaps for this level are shown first; the level itself and their order stay.",
        on_change=taking_on.set_target,
        args=(trace_id, key),
    )


def _fold(
    trace_id: str, cards: Sequence[GapCard], what: str, key: str, after: str = "", *, may_edit: bool
) -> None:
    """Gaps that are made only when somebody opens them."""
    if not cards:
        return
    title = capital(count(len(cards), what)) + after
    with st.expander(title, key=key, on_change="rerun") as fold:
        if fold.open:
            for card in cards:
                _gap(trace_id, card, may_edit=may_edit)


def _gap(trace_id: str, card: GapCard, *, may_edit: bool) -> None:
    with st.container(key=f"gap-{card.question_id}", gap="xsmall"):
        st.html(gap_parts.gap(card))
        if may_edit:
            taking_on.offer(trace_id, card, "list")
