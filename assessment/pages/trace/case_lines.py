"""A few recent cases, looked at point by point, as lines of evidence; and back again.

A line reads `Request 1 “June newsletter”: outcome, audience; without constraints`. It is the only
record of what was ticked, so that it can be read, exported and edited like any other evidence.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assessment.method.questionnaire import Check

_WITHOUT = "without "


@dataclass(frozen=True)
class Case:
    """One case that somebody looked at: what they call it, and which points it has."""

    name: str = ""
    ticked: tuple[str, ...] = ()


def write_cases(check: Check, cases: Mapping[int, Case]) -> tuple[str, ...]:
    """Write a line for each case that something was said of.

    Args:
        check: What was looked at.
        cases: The cases by their number, 1 for the first.
    """
    return tuple(
        _line(check, number, case)
        for number, case in sorted(cases.items())
        if case.name.split() or case.ticked
    )


def read_cases(check: Check | None, evidence: Iterable[str]) -> dict[int, Case]:
    """Find the cases among lines of evidence, by their number; of two with one number the first."""
    cases: dict[int, Case] = {}
    for line in evidence:
        found = _read(check, line)
        if found:
            cases.setdefault(*found)
    return cases


def split(check: Check | None, evidence: Iterable[str]) -> tuple[str, ...]:
    """The lines that a form wrote."""
    return _parted(check, evidence)[0]


def others(check: Check | None, evidence: Iterable[str]) -> tuple[str, ...]:
    """The lines that no form wrote; a second line with one number is among them."""
    return _parted(check, evidence)[1]


def _parted(
    check: Check | None, evidence: Iterable[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    by_form: dict[int, str] = {}
    rest: list[str] = []
    for line in evidence:
        found = _read(check, line)
        if found and found[0] not in by_form:
            by_form[found[0]] = line
        else:
            rest.append(line)
    return tuple(line for _, line in sorted(by_form.items())), tuple(rest)


def _line(check: Check, number: int, case: Case) -> str:
    name = " ".join(case.name.split())
    called = f" “{name}”" if name else ""
    return f"{check.of} {number}{called}: {_phrase(check.points, case.ticked)}"


def _phrase(points: Sequence[str], ticked: Iterable[str]) -> str:
    """Say which points are there, and which are not."""
    there = set(ticked)
    has = ", ".join(_small(point) for point in points if point in there)
    lacks = ", ".join(_small(point) for point in points if point not in there)
    return "; ".join(filter(None, [has, f"{_WITHOUT}{lacks}" if lacks else ""]))


def _small(point: str) -> str:
    """A point within a sentence; abbreviations keep their capitals."""
    return point if point[1:2].isupper() else point[:1].lower() + point[1:]


def _read(check: Check | None, line: str) -> tuple[int, Case] | None:
    """Read a line that a form wrote; None for every other."""
    if check is None or not line.startswith(f"{check.of} "):
        return None
    rest = line[len(check.of) + 1 :]
    unnamed = re.fullmatch(r"(\d{1,2}): (.*)", rest)
    named = re.match(r"(\d{1,2}) “", rest)
    number = int((unnamed or named or ["", "0"])[1])
    if not 1 <= number <= check.times:
        return None
    if unnamed:
        ticked = _ticked(check.points, unnamed[2])
        return None if ticked is None else (number, Case("", ticked))
    body = rest[named.end() :] if named else ""
    for end in _places(body, "”: "):
        ticked = _ticked(check.points, body[end + 3 :])
        if ticked is not None:
            return number, Case(body[:end], ticked)
    return None


def _places(text: str, mark: str) -> Iterator[int]:
    """Where a mark stands in a text, the last place first."""
    place = text.rfind(mark)
    while place >= 0:
        yield place
        place = text.rfind(mark, 0, place)


def _ticked(points: Sequence[str], phrase: str) -> tuple[str, ...] | None:
    """Which points a phrase says are there; None where it is no phrase of ours."""
    has, _, _ = phrase.rpartition(_WITHOUT)
    said = has.removesuffix("; ") if _WITHOUT in phrase else phrase
    names = set(said.split(", "))
    ticked = tuple(point for point in points if _small(point) in names)
    return ticked if _phrase(points, ticked) == phrase else None
