"""`check`: everything that is wrong in questionnaires, case files and exports."""

from collections.abc import Sequence
from typing import Annotated

import typer

from assessment.cli.reading import (
    QuestionnaireOption,
    given_questionnaire,
    read_content,
    shown_name,
    traces_of_cases,
    traces_of_export,
)
from assessment.cli.terminal import say, tell
from assessment.files.kinds import Kind, kind_of
from assessment.files.problems import FileProblems, Problem
from assessment.files.questionnaires import ReadQuestionnaire, read_questionnaire

EXAMPLE = "Example: coordination-audit check questionnaires/*.yaml lead-scoring.yaml"


def run(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE",
            help="Questionnaires, case files and JSON exports; - is standard input.",
        ),
    ],
    questionnaire: QuestionnaireOption = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Print problems only, no warnings and no summary.")
    ] = False,
) -> None:
    """Find every problem of some files: line, column, and how to mend it."""
    try:
        given = given_questionnaire(questionnaire)
    except FileProblems as found:
        tell(found.problems)
        raise typer.Exit(1) from None
    problems: list[Problem] = []
    for name in files:
        found_here = _problems(name, given)
        tell(problem for problem in found_here if problem.is_error or not quiet)
        problems.extend(found_here)
    if not quiet:
        say(_summary(len(files), problems))
    raise typer.Exit(1 if any(problem.is_error for problem in problems) else 0)


def _problems(name: str, given: ReadQuestionnaire | None) -> Sequence[Problem]:
    path = shown_name(name)
    try:
        content = read_content(name)
        kind = kind_of(content, path)
        if kind is Kind.QUESTIONNAIRE:
            return read_questionnaire(content, path).warnings
    except FileProblems as found:
        return found.problems
    if kind is Kind.EXPORT:
        return traces_of_export(content, name).problems
    return traces_of_cases(content, name, given).problems


def _summary(files: int, problems: Sequence[Problem]) -> str:
    errors = sum(problem.is_error for problem in problems)
    warnings = len(problems) - errors
    parts = [_count(files, "file"), _count(errors, "problem")]
    return ", ".join([*parts, _count(warnings, "warning")] if warnings else parts)


def _count(number: int, what: str) -> str:
    return f"{number or 'no'} {what if number == 1 else what + 's'}"
