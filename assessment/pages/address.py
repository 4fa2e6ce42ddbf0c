"""Where somebody is: the trace, its part and its question, as the page's address says.

The address is the only memory between two visits; links of the navigation drop it, so that the door
puts it back on every run.
"""

from typing import NoReturn

import streamlit as st

TRACE = "trace"
PART = "at"
QUESTION = "q"

START_PAGE = "assessment/pages/start/page.py"
TRACE_PAGE = "assessment/pages/trace/page.py"
RESULT_PAGE = "assessment/pages/result/page.py"
ASKING_PAGE = "assessment/pages/result/asking.py"
WORKSHOP_PAGE = "assessment/pages/workshop/control.py"
ROOM_PAGE = "assessment/pages/workshop/screen.py"


def keep() -> None:
    """Put back what a link of the navigation dropped, and remember what the address says."""
    is_named = any(name in st.query_params for name in (TRACE, PART, QUESTION))
    for name in (TRACE, PART, QUESTION):
        given = st.query_params.get(name)
        if given is not None:
            st.session_state[name] = given
        elif name != TRACE and is_named:
            st.session_state.pop(name, None)
        elif st.session_state.get(name):
            st.query_params[name] = st.session_state[name]


def trace_id() -> str | None:
    """The id of the trace in the address, which may be anything somebody typed."""
    return st.query_params.get(TRACE) or None


def part() -> str | None:
    """The part of the trace in the address, which may be anything somebody typed."""
    return st.query_params.get(PART) or None


def question() -> str | None:
    """The question in the address, which may be anything somebody typed."""
    return st.query_params.get(QUESTION) or None


def turn_to(part_id: str, question_id: str | None = None) -> None:
    """Go to another part or question of the same trace; for callbacks."""
    there = {PART: part_id, **({QUESTION: question_id} if question_id else {})}
    st.session_state.pop(QUESTION, None)
    for name, value in there.items():
        st.session_state[name] = value
    st.query_params.from_dict({TRACE: trace_id() or "", **there})


def query(trace: str, part_id: str | None = None, question_id: str | None = None) -> dict[str, str]:
    """What stands behind the question mark of an address."""
    named = {TRACE: trace, PART: part_id, QUESTION: question_id}
    return {name: value for name, value in named.items() if value}


def to_question(trace: str, question_id: str) -> dict[str, str]:
    """What stands behind the question mark of the address of one question."""
    return query(trace, question_id=question_id)


def go(page: str, trace: str, part_id: str | None = None) -> NoReturn:
    """Go to a page of a trace."""
    st.session_state[TRACE] = trace
    for name in (PART, QUESTION):
        st.session_state.pop(name, None)
    st.switch_page(page, query_params=query(trace, part_id))
