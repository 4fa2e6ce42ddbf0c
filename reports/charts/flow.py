"""The trace as a picture, in data: which parts of the way are in place, and which are missing.

A part (a box or an arrow) is read from the requirements that the questionnaire's map names for it.
Only the worst of them counts, as everywhere in the method: a way is as good as its weakest part.

A map names marks up to the top, so that an early use case is short of most of it. What only levels
above the one aimed at ask for is therefore told apart: it stays missing, and is said to be later.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from assessment.method.answers import Trace, applies
from assessment.method.engine import State, state_of
from assessment.method.gaps import Result
from assessment.method.plan import aim, needed
from assessment.method.questionnaire import MapLink, MapNode, Question, Requirement
from reports.wording import STATES, answer_text


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


_KNOWN_TO_BE_SHORT = (FlowState.MISSING, FlowState.UNKNOWN)
"""What may be called later. Of what nobody was asked, the word would say when it is asked."""


@dataclass(frozen=True)
class FlowQuestion:
    """A question that a part is read from, and how it was answered.

    `state` is that of the worst mark the part asks of it, None where only its detail is shown;
    `is_later` says that no level up to the target asks for what is short.
    """

    id: str
    text: str
    answer: str
    is_asked: bool
    state: FlowState | None
    is_later: bool


@dataclass(frozen=True)
class FlowPart:
    """What a box and an arrow have in common.

    `detail` says who or where to, in the words of the answers. `questions` are those it is read
    from. Where `is_judged` is False the questionnaire asks nothing of the part: its state is met,
    and a picture should claim nothing about it.
    """

    id: str
    name: str
    state: FlowState
    detail: str
    questions: tuple[FlowQuestion, ...]
    is_judged: bool

    @property
    def is_later(self) -> bool:
        """Whether something is short of it, and none of that is asked for up to the target."""
        short = [q for q in self.questions if q.state in _KNOWN_TO_BE_SHORT]
        return self.state in _KNOWN_TO_BE_SHORT and all(q.is_later for q in short)

    @property
    def is_pressing(self) -> bool:
        """Whether something is short of it by now: what a picture should show first."""
        return self.is_judged and self.state in _KNOWN_TO_BE_SHORT and not self.is_later

    @property
    def state_label(self) -> str:
        """The state in words."""
        return f"{self.state.label}, later" if self.is_later else self.state.label


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
    """The use case as a flow, in the questionnaire's order.

    `target` is the level that parts are held against when they are said to be later.
    """

    nodes: tuple[FlowNode, ...]
    links: tuple[FlowLink, ...]
    target: int = 1

    @property
    def parts(self) -> tuple[FlowNode | FlowLink, ...]:
        """Boxes and arrows in the order in which to read them: each box, then what leaves it."""
        found: list[FlowNode | FlowLink] = []
        for node in self.nodes:
            found.append(node)
            found.extend(link for link in self.links if link.from_ == node.id)
        return tuple(found)


def trace_map(result: Result, target: int | None = None) -> TraceMap:
    """Draw a result as a flow.

    A questionnaire without a map shows its stages in a row, each linked to the next. A stage is
    then read from every requirement that any level, up to the top, puts to its questions.

    Args:
        result: What the method says of a trace.
        target: The level that people aim at, 1 to the top; without it, the next one.
    """
    level = aim(result, target)
    view = _View(result, frozenset(gap.question.id for gap in needed(result, level)))
    drawn = result.questionnaire.map
    if drawn is None:
        nodes, links = _stages_in_a_row(view)
    else:
        nodes = tuple(_node(view, node) for node in drawn.nodes)
        links = tuple(_link(view, link) for link in drawn.links)
    return TraceMap(nodes, links, level)


@dataclass(frozen=True)
class _View:
    """A result, and the questions of which something is needed for the target or does harm now."""

    result: Result
    due: frozenset[str]


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


def _node(view: _View, node: MapNode) -> FlowNode:
    return FlowNode(
        id=node.id,
        name=node.name,
        state=worst(_state(view.result, need) for need in node.needs),
        detail=_detail(view.result, node.detail),
        questions=_questions(view, node.needs, node.detail),
        is_judged=bool(node.needs),
        column=node.column,
        row=node.row,
    )


def _link(view: _View, link: MapLink) -> FlowLink:
    return FlowLink(
        id=f"{link.from_}>{link.to}",
        name=link.name or "",
        state=worst(_state(view.result, need) for need in link.needs),
        detail=_detail(view.result, link.detail),
        questions=_questions(view, link.needs, link.detail),
        is_judged=bool(link.needs),
        from_=link.from_,
        to=link.to,
    )


def _questions(
    view: _View, needs: Sequence[Requirement], details: Sequence[str]
) -> tuple[FlowQuestion, ...]:
    """The questions that a part is read from, each once."""
    ids = dict.fromkeys([*(need.question for need in needs), *details])
    return tuple(_question(view, question_id, needs) for question_id in ids)


def _question(view: _View, question_id: str, needs: Sequence[Requirement]) -> FlowQuestion:
    result = view.result
    question, answer = result.questionnaire.by_id[question_id], result.trace.answer(question_id)
    states = [_state(result, need) for need in needs if need.question == question_id]
    state = worst(states) if states else None
    return FlowQuestion(
        id=question_id,
        text=question.ask,
        answer=answer_text(question, answer, result.trace),
        is_asked=answer.option is not None,
        state=state,
        is_later=state in _KNOWN_TO_BE_SHORT and question_id not in view.due,
    )


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


def _stages_in_a_row(view: _View) -> tuple[tuple[FlowNode, ...], tuple[FlowLink, ...]]:
    questionnaire = view.result.questionnaire
    nodes = []
    for column, stage in enumerate(questionnaire.stages, 1):
        gates = [
            need
            for _, need in questionnaire.gates
            if questionnaire.by_id[need.question].stage_id == stage.id
        ]
        place = MapNode(id=stage.id, name=stage.title, column=column, needs=gates)
        nodes.append(_node(view, place))
    links = tuple(
        _link(view, MapLink(**{"from": one.id, "to": following.id}))
        for one, following in pairwise(nodes)
    )
    return tuple(nodes), links
