"""YAML that keeps line and column, and in which every value stays the text it was written as.

`no`, `12:30`, `1.10` and dates are words here, not truth values, minutes or numbers: whoever
writes a questionnaire means what they wrote. Aliases are refused rather than expanded, so that a
small file cannot grow into a huge one; so are keys written twice, of which YAML keeps the last.
"""

import re
from collections.abc import Iterator
from typing import NoReturn

import yaml

from assessment.files.near_misses import shortened
from assessment.files.positions import (
    DEEPEST,
    Data,
    Lines,
    Positioned,
    Where,
    whole_characters,
)
from assessment.files.problems import START, FileProblems, Position, Problem
from assessment.files.yaml_events import ReadApartError, exact_events, fast_events
from assessment.files.yaml_words import in_plain_words

EMPTY = frozenset({"", "~", "null", "Null", "NULL"})
"""Unquoted, these are no text but nothing."""

UNREADABLE = "\ufffd"
"""Stands for a text that could not be read, so that nothing else is said about it."""

NO_CHARACTER = re.compile(r"\\U(?!000|0010)")
"""A character beyond the last one, U+10FFFF."""

QUOTES = "if it is meant as text, put it in quotes"


def parse_yaml(text: str, path: str) -> Positioned:
    """Read YAML text.

    Args:
        text: The file's content.
        path: How problems name the file.

    Returns:
        Its data with positions. A key written twice counts as it was written first; tags and
        anchors are passed over; both stand in `problems`.

    Raises:
        FileProblems: It is no YAML, is empty, or has parts whose meaning is left out here
            (aliases, merge keys, keys that are no text), or is nested too deeply.
    """
    try:
        return _Reading(text, path, fast_events(text)).read()
    except (FileProblems, ReadApartError):
        return _Reading(text, path, exact_events(text)).read()


class _Reading:
    """One pass over the events of a file."""

    def __init__(self, text: str, path: str, events: Iterator[yaml.Event]) -> None:
        self._path = path
        self._text = text
        self._lines = Lines(text)
        self._positions: dict[Where, Position] = {}
        self._problems: list[Problem] = []
        self._aliases: set[str] = set()
        self._is_complete = True
        self._events = events
        self._ahead: yaml.Event | None = None
        self._reached = 0

    def read(self) -> Positioned:
        try:
            data = self._document()
        except yaml.YAMLError as error:
            offset, what, fix = in_plain_words(error)
            self._stop_at(offset, what, fix)
        except (ValueError, OverflowError):  # PyYAML on \Uffffffff and on absurd %YAML versions
            wrong = NO_CHARACTER.search(self._text, self._reached)
            what = "the character written here with a backslash does not exist"
            self._stop_at(
                self._reached if wrong is None else wrong.start(),
                what,
                "check the number after the backslash",
            )
        if not self._is_complete:
            raise FileProblems(self._problems)
        return Positioned(self._path, data, self._positions, tuple(self._problems))

    def _document(self) -> Data:
        self._take()
        if isinstance(self._take(), yaml.StreamEndEvent):
            raise FileProblems([Problem(self._path, START, "the file is empty", "fill it in")])
        data = self._node(())
        self._take()
        following = self._take()
        if not isinstance(following, yaml.StreamEndEvent):
            self._refuse(
                following,
                "a second document starts here",
                "keep one document a file: take out the line '---', or split the file",
            )
        return data

    def _node(self, where: Where) -> Data:
        event = self._take()
        self._positions.setdefault(where, self._place(event))
        if isinstance(event, yaml.AliasEvent):
            self._refuse_alias(event)
            return None
        self._refuse_decoration(event)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if len(where) >= DEEPEST:
            what = f"this is nested deeper than {DEEPEST} levels"
            self._stop_at(_offset(event), what, "check the brackets and the indentation")
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(where)
        return self._mapping(where)

    def _scalar(self, event: yaml.ScalarEvent) -> str | None:
        if event.style is None and event.value in EMPTY:
            return None
        text = whole_characters(event.value)
        if text is None:
            what = "a character written here with a backslash is none that a text can hold"
            self._refuse(event, what, "write the character itself, or take it out")
            return UNREADABLE
        return text

    def _sequence(self, where: Where) -> Data:
        items: list[Data] = []
        while not isinstance(self._peek(), yaml.SequenceEndEvent):
            items.append(self._node((*where, len(items))))
        self._take()
        return items

    def _mapping(self, where: Where) -> Data:
        entries: dict[str, Data] = {}
        while not isinstance(self._peek(), yaml.MappingEndEvent):
            event = self._peek()
            key = self._key(event)
            if key is None or key in entries:
                if key is not None:
                    self._refuse_repeated(event, key, self._positions[(*where, key)])
                self._aside(where)
                continue
            self._positions[(*where, key)] = self._place(event)
            entries[key] = self._node((*where, key))
        self._take()
        return entries

    def _key(self, event: yaml.Event) -> str | None:
        """Read a key; None, after saying so, where it is none that can be read."""
        if not isinstance(event, yaml.ScalarEvent):
            fix = f"check the brackets; {QUOTES}"
            self._stop_at(_offset(event), "a key must be plain text", fix)
        self._take()
        self._refuse_decoration(event)
        key = whole_characters(event.value)
        if event.style is None and key == "<<":
            what, fix = "'<<' (merge) is not read here", "write the keys out"
        elif not key:
            what, fix = "a key is empty", "write the key in front of the ':'"
        else:
            return key
        self._is_complete = False
        self._refuse(event, what, fix)
        return None

    def _aside(self, where: Where) -> None:
        """Read a node for its problems only."""
        kept, self._positions = self._positions, {}
        self._node((*where, "aside"))
        self._positions = kept

    def _refuse_decoration(self, event: yaml.Event) -> None:
        tag = getattr(event, "tag", None)
        if tag is not None:
            written = shortened(tag.replace("tag:yaml.org,2002:", "!!"))
            self._refuse(
                event, f"'{written}' is a tag; tags are not read", f"take it out; {QUOTES}"
            )
        anchor = getattr(event, "anchor", None)
        if anchor is not None:
            what = f"'&{anchor}' is an anchor; anchors are not read"
            self._refuse(event, what, f"take it out; {QUOTES}")

    def _refuse_alias(self, event: yaml.AliasEvent) -> None:
        """Say once of each name that it is not followed; a bomb has thousands."""
        self._is_complete = False
        name = event.anchor or ""
        if name not in self._aliases:
            self._aliases.add(name)
            what = f"'*{name}' stands for another part of the file; that is not read here"
            self._refuse(event, what, f"write the part out; {QUOTES}")

    def _refuse_repeated(self, event: yaml.Event, key: str, first: Position) -> None:
        what = f"'{shortened(key)}' is written twice (first in line {first.line})"
        self._refuse(event, what, "keep one of the two")

    def _refuse(self, event: yaml.Event, what: str, fix: str) -> None:
        self._problems.append(Problem(self._path, self._place(event), what, fix))

    def _stop_at(self, offset: int, what: str, fix: str) -> NoReturn:
        here = self._lines.position(offset)
        raise FileProblems([*self._problems, Problem(self._path, here, what, fix)])

    def _place(self, event: yaml.Event) -> Position:
        return self._lines.position(_offset(event))

    def _take(self) -> yaml.Event:
        event, self._ahead = self._peek(), None
        return event

    def _peek(self) -> yaml.Event:
        if self._ahead is None:
            self._ahead = next(self._events)
            self._reached = _offset(self._ahead)
        return self._ahead


def _offset(event: yaml.Event) -> int:
    return 0 if event.start_mark is None else event.start_mark.index
