"""Fields for what was counted in the room: a line of text, and a number beside it."""

from collections.abc import Mapping

import streamlit as st

from assessment.pages.markup import element
from assessment.pages.safe_text import plain
from assessment.store.participation import MOST


def number_fields(name: str, texts: Mapping[str, str], before: Mapping[str, int]) -> dict[str, int]:
    """Lay out a field for each text.

    Args:
        name: Sets these fields apart from others.
        texts: What is counted -> what stands beside its field, which may be anything.
        before: What is kept of it by now. Once that is another, also because a second facilitator
            counted, the fields begin with it anew.

    Returns:
        What is counted -> how many, without what is nothing.
    """
    kept = "-".join(str(before.get(what, 0)) for what in texts)
    with st.container(key=f"rows-hands-{name}", gap="xsmall"):
        counted = {
            what: _field(f"{name}-{place}-{kept}", text, before.get(what, 0))
            for place, (what, text) in enumerate(texts.items())
        }
    return {what: number for what, number in counted.items() if number}


def _field(key: str, text: str, number: int) -> int:
    row = st.container(
        key=f"row-hands-{key}", horizontal=True, vertical_alignment="center", wrap=False
    )
    with row:
        st.html(element("p", text, aria_hidden="true", dir="auto"), width="stretch")
        entered = st.number_input(
            plain(text),
            min_value=0,
            max_value=MOST,
            value=number,
            step=1,
            key=key,
            label_visibility="collapsed",
            width=130,
        )
    return int(entered)
