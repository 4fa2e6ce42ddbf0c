"""Phones in a real browser, and what holds for each of their screens."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.room_people import OWN, Facilitator
from tests.served import Served

NOTE_VIOLATIONS = """
window.addEventListener("securitypolicyviolation", event =>
  console.error("violation: " + event.violatedDirective + " " + event.blockedURI))
"""
SMALL = """() => [...document.querySelectorAll(
  'main a, button, summary, .option, input[type=text], textarea')]
  .filter(e => e.offsetParent && e.getBoundingClientRect().height < 48).map(e => e.outerHTML)"""


def a_phone(
    chromium: Browser, server: Served, troubles: list[str], *, script: bool = True
) -> BrowserContext:
    context = chromium.new_context(
        viewport={"width": 390, "height": 844},
        has_touch=True,
        is_mobile=True,
        base_url=server.url,
        java_script_enabled=script,
    )
    context.add_init_script(NOTE_VIOLATIONS)
    context.on("weberror", lambda error: troubles.append(str(error.error)))
    context.on(
        "console",
        lambda said: troubles.append(said.text) if "violation" in said.text else None,
    )
    return context


def joined(context: BrowserContext, room: Facilitator, function: str = "Sales") -> Page:
    page = context.new_page()
    page.goto(f"/join/{room.code}")
    page.get_by_label(function).check()
    page.get_by_role("button", name="Join").tap()
    page.get_by_text("You are here for").wait_for()
    return page


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text(text)


def ask_of(question: str) -> str:
    return OWN.questionnaire.by_id[question].ask


def look_at(page: Page) -> None:
    """Accessible in light and dark, no wider than the phone, every target large enough."""
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        assert [found["id"] for found in Axe().run(page).response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate(SMALL) == []
