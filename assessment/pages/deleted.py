"""Deleting a trace and bringing it back, wherever a page offers it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import streamlit as st

from assessment.pages import current, focus
from assessment.pages.markup import Html, element, joined
from assessment.pages.words import day, when
from assessment.store.deletion import GRACE, erased_at
from assessment.store.errors import TraceDeleted, TraceNotFound
from assessment.store.records import DeletedTrace
from reports.wording import count

LISTED = 50
"""How many deleted traces the page lists."""

_LAST = "deleted-last"


@dataclass(frozen=True)
class Last:
    """What was put away last in this tab, and its place in the list, from 0 on."""

    trace_id: str
    name: str
    place: int


def confirm(trace: Last, close: Callable[[], None]) -> None:
    """Say what deleting means and do it.

    Args:
        trace: What would be deleted.
        close: Ends the asking, whatever was decided.
    """
    with st.container(key=f"panel-{trace.trace_id}", horizontal=True, vertical_alignment="center"):
        said = (
            f"It can be brought back for {count(GRACE.days, 'day')}. After that it is erased "
            "with its history, and links to it no longer work."
        )
        st.html(element("p", said, class_="small", role="status"), width="stretch")
        is_sure = st.button("Delete this trace", key=f"do-delete-{trace.trace_id}")
        st.button("Keep it", key=f"keep-{trace.trace_id}", type="tertiary", on_click=close)
    if is_sure:
        current.store().delete(trace.trace_id, current.now())
        st.session_state[_LAST] = trace
        close()
        focus.wish("recent-deleted")
        st.rerun()


def last(deleted: tuple[DeletedTrace, ...]) -> Last | None:
    """Find what was deleted last in this tab, unless it was brought back or erased meanwhile."""
    kept = st.session_state.get(_LAST)
    if isinstance(kept, Last) and any(trace.id == kept.trace_id for trace in deleted):
        return kept
    return None


def show_undo(last: Last) -> None:
    """Say in the place of a trace that it was deleted, and offer to undo that."""
    with st.container(key="recent-deleted", horizontal=True, vertical_alignment="center"):
        said = joined([element("strong", last.name, dir="auto"), " was deleted"])
        st.html(element("p", said, class_="quiet", role="status"), width="stretch")
        _offer_to_bring_back(last.trace_id, "Undo", "undo")


def show_deleted(deleted: tuple[DeletedTrace, ...]) -> None:
    """List the deleted traces, folded, with the day on which each is erased."""
    if not deleted:
        return
    with st.expander("Deleted traces", key="deleted"):
        for trace in deleted:
            with st.container(
                key=f"deleted-{trace.id}", horizontal=True, vertical_alignment="center"
            ):
                st.html(_summary(trace), width="stretch")
                _offer_to_bring_back(trace.id, "Bring back", f"bring-back-{trace.id}")


def show_way_back(error: TraceDeleted) -> None:
    """Offer to bring back the trace that a page was asked for."""
    _offer_to_bring_back(error.id, "Bring it back", "bring-back", is_main=True)


def how_long(deleted: datetime) -> str:
    """Say until when a trace that was deleted then can be brought back."""
    return f"It can be brought back until {day(erased_at(deleted))}; then it is erased."


def _offer_to_bring_back(trace_id: str, label: str, key: str, *, is_main: bool = False) -> None:
    if not st.button(label, key=key, type="primary" if is_main else "secondary"):
        return
    try:
        current.store().undo_delete(trace_id, current.now())
    except TraceNotFound:
        st.error("It has been erased meanwhile and cannot be brought back.")
        return
    st.session_state.pop(_LAST, None)
    st.rerun()


def _summary(trace: DeletedTrace) -> Html:
    said = [
        f"deleted {when(trace.deleted, current.now())}",
        f"erased on {day(erased_at(trace.deleted))}",
    ]
    return joined(
        [
            element("strong", trace.name or current.UNNAMED, class_="name", dir="auto"),
            element("span", " · ".join(said), class_="quiet small"),
        ]
    )
