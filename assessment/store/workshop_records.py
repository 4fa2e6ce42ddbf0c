"""What goes into the store of workshops and what comes out of it. Times are UTC."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class Step(StrEnum):
    """Where a workshop is."""

    LOBBY = "lobby"
    GUESS = "guess"
    ANSWER = "answer"
    REVEAL = "reveal"
    RESULT = "result"
    PLAN = "plan"


class Scope(StrEnum):
    """What is asked: the backbone and what can still change the level, or all worth asking."""

    SHORT = "short"
    FULL = "full"


class Pace(StrEnum):
    """Question by question together, or everybody at their own."""

    TOGETHER = "together"
    OWN = "own"


@dataclass(frozen=True)
class WorkshopPlan:
    """What a facilitator chooses beforehand. `functions` are those that people can belong to."""

    functions: tuple[str, ...]
    scope: Scope = Scope.SHORT
    pace: Pace = Pace.TOGETHER
    minutes: int = 45
    is_rehearsal: bool = False


@dataclass(frozen=True)
class Workshop:
    """A workshop as it stands.

    Attributes:
        id: Its id, which opens nothing.
        use_case_id: The trace that it is about.
        code: What people join by; None once it is closed.
        plan: What was chosen beforehand.
        step: Where it is.
        question: The question that the room is at, if it is at one.
        version: Counts every change that a screen shows; a screen with another is behind.
        opened: When it was opened.
        step_since: Since when it is at this step and question.
        paused: Since when it rests; None while it goes on.
        released: Since when participants may fetch the report.
        closed: When it was closed for good.
        summary: What is known of the room since then, beside the counts.
        counted_people: Function -> how many, where people were counted by hand; until the close.
        counted_guesses: Level -> how many guessed it, likewise.
    """

    id: str
    use_case_id: str
    code: str | None
    plan: WorkshopPlan
    step: Step
    question: str | None
    version: int
    opened: datetime
    step_since: datetime
    paused: datetime | None
    released: datetime | None
    closed: datetime | None
    summary: Mapping[str, Any] | None
    counted_people: Mapping[str, int] | None = None
    counted_guesses: Mapping[int, int] | None = None


@dataclass(frozen=True)
class Round:
    """One time that a question was put to the room.

    `hands` holds option -> how many, where hands or forms on paper were counted; they are not shown
    before the round is revealed either. `kept` holds likewise what is left once votes are erased.
    """

    question: str
    number: int
    opened: datetime
    revealed: datetime | None
    hands: Mapping[str, int] | None
    kept: Mapping[str, int] | None


@dataclass(frozen=True)
class Agreement:
    """What the room recorded about a question; `option` is None where it could not agree."""

    question: str
    option: str | None
    reason: str
    minority: str
    at: datetime


@dataclass(frozen=True)
class Attendance:
    """How many are in, and how many have answered; never who or what.

    `present` are those whose phone was heard of lately and who did not leave; `answered` is
    question -> how many of them answered its present round; `guessed` how many of them guessed.
    """

    joined: int
    present: int
    guessed: int
    answered: Mapping[str, int]


@dataclass(frozen=True)
class Participant:
    """What one participant's own phone may know: the workshop and what they said themselves.

    `answers` is question -> (option, comment) in the present rounds; `open` are the questions that
    may be answered now, `revealed` those whose last round was revealed; `rounds` is question -> the
    number of its present round. Who `has_left` is not waited for until they come back.
    """

    workshop: Workshop
    function: str
    guess: int | None
    has_left: bool
    answers: Mapping[str, tuple[str, str]]
    open: tuple[str, ...]
    revealed: tuple[str, ...]
    rounds: Mapping[str, int]


class WorkshopNotFound(LookupError):  # noqa: N818 - it says it all
    """No workshop has this key or code, or nobody joined with this token."""

    def __str__(self) -> str:
        """Say it without repeating what may be anything somebody typed."""
        return "There is no open workshop with this code. Check it with the person at the front."


class NotOpen(ValueError):  # noqa: N818 - it is a state, not a mistake
    """The question cannot be answered now: not asked yet, revealed, paused or closed."""

    def __str__(self) -> str:
        """Say what holds."""
        return "This question is not open now, so your answer was not taken."


class AnotherRound(NotOpen):
    """The room votes on the question again, and the answer belongs to the vote before."""

    def __str__(self) -> str:
        """Say what to do."""
        return (
            "The room votes on this question again, and your answer came from the vote before. It"
            " was not taken: choose once more."
        )


class Full(ValueError):  # noqa: N818 - it is a state, not a mistake
    """As many people are in as a workshop takes."""

    def __str__(self) -> str:
        """Say who can help."""
        return "This workshop is full. Tell the person at the front."


class MovedMeanwhile(ValueError):  # noqa: N818 - it is a state, not a mistake
    """Somebody else moved the workshop on, so that this step would come from the wrong place."""

    def __str__(self) -> str:
        """Say what to do."""
        return "Another facilitator moved the workshop on meanwhile. Look where it is, then go on."
