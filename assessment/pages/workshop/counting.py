"""A room without phones: who is there and what they guess, counted by the facilitator."""

from collections.abc import Callable, Mapping
from contextlib import suppress

import streamlit as st

from assessment.pages import current
from assessment.pages.markup import element
from assessment.pages.workshop import running
from assessment.pages.workshop.number_fields import number_fields
from assessment.pages.workshop.running import Running
from assessment.store.workshop_records import NotOpen
from reports.wording import capital, count

NO_NUMBER = "No number is entered yet."

_WORDS = {"people": ("person", "people"), "guesses": ("guess", "guesses")}

_TAKEN_BACK = "counted-taken-back"
"""Remembers across one run what was taken back, to say so."""


def show_people(now: Running) -> None:
    """Offer to enter how many people of each function are there."""
    workshops, key = running.workshops(), now.key
    with st.expander("Count people instead", type="compact"):
        _form(
            "people",
            "How many are here of each function? These numbers count instead of who joins by phone."
            " A function with fewer than three stays out of the report.",
            {function: function for function in now.workshop.plan.functions},
            now.workshop.counted_people or {},
            lambda counted: workshops.count_people(key, counted, current.now()),
        )


def show_guesses(now: Running, *, is_open: bool) -> None:
    """Offer to enter how many hands went up for each level.

    Args:
        now: The workshop.
        is_open: Whether the fields show at once, since nobody is in by phone.
    """
    workshops, key = running.workshops(), now.key
    before = now.workshop.counted_guesses or {}
    with st.expander("Count hands instead", type="compact", expanded=is_open):
        _form(
            "guesses",
            "With eyes closed: read each level aloud, count the hands, enter how many. The room"
            " sees them with the result.",
            {str(one.level): f"{one.level} · {one.name}" for one in now.questionnaire.levels},
            {str(level): number for level, number in before.items()},
            lambda counted: workshops.count_guesses(key, _by_level(counted), current.now()),
        )


def _by_level(counted: Mapping[str, int]) -> dict[int, int]:
    return {int(level): number for level, number in counted.items()}


def _form(
    name: str,
    said: str,
    texts: Mapping[str, str],
    before: Mapping[str, int],
    keep: Callable[[Mapping[str, int]], None],
) -> None:
    with st.form(f"count-{name}"):
        st.html(element("p", said, class_="quiet small"))
        counted = number_fields(name, texts, before)
        is_sent = st.form_submit_button("Keep this count")
        _tell(name, before)
        if is_sent and not counted and not before:
            st.error(NO_NUMBER)
        elif is_sent:
            _keep(name, keep, counted)


def _tell(name: str, before: Mapping[str, int]) -> None:
    """Say what is kept by now, or that it was taken back just now."""
    was_taken_back = st.session_state.pop(_TAKEN_BACK, None) == name
    if before:
        said = f"{capital(count(sum(before.values()), *_WORDS[name]))} counted and kept."
        help_ = "Keep other numbers to replace them; none at all takes them back."
        st.html(element("p", element("strong", said), f" {help_}", role="status", class_="small"))
    elif was_taken_back:
        st.html(element("p", "Taken back: phones count again.", role="status", class_="small"))


def _keep(name: str, keep: Callable[[Mapping[str, int]], None], counted: Mapping[str, int]) -> None:
    with suppress(NotOpen):  # it was closed at this moment, and the page will say so
        keep(counted)
        if not counted:
            st.session_state[_TAKEN_BACK] = name
    st.rerun()
