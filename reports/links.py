"""Addresses within a text that somebody typed, so that a page can make links of them."""

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

_ADDRESS = re.compile(r"https?://[^\s<>\"'`{}|\\^\x00-\x20\x7f]+", re.IGNORECASE)
_AFTER = ".,;:!?…”’»"
_PAIRS = {")": "(", "]": "["}


class Piece(NamedTuple):
    """A part of a text; `address` is where it leads, "" where it leads nowhere."""

    text: str
    address: str


def pieces(text: str) -> Iterator[Piece]:
    """Part a text into addresses of the web (http and https only) and what stands between them.

    The pieces put together are the text.
    """
    at = 0
    for match in _ADDRESS.finditer(text):
        address = _without_punctuation(match.group())
        if not _has_host(address):
            continue
        start = match.start()
        if start > at:
            yield Piece(text[at:start], "")
        yield Piece(address, address)
        at = start + len(address)
    if at < len(text):
        yield Piece(text[at:], "")


def _without_punctuation(address: str) -> str:
    """An address at the end of a sentence or within brackets ends before those."""
    while address:
        last = address[-1]
        opening = _PAIRS.get(last)
        if last in _AFTER or (opening and address.count(opening) < address.count(last)):
            address = address[:-1]
        else:
            break
    return address


def _has_host(address: str) -> bool:
    try:
        return bool(urlsplit(address).hostname)
    except ValueError:  # such as brackets that hold no number of the Internet
        return False
