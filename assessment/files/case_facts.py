"""The facts about the use case of a case file."""

import re
from collections.abc import Mapping

from assessment.files.complaints import Complaints
from assessment.files.near_misses import closest, quoted, shortened, suggestion
from assessment.files.positions import Data, Where
from assessment.files.problems import Severity
from assessment.method.answers import FactValue
from assessment.method.questionnaire import UNKNOWN, Fact, Questionnaire

NUMBER = re.compile(r"\d+(\.\d+)?([eE]\+?\d{1,2})?")
THOUSANDS = re.compile(r"(?<=\d)[ ,_'’](?=\d{3})")

LARGEST_NUMBER = 10**15
"""No use case has more outputs a month; numbers up to here stay exact everywhere."""


def read_facts(
    questionnaire: Questionnaire, given: Data, where: Where, complaints: Complaints
) -> dict[str, FactValue]:
    """Read what a case says under 'use_case'.

    Args:
        questionnaire: Whose facts these are.
        given: Fact id to value; what is empty is not given.
        where: The way to it in the file.
        complaints: Receives everything that is wrong.

    Returns:
        The facts that are given and right, each as its type wants it.
    """
    if given is None:
        given = {}
    if not isinstance(given, dict):
        complaints.add(where, "'use_case' must have keys", "write a line 'fact: value' for each")
        return {}
    facts: dict[str, FactValue] = {}
    for name, value in given.items():
        fact = questionnaire.facts.get(name)
        if fact is None:
            what = f"no fact is called '{shortened(name)}'"
            complaints.add((*where, name), what, suggestion(name, questionnaire.facts))
        elif not _is_empty(value):
            read = _Reader(questionnaire, fact, (*where, name), complaints).read(value)
            if read is not None:
                facts[name] = read
    for fact in questionnaire.profile:
        if fact.required and _is_empty(given.get(fact.id)):
            fix = f"add a line '{fact.id}: ...' under 'use_case'"
            complaints.add(where, f"'{fact.id}' is missing", fix, Severity.WARNING)
    return facts


def _is_empty(value: Data) -> bool:
    return not value or (isinstance(value, str) and not value.strip())


class _Reader:
    """Reads one fact; each method gives the value, or None after saying what is wrong."""

    def __init__(
        self, questionnaire: Questionnaire, fact: Fact, where: Where, complaints: Complaints
    ) -> None:
        self._questionnaire = questionnaire
        self._fact = fact
        self._where = where
        self._complaints = complaints

    def read(self, value: Data) -> FactValue | None:
        if self._fact.type == "choices":
            return self._choices(value)
        if not isinstance(value, str):
            kind = "a list" if isinstance(value, list) else "keys with values"
            self._refuse(f"'{self._fact.id}' must be one value, not {kind}", "write one value")
            return None
        if self._fact.type == "number":
            return self._number(value.strip())
        if self._fact.type == "level":
            return self._level(value.strip())
        if self._fact.type == "choice":
            return self._choice(value, self._where)
        return value.strip() or None

    def _number(self, value: str) -> int | float | None:
        plain = THOUSANDS.sub("", value)
        if NUMBER.fullmatch(plain) is None or float(plain) > LARGEST_NUMBER:
            what = f"'{self._fact.id}' must be a number, 0 or more, not '{shortened(value)}'"
            self._refuse(what, f"write e.g. '{self._fact.id}: 1800'")
            return None
        if plain != value:
            what = f"'{self._fact.id}' must be written in digits only, not '{shortened(value)}'"
            self._refuse(what, f"write '{self._fact.id}: {plain}'")
            return None
        number = float(value)
        return int(number) if number.is_integer() else number

    def _level(self, value: str) -> int | None:
        top = self._questionnaire.top
        if value.isascii() and value.isdigit() and 1 <= int(value[:6]) <= top:
            return int(value)
        names = {level.id: level.level for level in self._questionnaire.levels}
        names |= {level.name: level.level for level in self._questionnaire.levels}
        near = closest(value, names)
        what = f"'{self._fact.id}' must be a level from 1 to {top}, not '{shortened(value)}'"
        self._refuse(what, f"write {names[near] if near else f'a number from 1 to {top}'}")
        return None

    def _choices(self, value: Data) -> tuple[str, ...] | None:
        if isinstance(value, dict):
            fix = "write one option, or several in a list: [one, two]"
            self._refuse(f"'{self._fact.id}' must be a list of options", fix)
            return None
        listed = list(enumerate(value)) if isinstance(value, list) else [(None, value)]
        read = []
        for index, one in listed:
            where = self._where if index is None else (*self._where, index)
            if not isinstance(one, str):
                fix = f"write {quoted(self._fact.options)}"
                self._complaints.add(where, "an entry is no option", fix)
                return None
            read.append(self._choice(one, where))
        return tuple(dict.fromkeys(one for one in read if one is not None)) or None

    def _choice(self, value: str, where: Where) -> str | None:
        option = value.strip()
        if option in self._fact.options:
            return option
        what = f"fact '{self._fact.id}' has no option '{shortened(value)}'"
        texts = {one: self._fact.option_text(one) for one in self._fact.options}
        fix = meant(option, texts)
        if option == UNKNOWN:
            fix = "leave it empty where you do not know"
        self._complaints.add(where, what, fix)
        return None

    def _refuse(self, what: str, fix: str) -> None:
        self._complaints.add(self._where, what, fix)


def meant(written: str, texts: Mapping[str, str]) -> str:
    """The mend for an option that does not exist; people also write an option's text, not its id.

    Args:
        written: What stands in the file.
        texts: Option id to text.
    """
    by_name = {text: option for option, text in texts.items()} | {
        option: option for option in texts
    }
    near = closest(written, by_name)
    return f"did you mean '{by_name[near]}'?" if near else suggestion(written, texts)
