"""The control screen: what the facilitator sees, says and does at each step of a workshop."""

import streamlit as st

from assessment.pages import address, current
from assessment.pages.arrival import arrive
from assessment.pages.markup import element, if_any, joined
from assessment.pages.workshop import beside, choosing, opening, resting, running, steps
from assessment.pages.workshop.agenda_parts import show_agenda
from assessment.pages.workshop.running import Running
from assessment.store.workshop_records import WorkshopNotFound


def show() -> None:
    """Show the workshop in the address, or offer to open one on the trace in it."""
    key = running.key()
    if key is None:
        _offer()
        return
    try:
        now = running.load(key)
    except WorkshopNotFound:
        not_found()
        return
    st.set_page_config(page_title=f"{now.name} · Workshop")
    # In a rehearsal this page is what makes the simulated people act.
    resting.rest_when_hidden(may_rest=not now.workshop.plan.is_rehearsal)
    beside.show_beside(now)
    with st.container(key="control"):
        _heading(now)
        if now.workshop.closed is None:
            show_agenda(now)
        steps.show_step(now)
    arrive(f"{now.workshop.step}-{now.workshop.question}")


def _offer() -> None:
    trace_id = address.trace_id()
    if trace_id is None:
        choosing.show()
        return
    opened = current.load(trace_id)
    if not opened.may_edit:
        st.html(
            element("p", "Only who may edit this trace can open a workshop on it.", class_="note")
        )
        return
    st.set_page_config(page_title=f"{opened.name} · Workshop")
    opening.show(opened)
    arrive("workshop")


def not_found() -> None:
    """Say that the address leads to no workshop, and the way out."""
    st.html(
        joined(
            [
                element("h1", "There is no workshop at this address"),
                element(
                    "p",
                    "The link may be incomplete, or another facilitator renewed it. Ask for the"
                    " new one, or open a workshop from its trace.",
                    class_="lead",
                ),
            ]
        )
    )
    st.page_link(address.START_PAGE, label="To the start")


def _heading(now: Running) -> None:
    kind = "Rehearsal with simulated people" if now.workshop.plan.is_rehearsal else ""
    st.html(
        element(
            "div",
            element("p", now.name, class_="eyebrow name", dir="auto"),
            if_any("p", kind, class_="rehearsal"),
            if_any("p", "Paused" if now.workshop.paused else "", class_="rehearsal"),
            class_="whose",
        )
    )


if __name__ == "__main__":
    show()
