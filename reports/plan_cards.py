"""What people took on and what they aim at, in words, laid beside the result as it is now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from assessment.method.gaps import Result
from assessment.method.plan import Outlook, aim, is_enough, outlook
from assessment.taken_on import Action, Plan
from reports.wording import capital, sentence, spoken_date

_OUTLOOKS = {
    Outlook.SHORT: "",
    Outlook.CLOSED: "The answer says by now that this is in place.",
    Outlook.NOT_APPLICABLE: "This does not apply here any more.",
    Outlook.NOT_ASKED_ANY_MORE: "The questionnaire does not ask for this any more.",
}


@dataclass(frozen=True)
class TakenCard:
    """Something that somebody took on. Texts may be empty where nothing is said.

    Attributes:
        action: What is kept: the words as they were then, who, by when, what came of it.
        question: The question that it is about, as the questionnaire asks it.
        number: Of the gap that it is to close; None where there is none any more.
        outlook: What has become of that gap meanwhile, in a sentence.
        form: What is to be written down when it is done.
        is_short: Whether the question's answer is still below the mark.
    """

    action: Action
    question: str
    number: int | None
    outlook: str
    form: tuple[str, ...]
    is_short: bool

    @property
    def key(self) -> tuple[str, str]:
        """The question and the mark, which tell one action from the others of a trace."""
        return self.action.question, self.action.mark

    @property
    def by(self) -> str:
        """By which day, in words."""
        return spoken_date(self.action.terms.due)

    @property
    def done(self) -> str:
        """On which day it was ticked off, in words and in UTC."""
        return spoken_date(self.action.done)

    @property
    def status(self) -> str:
        """How far it is, in a word or two."""
        if self.action.done:
            return f"Done on {self.done}"
        return f"By {self.by}" if self.by else "No date"

    @property
    def line(self) -> str:
        """Who, and by when or since when: `Maria Lind, by 3 March 2026`."""
        when = self.status if self.by or self.done else ""
        return ", ".join(filter(None, (self.action.terms.owner, when[:1].lower() + when[1:])))

    @property
    def label(self) -> str:
        """What `line` is."""
        return "Done by" if self.action.done else "Taken on by"

    @property
    def outcome(self) -> tuple[tuple[str, str], ...]:
        """What was written down when it was done, by its labels."""
        return tuple(self.action.outcome.items())


@dataclass(frozen=True)
class TargetPart:
    """The level that is worked towards.

    Attributes:
        level: Its number.
        says: The choice in a sentence; empty where nobody chose one.
        is_enough: Whether the level that is there was chosen as enough for now.
        choices: Every level that can be chosen, with what that means.
    """

    level: int
    says: str
    is_enough: bool
    choices: tuple[tuple[int, str], ...]

    @property
    def is_chosen(self) -> bool:
        """Whether somebody chose it; else it is the next level."""
        return bool(self.says)


def write_target(result: Result, plan: Plan) -> TargetPart:
    """Put the target into words."""
    standing, levels = result.standing, result.questionnaire.levels
    level, enough = aim(result, plan.target), is_enough(result, plan.target)
    name = f"level {level}, {levels[level - 1].name}"
    says = ""
    if plan.target is not None:
        says = f"{capital(name)}, is enough for now." if enough else f"The target is {name}."
    asides = {standing.level: "enough for now", standing.level + 1: "the next level"}
    return TargetPart(
        level=level,
        says=says,
        is_enough=enough,
        choices=tuple(
            (n, ": ".join(filter(None, (f"Level {n}, {levels[n - 1].name}", asides.get(n, "")))))
            for n in range(standing.level, result.questionnaire.top + 1)
        ),
    )


def write_taken(result: Result, plan: Plan) -> tuple[TakenCard, ...]:
    """Put into words what was taken on: what is to be done first, by its day, then what is done."""
    open_ = sorted(
        (action for action in plan.actions if action.done is None),
        key=lambda action: (action.terms.due or date.max, action.taken),
    )
    done = sorted(
        (action for action in plan.actions if action.done is not None),
        key=lambda action: (action.done, action.taken),
        reverse=True,
    )
    return tuple(_card(result, action) for action in (*open_, *done))


def taken_for(taken: Iterable[TakenCard], question: str, mark: str) -> TakenCard | None:
    """Find what was taken on about a gap."""
    return next((card for card in taken if card.key == (question, mark)), None)


def _card(result: Result, action: Action) -> TakenCard:
    found = outlook(action.question, action.mark, result)
    places = enumerate(result.gaps, start=1)
    key = (action.question, action.mark)
    number = next(
        (n for n, gap in places if (gap.question.id, gap.requirement.at_least) == key), None
    )
    question = result.questionnaire.by_id.get(action.question)
    said = question.short_of.get(action.mark) if question else None
    is_short = found is Outlook.SHORT
    gone = "Nothing needs this any more, though the answer is as it was."
    return TakenCard(
        action=action,
        question=question.ask if question else "",
        number=number,
        outlook=gone if is_short and number is None else _OUTLOOKS[found],
        form=tuple(said.form) if said else (),
        is_short=is_short,
    )


def taken_note(card: TakenCard) -> str:
    """The note and what was written down when it was done, a line each."""
    lines = [f"{label}: {said}" for label, said in card.outcome]
    return "\n".join(filter(None, (card.action.terms.note, *lines)))


def enough_action(target: TargetPart) -> str:
    """What the next step says where nothing is needed for the level that is enough."""
    name = dict(target.choices)[target.level].partition(":")[0]
    return sentence(f"Nothing more is needed for {name[:1].lower()}{name[1:]}")
