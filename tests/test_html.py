"""The report as a web page: what a reader finds in it, and that no text can break it or get out."""

import os
import re
import sys
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from hypothesis import given, settings
from playwright.sync_api import Browser, BrowserContext, Page

from assessment.method.answers import Answer, Trace
from assessment.method.gaps import assess
from assessment.method.questionnaire import Questionnaire
from assessment.taken_on import Action, Plan, Terms
from reports import html as html_report
from reports.content import Imprint, Report, write_report
from reports.html import HTML_LABELS, SECURITY, render_html
from reports.palette import DARK, LIGHT
from tests.cli_runs import EXAMPLE, process, run
from tests.invented import traced
from tests.room_accounts import report_of, simulated
from tests.test_pdf import (
    BEST,
    CASES,
    EMPTY,
    HOSTILE,
    LONG_NOTE,
    MADE,
    READ,
    everywhere,
    report_on,
)

SCRIPTS = (
    "<script>document.title = 'broken in'</script>",
    "</style><script>document.title = 'broken in'</script>",
    '"><img src=x onerror="document.title = \'broken in\'">',
    "</dd></dl></main><h1>Another report</h1>",
    "<!-- comment --> ]]> &amp; &lt;b&gt; {{ 7 * 7 }} {% raw %} ${x}",
    "مرحبا بالعالم 漢字 Ł ź ά 🎉",
    "\u202eright to left\u202c",
)
TYPED = (*HOSTILE, *SCRIPTS)


class Read(HTMLParser):
    """A page as a browser reads it: its tags with their attributes, and its text."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._text: list[str] = []
        self._is_style = False
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._is_style = tag == "style"

    def handle_data(self, data: str) -> None:
        if not self._is_style:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._is_style = self._is_style and tag != "style"

    @property
    def text(self) -> str:
        return "".join(self._text)


@cache
def page_of(case_id: str) -> bytes:
    return render_html(report_on(CASES.get(case_id, EMPTY)), MADE)


def bare(text: str) -> str:
    return "".join(text.split())


# What it says


@pytest.mark.parametrize("case_id", [*CASES, "empty"])
def test_a_page_says_all_that_the_report_does(case_id: str) -> None:
    report = report_on(CASES.get(case_id, EMPTY))
    said = bare(Read(page_of(case_id)).text)
    for text in told(report):
        assert bare(text) in said, text


def told(report: Report) -> Iterator[str]:
    """Every text that a reader is told."""
    headline, step = report.headline, report.next_step
    yield from (report.title, report.touches, headline.text, headline.meaning, headline.why)
    yield from (headline.ahead, step.label, step.action, step.why_this, report.caution)
    yield from (text for pair in (*headline.readings, *report.facts) for text in pair)
    for rung in report.ladder:
        yield rung.name.split()[0]
    for stage in report.stages:
        yield from (stage.title, stage.about)
    for gap in report.gaps:
        yield from (gap.title, gap.why, gap.answer, gap.detail, gap.action, gap.source)
        yield from (text for pair in gap.to_do if pair[1] for text in pair)
        yield from (gap.state_label, *gap.needed_for)
    for gap in report.road:
        yield from (gap.title, gap.stage, *gap.needed_for)
    for pattern in report.patterns:
        yield from (pattern.name, pattern.looks_like, pattern.costs, pattern.breaks_it)
    for row in (*report.readiness.rows, *report.skills.rows):
        yield from (row.name, row.about, row.reading_label)
    for answer in report.answers:
        yield from (answer.question, answer.answer, answer.detail, *answer.evidence, answer.note)
    yield from (report.questionnaire, report.fingerprint[:12], report.trace_id, "21 November 2026")


def test_its_parts_stand_in_the_order_of_the_paper() -> None:
    ids = [
        attributes["id"]
        for tag, attributes in Read(page_of(CASE)).tags
        if tag == "section" and "id" in attributes
    ]
    assert ids == ["today", "gaps", "road", "patterns", "checklists", "answers", "about"]


def test_parts_without_content_are_left_out_and_nothing_leads_to_them() -> None:
    said = Read(page_of(BEST)).text
    for part in ("gaps", "road", "patterns"):
        assert str(HTML_LABELS[part]) not in said
        assert str(HTML_LABELS[part]) in Read(page_of(CASE)).text


def test_every_link_leads_to_a_place_on_the_page() -> None:
    for case_id in CASES:
        tags = Read(page_of(case_id)).tags
        places = [attributes["id"] for _, attributes in tags if "id" in attributes]
        links = [attributes["href"] for _, attributes in tags if "href" in attributes]
        assert len(places) == len(set(places))
        assert {link.removeprefix("#") for link in links if link} <= set(places)


def test_headings_go_down_one_level_at_a_time_and_every_table_has_a_caption() -> None:
    for case_id in CASES:
        tags = [tag for tag, _ in Read(page_of(case_id)).tags]
        levels = [int(tag[1]) for tag in tags if re.fullmatch("h[1-6]", tag)]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))
        tables = [place for place, tag in enumerate(tags) if tag == "table"]
        assert tables
        assert {tags[place + 1] for place in tables} == {"caption"}


@settings(max_examples=15)
@given(traced())
def test_any_questionnaire_makes_a_page(pair: tuple[Questionnaire, Trace]) -> None:
    report = write_report(assess(*pair), Imprint("", "0" * 64))
    said = bare(Read(render_html(report, MADE)).text)
    assert all(bare(row.question) in said for row in report.answers)


# What no text can do to it


CASE = "financial-lead-scoring-before"


@pytest.mark.parametrize("text", TYPED)
def test_hostile_text_shows_as_it_was_typed(text: str) -> None:
    read = Read(render_html(report_on(everywhere(text)), MADE))
    assert read.text.count(text) > 10
    plain = Read(render_html(report_on(everywhere("plain")), MADE))
    assert own_tags(read) == own_tags(plain)


def own_tags(read: Read) -> list[str]:
    """The page's tags but for the links that an address of the web becomes."""
    return [
        tag
        for tag, attributes in read.tags
        if not (attributes.get("href") or "").startswith("http")
    ]


def test_long_texts_are_not_cut() -> None:
    read = Read(render_html(report_on(everywhere(LONG_NOTE.strip())), MADE))
    assert read.text.count(LONG_NOTE.strip()) > 10


def test_lines_and_blanks_stay_as_they_were_typed() -> None:
    note = "First line\n  - second\tline\n\nlast"
    assert note in Read(render_html(report_on(everywhere(note)), MADE)).text


def test_what_no_browser_takes_is_left_out_or_marked() -> None:
    page = render_html(report_on(everywhere("a\0b\x08c\x1bd\x85e\ud83df\ufffeg")), MADE)
    assert "abcde\ufffdfg" in Read(page).text
    assert not re.search("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", page.decode())


@pytest.mark.parametrize("text", ["plain", *SCRIPTS])
def test_nothing_in_a_page_is_run_or_fetched(text: str) -> None:
    page = render_html(report_on(everywhere(text)), MADE)
    read = Read(page)
    names = {tag for tag, _ in read.tags}
    assert not names & {"script", "link", "img", "iframe", "object", "embed", "form", "base", "use"}
    for _, attributes in read.tags:
        assert not [name for name in attributes if name.startswith("on") or name == "src"]
        assert (attributes.get("href") or "#").startswith("#")
    style = page.decode().partition("<style>")[2].partition("</style>")[0]
    assert "url(" not in style
    assert "@import" not in style


def test_the_first_thing_a_page_says_is_what_it_may_do() -> None:
    metas = [attributes for tag, attributes in Read(page_of(CASE)).tags if tag == "meta"]
    assert metas[0] == {"charset": "utf-8"}
    assert metas[1] == {"http-equiv": "Content-Security-Policy", "content": SECURITY}
    assert SECURITY == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def test_every_colour_comes_from_the_palette() -> None:
    for name in ("report.css", "report.html"):
        text = (html_report.HERE / name).read_text(encoding="utf-8")
        assert not re.search(r"#[0-9a-f]{3,8}\b|rgb|hsl", text)
    page = page_of(CASE).decode()
    head, _, body = page.partition("</head>")
    assert not re.search(r"[\"':]#[0-9a-f]{6}\b", body)
    assert LIGHT.accent in head
    assert DARK.accent in head


def test_only_drawings_and_the_style_sheet_go_in_unescaped() -> None:
    text = (html_report.HERE / "report.html").read_text(encoding="utf-8")
    raw = set(re.findall(r"\{\{\s*([a-z]+)[^}]*\|\s*safe", text))
    assert raw == {"charts", "marks", "style"}


# That it is the same each time


def test_the_same_report_gives_the_same_bytes_in_any_process() -> None:
    code = (
        "import hashlib, sys\nfrom tests.test_html import CASE, page_of\n"
        "print(hashlib.sha256(page_of(CASE)).hexdigest())"
    )
    seeds = [{**os.environ, "PYTHONHASHSEED": seed, "TZ": zone} for seed, zone in SEEDS]
    made = {process(sys.executable, "-c", code, env=seed).stdout for seed in seeds}
    assert len(made) == 1
    assert len(made.pop().strip()) == 64


SEEDS = (("1", "UTC"), ("2", "Asia/Tokyo"))


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        render_html(report_on(EMPTY), datetime(2026, 11, 21))  # noqa: DTZ001


def test_the_terminal_writes_one(tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    result = run("report", EXAMPLE, "--html", out, "--date", "2026-11-21")
    assert (result.exit_code, result.stdout) == (0, f"wrote {out}\n")
    assert out.read_bytes().startswith(b"<!doctype html>\n")
    same = run("report", EXAMPLE, "--html", out, "--json", out)
    assert same.exit_code == 2
    assert "--html and --json must each name a file of its own" in " ".join(same.stderr.split())


# In a browser

SIZES = {"1440": (1440, 900), "390": (390, 844)}


@pytest.fixture(params=["light", "dark"])
def mode(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=SIZES)
def window(
    request: pytest.FixtureRequest, chromium: Browser, mode: str
) -> Iterator[BrowserContext]:
    """A window on a screen and on a phone, light and dark."""
    width, height = SIZES[request.param]
    opened = chromium.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if mode == "dark" else "light",
    )
    yield opened
    opened.close()


class Shown:
    """A page in a browser, with all that it asked for and complained about."""

    def __init__(self, window: BrowserContext, content: bytes, folder: Path) -> None:
        path = folder / "report.html"
        path.write_bytes(content)
        self.page: Page = window.new_page()
        self.asked: list[str] = []
        self.said: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("dialog", lambda dialog: self.said.append(dialog.message))
        self.page.goto(path.as_uri())

    @property
    def fits(self) -> bool:
        """Whether nothing needs scrolling sideways."""
        root = "document.documentElement"
        return bool(self.page.evaluate(f"{root}.scrollWidth <= {root}.clientWidth"))


CONTENTS = {
    "usual": lambda: page_of(CASE),
    "best": lambda: page_of(BEST),
    "empty": lambda: page_of("empty"),
    "hostile": lambda: render_html(report_on(everywhere("".join(TYPED) + "W" * 300)), MADE),
    "workshop": lambda: render_html(report_of(simulated(12, reason="W" * 300)), MADE),
    "rehearsal": lambda: render_html(report_of(simulated(12, is_rehearsal=True)), MADE),
}


@pytest.mark.browser
@pytest.mark.parametrize("content", CONTENTS)
def test_a_page_is_accessible_and_fits_and_asks_for_nothing(
    content: str, window: BrowserContext, tmp_path: Path
) -> None:
    shown = Shown(window, CONTENTS[content](), tmp_path)
    assert [one["id"] for one in Axe().run(shown.page).response["violations"]] == []
    assert shown.fits
    assert shown.page.title() != "broken in"
    assert len(shown.asked) == 1
    assert shown.said == []


def title_of(page: bytes) -> str:
    return page.decode().partition("<title>")[2].partition("</title>")[0]


@pytest.mark.browser
def test_a_script_that_got_in_would_not_run_nor_call_anybody(
    window: BrowserContext, tmp_path: Path
) -> None:
    tampered = page_of(CASE).replace(
        b"</main>",
        SCRIPTS[0].encode() + b'<img src="http://127.0.0.1:9/x.png" onerror="document.title=1">'
        b'<link rel="stylesheet" href="http://127.0.0.1:9/x.css"></main>',
    )
    shown = Shown(window, tampered, tmp_path)
    assert shown.page.title() == title_of(page_of(CASE))
    assert len([said for said in shown.said if "Content Security Policy" in said]) >= 3
    assert shown.page.locator("img").evaluate("image => image.naturalWidth") == 0


@pytest.mark.browser
def test_the_page_follows_the_readers_mode_and_paper_is_always_light(
    window: BrowserContext, mode: str, tmp_path: Path
) -> None:
    page = Shown(window, page_of(CASE), tmp_path).page
    colour = "getComputedStyle(document.body).backgroundColor"
    drawn = "getComputedStyle(document.querySelector('svg text')).fill"
    palette = DARK if mode == "dark" else LIGHT
    assert page.evaluate(colour) == rgb(palette.paper)
    assert page.evaluate(drawn) in {rgb(ink) for ink in vars(palette).values() if type(ink) is str}
    page.emulate_media(media="print")
    assert page.evaluate(colour) == rgb(LIGHT.paper)
    assert page.locator("nav").is_hidden()


def rgb(colour: str) -> str:
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgb({red}, {green}, {blue})"


def test_evidence_that_is_an_address_of_the_web_is_a_link_and_nothing_else_is() -> None:
    question = READ.questionnaire.questions[0]
    pieces = ("See https://example.org/a?b=1&c.", "javascript:alert(1)", "<b>x</b>\n  y")
    answer = Answer(next(iter(question.options)), evidence=pieces)
    page = render_html(report_on(Trace({"name": "x"}, {question.id: answer})), MADE).decode()
    assert '<a href="https://example.org/a?b=1&amp;c" rel="noopener noreferrer">' in page
    assert page.count('<a href="http') == 1
    assert "javascript:alert(1)\n&lt;b&gt;x&lt;/b&gt;\n  y</dd>" in page


def test_what_was_taken_on_stands_in_a_list_with_owner_and_day() -> None:
    result = assess(READ.questionnaire, CASES[CASE])
    gap = result.gaps[0]
    terms = Terms("Maria <b>", date(2026, 12, 1), "A note")
    action = Action(gap.question.id, gap.requirement.at_least, "Said then", terms, MADE)
    report = write_report(result, Imprint("t", "0" * 64), Plan((action,)))
    page = render_html(report, MADE).decode()
    assert '<a href="#taken">' in page
    assert "<bdi>Maria &lt;b&gt;</bdi>" in page
    assert "Taken on by" in page
    assert "By 1 December 2026" in page
