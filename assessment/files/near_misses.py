"""Suggest what an author probably meant to write, and show what they wrote."""

import re
from collections.abc import Iterable
from difflib import get_close_matches

MOST_NAMED = 16
"""So many names are listed in a message; the others are counted."""


UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What steers a terminal or the direction of writing instead of showing something."""


def quoted(names: Iterable[str]) -> str:
    """List names for a reader: `'a', 'b' or 'c'`; a long list ends with how many are left out."""
    choices = [f"'{shortened(name)}'" for name in names]
    if len(choices) > MOST_NAMED:
        return listed(choices)
    if len(choices) < 2:
        return "".join(choices)
    return f"{', '.join(choices[:-1])} or {choices[-1]}"


def listed(names: Iterable[str], most: int = MOST_NAMED) -> str:
    """List names for a reader: `a, b, c and 8 more`."""
    each = tuple(names)
    if len(each) > most:
        return f"{', '.join(each[:most])} and {len(each) - most} more"
    return ", ".join(each)


def closest(name: str, known: Iterable[str]) -> str | None:
    """The known name that looks most like this one; None where nothing comes near.

    Case, and `-`, `_` and blanks in place of each other, do not count as differences.
    """
    by_shape = {_shape(candidate): candidate for candidate in reversed(tuple(known))}
    found = get_close_matches(_shape(name[:80]), by_shape, n=1, cutoff=0.6)
    return by_shape[found[0]] if found else None


def suggestion(name: str, known: Iterable[str]) -> str:
    """The mend for a name that is not known: the near miss, else what there is to choose from."""
    names = tuple(known)
    near = closest(name, names)
    if near is not None:
        return f"did you mean '{near}'?"
    if not names:
        return "take it out; there is nothing here that it could name"
    return f"write {quoted(names)}"


def as_id(text: str) -> str:
    """A text in the shape of an id: small letters, digits, `_`, `-` and `.`."""
    shape = re.sub(r"[^a-z0-9_.-]+", "_", text.lower()).strip("_.-")[:80]
    return shape or "some_name"


def shortened(text: str, limit: int = 60) -> str:
    """One line of a text, as it can stand inside a message and be printed on a terminal."""
    line = UNPRINTABLE.sub("\ufffd", " ".join(text[: 20 * limit].split()))
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def _shape(name: str) -> str:
    return name.strip().casefold().replace("-", "_").replace(" ", "_")
