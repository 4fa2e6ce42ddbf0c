"""One question at a time in a real browser: by keys alone, by finger, and what is called saved."""

import os
import re
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from secrets import token_urlsafe
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from assessment.method.answers import Trace
from assessment.store.database import open_database
from assessment.store.migrate import migrate
from assessment.store.traces import TraceStore
from tests.app_server import AppServer, settle, unfold
from tests.people import QUESTIONS, begun

pytestmark = pytest.mark.browser

FIRST, SECOND, THIRD = (question.ask for question in QUESTIONS[:3])
LONGEST_WAY = 60
"""Steps from the first question to the result, at most."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("server")


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[AppServer]:
    running = AppServer(folder)
    running.start()
    yield running
    running.kill()
    assert running.faults == []


@pytest.fixture(scope="module")
def store(server: AppServer, folder: Path) -> Iterator[TraceStore]:
    assert server.pid, "it has made the database by now"
    database = open_database(f"sqlite:///{folder / 'traces.sqlite3'}")
    migrate(database)
    yield TraceStore(database)
    database.close()


@pytest.fixture
def trace(store: TraceStore) -> str:
    return begun(store, token_urlsafe(16), Trace({"name": "Newsletter drafts"}))


@pytest.fixture
def page(chromium: Browser, server: AppServer, trace: str) -> Iterator[Page]:
    """A tab at the first question of a trace."""
    yield from opened(chromium, server, trace)


@pytest.fixture
def phone(chromium: Browser, server: AppServer, trace: str) -> Iterator[Page]:
    """The same on a phone."""
    size = {"width": 390, "height": 844}
    yield from opened(chromium, server, trace, viewport=size, is_mobile=True, has_touch=True)


def opened(chromium: Browser, server: AppServer, trace: str, **screen: Any) -> Iterator[Page]:
    context = chromium.new_context(base_url=server.url, **screen)
    page, failures = context.new_page(), []
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.goto(f"/trace?trace={trace}")
    expect(heading(page)).to_have_text(FIRST)
    settle(page)
    page.wait_for_selector("html[data-keys]", state="attached")
    yield page
    context.close()
    assert failures == []


def heading(page: Page) -> Any:
    return page.get_by_role("heading", level=1)


def stored(store: TraceStore, trace: str) -> dict[str, str | None]:
    return {q: answer.option for q, answer in store.load(trace).trace.answers.items()}


def saved(store: TraceStore, trace: str, option: str) -> None:
    """Wait until the first question's answer is on the disk."""
    deadline = time.monotonic() + 40
    while stored(store, trace).get(QUESTIONS[0].id) != option:
        assert time.monotonic() < deadline, stored(store, trace)
        time.sleep(0.05)


def test_the_whole_way_with_keys_alone_half_of_it_not_known(
    page: Page, store: TraceStore, trace: str
) -> None:
    for number in range(LONGEST_WAY):
        if "/result" in page.url:
            break
        asked = heading(page).inner_text()
        if page.get_by_role("radiogroup").count():
            page.keyboard.press("0" if number % 2 else "2")
            expect(page.get_by_role("radio", checked=True)).to_be_focused()
        page.keyboard.press("Enter")
        expect(heading(page)).not_to_have_text(asked)
        if "/result" not in page.url:
            expect(heading(page)).to_be_focused()
        settle(page)
    assert "/result" in page.url
    expect(heading(page)).to_be_focused()
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    given = stored(store, trace)
    assert {q.id for q in QUESTIONS} <= set(given)
    unknown = [option for option in given.values() if option == "unknown"]
    assert len(given) // 3 < len(unknown) < len(given)


def test_keys_choose_go_on_go_back_and_undo(page: Page, store: TraceStore, trace: str) -> None:
    page.keyboard.press("1")
    first, second = list(QUESTIONS[0].options)[:2]
    saved(store, trace, first)  # two keys at once may be saved as one
    page.keyboard.press("2")
    saved(store, trace, second)
    settle(page)
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text(SECOND)
    page.keyboard.press("u")
    expect(heading(page)).to_have_text(FIRST)
    expect(page.get_by_role("radio").nth(0)).to_be_checked()
    expect(page.get_by_text("Undone.")).to_be_visible()
    assert stored(store, trace) == {QUESTIONS[0].id: next(iter(QUESTIONS[0].options))}
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text(SECOND)
    page.keyboard.press("Backspace")
    expect(heading(page)).to_have_text(FIRST)


def test_who_types_ahead_answers_the_question_that_comes(
    page: Page, store: TraceStore, trace: str
) -> None:
    for key in ("2", "Enter", "1", "Enter", "0"):
        page.keyboard.press(key)
    expect(heading(page)).to_have_text(THIRD)
    expect(page.get_by_role("radio", checked=True)).to_be_visible()
    settle(page)
    first, second = (list(question.options) for question in QUESTIONS[:2])
    given = [first[1], second[0], "unknown"]
    assert stored(store, trace) == dict(zip([q.id for q in QUESTIONS], given, strict=False))


def test_what_unfolds_below_an_answer_leaves_the_ways_on_where_they_are(page: Page) -> None:
    next_one = page.locator(".st-key-turn-next")
    next_one.evaluate("place => { place.isTheSame = true }")
    page.get_by_test_id("stRadioOption").nth(2).click()
    expect(page.get_by_label("Who uses it?")).to_be_visible()
    expect(next_one).to_have_text("Next")
    assert next_one.evaluate("place => place.isTheSame"), "it was away for a moment"


def test_enter_goes_on_even_while_the_page_is_drawn_anew(page: Page) -> None:
    page.keyboard.press("2")
    settle(page)
    page.evaluate("""() => {
      const ways = document.querySelector(".st-key-turn-next")
      const app = document.querySelector(".stApp")
      ways.classList.remove("st-key-turn-next")
      app.dataset.testScriptState = "running"
      setTimeout(() => {
        ways.classList.add("st-key-turn-next")
        app.dataset.testScriptState = "notRunning"
      }, 300)
    }""")
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text(SECOND)


@pytest.mark.parametrize("way", ["keys", "mouse", "contents"])
def test_a_server_that_takes_its_time_does_not_lead_back(
    page: Page, server: AppServer, way: str
) -> None:
    os.kill(server.pid, signal.SIGSTOP)
    try:
        page.keyboard.press("2")
        if way == "keys":
            page.keyboard.press("Enter")
        elif way == "mouse":
            page.get_by_role("button", name="Skip for now").click()
        else:
            page.get_by_role("link", name=SECOND).click()
        page.wait_for_timeout(4_000)  # longer than the page waits before it asks what is saved
    finally:
        os.kill(server.pid, signal.SIGCONT)
    expect(heading(page)).to_have_text(SECOND)
    settle(page)
    expect(heading(page)).to_have_text(SECOND)


def test_a_press_counts_though_its_button_moves_before_it_is_let_go(page: Page) -> None:
    onward = page.get_by_role("button", name="Skip for now")
    onward.hover()
    page.mouse.down()
    page.keyboard.press("3")  # a field unfolds, and the button becomes another one
    expect(page.get_by_label("Who uses it?")).to_be_visible()
    expect(page.get_by_role("button", name="Next")).to_be_visible()
    settle(page)
    page.mouse.up()
    expect(heading(page)).to_have_text(SECOND)
    settle(page)
    expect(heading(page)).to_have_text(SECOND)


def test_a_press_that_is_drawn_off_its_button_does_nothing(page: Page) -> None:
    page.get_by_role("button", name="Skip for now").hover()
    page.mouse.down()
    page.get_by_role("heading", level=1).hover()
    page.mouse.up()
    settle(page)
    page.wait_for_timeout(300)
    expect(heading(page)).to_have_text(FIRST)


def test_keys_leave_text_fields_and_other_controls_alone(page: Page) -> None:
    page.keyboard.press("3")
    field = page.get_by_label("Who uses it?")
    field.fill("Ana")
    field.press("2")
    field.press("u")
    field.press("Backspace")
    expect(field).to_have_value("Ana2")
    expect(page.get_by_role("radio").nth(2)).to_be_checked()
    page.get_by_text("What counts, and what would prove it").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Counts", exact=True)).to_be_visible()
    page.keyboard.press("Control+2")
    expect(heading(page)).to_have_text(FIRST)


def test_keys_can_be_turned_off_for_good(page: Page) -> None:
    page.get_by_role("button", name="Turn off").click()
    page.reload()
    expect(heading(page)).to_have_text(FIRST)
    settle(page)
    page.wait_for_selector("html[data-keys=off]", state="attached")
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Turn keyboard shortcuts on")).to_be_visible()
    expect(page.get_by_role("radio", checked=True)).to_have_count(0)
    expect(heading(page)).to_have_text(FIRST)


MARK = "getComputedStyle(document.querySelector('.standing .mark'), '::before').content"
"""What stands before the mark's text, or in place of it."""

WATCH_THE_MARK = """() => {
  window.frames_seen = []
  const look = () => {
    requestAnimationFrame(look)
    const mark = document.querySelector('.standing .mark')
    if (!mark) return
    const says = getComputedStyle(mark, '::before').content
    window.frames_seen.push([mark.closest('.standing').dataset.saved, says])
  }
  const begin = () => { window.frames_seen = []; look() }
  document.addEventListener('click', begin, { once: true, capture: true })
}"""


def test_no_frame_after_a_click_calls_saved_what_is_not(page: Page) -> None:
    page.evaluate(WATCH_THE_MARK)
    before = page.locator(".standing").get_attribute("data-saved")
    page.get_by_test_id("stRadioOption").nth(1).click()
    expect(page.locator(".standing")).not_to_have_attribute("data-saved", before or "")
    settle(page)
    frames = page.evaluate("window.frames_seen")
    unanswered = {says for saved, says in frames if saved == before}
    assert unanswered <= {'"Saving …"'}, frames
    assert unanswered, "some frames came before the answer"
    page.wait_for_function(f"() => {MARK}.includes('✓')")


def test_text_that_is_not_saved_yet_says_so(page: Page, store: TraceStore, trace: str) -> None:
    page.keyboard.press("3")
    field = page.get_by_label("Who uses it?")
    field.press_sequentially("Ana")
    expect(page.locator("html")).to_have_attribute("data-typed", "")
    assert page.evaluate(MARK) == '"Not saved yet"'
    page.keyboard.press("Tab")
    page.wait_for_function(f"() => {MARK}.includes('✓')")
    assert store.load(trace).trace.answer(QUESTIONS[0].id).detail == "Ana"
    unfold(page, "Add evidence or a note")
    note = page.get_by_label("Note")
    note.fill("since May")
    expect(page.locator("html")).to_have_attribute("data-typed", "")
    note.press("Control+Enter")
    page.wait_for_function(f"() => {MARK}.includes('✓')")
    assert store.load(trace).trace.answer(QUESTIONS[0].id).note == "since May"


ENTER_AND_TYPE_ON = """field => {
  field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }))
  const { set } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")
  set.call(field, field.value + " and Bo")
  field.dispatchEvent(new InputEvent("input", { bubbles: true }))
}"""
"""As a busy browser has it: what is typed after Enter comes before anything else happens."""


def test_what_is_typed_right_after_enter_is_not_called_saved(
    page: Page, store: TraceStore, trace: str
) -> None:
    page.keyboard.press("3")
    field = page.get_by_label("Who uses it?")
    field.press_sequentially("Ana")
    field.evaluate(ENTER_AND_TYPE_ON)
    settle(page)
    assert store.load(trace).trace.answer(QUESTIONS[0].id).detail == "Ana"
    expect(field).to_have_value("Ana and Bo")
    assert page.evaluate(MARK) == '"Not saved yet"'
    field.press("Enter")
    page.wait_for_function(f"() => {MARK}.includes('✓')")
    assert store.load(trace).trace.answer(QUESTIONS[0].id).detail == "Ana and Bo"


def test_a_button_pressed_from_within_a_field_keeps_the_text_and_does_its_work(
    page: Page, store: TraceStore, trace: str
) -> None:
    page.keyboard.press("3")
    page.get_by_label("Who uses it?").press_sequentially("Ana")
    page.get_by_role("button", name="Next").click()
    expect(heading(page)).to_have_text(SECOND)
    settle(page)
    assert store.load(trace).trace.answer(QUESTIONS[0].id).detail == "Ana"


def test_the_back_button_and_a_reload_stay_on_the_way(page: Page) -> None:
    page.get_by_test_id("stRadioOption").nth(2).click()
    page.get_by_role("button", name="Next").click()
    expect(heading(page)).to_have_text(SECOND)
    page.get_by_role("button", name="Skip for now").click()
    expect(heading(page)).to_have_text(THIRD)
    page.reload()
    expect(heading(page)).to_have_text(THIRD)
    settle(page)
    page.go_back()
    expect(heading(page)).to_have_text(SECOND)
    page.go_forward()
    expect(heading(page)).to_have_text(THIRD)
    page.get_by_role("link", name=FIRST).click()
    expect(heading(page)).to_have_text(FIRST)
    expect(page.get_by_role("radio").nth(2)).to_be_checked()


def test_the_way_of_asking_is_remembered(page: Page) -> None:
    page.get_by_role("button", name="Show a whole part at once").click()
    expect(page.get_by_role("radiogroup")).to_have_count(len(QUESTIONS))
    page.wait_for_function("document.cookie.includes('=parts')")
    page.reload()
    expect(page.get_by_role("radiogroup")).to_have_count(len(QUESTIONS))
    settle(page)
    page.get_by_role("button", name="Show one question at a time").click()
    expect(page.get_by_role("radiogroup")).to_have_count(1)


def test_by_finger_on_a_phone(phone: Page, store: TraceStore, trace: str) -> None:
    for question in QUESTIONS:
        expect(heading(phone)).to_have_text(question.ask)
        phone.get_by_test_id("stRadioOption").first.tap()
        expect(phone.get_by_role("radio").first).to_be_checked()
        onward = phone.get_by_role("button", name="Next")
        expect(onward).to_be_in_viewport()
        onward.tap()
    expect(heading(phone)).to_have_text(re.compile("^Level 1"))
    assert set(stored(store, trace)) == {question.id for question in QUESTIONS}
    fits = "document.querySelector('[data-testid=stMain]')"
    assert phone.evaluate(f"{fits}.scrollWidth <= {fits}.clientWidth")


def test_recent_cases_are_ticked_and_shown_again(page: Page, store: TraceStore, trace: str) -> None:
    page.goto(f"/trace?trace={trace}&q=tooling.brief")
    page.get_by_test_id("stRadioOption").nth(2).click()
    unfold(page, "Check recent cases")
    page.get_by_label("Request 2: what it was").fill("June")
    for point in ("Outcome", "Context"):
        page.get_by_role("button", name=point).nth(1).click()
        settle(page)
    line = "Request 2 “June”: outcome, context; without audience, constraints, success measure"
    for _ in range(50):
        if store.load(trace).trace.answer("tooling.brief").evidence == (line,):
            break
        page.wait_for_timeout(100)
    assert store.load(trace).trace.answer("tooling.brief").evidence == (line,)
    page.reload()
    expect(page.get_by_text("Kept with this answer: 1 of 3 cases checked")).to_be_visible()
    unfold(page, "Check recent cases")
    expect(page.get_by_label("Request 2: what it was")).to_have_value("June")
