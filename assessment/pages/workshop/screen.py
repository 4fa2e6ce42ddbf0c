"""The screen for the room: readable from the back, and without anything that one could click.

It follows the workshop by itself: a few cheap questions every moment, and everything anew
only where something changed. It fits a projector's picture, since nobody can scroll it.
"""

from collections.abc import Callable

import streamlit as st

from assessment.pages import current
from assessment.pages.markup import Html, element, if_any, joined
from assessment.pages.workshop import resting, room_views, running
from assessment.pages.workshop.control import not_found
from assessment.pages.workshop.room_parts import rail
from assessment.pages.workshop.running import Running
from assessment.store.workshop_records import Attendance, Step, WorkshopNotFound

_SEEN = "room-seen"

VIEWS: dict[Step, Callable[[Running, Attendance], Html]] = {
    Step.LOBBY: room_views.lobby,
    Step.GUESS: room_views.guess,
    Step.ANSWER: room_views.question,
    Step.REVEAL: room_views.revealed,
    Step.RESULT: room_views.result,
    Step.PLAN: room_views.plan,
}


def show() -> None:
    """Show the workshop in the address."""
    key = running.key()
    try:
        if key is None:
            raise WorkshopNotFound("key")  # noqa: TRY301 - the same page says so
        now = running.load(key)
    except WorkshopNotFound:
        not_found()
        return
    st.set_page_config(page_title=f"{now.name} · Room", layout="wide")
    with st.container(key="room-screen"):
        resting.rest_when_hidden()
        resting.follow(_follow, key)


def _follow(key: str) -> None:
    try:
        now = running.follow(key, st.session_state.get(_SEEN))
    except WorkshopNotFound:
        not_found()
        return
    st.session_state[_SEEN] = now
    there = running.attendance(key, current.now())
    step = Step.RESULT if now.workshop.closed else now.workshop.step
    body = element("div", VIEWS[step](now, there), class_=f"room-body at-{step}")
    st.html(element("div", _top(now), body, rail(now, there, current.now()), class_="room"))


def _top(now: Running) -> Html:
    kind = "Rehearsal with simulated people" if now.workshop.plan.is_rehearsal else ""
    paused = "Paused" if now.workshop.paused else ""
    return element(
        "header",
        element("span", now.name, class_="name", dir="auto"),
        joined(if_any("span", said, class_="rehearsal") for said in (kind, paused)),
    )


if __name__ == "__main__":
    show()
