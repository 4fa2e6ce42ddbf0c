"""A paper form as a PDF, to print: the questions, and the tally sheet as its last page."""

import json
import logging
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from reports.palette import LIGHT
from reports.printing.pdf import STANDARDS, PdfError
from reports.printing.pdf_design import FONTS
from reports.printing.printable import printable
from reports.printing.typesetting import typeset
from reports.report_labels import LANGUAGE
from reports.room.paper_form import PaperForm

HERE = Path(__file__).parent
TEMPLATES = (HERE / "paper_form.typ", HERE / "report_parts.typ")

LABELS = {
    "form": "Paper form",
    "page": "Page",
    "of": "of",
    "use-case": "The use case",
    "no-name": "No name, please. Tick one box a question, each of you alone; talk comes after. "
    "Nobody is asked who ticked what: the forms are shuffled, counted and thrown away.",
    "guess": "First, before you read on: at which level do you believe it is?",
    "function": "Which function do you work in?",
    "function-line": "Function",
    "questions": "How does it run today?",
    "questions-intro": "As it is on an ordinary day, not as it was planned. “?” is a full answer.",
    "tally": "Tally sheet for the facilitator",
    "tally-intro": "Shuffle the forms, then make a stroke for each box. Enter the counts on the "
    "control screen: people, guesses, and answers under “Count hands instead” or “Enter forms from "
    "paper”. Else write what the room agreed on, and show nothing where fewer than three answered. "
    "Throw the forms away when they are counted.",
    "forms": "Forms handed in",
    "guesses": "Guess:",
    "people": "People by function (show only groups of three and more, with three and more left)",
    "question": "Question",
    "agreed": "Agreed on",
}

_log = logging.getLogger(__name__)


def render_form(form: PaperForm, made: datetime) -> bytes:
    """Print a paper form.

    Args:
        form: What stands on it.
        made: When it is made, with its zone; it stands in the metadata.

    Returns:
        The PDF: A4, tagged as PDF/UA-1 asks.

    Raises:
        PdfError: It cannot be made. The details are in the log.
    """
    from typst import TypstError  # noqa: PLC0415 - commands that print nothing start without it

    data = {
        **asdict(form),
        "length": form.length,
        "labels": LABELS,
        "language": LANGUAGE,
        "fonts": FONTS,
        "colours": {name: value for name, value in asdict(LIGHT).items() if type(value) is str},
    }
    files = {"report.json": json.dumps(printable(data).data, ensure_ascii=False).encode()}
    for standards in (STANDARDS, ()):
        try:
            return typeset(TEMPLATES, files, made, standards)
        except TypstError as error:
            _log.info("the form does not compile as %s: %s", standards, error.diagnostic)
    raise PdfError("This form could not be made as a PDF.")
