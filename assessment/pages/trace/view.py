"""One question at a time, or one part at a time: what a person chose, and finds again next time."""

from typing import Literal

import streamlit as st

Way = Literal["questions", "parts"]

COOKIE = "coordination-audit-way"
"""Where the browser keeps the choice; `guide.js` writes it. It holds nothing else."""

_CHOSEN = "way"


def way() -> Way:
    """How the trace is shown: as chosen in this tab, else as the browser remembers."""
    chosen = st.session_state.get(_CHOSEN) or st.context.cookies.get(COOKIE)
    return "parts" if chosen == "parts" else "questions"


def chosen() -> Way | None:
    """What was chosen in this tab, which the browser is to remember."""
    return way() if _CHOSEN in st.session_state else None


def choose(wanted: Way) -> None:
    """Show the trace in this way from now on; for callbacks."""
    st.session_state[_CHOSEN] = wanted
