"""The workshop in an export, read back: the same account, or what is wrong with it."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from assessment.files.export_parts import EXPORT_AGAIN, Keys, Parts
from assessment.files.export_workshop import (
    ASKED_KEYS,
    BY_HAND_KEYS,
    FUNCTION_KEYS,
    GROUP_KEYS,
    PACES,
    RECORDED_KEYS,
    SCOPES,
    WORKSHOP_KEYS,
)
from assessment.files.near_misses import quoted, shortened, suggestion
from assessment.files.positions import Data, Where
from assessment.method.questionnaire import UNKNOWN, Question, Questionnaire
from assessment.room_account import AskedQuestion, FunctionLevel, Group, Recorded, RoomAccount

WORKSHOP: Where = ("workshop",)

MOST_ALIKE = 500
"""How many people may have said the same to a question: more than any room holds, and few enough
for a report, which lays out every answer."""

_WHOLE_NUMBER = re.compile(r"0|[1-9]\d{0,8}")

Entry = TypeVar("Entry")


def read_workshop(questionnaire: Questionnaire, given: Data, parts: Parts) -> RoomAccount | None:
    """Read what an export says under 'workshop'.

    Args:
        questionnaire: Whose questions, options and levels it names.
        given: What stands there.
        parts: Reads keys, and receives everything that is wrong.

    Returns:
        The account; None where something is wrong in it.
    """
    return _Reading(questionnaire, parts).account(given)


class _Reading:
    """One pass over the part."""

    def __init__(self, questionnaire: Questionnaire, parts: Parts) -> None:
        self._questionnaire = questionnaire
        self._parts = parts
        self._seen: set[str] = set()

    def account(self, given: Data) -> RoomAccount | None:
        known = len(self._parts.complaints.problems)
        also = [key for key in BY_HAND_KEYS if isinstance(given, dict) and key in given]
        data = self._parts.keys({"workshop": given}, "workshop", (), (*WORKSHOP_KEYS, *also))
        if len(self._parts.complaints.problems) > known:
            return None
        few = data["people"] is None
        people = None if few else self._number(data, "people", WORKSHOP)
        minutes = self._number(data, "minutes", WORKSHOP)
        day = self._day(data["day"])
        scope, pace = self._one_of(data, "scope", SCOPES), self._one_of(data, "pace", PACES)
        simulated = self._yes_no(data, "simulated", WORKSHOP)
        groups = self._entries(data, "groups", GROUP_KEYS, self._group)
        guesses = self._guesses(data["guesses"])
        questions = self._entries(data, "questions", ASKED_KEYS, self._asked)
        functions = self._entries(data, "functions", FUNCTION_KEYS, self._function)
        splits = self._splits(data["splits"])
        by_hand = {key: self._yes_no(data, key, WORKSHOP) for key in also}
        if day is None or len(self._parts.complaints.problems) > known:
            return None
        try:
            return RoomAccount(
                day=day,
                minutes=minutes,
                scope=scope,
                pace=pace,
                is_rehearsal=simulated,
                people=people,
                groups=groups,
                guesses=guesses,
                questions=questions,
                functions=functions,
                splits=splits,
                **by_hand,
            )
        except ValueError as error:
            self._wrong(WORKSHOP, str(error))
            return None

    def _group(self, data: Keys, where: Where) -> Group:
        function = self._parts.text(data, "function", where)
        return Group(function, self._number(data, "people", where))

    def _function(self, data: Keys, where: Where) -> FunctionLevel:
        function = self._parts.text(data, "function", where)
        level, ceiling = (self._number(data, key, where) for key in ("level", "ceiling"))
        if not 1 <= level <= ceiling <= self._questionnaire.top:
            self._wrong((*where, "level"), "these are no levels of the questionnaire")
        return FunctionLevel(function, self._number(data, "people", where), level, ceiling)

    def _asked(self, data: Keys, where: Where) -> AskedQuestion:
        name = self._parts.text(data, "question", where)
        question = self._questionnaire.by_id.get(name)
        if question is None:
            what = f"no question is called '{shortened(name)}'"
            fix = suggestion(name, self._questionnaire.by_id)
            self._parts.complaints.add((*where, "question"), what, fix)
        if name in self._seen:
            self._wrong((*where, "question"), f"question '{shortened(name)}' stands here twice")
        self._seen.add(name)
        return AskedQuestion(
            question=name,
            rounds=self._number(data, "rounds", where),
            counts=self._counts(data.get("counts"), question, (*where, "counts")),
            by_hand=self._yes_no(data, "by_hand", where),
            recorded=self._recorded(data.get("recorded"), question, (*where, "recorded")),
        )

    def _counts(
        self, given: Data, question: Question | None, where: Where
    ) -> dict[str, int] | None:
        if given is None or question is None:
            return None
        expected = (*question.options, UNKNOWN)
        if not isinstance(given, dict):
            self._wrong(where, "'counts' must have keys")
            return None
        self._parts.check_keys(given, where, expected)
        found = {key: self._number(given, key, where) for key in expected if key in given}
        if max(found.values(), default=0) > MOST_ALIKE:
            self._wrong(where, f"more than {MOST_ALIKE} people cannot have said the same")
        return found

    def _recorded(self, given: Data, question: Question | None, where: Where) -> Recorded | None:
        if given is None or question is None:
            return None
        if not isinstance(given, dict):
            self._wrong(where, "'recorded' must have keys")
            return None
        self._parts.check_keys(given, where, RECORDED_KEYS)
        option = None
        if given.get("option") is not None:
            option = self._parts.text(given, "option", where)
            if option != UNKNOWN and option not in question.options:
                what = f"question '{question.id}' has no option '{shortened(option)}'"
                fix = suggestion(option, question.options)
                self._parts.complaints.add((*where, "option"), what, fix)
        reason, minority = (self._parts.text(given, key, where) for key in ("reason", "minority"))
        return Recorded(option, reason, minority)

    def _entries(
        self, data: Keys, key: str, keys: tuple[str, ...], read: Callable[[Keys, Where], Entry]
    ) -> tuple[Entry, ...]:
        found = []
        for number, entry in enumerate(self._list(data[key], key)):
            where: Where = (*WORKSHOP, key, number)
            if not isinstance(entry, dict):
                self._wrong(where, "this must have keys")
                continue
            known = len(self._parts.complaints.problems)
            self._parts.check_keys(entry, where, keys)
            if len(self._parts.complaints.problems) == known:
                found.append(read(entry, where))
        return tuple(found)

    def _splits(self, given: Data) -> tuple[str, ...]:
        names = [str(name) for name in self._list(given, "splits")]
        for number, name in enumerate(names):
            if name not in self._questionnaire.by_id:
                what = f"no question is called '{shortened(name)}'"
                fix = suggestion(name, self._questionnaire.by_id)
                self._parts.complaints.add((*WORKSHOP, "splits", number), what, fix)
        return tuple(names)

    def _guesses(self, given: Data) -> tuple[int, ...]:
        where: Where = (*WORKSHOP, "guesses")
        found = tuple(
            self._whole(one, (*where, number), "a guess")
            for number, one in enumerate(self._list(given, "guesses"))
        )
        if len(found) not in (0, self._questionnaire.top):
            self._wrong(where, "'guesses' must have a number for each level, or none")
        return found

    def _list(self, given: Data, key: str) -> Sequence[Data]:
        if isinstance(given, list):
            return given
        self._wrong((*WORKSHOP, key), f"'{key}' must be a list")
        return ()

    def _number(self, data: Keys, key: str, where: Where) -> int:
        return self._whole(data.get(key), (*where, key), f"'{key}'")

    def _whole(self, value: Data, where: Where, name: str) -> int:
        if isinstance(value, str) and _WHOLE_NUMBER.fullmatch(value):
            return int(value)
        self._wrong(where, f"{name} must be a whole number")
        return 0

    def _yes_no(self, data: Keys, key: str, where: Where) -> bool:
        value = data.get(key)
        if value not in ("true", "false"):
            self._wrong((*where, key), f"'{key}' must be true or false")
        return value == "true"

    def _one_of(self, data: Keys, key: str, known: tuple[str, ...]) -> str:
        value = self._parts.text(data, key, WORKSHOP)
        if isinstance(data[key], str) and value not in known:
            self._wrong((*WORKSHOP, key), f"'{key}' must be one of {quoted(known)}")
        return value

    def _day(self, given: Data) -> date | None:
        try:
            if isinstance(given, str) and len(given) == len("2026-11-21"):
                return date.fromisoformat(given)
        except ValueError:
            pass
        where: Where = (*WORKSHOP, "day")
        self._parts.complaints.add(where, "'day' must be a day", "write e.g. '2026-11-21'")
        return None

    def _wrong(self, where: Where, what: str) -> None:
        self._parts.complaints.add(where, what, EXPORT_AGAIN)
