"""Fit text into a given width, measured with the advance widths of the report's own typeface.

Kerning is left out; it only ever makes a line a little narrower. Characters that the typeface does
not have count as a full square, which is what the widest scripts need.
"""

import json
import re
import unicodedata
from functools import lru_cache
from pathlib import Path

ELLIPSIS = "…"

_WIDTHS = Path(__file__).parents[1] / "fonts" / "widths.json"
_SQUARE = 1000
_PICTOGRAPH = 1400
_FIRST_PICTOGRAPH = 0x1F000
_LONGEST = 600  # no picture has room for more; the rest of a text is cut before it is measured
_UNSEEN = re.compile("[\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]")


def clean(text: str) -> str:
    """Make one line of a text: white space joined, and nothing that XML or a reader cannot take."""
    if text.isascii() and text.isprintable():
        return " ".join(text[:_LONGEST].split())
    kept = (c for c in text[:_LONGEST] if c.isspace() or unicodedata.category(c) not in _REFUSED)
    return " ".join(_UNSEEN.sub("", "".join(kept)).split())


_REFUSED = frozenset({"Cc", "Cs", "Cn", "Co"})


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Tell how wide a line is, in the unit of `size`."""
    table = _table("semibold" if bold else "regular")
    return sum(table.get(c) or _other(c) for c in text) * size / 1000


def shorten(text: str, size: float, room: float, *, bold: bool = False) -> str:
    """Cut a text so that it fits, with an ellipsis where something is left out."""
    text = clean(text)
    if width(text, size, bold=bold) <= room:
        return text
    kept, _ = _split(text, size, room - width(ELLIPSIS, size, bold=bold), bold=bold)
    short = kept.rstrip(" ,;:·") + ELLIPSIS
    return short if width(short, size, bold=bold) <= room else ELLIPSIS


def wrap(text: str, size: float, room: float, lines: int, *, bold: bool = False) -> tuple[str, ...]:
    """Break a text into at most so many lines that fit; the last one is shortened if it must be.

    Args:
        text: Any text.
        size: The type size.
        room: The width of a line, in the same unit.
        lines: How many lines there may be.
        bold: Whether it is set in the semibold face.

    Returns:
        The lines; none for an empty text.
    """
    words = clean(text).split(" ")
    found: list[str] = []
    while words and len(found) < lines - 1:
        line = words.pop(0)
        if width(line, size, bold=bold) > room:
            line, rest = _split(line, size, room, bold=bold)
            words.insert(0, rest)
        else:
            while words and width(f"{line} {words[0]}", size, bold=bold) <= room:
                line += f" {words.pop(0)}"
        found.append(line)
    if words:
        found.append(shorten(" ".join(words), size, room, bold=bold))
    return tuple(line for line in found if line)


def _split(word: str, size: float, room: float, *, bold: bool) -> tuple[str, str]:
    """The part of a text that fits, at least one character, and the rest."""
    taken = 0.0
    for end, character in enumerate(word):
        taken += width(character, size, bold=bold)
        if taken > room and end > 0:
            return word[:end], word[end:]
    return word, ""


def _other(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return _PICTOGRAPH if ord(character) >= _FIRST_PICTOGRAPH else _SQUARE


@lru_cache(maxsize=2)
def _table(face: str) -> dict[str, int]:
    groups = json.loads(_WIDTHS.read_text(encoding="utf-8"))[face]
    return {c: int(wide) for wide, characters in groups.items() for c in characters}
