"""The report as PDF: in a process that is warm, and in one that has just begun."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from random import Random
from tempfile import TemporaryDirectory

import typst

from assessment.files.cases import read_cases
from assessment.files.questionnaires import (
    SHIPPED,
    ReadQuestionnaire,
    content_of,
    find,
    shipped,
)
from assessment.method.answers import Trace
from assessment.method.gaps import assess
from benchmarks.engine import invented
from benchmarks.table import Figure, in_turn, ms, p50, spread
from reports.content import Imprint, Report, write_report
from reports.printing.pdf import render_pdf

MADE = datetime(2026, 11, 1, 12, tzinfo=UTC)
WARM, COLD = 0.1, 0.5
"""Goals, in seconds."""

EMPTY_PAGE = b"#page[]"
EMPTY = f"import typst; typst.compile({EMPTY_PAGE!r})"
CASE = min((SHIPPED / "examples").glob("*.yaml"))
REPORT = "from benchmarks.printing import a_report, print_it; print_it(a_report())"
NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"
IMPORTS = "import assessment.method.gaps, reports.printing.pdf, reports.content"


def a_report() -> Report:
    """The report on the first worked example, both files read now."""
    read = find(shipped()[0])
    cases, _ = read_cases(content_of(CASE), CASE.name, lambda _: read.questionnaire)
    return _report(read, cases[0].trace)


def _report(read: ReadQuestionnaire, trace: Trace) -> Report:
    imprint = Imprint("benchmark", read.fingerprint, MADE)
    return write_report(assess(read.questionnaire, trace), imprint)


def _new_reports() -> Iterator[Report]:
    """Reports on invented answers, each another."""
    read = find(shipped()[0])
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
    with TemporaryDirectory() as folder:
        command = ("-m", "assessment", "report", str(CASE), "--pdf", f"{folder}/report.pdf")
        cold, cold_empty, imports, terminal = in_turn(
            partial(_run, "-c", REPORT),
            partial(_run, "-c", EMPTY),
            partial(_run, "-c", IMPORTS),
            partial(_run, *command),
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
        Figure(
            "The same by `coordination-audit report`, which writes it to a file",
            spread(terminal),
            "",
        ),
    ]


def _run(*arguments: str) -> None:
    """Run Python as people have it: it keeps what it compiled, wherever a shell says otherwise."""
    environment = {name: value for name, value in os.environ.items() if name != NO_BYTECODE}
    command = [sys.executable, *arguments]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)
