"""A plan beside a result: what has become of what was taken on, and what a target needs.

Nothing here changes what the method says of a trace.
"""

from enum import StrEnum

from assessment.method.engine import State, state_of
from assessment.method.gaps import Gap, Kind, Reason, Result
from assessment.method.questionnaire import Requirement


class Outlook(StrEnum):
    """What has become of the gap that an action is about."""

    SHORT = "short"
    CLOSED = "closed"
    NOT_APPLICABLE = "not_applicable"
    NOT_ASKED_ANY_MORE = "not_asked_any_more"


def outlook(question: str, mark: str, result: Result) -> Outlook:
    """Say whether there is still something to do to bring a question's answer to a mark."""
    asked = result.questionnaire.by_id.get(question)
    if asked is None or mark not in asked.options:
        return Outlook.NOT_ASKED_ANY_MORE
    wanted = Requirement(question=question, at_least=mark)
    state = state_of(result.questionnaire, result.trace, wanted)
    if state is State.NOT_APPLICABLE:
        return Outlook.NOT_APPLICABLE
    return Outlook.CLOSED if state is State.MET else Outlook.SHORT


def aim(result: Result, target: int | None) -> int:
    """The level that is worked towards: the target, one level up where nobody chose one.

    A target that was left behind meanwhile counts as the level that is there.
    """
    level, top = result.standing.level, result.questionnaire.top
    if target is None:
        return min(level + 1, top)
    return min(max(target, level), top)


def is_enough(result: Result, target: int | None) -> bool:
    """Whether somebody chose a level that is reached: enough for now."""
    return target is not None and target <= result.standing.level


def needed(result: Result, level: int) -> tuple[Gap, ...]:
    """The gaps to close for a level, in the method's order.

    What does harm now, and what could, is among them whatever the level; for the highest level all.
    """
    if level >= result.questionnaire.top:
        return result.gaps
    return tuple(g for g in result.gaps if any(is_for(reason, level) for reason in g.reasons))


def is_for(reason: Reason, level: int) -> bool:
    """Whether a gap has to be closed for a level, for this reason."""
    if reason.pattern is not None or reason.kind is Kind.PATTERN:
        return True
    return reason.level is not None and reason.level <= level
