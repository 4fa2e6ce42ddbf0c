"""THE RULE: questionnaire + trace -> one finding per requirement, and the level read from them.

A level is reached when its own requirements and those of every level below it are met: a gate,
not an average. Source of every rule here: "The level" in `questionnaires/README.md`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from assessment.method.answers import Answer, Trace, applies, guess
from assessment.method.questionnaire import Question, Questionnaire, Requirement


class State(StrEnum):
    """What became of a requirement."""

    MET = "met"
    OPEN = "open"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"

    @property
    def is_short(self) -> bool:
        """Whether something is missing: below the mark, or not known."""
        return self in (State.OPEN, State.UNKNOWN)


@dataclass(frozen=True)
class Finding:
    """One requirement and what the answer makes of it.

    `level` is the gate's level, or a safeguard's 'from'.
    """

    requirement: Requirement
    level: int
    question: Question
    answer: Answer
    state: State

    @property
    def is_asked(self) -> bool:
        """Whether anything was answered; "we don't know" is an answer, an empty field is none."""
        return self.answer.option is not None

    @property
    def is_evidenced(self) -> bool:
        """Met with evidence; what does not apply needs none."""
        if self.state is State.NOT_APPLICABLE:
            return True
        return self.state is State.MET and self.answer.is_evidenced


def state_of(questionnaire: Questionnaire, trace: Trace, requirement: Requirement) -> State:
    """Hold one answer against one mark. "Not asked" and "we don't know" both read unknown."""
    question = questionnaire.by_id[requirement.question]
    if not applies(question, trace):
        return State.NOT_APPLICABLE
    answer = trace.answer(question.id)
    if not answer.is_known or answer.option is None:
        return State.UNKNOWN
    is_met = question.ranks[answer.option] >= questionnaire.rank(requirement)
    return State.MET if is_met else State.OPEN


def find(
    questionnaire: Questionnaire, trace: Trace, requirement: Requirement, level: int
) -> Finding:
    """Make the finding of one requirement."""
    return Finding(
        requirement=requirement,
        level=level,
        question=questionnaire.by_id[requirement.question],
        answer=trace.answer(requirement.question),
        state=state_of(questionnaire, trace, requirement),
    )


@dataclass(frozen=True)
class Standing:
    """Where a use case stands: a finding per gate and per safeguard, in the contract's order.

    Levels run from 1 to `questionnaire.top`; always `evidenced <= level <= ceiling`.
    """

    questionnaire: Questionnaire
    trace: Trace
    gates: tuple[Finding, ...]
    safeguards: tuple[Finding, ...]

    def _reached(self, passes: Callable[[Finding], bool]) -> int:
        failed = (gate.level for gate in self.gates if not passes(gate))
        return min(failed, default=self.questionnaire.top + 1) - 1

    @cached_property
    def level(self) -> int:
        """The demonstrated level: unknown counts as not met."""
        return self._reached(lambda gate: not gate.state.is_short)

    @cached_property
    def ceiling(self) -> int:
        """What it could turn out to be: unknown counts as met."""
        return self._reached(lambda gate: gate.state is not State.OPEN)

    @cached_property
    def evidenced(self) -> int:
        """The level up to which every gate is met with evidence (or does not apply)."""
        return self._reached(lambda gate: gate.is_evidenced)

    @cached_property
    def ahead(self) -> tuple[int, ...]:
        """Levels above level + 1 whose own requirements hold, though their base does not."""
        above = range(self.level + 2, self.questionnaire.top + 1)
        return tuple(level for level in above if not any(g.state.is_short for g in self.at(level)))

    @cached_property
    def perceived(self) -> int | None:
        """The level that people named before they started, None without a guess."""
        return guess(self.questionnaire, self.trace)

    @cached_property
    def perception_gap(self) -> int | None:
        """How far the guess lies outside the interval: above positive, below negative, inside 0."""
        if self.perceived is None:
            return None
        return self.perceived - min(max(self.perceived, self.level), self.ceiling)

    @cached_property
    def stage_profile(self) -> dict[str, int]:
        """Stage id -> the highest level it supports, in the order of the stages."""
        top = self.questionnaire.top
        supports = {stage.id: top for stage in self.questionnaire.stages}
        for gate in self.gates:
            if gate.state.is_short:
                stage = gate.question.stage_id
                supports[stage] = min(supports[stage], gate.level - 1)
        return supports

    @cached_property
    def holding(self) -> tuple[Finding, ...]:
        """What holds the level: the met requirements up to it."""
        up_to = (gate for gate in self.gates if gate.level <= self.level)
        return tuple(gate for gate in up_to if gate.state is State.MET)

    @cached_property
    def blocking(self) -> tuple[Finding, ...]:
        """What blocks the next level: its requirements that are open or unknown, in order."""
        return tuple(gate for gate in self.at(self.level + 1) if gate.state.is_short)

    @cached_property
    def safeguards_short(self) -> tuple[Finding, ...]:
        """The safeguards that count by now and are open or unknown, in order."""
        return tuple(s for s in self.safeguards if self.counts_by_now(s) and s.state.is_short)

    def counts_by_now(self, safeguard: Finding) -> bool:
        """Whether the use case stands at the safeguard's level or works towards it."""
        return safeguard.level <= self.level + 1

    def at(self, level: int) -> tuple[Finding, ...]:
        """The findings of one level's own requirements; empty above the top."""
        return tuple(gate for gate in self.gates if gate.level == level)

    def states(self, requirements: Iterable[Requirement]) -> Sequence[State]:
        """The states of any requirements, leaving out what does not apply."""
        found = (state_of(self.questionnaire, self.trace, need) for need in requirements)
        return [state for state in found if state is not State.NOT_APPLICABLE]


def classify(questionnaire: Questionnaire, trace: Trace) -> Standing:
    """Find where a use case stands.

    Args:
        questionnaire: A questionnaire without contradictions.
        trace: Facts and answers that name only its facts, questions and options.

    Returns:
        The standing, with one finding per gate and safeguard.
    """
    return Standing(
        questionnaire=questionnaire,
        trace=trace,
        gates=tuple(find(questionnaire, trace, need, level) for level, need in questionnaire.gates),
        safeguards=tuple(
            find(questionnaire, trace, guard, guard.from_) for guard in questionnaire.safeguards
        ),
    )
