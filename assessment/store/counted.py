"""What was counted by hand, in a room without phones: it counts instead of what phones said."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from assessment.method.room import shown_functions
from assessment.store.participation import MOST
from assessment.store.workshop_records import Workshop


def keeping_open(workshop: Workshop, now: datetime) -> dict[str, datetime]:
    """What to change so that a count keeps a workshop from closing by itself, as all else does.

    Only after a day: until then the clock of this step is of use and goes on.

    Args:
        workshop: In which somebody counts.
        now: When this happens.
    """
    return {"step_since": now} if now - workshop.step_since > timedelta(days=1) else {}


def checked(counted: Mapping[str, int]) -> dict[str, int]:
    """Leave out of what was counted whatever nobody raised a hand for.

    Args:
        counted: An option, a function or a level -> how many.

    Raises:
        ValueError: A number is not whole, below nothing, or more than a workshop holds.
    """
    for number in counted.values():
        if number < 0 or number % 1:
            raise ValueError("hands are whole, and there are no fewer than no hands")
        if number > MOST:
            raise ValueError(f"no workshop holds more than {MOST} people")
    return {what: number for what, number in counted.items() if number}


def groups_of(functions: Sequence[str]) -> list[dict[str, Any]]:
    """Count people by function, the largest first; only functions that may be shown.

    Args:
        functions: The function of each person.
    """
    return [
        {"function": name, "people": functions.count(name)} for name in shown_functions(functions)
    ]


def summary_by_hand(workshop: Workshop, levels: int) -> dict[str, Any]:
    """Say of a room what was counted in it, to stand instead of what is known from phones.

    Args:
        workshop: An open one, or one that is just being closed.
        levels: How many the questionnaire has; 0 where the guesses are not told yet.

    Returns:
        Ready for JSON; without what was not counted.
    """
    said: dict[str, Any] = {}
    if workshop.counted_people:
        counted = workshop.counted_people.items()
        functions = [name for name, number in counted for _ in range(number)]
        said |= {"people": len(functions), "groups": groups_of(functions), "people_by_hand": True}
    if workshop.counted_guesses:
        guessed = workshop.counted_guesses
        said["guesses"] = [guessed.get(level, 0) for level in range(1, levels + 1)]
        said["guesses_by_hand"] = True
    return said
