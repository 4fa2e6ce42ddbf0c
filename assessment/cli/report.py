"""`report`: one use case as PDF, web page, CSV and JSON files."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assessment.cli.reading import (
    QuestionnaireOption,
    given_questionnaire,
    read_traces,
    shown_name,
)
from assessment.cli.terminal import complain, harmless, say, tell
from assessment.cli.writing import NotWrittenError, make_folder, write_whole
from assessment.files.export import TracedUseCase, write_export
from assessment.files.near_misses import quoted
from assessment.files.problems import FileProblems
from assessment.method.gaps import assess
from assessment.version import generator

if TYPE_CHECKING:
    from reports.content import Report

EXAMPLE = "Example: coordination-audit report lead-scoring.yaml --pdf lead-scoring.pdf --csv tables"

FileArgument = Annotated[
    str,
    typer.Argument(
        metavar="FILE",
        help="A case file, JSON export or PDF that carries its data; - is standard input.",
    ),
]
PdfOption = Annotated[
    Path | None, typer.Option(metavar="OUT", help="Write the report as a PDF file, to hand over.")
]
HtmlOption = Annotated[
    Path | None, typer.Option(metavar="OUT", help="Write the report as one web page, to open.")
]
WithDataOption = Annotated[
    bool,
    typer.Option(
        "--with-data",
        help="Let the PDF carry the complete export, every answer and note, so that it can be "
        "checked and read back.",
    ),
]
CsvOption = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="Write tables for spreadsheets into this folder."),
]
JsonOption = Annotated[
    Path | None, typer.Option(metavar="OUT", help="Write a complete export, to read back.")
]
CaseOption = Annotated[
    str | None, typer.Option(metavar="ID", help="Which case, where the file holds several.")
]
DateOption = Annotated[
    datetime | None,
    typer.Option(
        formats=["%Y-%m-%d"],
        metavar="YYYY-MM-DD",
        help="The day that the files say they were made on; else today. With it, the same trace "
        "gives the same files.",
    ),
]


@dataclass(frozen=True)
class Wanted:
    """Which files to write; None for those that nobody asked for."""

    pdf: Path | None
    html: Path | None
    csv: Path | None
    json: Path | None
    with_data: bool

    @property
    def single_files(self) -> dict[str, Path]:
        """Option -> path, of what is written as one file."""
        named = {"--pdf": self.pdf, "--html": self.html, "--json": self.json}
        return {option: path for option, path in named.items() if path is not None}


def run(
    file: FileArgument,
    pdf: PdfOption = None,
    html: HtmlOption = None,
    csv: CsvOption = None,
    json: JsonOption = None,
    with_data: WithDataOption = False,
    case: CaseOption = None,
    questionnaire: QuestionnaireOption = None,
    date: DateOption = None,
) -> None:
    """Write the report of a use case as PDF, web page, CSV and JSON files."""
    wanted = Wanted(pdf, html, csv, json, with_data)
    _refuse_confusion(file, wanted)
    made = date.replace(tzinfo=UTC) if date else datetime.now(UTC)
    try:
        read = read_traces(file, given_questionnaire(questionnaire))
    except FileProblems as found:
        tell(found.problems)
        raise typer.Exit(1) from None
    tell(read.problems)
    if not read.traced:
        raise typer.Exit(1)
    files = _files(_chosen(read.traced, case, shown_name(file)), made, wanted)
    try:
        if csv is not None:
            make_folder(csv)
        write_whole(files)
    except NotWrittenError as error:
        complain(harmless(str(error)), fg="red")
        raise typer.Exit(1) from None
    for path in files:
        say(f"wrote {path}")
    raise typer.Exit(1 if read.is_wrong else 0)


def _refuse_confusion(file: str, wanted: Wanted) -> None:
    """Refuse to write nothing, two things into one file, or over what is read.

    Raises:
        typer.BadParameter: The options ask for that.
    """
    files = wanted.single_files
    outputs = {path.resolve() for path in files.values()}
    if not outputs and wanted.csv is None:
        raise typer.BadParameter("name at least one of --pdf, --html, --csv and --json")
    if wanted.with_data and wanted.pdf is None:
        raise typer.BadParameter("--with-data needs --pdf, the file that is to carry the data")
    if len(outputs) < len(files):
        raise typer.BadParameter(f"{' and '.join(files)} must each name a file of its own")
    if Path(file).resolve() in outputs:
        raise typer.BadParameter(f"this would overwrite {file}; name another file to write")


def _chosen(traced: tuple[TracedUseCase, ...], case: str | None, name: str) -> TracedUseCase:
    """The one case to report on.

    Raises:
        typer.BadParameter: It is not clear which.
    """
    ids = quoted(dict.fromkeys(one.id for one in traced))
    if case is None:
        if len(traced) > 1:
            said = f"{name} holds {len(traced)} cases; say which: {ids}"
            raise typer.BadParameter(harmless(said), param_hint="--case")
        return traced[0]
    for one in traced:
        if one.id == case:
            return one
    said = f"{name} holds no case '{case}' that can be used, only {ids}"
    raise typer.BadParameter(harmless(said), param_hint="--case")


def _files(traced: TracedUseCase, made: datetime, wanted: Wanted) -> dict[Path, bytes]:
    """Make everything before anything is written."""
    from reports.content import Imprint, write_report  # noqa: PLC0415 - only where it is needed

    imprint = Imprint(traced.id, traced.read.fingerprint, traced.changed)
    result = assess(traced.read.questionnaire, traced.trace)
    report = write_report(result, imprint, traced.plan, traced.workshop)
    export = write_export(traced, generator(), made).encode()
    files: dict[Path, bytes] = {}
    if wanted.pdf is not None:
        files[wanted.pdf] = _pdf(report, made, export if wanted.with_data else None)
    if wanted.html is not None:
        from reports.html import render_html  # noqa: PLC0415 - brings the templates along

        files[wanted.html] = render_html(report, made)
    if wanted.csv is not None:
        from reports.tables import csv_files  # noqa: PLC0415 - brings pandas along

        files |= {wanted.csv / name: content for name, content in csv_files(report).items()}
    if wanted.json is not None:
        files[wanted.json] = export
    return files


def _pdf(report: "Report", made: datetime, export: bytes | None) -> bytes:
    from reports.printing.pdf import PdfError, render_pdf  # noqa: PLC0415 - brings the typesetter along

    try:
        printed = render_pdf(report, made, export)
    except PdfError as error:
        complain(str(error), fg="red")
        raise typer.Exit(1) from None
    for note in printed.notes:
        complain(f"note: {note}", fg="yellow")
    return printed.content
