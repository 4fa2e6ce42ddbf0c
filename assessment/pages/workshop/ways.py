"""The ways on from each step, always in the same place, and what a click on them does."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from assessment.method.questionnaire import Question
from assessment.pages import current
from assessment.pages.safe_text import plain
from assessment.pages.workshop import running
from assessment.pages.workshop.running import Running
from assessment.store.workshop_records import MovedMeanwhile, NotOpen, Step

_MOVED = "workshop-moved"


@contextmanager
def ways() -> Iterator[None]:
    """Hold the ways on, at the bottom of the window."""
    with st.container(key="workshop-ways", horizontal=True, vertical_alignment="center"):
        yield


def tell_if_moved() -> None:
    """Say once that another facilitator was faster, so that a click went nowhere."""
    if st.session_state.pop(_MOVED, None):
        st.warning(str(MovedMeanwhile()))


def on(now: Running, label: str, step: Step, *, is_primary: bool = True) -> None:
    """Offer to go on to another step."""
    st.button(
        label,
        type="primary" if is_primary else "secondary",
        on_click=move,
        args=(now, step, None),
        key=f"on-{step}",
    )


def back(now: Running, label: str, step: Step, question: str | None = None) -> None:
    """Offer to go back, so that no click is final."""
    st.button(label, on_click=move, args=(now, step, question), key=f"back-{step}")


def ask(now: Running, question: Question, label: str, *, is_primary: bool = True) -> None:
    """Offer to put a question to the room."""
    st.button(
        plain(label),
        type="primary" if is_primary else "secondary",
        help=plain(question.ask),
        on_click=move,
        args=(now, Step.ANSWER, question.id),
        key="put-next",
    )


def show_spread(now: Running, question: Question, label: str, *, is_primary: bool = False) -> None:
    """Offer to show what the room said to a question."""
    st.button(
        label,
        key=f"spread-{question.id}-{is_primary}",
        type="primary" if is_primary else "tertiary",
        help=plain(question.ask),
        on_click=move,
        args=(now, Step.REVEAL, question.id),
    )


def move(now: Running, step: Step, question: str | None) -> None:
    """Go to a step, unless another facilitator went elsewhere meanwhile; a button's callback."""
    try:
        running.workshops().move(now.key, now.workshop.version, step, question, current.now())
    except MovedMeanwhile:
        st.session_state[_MOVED] = True


def put(now: Running, questions: tuple[Question, ...]) -> None:
    """Put several questions at once, for everybody's own pace; a button's callback."""
    running.workshops().put(now.key, [question.id for question in questions], current.now())
    move(running.load(now.key), Step.ANSWER, None)


def reveal(key: str, question: str) -> None:
    """Show the room its answers to a question; a button's callback."""
    try:
        running.workshops().reveal(key, question, current.now())
    except NotOpen:
        st.session_state[_MOVED] = True


def reveal_all(key: str, questions: tuple[str, ...]) -> None:
    """Reveal several, and go to the one that is most useful to talk about; a button's callback."""
    for question in questions:
        reveal(key, question)
    now = running.load(key)
    if now.revealed:
        move(now, Step.REVEAL, now.revealed[0].spread.question.id)


def vote_again(key: str, question: str) -> None:
    """Put a question to the room once more; a button's callback."""
    try:
        running.workshops().vote_again(key, question, current.now())
    except NotOpen:
        st.session_state[_MOVED] = True
