"""Pictures of workshops: the room's screen, the facilitator's, and what participants see."""

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page

from assessment.files.questionnaires import ReadQuestionnaire
from assessment.server.participants.visits import COOKIE
from assessment.store.database import open_database
from assessment.store.migrate import migrate
from docs.looks import LOOKS, PHONES, PICTURES, PROJECTOR, Look, View, shrink
from docs.workshop_scenes import Scene, scenes
from tests.app_server import chromium_browser, settle
from tests.served import Served

HOME = "http://audit.example.com"
"""Where the pictures say that the server is; the browser is told where to find it."""

PASSPHRASE = "correct horse battery"  # noqa: S105 - of a server that runs for a minute


@dataclass(frozen=True)
class WorkshopView(View):
    """A screen of a workshop: at which scene, and for a phone whose it is."""

    scene: str = ""
    person: int | None = None


_AT = {
    "lobby": "people come in",
    "guess": "everybody guesses",
    "answer": "everybody answers",
    "own": "everybody answers at their own pace",
    "reveal": "the room sees its answers",
    "result": "the result",
    "plan": "the next step, taken on",
}
_STRANGER = -1

ROOM = tuple(
    WorkshopView(
        f"room-{scene}", f"The screen for the room: {at}", "/room?w={key}", False, PROJECTOR, scene
    )
    for scene, at in _AT.items()
)
CONTROL = tuple(
    WorkshopView(
        f"control-{scene}",
        f"The facilitator's screen: {at}",
        "/workshop?w={key}",
        False,
        LOOKS,
        scene,
    )
    for scene, at in _AT.items()
)
TAKING_PART = tuple(
    WorkshopView(f"participant-{name}", shows, "/join/{code}", False, PHONES, scene, person)
    for name, shows, scene, person in (
        ("join", "Joining", "lobby", _STRANGER),
        ("guess", "Guessing the level", "guess", 11),
        ("question", "A question", "answer", 11),
        ("answered", "An answer that is in", "answer", 0),
        ("reveal", "What the room said", "reveal", 0),
        ("result", "The result, with the report to fetch", "plan", 0),
    )
)
VIEWS: tuple[WorkshopView, ...] = (*ROOM, *CONTROL, *TAKING_PART)


def picture_workshops(read: ReadQuestionnaire, wanted: Callable[[View], bool]) -> None:
    """Make the pictures of the views that are wanted."""
    views = [view for view in VIEWS if wanted(view)]
    if not views:
        return
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(f"sqlite:///{Path(folder) / 'traces.sqlite3'}")
        migrate(database)
        made = scenes(database, read, datetime.now(UTC))
        database.close()
        server = Served(Path(folder), public_url=HOME, passphrase=PASSPHRASE)
        server.start()
        try:
            with chromium_browser(f"--host-resolver-rules=MAP {_host(server)}") as browser:
                _shoot_all(browser, views, made)
        finally:
            server.kill()


def _host(server: Served) -> str:
    return f"{HOME.removeprefix('http://')}:80 127.0.0.1:{server.port}"


def _shoot_all(browser: Browser, views: list[WorkshopView], made: Mapping[str, Scene]) -> None:
    for look in dict.fromkeys(look for view in views for look in view.looks):
        desk = _context(browser, look)
        _sign_in(desk)
        for view in views:
            if look in view.looks and view.person is None:
                _shoot(desk, view, look, made[view.scene])
            elif look in view.looks:
                _shoot_phone(browser, view, look, made[view.scene])
        desk.close()


def _context(browser: Browser, look: Look) -> BrowserContext:
    return browser.new_context(
        viewport={"width": look.width, "height": look.height},
        color_scheme="dark" if look.dark else "light",
        base_url=HOME,
    )


def _sign_in(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/")
    page.get_by_label("Passphrase").fill(PASSPHRASE)
    page.get_by_role("button", name="Sign in").click()
    settle(page)
    page.close()


def _shoot(context: BrowserContext, view: WorkshopView, look: Look, scene: Scene) -> None:
    page = context.new_page()
    page.goto(view.address.format(key=scene.key))
    page.locator(".room, .st-key-control").wait_for()
    settle(page)
    page.wait_for_timeout(1500)  # pictures and fonts arrive after the script has ended
    _keep(page, view, look)


def _shoot_phone(browser: Browser, view: WorkshopView, look: Look, scene: Scene) -> None:
    context = _context(browser, look)
    if view.person is not None and view.person != _STRANGER:
        kept = f"{scene.workshop_id}.{scene.token(view.person)}"
        context.add_cookies([{"name": COOKIE, "value": kept, "url": HOME}])
    page = context.new_page()
    page.goto(view.address.format(code=scene.code))
    page.locator("h1").wait_for()
    _keep(page, view, look)
    context.close()


def _keep(page: Page, view: View, look: Look) -> None:
    path = PICTURES / f"{view.name}{look.suffix}.png"
    page.screenshot(path=path)
    page.close()
    shrink(path)
