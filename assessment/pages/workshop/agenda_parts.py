"""The agenda on the control screen: where the workshop is, for how long, and what to say."""

import streamlit as st

from assessment.pages import current
from assessment.pages.markup import Html, element, if_any
from assessment.pages.workshop import join_address, resting
from assessment.pages.workshop.running import Running
from assessment.pages.workshop.timing import Part, clock, part
from reports.room.agenda import AgendaItem, agenda, lines

RESTS = "The workshop rests. Nothing is lost, and nobody can answer until you go on."


def show_agenda(now: Running) -> None:
    """Show the parts, the present one with its clock."""
    here = part(now)
    st.html(
        element(
            "ol",
            *(_part(item, item == here.item) for item in agenda(now.workshop.plan.minutes)),
            class_="agenda",
            aria_label="Agenda",
        )
    )
    if here.since is not None:
        resting.follow_slowly(_clock, here)


def show_lines(now: Running) -> None:
    """Show a line to say at the present part, and what to do."""
    has_phones = now.workshop.plan.is_rehearsal or join_address.is_reachable()
    say, do = lines(part(now).item, has_phones=has_phones)
    st.html(
        element(
            "div",
            if_any("p", RESTS if now.workshop.paused else "", class_="rests"),
            element("blockquote", say, class_="say"),
            element("p", do, class_="quiet"),
            class_="to-say",
        )
    )


def _part(item: AgendaItem, is_here: bool) -> Html:
    return element(
        "li",
        element("span", item.title, class_="title"),
        element("span", f"{item.minutes} min", class_="quiet"),
        class_="here" if is_here else None,
        aria_current="step" if is_here else None,
    )


def _clock(here: Part) -> None:
    st.html(clock(here, current.now(), with_advice=True))
