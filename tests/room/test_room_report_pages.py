"""Where the facilitator fetches the files of a workshop, and the form for a room without phones."""

import json
from secrets import token_urlsafe

import pytest
from streamlit.testing.v1 import AppTest

from assessment.files.export_reader import read_export
from assessment.pages import current, downloads
from assessment.pages.address import RESULT_PAGE, WORKSHOP_PAGE
from assessment.pages.start import examples
from assessment.pages.workshop import files, running
from assessment.pages.workshop.files import account_of_last
from assessment.store.participation import Participation
from assessment.store.room_accounts import summary_of
from assessment.store.workshop_records import Agreement, Step, WorkshopPlan
from reports.making import make
from tests.page_visits import begun, open_app, words

pytest_plugins = ("tests.page_fixtures",)
pytestmark = pytest.mark.usefixtures("kept")

OWN = examples.questionnaires()[0].questionnaire
FIRST = OWN.backbone[0]
CODE = "KH7QWX"
PLAN = WorkshopPlan(functions=("Sales", "Marketing"))


def held(step: Step = Step.PLAN, plan: WorkshopPlan = PLAN) -> tuple[str, str]:
    """A workshop in which four people answered a question: its trace and its key."""
    key, trace = token_urlsafe(16), begun("Newsletter drafts")
    workshops = running.workshops()
    workshops.open((token_urlsafe(16), key, CODE), trace, plan, current.now())
    workshops.move(key, 1, Step.ANSWER, FIRST.id, current.now())
    weak, *_, strong = FIRST.options
    for option in (weak, strong, strong, strong):
        token = token_urlsafe(16)
        room = Participation(current.database())
        room.join(CODE, token, "Sales", current.now())
        room.vote(token, FIRST.id, option, "", current.now())
    workshops.reveal(key, FIRST.id, current.now())
    said = Agreement(FIRST.id, strong, "Three of us saw it", "", current.now())
    workshops.record(key, said)
    workshops.move(key, workshops.load(key).version, step, None, current.now())
    return trace, key


def close(key: str) -> None:
    now = running.load(key)
    summary = summary_of(now.questionnaire, now.stored.trace.facts, now.ballots)
    running.workshops().close(key, summary, current.now())


def buttons(tab: AppTest) -> list[str]:
    return [one.proto.label for one in tab.get("download_button")]


FILES = ["Report as PDF", "Report as web page", "Tables as CSV", "Everything as JSON"]


def test_the_facilitator_fetches_all_files_before_the_release() -> None:
    _, key = held()
    tab = open_app(page=WORKSHOP_PAGE, w=key)
    assert "Take it home" in words(tab)
    assert [label for label in buttons(tab) if label in FILES] == FILES


def test_before_the_result_there_are_no_files() -> None:
    _, key = held(Step.REVEAL)
    assert "Take it home" not in words(open_app(page=WORKSHOP_PAGE, w=key))


def test_after_the_final_close_the_files_say_the_same() -> None:
    _, key = held()
    before = running.load(key).account
    close(key)
    assert running.load(key).account == before
    tab = open_app(page=WORKSHOP_PAGE, w=key)
    assert [label for label in buttons(tab) if label in FILES] == FILES


def test_the_files_say_what_the_room_said() -> None:
    _, key = held()
    now = running.load(key)
    page = make("html", now.room_report, current.now()).decode()
    assert "What the room said" in page
    assert "Three of us saw it" in page
    document = files.export_of(now)
    assert read_export(document, "x.json").use_case.workshop == now.account
    assert json.loads(document)["workshop"]["people"] == 4


def test_the_traces_own_files_have_the_workshop_once_it_is_released() -> None:
    trace, key = held()
    opened = current.load(trace)
    assert account_of_last(opened) is None
    running.workshops().release(key, current.now())
    assert account_of_last(opened) == running.load(key).account
    assert buttons(open_app(trace, RESULT_PAGE))[:4] == FILES
    document = json.loads(downloads.whole_trace(opened, account_of_last(opened)))
    assert document["workshop"]["people"] == 4


def test_the_files_of_a_rehearsals_trace_are_marked_at_once() -> None:
    trace, _ = held(plan=WorkshopPlan(functions=("Sales",), is_rehearsal=True))
    found = account_of_last(current.load(trace))
    assert found is not None
    assert found.is_rehearsal


def test_a_room_without_phones_finds_the_form_when_opening_and_beside_the_hands() -> None:
    trace, key = held(Step.REVEAL)
    opening = buttons(open_app(trace, WORKSHOP_PAGE))
    assert "Paper form, eight questions (PDF)" in opening
    assert len(opening) == 2
    workshops = running.workshops()
    second = OWN.backbone[1].id
    workshops.move(key, workshops.load(key).version, Step.ANSWER, second, current.now())
    beside = buttons(open_app(page=WORKSHOP_PAGE, w=key))
    assert beside == ["Paper form, eight questions (PDF)"]
