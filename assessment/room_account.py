"""What a workshop leaves behind, in counts: data that the database, files and reports share.

Nothing in it ties an answer to a person. Fewer than three people are never told apart, and an
account that does so cannot be made. Source: the workshop protocol, in the guide for facilitators.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from assessment.method.room import FEWEST


@dataclass(frozen=True)
class Recorded:
    """What the room agreed on about a question; `option` is None where it could not agree."""

    option: str | None
    reason: str = ""
    minority: str = ""


@dataclass(frozen=True)
class AskedQuestion:
    """A question that was revealed to the room.

    Attributes:
        question: Its id.
        rounds: How many times the room answered it; the counts are those of the last.
        counts: Option or "unknown" -> how many; None where fewer than three answered.
        by_hand: Whether hands, or forms on paper, were counted.
        recorded: What was recorded about it, if anything was.
    """

    question: str
    rounds: int
    counts: Mapping[str, int] | None
    by_hand: bool = False
    recorded: Recorded | None = None


@dataclass(frozen=True)
class Group:
    """How many people of a function were there."""

    function: str
    people: int


@dataclass(frozen=True)
class FunctionLevel:
    """The interval that the middle answers of a function come to."""

    function: str
    people: int
    level: int
    ceiling: int


@dataclass(frozen=True)
class RoomAccount:
    """A workshop in counts.

    Attributes:
        day: On which it was opened.
        minutes: For how long it was planned.
        scope: "short" or "full", as its plan says.
        pace: "together" or "own".
        is_rehearsal: Whether all people in it were simulated.
        people: How many joined by phone, or were counted in the room; None where one or two were.
        groups: The functions that may be shown apart, the largest first.
        guesses: How many guessed each level, level 1 first; empty where fewer than three guessed.
        questions: What was asked and revealed, in the questionnaire's order.
        functions: What the use case looks like to each function that may be shown.
        splits: The ids of the questions that put those functions on different sides of a mark.
        people_by_hand: Whether people were counted in the room, not by their phones.
        guesses_by_hand: Whether hands were counted for the guesses.

    Raises:
        ValueError: It shows fewer than three people apart.
    """

    day: date
    minutes: int
    scope: str
    pace: str
    is_rehearsal: bool
    people: int | None
    groups: tuple[Group, ...] = ()
    guesses: tuple[int, ...] = ()
    questions: tuple[AskedQuestion, ...] = ()
    functions: tuple[FunctionLevel, ...] = ()
    splits: tuple[str, ...] = ()
    people_by_hand: bool = False
    guesses_by_hand: bool = False

    def __post_init__(self) -> None:
        if not _is_shareable(self):
            raise ValueError("fewer than three people are never shown apart")

    @property
    def others(self) -> int:
        """How many are of none of the functions that are shown apart."""
        return (self.people or 0) - sum(group.people for group in self.groups)


def _is_shareable(account: RoomAccount) -> bool:
    counted = [sum(q.counts.values()) for q in account.questions if q.counts is not None]
    shown = [group.people for group in account.groups]
    shown += [view.people for view in account.functions]
    may_be_none = [account.people or 0, account.others, sum(account.guesses)]
    return all(people >= FEWEST for people in (*counted, *shown)) and all(
        people == 0 or people >= FEWEST for people in may_be_none
    )
