"""Opening a workshop on a use case: how long, what is asked, at which pace, and with whom."""

from dataclasses import replace
from secrets import token_urlsafe

import streamlit as st
from sqlalchemy import exc

from assessment.method.answers import Trace
from assessment.method.questionnaire import NAME_FACT
from assessment.pages import address, current
from assessment.pages.current import OpenTrace
from assessment.pages.markup import element, joined
from assessment.pages.safe_text import plain
from assessment.pages.words import when
from assessment.pages.workshop import running
from assessment.pages.workshop.choosing import WHAT_IT_IS
from assessment.pages.workshop.paper import show_paper
from assessment.store.join_codes import make_code
from assessment.store.workshop_records import Pace, Scope, Workshop, WorkshopPlan
from reports.room.agenda import LENGTHS

FUNCTIONS = (
    "Marketing",
    "Sales",
    "Customer service",
    "Product",
    "Operations",
    "Leadership",
    "Another function",
)
"""Offered to begin with; a facilitator changes them as the room needs."""

MOST_FUNCTIONS, LONGEST_FUNCTION = 12, 40

REHEARSAL = "Rehearsal"

_SCOPES = {
    Scope.SHORT: "The first questions, then what can still change the level",
    Scope.FULL: "Everything worth asking",
}
_PACES = {
    Pace.TOGETHER: "Together, question by question",
    Pace.OWN: "Everybody at their own pace, then the reveal",
}


def show(opened: OpenTrace) -> None:
    """Offer to open a workshop on a trace, and the way back to those that were opened before."""
    st.html(
        joined(
            [
                element("p", opened.name, class_="eyebrow name", dir="auto"),
                element("h1", "Workshop"),
                element(
                    "p",
                    f"{WHAT_IT_IS} Answers that the room agrees on become those of this trace.",
                    class_="lead",
                ),
            ]
        )
    )
    before = running.workshops().of_trace(opened.id)
    for key, workshop in before:
        _go_back(key, workshop)
    with st.form("workshop", border=True):
        plan = _form()
        with st.container(horizontal=True):
            begin = st.form_submit_button("Open the workshop", type="primary")
            rehearse = st.form_submit_button("Rehearse it first")
        st.caption("A rehearsal works on a copy of the trace with twelve simulated people.")
    with st.expander("No phones in the room?", type="compact"):
        st.caption("Count hands, or print this form, one each, and count the ticks.")
        for scope in Scope:
            show_paper(opened.questionnaire, opened.trace, plan.functions, scope)
    if not (begin or rehearse):
        return
    if not plan.functions:
        st.error("Name at least one function, a line each.")
        return
    key = _open(opened, plan, is_rehearsal=rehearse)
    st.switch_page(address.WORKSHOP_PAGE, query_params={running.KEY: key})


def _go_back(key: str, workshop: Workshop) -> None:
    kind = REHEARSAL if workshop.plan.is_rehearsal else "Workshop"
    state = "closed" if workshop.closed else "open"
    label = f"{kind} of {when(workshop.opened, current.now()).removeprefix('on ')}, {state}"
    st.page_link(address.WORKSHOP_PAGE, label=plain(label), query_params={running.KEY: key})


def _form() -> WorkshopPlan:
    st.html(element("h2", "Open a workshop"))
    left, right = st.columns(2, gap="medium")
    with left:
        minutes = st.radio("How long", LENGTHS, format_func=lambda length: f"{length} minutes")
        scope = st.radio("What is asked", list(_SCOPES), format_func=_SCOPES.__getitem__)
    with right:
        pace = st.radio("At which pace", list(_PACES), format_func=_PACES.__getitem__)
        functions = st.text_area(
            "Functions that people can belong to, a line each",
            "\n".join(FUNCTIONS),
            help="A function is shown apart only where at least three people stand behind it.",
            height=190,
        )
    return WorkshopPlan(
        _as_functions(functions), scope or Scope.SHORT, pace or Pace.TOGETHER, minutes
    )


def _as_functions(text: str) -> tuple[str, ...]:
    lines = (" ".join(line.split())[:LONGEST_FUNCTION] for line in text.splitlines())
    return tuple(dict.fromkeys(line for line in lines if line))[:MOST_FUNCTIONS]


def _open(opened: OpenTrace, plan: WorkshopPlan, *, is_rehearsal: bool) -> str:
    use_case = opened.id
    if is_rehearsal:
        plan = replace(plan, is_rehearsal=True)
        facts = {**opened.trace.facts, NAME_FACT: f"{REHEARSAL}: {opened.name}"}
        use_case = current.begin(opened.read, Trace(facts))
    key = token_urlsafe(16)
    for _ in range(9):
        ids = (token_urlsafe(16), key, make_code())
        try:
            running.workshops().open(ids, use_case, plan, current.now())
        except exc.IntegrityError:
            continue  # the code belongs to another open workshop
        return key
    raise RuntimeError("no join code is free")
