"""The participants' pages in a real browser, with a script and without."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from assessment.store.database import Database
from assessment.store.workshop_records import Agreement, Step
from tests.phone_browser import a_phone, ask_of, heading, joined, look_at
from tests.room_people import OWN, OWN_PACE, REHEARSAL, Facilitator, now, options
from tests.served import Served

pytest_plugins = ("tests.served_fixtures",)
pytestmark = pytest.mark.browser


def test_a_phone_comes_in_guesses_and_answers(phone: BrowserContext, room: Facilitator) -> None:
    asked = room.questions[0]
    page = phone.new_page()
    page.goto("/join")
    look_at(page)
    page.get_by_label("Code").fill("never-a-code")
    page.get_by_role("button", name="Go on").tap()
    expect(page.get_by_role("alert")).to_contain_text("There is no open workshop")
    look_at(page)
    page.get_by_label("Code").fill(f"{room.code[:3]} {room.code[3:].lower()}")
    page.get_by_role("button", name="Go on").tap()
    heading(page, "Join the workshop")
    page.get_by_text("All of it, as it is").tap()
    look_at(page)
    page.get_by_label("Sales").check()
    page.get_by_role("button", name="Join").tap()
    heading(page, "You are in")
    look_at(page)
    room.go(Step.GUESS)
    heading(page, "At which level")
    look_at(page)
    page.get_by_label("4 Cross-functional coordination").check()
    page.get_by_role("button", name="Send my guess").tap()
    heading(page, "Your guess is in")
    look_at(page)
    room.ask(asked)
    heading(page, ask_of(asked))
    page.get_by_text("What counts, and why we ask").tap()
    page.get_by_text("Add a comment").tap()
    look_at(page)
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Send my answer").tap()
    heading(page, "Your answer is in")
    look_at(page)


def test_a_phone_sees_the_reveal_the_result_and_the_end(
    phone: BrowserContext, room: Facilitator
) -> None:
    page = joined(phone, room)
    room.go(Step.GUESS)
    page.get_by_label("4 Cross-functional coordination").check()
    page.get_by_role("button", name="Send my guess").tap()
    heading(page, "Your guess is in")
    asked = room.questions[0]
    first = options(asked)[0]
    room.ask(asked)
    page.get_by_label(OWN.questionnaire.by_id[asked].options[first].text).check()
    page.get_by_role("button", name="Send my answer").tap()
    heading(page, "Your answer is in")
    room.others(first, first, "unknown")
    room.reveal(asked)
    expect(page.locator(".own")).to_contain_text("✓ Your answer 3 of 4")
    room.workshops.record(room.key, Agreement(asked, first, "Because", "Or not", now()))
    expect(page.get_by_text("The room agreed")).to_be_visible()
    look_at(page)
    room.go(Step.RESULT)
    expect(page.get_by_text("You guessed")).to_be_visible()
    look_at(page)
    room.workshops.release(room.key, now())
    with page.expect_download(timeout=60_000) as download:
        page.get_by_role("link", name="Fetch the report (PDF)").tap()
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF")
    look_at(page)
    page.get_by_role("button", name="Leave the workshop").tap()
    heading(page, "You have left")
    look_at(page)
    page.get_by_role("button", name="Come back").tap()
    expect(page.get_by_text("You guessed")).to_be_visible()
    room.workshops.close(room.key, {}, now())
    heading(page, "This workshop is over")
    look_at(page)


def test_at_ones_own_pace_and_in_a_rehearsal(phone: BrowserContext, kept: Database) -> None:
    room = Facilitator(kept, OWN_PACE)
    page = joined(phone, room)
    room.ask_all()
    heading(page, "0 of 8 answers in")
    look_at(page)
    page.get_by_role("link", name="Go on with the next").tap()
    for number in range(8):
        heading(page, ask_of(room.questions[number]))
        page.get_by_role("radio").last.check()
        page.get_by_role("button", name="Send my answer").tap()
    heading(page, "All your answers are in")
    assert set(room.answered.values()) == {1}
    look_at(page)
    page.goto(f"/join/{Facilitator(kept, REHEARSAL).code}")
    heading(page, "This is a rehearsal")
    look_at(page)


def test_without_a_script_everything_works(
    chromium: Browser, server: Served, room: Facilitator, troubles: list[str]
) -> None:
    bare = a_phone(chromium, server, troubles, script=False)
    page = joined(bare, room)
    heading(page, "You are in")
    asked = room.questions[0]
    room.ask(asked)
    heading(page, ask_of(asked))  # it looks again by itself
    page.get_by_role("radio").nth(1).check()
    page.get_by_text("Add a comment").tap()
    page.get_by_label("Comment").fill("line one\n<b>two</b>")
    page.get_by_role("button", name="Send my answer").tap()
    heading(page, "Your answer is in")
    expect(page.get_by_text("<b>two</b>")).to_be_visible()
    page.get_by_role("link", name="Change my answer").tap()
    assert page.get_by_label("Comment").input_value() == "line one\n<b>two</b>"
    page.get_by_role("radio").last.check()
    page.get_by_role("button", name="Send the new answer").tap()
    expect(page.get_by_text("We don't know")).to_be_visible()
    page.reload()
    heading(page, "Your answer is in")
    room.reveal(asked)
    expect(page.get_by_text("Fewer than three people answered")).to_be_visible()
    page.get_by_role("link", name="Look again").tap()
    page.get_by_role("button", name="Leave the workshop").tap()
    heading(page, "You have left")
    bare.close()


@pytest.mark.slow
def test_twelve_phones_answer_together(
    chromium: Browser, server: Served, room: Facilitator, troubles: list[str]
) -> None:
    phones = [a_phone(chromium, server, troubles) for _ in range(12)]
    pages = [joined(context, room) for context in phones]
    asked = room.questions[0]
    room.ask(asked)
    for page in pages:
        heading(page, ask_of(asked))
    for number, page in enumerate(pages):
        page.get_by_role("radio").nth(number % 3).check()
        page.get_by_role("button", name="Send my answer").tap(no_wait_after=True)
    for page in pages:
        heading(page, "Your answer is in")
    assert room.answered == {asked: 12}
    room.reveal(asked)
    for page in pages:
        expect(page.locator(".own")).to_contain_text("4 of 12")
    for context in phones:
        context.close()


def test_a_slow_phone_gets_little_and_can_use_it_before_the_script_is_there(
    phone: BrowserContext, room: Facilitator
) -> None:
    sizes: list[int] = []
    page = phone.new_page()
    page.on("response", lambda answer: sizes.append(len(answer.body())))
    page.route("**/room.js*", lambda route: route.abort())
    page.goto(f"/join/{room.code}")
    page.get_by_label("Sales").check()
    page.get_by_role("button", name="Join").tap()
    heading(page, "You are in")
    assert sum(sizes) < 60_000
    assert not re.search(r"https?://(?!127\.0\.0\.1|www\.w3\.org)", page.content())
