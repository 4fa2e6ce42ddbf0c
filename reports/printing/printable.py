"""Clean texts once before anything prints them, so that no text can break a page or hide.

A printed page has a fixed set of fonts. What they cannot show becomes "□", and the report says
so; the JSON export and the tables keep every text as it was written.
"""

import json
import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import Enum
from functools import lru_cache
from pathlib import Path
from typing import Any, Generic, TypeVar

T = TypeVar("T")

BOX = "\N{WHITE SQUARE}"
"""What stands where a character cannot be printed."""

BREAK = "\N{ZERO WIDTH SPACE}"
"""Where a long word may go on in the next line."""

LONG_WORD = 28
"""From this length on a word gets places to break; shorter ones stay as they are, so that text
copied from a page is the text that was written."""

_PIECE = 14
_BREAK_AFTER = "_/.-=&@"
_LONG = re.compile(
    rf"[^\s\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]{{{LONG_WORD},}}"
)
_LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")
_JOINERS = "\u200c\u200d"
_VISIBLE = "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u08e2"  # Arabic signs, formally invisible
_OVERRIDES = re.compile("[\u202a-\u202e\u2066-\u2069]")
_VARIATIONS = re.compile("[\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_COVERAGE = Path(__file__).parents[1] / "fonts" / "coverage.json"


@dataclass(frozen=True)
class Printable(Generic[T]):
    """Data of the same shape in which every text can be printed.

    `lost` holds the different characters that became a box.
    """

    data: T
    lost: frozenset[str]


def printable(data: T, *, long_words: bool = True) -> Printable[T]:
    """Clean every text in plain data.

    Args:
        data: Text, or lists, tuples, mappings and dataclasses of texts at any depth; anything
            else, enumerations and the keys of mappings are left as they are.
        long_words: Whether words of 28 characters and more get places to break.

    Returns:
        The cleaned data, and what could not be printed.
    """
    lost: set[str] = set()
    return Printable(_walk(data, lost, long_words), frozenset(lost))


def can_print(character: str) -> bool:
    """Tell whether the bundled fonts have a shape for a character."""
    starts, ends = _coverage()
    place = bisect_right(starts, ord(character)) - 1
    return place >= 0 and ord(character) <= ends[place]


def _walk(data: Any, lost: set[str], long_words: bool) -> Any:
    if isinstance(data, Enum):
        return data
    if isinstance(data, str):
        clean = _clean(data, lost)
        return _LONG.sub(_with_breaks, clean) if long_words else clean
    if isinstance(data, (list, tuple)):
        return type(data)(_walk(item, lost, long_words) for item in data)
    if isinstance(data, dict):
        return {key: _walk(value, lost, long_words) for key, value in data.items()}
    if is_dataclass(data) and not isinstance(data, type):
        values = {field.name: getattr(data, field.name) for field in fields(data) if field.init}
        return replace(data, **_walk(values, lost, long_words))
    return data


def _clean(text: str, lost: set[str]) -> str:
    if text.isascii() and text.isprintable():
        return text
    text = unicodedata.normalize("NFC", _LINE_ENDS.sub("\n", text))
    text = _VARIATIONS.sub("", _OVERRIDES.sub("", text))
    printed = [_printed(character) for character in text]
    if None in printed:
        lost |= {character for character in text if _printed(character) is None}
    return "".join(BOX if one is None else one for one in printed)


@lru_cache(maxsize=4096)
def _printed(character: str) -> str | None:
    """What stands on paper for a character; None where nothing can."""
    if character in "\n\t" or character in _JOINERS:
        return character
    kind = unicodedata.category(character)
    if kind == "Cc" or (kind == "Cf" and character not in _VISIBLE):
        return ""
    if kind not in ("Cs", "Co", "Cn") and can_print(character):
        return character
    return " " if kind == "Zs" else None


def _with_breaks(word: re.Match[str]) -> str:
    pieces, piece = [], ""
    for character in word[0]:
        if len(piece) >= _PIECE and not unicodedata.combining(character):
            pieces.append(piece)
            piece = ""
        piece += character
        if character in _BREAK_AFTER:
            pieces.append(piece)
            piece = ""
    return BREAK.join([*pieces, piece] if piece else pieces)


@lru_cache(maxsize=1)
def _coverage() -> tuple[list[int], list[int]]:
    ranges = json.loads(_COVERAGE.read_text(encoding="utf-8"))["ranges"]
    return [first for first, _ in ranges], [last for _, last in ranges]
