"""Simulated people for a rehearsal: they disagree where rooms disagree, the same way every time.

Nothing is random: each answer follows from the question, the person and a seed by arithmetic, so
that a rehearsal can be repeated.
"""

from assessment.method.questionnaire import UNKNOWN, Question, Questionnaire

_PRIME = 2_147_483_647
_FACTOR = 48_271
"""The generator of Park and Miller; good enough to look uneven."""


def simulated_answer(question: Question, person: int, seed: int) -> str:
    """Say what a simulated person answers.

    Most people see a question within one option of one another; about one in eight does not know,
    and every fourth question splits the room.

    Args:
        question: Any question.
        person: Who, counted from 0.
        seed: Another number, another room.
    """
    about = _number(_text(question.id) + seed)
    own = _number(about + 7_919 * (person + 1))
    if own % 8 == 0:
        return UNKNOWN
    options = tuple(question.options)
    middle = about % len(options)
    is_split = about % 4 == 0
    shift = (person % 2) * (len(options) - 1) if is_split else own % 3 - 1
    place = (middle + shift) % len(options) if is_split else middle + shift
    return options[min(max(place, 0), len(options) - 1)]


def simulated_guess(questionnaire: Questionnaire, person: int, seed: int) -> int:
    """Say which level a simulated person believes in: people tend to guess high."""
    top = questionnaire.top
    return max(1, top - _number(seed + 104_729 * (person + 1)) % min(top, 3))


def _text(text: str) -> int:
    return sum(place * ord(sign) for place, sign in enumerate(text, start=1))


def _number(seed: int) -> int:
    value = seed % _PRIME or 1
    for _ in range(3):
        value = value * _FACTOR % _PRIME
    return value
