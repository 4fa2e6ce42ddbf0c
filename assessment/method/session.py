"""A workshop's own logic: what to ask the room next, and what its agreed answers come to.

What the room agreed on is an answer. What it could not agree on is not known, which is an answer
too. Until then a question stands where the middle of the room puts it.
"""

from collections.abc import Mapping, Sequence

from assessment.method.answers import Answer, FactValue, Trace
from assessment.method.inquiry import inquire
from assessment.method.questionnaire import UNKNOWN, Question, Questionnaire
from assessment.method.room import Ballot, room_trace

Agreed = Mapping[str, str | None]
"""Question id -> the option that the room agreed on, "unknown", or None: it could not agree."""


def agreed_trace(facts: Mapping[str, FactValue], agreed: Agreed) -> Trace:
    """Give the answers that the room agreed on; "not agreed" counts as "we don't know"."""
    return Trace(facts, {question: Answer(o or UNKNOWN) for question, o in agreed.items()})


def working_trace(
    questionnaire: Questionnaire,
    facts: Mapping[str, FactValue],
    ballots: Sequence[Ballot],
    agreed: Agreed,
) -> Trace:
    """Give the answers as far as they are known: agreed, else the middle of the room.

    Args:
        questionnaire: The one that is answered.
        facts: Of the use case.
        ballots: What was said to the questions that were revealed.
        agreed: What was recorded.
    """
    middle = room_trace(questionnaire, facts, ballots)
    return Trace(facts, {**middle.answers, **agreed_trace(facts, agreed).answers})


def next_questions(
    questionnaire: Questionnaire, trace: Trace, is_short: bool
) -> tuple[Question, ...]:
    """Say what is still worth asking the room, in the order of asking.

    Args:
        questionnaire: The one that is answered.
        trace: As far as it is known.
        is_short: Whether only the backbone and what can change the level is asked, else also what
            can change the next step and the gaps.
    """
    inquiry = inquire(questionnaire, trace)
    if not is_short:
        return inquiry.upcoming
    every = (*inquiry.backbone, *inquiry.for_level)
    return tuple({question.id: question for question in every}.values())
