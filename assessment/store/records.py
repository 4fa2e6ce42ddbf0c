"""What goes into the store and what comes out of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from assessment.method.answers import Answer, FactValue, Trace
from assessment.store.access import Access

Facts = Mapping[str, FactValue | None]
"""Some facts of a use case; None for one that is not given."""


@dataclass(frozen=True)
class QuestionnaireText:
    """The text of a questionnaire, so that a trace is always read with its own.

    `fingerprint` is the SHA-256 of the text, in hexadecimal.
    """

    fingerprint: str
    id: str
    version: str
    text: str


@dataclass(frozen=True)
class StoredResult:
    """What the answers come to: the three levels to list and search by, and the whole record."""

    level: int
    ceiling: int
    evidenced: int
    record: Mapping[str, Any]


Classify = Callable[[Trace], StoredResult]
"""How a result is computed. Called inside the transaction that writes the answer."""

Edit = Callable[[Answer], Answer]
"""What somebody changes about an answer, whatever it has become meanwhile."""


@dataclass(frozen=True)
class StoredTrace:
    """A trace as it stands, with the questionnaire it is answered with. Times are UTC.

    `access` is what the visitor who read it may do with it.
    """

    id: str
    questionnaire: QuestionnaireText
    trace: Trace
    result: StoredResult
    created: datetime
    changed: datetime
    answered_at: Mapping[str, datetime]  # question id -> when its answer last changed
    access: Access = Access.OWN


@dataclass(frozen=True)
class TraceSummary:
    """A line of a list of traces. `answered` counts "we don't know" as an answer.

    `access` is what the visitor may do with it: less than `OWN` where it was shared with them.
    """

    id: str
    name: str
    changed: datetime
    level: int
    ceiling: int
    evidenced: int
    answered: int
    access: Access = Access.OWN


@dataclass(frozen=True)
class DeletedTrace:
    """A trace that was deleted and can still be brought back. `deleted` is when, in UTC."""

    id: str
    name: str
    deleted: datetime


class ChangeKind(StrEnum):
    """What kind of change it was."""

    CREATED = "created"
    FACTS = "facts"
    ANSWER = "answer"


@dataclass(frozen=True)
class Change:
    """One entry of the history.

    Attributes:
        at: When, in UTC.
        kind: What was changed.
        question: The question whose answer changed; None where facts did.
        before: What it was: the answer (empty where there was none), or those facts that changed
            (None for one that was not given; none of them at the creation).
        after: What it became, likewise.
    """

    at: datetime
    kind: ChangeKind
    question: str | None
    before: Answer | Facts
    after: Answer | Facts
