"""The facilitator's screens: a workshop from the code to the result, without a browser."""

import re
from datetime import timedelta
from secrets import token_urlsafe

import pytest
from streamlit.testing.v1 import AppTest

from assessment.method.questionnaire import UNKNOWN
from assessment.pages import current
from assessment.pages.address import ROOM_PAGE, WORKSHOP_PAGE
from assessment.pages.start import examples
from assessment.pages.workshop import join_address, rehearsal, running
from assessment.pages.workshop.recording import NOT_AGREED
from assessment.store.participation import Participation
from assessment.store.traces import TraceStore
from assessment.store.workshop_records import Pace, Step, WorkshopPlan
from reports.room.agenda import agenda
from tests.page_visits import begun, open_app, words

pytest_plugins = ("tests.page_fixtures",)
pytestmark = pytest.mark.usefixtures("kept")

OWN = examples.questionnaires()[0].questionnaire
FIRST = OWN.backbone[0]
CODE = "KH7QWX"
PLAN = WorkshopPlan(functions=("Sales", "Marketing"))


def opened(plan: WorkshopPlan = PLAN) -> str:
    key = token_urlsafe(16)
    trace = begun("Newsletter drafts")
    running.workshops().open((token_urlsafe(16), key, CODE), trace, plan, current.now())
    return key


def control(key: str) -> AppTest:
    return open_app(page=WORKSHOP_PAGE, w=key)


def room(key: str) -> str:
    return words(open_app(page=ROOM_PAGE, w=key))


def press(tab: AppTest, label: str) -> AppTest:
    named = [button for button in tab.button if button.label.startswith(label)]
    next((button for button in named if button.label == label), named[0]).click()
    tab.run()
    assert not tab.exception
    return tab


def vote(people: int, option: str, question: str = FIRST.id) -> None:
    taking_part = Participation(current.database())
    for number in range(people):
        token = token_urlsafe(16)
        taking_part.join(CODE, token, ("Sales", "Marketing")[number % 2], current.now())
        taking_part.vote(token, question, option, "", current.now())


def answering(key: str, *options: str) -> None:
    at = running.workshops().load(key).version
    running.workshops().move(key, at, Step.ANSWER, FIRST.id, current.now())
    for option in options:
        vote(1, option)


def test_a_workshop_is_opened_on_a_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(join_address, "public_url", "https://audit.example.com")
    trace = begun("Newsletter drafts")
    tab = open_app(trace, WORKSHOP_PAGE)
    press(tab, "Open the workshop")
    ((key, workshop),) = running.workshops().of_trace(trace)
    assert workshop.code is not None
    assert workshop.code in words(control(key))
    links = [link.proto for link in open_app(trace, WORKSHOP_PAGE).get("page_link")]
    (back,) = (link for link in links if link.label.startswith("Workshop of today"))
    assert back.label.endswith(", open")
    assert key in back.query_string


def test_without_a_function_no_workshop_opens() -> None:
    trace = begun()
    tab = open_app(trace, WORKSHOP_PAGE)
    tab.text_area[0].set_value(" \n ")
    press(tab, "Open the workshop")
    assert "Name at least one function" in words(tab)
    assert running.workshops().of_trace(trace) == ()


def test_the_rooms_screen_says_how_to_join(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(join_address, "public_url", "https://audit.example.com")
    said = room(opened())
    assert "KH7QWX" in said
    assert "/join" in said


def test_where_phones_cannot_reach_the_server_nobody_is_sent_there() -> None:
    key = opened()
    assert "KH7QWX" not in room(key)
    assert "Phones cannot reach this server" in words(control(key))


def test_before_the_reveal_nobody_sees_an_answer() -> None:
    key = opened()
    answering(key, "team", "team", "one_person")
    assert "3 of 3 answered" in words(control(key))
    for said in (words(control(key)), room(key)):
        assert "2 of 3" not in said
        assert "say “" not in said


def test_the_reveal_shows_the_spread_to_the_room() -> None:
    key = opened()
    answering(key, "team", "team", "one_person")
    tab = press(control(key), "Reveal")
    for said in (words(tab), room(key)):
        assert "2 of 3" in said
        assert "2 of 3 say “A team" in said


def test_two_answers_are_not_spelt_out() -> None:
    key = opened()
    answering(key, "team", "one_person")
    tab = press(control(key), "Reveal")
    for said in (words(tab), room(key)):
        assert "1 of 2" not in said
        assert "Fewer than three people answered" in said


def test_what_is_recorded_becomes_an_answer_of_the_trace(kept: TraceStore) -> None:
    key = opened()
    answering(key, "team", "team", "one_person")
    tab = press(control(key), "Reveal")
    tab.radio[0].set_value("team")
    tab.text_input[0].input("We agreed on it in May")
    tab.text_input[1].input("Sales sees one person")
    press(tab, "Record it")
    trace = running.workshops().load(key).use_case_id
    answer = kept.load(trace).trace.answer(FIRST.id)
    assert answer.option == "team"
    assert answer.note == "We agreed on it in May Minority view: Sales sees one person"
    assert "Recorded: A team" in room(key)


def test_what_is_not_agreed_counts_as_not_known(kept: TraceStore) -> None:
    key = opened()
    answering(key, "team", "team", "one_person")
    tab = press(control(key), "Reveal")
    tab.radio[0].set_value(tab.radio[0].options[-1])
    assert tab.radio[0].options[-1] == NOT_AGREED
    press(tab, "Record it")
    trace = running.workshops().load(key).use_case_id
    assert kept.load(trace).trace.answer(FIRST.id).option == UNKNOWN
    assert "Not agreed" in room(key)


def test_nothing_is_recorded_where_nothing_was_chosen() -> None:
    key = opened()
    answering(key)
    tab = press(control(key), "Reveal")
    press(tab, "Record it")
    assert "Choose what the room agrees on" in words(tab)
    assert running.said().agreed(key) == ()


def test_hands_can_be_counted_instead() -> None:
    key = opened()
    answering(key)
    tab = control(key)
    for number, hands in zip(tab.number_input, (1, 0, 8, 0), strict=True):
        number.set_value(hands)
    press(tab, "Reveal these hands")
    assert "8 of 9 say “A team" in room(key)


def test_a_paused_workshop_says_so_on_both_screens() -> None:
    key = opened()
    tab = press(control(key), "Pause")
    assert "Paused" in words(tab)
    assert "Paused" in room(key)
    assert "Paused" not in words(press(tab, "Go on"))


def test_the_result_in_the_room_has_the_level_and_the_next_step() -> None:
    key = opened()
    answering(key, "team", "team", "team")
    tab = press(control(key), "Reveal")
    press(tab, "Record it")
    press(tab, "Stop here: to the result")
    for said in (words(tab), room(key)):
        assert "level" in said.lower()
        assert "The guess and the result" in said


def test_closing_keeps_counts_and_nobody() -> None:
    key = opened()
    answering(key, "team", "team", "one_person")
    press(control(key), "Reveal")
    tab = press(control(key), "Close the workshop")
    assert "Only counts are kept" in words(tab)
    assert running.said().ballots(key) == ()
    assert {one.question: one.kept for one in running.said().rounds(key)} == {
        FIRST.id: {"team": 2, "one_person": 1}
    }


def test_another_facilitator_who_moved_on_is_noticed() -> None:
    key = opened()
    tab = control(key)
    at = running.workshops().load(key).version
    running.workshops().move(key, at, Step.GUESS, None, current.now())
    press(tab, "Start: guess first")
    assert "Another facilitator moved the workshop on" in words(tab)


def test_a_renewed_address_shuts_the_old_one_out() -> None:
    key = opened()
    press(control(key), "Make a new address")
    assert "There is no workshop at this address" in words(control(key))
    assert "There is no workshop at this address" in room(key)


@pytest.mark.parametrize("pace", Pace)
def test_a_rehearsal_has_twelve_people_and_is_marked_everywhere(pace: Pace) -> None:
    key = opened(WorkshopPlan(functions=PLAN.functions, pace=pace, is_rehearsal=True))
    later = current.now() + timedelta(minutes=1)
    rehearsal.act(running.load(key), later)
    assert running.attendance(key, later).present == rehearsal.PEOPLE
    press(press(control(key), "Start"), "Put eight questions" if pace is Pace.OWN else "First")
    rehearsal.act(running.load(key), later + timedelta(minutes=1))
    answered = running.attendance(key, later).answered
    assert answered[FIRST.id] == rehearsal.PEOPLE
    assert "simulated people" in words(control(key))
    assert "simulated people" in room(key)


def test_a_real_workshop_has_no_simulated_people() -> None:
    key = opened()
    rehearsal.act(running.load(key), current.now())
    assert running.attendance(key, current.now()).joined == 0


def test_a_rehearsal_works_on_a_copy(kept: TraceStore) -> None:
    trace = begun("Newsletter drafts")
    press(open_app(trace, WORKSHOP_PAGE), "Rehearse it first")
    names = {summary.name for summary in kept.recent(5)}
    assert names == {"Newsletter drafts", "Rehearsal: Newsletter drafts"}
    assert running.workshops().of_trace(trace) == ()


@pytest.mark.parametrize("wrong", ["nonsense", "' OR 1=1 --", "<script>", "a" * 500])
def test_a_wrong_address_has_a_way_out(wrong: str) -> None:
    assert "There is no workshop at this address" in words(control(wrong))


def here(tab: AppTest) -> str:
    """The part of the agenda that is marked as the present one."""
    agenda = next(
        html.proto.body for html in tab.get("html") if 'class="agenda"' in html.proto.body
    )
    (marked,) = re.findall(r'<li class="here" aria-current="step">(.*?)</li>', agenda)
    return re.sub("<[^>]+>", " ", marked)


def test_every_part_of_the_agenda_is_marked_when_it_is_the_turn_of_it() -> None:
    key = opened()
    marked = []
    for step in Step:
        at = running.workshops().load(key).version
        question = FIRST.id if step in (Step.ANSWER, Step.REVEAL) else None
        running.workshops().move(key, at, step, question, current.now())
        marked.append(here(control(key)))
    titles = [item.title for item in agenda(PLAN.minutes)]
    assert [said.strip().partition("  ")[0] for said in marked] == titles


def test_a_workshop_is_opened_on_a_new_use_case_too(kept: TraceStore) -> None:
    tab = open_app(page=WORKSHOP_PAGE)
    press(tab, "Go on to the workshop")
    assert "Still needed" in words(tab)
    tab.text_input[0].input("Replies to suppliers")
    press(tab, "Go on to the workshop")
    assert [summary.name for summary in kept.recent(5)] == ["Replies to suppliers"]


def test_a_use_case_that_is_there_is_offered() -> None:
    begun("Newsletter drafts")
    assert "Newsletter drafts" in words(open_app(page=WORKSHOP_PAGE))


def test_at_their_own_pace_the_first_questions_come_first_and_the_rest_after_them() -> None:
    key = opened(WorkshopPlan(functions=PLAN.functions, pace=Pace.OWN))
    vote_on = [question.id for question in OWN.backbone]
    press(press(control(key), "Start"), "Put eight questions")
    assert {one.question for one in running.said().rounds(key)} == set(vote_on)
    for question in OWN.backbone:
        vote(3, list(question.options)[-1], question.id)
    tab = press(control(key), "Reveal them all")
    for place in range(len(vote_on)):
        press(tab, "Record it")
        if place < len(vote_on) - 1:
            press(tab, "Next to talk about")
    press(tab, "Put ")
    assert len(running.said().rounds(key)) > len(vote_on)


def test_the_next_step_is_taken_on_in_the_room_and_the_report_released_after_it() -> None:
    key = opened()
    answering(key, "one_person", "one_person", "one_person")
    press(press(control(key), "Reveal"), "Record it")
    tab = press(press(control(key), "Stop here"), "On to the next step")
    assert running.workshops().load(key).step is Step.PLAN
    assert "Next step" in room(key)
    press(tab, "Release the report")
    assert running.workshops().load(key).released is not None
    assert "Phones can fetch it for 24 hours" in words(tab)


def test_no_click_is_final_before_the_close() -> None:
    key = opened()
    answering(key, "team", "team", "one_person")
    tab = press(control(key), "Reveal")
    press(tab, "Vote again")
    assert running.workshops().load(key).step is Step.ANSWER
    press(tab, "Back")
    assert running.workshops().load(key).step is Step.GUESS
    press(tab, "Back")
    assert running.workshops().load(key).step is Step.LOBBY


def test_the_rooms_screen_never_shows_a_comment_or_a_facilitators_address() -> None:
    key = opened()
    answering(key, "team", "team")
    token = token_urlsafe(16)
    taking_part = Participation(current.database())
    taking_part.join(CODE, token, "Sales", current.now())
    taking_part.vote(token, FIRST.id, "team", "Between us: nobody checks", current.now())
    tab = press(control(key), "Reveal")
    assert "Between us: nobody checks" in words(tab)
    assert "Between us" not in room(key)
    assert key not in room(key)


def test_nobody_is_hurried_before_the_start_and_while_the_workshop_rests() -> None:
    key = opened()
    assert "0 of" not in words(control(key))
    answering(key)
    assert "0 of 28 minutes" in words(control(key))
    assert "28 minutes" not in words(press(control(key), "Pause"))
