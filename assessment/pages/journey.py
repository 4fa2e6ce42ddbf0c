"""The way through a trace, part by part: what stands where, what is worth asking, what is next."""

from collections.abc import Iterable
from dataclasses import dataclass

from assessment.method.answers import Trace, applies
from assessment.method.inquiry import Inquiry, inquire
from assessment.method.questionnaire import Question, Questionnaire

ABOUT = "About"
"""The part with the facts. Capitals, since no id in a questionnaire has any."""

FIRST = "First"
"""The part with the backbone questions, from every stage."""


@dataclass(frozen=True)
class Part:
    """A part of the trace.

    Attributes:
        id: A stage's id, `ABOUT` or `FIRST`.
        title: What it is called.
        about: What it is about, in a sentence.
        questions: What is answered already or still worth asking, in the questionnaire's order.
        settled: What nobody has answered and can change the result no more.
        answered: How many of both are answered; "we don't know" is an answer.
        worth: How many are still worth asking.
    """

    id: str
    title: str
    about: str
    questions: tuple[Question, ...]
    settled: tuple[Question, ...]
    answered: int
    worth: int

    @property
    def total(self) -> int:
        """How many questions it has that apply."""
        return len(self.questions) + len(self.settled)


@dataclass(frozen=True)
class Journey:
    """All parts in their order, and where one stands."""

    parts: tuple[Part, ...]
    inquiry: Inquiry

    def at(self, wanted: str | None) -> Part:
        """The part with an id; where there is none such, the first with something to answer."""
        named = next((part for part in self.parts if part.id == wanted), None)
        return named or self.first_open

    @property
    def first_open(self) -> Part:
        """Where to go on: the first part with a question worth asking, else the first of all."""
        return next((part for part in self.parts if part.worth), self.parts[0])

    def next(self, here: Part) -> Part | None:
        """The next part with something worth asking, after this one or else before it.

        None where nothing is left but the result.
        """
        place = self.parts.index(here)
        others = (*self.parts[place + 1 :], *self.parts[:place])
        return next((part for part in others if part.worth), None)

    def back(self, here: Part) -> Part | None:
        """The part before this one; None at the start."""
        place = self.parts.index(here)
        return self.parts[place - 1] if place else None


def plan(questionnaire: Questionnaire, trace: Trace) -> Journey:
    """Lay the questions out in parts.

    Args:
        questionnaire: A questionnaire without contradictions.
        trace: What is known so far.

    Returns:
        The facts, the backbone questions (where there are any), and each stage with a question
        that applies.
    """
    inquiry = inquire(questionnaire, trace)
    about = Part(ABOUT, "The use case", "", (), (), 0, 0)
    backbone = [question for question in questionnaire.backbone if applies(question, trace)]
    parts = [about]
    if backbone:
        parts.append(_part(FIRST, "First questions", "", backbone, trace, inquiry))
    for stage in questionnaire.stages:
        asked = [
            question
            for question in questionnaire.questions
            if question.stage_id == stage.id and applies(question, trace)
        ]
        if asked:
            parts.append(_part(stage.id, stage.title, stage.about or "", asked, trace, inquiry))
    return Journey(tuple(parts), inquiry)


def _part(
    part_id: str,
    title: str,
    about: str,
    asked: Iterable[Question],
    trace: Trace,
    inquiry: Inquiry,
) -> Part:
    asked = tuple(asked)
    upcoming = {question.id for question in inquiry.upcoming}
    answered = {question.id for question in asked if trace.answer(question.id).option is not None}
    shown = tuple(q for q in asked if q.id in upcoming or q.id in answered)
    return Part(
        id=part_id,
        title=title,
        about=about,
        questions=shown,
        settled=tuple(question for question in asked if question not in shown),
        answered=len(answered),
        worth=sum(question.id in upcoming for question in asked),
    )
