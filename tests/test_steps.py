"""The way through a trace: which step comes next, and that none is out of reach."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.method.answers import Answer, Trace
from assessment.method.questionnaire import UNKNOWN
from assessment.pages.trace.journey import ABOUT, FIRST, PAUSE, plan
from assessment.pages.trace.steps import Step, Walk, walk
from assessment.pages.trace.view import Way
from tests.people import READ

OWN = READ.questionnaire
BACKBONE = [question.id for question in OWN.backbone]
WAYS: tuple[Way, ...] = ("questions", "parts")


def way_through(answers: dict[str, str], way: Way = "questions") -> Walk:
    given = {question: Answer(option) for question, option in answers.items()}
    return walk(plan(OWN, Trace({"name": "Blog"}, given)), way)


def strongest(*questions: str) -> dict[str, str]:
    return {question: list(OWN.by_id[question].options)[-1] for question in questions}


def test_the_facts_come_first_then_the_first_questions_in_their_order() -> None:
    steps = way_through({}).steps
    assert [step.part.id for step in steps[:2]] == [ABOUT, FIRST]
    assert [step.question.id for step in steps[1:9] if step.question] == BACKBONE
    assert steps[9].part.id == PAUSE


def test_no_question_is_asked_twice() -> None:
    asked = [step.question.id for step in way_through({}).every if step.question]
    assert sorted(asked) == sorted(OWN.by_id)


def test_whoever_leaves_the_first_questions_comes_by_the_pause() -> None:
    way = way_through(strongest(*BACKBONE))
    last = way.at(None, BACKBONE[-1])
    pause = way.next(last)
    assert pause is not None
    assert pause.part.id == PAUSE
    after = way.next(pause)
    assert after is not None
    assert after.part.id not in (ABOUT, FIRST, PAUSE)


def test_what_was_skipped_comes_again_at_the_end() -> None:
    way = way_through({q: UNKNOWN for q in OWN.by_id if q != BACKBONE[2]})
    end = way.steps[-1]
    following = way.next(end)
    assert following is not None
    assert following.question == OWN.by_id[BACKBONE[2]]


@pytest.mark.parametrize("way", WAYS)
def test_after_the_last_question_only_the_result_is_left(way: Way) -> None:
    through = way_through(strongest(*OWN.by_id), way)
    assert through.next(through.steps[-1]) is None
    assert through.first_open is through.steps[0]


def test_an_address_may_say_anything() -> None:
    way = way_through(strongest(BACKBONE[0]))
    assert way.at(None, None).question == OWN.by_id[BACKBONE[1]]
    assert way.at("nothing", "of that name").question == OWN.by_id[BACKBONE[1]]
    assert way.at(FIRST, "foreign").question == OWN.by_id[BACKBONE[1]]
    assert way.at(ABOUT, None).part.id == ABOUT


def test_a_settled_question_shows_when_it_is_linked_and_one_does_not_come_by_it() -> None:
    way = way_through({q.id: next(iter(q.options)) for q in OWN.backbone})
    settled = [step for step in way.every if step.is_settled]
    assert settled
    for step in settled:
        assert step.question is not None
        assert step not in way.steps
        assert way.at(None, step.question.id) == step
        back = way.back(step)
        assert back is not None
        assert not back.is_settled


def test_a_link_to_a_question_leads_to_its_part_where_parts_are_shown() -> None:
    way = way_through({}, "parts")
    for question in OWN.questions:
        step = way.at(None, question.id)
        assert question in step.part.every


answered = st.dictionaries(
    st.sampled_from(sorted(OWN.by_id)), st.integers(0, 4), max_size=len(OWN.by_id)
)


@given(answered, st.sampled_from(WAYS))
def test_going_on_reaches_everything_that_can_change_the_result(
    places: dict[str, int], way: Way
) -> None:
    options = {q: [*OWN.by_id[q].options, UNKNOWN] for q in places}
    through = way_through({q: options[q][n % len(options[q])] for q, n in places.items()}, way)
    seen: list[Step] = []
    step: Step | None = through.steps[0]
    while step is not None and step not in seen:
        seen.append(step)
        step = through.next(step)
    open_steps = [one for one in through.every if one.is_open]
    assert [one for one in open_steps if one not in seen] == []
    for one in through.steps[1:]:
        back = through.back(one)
        assert back is not None
        assert through.steps.index(back) == through.steps.index(one) - 1
