"""A workshop's own logic: what to ask next, what was agreed, and people who are simulated."""

from hypothesis import given
from hypothesis import strategies as st

from assessment.files.questionnaires import find
from assessment.method.answers import Trace
from assessment.method.engine import classify
from assessment.method.inquiry import inquire
from assessment.method.questionnaire import UNKNOWN, Questionnaire
from assessment.method.room import Ballot, spread
from assessment.method.session import agreed_trace, next_questions, working_trace
from assessment.method.simulated import simulated_answer, simulated_guess
from tests.invented import questionnaires

OWN = find("coordination-trace").questionnaire
PEOPLE = 12


def room(questionnaire: Questionnaire, seed: int) -> list[Ballot]:
    return [
        Ballot("", {q.id: simulated_answer(q, person, seed) for q in questionnaire.questions})
        for person in range(PEOPLE)
    ]


def test_what_the_room_could_not_agree_on_is_not_known() -> None:
    trace = agreed_trace({}, {"use.users": "team", "tooling.brief": None})
    assert trace.answer("use.users").option == "team"
    assert trace.answer("tooling.brief").option == UNKNOWN


def test_what_was_agreed_stands_before_the_middle_of_the_room() -> None:
    ballots = [Ballot("", {"use.users": "team", "tooling.brief": "brief"})] * 3
    trace = working_trace(OWN, {}, ballots, {"use.users": "one_person"})
    assert trace.answer("use.users").option == "one_person"
    assert trace.answer("tooling.brief").option == "brief"


def test_a_short_workshop_asks_the_backbone_first_then_what_decides_the_level() -> None:
    asked = next_questions(OWN, Trace(), is_short=True)
    backbone = len(OWN.backbone)
    assert asked[:backbone] == tuple(OWN.backbone)
    assert {q.id for q in asked} <= {q.id for q in next_questions(OWN, Trace(), is_short=False)}


@given(questionnaires(5), st.integers(0, 1000))
def test_when_nothing_is_left_to_ask_the_level_is_settled(
    questionnaire: Questionnaire, seed: int
) -> None:
    trace = Trace()
    while questions := next_questions(questionnaire, trace, is_short=True):
        agreed = {q: a.option for q, a in trace.answers.items()}
        trace = agreed_trace(
            {}, {**agreed, questions[0].id: simulated_answer(questions[0], 0, seed)}
        )
    assert inquire(questionnaire, trace).is_level_settled


def test_a_rehearsal_can_be_repeated() -> None:
    assert room(OWN, 3) == room(OWN, 3)
    assert room(OWN, 3) != room(OWN, 4)


@given(questionnaires(5), st.integers(0, 1000))
def test_simulated_people_answer_what_they_are_asked(
    questionnaire: Questionnaire, seed: int
) -> None:
    for ballot in room(questionnaire, seed):
        for question in questionnaire.questions:
            assert ballot.answers[question.id] in (*question.options, UNKNOWN)
    assert all(
        1 <= simulated_guess(questionnaire, person, seed) <= questionnaire.top
        for person in range(PEOPLE)
    )


def test_simulated_people_disagree_as_rooms_do() -> None:
    spreads = [spread(question, room(OWN, 1)) for question in OWN.questions]
    agreeing = [one.consensus for one in spreads if one.consensus is not None]
    assert min(agreeing) < 0.5 < max(agreeing)
    assert 0 < sum(one.unknown for one in spreads) < len(spreads) * PEOPLE / 4


def test_a_simulated_room_comes_to_a_result() -> None:
    standing = classify(OWN, working_trace(OWN, {}, room(OWN, 1), {}))
    assert 1 <= standing.level <= standing.ceiling <= OWN.top
