"""The short code by which people join a workshop: making one, and reading what somebody typed."""

import secrets
import unicodedata
from itertools import product

SIGNS = "23456789CDFHJKMNPQRTVWX"
"""Digits and letters without vowels, which make no words, and only one of each look-alike pair."""

LENGTH = 6
"""23^6 are 148 million codes."""

LONGEST_TYPED = 64
"""Characters; what is longer is no code."""

MOST_READINGS = 64

_READS_AS = {"B": "8", "S": "5", "Z": "2", "G": "6", "O": "Q", "0": "Q", "U": "V", "Y": "V"}
"""What is not among the signs, and which sign it can be taken for."""


def make_code() -> str:
    """Make a code such as `KH7QWX`; it may be taken, then make another."""
    return "".join(secrets.choice(SIGNS) for _ in range(LENGTH))


def readings(typed: str) -> tuple[str, ...]:
    """Say which codes somebody may have meant, the likeliest first.

    Small letters, spaces, dashes and look-alikes make no difference.

    Args:
        typed: What came from a field or an address, which may be anything.

    Returns:
        At most `MOST_READINGS`; none where it can be no code at all.
    """
    if len(typed) > LONGEST_TYPED:
        return ()
    folded = unicodedata.normalize("NFKC", typed).upper()
    plain = "".join(c for c in folded if c.isascii() and c.isalnum())
    rest = (c for c in folded if not (c.isascii() and c.isalnum()))
    if len(plain) != LENGTH or not all(_is_between(c) for c in rest):
        return ()
    choices = [dict.fromkeys((c, _READS_AS.get(c, c))) for c in plain]
    found = product(*choices)
    return tuple("".join(signs) for signs, _ in zip(found, range(MOST_READINGS), strict=False))


def _is_between(sign: str) -> bool:
    """Whether a sign may stand between others without meaning anything."""
    return sign.isspace() or unicodedata.category(sign) in ("Pd", "Po", "Pc", "Cf")
