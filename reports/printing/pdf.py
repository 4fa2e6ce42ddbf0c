"""A report as a PDF: one template, filled with the report's own data and nothing else.

User texts travel only as data, never as template source. The same report and time give the same
bytes.
"""

import json
import logging
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from reports.charts.chartdata import ladder_spec, map_spec, profile_spec
from reports.charts.flow import FlowState
from reports.charts.svg_charts import ladder_svg, map_svg, profile_svg
from reports.charts.svg_marks import state_mark
from reports.content import Report
from reports.palette import LIGHT
from reports.printing.pdf_data import lost_note, template_data
from reports.printing.printable import printable
from reports.printing.typesetting import typeset
from reports.wording import spoken_date

HERE = Path(__file__).parent
TEMPLATES = tuple(sorted(HERE.glob("report*.typ"), key=lambda path: path.name != "report.typ"))
STANDARDS = ("ua-1",)
STANDARDS_WITH_DATA = ("ua-1", "a-3a")
"""PDF/A-3 is the one for files that carry others."""

ATTACHED = "trace.json"
ATTACHMENT = "Every answer and the questionnaire, for a program to read again"
CARRIES = f"This file carries the whole trace, with every answer and note, as {ATTACHED}."
NOT_ACCESSIBLE = (
    "A text in this report cannot be written in the form that screen readers need (PDF/UA), so "
    "this file was made without it. The JSON export is complete."
)

_log = logging.getLogger(__name__)


class PdfError(Exception):
    """The report could not be made as a PDF. Its text is for the user."""


@dataclass(frozen=True)
class Pdf:
    """A finished PDF, and what the reader of the screen should know about it, in sentences."""

    content: bytes
    notes: tuple[str, ...]


def render_pdf(report: Report, made: datetime, export: bytes | None = None) -> Pdf:
    """Print a report.

    Safe to call from many threads at once.

    Args:
        report: What the reader is told.
        made: When the file is made, with its zone; it is printed and stands in the metadata.
        export: The complete export of the same trace, for a file that is to carry its data.

    Returns:
        The PDF (A4, tagged as PDF/UA-1 asks; with an export also PDF/A-3) and notes, where
        something could not be printed.

    Raises:
        ValueError: `made` has no zone.
        PdfError: It cannot be made, not even without tags. The details are in the log.
    """
    if made.tzinfo is None:
        raise ValueError("made needs a time zone")
    clean = printable(report, long_words=False)
    lost = lost_note(len(clean.lost))
    data = template_data(clean.data, spoken_date(made))
    files, alts = _charts(clean.data)
    marks = {state.value: state_mark(state.value, LIGHT) for state in FlowState}
    files |= {f"mark-{state}.svg": drawn.encode() for state, drawn in marks.items()}
    told = [lost] if lost else []
    if export is not None:
        files |= {ATTACHED: export}
        told.append(CARRIES)
    data |= {"charts": alts, "marks": list(marks), "notes": told}
    data |= {"attached": ATTACHED if export is not None else "", "attachment": ATTACHMENT}
    ready = printable(data).data
    files |= {"report.json": json.dumps(ready, ensure_ascii=False).encode()}
    notes = (lost,) if lost else ()
    return _compiled(files, made, notes, STANDARDS if export is None else STANDARDS_WITH_DATA)


def _charts(report: Report) -> tuple[dict[str, bytes], dict[str, str]]:
    """Draw the charts: their files, and their alt texts by name."""
    ladder, profile, flow = ladder_spec(report), profile_spec(report), map_spec(report)
    files = {
        "ladder.svg": ladder_svg(ladder, LIGHT).encode(),
        "profile.svg": profile_svg(profile, LIGHT).encode(),
        "map.svg": map_svg(flow, LIGHT).encode(),
    }
    return files, {"ladder": ladder.alt, "profile": profile.alt, "map": flow.alt}


def _compiled(
    files: dict[str, bytes], made: datetime, notes: tuple[str, ...], standards: tuple[str, ...]
) -> Pdf:
    from typst import TypstError  # noqa: PLC0415 - commands that print nothing start without it

    try:
        return Pdf(typeset(TEMPLATES, files, made, standards), notes)
    except TypstError as error:
        _log.info("the report does not compile as %s: %s", standards, error.diagnostic)
    try:
        return Pdf(typeset(TEMPLATES, files, made, ()), (*notes, NOT_ACCESSIBLE))
    except TypstError as error:
        _log.info("the report does not compile: %s", error.diagnostic)
    raise PdfError("This report could not be made as a PDF. The CSV and JSON exports have it all.")
