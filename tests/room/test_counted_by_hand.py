"""A room without phones: people and guesses, counted by the facilitator."""

import pytest

from assessment.pages.safe_text import plain
from assessment.pages.workshop import join_address, running
from assessment.room_account import Group
from assessment.store.workshop_records import Step
from reports.room.words import HANDS as HANDS_COUNTED
from tests.page_visits import words
from tests.room_counting import (
    FIRST,
    HANDS,
    OWN,
    PEOPLE,
    by_phone,
    control,
    enter,
    fold,
    go,
    is_open,
    numbers,
    opened,
    press,
    room,
    room_at,
)
from tests.room_people import HOSTILE

pytest_plugins = ("tests.page_fixtures",)
pytestmark = pytest.mark.usefixtures("kept")

NOTHING_SHOWN = "Fewer than three people guessed, so no guesses are shown."


# Who is there


@pytest.mark.parametrize("step", [Step.LOBBY, Step.GUESS])
def test_people_are_counted_by_function(step: Step) -> None:
    key = opened(step)
    tab = enter(control(key), PEOPLE, 5, 4, 3)
    assert "12 people counted and kept." in words(tab)
    assert "12 counted here" in words(tab)
    assert "12 counted here" in room_at(key, Step.GUESS)
    account = running.load(key).account
    assert account.people == 12
    assert account.groups == (Group("Sales", 5), Group("Marketing", 4), Group(HOSTILE, 3))


def test_the_fold_for_people_does_not_push() -> None:
    key = opened()
    assert not is_open(control(key), PEOPLE)
    go(key, Step.GUESS)
    assert not is_open(control(key), PEOPLE)
    assert is_open(control(key), HANDS)


def test_a_function_of_one_or_two_is_seen_by_nobody_but_who_typed_it() -> None:
    key = opened(Step.GUESS)
    tab = enter(control(key), PEOPLE, 5, 4, 2)
    assert [field.value for field in fold(tab, PEOPLE).number_input] == [5, 4, 2]
    account = running.load(key).account
    assert account.people == 11
    assert account.groups == (Group("Sales", 5),)
    assert account.others == 6
    report = running.load(key).room_report.room
    assert report is not None
    assert HOSTILE not in repr(report)
    for step in (Step.GUESS, Step.RESULT, Step.PLAN):
        assert HOSTILE not in room_at(key, step)


@pytest.mark.parametrize("step", [Step.LOBBY, Step.GUESS])
def test_what_to_say_and_do_is_about_hands_only_where_phones_cannot_come(
    step: Step, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = opened(step)
    by_hand = words(control(key))
    monkeypatch.setattr(join_address, "public_url", "https://audit.example.com")
    by_phone = words(control(key))
    assert ("Hands are counted, or forms on paper" in by_hand) == (step is Step.LOBBY)
    assert ("Join with your phone" in by_phone) == (step is Step.LOBBY)
    assert ("Count the hands for each level." in by_hand) == (step is Step.GUESS)
    for said in ("Join with your phone", "People join with their phones", "join code"):
        assert said not in by_hand
    for said in ("Hands are counted", "hands are counted", "Count the hands for each level."):
        assert said not in by_phone


def test_a_hostile_function_is_plain_text() -> None:
    tab = control(opened())
    label = fold(tab, PEOPLE).number_input[2].label
    assert label == plain(HOSTILE)
    assert HOSTILE in words(tab)
    assert not any("<script>alert" in html.proto.body for html in tab.get("html"))


def test_saving_again_replaces_and_emptying_takes_back() -> None:
    key = opened()
    by_phone("Sales", "Sales", "Sales", "Sales")
    tab = enter(control(key), PEOPLE, 5, 4, 0)
    enter(tab, PEOPLE, 6, 0, 0)
    assert running.load(key).account.people == 6
    tab = enter(tab, PEOPLE, 0, 0, 0)
    assert "Taken back: phones count again." in words(tab)
    assert running.load(key).account.people == 4
    assert "Taken back" not in words(tab.run())


def test_two_people_are_told_as_fewer_than_three() -> None:
    key = opened()
    enter(control(key), PEOPLE, 2, 0, 0)
    account = running.load(key).account
    assert (account.people, account.groups) == (None, ())


@pytest.mark.parametrize(("step", "label"), [(Step.LOBBY, PEOPLE), (Step.GUESS, HANDS)])
def test_where_nothing_is_entered_it_says_so(step: Step, label: str) -> None:
    key = opened(step)
    before = running.workshops().load(key)
    tab = control(key)
    tab = enter(tab, label, *[0] * len(fold(tab, label).number_input))
    assert "No number is entered yet." in words(tab)
    assert running.workshops().load(key) == before


# Guesses


def test_guesses_are_counted_and_told_with_the_result_only() -> None:
    key = opened(Step.GUESS)
    by_phone("Sales", "Sales", "Sales", guess=5)
    tab = enter(control(key), HANDS, 1, 5, 3, 0, 0)
    for said in (words(tab), room(key)):
        assert "Nine guesses counted" in said
        assert "of 3 guessed" not in said
        assert "of 9" not in said
    assert running.load(key).account.guesses == ()
    go(key, Step.RESULT)
    assert running.load(key).account.guesses == (1, 5, 3, 0, 0)
    for said in (words(control(key)), room(key)):
        assert "The middle guess of 9 people was level 2" in said
        assert "Hands were counted." in said


def test_guesses_by_phone_are_not_called_hands() -> None:
    key = opened(Step.GUESS)
    by_phone("Sales", "Sales", "Sales", guess=5)
    go(key, Step.RESULT)
    assert "Hands were counted." not in words(control(key))


def test_the_level_that_is_guessed_has_its_name() -> None:
    labels = [field.label for field in fold(control(opened(Step.GUESS)), HANDS).number_input]
    assert labels == [f"{one.level} · {one.name}" for one in OWN.levels]


def test_two_guesses_are_not_shown() -> None:
    key = opened(Step.GUESS)
    enter(control(key), HANDS, 1, 1, 0, 0, 0)
    go(key, Step.RESULT)
    assert running.load(key).account.guesses == ()
    for said in (words(control(key)), room(key)):
        assert NOTHING_SHOWN in said


def test_guesses_are_replaced_and_taken_back() -> None:
    key = opened(Step.GUESS)
    by_phone("Sales", "Sales", "Sales", guess=5)
    tab = enter(control(key), HANDS, 1, 5, 3, 0, 0)
    enter(tab, HANDS, 0, 0, 4, 0, 0)
    assert running.workshops().load(key).counted_guesses == {3: 4}
    enter(tab, HANDS, 0, 0, 0, 0, 0)
    go(key, Step.RESULT)
    assert running.load(key).account.guesses == (0, 0, 0, 0, 3)


def test_where_people_are_in_by_phone_hands_wait_in_their_fold() -> None:
    key = opened(Step.GUESS)
    by_phone("Sales")
    assert not is_open(control(key), HANDS)


def test_another_facilitators_screen_has_what_was_counted() -> None:
    key = opened(Step.GUESS)
    other = control(key)
    enter(control(key), HANDS, 1, 5, 3, 0, 0)
    other.run()
    assert "Nine guesses counted" in words(other)
    assert [field.value for field in fold(other, HANDS).number_input] == [1, 5, 3, 0, 0]


# What the report says


def test_the_report_of_a_room_without_phones_says_nothing_of_phones() -> None:
    key = opened()
    tab = enter(control(key), PEOPLE, 5, 4, 0)
    tab = enter(press(tab, "Start"), HANDS, 1, 5, 3, 0, 0)
    tab = press(tab, "First question")
    enter(tab, HANDS, *numbers(FIRST, 1, 8), button="Reveal these hands")
    go(key, Step.PLAN)
    report = running.load(key).room_report.room
    assert report is not None
    assert "nine people answered by raising hands or on paper; then" in report.opening
    assert report.people.startswith("Nine people were counted in the room.")
    assert report.agenda[0].outcome == "Nine people were counted in the room."
    assert report.guess.endswith(HANDS_COUNTED)
    assert [(bar.text, bar.words) for bar in report.groups] == [
        ("Sales", "5 of 9"),
        ("Marketing", "4 of 9"),
    ]
    assert "The middle guess of 9 people" in report.guess
    assert "belongs to the whole room" in report.functions_note
    assert report.questions[0].votes == "Counted by hand."
    assert "phone" not in repr(report)


def test_after_the_close_the_report_is_the_same_and_small_functions_are_gone() -> None:
    key = opened()
    tab = enter(control(key), PEOPLE, 5, 4, 1)
    tab = enter(press(tab, "Start"), HANDS, 1, 5, 3, 0, 0)
    go(key, Step.PLAN)
    before = running.load(key).account
    assert before.people == 10
    tab = press(control(key), "Close the workshop")
    now = running.load(key)
    assert now.account == before
    assert HOSTILE not in repr(now.workshop.summary)
    assert now.workshop.counted_people is None
    assert "Hands were counted." in words(tab)
    assert PEOPLE not in [one.label for one in tab.expander]
