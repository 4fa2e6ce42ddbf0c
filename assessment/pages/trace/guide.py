"""What the trace page does in the browser: focus, keys, what is not saved yet, links of its list.

The script (`guide.js`, with `unsaved.js` for what is not saved yet) stands outside the fragment and
is sent once; it watches the page itself.
"""

from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from assessment.pages import address
from assessment.pages.markup import element
from assessment.pages.trace import view

TRACE = "trace-page"
"""The name of the fragment that holds the trace."""

_KEY = "guide"
_SCRIPTS = [Path(__file__).with_name(name) for name in ("guide.js", "unsaved.js")]
_STYLE = Path(__file__).with_name("guide.css")


def show_guide() -> None:
    """Put the script on the page, with the line that tells of the keys."""
    component = _component()
    guide = component(
        data={"cookie": view.COOKIE}, key=_KEY, on_go_change=_go, on_asked_change=_stay
    )
    # Said back at the very end: all that came with the question is saved by now, or called unsaved.
    st.html(element("span", data_heard=str(guide.asked or "")))


def _stay() -> None:
    """Nothing but what every run of the page does: take in what the browser holds."""


def _go() -> None:
    """Follow a link of the list of parts."""
    wanted = st.session_state[_KEY].go
    if isinstance(wanted, dict) and wanted.get("at"):
        address.turn_to(str(wanted["at"]), str(wanted["q"]) if wanted.get("q") else None)
    st.rerun(TRACE)


@cache
def _component() -> Any:
    return st.components.v2.component(
        "guide",
        html='<div id="guide"></div>',
        css=_STYLE.read_text(encoding="utf-8"),
        js="\n".join(script.read_text(encoding="utf-8") for script in _SCRIPTS),
    )
