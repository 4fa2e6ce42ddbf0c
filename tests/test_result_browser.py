"""Taking one thing on in a real browser: on a screen and on a phone, and after a reload."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, expect

from assessment.files.cases import read_cases
from assessment.files.questionnaires import content_of, find, shipped
from assessment.method.answers import Trace
from assessment.method.gaps import assess
from assessment.method.record import record
from assessment.store.database import open_database
from assessment.store.migrate import migrate
from assessment.store.plans import PlanStore
from assessment.store.records import QuestionnaireText, StoredResult
from assessment.store.traces import TraceStore
from assessment.taken_on import Action, Terms
from tests.app_server import AppServer, settle
from tests.conftest import ROOT

pytestmark = pytest.mark.browser

WIDE = ViewportSize(width=1440, height=900)
PHONE = ViewportSize(width=390, height=844)
TRACE = "a-trace-to-take-things-on"
EXAMPLE = ROOT / "questionnaires/examples/financial-lead-scoring-before.yaml"
NOW = datetime.now(UTC)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[AppServer]:
    """A running server with a worked example in its database."""
    read = find(shipped()[0])
    database = open_database(f"sqlite:///{tmp_path / 'traces.sqlite3'}")
    migrate(database)
    (case,) = read_cases(content_of(EXAMPLE), EXAMPLE.name, read.questionnaire)[0]

    def stored(trace: Trace) -> StoredResult:
        result = assess(read.questionnaire, trace)
        at = result.standing
        return StoredResult(at.level, at.ceiling, at.evidenced, record(result, TRACE))

    about = read.questionnaire
    text = QuestionnaireText(read.fingerprint, about.id, about.version, read.text)
    TraceStore(database).create(TRACE, text, case.trace, stored, NOW)
    gap = assess(about, case.trace).gaps[3]
    terms = Terms("Tomás", NOW.date() - timedelta(days=2), "See https://example.org/minutes")
    action = Action(gap.question.id, gap.requirement.at_least, "Something late", terms, NOW)
    PlanStore(database).take_on(TRACE, action)
    database.close()
    running = AppServer(tmp_path)
    running.start()
    yield running
    running.kill()


@pytest.fixture(params=[WIDE, PHONE], ids=["1440", "390"])
def page(request: pytest.FixtureRequest, chromium: Browser, server: AppServer) -> Iterator[Page]:
    context = chromium.new_context(
        viewport=request.param, base_url=server.url, has_touch=request.param is PHONE
    )
    opened = context.new_page()
    failures: list[str] = []
    opened.on("pageerror", lambda error: failures.append(str(error)))
    opened.on("dialog", lambda dialog: failures.append(dialog.message))
    opened.goto(f"/result?trace={TRACE}")
    settle(opened)
    yield opened
    context.close()
    assert failures == []


def kept(tmp_path: Path) -> tuple[Action, ...]:
    database = open_database(f"sqlite:///{tmp_path / 'traces.sqlite3'}")
    try:
        return PlanStore(database).of(TRACE)
    finally:
        database.close()


def test_one_thing_is_taken_on_ticked_off_undone_and_still_there_after_a_reload(
    page: Page, tmp_path: Path
) -> None:
    step = page.locator(".st-key-next-step")
    step.get_by_role("button", name="Take it on").click()
    owner = page.get_by_label("Who owns it", exact=True)
    expect(owner).to_be_visible()
    owner.fill("Maria <b>Lind</b>")
    page.get_by_label("Note", exact=True).fill("**with** sales")
    step.get_by_role("button", name="Take it on").click()
    expect(step.get_by_text("Maria <b>Lind</b>")).to_be_visible()
    taken = next(action for action in kept(tmp_path) if action.terms.owner.startswith("Maria"))
    assert taken.terms.note == "**with** sales"
    assert isinstance(taken.terms.due, date)

    page.reload()
    settle(page)
    step.get_by_role("button", name="Tick it off").click()
    expect(step.get_by_role("button", name="Not done yet")).to_be_visible()
    expect(step.get_by_role("link", name="See whether the answer")).to_be_visible()
    step.get_by_role("button", name="Not done yet").click()
    expect(step.get_by_role("button", name="Tick it off")).to_be_visible()
    step.get_by_role("button", name="Drop").click()
    undo = page.get_by_role("button", name="Undo")
    expect(undo).to_be_visible()
    assert taken not in kept(tmp_path)
    undo.click()
    expect(undo).to_have_count(0)
    page.reload()
    settle(page)
    expect(step.get_by_text("Maria <b>Lind</b>")).to_be_visible()
    assert taken in kept(tmp_path)


def test_the_page_fits_and_what_is_due_is_seen_at_once(page: Page) -> None:
    due = page.locator(".st-key-plan-due")
    expect(due.get_by_text("Overdue by two days")).to_be_in_viewport()
    main = page.locator('[data-testid="stMain"]')
    assert main.evaluate("m => m.scrollWidth <= m.clientWidth")
    link = due.get_by_role("link", name="https://example.org/minutes")
    assert "noopener" in (link.get_attribute("rel") or "")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(chromium: Browser, server: AppServer, scheme: Any) -> None:
    for size in (WIDE, PHONE):
        context = chromium.new_context(
            viewport=size, base_url=server.url, color_scheme=scheme, reduced_motion="reduce"
        )
        page = context.new_page()
        page.goto(f"/result?trace={TRACE}")
        settle(page)
        page.locator(".st-key-next-step").get_by_role("button", name="Take it on").click()
        expect(page.get_by_label("Who owns it", exact=True)).to_be_visible()
        for fold in ("gaps", "road", "proofs", "answers"):
            page.locator(f".st-key-{fold} summary").first.click()
            settle(page)
        page.wait_for_timeout(300)  # folds slide open
        assert _serious(page) == []
        context.close()


def _serious(page: Page) -> list[str]:
    """What axe calls serious or critical, with where it is."""
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {node['target']}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


def test_a_link_to_a_part_of_the_result_leads_there_from_outside_too(page: Page) -> None:
    page.get_by_role("navigation", name="On this page").get_by_role(
        "link", name="What was answered"
    ).click()
    assert page.url.endswith("#part-answers")
    page.reload()
    expect(page.locator("#part-answers")).to_be_in_viewport()
    page.goto("about:blank")
    page.goto(f"/result?trace={TRACE}#part-skills")
    expect(page.locator("#part-skills")).to_be_in_viewport()
