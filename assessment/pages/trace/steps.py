"""The way through a trace as steps: one question at a time, or one part at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from assessment.method.questionnaire import Question
from assessment.pages.trace.journey import ABOUT, FIRST, PAUSE, Journey, Part
from assessment.pages.trace.view import Way


@dataclass(frozen=True)
class Step:
    """One screen of the trace.

    Attributes:
        part: The part it belongs to.
        question: The one question that it asks; None for a whole part, the facts and the pause.
        place: Which of its part's questions it is, 1 for the first; 0 without a question.
        is_open: Whether something in it is worth asking.
        is_settled: Whether its question can change the result no more and nobody has answered it.
    """

    part: Part
    question: Question | None = None
    place: int = 0
    is_open: bool = False
    is_settled: bool = False

    @property
    def id(self) -> str:
        """What tells it from all others."""
        return f"{self.part.id}/{self.question.id}" if self.question else self.part.id

    @property
    def address(self) -> tuple[str, str | None]:
        """Part and question in the page's address."""
        return self.part.id, self.question.id if self.question else None


@dataclass(frozen=True)
class Walk:
    """All steps in their order.

    Attributes:
        journey: The parts.
        every: Each step, those whose question is settled among them.
    """

    journey: Journey
    every: tuple[Step, ...]

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The steps that one comes by."""
        return tuple(step for step in self.every if not step.is_settled)

    def at(self, part: str | None, question: str | None) -> Step:
        """The step in an address, which may say anything.

        A question is found by its id alone, also a settled one; where there is none such, the part
        counts; where there is none such either, the first step with something to answer.
        """
        if question is not None:
            found = [step for step in self.every if _asks(step, question)]
            if found:
                return next((step for step in found if step.part.id == part), found[0])
        here = [step for step in self.every if step.part.id == part]
        here = [step for step in here if not step.is_settled] or here
        opened = next((step for step in here if step.is_open), None)
        return opened or next(iter(here), None) or self.first_open

    @property
    def first_open(self) -> Step:
        """Where to go on: the first step worth asking, else the first of all."""
        return next((step for step in self.steps if step.is_open), self.steps[0])

    def next(self, here: Step) -> Step | None:
        """The next step worth asking, after this one or else before it.

        Whoever leaves the first questions comes by the pause. None where nothing is left but the
        result.
        """
        place = self.every.index(here)
        others = (*self.every[place + 1 :], *self.every[:place])
        following = next((step for step in others if step.is_open), None)
        if here.part.id == FIRST and (following is None or following.part.id != FIRST):
            return next(step for step in self.every if step.part.id == PAUSE)
        return following

    def back(self, here: Step) -> Step | None:
        """The step before this one; None at the start."""
        before = self.every[: self.every.index(here)]
        return next((step for step in reversed(before) if not step.is_settled), None)

    def count_in(self, part: Part) -> int:
        """How many questions of a part one comes by."""
        return sum(step.part is part and step.question is not None for step in self.steps)


def walk(journey: Journey, way: Way) -> Walk:
    """Lay the steps out.

    Args:
        journey: The parts of the trace.
        way: One question at a time, where each is asked once; or one part at a time.
    """
    if way == "parts":
        return Walk(journey, tuple(Step(part, is_open=part.worth > 0) for part in journey.parts))
    return Walk(journey, tuple(_one_by_one(journey)))


def _one_by_one(journey: Journey) -> Iterator[Step]:
    upcoming = {question.id for question in journey.inquiry.upcoming}
    asked_before: set[str] = set()
    for part in journey.parts:
        if part.id in (ABOUT, PAUSE):
            yield Step(part)
            continue
        place = 0
        settled = {question.id for question in part.settled}
        for question in part.every:
            if question.id in asked_before:
                continue
            asked_before.add(question.id)
            place += question.id not in settled
            yield Step(
                part, question, place, question.id in upcoming, is_settled=question.id in settled
            )


def _asks(step: Step, question: str) -> bool:
    if step.question is not None:
        return step.question.id == question
    return any(one.id == question for one in step.part.every)
