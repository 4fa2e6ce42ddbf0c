"""The text of a file as plain data, in which every part knows its line and column."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assessment.files.problems import START, FileProblems, Position, Problem

Data = str | None | list["Data"] | dict[str, "Data"]
"""What a file holds. Every value stays the text that it was written as; empty is None."""

Where = tuple[str | int, ...]
"""The way to one part of a file: `("questions", 0, "ask")`."""

LARGEST_FILE = 2**20
"""In bytes. Our largest file is a tenth of it; what is larger is a mistake or an attack."""

DEEPEST = 40
"""Levels of nesting. Our deepest file has eight."""


@dataclass(frozen=True)
class Positioned:
    """A file's data with the position of each part.

    `problems` are those that leave everything else readable, such as a key written twice.
    """

    path: str
    data: Data
    positions: Mapping[Where, Position]
    problems: tuple[Problem, ...] = ()

    def locate(self, where: Where, skip: Iterable[str] = ()) -> Position:
        """Find a place; for one that does not exist, the nearest enclosing one.

        Args:
            where: The way to it.
            skip: Keys that an author may leave out; the way goes on behind them.
        """
        leave_out = frozenset(skip)
        here: Where = ()
        for part in where:
            if (*here, part) in self.positions:
                here = (*here, part)
            elif part not in leave_out:
                break
        return self.positions.get(here, START)


class Lines:
    """Turns an offset into a text into a line and column."""

    def __init__(self, text: str) -> None:
        """Remember where each line starts; lines end as editors see them."""
        self._starts = [0, *(end.end() for end in re.finditer(r"\r\n|\r|\n", text))]

    def position(self, offset: int) -> Position:
        """Find the line and column of a character."""
        line = bisect_right(self._starts, offset)
        return Position(line, offset - self._starts[line - 1] + 1)


def decoded(content: str | bytes, path: str, largest: int = LARGEST_FILE) -> str:
    """Read a file's content as text, without a byte order mark.

    Raises:
        FileProblems: It is larger than `largest` bytes, not UTF-8, or holds a NUL.
    """
    raw = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    if len(raw) > largest:
        raise FileProblems([_too_large(path, largest)])
    try:
        text = raw.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8").removeprefix("\ufeff")
        raise FileProblems([_not_utf8(path, before, raw)]) from None
    if "\0" in text:
        raise FileProblems([_not_utf8(path, text[: text.index("\0")], raw)])
    return text


def normalized(text: str) -> str:
    """The same text with every line ending written as one line feed."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def whole_characters(text: str) -> str | None:
    r"""Join characters that were written as two halves, as in `\ud83d\ude00`.

    Returns:
        The text; None if half a character is missing or a NUL is in it, which neither a
        database nor a PDF can hold.
    """
    if text.isprintable():
        return text
    try:
        joined = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    except UnicodeDecodeError:
        return None
    return None if "\0" in joined else joined


def _too_large(path: str, largest: int) -> Problem:
    what = f"the file is larger than {largest // 2**20} MiB; that much is not read"
    return Problem(path, START, what, "split it, or check that it is the right file")


def _not_utf8(path: str, before: str, raw: bytes) -> Problem:
    position = Lines(before).position(len(before))
    is_utf16 = raw.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in raw[:2]
    what = "the file is UTF-16 text, not UTF-8" if is_utf16 else "this is not UTF-8 text"
    return Problem(path, position, what, "save the file with the encoding UTF-8")
