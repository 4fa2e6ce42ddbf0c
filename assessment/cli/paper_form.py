"""`paper-form`: the questions on paper, for a workshop without phones."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from assessment.cli.reading import (
    DEFAULT_QUESTIONNAIRE,
    QuestionnaireOption,
    given_questionnaire,
)
from assessment.cli.terminal import complain, harmless, say, tell
from assessment.cli.writing import NotWrittenError, write_whole
from assessment.files.problems import FileProblems
from assessment.method.answers import Trace
from assessment.method.questionnaire import NAME_FACT

EXAMPLE = "Example: coordination-audit paper-form form.pdf --use-case Newsletter --function Sales"


def run(
    file: Annotated[Path, typer.Argument(metavar="OUT", help="The PDF to write.")],
    use_case: Annotated[
        str,
        typer.Option("--use-case", metavar="NAME", help="Its name; else a line to write it on."),
    ] = "",
    function: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME", help="What people can belong to; again for each. Else a line."
        ),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--everything", help="Every question, not only the first ones.")
    ] = False,
    questionnaire: QuestionnaireOption = None,
) -> None:
    """Write the questions as a form to print, with a tally sheet as its last page."""
    from reports.printing.paper import render_form  # noqa: PLC0415 - brings the typesetter along
    from reports.printing.pdf import PdfError  # noqa: PLC0415
    from reports.room.paper_form import write_form  # noqa: PLC0415 - only where it is needed

    trace = Trace({NAME_FACT: use_case} if use_case else {})
    try:
        read = given_questionnaire(questionnaire or DEFAULT_QUESTIONNAIRE)
    except FileProblems as found:
        tell(found.problems)
        raise typer.Exit(1) from None
    assert read is not None  # noqa: S101 - it was named
    form = write_form(read.questionnaire, trace, function or (), is_short=not everything)
    try:
        write_whole({file: render_form(form, datetime.now(UTC))})
    except (NotWrittenError, PdfError) as error:
        complain(harmless(str(error)), fg="red")
        raise typer.Exit(1) from None
    say(f"wrote {file}")
