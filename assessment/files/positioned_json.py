"""JSON that keeps line and column, read into the same data as YAML: every value is text."""

import json
import re
from typing import NoReturn

from assessment.files.near_misses import shortened
from assessment.files.positions import DEEPEST, Data, Lines, Positioned, Where, whole_characters
from assessment.files.problems import FileProblems, Position, Problem

BLANK = re.compile(r"[ \t\r\n]*")


def parse_json(text: str, path: str) -> Positioned:
    """Read JSON text.

    Args:
        text: The file's content.
        path: How problems name the file.

    Returns:
        Its data with positions: numbers, true and false as text, null as None. A key written
        twice counts as it was written first and stands in `problems`.

    Raises:
        FileProblems: It is no JSON, or is nested too deeply.
    """
    return _Reading(text, path).read()


class _Reading:
    """One pass over a text, value by value; `json` itself knows no positions."""

    def __init__(self, text: str, path: str) -> None:
        self._text = text
        self._path = path
        self._lines = Lines(text)
        self._at = 0
        self._positions: dict[Where, Position] = {}
        self._problems: list[Problem] = []
        self._scalars = json.JSONDecoder(
            parse_int=str, parse_float=str, parse_constant=self._refuse_constant
        )

    def read(self) -> Positioned:
        data = self._value(())
        if self._next() != "":
            self._stop("the text goes on after its end", "take the rest out")
        return Positioned(self._path, data, self._positions, tuple(self._problems))

    def _value(self, where: Where) -> Data:
        opening = self._next()
        self._positions.setdefault(where, self._lines.position(self._at))
        if opening in ("{", "[") and len(where) >= DEEPEST:
            self._stop(f"this is nested deeper than {DEEPEST} levels", "check the brackets")
        if opening == "{":
            return self._object(where)
        if opening == "[":
            return self._array(where)
        return self._scalar()

    def _object(self, where: Where) -> Data:
        entries: dict[str, Data] = {}
        self._at += 1
        while self._goes_on("}", is_first=not entries):
            if self._next() != '"':
                self._stop("a key in double quotes is missing here", 'write it, as in "id": "mine"')
            place = self._lines.position(self._at)
            key = self._scalar() or ""
            self._expect(":")
            if key in entries:
                first = self._positions[(*where, key)]
                what = f"'{shortened(key)}' is written twice (first in line {first.line})"
                self._problems.append(Problem(self._path, place, what, "keep one of the two"))
                self._aside(where)
            else:
                self._positions[(*where, key)] = place
                entries[key] = self._value((*where, key))
        return entries

    def _aside(self, where: Where) -> None:
        """Read a value for its problems only."""
        kept, self._positions = self._positions, {}
        self._value((*where, "aside"))
        self._positions = kept

    def _array(self, where: Where) -> Data:
        items: list[Data] = []
        self._at += 1
        while self._goes_on("]", is_first=not items):
            items.append(self._value((*where, len(items))))
        return items

    def _goes_on(self, closing: str, *, is_first: bool) -> bool:
        """Step over the ',' before the next part, or over what closes the whole."""
        if self._next() == closing:
            self._at += 1
            return False
        if not is_first:
            comma = self._at
            self._expect(",")
            if self._next() == closing:
                self._at = comma
                self._stop(f"nothing follows this ',' before the '{closing}'", "take the ',' out")
        return True

    def _scalar(self) -> str | None:
        start = self._at
        try:
            value, self._at = self._scalars.raw_decode(self._text, start)
        except json.JSONDecodeError as error:
            self._at = error.pos
            self._stop(*_in_plain_words(error.msg))
        if value is None:
            return None
        text = whole_characters(str(value).lower() if isinstance(value, bool) else str(value))
        if text is None:
            self._at = start
            what = "a character written here with a backslash is none that a text can hold"
            self._stop(what, "write the character itself, or take it out")
        return text

    def _expect(self, character: str) -> None:
        if self._next() != character:
            self._stop(
                f"a '{character}' is missing here", "check the quotes and brackets before it"
            )
        self._at += 1

    def _next(self) -> str:
        """Step over blanks; the character that follows, empty at the end of the text."""
        blank = BLANK.match(self._text, self._at)
        self._at = self._at if blank is None else blank.end()
        return self._text[self._at : self._at + 1]

    def _refuse_constant(self, name: str) -> NoReturn:
        self._stop(f"'{name}' is no number", "write a number, or null")

    def _stop(self, what: str, fix: str) -> NoReturn:
        here = Problem(self._path, self._lines.position(self._at), what, fix)
        raise FileProblems([*self._problems, here])


def _in_plain_words(said: str) -> tuple[str, str]:
    """What is wrong and how to mend it, for each thing `json` says about text and numbers."""
    if "Unterminated" in said:
        return "the double quote that opens here is never closed", "close it"
    if "control character" in said:
        return (
            "a line break or tab stands inside a text",
            r"write \n for a line break, \t for a tab",
        )
    if "escape" in said:
        return "this backslash means nothing here", "write the backslash twice"
    return "a value is missing here", "write it; texts need double quotes"
