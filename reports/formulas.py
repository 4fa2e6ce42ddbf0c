"""Keeping spreadsheets from running what somebody wrote as a formula.

Quotes around a cell do not help: `"=1+1"` is computed as well. OWASP, "CSV Injection".
"""

import unicodedata

from assessment.files.export_texts import whole

_STARTS = frozenset("=+-@")
_BREAKS = frozenset("\t\r\n")
_INVISIBLE = frozenset(("Cc", "Cf", "Mn", "Me", "Zs", "Zl", "Zp"))


def guarded(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would run.

    Looks behind everything that does not show, and at full-width forms as well. NUL goes, and half
    a character becomes the replacement character.
    """
    clean = whole(text)
    return f"'{clean}" if _would_run(clean) else clean


def _would_run(text: str) -> bool:
    for character in text:
        if character in _BREAKS:
            return True
        if unicodedata.category(character) not in _INVISIBLE:
            return unicodedata.normalize("NFKC", character)[:1] in _STARTS
    return False
