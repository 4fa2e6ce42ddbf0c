"""What people took on about a trace: data that the database, files and reports share."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType


@dataclass(frozen=True)
class Terms:
    """Who does it, by which day, and what else was said about it. All may be changed later."""

    owner: str
    due: date | None = None
    note: str = ""


@dataclass(frozen=True)
class Action:
    """Something that somebody took on: to bring a question's answer to a mark, or to find it out.

    Attributes:
        question: The question's id.
        mark: The option that its answer should come to.
        words: What was to be done, as it read when it was taken on.
        terms: Who, by when, and a note.
        taken: When it was taken on, in UTC.
        outcome: Label -> what was written down when it was done.
        done: When it was ticked off, in UTC; None while it is not.
    """

    question: str
    mark: str
    words: str
    terms: Terms
    taken: datetime
    outcome: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    done: datetime | None = None

    def is_due(self, by: date) -> bool:
        """Whether it is not done, and should be by that day."""
        return self.done is None and self.terms.due is not None and self.terms.due <= by


@dataclass(frozen=True)
class Plan:
    """What was taken on, the first first, and the target: a level, None where nobody chose one."""

    actions: tuple[Action, ...] = ()
    target: int | None = None


NO_PLAN = Plan()
