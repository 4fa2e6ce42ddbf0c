"""What people took on about a trace: what is due first, and the rest where the result shows it."""

from collections.abc import Sequence

import streamlit as st

from assessment.pages import address, current
from assessment.pages.markup import Html, element, if_any, pairs
from assessment.pages.result import taking_on
from assessment.pages.result.answer_parts import linked
from assessment.pages.safe_text import plain
from assessment.pages.words import day
from reports.plan_cards import TakenCard
from reports.wording import count


def show_due(
    trace_id: str, taken: Sequence[TakenCard], shown: TakenCard | None, *, may_edit: bool
) -> None:
    """Show what should be done by today and is not; nothing where there is none.

    Args:
        trace_id: Of the trace.
        taken: Everything that was taken on.
        shown: What of it stands elsewhere on the page already.
        may_edit: Whether the reader may change it.
    """
    due = [card for card in _due(taken) if card != shown]
    if due:
        with st.container(key="plan-due", gap="small"):
            st.html(element("h2", "Due now"))
            for card in due:
                _show(trace_id, card, may_edit=may_edit)


def show_here(trace_id: str, card: TakenCard) -> None:
    """Show what can be done about an action whose words stand above already."""
    _show_ways(trace_id, card)


def due_here(card: TakenCard | None) -> Html:
    """Say above an action's words that it is due; "" where it is not."""
    if card is None or not card.action.is_due(current.today()):
        return Html()
    said = element("span", _when(card), class_="when late")
    return element("p", element("strong", "Due now"), " ", said, class_="eyebrow due-here")


def show_taken(
    trace_id: str, taken: Sequence[TakenCard], shown: TakenCard | None, *, may_edit: bool
) -> None:
    """Show what was taken on and is not due yet, or done; and what was just dropped.

    Args:
        trace_id: Of the trace.
        taken: Everything that was taken on.
        shown: What of it stands elsewhere on the page already.
        may_edit: Whether the reader may change it.
    """
    due, lost = _due(taken), taking_on.dropped(trace_id)
    rest = [card for card in taken if card not in due and card != shown]
    if not rest and lost is None:
        return
    with st.container(key="plan-taken", gap="small"):
        st.html(element("h2", "Taken on"))
        if lost is not None:
            with st.container(key="plan-undo", horizontal=True, vertical_alignment="center"):
                st.html(element("p", "Dropped: ", element("bdi", lost.words)), width="stretch")
                st.button(
                    "Undo",
                    key="plan-undo-drop",
                    on_click=taking_on.bring_back,
                    args=(trace_id, lost),
                )
        for card in rest:
            _show(trace_id, card, may_edit=may_edit)


def tell(trace_id: str) -> None:
    """Say what was done last, once."""
    said = taking_on.said(trace_id)
    if said is None or not said.text:
        return
    if said.is_problem:
        st.error(plain(said.text), title="Nothing was changed")
    else:
        st.toast(plain(said.text))


def _due(taken: Sequence[TakenCard]) -> list[TakenCard]:
    today = current.today()
    return [card for card in taken if card.action.is_due(today)]


def _show(trace_id: str, card: TakenCard, *, may_edit: bool) -> None:
    action = card.action
    with st.container(key=f"plan-one-{action.question}-{action.mark}", gap="xsmall"):
        st.html(_said(card))
        if may_edit:
            _show_ways(trace_id, card)


def _show_ways(trace_id: str, card: TakenCard) -> None:
    action = card.action
    if taking_on.show_change(trace_id, action) or taking_on.show_outcome(trace_id, card):
        return
    key = f"plan-ways-{action.question}-{action.mark}"
    with st.container(key=key, horizontal=True, vertical_alignment="center"):
        _ways(trace_id, card)


def _ways(trace_id: str, card: TakenCard) -> None:
    action = card.action
    key = f"{trace_id}-{action.question}-{action.mark}"
    if action.done is None:
        st.button(
            "Tick it off",
            key=f"plan-finish-{key}",
            icon=":material/check:",
            on_click=taking_on.finish,
            args=(trace_id, card),
        )
        st.button(
            "Change",
            key=f"plan-change-{key}",
            type="tertiary",
            on_click=taking_on.open_,
            args=(taking_on.form_of("change", trace_id, action),),
        )
    else:
        if card.is_short and card.question:
            st.page_link(
                address.TRACE_PAGE,
                label="See whether the answer is a better one now",
                query_params=address.to_question(trace_id, action.question),
            )
        st.button(
            "Not done yet",
            key=f"plan-reopen-{key}",
            type="tertiary",
            on_click=taking_on.reopen,
            args=(trace_id, action),
        )
    st.button(
        "Drop",
        key=f"plan-drop-{key}",
        type="tertiary",
        on_click=taking_on.drop,
        args=(trace_id, action),
    )


def _said(card: TakenCard) -> Html:
    action = card.action
    return element(
        "div",
        element(
            "p",
            element("bdi", action.terms.owner, class_="owner"),
            element("span", _when(card), class_=f"when {_lateness(card)}"),
            class_="eyebrow",
        ),
        element("h3", action.words, dir="auto"),
        linked("p", action.terms.note, class_="typed remark"),
        pairs(card.outcome, class_="facts outcome"),
        if_any("p", card.outlook, class_="outlook"),
        class_="taken-on",
    )


def _lateness(card: TakenCard) -> str:
    if card.action.done:
        return "done"
    return "late" if card.action.is_due(current.today()) else "to-come"


def _when(card: TakenCard) -> str:
    action = card.action
    if action.done is not None:
        return f"Done on {day(action.done)}"
    due, today = action.terms.due, current.today()
    if due is None or due > today:
        return card.status
    if due == today:
        return "Due today"
    return f"Overdue by {count((today - due).days, 'day')}"
