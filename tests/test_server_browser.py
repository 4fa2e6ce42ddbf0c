"""The server in a real browser: signing in, working behind the gate, and what strangers see."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, ViewportSize, expect

from assessment.pages.trace.view import COOKIE
from tests.app_server import AppServer, settle, unfold
from tests.conftest import ROOT
from tests.served import RIGHT, Served
from tests.test_browser import choose, fits, saved_answers, serious, start

pytestmark = pytest.mark.browser

PHONE = ViewportSize(width=390, height=844)

NOTE_VIOLATIONS = """
window.addEventListener("securitypolicyviolation", event =>
  console.error("violation: " + event.violatedDirective + " " + event.blockedURI))
"""


@pytest.fixture
def wide(tmp_path: Path) -> Iterator[Served]:
    server = Served(tmp_path, "0.0.0.0", passphrase=RIGHT)  # noqa: S104
    server.start()
    yield server
    server.kill()
    assert server.faults == []


def phone(chromium: Browser, server: AppServer, violations: list[str], **options: object) -> Page:
    context = chromium.new_context(
        viewport=PHONE,
        base_url=server.url,
        **options,  # type: ignore[arg-type]
    )
    context.add_cookies([{"name": COOKIE, "value": "parts", "url": server.url}])
    context.add_init_script(NOTE_VIOLATIONS)
    page = context.new_page()

    def note(said: ConsoleMessage) -> None:
        if "violation" in said.text:
            violations.append(said.text)

    page.on("console", note)
    page.on("pageerror", lambda error: violations.append(str(error)))
    return page


def sign_in(page: Page, passphrase: str) -> None:
    page.get_by_label("Passphrase").fill(passphrase)
    page.get_by_role("button", name="Sign in").click()


def test_a_team_signs_in_once_and_works_as_without_a_gate(
    chromium: Browser, wide: Served, tmp_path: Path
) -> None:
    violations: list[str] = []
    page = phone(chromium, wide, violations)
    page.goto("/trace?trace=none")
    expect(page.get_by_label("Passphrase")).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    sign_in(page, "not this one")
    expect(page.get_by_role("alert")).to_contain_text("not the passphrase")
    sign_in(page, "Correct Horse-Battery ")
    page.wait_for_url("**/trace?trace=none")
    settle(page)

    start(page, "Newsletter drafts")
    page.get_by_role("button", name="Next: First questions").click()
    expect(page.get_by_role("heading", name="First questions")).to_be_visible()
    settle(page)
    choose(page, 0, 2)
    assert saved_answers(tmp_path) == 1
    page.reload()
    settle(page)
    expect(page.get_by_role("radiogroup").first.get_by_role("radio").nth(2)).to_be_checked()

    page.goto("/")
    page.get_by_role("button", name="Open").last.click()
    expect(page.get_by_role("heading", name="Why this level")).to_be_visible()
    unfold(page, "As a chart")
    expect(page.locator(".js-plotly-plot").first).to_be_visible()
    expect(page.locator(".tall svg")).to_be_visible()
    assert fits(page)
    with page.expect_download(timeout=60_000) as download:
        page.get_by_role("button", name="Report as PDF").click()
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF")
    assert violations == []

    strange = phone(chromium, wide, violations)
    strange.goto(page.url)
    expect(strange.get_by_role("heading", name="Sign in")).to_be_visible()
    assert "Why this level" not in strange.content()
    for context in (page.context, strange.context):
        context.close()


def test_a_restart_keeps_people_signed_in(chromium: Browser, wide: Served) -> None:
    page = phone(chromium, wide, [])
    page.goto("/")
    sign_in(page, RIGHT)
    settle(page)
    wide.kill()
    wide.start()
    page.wait_for_selector('[data-test-connection-state="CONNECTED"]', timeout=60_000)
    page.reload()
    settle(page)
    expect(page.get_by_label("What do you call this use case?")).to_be_visible()
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_signing_in_needs_no_script_and_axe_finds_nothing(
    scheme: str, chromium: Browser, wide: Served
) -> None:
    violations: list[str] = []
    page = phone(chromium, wide, violations, color_scheme=scheme)
    page.goto("/")
    assert axe(page) == []
    sign_in(page, "not this one")
    expect(page.get_by_role("alert")).to_be_visible()
    assert axe(page) == []
    page.context.close()
    bare = phone(chromium, wide, violations, java_script_enabled=False)
    bare.goto("/result")
    sign_in(bare, RIGHT)
    bare.wait_for_url("**/result")
    assert "Streamlit" in bare.title()
    bare.context.close()
    assert violations == []


def axe(page: Page) -> list[str]:
    return [found["id"] for found in Axe().run(page).response["violations"]]


class Unprotected(AppServer):
    """Streamlit alone, on every address of this computer."""

    def start(self) -> None:
        """Start it and wait until it answers."""
        command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py")]
        command += ["--server.port", str(self.port), "--server.address", "0.0.0.0"]  # noqa: S104
        environment = {**os.environ, "DATABASE_URL": self._database}
        with (self._folder / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=log, stderr=log
            )
        self._wait()


def test_streamlit_alone_on_a_wide_address_shows_only_how_to_start(
    chromium: Browser, tmp_path: Path
) -> None:
    server = Unprotected(tmp_path)
    server.start()
    try:
        page = phone(chromium, server, [])
        for path in ("/", "/trace", "/result"):
            page.goto(path)
            expect(page.get_by_role("heading", name="Start this server properly")).to_be_visible()
            expect(page.get_by_role("textbox")).to_have_count(0)
            assert fits(page)
        assert serious(page) == []
        page.context.close()
    finally:
        server.kill()
