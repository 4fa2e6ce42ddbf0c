"""What a room said, in words: true, complete, and silent about fewer than three."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.files.questionnaires import find
from assessment.method.engine import classify
from assessment.method.questionnaire import UNKNOWN, Questionnaire
from assessment.method.room import (
    FEWEST,
    Ballot,
    Reason,
    Revealed,
    reveal,
    room_trace,
    spread,
)
from assessment.room_account import FunctionLevel
from assessment.store.room_accounts import summary_of
from reports.room.words import (
    agreement_text,
    bars,
    function_text,
    guess_bars,
    guess_text,
    level_range,
    outcome_texts,
    reason_text,
    spread_of,
    spread_text,
)
from tests.test_room import FACTS, OWN, USERS, rooms

ONE, SEVERAL, TEAM = USERS.options
TOO_FEW = "Fewer than three people answered, so no answers are shown."


def said(one: int = 0, several: int = 0, team: int = 0, unknown: int = 0) -> str:
    return spread_text(spread_of(USERS, {ONE: one, SEVERAL: several, TEAM: team, UNKNOWN: unknown}))


def revealed(*options: str) -> Revealed:
    (one,) = reveal(OWN, FACTS, [Ballot("", {USERS.id: option}) for option in options])
    return one


def test_a_spread_reads_as_a_sentence_the_largest_group_first() -> None:
    assert said(2, 0, 7) == (
        "7 of 9 say “A team uses it in one agreed way, or it runs by itself, the same for"
        " everyone”; 2 say “One person uses it, in their own way”."
    )
    assert said(1, 3, 0, 1).endswith(
        "1 says “One person uses it, in their own way”; one does not know."
    )
    assert said(1, 3, 0, 2).endswith("; 2 do not know.")


def test_a_room_of_one_mind_is_said_so() -> None:
    assert said(0, 0, 4).startswith("All 4 say “A team uses it")
    assert said(unknown=4) == "All 4 say that they don't know."
    assert said(0, 0, 4, 1).startswith("4 of 5 say ")


@pytest.mark.parametrize("people", [1, 2])
def test_fewer_than_three_are_not_spelt_out(people: int) -> None:
    assert said(people) == TOO_FEW
    assert bars(spread_of(USERS, {ONE: people})) == ()
    assert agreement_text(spread_of(USERS, {ONE: people})) == TOO_FEW
    assert said() == "Nobody answered this question."


def test_bars_say_the_same_in_words() -> None:
    lines = bars(spread_of(USERS, {TEAM: 7, ONE: 2, UNKNOWN: 1}))
    assert [(bar.option, bar.words) for bar in lines] == [
        (ONE, "2 of 10"),
        (SEVERAL, "0 of 10"),
        (TEAM, "7 of 10"),
        (UNKNOWN, "1 of 10"),
    ]


def test_why_a_question_is_worth_talking_about() -> None:
    one = revealed(ONE, TEAM, TEAM)
    levels = OWN.levels
    assert one.reason is Reason.GATE
    assert reason_text(one, levels[1]) == (
        "The answers fall on both sides of what level 2, Tool standardization, asks for. This"
        " question decides the level."
    )
    alike = revealed(TEAM, TEAM, TEAM)
    assert "little to talk about" in reason_text(alike, levels[1])
    assert "find out" in reason_text(revealed(UNKNOWN, UNKNOWN, UNKNOWN), None)


def test_what_the_level_would_be_under_either_answer() -> None:
    texts = outcome_texts(revealed(ONE, TEAM, TEAM))
    assert texts == (
        "If “One person uses it, in their own way” holds: level 1.",
        f"If “{USERS.options[TEAM].text.rstrip('.')}” holds: level 1, up to 5 possible.",
    )
    assert outcome_texts(revealed(TEAM, TEAM, TEAM)) == (
        "Whichever answer holds, it is level 1, up to 5 possible.",
    )


def test_answers_that_come_to_the_same_share_a_sentence() -> None:
    texts = outcome_texts(revealed(SEVERAL, TEAM, ONE))
    assert sum(" or " in text.partition(" holds:")[0] for text in texts) <= len(texts) < 3


def test_agreement_has_a_word_a_figure_and_its_limits() -> None:
    assert agreement_text(spread_of(USERS, {ONE: 3})) == (
        "All say the same (agreement 1 of 1). With 3 people, one different answer could make it"
        " anything from 0.08 to 0.63; the counts say more."
    )
    split = agreement_text(spread_of(USERS, {ONE: 20, TEAM: 20}))
    assert split == (
        "The answers lie far apart (agreement 0, where 1 is all alike and 0 an even split between"
        " the ends)."
    )
    assert "All who know say the same" in agreement_text(spread_of(USERS, {ONE: 20, UNKNOWN: 1}))
    assert "Nobody knows" in agreement_text(spread_of(USERS, {UNKNOWN: 5}))
    assert "Only one person knows" in agreement_text(spread_of(USERS, {ONE: 1, UNKNOWN: 5}))


def test_guesses_are_set_against_the_result() -> None:
    assert guess_text((0, 1, 4, 3, 1), 2, 3) == (
        "The middle guess of 9 people was level 3; the result is level 2, up to 3 possible."
        " Guessed: 5 at levels 2 to 3 and 4 above it."
    )
    assert guess_text((2, 1, 0, 0, 0), 2, 2).endswith("Guessed: 1 at level 2 and 2 below it.")
    assert guess_text((0, 0, 0, 2, 1), 1, 1).endswith("Guessed: 3 above level 1.")
    assert "Fewer than three people guessed" in guess_text((1, 1, 0, 0, 0), 2, 2)
    assert guess_bars(OWN, (1, 1, 0, 0, 0)) == ()
    assert [bar.words for bar in guess_bars(OWN, (1, 0, 2, 0, 0))][2] == "2 of 3"


def test_a_function_sees_its_own_interval() -> None:
    ballots = [Ballot(f, {USERS.id: o}) for f, o in [("Sales", TEAM), ("Legal", ONE)] * 3]
    seen = summary_of(OWN, FACTS, ballots)["functions"]
    assert [function_text(FunctionLevel(**view)) for view in seen] == [
        "Legal (three people): level 1.",
        "Sales (three people): level 1, up to 5 possible.",
    ]


def test_an_interval_of_one_level_is_a_level() -> None:
    assert (level_range(2, 2), level_range(2, 4)) == ("level 2", "level 2, up to 4 possible")


@given(rooms())
def test_any_room_can_be_put_into_words(room: tuple[Questionnaire, list[Ballot]]) -> None:
    questionnaire, ballots = room
    standing = classify(questionnaire, room_trace(questionnaire, FACTS, ballots))
    above = questionnaire.levels[standing.level] if standing.level < questionnaire.top else None
    for one in reveal(questionnaire, FACTS, ballots):
        text = spread_text(one.spread)
        assert text.endswith(".")
        assert agreement_text(one.spread).endswith(".")
        assert reason_text(one, above).endswith(".")
        outcomes = outcome_texts(one)
        assert 1 <= len(outcomes) <= len(one.outcomes)
        assert sum(bar.count for bar in bars(one.spread)) == one.spread.answered >= FEWEST


@given(st.lists(st.integers(0, 9), min_size=3, max_size=3), st.integers(0, 9))
def test_the_counts_in_a_sentence_add_up(counts: list[int], unknown: int) -> None:
    given_answers = [o for o, n in zip(USERS.options, counts, strict=True) for _ in range(n)]
    ballots = [Ballot("", {USERS.id: o}) for o in given_answers + [UNKNOWN] * unknown]
    one = spread(USERS, ballots)
    if not one.is_shown:
        return
    text = re.sub("“[^”]*”", "", spread_text(one)).replace("one does", "1 does")
    numbers = [int(n) for n in re.findall(r"\d+", re.sub(r" of \d+", "", text))]
    assert sum(numbers) == one.answered


@given(st.lists(st.integers(0, 6), min_size=5, max_size=5), st.data())
def test_every_guess_is_told_once(counts: list[int], data: st.DataObject) -> None:
    level = data.draw(st.integers(1, 5))
    ceiling = data.draw(st.integers(level, 5))
    text = guess_text(counts, level, ceiling)
    if sum(counts) < FEWEST:
        assert not re.search(r"\d", text)
        return
    told = re.findall(r"(\d+) (?:at|above|below)", text)
    assert sum(map(int, told)) == sum(counts)


def test_another_questionnaire_reads_as_well() -> None:
    tiny = find("tests/questionnaires/tiny.yaml").questionnaire
    for question in tiny.questions:
        counts = dict.fromkeys(question.options, 2)
        assert spread_text(spread_of(question, counts)).startswith("2 of ")
