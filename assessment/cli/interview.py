"""Asking for the facts about a use case, one at a time, on standard error and input."""

import typer

from assessment.cli.terminal import complain, harmless, wrapped
from assessment.files.case_facts import THOUSANDS, read_facts
from assessment.files.complaints import Complaints
from assessment.files.positions import Data, Positioned
from assessment.method.answers import FactValue
from assessment.method.questionnaire import Fact, Questionnaire

SKIP = "Enter skips."
HOW = {
    "choice": "Write its number.",
    "choices": "Write one number or several, such as 1, 3.",
    "level": "Write its number.",
    "number": "Write a number.",
    "text": "",
}


def ask_facts(questionnaire: Questionnaire) -> dict[str, FactValue]:
    """Ask for every fact until each is given or skipped.

    Raises:
        EOFError: The input ended before all was asked.
        KeyboardInterrupt: Somebody wants to stop.
    """
    complain(wrapped(questionnaire.title), bold=True)
    facts: dict[str, FactValue] = {}
    for fact in questionnaire.profile:
        value = _ask(questionnaire, fact)
        if value is not None:
            facts[fact.id] = value
    return facts


def _ask(questionnaire: Questionnaire, fact: Fact) -> FactValue | None:
    _print_question(questionnaire, fact)
    while True:
        typer.echo("> ", nl=False, err=True)
        given = input().strip()
        if not given and not fact.required:
            return None
        value = _read(questionnaire, fact, given)
        if value is not None:
            return value


def _print_question(questionnaire: Questionnaire, fact: Fact) -> None:
    complain()
    complain(wrapped(fact.ask or fact.title), bold=True)
    for number, said in enumerate(_choices(questionnaire, fact), start=1):
        complain(wrapped(said, 6, f"{number}. "))
    if fact.help:
        complain(wrapped(fact.help, 2), dim=True)
    if fact.example and fact.type in ("text", "number"):
        complain(wrapped(f"For example: {fact.example}", 2), dim=True)
    how = " ".join(part for part in (HOW[fact.type], "" if fact.required else SKIP) if part)
    if how:
        complain(wrapped(how, 2), dim=True)


def _choices(questionnaire: Questionnaire, fact: Fact) -> list[str]:
    if fact.type == "level":
        return [level.name for level in questionnaire.levels]
    helps = {option: said.help for option, said in fact.options.items()}
    return [
        fact.option_text(option) + (f" ({helps[option]})" if helps[option] else "")
        for option in fact.options
    ]


def _read(questionnaire: Questionnaire, fact: Fact, given: str) -> FactValue | None:
    """Read what was written, as a case file's reader would; None after saying what is wrong."""
    if not given:
        complain("This one is needed.", fg="red")
        return None
    complaints = Complaints(Positioned("", None, {}))
    value = read_facts(questionnaire, {fact.id: _meant(fact, given)}, (), complaints).get(fact.id)
    if value is None:
        wrong = next(problem for problem in complaints.problems if problem.is_error)
        complain(wrapped(f"{wrong.message}; {wrong.fix}"), fg="red")
    return value


def _meant(fact: Fact, given: str) -> Data:
    """What a case file would say: options by their ids, numbers in digits only."""
    if fact.type == "choices":
        return [_option(fact, one.strip()) for one in given.split(",") if one.strip()]
    if fact.type == "choice":
        return _option(fact, given)
    if fact.type == "number":
        return THOUSANDS.sub("", given)
    return harmless(given)


def _option(fact: Fact, given: str) -> str:
    options = list(fact.options)
    if given.isascii() and given.isdigit() and 1 <= int(given[:6]) <= len(options):
        return options[int(given) - 1]
    return given
