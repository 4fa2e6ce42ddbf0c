"""What this tab knows of the trace it shows, so that answering does not read it again and again."""

from time import monotonic
from typing import cast

import streamlit as st

from assessment.pages import current
from assessment.pages.current import OpenTrace

_SHOWN = "shown"
_FRESH = "fresh"

FRESH_FOR = 1.0
"""Seconds in which what was just saved is shown without reading it; else it came to no page."""


def read(trace_id: str) -> OpenTrace:
    """The trace as it stands: what this run has just saved, else what the database says.

    Raises:
        TraceNotFound: There is none with this id.
        StoreUnavailable: The database cannot be used.
        FileProblems: This version of the program cannot read its questionnaire.
    """
    at = st.session_state.pop(_FRESH, None)
    known = st.session_state.get(_SHOWN)
    if at is None or monotonic() - at > FRESH_FOR or not _is(known, trace_id):
        known = current.load(trace_id)
        st.session_state[_SHOWN] = known
    return cast("OpenTrace", known)


def last(trace_id: str) -> OpenTrace:
    """The trace as this tab read it last; its questionnaire never changes.

    Raises:
        As `read` does, where this tab has not read it yet.
    """
    known = st.session_state.get(_SHOWN)
    return cast("OpenTrace", known) if _is(known, trace_id) else current.load(trace_id)


def just_saved(opened: OpenTrace) -> None:
    """Take note of a trace as it stands in the database since a moment ago."""
    st.session_state[_SHOWN] = opened
    st.session_state[_FRESH] = monotonic()


def _is(known: object, trace_id: str) -> bool:
    return isinstance(known, OpenTrace) and known.id == trace_id
