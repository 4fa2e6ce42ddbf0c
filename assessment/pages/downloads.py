"""The files that a result can be taken away as; each is made only when somebody asks for it."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from assessment.files.export import TracedUseCase, write_export
from assessment.pages.current import OpenTrace, now
from assessment.pages.markup import element
from assessment.pages.shelf import plans
from assessment.pages.words import room_said
from assessment.room_account import RoomAccount
from assessment.version import generator
from reports.content import Report
from reports.making import shared_maker
from reports.printing.printable import BOX, printable
from reports.wording import count

LONGEST_NAME = 60


@dataclass(frozen=True)
class Download:
    """A file: what it is for, its name and type, and how it is made."""

    label: str
    help: str
    file_name: str
    mime: str
    make: Callable[[], bytes]


def downloads(opened: OpenTrace, report: Report) -> tuple[Download, ...]:
    """Every file of a result."""
    account = report.room.account if report.room else None
    return files_of(file_name(opened.name), report, lambda: whole_trace(opened, account))


def files_of(name: str, report: Report, export: Callable[[], bytes]) -> tuple[Download, ...]:
    """Every file of a report.

    Args:
        name: What their names begin with.
        report: What they say.
        export: Writes the same trace as JSON.
    """
    return (
        Download(
            "Report as PDF",
            "To read, print and hand over",
            f"{name}.pdf",
            "application/pdf",
            lambda: shared_maker().make("pdf", report, now()),
        ),
        Download(
            "Report as web page",
            "One file that opens in any browser, also without a network",
            f"{name}.html",
            "text/html",
            lambda: shared_maker().make("html", report, now()),
        ),
        Download(
            "Tables as CSV",
            "Summary, answers and gaps, for a spreadsheet",
            f"{name}-csv.zip",
            "application/zip",
            lambda: shared_maker().make("csv", report, now()),
        ),
        Download(
            "Everything as JSON",
            "The whole trace with its questionnaire; this program can read it again",
            f"{name}.json",
            "application/json",
            export,
        ),
    )


def show_downloads(opened: OpenTrace, report: Report) -> None:
    """Show a button for each file, the one most people want first.

    Below them stands what a PDF cannot show, where there is something, and that they hold a
    workshop where they do: nothing else on the page shows it.
    """
    show_files(downloads(opened, report), report)
    if report.room:
        said = f"These files also hold {room_said(report.room.account)}."
        st.html(element("p", said, class_="quiet small"))


def show_files(files: tuple[Download, ...], report: Report) -> None:
    """Do the same with the files of any report."""
    shared_maker().get_ready()
    with st.container(key="downloads", horizontal=True):
        for file in files:
            st.download_button(
                file.label,
                file.make,
                file_name=file.file_name,
                mime=file.mime,
                help=file.help,
                on_click="ignore",
                key=f"download-{file.mime}",
            )
    if lost := printable(report, long_words=False).lost:
        said = (
            f"The PDF cannot show {count(len(lost), 'character')} of your texts and prints {BOX} "
            "instead; the other files keep all of them."
        )
        st.html(element("p", said, class_="quiet small"))


def file_name(name: str) -> str:
    """Make a name that every system takes: letters a to z, digits and dashes."""
    ascii_only = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = "".join(c if c.isalnum() else " " for c in ascii_only.lower()).split()
    return "-".join(words)[:LONGEST_NAME].strip("-") or "trace"


def whole_trace(opened: OpenTrace, account: RoomAccount | None = None) -> bytes:
    """Write everything about a trace, its questionnaire and plan included, as JSON.

    Args:
        opened: The trace.
        account: What a workshop on it left behind.
    """
    stored, plan = opened.stored, plans().plan(opened.id)
    use_case = TracedUseCase(
        stored.id, opened.read, stored.trace, stored.changed, stored.answered_at, plan, account
    )
    return write_export(use_case, generator(), now()).encode()
