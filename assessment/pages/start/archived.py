"""Archived traces: out of the way, and brought back whenever somebody wants."""

from typing import cast

import streamlit as st

from assessment.pages import address, current
from assessment.pages.deleted import Last
from assessment.pages.markup import element, joined
from assessment.pages.shelf import shelf
from assessment.pages.words import when
from assessment.store.shelf import ShelvedTrace
from reports.wording import count

LISTED = 50
"""How many archived traces the page lists."""

_LAST = "archived-last"


def put_away(trace: Last) -> None:
    """Put a trace into the archive, and remember it for an undo."""
    shelf().archive(trace.trace_id, current.now())
    st.session_state[_LAST] = trace


def last() -> Last | None:
    """Find what was archived last in this tab, unless it was brought back."""
    return cast("Last | None", st.session_state.get(_LAST))


def show_undo(last: Last) -> None:
    """Say in the place of a trace that it is in the archive, and offer to undo that."""
    with st.container(key="recent-archived", horizontal=True, vertical_alignment="center"):
        said = joined([element("strong", last.name, dir="auto"), " is in the archive"])
        st.html(element("p", said, class_="quiet", role="status"), width="stretch")
        _offer_to_bring_back(last.trace_id, "Undo", "undo-archive")


def show_archived() -> None:
    """List the archived traces, folded."""
    found = shelf().find(LISTED, archived=True)
    if not found.total:
        return
    with st.expander(f"Archived traces · {found.total:,}", key="archived"):
        for trace in found.traces:
            _show(trace)
        if found.total > len(found.traces):
            left = count(found.total - len(found.traces), "more trace")
            st.html(element("p", f"{left} in the archive.".capitalize(), class_="quiet small"))


def _show(trace: ShelvedTrace) -> None:
    with st.container(key=f"archived-{trace.id}", horizontal=True, vertical_alignment="center"):
        name = element("strong", trace.name or current.UNNAMED, class_="name", dir="auto")
        since = when(trace.archived, current.now()) if trace.archived else ""
        told = joined([name, element("span", f"archived {since}", class_="quiet small")])
        st.html(told, width="stretch")
        query = address.query(trace.id)
        st.page_link(address.RESULT_PAGE, label="Result", query_params=query)
        _offer_to_bring_back(trace.id, "Bring back", f"unarchive-{trace.id}")


def _offer_to_bring_back(trace_id: str, label: str, key: str) -> None:
    if st.button(label, key=key):
        shelf().unarchive(trace_id)
        st.session_state.pop(_LAST, None)
        st.rerun()
