"""What a workshop can be taken home as, for the facilitator: its report and all behind it."""

import streamlit as st

from assessment.files.export import TracedUseCase, write_export
from assessment.pages.current import OpenTrace
from assessment.pages.current import now as moment
from assessment.pages.downloads import file_name, files_of, show_files
from assessment.pages.markup import element, joined
from assessment.pages.shelf import brought_rooms
from assessment.pages.workshop import running
from assessment.pages.workshop.running import Running
from assessment.room_account import RoomAccount
from assessment.version import generator


def show_workshop_files(now: Running) -> None:
    """Offer the files of a workshop, open or closed."""
    report = now.room_report
    said = "The result with what the room said; nothing in it tells who said what."
    st.html(joined([element("h2", "Take it home"), element("p", said, class_="quiet")]))
    show_files(files_of(f"{file_name(now.name)}-workshop", report, lambda: export_of(now)), report)


def export_of(now: Running) -> bytes:
    """Write the trace with what the room said as JSON."""
    stored = now.stored
    use_case = TracedUseCase(
        stored.id, now.read, stored.trace, stored.changed, stored.answered_at, now.plan, now.account
    )
    return write_export(use_case, generator(), moment()).encode()


def account_of_last(opened: OpenTrace) -> RoomAccount | None:
    """Give account of the last workshop on a trace that was released or closed, if there is one.

    Else of the one that came with the trace out of a file. Of a rehearsal always, so that nothing
    of it goes unmarked. Only for who may edit the trace: the link to look at it may have been given
    away before the workshop.
    """
    if not opened.may_edit:
        return None
    ended = (
        key
        for key, workshop in running.workshops().of_trace(opened.id)
        if workshop.released or workshop.closed or workshop.plan.is_rehearsal
    )
    key = next(ended, None)
    return running.load(key).account if key else brought_rooms().account(opened.id)
