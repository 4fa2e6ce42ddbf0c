"""What follows from a standing: patterns, the gap list, one next step, readiness and skills.

Source of the order: "The next step and the gap list" in `questionnaires/README.md`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from assessment.method.answers import Trace, applies, guess, holds
from assessment.method.engine import Finding, Standing, State, classify, state_of
from assessment.method.questionnaire import (
    Condition,
    Pattern,
    Question,
    Questionnaire,
    Requirement,
)


class Kind(StrEnum):
    """Why a gap stands where it stands; also the kind of a next step."""

    PATTERN = "pattern"
    GATE = "gate"
    FIND_OUT = "find_out"
    SAFEGUARD = "safeguard"
    ROAD = "road"
    TRACE_AGAIN = "trace_again"


@dataclass(frozen=True)
class Reason:
    """One thing a gap is needed for: a level, a safeguard or a pattern's cure."""

    kind: Kind
    requirement: Requirement
    level: int | None
    pattern: Pattern | None = None


@dataclass(frozen=True)
class Gap:
    """Something that is short, at the first place it has in the list.

    `reasons` holds all that it is needed for, the one that gives it its place first.
    `level` is that of the requirement it stands for: a gate's level, a safeguard's 'from', None
    for a pattern's step that is neither. `state` is open or unknown.
    """

    question: Question
    kind: Kind
    state: State
    is_asked: bool
    reasons: tuple[Reason, ...]

    @property
    def requirement(self) -> Requirement:
        """The requirement that gives the gap its place."""
        return self.reasons[0].requirement

    @property
    def level(self) -> int | None:
        """The level of that requirement."""
        return self.reasons[0].level


@dataclass(frozen=True)
class NextStep:
    """The one thing to do next; without a gap, tracing again later."""

    kind: Kind
    gap: Gap | None

    @property
    def question(self) -> str | None:
        """The question it is about."""
        return self.gap.question.id if self.gap else None

    @property
    def is_answering(self) -> bool:
        """Whether it is only a question nobody has answered yet: to answer, not to act on."""
        return self.gap is not None and self.kind is Kind.FIND_OUT and not self.gap.is_asked


@dataclass(frozen=True)
class Result:
    """Everything the method says of one trace. All of it is a view of the same findings."""

    standing: Standing

    @property
    def questionnaire(self) -> Questionnaire:
        """The questionnaire it was answered with."""
        return self.standing.questionnaire

    @property
    def trace(self) -> Trace:
        """The facts and answers it was read from."""
        return self.standing.trace

    @cached_property
    def patterns(self) -> tuple[Pattern, ...]:
        """The patterns that show, most pressing first."""
        return tuple(p for p in self.questionnaire.patterns if shows(p, self.standing))

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """The gap list, each question once, in the order of the next step; the road is last."""
        return tuple(_each_question_once(self))

    @cached_property
    def near_gaps(self) -> tuple[Gap, ...]:
        """The gap list without the road ahead."""
        return tuple(gap for gap in self.gaps if gap.kind is not Kind.ROAD)

    @cached_property
    def road(self) -> tuple[Gap, ...]:
        """The requirements of later levels that are short."""
        return tuple(gap for gap in self.gaps if gap.kind is Kind.ROAD)

    @cached_property
    def next_step(self) -> NextStep:
        """The first of the gap list before the road, or to trace again later."""
        first = next(iter(self.near_gaps), None)
        return NextStep(first.kind if first else Kind.TRACE_AGAIN, first)

    @cached_property
    def readiness(self) -> dict[str, str]:
        """Checklist item -> yes (all met), no (some open) or unknown."""
        items = self.questionnaire.readiness.items
        return {item.id: _ready(self.standing.states(item.all)) for item in items}

    @cached_property
    def skills(self) -> dict[str, str]:
        """Skill -> practised, forming, unknown or absent."""
        items = self.questionnaire.skills.items
        return {item.id: _skill(self.standing.states(item.all)) for item in items}

    @cached_property
    def unasked_gates(self) -> tuple[Finding, ...]:
        """The gates up to the ceiling that have not been asked.

        While there are any, the level is an interval, not a finding ("Honest headline").
        """
        standing = self.standing
        return tuple(
            gate
            for gate in standing.gates
            if gate.level <= standing.ceiling and gate.state is State.UNKNOWN and not gate.is_asked
        )


def assess(questionnaire: Questionnaire, trace: Trace) -> Result:
    """Classify a trace and draw every conclusion of the method from it.

    Args and errors as in `engine.classify`.
    """
    return Result(classify(questionnaire, trace))


def shows(pattern: Pattern, standing: Standing) -> bool:
    """Tell whether every condition of a pattern holds on known answers."""
    return conditions_hold(pattern.when, standing)


def conditions_hold(conditions: Iterable[Condition], standing: Standing) -> bool:
    """Tell whether all conditions hold; an unknown answer or a missing fact makes one false."""
    return all(_condition_holds(condition, standing) for condition in conditions)


def would_show_but_for_its_step(pattern: Pattern, standing: Standing) -> bool:
    """Tell whether only the unknown answer to its step keeps an urgent pattern from showing."""
    if not pattern.urgent or pattern.step is None:
        return False
    step = pattern.step
    if state_of(standing.questionnaire, standing.trace, step) is not State.UNKNOWN:
        return False
    return conditions_hold((c for c in pattern.when if c.question != step.question), standing)


def _condition_holds(condition: Condition, standing: Standing) -> bool:
    questionnaire, trace = standing.questionnaire, standing.trace
    if condition.fact is not None:
        return holds(condition.fact, trace) is True
    if condition.perceived_above_ceiling is not None:
        named = guess(questionnaire, trace)
        return named is not None and named - standing.ceiling >= condition.perceived_above_ceiling
    question = questionnaire.by_id[condition.question or ""]
    answer = trace.answer(question.id)
    if not applies(question, trace) or not answer.is_known or answer.option is None:
        return False
    rank = question.ranks[answer.option]
    low = question.ranks[condition.at_least] if condition.at_least else 0
    high = question.ranks[condition.at_most] if condition.at_most else len(question.options)
    return low <= rank <= high


def _each_question_once(result: Result) -> Iterator[Gap]:
    places = list(_places(result))
    for question in dict.fromkeys(reason.requirement.question for reason in places):
        reasons = tuple(r for r in places if r.requirement.question == question)
        first = reasons[0]
        standing = result.standing
        yield Gap(
            question=standing.questionnaire.by_id[question],
            kind=first.kind,
            state=state_of(standing.questionnaire, standing.trace, first.requirement),
            is_asked=standing.trace.answer(question).option is not None,
            reasons=reasons,
        )


def _places(result: Result) -> Iterator[Reason]:
    """Every place a question has in the gap list, in the method's order."""
    standing = result.standing
    yield from _open_pattern_steps(result)
    yield from _reasons(standing.blocking, State.OPEN, Kind.GATE)
    for pattern in standing.questionnaire.patterns:
        if pattern.step is not None and would_show_but_for_its_step(pattern, standing):
            yield _step_reason(standing, pattern, pattern.step, Kind.FIND_OUT)
    yield from _reasons(standing.blocking, State.UNKNOWN, Kind.FIND_OUT)
    yield from _reasons(standing.safeguards_short, State.OPEN, Kind.SAFEGUARD)
    yield from _reasons(standing.safeguards_short, State.UNKNOWN, Kind.FIND_OUT)
    later = (g for g in standing.gates if g.level > standing.level + 1 and g.state.is_short)
    for gate in later:
        yield Reason(Kind.ROAD, gate.requirement, gate.level)


def _open_pattern_steps(result: Result) -> Iterator[Reason]:
    standing = result.standing
    for pattern in result.patterns:
        step = pattern.step
        if step is not None and standing.states([step]) == [State.OPEN]:
            yield _step_reason(standing, pattern, step, Kind.PATTERN)


def _reasons(findings: Iterable[Finding], state: State, kind: Kind) -> Iterator[Reason]:
    for finding in findings:
        if finding.state is state:
            yield Reason(kind, finding.requirement, finding.level)


def _step_reason(standing: Standing, pattern: Pattern, step: Requirement, kind: Kind) -> Reason:
    """A pattern's step, at the level of the gate, else the safeguard, with the same mark."""
    same = (
        finding.level
        for finding in (*standing.gates, *standing.safeguards)
        if (finding.requirement.question, finding.requirement.at_least)
        == (step.question, step.at_least)
    )
    return Reason(kind, step, next(same, None), pattern)


def _ready(states: Iterable[State]) -> str:
    states = list(states)
    if State.OPEN in states:
        return "no"
    return "unknown" if State.UNKNOWN in states else "yes"


def _skill(states: Iterable[State]) -> str:
    states = list(states)
    if all(state is State.MET for state in states):
        return "practised"
    if State.MET in states:
        return "forming"
    return "unknown" if State.UNKNOWN in states else "absent"
