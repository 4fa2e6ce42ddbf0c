"""`impact`: what a changed questionnaire would make of past traces, before it is used."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Annotated

import typer

from assessment.cli.classify import Format
from assessment.cli.reading import read_traces, shown_name
from assessment.cli.terminal import complain, harmless, say, tell, wrapped
from assessment.files.near_misses import shortened
from assessment.files.problems import FileProblems
from assessment.files.questionnaires import QuestionnaireNotFoundError, ReadQuestionnaire, find
from assessment.method.answers import Trace
from assessment.method.impact import Dropped, Impact, impact
from assessment.method.questionnaire import NAME_FACT, Questionnaire

EXAMPLE = "Example: coordination-audit impact old.yaml new.yaml lead-scoring.yaml report.json"

INDENT = 2

Questionnaires = tuple[ReadQuestionnaire, ReadQuestionnaire]
"""The one that is in use, and the one that would be."""


@dataclass(frozen=True)
class Past:
    """A past trace: where it was found, and what it was answered with."""

    file: str
    id: str
    questionnaire_id: str
    trace: Trace

    @property
    def name(self) -> str:
        """What people call the use case."""
        return shortened(str(self.trace.facts.get(NAME_FACT) or self.id))


def run(
    old: Annotated[
        str, typer.Argument(metavar="OLD", help="The questionnaire as it is; a file, or an id.")
    ],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The same one as it would be.")],
    traces: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="TRACE",
            help="Case files, JSON exports and PDFs that carry their data; - is standard input. "
            "Without any, the traces of the database are read.",
        ),
    ] = None,
    form: Annotated[
        Format, typer.Option("--format", "-f", help="Text, or one JSON object a line.")
    ] = Format.TEXT,
) -> None:
    """Show what past traces would come to under a changed questionnaire.

    Nothing is changed by it. Answers to which the changed questionnaire has no question or option
    any more are named as dropped.
    """
    try:
        both = _questionnaire(old, "OLD"), _questionnaire(new, "NEW")
    except FileProblems as found:
        tell(found.problems)
        raise typer.Exit(1) from None
    past, is_wrong = _named(traces, both[0]) if traces else _stored()
    wanted = both[0].questionnaire.id
    concerned = [one for one in past if one.questionnaire_id == wanted]
    found_here = ((one, _impact(one, both)) for one in concerned)
    if form is Format.JSON:
        for one, its in found_here:
            typer.echo(json.dumps(_plain(one, its)))
    else:
        _print(list(found_here), len(past) - len(concerned), both)
    raise typer.Exit(1 if is_wrong else 0)


def _questionnaire(name: str, argument: str) -> ReadQuestionnaire:
    try:
        return find(name)
    except QuestionnaireNotFoundError as error:
        raise typer.BadParameter(f"{error.message}; {error.fix}", param_hint=argument) from None


def _named(files: Sequence[str], old: ReadQuestionnaire) -> tuple[list[Past], bool]:
    """The traces of some files, and whether anything in them is wrong; problems are printed."""
    past: list[Past] = []
    is_wrong = False
    for name in files:
        read = read_traces(name, old)
        tell(problem for problem in read.problems if problem.is_error)
        is_wrong = is_wrong or read.is_wrong
        past.extend(
            Past(shown_name(name), one.id, one.read.questionnaire.id, one.trace)
            for one in read.traced
        )
    return past, is_wrong


def _stored() -> tuple[list[Past], bool]:
    """The traces of the database, and whether it could not be read; what is wrong is printed."""
    from assessment.cli.stored import configured_url  # noqa: PLC0415 - files need no database
    from assessment.store.errors import StoreUnavailable  # noqa: PLC0415
    from assessment.store.read_only import stored_traces  # noqa: PLC0415

    try:
        return [
            Past("", one.id, one.questionnaire.id, one.trace)
            for one in stored_traces(configured_url())
        ], False
    except StoreUnavailable as error:
        complain(harmless(str(error)), fg="red")
        return [], True


def _impact(one: Past, both: Questionnaires) -> Impact:
    old, new = both
    return impact(one.trace, old.questionnaire, new.questionnaire)


def _plain(one: Past, its: Impact) -> dict[str, object]:
    return {
        "file": one.file,
        "id": one.id,
        "name": str(one.trace.facts.get(NAME_FACT, "")),
        "changes": [asdict(difference) for difference in its.differences],
        "dropped": [asdict(dropped) for dropped in its.dropped],
    }


def _print(found: Sequence[tuple[Past, Impact]], others: int, both: Questionnaires) -> None:
    old, new = (read.questionnaire for read in both)
    changed = [(one, its) for one, its in found if its.differences]
    losing = [(one, its) for one, its in found if its.dropped and not its.differences]
    say(wrapped(f"{_version(both[0])} to {_version(both[1])}"), bold=True)
    _print_each(changed, old, new)
    _print_each(losing, old, new)
    if changed or losing:
        say()
    say(wrapped(_summary(len(found), len(changed), len(losing))))
    if others:
        are = "1 trace belongs to another questionnaire and was"
        if others > 1:
            are = f"{others} traces belong to other questionnaires and were"
        say(wrapped(f"{are} not looked at."), dim=True)


def _version(read: ReadQuestionnaire) -> str:
    questionnaire = read.questionnaire
    return f"{questionnaire.id} {questionnaire.version} ({read.fingerprint[:12]})"


def _print_each(
    found: Iterable[tuple[Past, Impact]], old: Questionnaire, new: Questionnaire
) -> None:
    from assessment.cli.difference_words import words  # noqa: PLC0415 - only for text

    for one, its in found:
        say()
        say(wrapped(one.name), bold=True)
        say(wrapped(" · ".join(part for part in (one.file, one.id) if part), INDENT), dim=True)
        for line in words(its.differences, new, old, "would be"):
            say(line)
        for dropped in its.dropped:
            say(wrapped(_dropped(dropped), 2 * INDENT, "- "))


def _dropped(dropped: Dropped) -> str:
    what = "fact" if dropped.is_fact else "answer"
    said = f" '{shortened(dropped.said)}'" if dropped.said else ""
    if not dropped.is_known:
        kind = "fact" if dropped.is_fact else "question"
        return f"Dropped {what}{said} to '{shortened(dropped.id)}': this {kind} is gone"
    return f"Dropped {what}{said} to '{shortened(dropped.id)}': it cannot be said there any more"


def _summary(traces: int, changed: int, losing: int) -> str:
    if not traces:
        return "No trace to look at."
    unchanged = traces - changed - losing
    parts = [f"{changed} would read differently", f"{unchanged} would stay as they are"]
    if losing:
        parts.insert(1, f"{losing} would only lose what was said")
    return f"{traces} {'trace' if traces == 1 else 'traces'}: {', '.join(parts)}."
