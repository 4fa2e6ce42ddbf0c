"""What a workshop is about: its questionnaire, what the room came to, and the report.

Each is made once and remembered for a moment, since forty phones ask for it in the same second.
"""

import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from threading import Lock
from typing import Generic, TypeVar

from assessment.files.questionnaires import read_questionnaire
from assessment.method.answers import Answer, Trace
from assessment.method.gaps import Result, assess
from assessment.method.questionnaire import NAME_FACT, UNKNOWN, Questionnaire
from assessment.store.database import Database
from assessment.store.errors import TraceNotFound
from assessment.store.phones import Phones
from assessment.store.plans import PlanStore
from assessment.store.records import StoredTrace
from assessment.store.room_accounts import account_of
from assessment.store.traces import TraceStore
from assessment.store.workshop_records import Workshop, WorkshopNotFound
from reports.content import Imprint, Report, write_report
from reports.making import shared_maker

Made = TypeVar("Made")

MOST = 64
"""Workshops that are remembered at a time."""


class Remembered(Generic[Made]):
    """Keeps what was made for some seconds; who comes meanwhile waits for it."""

    def __init__(self, seconds: float, most: int = MOST) -> None:
        self._seconds = seconds
        self._most = most
        self._kept: dict[Hashable, tuple[float, Made]] = {}
        self._locks: dict[Hashable, Lock] = {}
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """Give what is kept under a key, made anew where it is too old."""
        with self._lock:
            own = self._locks.setdefault(key, Lock())
        with own:
            until, kept = self._kept.get(key, (0.0, None))
            if kept is None or time.monotonic() >= until:
                kept = make()
                self._keep(key, kept)
        return kept

    def _keep(self, key: Hashable, made: Made) -> None:
        with self._lock:
            self._kept[key] = (time.monotonic() + self._seconds, made)
            while len(self._kept) > self._most:
                oldest = next(iter(self._kept))
                del self._kept[oldest]
                self._locks.pop(oldest, None)


@dataclass(frozen=True)
class Subject:
    """What participants are told of the trace: what it is called and what is asked."""

    name: str
    questionnaire: Questionnaire


class Subjects:
    """Reads the trace behind a workshop, on behalf of the server and not of a visitor.

    Where the trace is gone, all of them raise `WorkshopNotFound`.
    """

    def __init__(self, database: Database) -> None:
        self._traces = TraceStore(database)
        self._phones = Phones(database)
        self._subjects: Remembered[Subject] = Remembered(10)
        self._reports: Remembered[Report] = Remembered(10)
        self._plans = PlanStore(database)
        self._files: Remembered[bytes] = Remembered(120, most=8)

    def of(self, workshop: Workshop) -> Subject:
        """Say what a workshop is about."""
        return self._subjects.get(workshop.use_case_id, lambda: self._read(workshop))

    def report(self, workshop: Workshop) -> Report:
        """Put into words what the room came to: the trace with what was agreed."""
        return self._reports.get((workshop.id, workshop.version), lambda: self._write(workshop))

    def file(self, workshop: Workshop, kind: str) -> bytes:
        """Make the report that participants fetch, with what the room said.

        Args:
            workshop: Which.
            kind: One of those that `reports.making` knows.

        Raises:
            NotMadeError: It cannot be made.
        """
        key = (workshop.id, workshop.version, kind)
        return self._files.get(key, lambda: self._make(workshop, kind))

    def _load(self, workshop: Workshop) -> StoredTrace:
        try:
            return self._traces.load(workshop.use_case_id)
        except TraceNotFound:
            raise WorkshopNotFound("trace") from None

    def _read(self, workshop: Workshop) -> Subject:
        stored = self._load(workshop)
        name = str(stored.trace.facts.get(NAME_FACT) or "")
        return Subject(name, _questionnaire(stored))

    def _write(self, workshop: Workshop) -> Report:
        stored = self._load(workshop)
        agreed = {one.question: one.option or UNKNOWN for one in self._phones.agreed(workshop.id)}
        result = _result(_questionnaire(stored), stored.trace, agreed)
        return write_report(result, _imprint(stored))

    def _make(self, workshop: Workshop, kind: str) -> bytes:
        stored, held = self._load(workshop), self._phones.held(workshop)
        questionnaire = _questionnaire(stored)
        agreed = {one.question: one.option or UNKNOWN for one in held.agreements}
        result = _result(questionnaire, stored.trace, agreed)
        account = account_of(held, questionnaire, stored.trace.facts)
        report = write_report(result, _imprint(stored), self._plans.plan(stored.id), account)
        return shared_maker().make(kind, report, datetime.now(UTC))


def _imprint(stored: StoredTrace) -> Imprint:
    return Imprint(stored.id, stored.questionnaire.fingerprint, stored.changed)


def _questionnaire(stored: StoredTrace) -> Questionnaire:
    text = stored.questionnaire
    return read_questionnaire(text.text, f"{text.id} {text.version}").questionnaire


def _result(questionnaire: Questionnaire, trace: Trace, agreed: dict[str, str]) -> Result:
    """What was agreed stands in place of what the trace said; not agreed counts as unknown."""
    over = {
        question: Answer(option)
        for question, option in agreed.items()
        if trace.answer(question).option != option and _is_answer(questionnaire, question, option)
    }
    return assess(questionnaire, replace(trace, answers={**trace.answers, **over}))


def _is_answer(questionnaire: Questionnaire, question: str, option: str) -> bool:
    asked = questionnaire.by_id.get(question)
    return asked is not None and (option == UNKNOWN or option in asked.options)
