"""The end of a workshop: releasing the report, and closing it so that nobody can be told apart."""

from typing import Literal

import streamlit as st

from assessment.pages import current
from assessment.pages.markup import element
from assessment.pages.words import when
from assessment.pages.workshop import running
from assessment.pages.workshop.overdue import CLOSES_BY_ITSELF
from assessment.pages.workshop.running import Running
from assessment.store.final_close import REPORT_FOR
from assessment.store.room_accounts import summary_of


def show_closing(now: Running) -> None:
    """Offer to release the report, and to close the workshop for good."""
    workshop = now.workshop
    if workshop.closed is not None:
        said = f"Closed {when(workshop.closed, current.now())}. Only counts are kept."
        st.html(element("p", said, class_="quiet small"))
        return
    with st.expander("Close for good", type="compact"):
        st.caption(
            "Answers become counts, and what tells participants apart is erased, so that no answer"
            " can be tied to anybody. The code ends, so nobody can join any more; a report that was"
            " released can still be fetched. This cannot be undone; what was agreed stays in the"
            f" trace. {CLOSES_BY_ITSELF}"
        )
        st.button("Close the workshop", on_click=_close, args=(now,))


def show_release(now: Running) -> None:
    """Offer to release the report, or say until when it can be fetched."""
    released = now.workshop.released
    if released is None or current.now() > released + REPORT_FOR:
        label = "Release the report to all" if released is None else "Release it for another day"
        gap = now.report.next_step.gap
        kind: Literal["primary", "secondary"] = (
            "primary" if gap is None or gap.taken else "secondary"
        )
        st.button(label, type=kind, on_click=_let_go, args=(now.key,), key="release")
    else:
        said = (
            f"Report released {when(released, current.now())}. Phones can fetch it for 24 hours."
            " When nobody needs you any more, close the workshop for good."
        )
        st.html(element("p", said, role="status"))


def _let_go(key: str) -> None:
    running.workshops().release(key, current.now())


def _close(now: Running) -> None:
    summary = summary_of(now.questionnaire, now.stored.trace.facts, now.ballots)
    running.workshops().close(now.key, summary, current.now())
