"""The report as PDF: in a process that is warm, and in one that has just begun."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random

import typst

from assessment.files.questionnaires import ReadQuestionnaire
from assessment.method.answers import Trace
from assessment.method.gaps import assess
from assessment.pages import examples
from benchmarks.engine import invented
from benchmarks.table import Figure, in_turn, ms, p50, spread
from reports.content import Imprint, Report, write_report
from reports.pdf import render_pdf

MADE = datetime(2026, 11, 1, 12, tzinfo=UTC)
WARM, COLD = 0.1, 0.5
"""Goals, in seconds."""

EMPTY_PAGE = b"#page[]"
EMPTY = f"import typst; typst.compile({EMPTY_PAGE!r})"
REPORT = "from benchmarks.printing import a_report, print_it; print_it(a_report())"
IMPORTS = "import assessment.method.gaps, reports.pdf, reports.content"


def a_report() -> Report:
    """The report on the first worked example."""
    read, case = examples.examples()[0]
    return _report(read, case.trace)


def _report(read: ReadQuestionnaire, trace: Trace) -> Report:
    imprint = Imprint("benchmark", read.fingerprint, MADE)
    return write_report(assess(read.questionnaire, trace), imprint)


def _new_reports() -> Iterator[Report]:
    """Reports on invented answers, each another."""
    read = examples.questionnaires()[0]
    random = Random(1)  # noqa: S311
    while True:
        yield _report(read, invented(read.questionnaire, random))


def print_it(report: Report, made: datetime = MADE) -> int:
    """Make the PDF and give its size in bytes."""
    return len(render_pdf(report, made).content)


def figures(quick: bool) -> list[Figure]:
    """Time the PDF."""
    same, minutes, others = a_report(), count(), _new_reports()
    again, new, empty = in_turn(
        lambda: print_it(same, MADE + timedelta(minutes=next(minutes))),
        lambda: print_it(next(others)),
        lambda: typst.compile(EMPTY_PAGE),
        times=3 if quick else 15,
    )
    cold, cold_empty, imports = in_turn(
        *(lambda code=code: _run(code) for code in (REPORT, EMPTY, IMPORTS)),
        times=2 if quick else 7,
    )
    return [
        Figure(
            f"PDF, warm process, {which}",
            spread(taken),
            f"typst compiles an empty page: {ms(p50(empty))}",
            "100 ms",
            p50(taken) < WARM,
        )
        for which, taken in (
            ("a report not printed before", new),
            ("the same report with another time", again),
        )
    ] + [
        Figure(
            "PDF, cold process, questionnaire and case read from their files",
            spread(cold),
            f"cold Python, typst, empty page: {ms(p50(cold_empty))}; "
            f"only importing our modules: {ms(p50(imports))}",
            "500 ms",
            p50(cold) < COLD,
        ),
    ]


def _run(code: str) -> None:
    subprocess.run([sys.executable, "-c", code], check=True)
