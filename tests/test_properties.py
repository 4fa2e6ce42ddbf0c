"""What holds for every questionnaire and every trace, by construction of the method."""

from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from assessment.method.answers import Answer, Trace, applies
from assessment.method.engine import Finding, Standing, State, classify
from assessment.method.gaps import Kind, assess
from assessment.method.questionnaire import UNKNOWN, Questionnaire
from tests.invented import traced

Traced = tuple[Questionnaire, Trace]


def readings(standing: Standing) -> tuple[int, int, int]:
    return standing.level, standing.ceiling, standing.evidenced


def answered(trace: Trace, question: str, answer: Answer) -> Trace:
    return replace(trace, answers={**trace.answers, question: answer})


@given(traced(), st.data())
def test_raising_an_answer_lowers_none_of_the_three_readings(
    case: Traced, data: st.DataObject
) -> None:
    questionnaire, trace = case
    known = [q for q in questionnaire.questions if trace.answer(q.id).is_known]
    assume(known)
    question = data.draw(st.sampled_from(known))
    answer = trace.answer(question.id)
    stronger = list(question.options)[question.ranks[answer.option or ""] :]
    raised = replace(answer, option=data.draw(st.sampled_from(stronger)))
    before = classify(questionnaire, trace)
    after = classify(questionnaire, answered(trace, question.id, raised))
    pairs = zip(readings(before), readings(after), strict=True)
    assert all(was <= becomes for was, becomes in pairs)


@given(traced(), st.data())
def test_resolving_an_unknown_never_widens_the_interval(case: Traced, data: st.DataObject) -> None:
    questionnaire, trace = case
    open_ = [q for q in questionnaire.questions if not trace.answer(q.id).is_known]
    assume(open_)
    question = data.draw(st.sampled_from(open_))
    option = data.draw(st.sampled_from(list(question.options)))
    before = classify(questionnaire, trace)
    resolved = replace(trace.answer(question.id), option=option)
    after = classify(questionnaire, answered(trace, question.id, resolved))
    assert before.level <= after.level
    assert after.ceiling <= before.ceiling


@given(traced())
def test_evidenced_level_and_ceiling_stand_in_this_order(case: Traced) -> None:
    standing = classify(*case)
    assert 1 <= standing.evidenced <= standing.level <= standing.ceiling
    assert standing.ceiling <= standing.questionnaire.top


@given(traced())
def test_closing_what_blocks_lifts_the_level(case: Traced) -> None:
    questionnaire, trace = case
    standing = classify(questionnaire, trace)
    assume(standing.level < questionnaire.top)
    assert standing.blocking
    for finding in standing.blocking:
        trace = answered(trace, finding.question.id, Answer(list(finding.question.options)[-1]))
    assert classify(questionnaire, trace).level > standing.level


@given(traced())
def test_leaving_one_blocker_open_does_not_lift_the_level(case: Traced) -> None:
    questionnaire, trace = case
    standing = classify(questionnaire, trace)
    assume(standing.blocking)
    for finding in standing.blocking[1:]:
        trace = answered(trace, finding.question.id, Answer(list(finding.question.options)[-1]))
    left = standing.blocking[0].question.id
    assume(all(finding.question.id != left for finding in standing.blocking[1:]))
    assert classify(questionnaire, trace).level == standing.level


@given(traced())
def test_the_level_is_the_least_of_the_stage_profile(case: Traced) -> None:
    standing = classify(*case)
    assert standing.level == min(standing.stage_profile.values())


@given(traced())
def test_each_requirement_that_counts_is_met_not_applicable_or_listed(case: Traced) -> None:
    result = assess(*case)
    standing = result.standing
    counting = [s for s in standing.safeguards if standing.counts_by_now(s)]
    listed = {
        (reason.requirement.question, reason.requirement.at_least)
        for gap in result.gaps
        for reason in gap.reasons
    }

    def is_listed(finding: Finding) -> bool:
        return (finding.requirement.question, finding.requirement.at_least) in listed

    for finding in (*standing.gates, *counting):
        settled = finding.state in (State.MET, State.NOT_APPLICABLE)
        assert settled != is_listed(finding)


@given(traced())
def test_each_question_stands_in_the_gap_list_once_and_says_all_it_is_needed_for(
    case: Traced,
) -> None:
    result = assess(*case)
    questions = [gap.question.id for gap in result.gaps]
    assert len(questions) == len(set(questions))
    needed = [f.requirement for f in (*result.standing.gates, *result.standing.safeguards_short)]
    for gap in result.gaps:
        reasons = [reason.requirement for reason in gap.reasons]
        short = [
            need
            for need in needed
            if need.question == gap.question.id and result.standing.states([need])[0].is_short
        ]
        assert all(need in reasons for need in short)
    kinds = [gap.kind for gap in result.gaps]
    assert Kind.ROAD not in kinds[: len(result.near_gaps)]


@given(traced())
def test_what_does_not_apply_is_never_a_gap(case: Traced) -> None:
    result = assess(*case)
    assert all(applies(gap.question, result.trace) for gap in result.gaps)


@given(traced())
def test_not_asked_and_unknown_compute_alike(case: Traced) -> None:
    questionnaire, trace = case
    said = {q: replace(a, option=a.option or UNKNOWN) for q, a in trace.answers.items()}
    one, other = assess(questionnaire, trace), assess(questionnaire, replace(trace, answers=said))
    assert readings(one.standing) == readings(other.standing)
    assert [(g.question.id, g.kind) for g in one.gaps] == [
        (g.question.id, g.kind) for g in other.gaps
    ]


@given(traced())
def test_no_pattern_shows_on_an_unknown_answer(case: Traced) -> None:
    result = assess(*case)
    for pattern in result.patterns:
        asked = (c.question for c in pattern.when if c.question is not None)
        assert all(result.trace.answer(question).is_known for question in asked)


@given(traced())
def test_the_perception_gap_is_zero_exactly_inside_the_interval(case: Traced) -> None:
    standing = classify(*case)
    if standing.perceived is None:
        assert standing.perception_gap is None
    else:
        inside = standing.level <= standing.perceived <= standing.ceiling
        assert (standing.perception_gap == 0) == inside
