"""Recording what the room agreed on: kept with the workshop, and as an answer of the trace."""

from dataclasses import replace

import streamlit as st

from assessment.method.answers import Answer
from assessment.method.questionnaire import UNKNOWN, Question
from assessment.pages import current
from assessment.pages.safe_text import plain
from assessment.pages.workshop import running
from assessment.pages.workshop.running import Running
from assessment.store.workshop_records import Agreement
from reports.wording import WE_DO_NOT_KNOW

NOT_AGREED = "Not agreed: to be found out"

_OPEN = "not agreed"
"""Stands for it among the options; no option's id has a blank."""

LONGEST = 500


def show_recording(now: Running, question: Question) -> None:
    """Offer to record the room's answer, the reason and the minority view."""
    before = now.agreed.get(question.id)
    options = [*question.options, UNKNOWN, _OPEN]
    first = (before.option or _OPEN) if before else now.spread(question).median
    with st.form(f"record-{question.id}", border=True):
        option = st.radio(
            "What the room agrees on",
            options,
            index=options.index(first) if first in options else None,
            format_func=lambda option: plain(_text(question, option)),
        )
        reason = st.text_input(
            "The reason, in a sentence", before.reason if before else "", max_chars=LONGEST
        )
        minority = st.text_input(
            "The minority view, if there is one",
            before.minority if before else "",
            max_chars=LONGEST,
        )
        label = "Record it anew" if before else "Record it"
        is_sent = st.form_submit_button(label, type="primary")
    if is_sent and option is None:
        st.error("Choose what the room agrees on, or that it does not.")
    elif is_sent:
        kept = None if option == _OPEN else option
        record(now, Agreement(question.id, kept, reason, minority, current.now()))
        st.rerun()


def record(now: Running, agreement: Agreement) -> None:
    """Keep an agreement, and put it into the trace as its answer.

    Both can be repeated: should the second fail, recording again makes both whole.
    """
    running.workshops().record(now.key, agreement)
    running.traces().change_answer(
        now.stored.id,
        agreement.question,
        lambda answer: _answer(answer, agreement),
        current.classifying(now.questionnaire, now.stored.id),
        agreement.at,
    )


def _answer(before: Answer, agreement: Agreement) -> Answer:
    """What the trace says from now on; evidence and detail that are there stay."""
    said = [agreement.reason.strip()]
    if agreement.option is None:
        said.insert(0, "The room could not agree.")
    if agreement.minority.strip():
        said.append(f"Minority view: {agreement.minority.strip()}")
    note = " ".join(part for part in said if part)
    return replace(before, option=agreement.option or UNKNOWN, note=note or before.note)


def _text(question: Question, option: str) -> str:
    if option == _OPEN:
        return NOT_AGREED
    return WE_DO_NOT_KNOW if option == UNKNOWN else question.options[option].text
