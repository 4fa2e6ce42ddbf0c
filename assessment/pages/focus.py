"""Where the keyboard stands after something was chosen that then left the page."""

from functools import cache
from typing import Any

import streamlit as st

_WANTED = "focus-wanted"
_TIMES = "focus-times"

_SCRIPT = """
export default function ({ data }) {
  const page = document.documentElement
  if (!data.key || page.dataset.focusTimes === String(data.times)) return
  page.dataset.focusTimes = data.times
  const look = (times) => {
    const box = document.querySelector('.st-key-' + CSS.escape(data.key))
    if (!box) return times && setTimeout(() => look(times - 1), 50)
    const target = box.querySelector('input, button') ?? box
    if (target === box) box.tabIndex = -1
    target.focus()
  }
  look(40)
}
"""


def wish(key: str) -> None:
    """Wish for the focus on the first field or button in a container, once it is on the page."""
    st.session_state[_WANTED] = key
    st.session_state[_TIMES] = st.session_state.get(_TIMES, 0) + 1


def grant() -> None:
    """Fulfil the last wish; once a page, after everything else."""
    data = {"key": st.session_state.get(_WANTED, ""), "times": st.session_state.get(_TIMES, 0)}
    with st.container(key="arrival-focus"):
        _component()(data=data, key="focus-mark")


@cache
def _component() -> Any:
    return st.components.v2.component("focus", html="<span></span>", js=_SCRIPT)
