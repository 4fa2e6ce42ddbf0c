"""`new`: asks for the use case and writes a case file to fill in."""

import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from assessment.cli.interview import ask_facts
from assessment.cli.reading import DEFAULT_QUESTIONNAIRE, STDIN, given_questionnaire
from assessment.cli.terminal import complain, harmless, say, tell
from assessment.cli.writing import NotWrittenError, write_whole
from assessment.files.case_writer import write_case
from assessment.files.problems import FileProblems
from assessment.files.questionnaires import ReadQuestionnaire
from assessment.method.answers import FactValue, Trace
from assessment.method.questionnaire import NAME_FACT
from assessment.version import PROGRAM

EXAMPLE = "Example: coordination-audit new lead-scoring.yaml"

LONGEST_NAME = 60


def run(
    file: Annotated[
        str | None,
        typer.Argument(
            metavar="FILE", help="The file to write; else named after the use case; - prints it."
        ),
    ] = None,
    questionnaire: Annotated[
        str, typer.Option(metavar="ID_OR_FILE", help="What is asked; an id, or a file of your own.")
    ] = DEFAULT_QUESTIONNAIRE,
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite the file if it exists.")
    ] = False,
) -> None:
    """Ask for a use case and write a case file to fill in, each option as a comment."""
    try:
        read = given_questionnaire(questionnaire)
    except FileProblems as found:
        tell(found.problems)
        raise typer.Exit(1) from None
    assert read is not None  # noqa: S101 - the option has a default
    if file is not None:
        _refuse_existing(Path(file), force=force)
    try:
        facts = ask_facts(read.questionnaire)
    except (EOFError, KeyboardInterrupt):
        complain("\nNothing was written.")
        raise typer.Exit(1) from None
    path = Path(file) if file is not None else _named_after(facts, force=force)
    _write(path, read, Trace(facts))


def _write(path: Path, read: ReadQuestionnaire, trace: Trace) -> None:
    is_printed = str(path) == STDIN
    case_id = _slug(str(trace.facts.get(NAME_FACT, "")) if is_printed else path.stem)
    text = write_case(read.questionnaire, trace, case_id)
    if is_printed:
        sys.stdout.write(text)
        return
    try:
        write_whole({path: text.encode()})
    except NotWrittenError as error:
        complain(harmless(str(error)), fg="red")
        raise typer.Exit(1) from None
    say(f"Wrote {path}. Fill in the answers, then run: {PROGRAM} classify {path}")


def _refuse_existing(path: Path, *, force: bool) -> None:
    if not force and str(path) != STDIN and path.exists():
        complain(f"{path} exists; name another file, or add --force to overwrite it.", fg="red")
        raise typer.Exit(1)


def _named_after(facts: Mapping[str, FactValue], *, force: bool) -> Path:
    """A name that is free, since nobody wants to be asked everything again."""
    stem = _slug(str(facts.get(NAME_FACT, "")))
    path, number = Path(f"{stem}.yaml"), 1
    while path.exists() and not force:
        number += 1
        path = Path(f"{stem}-{number}.yaml")
    return path


def _slug(name: str) -> str:
    """A name that can be a file's name on every system."""
    plain = re.sub(r"[^\w]+", "-", name.lower()).strip("-_")
    return plain[:LONGEST_NAME].strip("-_") or "use-case"
