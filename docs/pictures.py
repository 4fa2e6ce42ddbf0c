"""Make `docs/pictures`: the pages in a real browser, and the examples' reports page by page.

`make pictures` runs it; it needs Debian's chromium and poppler-utils. Commit what it makes.
"""

import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser

from assessment.files.cases import Case, read_cases
from assessment.files.questionnaires import ReadQuestionnaire, content_of, find, shipped
from assessment.method.answers import Trace
from assessment.method.gaps import assess
from assessment.method.record import record
from assessment.store.database import open_database
from assessment.store.migrate import migrate
from assessment.store.records import QuestionnaireText, StoredResult
from assessment.store.traces import TraceStore
from reports.content import Imprint, write_report
from reports.pdf import render_pdf
from tests.app_server import AppServer, chromium_browser, settle

PICTURES = Path(__file__).parent / "pictures"
EXAMPLES = Path(__file__).parents[1] / "questionnaires" / "examples"

MADE = datetime(2026, 11, 21, 9, tzinfo=UTC)
"""When the reports say that they were made, so that they differ only where the product does."""

COLOURS = 64
"""Of a picture's palette; keeps the repository small and letters crisp."""

RESOLUTION = 72
"""Dots per inch of a report's page."""


@dataclass(frozen=True)
class Shot:
    """A picture of a page: what it shows, its address, the size in CSS pixels, light or dark."""

    name: str
    shows: str
    address: str
    width: int
    height: int
    dark: bool = False


def main() -> None:
    """Make every picture anew, and the page that shows them."""
    PICTURES.mkdir(exist_ok=True)
    for old in PICTURES.glob("*.png"):
        old.unlink()
    read = find(shipped()[0])
    cases = tuple(_examples(read))
    _picture_pages(read, cases)
    _write_gallery([(case, _picture_report(read, case)) for case in cases])


def _examples(read: ReadQuestionnaire) -> Iterator[Case]:
    for path in sorted(EXAMPLES.glob("*.yaml")):
        cases, _ = read_cases(content_of(path), path.name, read.questionnaire)
        yield from cases


def _picture_pages(read: ReadQuestionnaire, cases: tuple[Case, ...]) -> None:
    with tempfile.TemporaryDirectory() as folder, chromium_browser() as browser:
        ids = _fill_database(Path(folder), read, cases)
        server = AppServer(Path(folder))
        server.start()
        try:
            for shot in _shots(ids[-1], read.questionnaire.stages[1].id):
                _shoot(browser, server.url, shot)
        finally:
            server.kill()


def _shots(trace: str, stage: str) -> tuple[Shot, ...]:
    question, result = f"/trace?trace={trace}&at={stage}", f"/result?trace={trace}"
    return (
        Shot("start", "The start page", "/", 1280, 900),
        Shot("trace", "A question with its options", question, 1280, 900),
        Shot("result", "The result with its next step", result, 1280, 900),
        Shot("trace-dark", "The same question in the dark", question, 1280, 900, dark=True),
        Shot("trace-phone", "The same question on a phone", question, 390, 844),
        Shot("result-phone", "The result on a phone", result, 390, 844),
        Shot("result-phone-dark", "The same in the dark", result, 390, 844, dark=True),
    )


def _fill_database(folder: Path, read: ReadQuestionnaire, cases: tuple[Case, ...]) -> list[str]:
    """Keep the examples where the server will look for its database; gives their ids."""
    database = open_database(f"sqlite:///{folder / 'traces.sqlite3'}")
    migrate(database)
    store, ids = TraceStore(database), []
    about = read.questionnaire
    text = QuestionnaireText(read.fingerprint, about.id, about.version, read.text)
    for number, case in enumerate(cases):
        ids.append(f"example-of-the-gallery-{number}")
        store.create(ids[-1], text, case.trace, partial(_stored, read, ids[-1]), MADE)
    database.close()
    return ids


def _stored(read: ReadQuestionnaire, trace_id: str, trace: Trace) -> StoredResult:
    result = assess(read.questionnaire, trace)
    at = result.standing
    return StoredResult(at.level, at.ceiling, at.evidenced, record(result, trace_id))


def _shoot(browser: Browser, url: str, shot: Shot) -> None:
    page = browser.new_page(
        viewport={"width": shot.width, "height": shot.height},
        color_scheme="dark" if shot.dark else "light",
    )
    page.goto(url + shot.address)
    settle(page)
    page.wait_for_timeout(1500)  # pictures and fonts arrive after the script has ended
    if page.locator(".message").count():
        raise SystemExit(f"{shot.address} shows a message instead of the page")
    path = PICTURES / f"{shot.name}.png"
    page.screenshot(path=path)
    page.close()
    _shrink(path)


def _picture_report(read: ReadQuestionnaire, case: Case) -> list[Path]:
    """Make a picture of every page of an example's report."""
    result = assess(read.questionnaire, case.trace)
    report = write_report(result, Imprint(case.id, read.fingerprint, MADE))
    with tempfile.TemporaryDirectory() as folder:
        pdf = Path(folder) / "report.pdf"
        pdf.write_bytes(render_pdf(report, MADE).content)
        stem = PICTURES / case.id
        subprocess.run(["pdftoppm", "-r", str(RESOLUTION), "-png", pdf, stem], check=True)
    pages = sorted(PICTURES.glob(f"{case.id}-*.png"))
    for page in pages:
        _shrink(page)
    return pages


def _shrink(path: Path) -> None:
    with Image.open(path) as image:
        small = image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    small.save(path, optimize=True)


def _write_gallery(reports: list[tuple[Case, list[Path]]]) -> None:
    lines = ["# Pictures", "", "Made by `make pictures`; not to be edited by hand.", ""]
    lines += ["## Pages", ""]
    for shot in _shots("", ""):
        lines += [f'<img src="{shot.name}.png" alt="{shot.shows}" width="{shot.width // 2}">', ""]
    for case, pages in reports:
        name = case.trace.facts.get("name", case.id)
        lines += [f"## The report on: {name}", "", case.story, ""]
        for number, page in enumerate(pages, start=1):
            lines.append(f'<img src="{page.name}" alt="Page {number}" width="400">')
        lines.append("")
    (PICTURES / "README.md").write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
