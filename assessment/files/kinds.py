"""What a file holds, told by its content, also where it is broken."""

import re
from enum import StrEnum

from assessment.files.documents import parse
from assessment.files.export_reader import is_export
from assessment.files.problems import FileProblems

_KEY_OF_A_BLOCK = re.compile(rb"""^["']?(\w+)["']?[ \t]*:""", re.MULTILINE)
_OF_QUESTIONNAIRES = frozenset({"questions", "levels", "stages", "profile"})
_OF_CASES = frozenset({"cases", "use_case", "answers"})


class Kind(StrEnum):
    """What a file can hold."""

    QUESTIONNAIRE = "questionnaire"
    CASES = "cases"
    EXPORT = "export"


def kind_of(content: bytes, path: str) -> Kind:
    """Tell what a file holds; what cannot be told counts as cases, whose reader says what is wrong.

    Args:
        content: The file's bytes.
        path: Its name; one that ends in `.json` is read as JSON.
    """
    if is_export(content):
        return Kind.EXPORT
    keys = _top_keys(content, path)
    is_questionnaire = keys & _OF_QUESTIONNAIRES and not keys & _OF_CASES
    return Kind.QUESTIONNAIRE if is_questionnaire else Kind.CASES


def _top_keys(content: bytes, path: str) -> frozenset[str]:
    """The keys of the outermost mapping; written without brackets, they need no parsing."""
    if not content.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        found = _KEY_OF_A_BLOCK.findall(content.removeprefix(b"\xef\xbb\xbf"))
        return frozenset(key.decode(errors="replace") for key in found)
    try:
        data = parse(content, path).data
    except FileProblems:
        return frozenset()
    return frozenset(data) if isinstance(data, dict) else frozenset()
