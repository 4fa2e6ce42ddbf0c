"""The workshop in an export, as it is written: the room's account in counts, without any times."""

from typing import Any

from assessment.files.export_texts import whole
from assessment.room_account import AskedQuestion, FunctionLevel, Group, RoomAccount

WORKSHOP_KEYS = (
    "day",
    "minutes",
    "scope",
    "pace",
    "simulated",
    "people",
    "groups",
    "guesses",
    "questions",
    "functions",
    "splits",
)
BY_HAND_KEYS = ("people_by_hand", "guesses_by_hand")
"""These stand there only where they are true: most rooms have phones."""

GROUP_KEYS = ("function", "people")
FUNCTION_KEYS = ("function", "people", "level", "ceiling")
ASKED_KEYS = ("question", "rounds", "by_hand", "counts", "recorded")
RECORDED_KEYS = ("option", "reason", "minority")
SCOPES, PACES = ("short", "full"), ("together", "own")
"""What 'scope' and 'pace' may be."""


def workshop_part(account: RoomAccount) -> dict[str, Any]:
    """Turn a room's account into what stands under 'workshop'."""
    return {
        "day": account.day.isoformat(),
        "minutes": account.minutes,
        "scope": account.scope,
        "pace": account.pace,
        "simulated": account.is_rehearsal,
        "people": account.people,
        "groups": [_group(group) for group in account.groups],
        "guesses": list(account.guesses),
        "questions": [_asked(one) for one in account.questions],
        "functions": [_function(view) for view in account.functions],
        "splits": [whole(question) for question in account.splits],
        **{key: True for key in BY_HAND_KEYS if getattr(account, key)},
    }


def _group(group: Group) -> dict[str, Any]:
    return {"function": whole(group.function), "people": group.people}


def _function(view: FunctionLevel) -> dict[str, Any]:
    named = {"function": whole(view.function), "people": view.people}
    return {**named, "level": view.level, "ceiling": view.ceiling}


def _asked(one: AskedQuestion) -> dict[str, Any]:
    said = one.recorded
    return {
        "question": whole(one.question),
        "rounds": one.rounds,
        "by_hand": one.by_hand,
        "counts": None if one.counts is None else dict(one.counts),
        "recorded": said
        and {
            "option": said.option,
            "reason": whole(said.reason),
            "minority": whole(said.minority),
        },
    }
