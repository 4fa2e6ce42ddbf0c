"""The form for a room without phones: what stands on it, and that nothing on it names anybody."""

from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path

import page
import pytest
from pypdf import PdfReader

from assessment.files.questionnaires import find
from assessment.method.answers import Answer, Trace
from reports.making import PAPER, make
from reports.room.paper_form import DO_NOT_KNOW, PaperForm, write_form
from reports.wording import WE_DO_NOT_KNOW
from tests.cli_runs import TINY, run

READ = find("coordination-trace")
OWN = READ.questionnaire
FUNCTIONS = ("Marketing", "Sales", "Customer service")
NAMED = Trace({"name": "Replies to supplier complaints"})
MADE = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
HOSTILE = "<script>alert(1)</script> #panic(1) \u05e9\u05dc\u05d5\u05dd 日本 " + "x" * 300
TALLY = "Tally sheet for the facilitator"


def form(*, is_short: bool = True, trace: Trace = NAMED) -> PaperForm:
    return write_form(OWN, trace, FUNCTIONS, is_short=is_short)


@cache
def printed(*, is_short: bool) -> bytes:
    return make(PAPER, form(is_short=is_short), MADE)


def pages_of(content: bytes) -> list[str]:
    return [bare(one.extract_text()) for one in PdfReader(BytesIO(content)).pages]


def bare(text: str) -> str:
    return "".join(text.replace("\u200b", "").split())


def test_the_short_form_asks_the_first_questions_and_fits_on_one_sheet() -> None:
    assert [one.ask for one in form().questions] == [question.ask for question in OWN.backbone]
    pages = pages_of(printed(is_short=True))
    assert len(pages) == 3  # a sheet on both sides, and the tally sheet
    assert bare(TALLY) in pages[-1]
    assert not any(bare(TALLY) in text for text in pages[:-1])


def test_the_long_form_asks_all_that_is_worth_asking() -> None:
    assert len(form(is_short=False).questions) == len(OWN.questions)
    answered = {OWN.questions[0].id: Answer(next(iter(OWN.questions[0].options)))}
    left = form(is_short=False, trace=Trace(NAMED.facts, answered)).questions
    assert OWN.questions[0].ask not in {one.ask for one in left}


@pytest.mark.parametrize("is_short", [True, False])
def test_every_option_has_its_box_and_its_letter(is_short: bool) -> None:
    whole = "".join(pages_of(printed(is_short=is_short)))
    for one in form(is_short=is_short).questions:
        letters = [letter for letter, _ in one.options]
        assert letters == [*"ABCDEFGH"[: len(letters) - 1], DO_NOT_KNOW]
        assert one.options[-1][1] == WE_DO_NOT_KNOW
        for letter, text in one.options:
            assert bare(letter + text) in whole


def test_the_guess_comes_before_the_questions() -> None:
    first = pages_of(printed(is_short=True))[0]
    guess = first.index(bare("at which level do you believe it is?"))
    assert guess < first.index(bare(OWN.backbone[0].ask))
    for level in OWN.levels:
        assert bare(level.name) in first


def test_it_asks_for_a_function_and_for_no_name() -> None:
    first = pages_of(printed(is_short=True))[0]
    assert all(bare(function) in first for function in FUNCTIONS)
    assert bare("No name, please.") in first


def test_the_tally_sheet_has_a_line_for_every_question() -> None:
    last = pages_of(printed(is_short=True))[-1]
    for question in OWN.backbone:
        assert bare(question.ask[:40]) in last
    assert bare("fewer than three answered") in last


@pytest.mark.parametrize("is_short", [True, False])
def test_it_is_accessible_as_pdf_ua_asks(is_short: bool) -> None:
    checked = page.validate_pdf_bytes(printed(is_short=is_short), profile="ua1")
    assert [(found.rule_id, found.message) for found in checked.failures] == []
    assert checked.is_compliant


def test_a_hostile_name_and_function_show_as_typed() -> None:
    made = make(
        PAPER, write_form(OWN, Trace({"name": HOSTILE}), (HOSTILE, "Sales"), is_short=True), MADE
    )
    whole = "".join(pages_of(made))
    assert bare("<script>alert(1)</script> #panic(1)") in whole
    assert bare(TALLY) in pages_of(made)[-1]


def test_without_a_name_and_functions_there_are_lines_to_write_on() -> None:
    made = make(PAPER, write_form(OWN, Trace(), (), is_short=True), MADE)
    assert bare("The use case") in pages_of(made)[0]


def test_the_terminal_prints_one(tmp_path: Path) -> None:
    out = tmp_path / "form.pdf"
    given = ("--use-case", "Newsletter", "--function", "Sales", "--function", "Legal")
    result = run("paper-form", out, *given)
    assert (result.exit_code, result.stdout) == (0, f"wrote {out}\n")
    first = pages_of(out.read_bytes())[0]
    assert all(bare(text) in first for text in ("Newsletter", "Sales", "Legal"))
    assert run("paper-form", out, "--questionnaire", TINY, "--everything").exit_code == 0
    assert bare(find(TINY).questionnaire.title) in pages_of(out.read_bytes())[0]


def test_the_terminal_says_what_hinders_it(tmp_path: Path) -> None:
    nowhere = run("paper-form", tmp_path / "none" / "form.pdf")
    assert nowhere.exit_code == 1
    assert "make the folder" in nowhere.stderr
    unknown = run("paper-form", tmp_path / "form.pdf", "--questionnaire", "moon")
    assert unknown.exit_code == 2
