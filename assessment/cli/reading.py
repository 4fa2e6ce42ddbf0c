"""Files into traces: case files and exports, with the questionnaires that they belong to."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from assessment.files.cases import read_cases
from assessment.files.export import TracedUseCase
from assessment.files.export_reader import is_export, read_export
from assessment.files.pdf_attachment import LARGEST_PDF, export_within, is_pdf
from assessment.files.problems import FileProblems, Problem
from assessment.files.questionnaires import (
    FILE_ENDINGS,
    QuestionnaireNotFoundError,
    ReadQuestionnaire,
    content_of,
    find,
    shipped,
)
from assessment.method.questionnaire import Questionnaire

STDIN = "-"

STDIN_NAME = "stdin"
"""How problems name standard input."""

DEFAULT_QUESTIONNAIRE = "coordination-trace"
"""For cases that name none."""

QuestionnaireOption = Annotated[
    str | None,
    typer.Option(
        "--questionnaire",
        metavar="ID_OR_FILE",
        help="The questionnaire of cases that name none; its id, or a file of your own.",
    ),
]


@dataclass(frozen=True)
class ReadFile:
    """What a file holds: its traces that can be used, in order, and all its problems."""

    traced: tuple[TracedUseCase, ...]
    problems: tuple[Problem, ...]

    @property
    def is_wrong(self) -> bool:
        """Whether something in it cannot be used."""
        return any(problem.is_error for problem in self.problems)


def shown_name(name: str) -> str:
    """A file as problems name it."""
    return STDIN_NAME if name == STDIN else name


def read_content(name: str) -> bytes:
    """Read a file or standard input; of one that is too large, no more than shows that it is.

    A report as PDF that carries its data stands for the export in it.

    Raises:
        FileProblems: It cannot be read, or is a PDF without data.
    """
    if name == STDIN:
        content = sys.stdin.buffer.read(LARGEST_PDF + 1)
    else:
        content = content_of(Path(name), LARGEST_PDF)
    return export_within(content, shown_name(name)) if is_pdf(content) else content


def given_questionnaire(name: str | None) -> ReadQuestionnaire | None:
    """Read the questionnaire that an option names, if it names one.

    Raises:
        typer.BadParameter: There is none with this id.
        FileProblems: Something is wrong in it.
    """
    if name is None:
        return None
    try:
        return find(name)
    except QuestionnaireNotFoundError as error:
        said = f"{error.message}; {error.fix}"
        raise typer.BadParameter(said, param_hint="--questionnaire") from None


def read_traces(name: str, given: ReadQuestionnaire | None = None) -> ReadFile:
    """Read a case file or an export; whatever stands in it, nothing is raised.

    Args:
        name: Its path, or `-` for standard input.
        given: The questionnaire of all its cases; else each names its own. An export brings its
            own in any case.
    """
    try:
        content = read_content(name)
    except FileProblems as found:
        return ReadFile((), found.problems)
    if is_export(content):
        return traces_of_export(content, name)
    return traces_of_cases(content, name, given)


def traces_of_export(content: bytes, name: str) -> ReadFile:
    """Read the trace in the content of an export."""
    try:
        export = read_export(content, shown_name(name))
    except FileProblems as found:
        return ReadFile((), found.problems)
    return ReadFile((export.use_case,), export.warnings)


def traces_of_cases(content: bytes, name: str, given: ReadQuestionnaire | None) -> ReadFile:
    """Read the traces in the content of a case file; the rest as in `read_traces`."""
    folder = Path() if name == STDIN else Path(name).parent

    def chosen(wanted: str | None) -> ReadQuestionnaire:
        return given or _find_beside(folder, wanted or DEFAULT_QUESTIONNAIRE)

    def resolve(wanted: str | None) -> Questionnaire:
        return chosen(wanted).questionnaire

    cases, problems = read_cases(
        content, shown_name(name), given.questionnaire if given else resolve
    )
    traced = (TracedUseCase(c.id, chosen(c.questionnaire_id), c.trace) for c in cases)
    return ReadFile(tuple(traced), problems)


def _find_beside(folder: Path, wanted: str) -> ReadQuestionnaire:
    """Find the questionnaire that a case names; a path counts from the case's own folder."""
    is_file = wanted not in shipped() and Path(wanted).suffix.lower() in FILE_ENDINGS
    return find(str(folder / wanted) if is_file else wanted)
