"""Arriving at another page or part of one: at its top, with the heading announced."""

from functools import cache
from typing import Any

import streamlit as st

_SCRIPT = """
export default function ({ data }) {
  const page = document.documentElement
  const before = page.dataset.part
  page.dataset.part = data.part
  if (before === undefined && location.hash) reveal(40)
  if (before === undefined || before === data.part) return
  requestAnimationFrame(() => {
    const heading = document.querySelector('[data-testid="stMain"] h1')
    document.querySelector('[data-testid="stMain"]').scrollTo({ top: 0 })
    if (heading) {
      heading.tabIndex = -1
      heading.focus({ preventScroll: true })
    }
  })
}

// The browser looked for the part that the address names before it was there.
function reveal(times) {
  const place = document.getElementById(location.hash.slice(1))
  if (place) place.scrollIntoView()
  else if (times) setTimeout(() => reveal(times - 1), 100)
}
"""


def arrive(part: str) -> None:
    """Scroll to the top and give the heading the focus where the part is another than before.

    A page that is loaded anew scrolls to the part that its address names behind the `#`.

    Streamlit stays where the button was that led here, which is the end of the part before.
    """
    with st.container(key="arrival"):
        _component()(data={"part": part}, key="arrival-mark")


@cache
def _component() -> Any:
    return st.components.v2.component("arrival", html="<span></span>", js=_SCRIPT)
