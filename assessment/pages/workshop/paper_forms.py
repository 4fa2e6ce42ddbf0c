"""Forms on paper, collected at everybody's own pace: their ticks, entered question by question."""

from collections.abc import Sequence

import streamlit as st

from assessment.method.questionnaire import Question
from assessment.pages.markup import element
from assessment.pages.workshop.hands import hands_form, keep_hands
from assessment.pages.workshop.paper import show_paper
from assessment.pages.workshop.running import Running
from reports.wording import capital, count

WIDTH = 736
"""Pixels; as wide as the fields below it."""

_AT, _ONWARD = "paper-question", "paper-onward"
"""Where the session keeps which question is entered, and which is offered after it."""


def entered(now: Running, waiting: Sequence[Question]) -> tuple[Question, ...]:
    """Give those of the questions that are not revealed whose forms are counted already."""
    return tuple(question for question in waiting if now.last[question.id].hands)


def show_forms(now: Running, waiting: Sequence[Question], *, is_open: bool) -> None:
    """Offer to enter the ticks; the room sees them when they are revealed, and not before.

    Args:
        now: The workshop.
        waiting: The questions that were put to the room and are not revealed; at least one.
        is_open: Whether the fields show at once, since nobody is in by phone.
    """
    plan, done = now.workshop.plan, entered(now, waiting)
    with st.expander("Enter forms from paper", type="compact", expanded=is_open):
        show_paper(now.questionnaire, now.trace, plan.functions, plan.scope)
        st.html(element("p", _how_far(len(done), len(waiting)), role="status"))
        question = _choose(waiting, done)
        said = "Count the ticks on all forms, enter how many."
        if not is_open:
            said += " They count instead of what phones say to this question."
        hands = hands_form(
            question,
            now.last[question.id].hands or {},
            "Keep this count",
            said,
            is_primary=is_open and len(done) < len(waiting),
            may_be_none=question in done,
        )
    if hands is not None:
        rest = [one for one in waiting if one not in done and one != question]
        if hands and rest:
            st.session_state[_ONWARD] = _after(waiting, rest, question).id
        keep_hands(now, question, hands, reveals=False)


def _how_far(done: int, of: int) -> str:
    if not done:
        return f"{capital(count(of, 'question'))} to enter, one after another."
    if done < of:
        return f"{done} of {of} questions are entered."
    return "All questions are entered. Reveal them to talk about them."


def _choose(waiting: Sequence[Question], done: Sequence[Question]) -> Question:
    """Ask which question is entered: to begin with, the first one that is not yet."""
    by_id = {question.id: question for question in waiting}
    kept = {question.id for question in done}
    onward = st.session_state.pop(_ONWARD, None) or st.session_state.get(_AT)
    if onward not in by_id:
        onward = next((name for name in by_id if name not in kept), waiting[0].id)
    st.session_state[_AT] = onward
    chosen = st.selectbox(
        "Question",
        list(by_id),
        key=_AT,
        width=WIDTH,
        format_func=lambda name: by_id[name].ask + (" (entered)" if name in kept else ""),
    )
    return by_id[chosen]


def _after(waiting: Sequence[Question], rest: Sequence[Question], question: Question) -> Question:
    """The next question to enter: the first one behind this, else the first of all."""
    place = waiting.index(question)
    return next((one for one in rest if waiting.index(one) > place), rest[0])
