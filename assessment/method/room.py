"""What a room said: spreads, the room's own result, and what to talk about first.

Everything here works on ballots without names. Source of every rule: the workshop protocol, in
the guide for facilitators.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from assessment.method.answers import Answer, FactValue, Trace, applies
from assessment.method.consensus import consensus, crosses, median_step
from assessment.method.engine import Standing, classify
from assessment.method.questionnaire import UNKNOWN, Question, Questionnaire

FEWEST = 3
"""Fewer people than this are never shown apart, and fewer answers show no spread."""


@dataclass(frozen=True)
class Ballot:
    """What one person said, without who it was.

    `answers` is question id -> option id or "unknown"; what was not answered is absent.
    """

    function: str
    answers: Mapping[str, str] = field(default_factory=dict)
    guess: int | None = None


@dataclass(frozen=True)
class Spread:
    """How a room answered one question.

    `counts` holds a number for every option, in the question's order; "we don't know" is counted
    beside them.
    """

    question: Question
    counts: Mapping[str, int]
    unknown: int

    @property
    def answered(self) -> int:
        """How many answered; "we don't know" is an answer."""
        return sum(self.counts.values()) + self.unknown

    @property
    def is_shown(self) -> bool:
        """Whether enough people answered for the spread to be shown."""
        return self.answered >= FEWEST

    @cached_property
    def consensus(self) -> float | None:
        """How far those who know agree: 0 to 1, None where nobody knows."""
        return consensus(tuple(self.counts.values()))

    @cached_property
    def median(self) -> str | None:
        """The room's own answer: an option, "unknown" where more than half say so, or None."""
        if self.unknown * 2 > self.answered:
            return UNKNOWN
        step = median_step(tuple(self.counts.values()))
        if step is None:
            return None
        return tuple(self.counts)[step]

    def crosses(self, mark: int) -> bool:
        """Whether answers fall on both sides of an option, counted from 0."""
        return crosses(tuple(self.counts.values()), mark)


class Reason(StrEnum):
    """Why a question is worth talking about; the first is the most useful."""

    GATE = "gate"
    MARK = "mark"
    SPREAD = "spread"


@dataclass(frozen=True)
class Outcome:
    """What the interval would be if the room agreed on this answer, all else at its medians."""

    answer: str
    level: int
    ceiling: int


@dataclass(frozen=True)
class Revealed:
    """One question as the room gets to see it. `outcomes` has each answer that somebody gave."""

    spread: Spread
    reason: Reason
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True)
class FunctionView:
    """The use case as one function sees it; what fewer than three of it answered is left out."""

    function: str
    people: int
    standing: Standing


def spread(question: Question, ballots: Iterable[Ballot]) -> Spread:
    """Count how a question was answered."""
    given = [ballot.answers[question.id] for ballot in ballots if question.id in ballot.answers]
    counts = {option: given.count(option) for option in question.options}
    return Spread(question, counts, given.count(UNKNOWN))


def room_trace(
    questionnaire: Questionnaire, facts: Mapping[str, FactValue], ballots: Sequence[Ballot]
) -> Trace:
    """Answer every question as the middle of the room does; what nobody answered stays open."""
    medians = {q.id: spread(q, ballots).median for q in questionnaire.questions}
    return Trace(facts, {q: Answer(m) for q, m in medians.items() if m is not None})


def reveal(
    questionnaire: Questionnaire, facts: Mapping[str, FactValue], ballots: Sequence[Ballot]
) -> tuple[Revealed, ...]:
    """Order the questions by how useful it is to talk about them.

    First what is split on a gate of the next level, in the level's order; then what is split on
    any other mark; then the rest. Within the last two the largest disagreement comes first.

    Args:
        questionnaire: The one that was answered.
        facts: Of the use case.
        ballots: What everybody said.

    Returns:
        The questions that apply and that enough people answered.
    """
    room = room_trace(questionnaire, facts, ballots)
    standing = classify(questionnaire, room)
    next_gates = {
        gate.question.id: questionnaire.rank(gate.requirement)
        for gate in standing.at(standing.level + 1)
    }
    order = list(next_gates)
    marks = _marks(questionnaire)
    found = []
    for question in questionnaire.questions:
        one = spread(question, ballots)
        if not one.is_shown or not applies(question, room):
            continue
        if question.id in next_gates and one.crosses(next_gates[question.id]):
            reason, place = Reason.GATE, float(order.index(question.id))
        else:
            is_split = any(one.crosses(mark) for mark in marks.get(question.id, ()))
            reason = Reason.MARK if is_split else Reason.SPREAD
            place = 1.0 if one.consensus is None else one.consensus
        shown = Revealed(one, reason, _outcomes(questionnaire, room, one))
        found.append((tuple(Reason).index(reason), place, shown))
    return tuple(shown for _, _, shown in sorted(found, key=lambda entry: entry[:2]))


def shown_functions(functions: Sequence[str]) -> tuple[str, ...]:
    """Say which functions may be shown apart, the largest first.

    Each has at least three people, and so has what is left over, unless nothing is. Where too few
    would be left over, the smallest that could be shown is left out as well; of several the last by
    name, so that whoever looks twice sees the same.

    Args:
        functions: The function of each person.
    """
    sizes = {name: functions.count(name) for name in dict.fromkeys(functions)}
    enough = (name for name in sizes if sizes[name] >= FEWEST)
    shown = sorted(enough, key=lambda name: (-sizes[name], name))
    while shown and 0 < len(functions) - sum(sizes[name] for name in shown) < FEWEST:
        shown.pop()
    return tuple(shown)


def by_function(
    questionnaire: Questionnaire, facts: Mapping[str, FactValue], ballots: Sequence[Ballot]
) -> tuple[FunctionView, ...]:
    """Show the use case as each function sees it, where enough people stand behind every answer.

    Args:
        questionnaire: The one that was answered.
        facts: Of the use case.
        ballots: What everybody said.

    Returns:
        A view for each function of `shown_functions`; none where all belong to one, since that is
        the whole room.
    """
    if len({ballot.function for ballot in ballots}) < 2:
        return ()
    functions = shown_functions([ballot.function for ballot in ballots])
    views = []
    for function in functions:
        answers = {}
        for question in questionnaire.questions:
            said = [b for b in ballots if question.id in b.answers]
            own = [b for b in said if b.function == function]
            median = spread(question, own).median
            if median is not None and function in shown_functions([b.function for b in said]):
                answers[question.id] = Answer(median)
        people = sum(ballot.function == function for ballot in ballots)
        views.append(FunctionView(function, people, classify(questionnaire, Trace(facts, answers))))
    return tuple(views)


def splitting_questions(views: Sequence[FunctionView]) -> tuple[Question, ...]:
    """Find the questions whose answer puts functions on different sides of a mark, in order."""
    if not views:
        return ()
    questionnaire = views[0].standing.questionnaire
    marks = _marks(questionnaire)
    found = []
    for question in questionnaire.questions:
        given = [view.standing.trace.answer(question.id) for view in views]
        ranks = [question.ranks[a.option] for a in given if a.is_known and a.option is not None]
        if any(min(ranks) < mark <= max(ranks) for mark in marks.get(question.id, ()) if ranks):
            found.append(question)
    return tuple(found)


def guesses(questionnaire: Questionnaire, ballots: Iterable[Ballot]) -> tuple[int, ...]:
    """Count the guesses of each level, from level 1 to the top."""
    given = [ballot.guess for ballot in ballots]
    return tuple(given.count(level) for level in range(1, questionnaire.top + 1))


def _marks(questionnaire: Questionnaire) -> Mapping[str, set[int]]:
    """Question id -> the marks that anything in the questionnaire asks for, counted from 0."""
    checklists = (*questionnaire.readiness.items, *questionnaire.skills.items)
    needs = [
        *(need for _, need in questionnaire.gates),
        *questionnaire.safeguards,
        *(need for item in checklists for need in item.all),
        *(pattern.step for pattern in questionnaire.patterns if pattern.step is not None),
    ]
    marks: dict[str, set[int]] = {}
    for need in needs:
        marks.setdefault(need.question, set()).add(questionnaire.rank(need))
    return marks


def _outcomes(questionnaire: Questionnaire, room: Trace, one: Spread) -> tuple[Outcome, ...]:
    given = [option for option, count in one.counts.items() if count]
    outcomes = []
    for answer in [*given, UNKNOWN] if one.unknown else given:
        answers = {**room.answers, one.question.id: Answer(answer)}
        standing = classify(questionnaire, Trace(room.facts, answers))
        outcomes.append(Outcome(answer, standing.level, standing.ceiling))
    return tuple(outcomes)
