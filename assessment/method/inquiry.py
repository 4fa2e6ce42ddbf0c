"""Which questions are still worth asking: those whose answer can change what the result says.

Exact, without trying all completions. For the level, these are the unasked gates up to the
ceiling. For the next step, what a question can change is its own place in the gap list or a
pattern that has a step; each such pattern holds on a box (an interval of options a question), so
"can these hold while those do not?" is answered by cutting boxes. Source: "Shortest honest trace"
in `questionnaires/README.md`; the tests compare with brute force.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import permutations

from assessment.method.answers import Trace, applies, guess, holds
from assessment.method.engine import Standing, classify
from assessment.method.questionnaire import Pattern, Question, Questionnaire

Interval = tuple[int, int]
"""The options from the first rank to the second, both included."""


@dataclass(frozen=True)
class Inquiry:
    """What to ask next, each group in the order of asking.

    `backbone` holds the unasked backbone questions; `for_level` those that can still change the
    level; `for_next_step` those that can only change the next step or the gaps before the road.
    A backbone question may stand in another group as well.
    """

    backbone: tuple[Question, ...]
    for_level: tuple[Question, ...]
    for_next_step: tuple[Question, ...]

    @property
    def is_level_settled(self) -> bool:
        """Whether no unasked question can change the level any more."""
        return not self.for_level

    @property
    def upcoming(self) -> tuple[Question, ...]:
        """All of them, each once: the backbone first, then for the level, then to sharpen."""
        every = (*self.backbone, *self.for_level, *self.for_next_step)
        return tuple({question.id: question for question in every}.values())


@dataclass(frozen=True)
class _Box:
    """Where a pattern is active with its step open: intervals, and a level not to exceed."""

    step: str
    intervals: Mapping[str, Interval]
    level_at_most: int | None = None

    def admits(self, question: str, rank: int) -> bool:
        low, high = self.intervals.get(question, (rank, rank))
        return low <= rank <= high

    def without(self, question: str) -> "_Box":
        rest = {q: interval for q, interval in self.intervals.items() if q != question}
        return _Box(self.step, rest, self.level_at_most)


def inquire(questionnaire: Questionnaire, trace: Trace) -> Inquiry:
    """Find the questions that are still worth asking.

    Args:
        questionnaire: A questionnaire without contradictions.
        trace: What is known so far.

    Returns:
        The three groups; only applicable questions that are not asked yet stand in them.
    """
    standing = classify(questionnaire, trace)
    unasked = {
        q.id: q
        for q in questionnaire.questions
        if trace.answer(q.id).option is None and applies(q, trace)
    }
    by_gate = [need.question for _, need in questionnaire.gates if need.question in unasked]
    in_order = [unasked[q] for q in dict.fromkeys((*by_gate, *unasked))]
    deciding = _deciding(standing, standing.ceiling)
    sharpening = _Sharpening(standing)
    return Inquiry(
        backbone=tuple(q for q in questionnaire.backbone if q.id in unasked),
        for_level=tuple(q for q in in_order if q.id in deciding),
        for_next_step=tuple(
            q for q in in_order if q.id not in deciding and sharpening.is_changed_by(q)
        ),
    )


def _deciding(standing: Standing, up_to: int) -> set[str]:
    """The questions of gates up to a level that some option falls short of."""
    rank = standing.questionnaire.rank
    gates = (gate for gate in standing.gates if gate.level <= up_to)
    return {gate.question.id for gate in gates if rank(gate.requirement) > 0}


@dataclass(frozen=True)
class _Sharpening:
    """What a question that cannot change the level can change in the gap list.

    A completion gives every applicable question without a known answer one of its options. In
    every completion nothing is unknown and the level lies between level and ceiling.
    """

    standing: Standing
    domain: Mapping[str, Interval] = field(init=False)
    boxes: Sequence[_Box] = field(init=False)
    near: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "domain", dict(_domain(self.standing)))
        found = (self._box(p) for p in self.standing.questionnaire.patterns)
        object.__setattr__(self, "boxes", [box for box in found if box is not None])
        object.__setattr__(self, "near", frozenset(self._near()))

    def is_changed_by(self, question: Question) -> bool:
        """Whether two completions that differ only here differ in next step or near gaps."""
        return self._can_be_listed(question.id) or self._can_switch_patterns(question)

    def _near(self) -> Iterator[str]:
        """The questions of gates and safeguards that can stand before the road."""
        nearest = self.standing.ceiling + 1
        rank = self.standing.questionnaire.rank
        for finding in (*self.standing.gates, *self.standing.safeguards):
            if finding.level <= nearest and rank(finding.requirement) > 0:
                yield finding.question.id

    def _can_be_listed(self, question: str) -> bool:
        return question in self.near or any(
            box.step == question and self._possible([box], []) for box in self.boxes
        )

    def _can_switch_patterns(self, question: Question) -> bool:
        touched = any(question.id in box.intervals for box in self.boxes)
        return touched and any(
            self._differ(self._active(question.id, one), self._active(question.id, other))
            for one, other in permutations(range(len(question.options)), 2)
        )

    def _active(self, question: str, rank: int) -> list[_Box]:
        """The boxes that one answer leaves possible, most pressing first, cut at that answer."""
        return [box.without(question) for box in self.boxes if box.admits(question, rank)]

    def _differ(self, one: Sequence[_Box], other: Sequence[_Box]) -> bool:
        """Whether, with the rest alike, a step shows only in `one` or another step leads."""
        for place, box in enumerate(one):
            same_step = [rival for rival in other if rival.step == box.step]
            if self._possible([box], same_step):
                return True
            for rival_place, rival in enumerate(other):
                before = [*one[:place], *other[:rival_place]]
                if rival.step != box.step and self._possible([box, rival], before):
                    return True
        return False

    def _possible(self, inside: Sequence[_Box], outside: Sequence[_Box]) -> bool:
        """Whether some completion lies in every box of `inside` and in none of `outside`."""
        region: dict[str, Interval] | None = dict(self.domain)
        for box in inside:
            for question, interval in box.intervals.items():
                region = _cut(region, question, interval)
        limits = [box.level_at_most for box in inside if box.level_at_most is not None]
        return region is not None and self._avoids(region, outside, min(limits, default=None))

    def _avoids(
        self, region: dict[str, Interval], outside: Sequence[_Box], limit: int | None
    ) -> bool:
        if not outside:
            return limit is None or self._can_stay_at(region, limit)
        first, *rest = outside
        return any(self._avoids(cut, rest, limit) for cut in self._cuts(region, first))

    def _cuts(self, region: dict[str, Interval], box: _Box) -> Iterator[dict[str, Interval]]:
        """The parts of a region that lie outside a box, one for each way to leave it."""
        for question, (low, high) in box.intervals.items():
            _, last = region[question]
            for side in ((0, low - 1), (high + 1, last)):
                cut = _cut(region, question, side)
                if cut is not None:
                    yield cut
        if box.level_at_most is not None:
            above: dict[str, Interval] | None = region
            for question, mark in self._gates_up_to(box.level_at_most + 1):
                above = _cut(above, question, (mark, self.domain[question][1]))
            if above is not None:
                yield above

    def _can_stay_at(self, region: dict[str, Interval], limit: int) -> bool:
        """Whether a gate that keeps the level down to the limit can be open."""
        return any(region[question][0] < mark for question, mark in self._gates_up_to(limit + 1))

    def _gates_up_to(self, level: int) -> Iterator[tuple[str, int]]:
        """Question and mark of each applicable gate up to a level."""
        for gate in self.standing.gates:
            if gate.level <= level and gate.question.id in self.domain:
                yield gate.question.id, self.standing.questionnaire.rank(gate.requirement)

    def _box(self, pattern: Pattern) -> _Box | None:
        """Where a pattern is active with its step open; None where it can never be."""
        if pattern.step is None:
            return None
        questions, trace = self.standing.questionnaire.by_id, self.standing.trace
        step = pattern.step
        mark = self.standing.questionnaire.rank(step)
        box = _cut(self.domain, step.question, (0, mark - 1))
        touched = {step.question}
        limit: int | None = None
        for condition in pattern.when:
            if condition.fact is not None:
                if holds(condition.fact, trace) is not True:
                    return None
            elif condition.question is not None:
                ranks = questions[condition.question].ranks
                low = ranks[condition.at_least] if condition.at_least else 0
                high = ranks[condition.at_most] if condition.at_most else len(ranks) - 1
                box = _cut(box, condition.question, (low, high))
                touched.add(condition.question)
            elif condition.perceived_above_ceiling is not None:
                named = guess(self.standing.questionnaire, trace)
                highest = (named or 0) - condition.perceived_above_ceiling
                if highest < 1:
                    return None
                limit = highest if limit is None else min(limit, highest)
        if box is None:
            return None
        if limit is not None and limit >= self.standing.ceiling:
            limit = None  # no completion exceeds the ceiling
        return _Box(step.question, {q: box[q] for q in touched}, limit)


def _domain(standing: Standing) -> Iterator[tuple[str, Interval]]:
    """What each applicable question can be answered in a completion."""
    for question in standing.questionnaire.questions:
        if not applies(question, standing.trace):
            continue
        answer = standing.trace.answer(question.id)
        if answer.is_known and answer.option is not None:
            rank = question.ranks[answer.option]
            yield question.id, (rank, rank)
        else:
            yield question.id, (0, len(question.options) - 1)


def _cut(
    region: Mapping[str, Interval] | None, question: str, interval: Interval
) -> dict[str, Interval] | None:
    """A region with one question narrowed; None where nothing is left of it."""
    if region is None or question not in region:
        return None
    low = max(region[question][0], interval[0])
    high = min(region[question][1], interval[1])
    return None if low > high else {**region, question: (low, high)}
