"""The trace as a flow: each part reads as bad as its worst requirement, and says who is there."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given

from assessment.files.questionnaires import find
from assessment.method.answers import Answer, Trace
from assessment.method.gaps import assess
from assessment.method.questionnaire import UNKNOWN, Questionnaire
from reports.charts.flow import FlowState, TraceMap, trace_map, worst
from reports.charts.map_words import in_words, spoken
from reports.wording import capital
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
    assert [question.id for question in link.questions] == ["water.drain"]


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
    assert [question.id for question in water.questions] == ["water.rhythm", "water.drain"]
    assert (light.state, light.is_judged) == (MET, False)  # no level asks anything of it


def test_the_shipped_map_is_drawn_whole(own: Questionnaire) -> None:
    assert own.map is not None
    flow = drawn(own, CASES[0].trace)
    assert [node.id for node in flow.nodes] == [node.id for node in own.map.nodes]
    assert len(flow.links) == len(own.map.links)
    assert len({link.id for link in flow.links}) == len(flow.links)
    assert all(part.questions and part.is_judged for part in flow.parts)


def test_parts_are_read_as_the_work_flows(own: Questionnaire) -> None:
    flow = drawn(own, CASES[0].trace)
    assert sorted(part.id for part in flow.parts) == sorted(
        part.id for part in (*flow.nodes, *flow.links)
    )
    order = [part.id for part in flow.parts]
    assert order[:3] == ["intent", "intent>brief", "brief"]  # a box, then what leaves it
    for link in flow.links:
        assert order.index(link.from_) < order.index(link.id)


def test_a_part_knows_its_questions_and_their_answers(own: Questionnaire) -> None:
    weakest, said = next(iter(own.by_id["review.criteria"].options.items()))
    trace = Trace({}, {"review.criteria": Answer(weakest), "review.practice": Answer(UNKNOWN)})
    check = next(node for node in drawn(own, trace).nodes if node.id == "check")
    by_id = {question.id: question for question in check.questions}
    assert by_id["review.criteria"].text == own.by_id["review.criteria"].ask
    assert by_id["review.criteria"].answer == said.text
    assert by_id["review.practice"].answer == "We don't know"
    assert not by_id["review.coverage"].is_asked
    states = {question.id: question.state for question in check.questions}
    assert states["review.criteria"] is MISSING
    assert states["review.practice"] is UNKNOWN_
    assert states["review.coverage"] is NOT_ASKED


# Now and later


def at(flow: TraceMap, part_id: str) -> tuple[str, bool]:
    part = next(part for part in flow.parts if part.id == part_id)
    return part.state_label, part.is_pressing


@pytest.mark.parametrize(
    ("target", "back", "decisions"),
    [
        (3, ("missing, later", False), ("missing, later", False)),
        (4, ("missing", True), ("missing, later", False)),
        (5, ("missing", True), ("missing", True)),
        (9, ("missing", True), ("missing", True)),
    ],
)
def test_what_only_later_levels_need_is_later(
    own: Questionnaire, target: int, back: tuple[str, bool], decisions: tuple[str, bool]
) -> None:
    trace = next(case.trace for case in CASES if case.id == "editorial-workflow-draft")
    flow = trace_map(assess(own, trace), target)
    assert at(flow, "response") == back
    assert at(flow, "decisions") == decisions
    assert at(flow, "brief") == ("in place", False)
    states = {part.id: part.state for part in flow.parts}
    assert states == {part.id: part.state for part in drawn(own, trace).parts}  # the same truth


def test_without_a_target_the_next_level_counts(own: Questionnaire) -> None:
    for case in CASES:
        result = assess(own, case.trace)
        assert trace_map(result) == trace_map(result, result.standing.level + 1)


def test_what_does_harm_now_is_never_later(own: Questionnaire) -> None:
    for case in CASES:
        result = assess(own, case.trace)
        harmful = {p.step.question for p in result.patterns if p.step is not None}
        for part in trace_map(result, target=1).parts:
            for question in part.questions:
                assert not (question.is_later and question.id in harmful)


def test_what_was_not_asked_is_never_called_later(own: Questionnaire) -> None:
    assert not any(part.is_later for part in drawn(own, Trace({})).parts)


@given(traced())
def test_what_is_short_is_either_pressing_or_later(
    invented: tuple[Questionnaire, Trace],
) -> None:
    for part in trace_map(assess(*invented)).parts:
        is_short = part.state in (MISSING, UNKNOWN_)
        assert is_short == (part.is_pressing or part.is_later)
        assert not (part.is_pressing and part.is_later)
        assert part.state_label.startswith(part.state.label)


# In words


def test_the_list_in_words_names_each_part_once_by_its_state(own: Questionnaire) -> None:
    for case in CASES:
        flow = drawn(own, case.trace)
        groups = in_words(flow)
        assert sum(len(group.parts) for group in groups) == len(flow.parts)
        titles = [group.title for group in groups]
        assert len(set(titles)) == len(titles)
        assert all(not a.endswith("later") or b.endswith("later") for a, b in pairwise(titles))
        for part in flow.parts:
            (group,) = (g for g in groups if g.title.lower() == part.state_label)
            assert any(capital(part.name) in said and part.detail in said for said in group.parts)


def test_a_screen_reader_is_told_name_state_detail_and_what_opens() -> None:
    trace = Trace({}, {"water.rhythm": Answer("weekly", detail="Ann")})
    said = spoken(drawn(TINY, trace))
    ask = TINY.by_id["water.rhythm"].ask
    assert said["can"] == f"Can: in place. Ann. Opens the question: {ask}"
    assert said["can>pot"].startswith("Arrow 1, pours (Can to Pot): not asked yet.")
    assert "pot" not in said  # nothing is asked of it


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
