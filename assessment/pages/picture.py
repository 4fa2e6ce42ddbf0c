"""A picture from `reports` on the page, drawn in the page itself so that it has the page's font."""

from functools import cache
from typing import Any

import streamlit as st

_STYLE = """
.picture svg { display: block; width: 100%; height: auto; margin: 0 auto; }
.wide svg { max-width: 50rem; }
.tall { display: none; }
.tall svg { max-width: 26rem; }
@media (max-width: 640px) { .wide { display: none; } .tall { display: block; } }
"""

_SCRIPT = """
export default function ({ data, parentElement, setTriggerValue }) {
  for (const width of ["wide", "tall"]) {
    const place = parentElement.querySelector("." + width)
    const drawn = new DOMParser().parseFromString(data[width], "image/svg+xml")
    place.replaceChildren(document.importNode(drawn.documentElement, true))
  }
  const mode = () => getComputedStyle(parentElement.host ?? parentElement).colorScheme
  const before = mode()
  const watch = setInterval(() => {
    if (mode() === before) return
    clearInterval(watch)
    setTriggerValue("theme", mode())
  }, 500)
  return () => clearInterval(watch)
}
"""


def show_picture(wide: str, tall: str, key: str) -> None:
    """Show a picture, and the page again when the reader changes the theme.

    The picture itself follows the theme at once; charts beside it are drawn anew.

    Args:
        wide: Its SVG for screens, with a title and a description of its own.
        tall: The same for phones.
        key: A name for it, unlike any other on the page.
    """
    _component()(data={"wide": wide, "tall": tall}, key=key, on_theme_change=_show_again)


def _show_again() -> None:
    """Nothing is left to do: the page is being shown again."""


@cache
def _component() -> Any:
    return st.components.v2.component(
        "picture",
        html='<div class="picture wide"></div><div class="picture tall"></div>',
        css=_STYLE,
        js=_SCRIPT,
    )
