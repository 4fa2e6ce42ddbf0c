"""The agenda of a workshop: what happens when, for how long, and what to say to begin it."""

from dataclasses import dataclass

from assessment.store.workshop_records import Pace, Step


@dataclass(frozen=True)
class AgendaItem:
    """One part of a workshop.

    `minutes` is its time box, `say` a line to begin it with, `do` what the facilitator does;
    `steps` are those of the workshop that belong to it.
    """

    id: str
    title: str
    minutes: int
    say: str
    do: str
    steps: tuple[Step, ...]


_TITLES = {
    "open": "Open",
    "guess": "Guess first",
    "answer": "Answer alone",
    "agree": "Reveal, talk, agree",
    "result": "The result in the room",
    "plan": "One next step, with a name and a date",
}

_STEPS = {
    "open": (Step.LOBBY,),
    "guess": (Step.GUESS,),
    "answer": (Step.ANSWER,),
    "agree": (Step.REVEAL,),
    "result": (Step.RESULT,),
    "plan": (Step.PLAN,),
}

_OPENING = (
    "We look at one use of AI and how the work around it is organized. We judge the set-up,"
    " nobody in this room."
)

_SAY = {
    "open": f"{_OPENING} Join with your phone; no name is needed.",
    "guess": (
        "Before we look closer: at which level do you believe it is? Everybody for themselves, no"
        " talking yet."
    ),
    "answer": (
        "Answer as it runs on an ordinary day, not as it was planned. “We don't know” is a full"
        " answer, and often the most useful one."
    ),
    "agree": (
        "Here is how we see it. Who sees it differently, and what do you know that the rest of us"
        " does not? We look for what is true, not for a majority."
    ),
    "result": (
        "This is what our answers come to. Does it match what you know from everyday work, and"
        " what surprises you?"
    ),
    "plan": "One thing, one person, one date. Who takes it, and by when do we look at it again?",
}

_DO = {
    "open": "Show the join code until everybody is in. Late joiners get in at any time.",
    "guess": "Go on when most have guessed. The guesses are shown with the result.",
    "answer": "Watch the count. Reveal when nearly everybody has answered; nobody has to.",
    "agree": (
        "Let the two sides explain, vote again if minds changed, then record the answer, the reason"
        " in a sentence and the minority view. What stays open is recorded as not agreed."
    ),
    "result": "Read the level aloud, then what holds the next one. Compare it with the guess.",
    "plan": "Take the next step on with an owner and a date, then release the report.",
}

_MINUTES = {
    45: {"open": 3, "guess": 2, "answer": 10, "agree": 18, "result": 7, "plan": 5},
    90: {"open": 5, "guess": 3, "answer": 22, "agree": 38, "result": 12, "plan": 10},
}

_BY_TURNS = ("answer", "agree")

LENGTHS = tuple(_MINUTES)
"""How many minutes a workshop can be planned for."""


_SAY_WITHOUT_PHONES = {
    "open": f"{_OPENING} Hands are counted, or forms on paper; no name is needed.",
}

_DO_WITHOUT_PHONES = {
    "open": "Count who is here, by function. Late joiners are welcome at any time.",
    "guess": "Count the hands for each level. The guesses are shown with the result.",
    "answer": (
        "Together: read each answer aloud and count the hands. At everybody's own pace: hand the"
        " forms out, collect them, and enter them question by question."
    ),
}


def agenda(minutes: int) -> tuple[AgendaItem, ...]:
    """Lay out a workshop of so many minutes, one of `LENGTHS`."""
    return tuple(
        AgendaItem(key, _TITLES[key], length, _SAY[key], _DO[key], _STEPS[key])
        for key, length in _MINUTES[minutes].items()
    )


def lines(item: AgendaItem, *, has_phones: bool) -> tuple[str, str]:
    """Give a line to say at a part, and what the facilitator does.

    Args:
        item: The part.
        has_phones: Whether phones can reach the server; else hands or forms are counted.
    """
    if has_phones:
        return item.say, item.do
    return _SAY_WITHOUT_PHONES.get(item.id, item.say), _DO_WITHOUT_PHONES.get(item.id, item.do)


def item_at(items: tuple[AgendaItem, ...], step: Step) -> AgendaItem:
    """Find the part that a step belongs to."""
    return next(item for item in items if step in item.steps)


def takes_turns(item: AgendaItem, pace: Pace) -> bool:
    """Whether the room comes back to a part: together, it answers and agrees by turns."""
    return pace is Pace.TOGETHER and item.id in _BY_TURNS


def box(items: tuple[AgendaItem, ...], here: AgendaItem, pace: Pace) -> int:
    """Say how many minutes a part has; parts that take turns share theirs.

    Args:
        items: The agenda.
        here: One part of it.
        pace: The workshop's.
    """
    if not takes_turns(here, pace):
        return here.minutes
    return sum(item.minutes for item in items if item.id in _BY_TURNS)
