"""`classify`: where the use cases of some files stand, in words or as data."""

import json
from enum import StrEnum
from typing import Annotated

import typer

from assessment.cli.reading import QuestionnaireOption, given_questionnaire, read_traces
from assessment.cli.terminal import say, tell
from assessment.files.export import TracedUseCase
from assessment.files.problems import FileProblems
from assessment.method.gaps import assess
from assessment.method.record import record

EXAMPLE = "Example: coordination-audit classify lead-scoring.yaml --format json"


class Format(StrEnum):
    """How results are printed."""

    TEXT = "text"
    JSON = "json"


def run(
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE", help="Case files or JSON exports; - is standard input."),
    ],
    questionnaire: QuestionnaireOption = None,
    form: Annotated[
        Format, typer.Option("--format", "-f", help="A summary, or one JSON object a line.")
    ] = Format.TEXT,
) -> None:
    """Say where use cases stand: level, gaps and next step."""
    try:
        given = given_questionnaire(questionnaire)
    except FileProblems as found:
        tell(found.problems)
        raise typer.Exit(1) from None
    is_wrong = False
    printed = 0
    for name in files:
        read = read_traces(name, given)
        tell(read.problems)
        is_wrong = is_wrong or read.is_wrong
        for traced in read.traced:
            if form is Format.TEXT and printed:
                say()
            _print(traced, form)
            printed += 1
    raise typer.Exit(1 if is_wrong else 0)


def _print(traced: TracedUseCase, form: Format) -> None:
    result = assess(traced.read.questionnaire, traced.trace)
    if form is Format.JSON:
        typer.echo(json.dumps(record(result, traced.id)))  # ASCII only: fine on any system
        return
    from assessment.cli.summary import print_summary  # noqa: PLC0415 - only where it is needed
    from reports.content import Imprint, write_report  # noqa: PLC0415

    imprint = Imprint(traced.id, traced.read.fingerprint, traced.changed)
    print_summary(write_report(result, imprint, traced.plan))
