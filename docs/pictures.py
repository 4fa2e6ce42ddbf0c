"""Make `docs/pictures`: the pages in a real browser, and the examples' reports page by page.

`make pictures` runs it; it needs Debian's chromium and poppler-utils. Commit what it makes.
`python -m docs.pictures room control-lobby` makes only those whose names begin so, which is quick.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from playwright.sync_api import Browser

from assessment.files.cases import Case, read_cases
from assessment.files.questionnaires import ReadQuestionnaire, content_of, find, shipped
from assessment.method.answers import Answer, Trace
from assessment.method.gaps import Result, assess
from assessment.method.questionnaire import NAME_FACT, UNKNOWN, Questionnaire
from assessment.method.record import record
from assessment.store.database import open_database
from assessment.store.migrate import migrate
from assessment.store.plans import PlanStore
from assessment.store.records import QuestionnaireText, StoredResult
from assessment.store.traces import TraceStore
from assessment.taken_on import Action, Terms
from docs.looks import PICTURES, Look, View, shrink
from docs.workshop_pictures import VIEWS as WORKSHOP_VIEWS
from docs.workshop_pictures import picture_workshops
from reports.content import Imprint, write_report
from reports.printing.pdf import render_pdf
from tests.app_server import AppServer, chromium_browser, settle

EXAMPLES = Path(__file__).parents[1] / "questionnaires" / "examples"

MADE = datetime(2026, 11, 21, 9, tzinfo=UTC)
"""When the reports say that they were made, so that they differ only where the product does."""

RESOLUTION = 72
"""Dots per inch of a report's page."""


VIEWS = (
    View("welcome", "The start page at the first visit", "/", is_first_visit=True),
    View("start", "The start page with traces, and with what is due", "/"),
    View("facts", "The facts of a use case", "/trace?trace={half}&at=About"),
    View("trace", "A question with its options", "/trace?trace={full}&at={stage}"),
    View("pause", "The pause after the first questions", "/trace?trace={half}&at=Pause"),
    View("asking", "What nobody knew, by who would know", "/to-find-out?trace={half}"),
    View("result", "The result with its next step", "/result?trace={full}"),
    View("workshop-begin", "A workshop on a new use case, or on one that is there", "/workshop"),
    View("workshop", "Opening a workshop", "/workshop?trace={half}"),
    View("deleted", "A trace that was deleted", "/result?trace={gone}"),
)
"""Every page in the navigation of `app.py` is in it (tests/test_pictures.py)."""


PICTURED = (*VIEWS, *WORKSHOP_VIEWS)
"""Every view, in the order of the gallery."""


def main(names: tuple[str, ...] = ()) -> None:
    """Make pictures anew, and the page that shows them all.

    Args:
        names: How the names of the wanted ones begin; empty for every picture.
    """
    PICTURES.mkdir(exist_ok=True)
    for old in PICTURES.glob("*.png"):
        if not names:
            old.unlink()
    read = find(shipped()[0])
    cases = tuple(_examples(read))

    def is_wanted(view: View) -> bool:
        return not names or view.name.startswith(names)

    _picture_pages(read, cases, [view for view in VIEWS if is_wanted(view)])
    picture_workshops(read, is_wanted)
    reports = [(case, _pages(case) if names else _picture_report(read, case)) for case in cases]
    _write_gallery(reports)


def _examples(read: ReadQuestionnaire) -> Iterator[Case]:
    for path in sorted(EXAMPLES.glob("*.yaml")):
        cases, _ = read_cases(content_of(path), path.name, read.questionnaire)
        yield from cases


def _picture_pages(read: ReadQuestionnaire, cases: tuple[Case, ...], wanted: list[View]) -> None:
    with chromium_browser() as browser:
        for is_first_visit in (True, False):
            views = [view for view in wanted if view.is_first_visit is is_first_visit]
            if not views:
                continue
            with tempfile.TemporaryDirectory() as folder:
                named = {} if is_first_visit else _fill_database(Path(folder), read, cases)
                server = AppServer(Path(folder))
                server.start()
                try:
                    for view in views:
                        address = server.url + view.address.format(**named)
                        for look in view.looks:
                            _shoot(browser, address, view, look)
                finally:
                    server.kill()


def _fill_database(
    folder: Path, read: ReadQuestionnaire, cases: tuple[Case, ...]
) -> dict[str, str]:
    """Keep what the pages show where the server will look for it; gives what views name."""
    database = open_database(f"sqlite:///{folder / 'traces.sqlite3'}")
    migrate(database)
    store, now = TraceStore(database), datetime.now(UTC)
    about = read.questionnaire
    text = QuestionnaireText(read.fingerprint, about.id, about.version, read.text)

    def keep(name: str, trace: Trace, hours: int) -> str:
        trace_id = f"trace-of-the-gallery-{name}"
        at = now - timedelta(hours=hours)
        store.create(trace_id, text, trace, partial(_stored, read, trace_id), at)
        return trace_id

    ids = [keep(case.id, case.trace, 30 * place) for place, case in enumerate(cases, start=1)]
    half = keep("half", _half(cases[0].trace, about), hours=0)
    gone = keep("gone", cases[1].trace, hours=200)
    store.delete(gone, now)
    _take_on(PlanStore(database), ids[-1], assess(about, cases[-1].trace), now)
    database.close()
    return {"full": ids[-1], "half": half, "gone": gone, "stage": about.stages[1].id}


def _half(trace: Trace, questionnaire: Questionnaire) -> Trace:
    """A trace under way: every third of the first answers is "we don't know"."""
    given = {
        question.id: Answer(UNKNOWN) if place % 3 == 2 else trace.answer(question.id)
        for place, question in enumerate(questionnaire.backbone)
    }
    return Trace({**trace.facts, NAME_FACT: "First drafts of the customer newsletter"}, given)


def _take_on(plans: PlanStore, trace_id: str, result: Result, now: datetime) -> None:
    """Somebody took the next step on, and it is due."""
    gap = result.next_step.gap
    if gap is None:
        return
    mark = gap.requirement.at_least
    words = gap.question.short_of[mark].action
    terms = Terms("Head of content", (now - timedelta(days=2)).date())
    plans.take_on(trace_id, Action(gap.question.id, mark, words, terms, now))


def _stored(read: ReadQuestionnaire, trace_id: str, trace: Trace) -> StoredResult:
    result = assess(read.questionnaire, trace)
    at = result.standing
    return StoredResult(at.level, at.ceiling, at.evidenced, record(result, trace_id))


def _shoot(browser: Browser, address: str, view: View, look: Look) -> None:
    page = browser.new_page(
        viewport={"width": look.width, "height": look.height},
        color_scheme="dark" if look.dark else "light",
    )
    page.goto(address)
    settle(page)
    page.wait_for_timeout(1500)  # pictures and fonts arrive after the script has ended
    if page.locator(".message").count() and view.name != "deleted":
        raise SystemExit(f"{address} shows a message instead of the page")
    path = PICTURES / f"{view.name}{look.suffix}.png"
    page.screenshot(path=path)
    page.close()
    shrink(path)


def _picture_report(read: ReadQuestionnaire, case: Case) -> list[Path]:
    """Make a picture of every page of an example's report."""
    result = assess(read.questionnaire, case.trace)
    report = write_report(result, Imprint(case.id, read.fingerprint, MADE))
    with tempfile.TemporaryDirectory() as folder:
        pdf = Path(folder) / "report.pdf"
        pdf.write_bytes(render_pdf(report, MADE).content)
        stem = PICTURES / case.id
        subprocess.run(["pdftoppm", "-r", str(RESOLUTION), "-png", pdf, stem], check=True)
    for page in _pages(case):
        shrink(page)
    return _pages(case)


def _pages(case: Case) -> list[Path]:
    return sorted(PICTURES.glob(f"{case.id}-*.png"))


def _write_gallery(reports: list[tuple[Case, list[Path]]]) -> None:
    lines = ["# Pictures", "", "Made by `make pictures`; not to be edited by hand.", ""]
    lines += ["## Pages", ""]
    for view in PICTURED:
        lines += [f"### {view.shows}", ""]
        for look in view.looks:
            source, alt = f"{view.name}{look.suffix}.png", f"{view.shows}, {look.shows}"
            lines.append(f'<img src="{source}" alt="{alt}" width="{look.width // 2}">')
        lines.append("")
    for case, pages in reports:
        name = case.trace.facts.get("name", case.id)
        lines += [f"## The report on: {name}", "", case.story, ""]
        for number, page in enumerate(pages, start=1):
            lines.append(f'<img src="{page.name}" alt="Page {number}" width="400">')
        lines.append("")
    (PICTURES / "README.md").write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main(tuple(sys.argv[1:]))
