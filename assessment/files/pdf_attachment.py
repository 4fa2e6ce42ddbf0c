"""The export that a report as PDF carries, out of a file that may be anything."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import NoReturn

from assessment.files.export import LARGEST_EXPORT
from assessment.files.export_reader import is_export
from assessment.files.problems import START, FileProblems, Problem

LARGEST_PDF = 32 * 2**20
"""In bytes. A report with every note at its longest, and its data, stays below it."""

MOST_ATTACHMENTS = 20
"""So many are looked at. A report carries one."""

_START = b"%PDF-"
_WITHIN = 1024
"""The first bytes of a PDF, in which readers look for its sign."""


def is_pdf(content: bytes) -> bool:
    """Tell a PDF, whole or broken, from any other file."""
    return _START in content[:_WITHIN]


def export_within(content: bytes, path: str) -> bytes:
    """Take the export out of a PDF.

    Args:
        content: The PDF's bytes.
        path: How problems name the file.

    Returns:
        The first attachment that is an export, as it is; nothing in it has been looked at.

    Raises:
        FileProblems: There is none, or the PDF cannot be read.
    """
    if len(content) > LARGEST_PDF:
        most = LARGEST_PDF // 2**20
        _refuse(path, f"this PDF is larger than {most} MiB", "name a report that this program made")
    try:
        with _quiet():
            found = next((one for one in _attachments(content) if is_export(one)), None)
    except _EncryptedError:
        what, fix = "this PDF is protected with a password", "save a copy without protection first"
        _refuse(path, what, fix)
    except Exception:  # noqa: BLE001 - a broken PDF breaks its reader in every way there is
        _refuse(path, "this PDF is damaged and cannot be read", "take an untouched copy")
    if found is None:
        what = "this PDF carries no data to check"
        fix = "name the JSON export, or make the PDF again with 'report --pdf OUT --with-data'"
        _refuse(path, what, fix)
    return found


class _EncryptedError(Exception):
    pass


def _attachments(content: bytes) -> Iterator[bytes]:
    from pypdf import PdfReader  # noqa: PLC0415 - only who hands over a PDF waits for its reader

    reader = PdfReader(BytesIO(content))
    if reader.is_encrypted:
        raise _EncryptedError
    for _, attachment in zip(range(MOST_ATTACHMENTS), reader.attachment_list, strict=False):
        inside = attachment.content
        if len(inside) <= LARGEST_EXPORT:
            yield inside


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the reader's own remarks about a broken file off the terminal."""
    logger, nowhere = logging.getLogger("pypdf"), logging.NullHandler()
    before, logger.propagate = logger.propagate, False
    logger.addHandler(nowhere)
    try:
        yield
    finally:
        logger.propagate = before
        logger.removeHandler(nowhere)


def _refuse(path: str, what: str, fix: str) -> NoReturn:
    raise FileProblems([Problem(path, START, what, fix)])
