"""`check`: everything that is wrong in some files, and whether reports among them still hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import typer

from assessment.cli.reading import (
    QuestionnaireOption,
    given_questionnaire,
    read_content,
    shown_name,
    traces_of_cases,
)
from assessment.cli.terminal import complain, harmless, say, tell
from assessment.files.export import Export
from assessment.files.export_reader import read_export
from assessment.files.kinds import Kind, kind_of
from assessment.files.problems import FileProblems, Problem
from assessment.files.questionnaires import ReadQuestionnaire, read_questionnaire

EXAMPLE = "Example: coordination-audit check questionnaires/*.yaml lead-scoring.yaml report.json"


@dataclass(frozen=True)
class Checked:
    """What was found in one file; `export` is what it holds, where it is one without errors."""

    problems: Sequence[Problem]
    export: Export | None = None

    @property
    def is_fine(self) -> bool:
        """Whether nothing in it is wrong, and the result in it still holds."""
        holds = self.export is None or self.export.holds
        return holds and not any(problem.is_error for problem in self.problems)


def run(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE",
            help="Questionnaires, case files, JSON exports and PDFs that carry their data; - is "
            "standard input.",
        ),
    ],
    questionnaire: QuestionnaireOption = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Print problems only, no warnings and no summary.")
    ] = False,
) -> None:
    """Find every problem of some files, and say of exports whether their result still holds.

    A problem is said with line, column, and how to mend it. The result of an export is computed
    again from its answers, with the questionnaire that it carries.
    """
    try:
        given = given_questionnaire(questionnaire)
    except FileProblems as found:
        tell(found.problems)
        raise typer.Exit(1) from None
    every: list[Checked] = []
    for name in files:
        checked = _checked(name, given)
        tell(problem for problem in checked.problems if problem.is_error or not quiet)
        if checked.export is not None:
            _say_whether_it_holds(shown_name(name), checked.export, quiet=quiet)
        every.append(checked)
    if not quiet:
        say(_summary(every))
    raise typer.Exit(0 if all(checked.is_fine for checked in every) else 1)


def _checked(name: str, given: ReadQuestionnaire | None) -> Checked:
    path = shown_name(name)
    try:
        content = read_content(name)
        kind = kind_of(content, path)
        if kind is Kind.QUESTIONNAIRE:
            return Checked(read_questionnaire(content, path).warnings)
        if kind is Kind.EXPORT:
            export = read_export(content, path)
            return Checked(export.warnings, export)
    except FileProblems as found:
        return Checked(found.problems)
    return Checked(traces_of_cases(content, name, given).problems)


def _say_whether_it_holds(path: str, export: Export, *, quiet: bool) -> None:
    from assessment.cli.difference_words import words  # noqa: PLC0415 - exports only

    questionnaire = export.use_case.read.questionnaire
    if export.holds:
        if not quiet:
            with_what = f"{questionnaire.id} {questionnaire.version}"
            say(harmless(f"{path}: the result still holds, computed again with {with_what}"))
        return
    complain(harmless(f"{path}: the result no longer holds"), fg="red")
    for line in words(export.differences, questionnaire, questionnaire, "now"):
        complain(line)


def _summary(every: Sequence[Checked]) -> str:
    problems = [problem for checked in every for problem in checked.problems]
    errors = sum(problem.is_error for problem in problems)
    warnings = len(problems) - errors
    stale = sum(checked.export is not None and not checked.export.holds for checked in every)
    parts = [_count(len(every), "file"), _count(errors, "problem")]
    if warnings:
        parts.append(_count(warnings, "warning"))
    if stale:
        parts.append(
            f"{_count(stale, 'result')} that no longer {'holds' if stale == 1 else 'hold'}"
        )
    return ", ".join(parts)


def _count(number: int, what: str) -> str:
    return f"{number or 'no'} {what if number == 1 else what + 's'}"
