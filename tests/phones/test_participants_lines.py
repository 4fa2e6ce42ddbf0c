"""Phones on bad lines: what was sent is in, and what is not in is kept and said."""

import pytest
from playwright.sync_api import BrowserContext, Request, Route, expect

from assessment.store.workshop_records import Agreement, Step
from tests.phone_browser import ask_of, heading, joined
from tests.room_people import Facilitator, now

pytest_plugins = ("tests.served_fixtures",)
pytestmark = pytest.mark.browser


def test_an_answer_on_a_broken_line_is_kept_and_sent_again(
    phone: BrowserContext, room: Facilitator
) -> None:
    page = joined(phone, room)
    asked = room.questions[0]
    room.ask(asked)
    heading(page, ask_of(asked))
    phone.set_offline(True)
    page.get_by_role("radio").nth(2).check()
    page.get_by_role("button", name="Send my answer").tap()
    expect(page.locator("#line")).to_contain_text("Not sent yet: no connection.")
    heading(page, ask_of(asked))
    expect(page.get_by_role("radio").nth(2)).to_be_checked()
    assert room.answered == {asked: 0}
    phone.set_offline(False)
    heading(page, "Your answer is in")
    expect(page.locator("#line")).to_be_empty()
    assert room.answered == {asked: 1}


def test_what_was_not_sent_outlives_a_reload(phone: BrowserContext, room: Facilitator) -> None:
    page = joined(phone, room)
    asked = room.questions[0]
    room.ask(asked)
    heading(page, ask_of(asked))
    page.route("**/join/*", lambda route: cut(route, "POST"))
    page.get_by_role("radio").nth(1).check()
    page.get_by_text("Add a comment").tap()
    page.get_by_label("Comment").fill("Mine")
    page.get_by_role("button", name="Send my answer").tap()
    expect(page.locator("#line")).to_contain_text("Not sent yet")
    page.reload()
    expect(page.locator("#line")).to_contain_text("This answer was not sent yet.")
    expect(page.get_by_role("radio").nth(1)).to_be_checked()
    assert page.get_by_label("Comment").input_value() == "Mine"
    page.unroute_all()
    page.get_by_role("button", name="Send my answer").tap()
    heading(page, "Your answer is in")
    expect(page.get_by_text("Your comment: Mine")).to_be_visible()


def cut(route: Route, method: str) -> None:
    if route.request.method == method:
        route.abort("connectionreset")
    else:
        route.continue_()


def test_what_is_typed_outlives_a_pause_and_a_change_beside_it(
    phone: BrowserContext, room: Facilitator
) -> None:
    page = joined(phone, room)
    asked = room.questions[0]
    room.ask(asked)
    heading(page, ask_of(asked))
    page.get_by_role("radio").nth(1).check()
    page.get_by_text("Add a comment").tap()
    page.get_by_label("Comment").press_sequentially("Half a th")
    seen = page.locator("main").get_attribute("data-version")
    room.workshops.record(room.key, Agreement("x", None, "", "", now()))
    expect(page.locator("main")).not_to_have_attribute("data-version", seen or "")
    expect(page.get_by_label("Comment")).to_be_focused()
    page.keyboard.type("ought")
    room.workshops.pause(room.key, now())
    heading(page, "The workshop rests")
    room.workshops.go_on(room.key)
    heading(page, ask_of(asked))
    assert page.get_by_label("Comment").input_value() == "Half a thought"
    expect(page.get_by_role("radio").nth(1)).to_be_checked()


def test_double_taps_are_one_answer_and_one_person(
    phone: BrowserContext, room: Facilitator
) -> None:
    posts: list[str] = []

    def note(request: Request) -> None:
        if request.method == "POST":
            posts.append(request.post_data or "")

    page = phone.new_page()
    page.on("request", note)
    page.goto(f"/join/{room.code}")
    page.get_by_label("Sales").check()
    page.get_by_role("button", name="Join").evaluate("button => { button.click(); button.click() }")
    heading(page, "You are in")
    asked = room.questions[0]
    room.ask(asked)
    heading(page, ask_of(asked))
    page.get_by_role("radio").first.check()
    twice = "button => { for (let i = 0; i < 5; i++) button.click() }"
    page.get_by_role("button", name="Send my answer").evaluate(twice)
    heading(page, "Your answer is in")
    assert [post.count("do=vote") for post in posts].count(1) == 1
    assert room.answered == {asked: 1}
    assert room.said.attendance(room.key, now()).joined == 1


def test_two_tabs_of_one_browser_say_the_same(phone: BrowserContext, room: Facilitator) -> None:
    one = joined(phone, room)
    asked = room.questions[0]
    room.ask(asked)
    other = phone.new_page()
    other.goto(f"/join/{room.code}")
    for page in (one, other):
        heading(page, ask_of(asked))
    other.get_by_role("radio").nth(1).check()
    other.get_by_role("button", name="Send my answer").tap()
    for page in (one, other):
        heading(page, "Your answer is in")
    assert room.said.attendance(room.key, now()).joined == 1


def test_a_phone_that_nobody_looks_at_asks_for_nothing(
    phone: BrowserContext, room: Facilitator
) -> None:
    page = joined(phone, room)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.evaluate(
        "Object.defineProperty(document, 'hidden', {get: () => window.away, configurable: true});"
        "window.away = true; document.dispatchEvent(new Event('visibilitychange'))"
    )
    page.wait_for_timeout(200)
    asked.clear()
    page.wait_for_timeout(5000)
    assert asked == []
    room.go(Step.GUESS)
    page.evaluate("window.away = false; document.dispatchEvent(new Event('visibilitychange'))")
    heading(page, "At which level")


def test_a_lost_connection_is_said_calmly_and_forgotten_afterwards(
    phone: BrowserContext, room: Facilitator
) -> None:
    page = joined(phone, room)
    phone.set_offline(True)
    expect(page.locator("#line")).to_have_text("No connection. We keep trying.")
    heading(page, "You are in")
    room.go(Step.GUESS)
    phone.set_offline(False)
    heading(page, "At which level")
    expect(page.locator("#line")).to_be_empty()
