"""Two records of one trace, side by side: what reads otherwise, and nothing where they agree."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

NEXT_STEP = "next_step"
GAPS = "gaps"


@dataclass(frozen=True)
class Difference:
    """One thing that two records say differently.

    Attributes:
        part: The key of the record that it stands under.
        subject: The question, stage, pattern, item or level it is about; empty for a part that is
            compared as a whole.
        before: What the first record says, as plain data; None where it says nothing.
        after: What the second one says, likewise.
    """

    part: str
    subject: str
    before: Any
    after: Any


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Difference, ...]:
    """Compare two records.

    Args:
        before: A record as `record` makes it, or what a file holds in its place: of any shape,
            and with numbers as texts.
        after: A record as `record` makes it.

    Returns:
        The differences in the order of the second record, those of a part beside one another. A
        part of which the order alone differs is one difference, as a whole.
    """
    found: list[Difference] = []
    for part in dict.fromkeys((*after, *before)):
        old, new = before.get(part), after.get(part)
        if _as_text(old) != _as_text(new):
            inside = list(_inside(part, old, new))
            found.extend(inside or [Difference(part, "", old, new)])
    return tuple(found)


def _inside(part: str, old: Any, new: Any) -> Iterator[Difference]:
    """What differs piece by piece; nothing where the pieces cannot be told or are the same."""
    if part == NEXT_STEP:
        return
    first, second = _pieces(part, old), _pieces(part, new)
    if first is None or second is None:
        return
    for subject in dict.fromkeys((*second, *first)):
        one, other = first.get(subject), second.get(subject)
        if _as_text(one) != _as_text(other):
            yield Difference(part, subject, one, other)


def _pieces(part: str, value: Any) -> dict[str, Any] | None:
    """A part's pieces by what they are about; None where it has not the shape for that."""
    if isinstance(value, Mapping) and part != GAPS:
        return {str(subject): said for subject, said in value.items()}
    if not isinstance(value, list):
        return None
    pairs = [_gap(item) if part == GAPS else _named(item) for item in value]
    pieces = dict(pair for pair in pairs if pair is not None)
    return pieces if len(pieces) == len(value) else None


def _named(item: Any) -> tuple[str, Any] | None:
    return (str(item), item) if isinstance(item, (str, int)) else None


def _gap(item: Any) -> tuple[str, Any] | None:
    if not isinstance(item, Mapping) or not isinstance(item.get("question"), str):
        return None
    return item["question"], {key: said for key, said in item.items() if key != "question"}


def _as_text(value: Any) -> Any:
    """The same data with every number as text, as files are read."""
    if isinstance(value, Mapping):
        return {str(key): _as_text(said) for key, said in value.items()}
    if isinstance(value, (list, tuple)):
        return [_as_text(item) for item in value]
    return value if value is None else str(value)
