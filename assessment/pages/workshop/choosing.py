"""The way to a workshop for who comes without a trace: a new use case, or one that is there."""

import streamlit as st

from assessment.method.answers import Trace
from assessment.method.questionnaire import NAME_FACT
from assessment.pages import address, current
from assessment.pages.arrival import arrive
from assessment.pages.markup import element, joined
from assessment.pages.safe_text import plain
from assessment.pages.shelf import shelf
from assessment.pages.start import examples
from assessment.pages.trace.facts import ask, example
from assessment.pages.words import when
from assessment.store.access import Access
from assessment.store.shelf import ShelvedTrace

LISTED = 8
"""How many use cases are offered; the start page finds the others."""

WHAT_IT_IS = (
    "For 3 to 40 people in a room: everybody answers alone on a phone, the room sees where it"
    " differs, agrees, and leaves with one next step."
)


def show() -> None:
    """Show the page."""
    st.set_page_config(page_title="Workshop · Coordination audit")
    title = element("h1", "A workshop on one use case")
    st.html(joined([title, element("p", WHAT_IT_IS, class_="lead")]))
    _new()
    mine = [trace for trace in shelf().find(LISTED, "").traces if trace.access >= Access.EDIT]
    if mine:
        st.html(element("h2", "Or on a use case that is here already"))
    for trace in mine:
        _offer(trace)
    arrive("workshop")


def _new() -> None:
    read = examples.questionnaires()[0]
    name = next(fact for fact in read.questionnaire.profile if fact.id == NAME_FACT)
    with st.form("new-workshop", border=True):
        st.html(element("h2", "On a new use case"))
        given = st.text_input(plain(ask(name)), placeholder=example(name))
        begins = st.form_submit_button("Go on to the workshop", type="primary")
    if begins and not given.strip():
        st.error(f"Still needed: {plain(ask(name))}")
    elif begins:
        trace = Trace({NAME_FACT: given.strip()})
        address.go(address.WORKSHOP_PAGE, current.begin(read, trace))


def _offer(trace: ShelvedTrace) -> None:
    key = f"recent-{trace.id}"
    with st.container(key=key, horizontal=True, vertical_alignment="center"):
        name = element("strong", trace.name or current.UNNAMED, class_="name", dir="auto")
        changed = f"changed {when(trace.changed, current.now())}"
        told = joined([name, element("span", changed, class_="quiet small")])
        st.html(told, width="stretch")
        query = address.query(trace.id)
        st.page_link(address.WORKSHOP_PAGE, label="Open a workshop", query_params=query)
