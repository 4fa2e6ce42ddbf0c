"""The workshop in the address, with everything that its screens show; read once a run."""

from collections.abc import Container
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

import streamlit as st

from assessment.files.questionnaires import ReadQuestionnaire, read_questionnaire
from assessment.method.answers import Trace
from assessment.method.engine import Standing, classify
from assessment.method.gaps import Result, assess
from assessment.method.questionnaire import NAME_FACT, Question, Questionnaire
from assessment.method.room import Ballot, Revealed, Spread, reveal, spread
from assessment.method.session import next_questions, working_trace
from assessment.pages import current
from assessment.pages.workshop import overdue
from assessment.room_account import RoomAccount
from assessment.store.plans import PlanStore
from assessment.store.records import StoredTrace
from assessment.store.room import RoomStore
from assessment.store.room_accounts import Held, account_of
from assessment.store.traces import TraceStore
from assessment.store.workshop_records import Agreement, Attendance, Round, Scope, Step, Workshop
from assessment.store.workshops import WorkshopStore
from assessment.taken_on import Plan
from reports.content import Imprint, Report, write_report
from reports.room.words import spread_of

KEY = "w"
"""The name of the facilitators' secret in the address; the address is the only memory."""


@dataclass(frozen=True)
class Running:
    """A workshop and what is known of the room, as far as it may be known."""

    key: str
    workshop: Workshop
    stored: StoredTrace
    read: ReadQuestionnaire
    rounds: tuple[Round, ...]
    agreements: tuple[Agreement, ...]
    ballots: tuple[Ballot, ...]

    @property
    def questionnaire(self) -> Questionnaire:
        """The one that the room answers."""
        return self.read.questionnaire

    @property
    def name(self) -> str:
        """What people call the use case."""
        return str(self.stored.trace.facts.get(NAME_FACT) or current.UNNAMED)

    @property
    def question(self) -> Question | None:
        """The question that the room is at."""
        return self.questionnaire.by_id.get(self.workshop.question or "")

    @cached_property
    def agreed(self) -> dict[str, Agreement]:
        """What was recorded, by question."""
        return {one.question: one for one in self.agreements}

    @cached_property
    def last(self) -> dict[str, Round]:
        """The last round of each question that was put to the room."""
        return {one.question: one for one in sorted(self.rounds, key=lambda one: one.number)}

    @cached_property
    def trace(self) -> Trace:
        """The answers as far as they are known: agreed, else the middle of the room."""
        agreed = {question: one.option for question, one in self.agreed.items()}
        return working_trace(self.questionnaire, self.stored.trace.facts, self.all_ballots, agreed)

    @cached_property
    def all_ballots(self) -> tuple[Ballot, ...]:
        """What was said by phone and by hands that were revealed; hands belong to no function.

        Where hands were counted, they count instead of what phones said to the question.
        """
        shown = {q: one.hands for q, one in self.last.items() if one.revealed and one.hands}
        hands = [
            Ballot("", {question: option})
            for question, counted in shown.items()
            for option, number in counted.items()
            for _ in range(number)
        ]
        return (*(_without(ballot, shown) for ballot in self.ballots), *hands)

    @cached_property
    def standing(self) -> Standing:
        """Where the use case stands as the room sees it so far."""
        return classify(self.questionnaire, self.trace)

    @property
    def result(self) -> Result:
        """Everything the method says of the answers that were agreed."""
        return assess(self.questionnaire, self.stored.trace)

    @cached_property
    def report(self) -> Report:
        """The same in words, with what was taken on."""
        return write_report(self.result, self._imprint, self.plan)

    @cached_property
    def room_report(self) -> Report:
        """The same with what the room said, to take home."""
        return write_report(self.result, self._imprint, self.plan, self.account)

    @cached_property
    def plan(self) -> Plan:
        """What was taken on."""
        return PlanStore(current.database()).plan(self.stored.id)

    @cached_property
    def account(self) -> RoomAccount:
        """What the workshop leaves behind, in counts."""
        held = Held(self.workshop, self.rounds, self.agreements, self.ballots)
        return account_of(held, self.questionnaire, self.stored.trace.facts)

    @property
    def _imprint(self) -> Imprint:
        return Imprint(self.stored.id, self.read.fingerprint, self.stored.changed)

    @cached_property
    def revealed(self) -> tuple[Revealed, ...]:
        """What the room has seen, the most useful to talk about first."""
        return reveal(self.questionnaire, self.stored.trace.facts, self.all_ballots)

    @cached_property
    def to_ask(self) -> tuple[Question, ...]:
        """What is still worth asking the room, in the order of asking."""
        is_short = self.workshop.plan.scope is Scope.SHORT
        asked = next_questions(self.questionnaire, self.trace, is_short)
        return tuple(question for question in asked if question.id not in self.agreed)

    def spread(self, question: Question) -> Spread:
        """How the room answered a question whose last round was revealed."""
        last = self.last.get(question.id)
        counts = (last.kept or last.hands) if last else None
        return spread_of(question, counts) if counts else spread(question, self.all_ballots)


def _without(ballot: Ballot, questions: Container[str]) -> Ballot:
    kept = {q: option for q, option in ballot.answers.items() if q not in questions}
    return replace(ballot, answers=kept)


def key() -> str | None:
    """The facilitators' secret in the address, which may be anything somebody typed."""
    return st.query_params.get(KEY) or None


def workshops() -> WorkshopStore:
    """The workshops of whoever looks at the pages."""
    return WorkshopStore(current.database(), current.visitor())


def said() -> RoomStore:
    """What rooms said."""
    return RoomStore(current.database())


def traces() -> TraceStore:
    """The traces behind workshops. Who holds a workshop's key may work on its trace."""
    return TraceStore(current.database())


def load(secret: str) -> Running:
    """Read a workshop with all that its screens show.

    Raises:
        WorkshopNotFound: There is none with this key.
        TraceNotFound: Its trace was deleted.
        StoreUnavailable: The database cannot be used.
    """
    overdue.watching(current.database()).glance(current.now())
    workshop, room = workshops().load(secret), said()
    stored = traces().load(workshop.use_case_id)
    text = stored.questionnaire
    return Running(
        key=secret,
        workshop=workshop,
        stored=stored,
        read=read_questionnaire(text.text, f"{text.id} {text.version}"),
        rounds=room.rounds(secret),
        agreements=room.agreed(secret),
        ballots=room.ballots(secret),
    )


def follow(secret: str, before: Running | None) -> Running:
    """Read a workshop again, and only as much as has changed since; raises as `load`.

    What was taken on is not the workshop's own, so it is looked up where it shows.
    """
    overdue.watching(current.database()).glance(current.now())
    at = workshops().load(secret)
    is_same = before is not None and before.key == secret and before.workshop == at
    if before is not None and is_same and at.step is not Step.PLAN:
        return before
    return load(secret)


def attendance(secret: str, now: datetime) -> Attendance:
    """Count who is in and who has answered."""
    return said().attendance(secret, now)
