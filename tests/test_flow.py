"""The trace as a flow: each part reads as bad as its worst requirement, and says who is there."""

from pathlib import Path

import pytest
from hypothesis import given

from assessment.files.questionnaires import find
from assessment.method.answers import Answer, Trace
from assessment.method.gaps import assess
from assessment.method.questionnaire import UNKNOWN, Questionnaire
from reports.flow import FlowState, TraceMap, trace_map, worst
from tests.invented import traced
from tests.test_cases import CASES

TINY = find(Path(__file__).parent / "questionnaires/tiny.yaml").questionnaire

MET, MISSING, UNKNOWN_, NOT_ASKED, NOT_APPLICABLE = (
    FlowState.MET,
    FlowState.MISSING,
    FlowState.UNKNOWN,
    FlowState.NOT_ASKED,
    FlowState.NOT_APPLICABLE,
)


def drawn(questionnaire: Questionnaire, trace: Trace) -> TraceMap:
    return trace_map(assess(questionnaire, trace))


@pytest.mark.parametrize(
    ("states", "whole"),
    [
        ([], MET),
        ([MET], MET),
        ([MET, MET], MET),
        ([MET, NOT_ASKED], NOT_ASKED),
        ([NOT_ASKED, UNKNOWN_], UNKNOWN_),
        ([UNKNOWN_, MISSING], MISSING),
        ([MET, NOT_ASKED, UNKNOWN_, MISSING, NOT_APPLICABLE], MISSING),
        ([NOT_APPLICABLE, MET], MET),
        ([NOT_APPLICABLE, NOT_ASKED], NOT_ASKED),
        ([NOT_APPLICABLE, NOT_APPLICABLE], NOT_APPLICABLE),
    ],
)
def test_the_worst_requirement_counts(states: list[FlowState], whole: FlowState) -> None:
    assert worst(states) is whole
    assert worst(reversed(states)) is whole


@pytest.mark.parametrize(
    ("answer", "state", "label"),
    [
        (Answer(), NOT_ASKED, "not asked yet"),
        (Answer(evidence=("A page",)), NOT_ASKED, "not asked yet"),
        (Answer(UNKNOWN), UNKNOWN_, "not known"),
        (Answer("seldom"), MISSING, "missing"),
        (Answer("weekly"), MET, "in place"),
        (Answer("measured"), MET, "in place"),
    ],
)
def test_a_box_says_what_became_of_it(answer: Answer, state: FlowState, label: str) -> None:
    can, pot = drawn(TINY, Trace({"name": "Fern"}, {"water.rhythm": answer})).nodes
    assert (can.state, can.state_label) == (state, label)
    assert (pot.state, pot.is_judged) == (MET, False)


@pytest.mark.parametrize(
    ("answer", "detail"),
    [
        (Answer("weekly", detail=" Ann "), "Ann"),
        (Answer("measured", detail="Ann"), "Ann"),
        (Answer("seldom", detail="Ann"), ""),
        (Answer(UNKNOWN, detail="Ann"), ""),
        (Answer(None, detail="Ann"), ""),
        (Answer("weekly"), ""),
    ],
)
def test_a_name_is_shown_only_where_it_still_belongs(answer: Answer, detail: str) -> None:
    assert drawn(TINY, Trace({}, {"water.rhythm": answer})).nodes[0].detail == detail


def test_an_arrow_reads_as_a_box_does() -> None:
    trace = Trace({}, {"water.drain": Answer("nowhere", detail="Two litres")})
    (link,) = drawn(TINY, trace).links
    assert (link.from_, link.to, link.name) == ("can", "pot", "pours")
    assert (link.state, link.detail) == (MISSING, "Two litres")
    assert link.question_ids == ("water.drain",)


def test_without_a_map_the_stages_stand_in_a_row() -> None:
    plain = TINY.model_copy(update={"map": None})
    trace = Trace({"place": "greenhouse"}, {"water.rhythm": Answer("weekly")})
    flow = drawn(plain, trace)
    assert [(n.id, n.name, n.column, n.row) for n in flow.nodes] == [
        ("water", "Water", 1, 1),
        ("light", "Light", 2, 1),
    ]
    assert [(link.from_, link.to) for link in flow.links] == [("water", "light")]
    water, light = flow.nodes
    assert water.state is NOT_ASKED  # the gate of level 3
    assert water.question_ids == ("water.rhythm", "water.drain")
    assert (light.state, light.is_judged) == (MET, False)  # no level asks anything of it


def test_the_shipped_map_is_drawn_whole(own: Questionnaire) -> None:
    assert own.map is not None
    flow = drawn(own, CASES[0].trace)
    assert [node.id for node in flow.nodes] == [node.id for node in own.map.nodes]
    assert len(flow.links) == len(own.map.links)
    assert len({link.id for link in flow.links}) == len(flow.links)
    assert all(part.question_ids and part.is_judged for part in (*flow.nodes, *flow.links))


@given(traced())
def test_a_stage_is_in_place_exactly_when_it_supports_the_top(
    invented: tuple[Questionnaire, Trace],
) -> None:
    questionnaire, trace = invented
    result = assess(questionnaire, trace)
    supports = result.standing.stage_profile
    for node in trace_map(result).nodes:
        fine = node.state in (MET, NOT_APPLICABLE)
        assert fine == (supports[node.id] == questionnaire.top)
