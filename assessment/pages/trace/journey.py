"""The parts of a trace: what stands where, what is answered, what is worth asking."""

from collections.abc import Iterable
from dataclasses import dataclass

from assessment.method.answers import Trace, applies
from assessment.method.inquiry import Inquiry, inquire
from assessment.method.questionnaire import Question, Questionnaire

ABOUT = "About"
"""The part with the facts. Capitals, since no id in a questionnaire has any."""

FIRST = "First"
"""The part with the backbone questions, from every stage."""

PAUSE = "Pause"
"""The part after the backbone: how far it got, and the ways on."""


@dataclass(frozen=True)
class Part:
    """A part of the trace.

    Attributes:
        id: A stage's id, `ABOUT`, `FIRST` or `PAUSE`.
        title: What it is called.
        about: What it is about, in a sentence.
        questions: What is answered already or still worth asking, in the questionnaire's order.
        settled: What nobody has answered and can change the result no more.
        every: Both, in the questionnaire's order.
        answered: How many of both are answered; "we don't know" is an answer.
        worth: How many are still worth asking.
    """

    id: str
    title: str
    about: str
    questions: tuple[Question, ...]
    settled: tuple[Question, ...]
    every: tuple[Question, ...]
    answered: int
    worth: int

    @property
    def total(self) -> int:
        """How many questions it has that apply."""
        return len(self.every)


@dataclass(frozen=True)
class Journey:
    """All parts in their order.

    Attributes:
        parts: The parts.
        inquiry: What is still worth asking.
        answered: How many questions that apply are answered; "we don't know" is an answer.
    """

    parts: tuple[Part, ...]
    inquiry: Inquiry
    answered: int

    @property
    def left(self) -> int:
        """How many questions can still change the result."""
        return len(self.inquiry.upcoming)


def plan(questionnaire: Questionnaire, trace: Trace) -> Journey:
    """Lay the questions out in parts.

    Args:
        questionnaire: A questionnaire without contradictions.
        trace: What is known so far.

    Returns:
        The facts, the backbone questions and the pause after them (where there are any), and each
        stage with a question that applies.
    """
    inquiry = inquire(questionnaire, trace)
    about = Part(ABOUT, "The use case", "", (), (), (), 0, 0)
    backbone = [question for question in questionnaire.backbone if applies(question, trace)]
    parts = [about]
    if backbone:
        parts.append(_part(FIRST, "First questions", "", backbone, trace, inquiry))
        parts.append(Part(PAUSE, "So far", "", (), (), (), 0, 0))
    answered = 0
    for stage in questionnaire.stages:
        asked = [
            question
            for question in questionnaire.questions
            if question.stage_id == stage.id and applies(question, trace)
        ]
        if asked:
            part = _part(stage.id, stage.title, stage.about or "", asked, trace, inquiry)
            parts.append(part)
            answered += part.answered
    return Journey(tuple(parts), inquiry, answered)


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
        settled=tuple(q for q in asked if q.id not in upcoming and q.id not in answered),
        every=asked,
        answered=len(answered),
        worth=sum(question.id in upcoming for question in asked),
    )
