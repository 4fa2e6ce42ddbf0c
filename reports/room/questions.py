"""The questions of a workshop in words: what the room said to each, and what it agreed on."""

from dataclasses import dataclass

from assessment.method.engine import classify
from assessment.method.gaps import Result
from assessment.method.questionnaire import UNKNOWN, Level, Question
from assessment.method.room import Ballot, Revealed, reveal, room_trace
from assessment.room_account import AskedQuestion, RoomAccount
from reports.room.words import Bar, agreement_line, bars, reason_text, spread_of, spread_text
from reports.wording import WE_DO_NOT_KNOW

AGREED, NOT_AGREED, NOT_RECORDED = "agreed", "not_agreed", "not_recorded"

STATES = {AGREED: "Agreed", NOT_AGREED: "Not agreed", NOT_RECORDED: "Nothing recorded"}

NO_SPREAD = "Fewer than three answers were revealed, so none are shown."


@dataclass(frozen=True)
class RoomQuestion:
    """A question as the room answered it. Texts may be empty where nothing is said.

    Attributes:
        question_id: Its id.
        ask: As the questionnaire asks it.
        bars: How many said what; none where fewer than three answered.
        answered: How many answered, None where fewer than three did.
        consensus: From 0 to 1; None where there is none.
        said: The counts in a sentence.
        agreement: How far the answers agree, in a line.
        why: Why it was worth talking about.
        votes: How it was counted, where that was not one vote by phone.
        state: Whether the room agreed: one of `STATES`.
        option: The option that it agreed on, or "unknown"; "" without one.
        answer: What it agreed on, in words.
        reason: As it was recorded.
        minority: As it was recorded.
    """

    question_id: str
    ask: str
    bars: tuple[Bar, ...]
    answered: int | None
    consensus: float | None
    said: str
    agreement: str
    why: str
    votes: str
    state: str
    option: str
    answer: str
    reason: str
    minority: str

    @property
    def state_label(self) -> str:
        """The state in a word or two."""
        return STATES[self.state]


def write_questions(account: RoomAccount, result: Result) -> tuple[RoomQuestion, ...]:
    """Put the questions that were asked into words.

    Args:
        account: What the workshop left behind.
        result: What the trace comes to.

    Returns:
        In the order of the reveal, the most useful to talk about first; those without a spread
        last.
    """
    questionnaire = result.questionnaire
    ballots = [
        Ballot("", {one.question: option})
        for one in account.questions
        for option, number in (one.counts or {}).items()
        for _ in range(number)
    ]
    facts = result.trace.facts
    above = classify(questionnaire, room_trace(questionnaire, facts, ballots)).level
    levels = questionnaire.levels
    next_level = levels[above] if above < len(levels) else None
    shown = {one.spread.question.id: one for one in reveal(questionnaire, facts, ballots)}
    asked = {one.question: one for one in account.questions if one.question in questionnaire.by_id}
    order = [*shown, *(name for name in asked if name not in shown)]
    return tuple(
        _question(questionnaire.by_id[name], asked[name], shown.get(name), next_level)
        for name in order
    )


def _question(
    question: Question, asked: AskedQuestion, shown: Revealed | None, next_level: Level | None
) -> RoomQuestion:
    spread = spread_of(question, asked.counts or {})
    recorded = asked.recorded
    state = NOT_RECORDED if recorded is None else AGREED if recorded.option else NOT_AGREED
    option = (recorded.option or "") if recorded else ""
    return RoomQuestion(
        question_id=question.id,
        ask=question.ask,
        bars=bars(spread),
        answered=spread.answered if spread.is_shown else None,
        consensus=spread.consensus if spread.is_shown else None,
        said=spread_text(spread) if spread.is_shown else NO_SPREAD,
        agreement=agreement_line(spread) if spread.is_shown else NO_SPREAD,
        why=reason_text(shown, next_level) if shown else "",
        votes=_votes(asked),
        state=state,
        option=option,
        answer=_answer(question, state, option),
        reason=recorded.reason if recorded else "",
        minority=recorded.minority if recorded else "",
    )


def _votes(asked: AskedQuestion) -> str:
    said = "Counted by hand." if asked.by_hand else ""
    if asked.rounds > 1:
        said = f"{said} The room answered {asked.rounds} times; this is the last."
    return said.strip()


def _answer(question: Question, state: str, option: str) -> str:
    if state == NOT_RECORDED:
        return "The room went on without recording an answer."
    if state == NOT_AGREED:
        return "The room could not agree, so it counts as not known: somebody finds out."
    return WE_DO_NOT_KNOW if option == UNKNOWN else question.options[option].text
