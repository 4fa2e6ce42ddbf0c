"""The menu of a trace on the shelf: rename, hold a workshop, copy, save, archive, delete."""

from enum import StrEnum
from secrets import token_urlsafe

import streamlit as st

from assessment.files.questionnaires import read_questionnaire
from assessment.pages import address, current, deleted, focus
from assessment.pages.deleted import Last
from assessment.pages.downloads import file_name, whole_trace
from assessment.pages.markup import element, joined
from assessment.pages.shelf import shelf
from assessment.pages.start import archived
from assessment.pages.workshop.files import account_of_last
from assessment.store.access import Access
from assessment.store.records import Classify
from assessment.store.shelf import ShelvedTrace


class Deed(StrEnum):
    """What the menu offers."""

    RENAME = "Rename"
    WORKSHOP = "Workshop"
    COPY = "Copy"
    EXPORT = "Save as a file"
    ARCHIVE = "Archive"
    DELETE = "Delete"


_NEEDS = {
    Deed.RENAME: Access.EDIT,
    Deed.WORKSHOP: Access.EDIT,
    Deed.COPY: Access.VIEW,
    Deed.EXPORT: Access.VIEW,
    Deed.ARCHIVE: Access.OWN,
    Deed.DELETE: Access.OWN,
}

_PANEL = "panel"
_COPIED = "copied"


def show_more(trace: ShelvedTrace) -> None:
    """Show the button that opens and closes the menu of a trace."""
    opened = st.session_state.get(_PANEL)
    is_open = opened is not None and opened[0] == trace.id
    label, key = ("Less" if is_open else "More"), f"menu-{trace.id}"
    args = () if is_open else (trace.id,)
    st.button(label, key=key, type="tertiary", on_click=_turn, args=args)


def show_menu(trace: ShelvedTrace, place: int) -> None:
    """Show below a trace its menu, or what was chosen there and needs a word more.

    Args:
        trace: The trace.
        place: Its place in the list, from 0 on.
    """
    opened = st.session_state.get(_PANEL)
    if not opened or opened[0] != trace.id:
        return
    here = Last(trace.id, trace.name or current.UNNAMED, place)
    deed = opened[1]
    if deed is None:
        _offer(trace, here)
    elif deed is Deed.RENAME:
        _rename(trace)
    elif deed is Deed.EXPORT:
        _export(trace)
    else:
        deleted.confirm(here, _turn)


def _turn(trace_id: str | None = None, deed: Deed | None = None) -> None:
    """Open the menu of a trace, or what was chosen there; without a trace, close it."""
    before = st.session_state.pop(_PANEL, None)
    if trace_id is not None:
        st.session_state[_PANEL] = (trace_id, deed)
        focus.wish(f"panel-{trace_id}")
    elif before:
        focus.wish(f"menu-{before[0]}")


def _offer(trace: ShelvedTrace, here: Last) -> None:
    """Offer what the visitor may do with a trace, and do what needs no word more."""
    chosen = None
    with st.container(key=f"panel-{trace.id}", horizontal=True):
        for deed, needed in _NEEDS.items():
            if trace.access >= needed and st.button(deed, key=f"{deed.name.lower()}-{trace.id}"):
                chosen = deed
    if chosen is None:
        return
    if chosen is Deed.WORKSHOP:
        address.go(address.WORKSHOP_PAGE, trace.id)
    if chosen is Deed.COPY:
        _turn()
        st.session_state[_COPIED] = _copy(trace)
        focus.wish("copied")
    elif chosen is Deed.ARCHIVE:
        _turn()
        archived.put_away(here)
        focus.wish("recent-archived")
    else:
        _turn(trace.id, chosen)
    st.rerun()


def show_copied() -> None:
    """Say that a copy was made; it stands first in the list."""
    if name := st.session_state.pop(_COPIED, None):
        said = joined(["Copied. The copy is called ", element("strong", name, dir="auto"), "."])
        with st.container(key="copied"):
            st.html(element("p", said, class_="note small", role="status"))


def _copy(trace: ShelvedTrace) -> str:
    copy_id = token_urlsafe(16)
    shelf().copy(trace.id, copy_id, _classifying(trace, copy_id), current.now())
    return current.load(copy_id).name


def _classifying(trace: ShelvedTrace, trace_id: str) -> Classify:
    text = trace.questionnaire
    read = read_questionnaire(text.text, f"{text.id} {text.version}")
    return current.classifying(read.questionnaire, trace_id)


def _rename(trace: ShelvedTrace) -> None:
    with st.container(key=f"panel-{trace.id}"), st.form(f"rename-form-{trace.id}", border=False):
        name = st.text_input("New name", trace.name, key=f"new-name-{trace.id}")
        with st.container(horizontal=True, vertical_alignment="center"):
            is_done = st.form_submit_button("Rename", type="primary", key=f"do-rename-{trace.id}")
            st.form_submit_button("Cancel", type="tertiary", key=f"keep-{trace.id}", on_click=_turn)
    if not is_done:
        return
    if not name.strip():
        st.error("A trace needs a name. Nothing was changed.")
        return
    shelf().rename(trace.id, name, _classifying(trace, trace.id), current.now())
    _turn()
    st.rerun()


def _export(trace: ShelvedTrace) -> None:
    with st.container(key=f"panel-{trace.id}", horizontal=True, vertical_alignment="center"):
        said = (
            "The file holds the whole trace with its questionnaire. “Bring in a trace from a "
            "file” reads it again, here or in another installation."
        )
        st.html(element("p", said, class_="small", role="status"), width="stretch")
        st.download_button(
            "Save the file",
            lambda: saved_file(trace.id),
            file_name=f"{file_name(trace.name)}.json",
            mime="application/json",
            on_click="ignore",
            key=f"export-{trace.id}",
        )
        st.button("Close", key=f"keep-{trace.id}", type="tertiary", on_click=_turn)


def saved_file(trace_id: str) -> bytes:
    """Write a trace as a file, with what a room said of it where the visitor may know that."""
    opened = current.load(trace_id)
    return whole_trace(opened, account_of_last(opened))
