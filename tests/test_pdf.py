"""The printed report: what a reader finds in it, and that no text can break it."""

import dataclasses
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import page
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from assessment.files.cases import read_cases
from assessment.files.questionnaires import find
from assessment.method.answers import Answer, Trace
from assessment.method.gaps import assess
from assessment.method.questionnaire import NAME_FACT, Questionnaire
from reports.charts.lettering import width
from reports.content import Imprint, Report, write_report
from reports.printing import pdf
from reports.printing.pdf import Pdf, render_pdf
from reports.printing.pdf_data import template_data
from reports.printing.pdf_design import PAGE_1
from reports.printing.printable import Printable
from tests.invented import traced

ROOT = Path(__file__).parent.parent
READ = find("coordination-trace")
OWN = READ.questionnaire
FILE = ROOT / "tests/cases/coordination-trace.yaml"
CASES = {case.id: case.trace for case in read_cases(FILE.read_bytes(), FILE.name, OWN)[0]}
MADE = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
EMPTY = Trace({}, {})
BEST = "repeated-objections-change-positioning"

LONG_NOTE = "A note that does not want to end, and says so again and again. " * 160
LONG_WORD = "Donaudampfschifffahrt" * 15
HOSTILE = (
    '#read("/etc/passwd")',
    "<script>alert(1)</script> & <b>bold</b>",
    "*bold* _emph_ `raw` #panic(1) $x$ @ref <label> // gone /* gone */",
    "= Heading - item + one / term: x \\ end",
    '=HYPERLINK("http://example.com")',
    "]] } ) \" ' ` ~ %s {0} {{x}}",
)


def report_on(trace: Trace, questionnaire: Questionnaire = OWN) -> Report:
    imprint = Imprint("3f9c2e71", READ.fingerprint, datetime(2026, 11, 20, tzinfo=UTC))
    return write_report(assess(questionnaire, trace), imprint)


@cache
def printed(case_id: str) -> Pdf:
    return render_pdf(report_on(CASES.get(case_id, EMPTY)), MADE)


def reader(made: Pdf) -> PdfReader:
    return PdfReader(BytesIO(made.content))


def page_text(made: Pdf, number: int) -> str:
    return bare(reader(made).pages[number - 1].extract_text())


def whole_text(made: Pdf) -> str:
    return bare("".join(page.extract_text() for page in reader(made).pages))


def bare(text: str) -> str:
    """A text without white space, so that it is found wherever its lines end."""
    return "".join(text.replace("\u200b", "").split())


def second_page_starts_the_details(made: Pdf) -> bool:
    return bare("How the work runs today") in page_text(made, 2)


def everywhere(text: str) -> Trace:
    """A trace in which a text stands wherever a user can write."""
    questions = OWN.questions
    facts = {fact.id: text for fact in OWN.profile if fact.type == "text"}
    answers = {
        q.id: Answer(next(iter(q.options)), detail=text, evidence=(text, text), note=text)
        for q in questions[:4]
    }
    return Trace({**CASES["financial-lead-scoring-before"].facts, **facts}, answers)


# What it says


@pytest.mark.parametrize("case_id", CASES)
def test_page_1_answers_a_reader_with_sixty_seconds(case_id: str) -> None:
    report = report_on(CASES[case_id])
    said = page_text(printed(case_id), 1)
    step, headline = report.next_step, report.headline
    shown = [report.title, headline.text, headline.meaning, headline.why, headline.guess]
    shown += [headline.demonstrated, headline.ceiling, headline.evidenced, headline.ahead]
    shown += [step.action, step.why_this, report.touches]
    shown += [f"{rung.level}{rung.name}" for rung in report.ladder]
    shown += [gap.missing if gap.state == "open" else gap.question for gap in report.top_gaps]
    if step.gap:
        shown += [step.gap.who, step.gap.effort_text[1:], step.gap.after]
    for text in shown:
        assert bare(text) in said
    assert second_page_starts_the_details(printed(case_id))


def test_every_gap_is_printed_in_full() -> None:
    said = whole_text(printed("financial-lead-scoring-before"))
    report = report_on(CASES["financial-lead-scoring-before"])
    assert len(report.gaps) > 10
    for gap in report.gaps:
        for text in (gap.kind_label, gap.question, gap.answer, gap.missing, gap.why, gap.action):
            assert bare(text) in said
        for text in (gap.state_label, gap.who, gap.after, gap.proof, gap.source, *gap.needed_for):
            assert bare(text) in said
    for gap in report.road:
        assert bare(gap.missing if gap.state == "open" else gap.question) in said


def test_every_answer_is_printed_with_its_detail_evidence_and_note() -> None:
    answers = {
        q.id: Answer(
            next(iter(q.options)), f"Maria {n}", (f"The page {n}", f"A log {n}"), f"Note {n}"
        )
        for n, q in enumerate(OWN.questions)
    }
    said = whole_text(render_pdf(report_on(Trace({NAME_FACT: "All"}, answers)), MADE))
    for row in report_on(Trace({}, answers)).answers:
        assert bare(row.question) in said
        for text in (row.answer, row.detail, *row.evidence, row.note):
            assert bare(text) in said


def test_patterns_readiness_and_skills_are_printed() -> None:
    report = report_on(CASES["financial-lead-scoring-before"])
    said = whole_text(printed("financial-lead-scoring-before"))
    for pattern in report.patterns:
        for text in (pattern.name, pattern.looks_like, pattern.costs, pattern.breaks_it):
            assert bare(text) in said
    for row in (*report.readiness.rows, *report.skills.rows):
        assert bare(row.name) in said
        for action in row.actions:
            assert bare(action) in said


def test_parts_without_content_are_left_out() -> None:
    said = whole_text(printed(BEST))
    for heading in ("The gaps, in the order to close them", "Later on the road", "Patterns that"):
        assert bare(heading) not in said
        assert bare(heading) in whole_text(printed("financial-lead-scoring-before"))


def test_the_small_print_ties_the_paper_to_its_data() -> None:
    made = printed("editorial-workflow-draft")
    said = whole_text(made)
    report = report_on(CASES["editorial-workflow-draft"])
    for text in (report.caution, report.questionnaire, report.trace_id, "21 November 2026"):
        assert bare(text) in said
    assert READ.fingerprint[:12] in said
    pages = len(reader(made).pages)
    for number in range(1, pages + 1):
        assert f"Page{number}of{pages}" in page_text(made, number)


def test_a_report_without_a_trace_id_does_not_speak_of_one() -> None:
    report = dataclasses.replace(report_on(EMPTY), trace_id="")
    captions = [caption for caption, _ in template_data(report, "today")["imprint"]]
    assert "Trace" not in captions


def test_the_file_has_title_language_bookmarks_and_date() -> None:
    made = reader(printed("editorial-workflow-draft"))
    assert made.metadata is not None
    assert "Level 3 of 5" in str(made.metadata.title)
    assert made.metadata.creation_date == MADE
    assert str(made.trailer["/Root"]["/Lang"]).startswith("en")  # type: ignore[index]
    titles = [str(entry.title) for entry in made.outline if not isinstance(entry, list)]
    assert titles[0].startswith("Level 3 of 5")
    assert titles[-1] == "Every answer"


# What it withstands


@pytest.mark.parametrize(
    "text",
    [
        LONG_NOTE,
        LONG_WORD * 3,
        "W" * 10_000,
        pytest.param("W " * 5_000, marks=pytest.mark.slow),
        pytest.param("漢字" * 5_000, marks=pytest.mark.slow),
        pytest.param("x\n" * 5_000, marks=pytest.mark.slow),
    ],
    ids=["note", "word", "wide-word", "wide-words", "kanji", "lines"],
)
def test_page_1_stays_one_page_whatever_is_written(text: str) -> None:
    made = render_pdf(report_on(everywhere(text[:10_000])), MADE)
    assert second_page_starts_the_details(made)
    assert made.notes == ()


def longest(data: Any, text: str) -> Any:
    """The same data, captions kept, with a text that is far too long wherever there is one."""
    match data:
        case str():
            return text
        case dict():
            kept = {key: data[key] for key in ("label", "dated") if key in data}
            return {key: longest(value, text) for key, value in data.items()} | kept
        case (str() as caption, str()):
            return [caption, text]
        case list() | tuple():
            return [longest(item, text) for item in data]
    return data


@pytest.mark.parametrize("text", ["long words in a row " * 50, "漢字" * 400])
def test_page_1_stays_one_page_when_every_text_on_it_is_too_long(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def overfull(report: Report, made: str) -> dict[str, Any]:
        data = template_data(report, made)
        return {**data, "first": longest(data["first"], text)}

    monkeypatch.setattr(pdf, "template_data", overfull)
    case = CASES["analyst-digest-changes-strategy"]
    made = render_pdf(report_on(case), MADE)
    assert second_page_starts_the_details(made)
    assert page_text(made, 1).count("…") > 10


def test_the_sets_of_limits_get_tighter() -> None:
    for roomier, tighter in pairwise(PAGE_1):
        assert all(tighter[name] <= roomier[name] for name in roomier)
        assert tighter != roomier


def test_what_looks_like_code_is_printed_as_it_was_written() -> None:
    said = whole_text(render_pdf(report_on(everywhere("\n".join(HOSTILE))), MADE))
    for text in HOSTILE:
        assert said.count(bare(text)) > 4
    assert "root:" not in said


@pytest.mark.parametrize(
    "name",
    ["Ελένη Παπαδοπούλου", "Олександр Ґалаґан", "山田太郎", "Nguyễn Văn Ẩn", "Țepeș Žofie Łukasz"],
)
def test_names_of_many_scripts_can_be_copied_out(name: str) -> None:
    made = render_pdf(report_on(everywhere(name)), MADE)
    assert made.notes == ()
    assert bare(name) in page_text(made, 1)


@pytest.mark.parametrize("name", ["فاطمة الزهراء", "שרה לוי"])
def test_names_written_from_right_to_left_can_be_copied_out(name: str) -> None:
    made = render_pdf(report_on(everywhere(name)), MADE)
    assert made.notes == ()
    said = page_text(made, 1)
    for word in name.split():
        assert word in said or word[::-1] in said


def test_what_no_font_can_show_becomes_a_box_and_is_counted() -> None:
    made = render_pdf(report_on(everywhere("Rocket 🚀 and 🦄, twice 🚀 \ud800")), MADE)
    (note,) = made.notes
    assert note.startswith("Three characters could not be printed")
    assert "JSON export" in note
    assert bare("Rocket □ and □, twice □") in page_text(made, 1)
    assert bare(note) in whole_text(made)


def test_a_text_that_the_standard_refuses_is_printed_nevertheless(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pdf, "printable", lambda data, **_: Printable(data, frozenset()))
    made = render_pdf(report_on(Trace({NAME_FACT: "Private \ue000 use"}, {})), MADE)
    (note,) = made.notes
    assert "PDF/UA" in note
    assert bare(note) not in whole_text(made)
    assert second_page_starts_the_details(made)


def test_a_report_that_cannot_be_made_says_so_without_paths(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pdf, "template_data", lambda *_: {})
    with pytest.raises(pdf.PdfError) as error:
        render_pdf(report_on(EMPTY), MADE)
    assert "/" not in str(error.value)
    assert error.value.__cause__ is None
    assert error.value.__context__ is None


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        render_pdf(report_on(EMPTY), datetime(2026, 11, 21))  # noqa: DTZ001


def pieces(made: Pdf) -> Iterator[tuple[str, float, float, float]]:
    """Every piece of text: itself, its left and right end, its baseline; in points."""
    found: list[tuple[str, float, float, float]] = []

    def note(text: str, cm: Any, tm: Any, _font: Any, size: float) -> None:
        words = text.strip("\n ")
        if words.isascii() and words:
            scale = tm[0] * cm[0] or 1.0
            x, y = tm[4] * cm[0] + cm[4], tm[5] * cm[3] + cm[5]
            found.append((words, x, x + width(words, size * abs(scale)), y))

    for one in reader(made).pages:
        one.extract_text(visitor_text=note)
    yield from found


@pytest.mark.parametrize("text", ["", LONG_WORD, "W" * 300, "name@" + "subdomain." * 12])
def test_no_word_leaves_the_page(text: str) -> None:
    trace = everywhere(text) if text else CASES["financial-lead-scoring-before"]
    found = list(pieces(render_pdf(report_on(trace), MADE)))
    assert len(found) > 300
    for words, left, right, baseline in found:
        assert left > 40, words
        assert right < 595 - 40, words
        assert 20 < baseline < 842 - 20, words


@pytest.mark.parametrize(
    "trace",
    [CASES["financial-lead-scoring-before"], CASES[BEST], EMPTY, everywhere(LONG_NOTE)],
    ids=["base", "best", "empty", "long"],
)
def test_it_is_accessible_as_pdf_ua_asks(trace: Trace) -> None:
    made = render_pdf(report_on(trace), MADE)
    checked = page.validate_pdf_bytes(made.content, profile="ua1")
    assert [(found.rule_id, found.message) for found in checked.failures] == []
    assert checked.is_compliant
    assert checked.rules.total > 100


@pytest.mark.parametrize("case_id", CASES)
def test_the_small_print_never_stands_on_a_page_of_its_own(case_id: str) -> None:
    pages = [bare(one.extract_text()) for one in reader(printed(case_id)).pages]
    last = pages[-1].partition(bare("About this report"))
    assert last[1]
    assert bare(report_on(CASES[case_id]).answers[-1].question) in last[0]


@pytest.mark.slow
@settings(max_examples=25)
@given(traced())
def test_any_questionnaire_can_be_printed(case: tuple[Questionnaire, Trace]) -> None:
    made = render_pdf(report_on(case[1], case[0]), MADE)
    assert second_page_starts_the_details(made)
    assert made.notes == ()


@pytest.mark.slow
@settings(max_examples=40)
@given(st.text(min_size=1), st.text(max_size=40))
def test_any_text_can_be_printed(text: str, again: str) -> None:
    made = render_pdf(report_on(everywhere(f"{text} {again}")), MADE)
    assert second_page_starts_the_details(made)


# Same in, same out


def test_the_same_moment_in_another_zone_gives_the_same_file() -> None:
    elsewhere = MADE.astimezone(timezone(timedelta(hours=2)))
    report = report_on(EMPTY)
    assert render_pdf(report, MADE).content == render_pdf(report, elsewhere).content


def test_threads_print_what_one_alone_prints() -> None:
    reports = [report_on(trace) for trace in list(CASES.values())[:4]] * 2
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda one: render_pdf(one, MADE), reports))
    assert together == [printed(case_id) for case_id in list(CASES)[:4]] * 2


PRINT_ONE = """
import hashlib, sys
from tests.test_pdf import CASES, printed
print(hashlib.sha256(printed("financial-lead-scoring-before").content).hexdigest())
"""


@pytest.mark.slow
@pytest.mark.parametrize(("zone", "seed"), [("Pacific/Auckland", "1"), ("America/Lima", "77")])
def test_time_zone_and_hash_seed_of_a_process_change_no_byte(zone: str, seed: str) -> None:
    environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed}
    run = [sys.executable, "-c", PRINT_ONE]
    done = subprocess.run(
        run, env=environment, cwd=ROOT, capture_output=True, text=True, check=True
    )
    here = hashlib.sha256(printed("financial-lead-scoring-before").content).hexdigest()
    assert done.stdout.strip() == here


# How it is made


def templates() -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in pdf.TEMPLATES}


def test_no_template_reaches_outside_itself() -> None:
    assert "report.typ" in templates()
    for name, source in templates().items():
        for forbidden in ("@preview", "eval(", "read(", "plugin(", "sys.", "link(", "http"):
            assert forbidden not in source, f"{forbidden} in {name}"


def test_no_template_decides_on_a_colour() -> None:
    for name, source in templates().items():
        rest = source.replace("rgb(value)", "")
        for literal in ("rgb(", "luma(", "cmyk(", "oklab(", "oklch(", "hsl(", "hsv(", "color."):
            assert literal not in rest, f"{literal} in {name}"
        for colour in ("black", "white", "gray", "red", "green", "blue", "navy", "orange"):
            assert f"fill: {colour}" not in rest, f"{colour} in {name}"


def test_the_typesetter_is_loaded_only_when_something_is_printed() -> None:
    run = "import sys, reports.printing.pdf; assert 'typst' not in sys.modules"
    subprocess.run([sys.executable, "-c", run], cwd=ROOT, check=True)
