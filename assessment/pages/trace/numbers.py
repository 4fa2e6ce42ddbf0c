"""Numbers as people type them: "about 40", "1,200", "2k"."""

import re

from assessment.files.case_facts import LARGEST_NUMBER

_NUMBER = re.compile(
    r"(?<![\w.,])(-?)(\d{1,3}(?:[,.'’\s]\d{3})+|\d+)(?:\s?(k|thousand)\b)?(?![.,]?\d)",
    re.IGNORECASE,
)
"""Digits, in groups of three or not, perhaps in thousands."""


class NotANumber(ValueError):  # noqa: N818 - it says what it is
    """A text in which there is not one number; `str()` says what to write instead."""


def read_number(text: str) -> int | None:
    """Read the one whole number in a text.

    Args:
        text: What somebody typed.

    Returns:
        The number; None where nothing was typed.

    Raises:
        NotANumber: There is none, there are several, or it is below 0 or too large.
    """
    if not text.strip():
        return None
    found = _NUMBER.findall(text)
    if len(found) != 1 or len(re.findall(r"\d+", text)) != len(re.findall(r"\d+", found[0][1])):
        raise NotANumber(_HOW if not found else f"Write one number. {_HOW}")
    sign, digits, thousands = found[0]
    number = int(re.sub(r"\D", "", digits)) * (1000 if thousands else 1)
    if sign or number > LARGEST_NUMBER:
        raise NotANumber(f"Write a number between 0 and {LARGEST_NUMBER:,}.")
    return number


_HOW = "Write it in digits, such as 40, about 40 or 1,200. A rough number is enough."
