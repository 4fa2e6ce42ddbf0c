"""What a room said: its own answer, what to talk about first, and nobody shown alone."""

import random
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.files.questionnaires import find
from assessment.method.answers import Answer, Trace, applies
from assessment.method.engine import classify
from assessment.method.questionnaire import UNKNOWN, Questionnaire
from assessment.method.room import (
    FEWEST,
    Ballot,
    Reason,
    by_function,
    guesses,
    reveal,
    room_trace,
    shown_functions,
    splitting_questions,
    spread,
)
from tests.invented import questionnaires

OWN = find("coordination-trace").questionnaire
USERS = OWN.by_id["use.users"]
FACTS: Mapping[str, str] = {"name": "A use case"}
functions = st.lists(st.sampled_from(["Sales", "Marketing", "Product", "Support"]), max_size=14)


def votes(*options: str, question: str = "use.users", function: str = "") -> list[Ballot]:
    return [Ballot(function, {question: option}) for option in options]


@st.composite
def rooms(draw: st.DrawFn) -> tuple[Questionnaire, list[Ballot]]:
    questionnaire = draw(questionnaires(5))
    answers = {q.id: st.sampled_from([*q.options, UNKNOWN, ""]) for q in questionnaire.questions}
    people = draw(st.lists(st.tuples(st.fixed_dictionaries(answers), st.sampled_from("abc"))))
    kept = [({q: o for q, o in given.items() if o}, function) for given, function in people]
    return questionnaire, [Ballot(function, given) for given, function in kept]


def test_we_do_not_know_is_counted_beside_the_scale() -> None:
    one = spread(USERS, votes("team", "team", UNKNOWN))
    assert one.counts == {"one_person": 0, "several_separately": 0, "team": 2}
    assert (one.unknown, one.answered, one.consensus, one.median) == (1, 3, 1, "team")


def test_the_room_does_not_know_only_where_more_than_half_say_so() -> None:
    assert spread(USERS, votes("team", UNKNOWN)).median == "team"
    assert spread(USERS, votes("team", UNKNOWN, UNKNOWN)).median == UNKNOWN
    assert spread(USERS, []).median is None


def test_of_two_answers_in_the_middle_the_lower_one_is_the_rooms() -> None:
    assert spread(USERS, votes("one_person", "team")).median == "one_person"


@pytest.mark.parametrize("people", [1, 2])
def test_a_question_with_fewer_than_three_answers_shows_no_spread(people: int) -> None:
    assert not spread(USERS, votes(*["team"] * people)).is_shown
    assert reveal(OWN, FACTS, votes(*["team"] * people)) == ()


def test_what_decides_the_next_level_is_talked_about_first() -> None:
    split = {"use.users": ["one_person", "team", "team"], "tooling.brief": ["topic", "brief"] * 2}
    ballots = [ballot for q, options in split.items() for ballot in votes(*options, question=q)]
    revealed = reveal(OWN, FACTS, ballots)
    level = classify(OWN, room_trace(OWN, FACTS, ballots)).level
    gates = {need.question for number, need in OWN.gates if number == level + 1}
    assert revealed[0].reason is Reason.GATE
    assert revealed[0].spread.question.id in gates


def test_the_room_sees_what_the_level_would_be_under_either_answer() -> None:
    (one,) = reveal(OWN, FACTS, votes("one_person", "team", "team"))
    under = {outcome.answer: (outcome.level, outcome.ceiling) for outcome in one.outcomes}
    for answer, interval in under.items():
        standing = classify(OWN, Trace(FACTS, {"use.users": Answer(answer)}))
        assert interval == (standing.level, standing.ceiling)
    assert under["one_person"] != under["team"]


@given(rooms())
def test_every_question_that_enough_people_answered_is_revealed_once(
    room: tuple[Questionnaire, list[Ballot]],
) -> None:
    questionnaire, ballots = room
    trace = room_trace(questionnaire, FACTS, ballots)
    enough = [
        question.id
        for question in questionnaire.questions
        if spread(question, ballots).answered >= FEWEST and applies(question, trace)
    ]
    revealed = reveal(questionnaire, FACTS, ballots)
    assert sorted(one.spread.question.id for one in revealed) == sorted(enough)
    order = [tuple(Reason).index(one.reason) for one in revealed]
    assert order == sorted(order)


@given(rooms(), st.integers())
def test_who_spoke_first_changes_nothing(
    room: tuple[Questionnaire, list[Ballot]], seed: int
) -> None:
    questionnaire, ballots = room
    shuffled = random.Random(seed).sample(ballots, len(ballots))
    assert reveal(questionnaire, FACTS, shuffled) == reveal(questionnaire, FACTS, ballots)


@given(functions)
def test_neither_a_function_nor_what_is_left_over_is_fewer_than_three(people: list[str]) -> None:
    shown = shown_functions(people)
    left = sum(function not in shown for function in people)
    assert all(people.count(function) >= FEWEST for function in shown)
    assert left == 0 or left >= FEWEST or not shown


def test_two_people_left_over_hide_the_smallest_function_with_them() -> None:
    assert shown_functions(["a"] * 4 + ["b"] * 3 + ["c"] * 2) == ("a",)
    assert shown_functions(["a"] * 4 + ["b"] * 3) == ("a", "b")
    assert shown_functions(["a"] * 4 + ["b"] * 2) == ()


def test_a_function_sees_its_own_level_and_what_splits_it_from_others() -> None:
    sales = votes("team", "team", "team", function="Sales")
    marketing = votes("one_person", "one_person", "team", function="Marketing")
    views = by_function(OWN, FACTS, sales + marketing)
    medians = {v.function: v.standing.trace.answer("use.users").option for v in views}
    assert medians == {"Sales": "team", "Marketing": "one_person"}
    assert USERS in splitting_questions(views)


def test_what_two_of_a_function_answered_is_not_shown_as_its_answer() -> None:
    sales = [*votes("team", "team", function="Sales"), Ballot("Sales")]
    views = by_function(OWN, FACTS, sales + votes("team", "team", "team", function="Marketing"))
    by_name = {view.function: view for view in views}
    assert by_name["Sales"].standing.trace.answer("use.users").option is None
    assert by_name["Marketing"].standing.trace.answer("use.users").option is None


def test_a_room_of_one_function_is_not_broken_down() -> None:
    assert by_function(OWN, FACTS, votes(*["team"] * 5, function="Sales")) == ()


def test_guesses_are_counted_by_level() -> None:
    ballots = [Ballot("", guess=level) for level in (2, 2, 5, None)]
    assert guesses(OWN, ballots) == (0, 2, 0, 0, 1)
