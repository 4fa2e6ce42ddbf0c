"""A room without phones: hands counted for each option, entered by the facilitator."""

from collections.abc import Mapping
from contextlib import suppress

import streamlit as st

from assessment.method.questionnaire import UNKNOWN, Question
from assessment.pages import current
from assessment.pages.markup import element
from assessment.pages.workshop import running
from assessment.pages.workshop.number_fields import number_fields
from assessment.pages.workshop.paper import show_paper
from assessment.pages.workshop.running import Running
from assessment.store.workshop_records import NotOpen
from reports.wording import WE_DO_NOT_KNOW

NO_HAND = "No hand is entered yet."


def show_hands(now: Running, question: Question, *, is_open: bool) -> None:
    """Offer to enter hands; entering them reveals the question.

    Args:
        now: The workshop.
        question: The one that the room is at.
        is_open: Whether the fields show at once, since nobody is in by phone.
    """
    with st.expander("Count hands instead", type="compact", expanded=is_open):
        plan = now.workshop.plan
        show_paper(now.questionnaire, now.trace, plan.functions, plan.scope)
        said = "Read each answer aloud, count the hands, enter how many."
        hands = hands_form(question, {}, "Reveal these hands", said, is_primary=is_open)
    if hands is not None:
        keep_hands(now, question, hands, reveals=True)


def show_correction(now: Running, question: Question) -> None:
    """Offer to enter anew what was counted for a question that the room sees."""
    before = now.last[question.id].hands if question.id in now.last else None
    if not before:
        return
    with st.expander("Correct the count", type="compact"):
        said = "The room sees the new numbers at once."
        hands = hands_form(question, before, "Keep this count", said)
    if hands is not None:
        keep_hands(now, question, hands, reveals=False)


def hands_form(
    question: Question,
    before: Mapping[str, int],
    label: str,
    said: str,
    *,
    is_primary: bool = False,
    may_be_none: bool = False,
) -> dict[str, int] | None:
    """Ask how many chose each option.

    Args:
        question: Which.
        before: What was entered before.
        label: Of the button.
        said: What to do, in a sentence.
        is_primary: Whether that is what the facilitator does next.
        may_be_none: Whether no hand at all can be entered.

    Returns:
        What is entered at this moment, without what is nothing; None where nothing is.
    """
    texts = {option: one.text for option, one in question.options.items()}
    with st.form(f"hands-{question.id}"):
        st.html(element("p", said, class_="quiet small"))
        counted = number_fields(f"hands-{question.id}", {**texts, UNKNOWN: WE_DO_NOT_KNOW}, before)
        is_sent = st.form_submit_button(label, type="primary" if is_primary else "secondary")
        if is_sent and not counted and not may_be_none:
            st.error(NO_HAND)
            return None
    return counted if is_sent else None


def keep_hands(
    now: Running, question: Question, hands: Mapping[str, int], *, reveals: bool
) -> None:
    """Keep what was counted, and show the page anew.

    Args:
        now: The workshop.
        question: Which.
        hands: Option or "unknown" -> how many.
        reveals: Whether the room goes to see it.
    """
    at = current.now()
    with suppress(NotOpen):  # it was closed at this moment, and the page will say so
        running.workshops().count_hands(now.key, question.id, hands, at, reveals=reveals)
    st.rerun()
