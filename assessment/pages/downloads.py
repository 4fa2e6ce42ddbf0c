"""The files that a result can be taken away as; each is made only when somebody asks for it."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from assessment.files.export import TracedUseCase, write_export
from assessment.pages.current import OpenTrace, now
from assessment.version import generator
from reports.content import Report

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
    name = file_name(opened.name)
    return (
        Download(
            "Report as PDF",
            "To read, print and hand over",
            f"{name}.pdf",
            "application/pdf",
            lambda: _pdf(report),
        ),
        Download(
            "Report as web page",
            "One file that opens in any browser, also without a network",
            f"{name}.html",
            "text/html",
            lambda: _html(report),
        ),
        Download(
            "Tables as CSV",
            "Summary, answers and gaps, for a spreadsheet",
            f"{name}-csv.zip",
            "application/zip",
            lambda: _csv(report),
        ),
        Download(
            "Everything as JSON",
            "The whole trace with its questionnaire; this program can read it again",
            f"{name}.json",
            "application/json",
            lambda: _json(opened),
        ),
    )


def show_downloads(opened: OpenTrace, report: Report) -> None:
    """Show a button for each file; the first is the one most people want."""
    with st.container(key="downloads", horizontal=True):
        for number, file in enumerate(downloads(opened, report)):
            st.download_button(
                file.label,
                file.make,
                file_name=file.file_name,
                mime=file.mime,
                help=file.help,
                type="secondary" if number else "primary",
                on_click="ignore",
                key=f"download-{file.mime}",
            )


def file_name(name: str) -> str:
    """Make a name that every system takes: letters a to z, digits and dashes."""
    ascii_only = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = "".join(c if c.isalnum() else " " for c in ascii_only.lower()).split()
    return "-".join(words)[:LONGEST_NAME].strip("-") or "trace"


def _pdf(report: Report) -> bytes:
    from reports.pdf import render_pdf  # noqa: PLC0415 - only who asks for a PDF waits for its maker

    return render_pdf(report, now()).content


def _html(report: Report) -> bytes:
    from reports.html import render_html  # noqa: PLC0415 - brings the templates along

    return render_html(report, now())


def _csv(report: Report) -> bytes:
    from reports.tables import csv_archive  # noqa: PLC0415 - brings pandas along

    return csv_archive(report)


def _json(opened: OpenTrace) -> bytes:
    stored = opened.stored
    use_case = TracedUseCase(
        stored.id, opened.read, stored.trace, stored.changed, stored.answered_at
    )
    return write_export(use_case, generator(), now()).encode()
