"""Where somebody is: the trace and its part, as the page's address says.

The address is the only memory between two visits; links of the navigation drop it, so that the door
puts it back on every run.
"""

from typing import NoReturn

import streamlit as st

TRACE = "trace"
PART = "at"

START_PAGE = "assessment/pages/start.py"
TRACE_PAGE = "assessment/pages/trace.py"
RESULT_PAGE = "assessment/pages/result.py"


def keep() -> None:
    """Put back what a link of the navigation dropped, and remember what the address says."""
    for name in (TRACE, PART):
        given = st.query_params.get(name)
        if given is None and name == PART and TRACE in st.query_params:
            st.session_state.pop(PART, None)
        elif given is not None:
            st.session_state[name] = given
        elif st.session_state.get(name):
            st.query_params[name] = st.session_state[name]


def trace_id() -> str | None:
    """The id of the trace in the address, which may be anything somebody typed."""
    return st.query_params.get(TRACE) or None


def part() -> str | None:
    """The part of the trace in the address, which may be anything somebody typed."""
    return st.query_params.get(PART) or None


def turn_to(part_id: str) -> None:
    """Go to another part of the same trace; for callbacks."""
    st.session_state[PART] = part_id
    st.query_params[PART] = part_id


def query(trace: str, part_id: str | None = None) -> dict[str, str]:
    """What stands behind the question mark of an address."""
    return {TRACE: trace, PART: part_id} if part_id else {TRACE: trace}


def go(page: str, trace: str, part_id: str | None = None) -> NoReturn:
    """Go to a page of a trace."""
    st.session_state[TRACE] = trace
    st.session_state.pop(PART, None)
    st.switch_page(page, query_params=query(trace, part_id))
