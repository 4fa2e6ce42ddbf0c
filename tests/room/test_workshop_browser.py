"""A workshop in real browsers: a facilitator, the screen for the room, and eight phones."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from assessment.store.database import Database
from assessment.store.room import RoomStore
from assessment.store.traces import TraceStore
from assessment.store.workshop_records import Agreement, Step
from assessment.store.workshops import WorkshopStore
from docs.workshop_scenes import Scene, scenes
from tests.app_server import settle, unfold
from tests.phone_browser import a_phone, heading
from tests.room_people import HOSTILE, OWN, Facilitator
from tests.served import RIGHT, Served

pytest_plugins = ("tests.served_fixtures",)
pytestmark = [pytest.mark.browser, pytest.mark.slow]

PEOPLE = 8
USE_CASE = f"Replies to complaints {HOSTILE}"
FIRST, SECOND = OWN.questionnaire.backbone[:2]
SCREEN, PROJECTOR = (1440, 900), (1920, 1080)
Scheme = Literal["light", "dark"]


@pytest.fixture(scope="module")
def server(room_server: Served) -> Served:
    return room_server


@pytest.fixture(scope="module")
def kept(room_database: Database) -> Database:
    return room_database


@pytest.fixture(scope="module")
def led(kept: Database) -> dict[str, Scene]:
    """A workshop at each step."""
    return dict(scenes(kept, OWN, datetime.now(UTC)))


def desk(
    chromium: Browser,
    server: Served,
    size: tuple[int, int] = SCREEN,
    scheme: Scheme = "light",
) -> BrowserContext:
    """A browser on a computer of somebody who signed in."""
    context = chromium.new_context(
        viewport={"width": size[0], "height": size[1]},
        base_url=server.url,
        color_scheme=scheme,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto("/")
    page.get_by_label("Passphrase").fill(RIGHT)
    page.get_by_role("button", name="Sign in").click()
    settle(page)
    page.close()
    return context


def press(page: Page, label: str) -> None:
    page.get_by_role("button", name=label, exact=True).click()


def sees(page: Page, text: str) -> None:
    expect(page.get_by_text(text).first).to_be_visible()


def join(context: BrowserContext, code: str, function: str) -> Page:
    page = context.new_page()
    page.goto(f"/join/{code}")
    page.get_by_label(function).check()
    page.get_by_role("button", name="Join").tap()
    page.get_by_text("You are here for").wait_for()
    return page


def choose(phone: Page, place: int) -> None:
    phone.get_by_role("radio").nth(place).check()
    phone.get_by_role("button", name="Send my answer").tap()
    heading(phone, "Your answer is in")


class Room:
    """The facilitator's screen, the projector's, and the phones."""

    def __init__(self, chromium: Browser, server: Served, troubles: list[str]) -> None:
        self.chromium, self.server, self.troubles = chromium, server, troubles
        self.desk = desk(chromium, server)
        self.projector = desk(chromium, server, PROJECTOR)
        self.phones: list[Page] = []
        self.control = self.desk.new_page()
        self.control.goto("/workshop")
        self.control.get_by_role("textbox").first.fill(USE_CASE)
        press(self.control, "Go on to the workshop")
        press(self.control, "Open the workshop")
        self.code = self.control.locator(".st-key-workshop-beside .code").inner_text()
        self.key = parse_qs(urlsplit(self.control.url).query)["w"][0]
        self.screen = self.projector.new_page()
        self.screen.goto(f"/room?w={self.key}")

    def comes_in(self) -> Page:
        context = a_phone(self.chromium, self.server, self.troubles)
        function = ("Sales", "Marketing")[len(self.phones) % 2]
        self.phones.append(join(context, self.code, function))
        return self.phones[-1]

    def both_see(self, text: str) -> None:
        """The facilitator's screen follows at once, the room's within a few seconds."""
        sees(self.control, text)
        sees(self.screen, text)

    def close(self) -> None:
        for one in (self.desk, self.projector, *(phone.context for phone in self.phones)):
            one.close()


@pytest.fixture
def gathering(chromium: Browser, server: Served, troubles: list[str]) -> Iterator[Room]:
    room = Room(chromium, server, troubles)
    yield room
    room.close()


def test_a_whole_workshop_from_the_code_to_the_report(gathering: Room, kept: Database) -> None:
    _come_in_and_guess(gathering)
    _answer_with_one_reloading_and_one_late(gathering)
    _disagree_vote_again_and_agree(gathering)
    _do_not_agree_with_one_gone(gathering, kept)
    _lose_the_facilitator(gathering)
    _see_the_result_and_take_it_on(gathering)
    _take_the_report_home_and_close(gathering)
    use_case = WorkshopStore(kept).load(gathering.key).use_case_id
    answers = TraceStore(kept).load(use_case).trace.answers
    assert answers[FIRST.id].option == list(FIRST.options)[-1]
    assert answers[SECOND.id].option == "unknown"
    assert RoomStore(kept).ballots(gathering.key) == ()


def _come_in_and_guess(room: Room) -> None:
    expect(room.screen.get_by_text(room.code)).to_be_visible()
    for _ in range(PEOPLE - 1):
        room.comes_in()
    expect(room.screen.locator(".people")).to_have_text("7 in the room")
    press(room.control, "Start: guess first")
    for place, phone in enumerate(room.phones):
        heading(phone, "At which level")
        phone.get_by_role("radio").nth(place % 3 + 1).check()
        phone.get_by_role("button", name="Send my guess").tap()
        heading(phone, "Your guess is in")
    room.both_see("7 of 7 guessed")


def _answer_with_one_reloading_and_one_late(room: Room) -> None:
    press(room.control, "First question")
    heading(room.screen, FIRST.ask)
    for place, phone in enumerate(room.phones):
        heading(phone, FIRST.ask)
        choose(phone, 0 if place % 2 else len(FIRST.options) - 1)
    room.both_see("7 of 7 answered")
    room.phones[0].reload()
    heading(room.phones[0], "Your answer is in")
    late = room.comes_in()
    heading(late, FIRST.ask)
    room.both_see("7 of 8 answered")
    assert room.screen.locator(".spread").count() == 0
    choose(late, 0)
    room.both_see("8 of 8 answered")


def _disagree_vote_again_and_agree(room: Room) -> None:
    press(room.control, "Reveal")
    room.both_see("4 of 8")
    expect(room.phones[3].locator(".own")).to_contain_text("4 of 8")
    press(room.control, "Vote again")
    room.both_see("0 of 8 answered")
    for phone in room.phones:
        heading(phone, FIRST.ask)
        choose(phone, len(FIRST.options) - 1)
    room.both_see("8 of 8 answered")
    press(room.control, "Reveal")
    room.both_see("All 8 say")
    room.control.get_by_label("The reason, in a sentence").fill("We looked <b>at it</b>")
    room.control.get_by_label("The minority view").fill("It was one person in May")
    press(room.control, "Record it")
    room.control.get_by_role("button", name="Record it anew").wait_for()
    sees(room.screen, "Recorded:")
    sees(room.screen, "We looked <b>at it</b>")
    sees(room.phones[5], "The room agreed")


def _do_not_agree_with_one_gone(room: Room, kept: Database) -> None:
    room.control.get_by_role("button", name="Next question").click()
    for phone in room.phones:
        heading(phone, SECOND.ask)
    room.phones[-1].get_by_role("button", name="Leave the workshop").tap()
    heading(room.phones[-1], "You have left")
    for place, phone in enumerate(room.phones[:-1]):
        choose(phone, place % 2)
    room.both_see("7 of 7 answered")
    press(room.control, "Reveal")
    sees(room.screen, "4 of 7")
    room.control.get_by_text("Not agreed: to be found out").click()
    press(room.control, "Record it")
    room.control.get_by_role("button", name="Record it anew").wait_for()
    sees(room.screen, "Not agreed. To be found out.")
    assert {one.question: one.option for one in RoomStore(kept).agreed(room.key)} == {
        FIRST.id: list(FIRST.options)[-1],
        SECOND.id: None,
    }


def _lose_the_facilitator(room: Room) -> None:
    """The laptop is closed; another one opens the facilitators' link."""
    address = room.control.url
    room.control.close()
    room.desk.close()
    room.desk = desk(room.chromium, room.server)
    room.control = room.desk.new_page()
    room.control.goto(address)
    heading(room.control, SECOND.ask)
    room.control.get_by_role("button", name="Record it anew").wait_for()
    assert room.control.get_by_label("Not agreed: to be found out").is_checked()


def _see_the_result_and_take_it_on(room: Room) -> None:
    press(room.control, "Stop here: to the result")
    room.both_see("The guess and the result")
    sees(room.screen, "Not agreed, so to be found out")
    sees(room.phones[0], "You guessed")
    press(room.control, "On to the next step")
    press(room.control, "Take it on")
    room.control.get_by_label("Who owns it", exact=True).fill("Maria Lind")
    press(room.control, "Take it on")
    room.both_see("Maria Lind")
    owner = room.screen.locator(".taken")
    expect(owner).to_contain_text("Taken on by Maria Lind, by")


def _take_the_report_home_and_close(room: Room) -> None:
    press(room.control, "Release the report to all")
    sees(room.control, "Phones can fetch it for 24 hours")
    with room.phones[0].expect_download(timeout=60_000) as download:
        room.phones[0].get_by_role("link", name="Fetch the report").first.tap()
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF")
    unfold(room.control, "Close for good")
    press(room.control, "Close the workshop")
    sees(room.control, "Only counts are kept")
    heading(room.phones[1], "This workshop is over")
    expect(room.screen.get_by_text(room.code)).to_have_count(0)


def test_the_whole_way_to_an_agreed_answer_goes_by_keyboard(
    chromium: Browser, server: Served, kept: Database
) -> None:
    room = Facilitator(kept)
    context = desk(chromium, server)
    page = context.new_page()
    page.goto(f"/workshop?w={room.key}")
    by_keyboard(page, "Start: guess first")
    heading(page, "Everybody guesses")
    by_keyboard(page, "First question")
    heading(page, FIRST.ask)
    room.others(*([list(FIRST.options)[1]] * 3), question=FIRST.id)
    sees(page, "3 of 3 answered")
    by_keyboard(page, "Reveal")
    sees(page, "All 3 say")
    by_keyboard(page, "Record it")
    page.get_by_role("button", name="Record it anew").wait_for()
    context.close()
    (agreed,) = RoomStore(kept).agreed(room.key)
    assert agreed.option == list(FIRST.options)[1]


def by_keyboard(page: Page, label: str) -> None:
    """Reach a button with the tab key alone, and press it."""
    button = page.get_by_role("button", name=label, exact=True)
    button.wait_for()
    settle(page)
    for _ in range(60):
        page.keyboard.press("Tab")
        if button.evaluate("button => button === document.activeElement"):
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"the tab key never reaches “{label}”")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/workshop", "/room"])
def test_axe_finds_nothing_serious_at_any_step(
    chromium: Browser, server: Served, led: dict[str, Scene], path: str, scheme: Scheme
) -> None:
    context = desk(chromium, server, scheme=scheme)
    page = context.new_page()
    found = {}
    for name, scene in led.items():
        arrived(page, path, scene.key)
        found[name] = lasting(page)
    context.close()
    assert {name: found for name, found in found.items() if found} == {}


def arrived(page: Page, path: str, key: str) -> Locator:
    page.goto(f"{path}?w={key}")
    shown = page.locator(".room" if path == "/room" else ".st-key-control")
    shown.wait_for()
    settle(page)
    return shown


def lasting(page: Page) -> list[str]:
    """What axe finds and finds again; while a page is still coming, colours are in between."""
    found = serious(page)
    for _ in range(3):
        if not found:
            break
        page.wait_for_timeout(1000)
        found = [one for one in serious(page) if one in found]
    return found


def serious(page: Page) -> list[str]:
    """What axe calls serious or critical, with what it is and why."""
    return [
        f"{one['id']}: {node['html']}: {node['failureSummary']}"
        for one in Axe().run(page).response["violations"]
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("size", [PROJECTOR, (1280, 720), (1024, 768)], ids=str)
def test_the_rooms_screen_fits_at_every_step(
    chromium: Browser, server: Served, led: dict[str, Scene], size: tuple[int, int]
) -> None:
    context = desk(chromium, server, size)
    page = context.new_page()
    too_large = []
    for name, scene in led.items():
        arrived(page, "/room", scene.key)
        too_large += [] if fits(page) else [name]
    context.close()
    assert too_large == []


def test_the_longest_questions_and_reasons_fit_the_rooms_screen(
    chromium: Browser, server: Served, kept: Database
) -> None:
    room = Facilitator(kept, name="Ü" * 200)
    context = desk(chromium, server, PROJECTOR)
    page = context.new_page()
    by_length = sorted(OWN.questionnaire.questions, key=lambda q: -len("".join(map(str, q))))
    too_large = []
    for question in by_length[:4]:
        options = list(question.options)
        room.ask(question.id)
        room.others(*options, question=question.id)
        for state in ("answer", "reveal", "recorded"):
            if state == "reveal":
                room.reveal(question.id)
            elif state == "recorded":
                one = Agreement(question.id, options[-1], "long " * 100, "and " * 125, room_now())
                room.workshops.record(room.key, one)
            arrived(page, "/room", room.key)
            too_large += [] if fits(page) else [f"{question.id}: {state}"]
    context.close()
    assert too_large == []


def fits(page: Page) -> bool:
    """Whether nothing is cut off and nobody has to scroll."""
    main = page.locator('[data-testid="stMain"]')
    return bool(
        main.evaluate("m => m.scrollHeight <= m.clientHeight && m.scrollWidth <= m.clientWidth")
    )


def room_now() -> datetime:
    return datetime.now(UTC)


def test_the_rooms_screen_offers_nothing_to_click_and_follows_by_itself(
    chromium: Browser, server: Served, kept: Database
) -> None:
    room = Facilitator(kept)
    context = desk(chromium, server, PROJECTOR)
    page = context.new_page()
    arrived(page, "/room", room.key)
    assert page.locator("main :is(a, button, input)").count() == 0
    expect(page.get_by_role("img", name="QR code")).to_be_visible()
    room.go(Step.GUESS)
    heading(page, "At which level")
    room.ask(FIRST.id)
    heading(page, FIRST.ask)
    context.close()
