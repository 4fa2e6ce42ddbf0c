"""The trace as a picture, in data: which parts of the way are in place, and which are missing.

A part (a box or an arrow) is read from the requirements that the questionnaire's map names for it.
Only the worst of them counts, as everywhere in the method: a way is as good as its weakest part.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from assessment.method.answers import Trace, applies
from assessment.method.engine import State, state_of
from assessment.method.gaps import Result
from assessment.method.questionnaire import MapLink, MapNode, Question, Requirement
from reports.wording import STATES


class FlowState(StrEnum):
    """What became of a part of the way, worst first."""

    MISSING = "missing"
    UNKNOWN = "unknown"
    NOT_ASKED = "not_asked"
    MET = "met"
    NOT_APPLICABLE = "not_applicable"

    @property
    def label(self) -> str:
        """The state in words, as the gap cards say it."""
        return _LABELS[self]


_LABELS = {
    FlowState.MISSING: STATES[State.OPEN],
    FlowState.UNKNOWN: STATES[State.UNKNOWN],
    FlowState.NOT_ASKED: "not asked yet",
    FlowState.MET: STATES[State.MET],
    FlowState.NOT_APPLICABLE: STATES[State.NOT_APPLICABLE],
}


@dataclass(frozen=True)
class FlowPart:
    """What a box and an arrow have in common.

    `detail` says who or where to, in the words of the answers. `question_ids` are the questions it
    is read from. Where `is_judged` is False the questionnaire asks nothing of the part: its state
    is met, and a picture should claim nothing about it.
    """

    id: str
    name: str
    state: FlowState
    detail: str
    question_ids: tuple[str, ...]
    is_judged: bool

    @property
    def state_label(self) -> str:
        """The state in words."""
        return self.state.label


@dataclass(frozen=True)
class FlowNode(FlowPart):
    """A box; column and row count from 1."""

    column: int
    row: int


@dataclass(frozen=True)
class FlowLink(FlowPart):
    """An arrow from one box's id to another's; its name may be empty."""

    from_: str
    to: str


@dataclass(frozen=True)
class TraceMap:
    """The use case as a flow, in the questionnaire's order."""

    nodes: tuple[FlowNode, ...]
    links: tuple[FlowLink, ...]


def trace_map(result: Result) -> TraceMap:
    """Draw a result as a flow.

    A questionnaire without a map shows its stages in a row, each linked to the next. A stage is
    then read from every requirement that any level, up to the top, puts to its questions.
    """
    drawn = result.questionnaire.map
    if drawn is None:
        return _stages_in_a_row(result)
    return TraceMap(
        nodes=tuple(_node(result, node) for node in drawn.nodes),
        links=tuple(_link(result, link) for link in drawn.links),
    )


def worst(states: Iterable[FlowState]) -> FlowState:
    """Read one state from those of several requirements.

    The worst counts: missing, unknown, not asked, met, in this order. What does not apply is left
    out, so it is the state of the whole only where nothing applies; no requirement at all is met.
    Source of the four states, and of keeping "not asked" apart: "One primitive" in
    `questionnaires/README.md`.
    """
    order = list(FlowState)
    return min(states, key=order.index, default=FlowState.MET)


def _state(result: Result, need: Requirement) -> FlowState:
    state = state_of(result.questionnaire, result.trace, need)
    if state is State.UNKNOWN and result.trace.answer(need.question).option is None:
        return FlowState.NOT_ASKED
    return FlowState.MISSING if state is State.OPEN else FlowState(state.value)


def _node(result: Result, node: MapNode) -> FlowNode:
    return FlowNode(
        id=node.id,
        name=node.name,
        state=worst(_state(result, need) for need in node.needs),
        detail=_detail(result, node.detail),
        question_ids=_questions(node.needs, node.detail),
        is_judged=bool(node.needs),
        column=node.column,
        row=node.row,
    )


def _link(result: Result, link: MapLink) -> FlowLink:
    return FlowLink(
        id=f"{link.from_}>{link.to}",
        name=link.name or "",
        state=worst(_state(result, need) for need in link.needs),
        detail=_detail(result, link.detail),
        question_ids=_questions(link.needs, link.detail),
        is_judged=bool(link.needs),
        from_=link.from_,
        to=link.to,
    )


def _questions(needs: Sequence[Requirement], details: Sequence[str]) -> tuple[str, ...]:
    """The questions that a part is read from, each once."""
    return tuple(dict.fromkeys([*(need.question for need in needs), *details]))


def _detail(result: Result, questions: Sequence[str]) -> str:
    """What was written beside the answers, as far as it still belongs to them."""
    by_id = result.questionnaire.by_id
    found = (
        result.trace.answer(question_id).detail.strip()
        for question_id in questions
        if _has_detail(by_id[question_id], result.trace)
    )
    return " · ".join(dict.fromkeys(detail for detail in found if detail))


def _has_detail(question: Question, trace: Trace) -> bool:
    """Whether the question applies, its answer is known, and is one beside which it is asked.

    The owner's name stays in the store when the answer changes to "nobody"; it is not shown then.
    """
    answer = trace.answer(question.id)
    if not answer.is_known or answer.option is None or not applies(question, trace):
        return False
    mark = question.detail.at_least if question.detail else None
    return mark is None or question.ranks[answer.option] >= question.ranks[mark]


def _stages_in_a_row(result: Result) -> TraceMap:
    questionnaire = result.questionnaire
    nodes = []
    for column, stage in enumerate(questionnaire.stages, 1):
        gates = [
            need
            for _, need in questionnaire.gates
            if questionnaire.by_id[need.question].stage_id == stage.id
        ]
        place = MapNode(id=stage.id, name=stage.title, column=column, needs=gates)
        nodes.append(_node(result, place))
    links = tuple(
        FlowLink(
            id=f"{one.id}>{following.id}",
            name="",
            state=FlowState.MET,
            detail="",
            question_ids=(),
            is_judged=False,
            from_=one.id,
            to=following.id,
        )
        for one, following in pairwise(nodes)
    )
    return TraceMap(tuple(nodes), links)
