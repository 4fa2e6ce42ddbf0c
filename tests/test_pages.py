"""What the web pages do, without a browser."""

import re

import pytest

from assessment.files.questionnaires import read_questionnaire
from assessment.method.answers import Answer, Trace
from assessment.method.questionnaire import UNKNOWN
from assessment.pages import current, downloads
from assessment.pages.address import RESULT_PAGE, TRACE_PAGE
from assessment.pages.saving import key_of
from assessment.pages.start import examples
from assessment.pages.trace.journey import ABOUT, FIRST
from assessment.store.traces import TraceStore
from reports.content import Imprint, Report, write_report
from tests.page_visits import begun, open_app, option_key, start, unfold, words

pytest_plugins = ("tests.page_fixtures",)
pytestmark = pytest.mark.usefixtures("kept")

OWN = examples.questionnaires()[0].questionnaire
FIRST_QUESTION = OWN.backbone[0]


def report_of(opened: current.OpenTrace) -> Report:
    return write_report(opened.result, Imprint(opened.id, opened.read.fingerprint))


def test_a_trace_starts_answers_and_ends_in_a_result(kept: TraceStore) -> None:
    trace = start("Newsletter drafts")
    assert re.fullmatch(r"[A-Za-z0-9_-]{22}", trace)
    tab = open_app(trace, TRACE_PAGE, at=FIRST)
    for question in OWN.backbone:
        strongest = list(question.options)[-1]
        tab.radio(key=option_key(trace, question.id)).set_value(strongest).run()
    assert not tab.exception
    assert set(kept.load(trace).trace.answers) == {q.id for q in OWN.backbone}
    assert "8 of 8" in words(tab)
    result = words(open_app(trace, RESULT_PAGE))
    assert "Newsletter drafts" in result
    assert "not asked" in result


def test_a_name_is_needed_to_start(kept: TraceStore) -> None:
    tab = open_app()
    next(b for b in tab.button if b.label == "Start the trace").click()
    tab.run()
    assert "Still needed" in words(tab)
    assert kept.recent(5) == ()


def test_nothing_is_chosen_beforehand() -> None:
    trace = begun()
    for part in (ABOUT, FIRST, *(stage.id for stage in OWN.stages)):
        tab = open_app(trace, TRACE_PAGE, at=part)
        assert [radio.label for radio in tab.radio if radio.value is not None] == []


def test_we_do_not_know_is_an_answer(kept: TraceStore) -> None:
    trace = begun()
    tab = open_app(trace, TRACE_PAGE, at=FIRST)
    options = tab.radio(key=option_key(trace, FIRST_QUESTION.id)).options
    assert options[-1] == "We don't know"
    tab.radio(key=option_key(trace, FIRST_QUESTION.id)).set_value(UNKNOWN).run()
    assert kept.load(trace).trace.answer(FIRST_QUESTION.id).option == UNKNOWN
    assert "1 of 8" in words(tab)


def test_an_answer_can_be_taken_back_and_what_was_written_stays(kept: TraceStore) -> None:
    given = Answer(next(iter(FIRST_QUESTION.options)), "Ana", ("a list",), "a note")
    trace = begun(trace=Trace({"name": "Blog"}, {FIRST_QUESTION.id: given}))
    tab = open_app(trace, TRACE_PAGE, at=FIRST)
    unfold(tab, trace, FIRST_QUESTION.id)
    tab.button(key=f"back:{trace}:{FIRST_QUESTION.id}").click().run()
    assert kept.load(trace).trace.answer(FIRST_QUESTION.id) == Answer(
        None, "Ana", ("a list",), "a note"
    )
    assert tab.radio(key=option_key(trace, FIRST_QUESTION.id)).value is None


def test_detail_evidence_and_note_are_kept_beside_the_answer(kept: TraceStore) -> None:
    trace = begun()
    tab = open_app(trace, TRACE_PAGE, at=FIRST)
    tab.radio(key=option_key(trace, FIRST_QUESTION.id)).set_value("team").run()
    tab.text_input(key=key_of(trace, FIRST_QUESTION.id, "detail")).input("Ana and Jo").run()
    unfold(tab, trace, FIRST_QUESTION.id)
    evidence = tab.text_area(key=key_of(trace, FIRST_QUESTION.id, "evidence"))
    evidence.input("the list of accounts\n\nthe wiki page\n").run()
    unfold(tab, trace, FIRST_QUESTION.id)
    tab.text_area(key=key_of(trace, FIRST_QUESTION.id, "note")).input("since May").run()
    assert kept.load(trace).trace.answer(FIRST_QUESTION.id) == Answer(
        "team", "Ana and Jo", ("the list of accounts", "the wiki page"), "since May"
    )


def test_facts_are_kept_when_given_and_the_name_is_never_lost(kept: TraceStore) -> None:
    trace = begun("Newsletter")
    tab = open_app(trace, TRACE_PAGE, at=ABOUT)
    tab.radio(key=key_of(trace, "audience", "fact")).set_value("external").run()
    number = f"text-{key_of(trace, 'outputs_per_month', 'fact')}"
    tab.text_input(key=number).input("about 40").run()
    tab.radio(key=key_of(trace, "perceived_level", "fact")).set_value(3).run()
    tab.pills(key=key_of(trace, "output_kind", "fact")).set_value(["content", "score"]).run()
    tab.text_input(key=key_of(trace, "name", "fact")).input("  ").run()
    assert not tab.exception
    assert kept.load(trace).trace.facts == {
        "name": "Newsletter",
        "audience": "external",
        "outputs_per_month": 40,
        "perceived_level": 3,
        "output_kind": ("content", "score"),
    }


def test_a_reload_loses_nothing() -> None:
    trace = begun()
    tab = open_app(trace, TRACE_PAGE, at=FIRST)
    tab.radio(key=option_key(trace, FIRST_QUESTION.id)).set_value("team").run()
    again = open_app(trace, TRACE_PAGE, at=FIRST)
    assert again.radio(key=option_key(trace, FIRST_QUESTION.id)).value == "team"


def test_without_a_part_in_the_address_a_trace_goes_on_where_something_is_open() -> None:
    trace = begun()
    assert "First questions" in words(open_app(trace, TRACE_PAGE))
    assert "First questions" in words(open_app(trace, TRACE_PAGE, at="nothing-of-that-name"))


def test_two_tabs_on_one_trace_both_keep_what_they_wrote(kept: TraceStore) -> None:
    trace = begun()
    one, other = (open_app(trace, TRACE_PAGE, at=FIRST) for _ in range(2))
    second = OWN.backbone[1]
    one.radio(key=option_key(trace, FIRST_QUESTION.id)).set_value("team").run()
    other.radio(key=option_key(trace, second.id)).set_value("approved").run()
    assert {q: a.option for q, a in kept.load(trace).trace.answers.items()} == {
        FIRST_QUESTION.id: "team",
        second.id: "approved",
    }
    assert other.radio(key=option_key(trace, FIRST_QUESTION.id)).value == "team"


def test_a_result_without_answers_is_honest_and_leads_back() -> None:
    tab = open_app(begun(), RESULT_PAGE)
    assert "Between level 1 and 5" in words(tab)
    assert "Nothing has been answered yet" in words(tab)
    assert "Go on answering" in [link.proto.label for link in tab.get("page_link")]


def test_the_start_page_lists_what_was_started() -> None:
    begun("Lead scoring")
    assert "Lead scoring" in words(open_app())
    assert "Nothing answered yet" in words(open_app())


def test_an_example_opens_as_a_copy_on_its_result(kept: TraceStore) -> None:
    for number, (_, case) in enumerate(examples.examples(), start=1):
        tab = open_app()
        tab.button(key=f"open-{case.id}").click().run()
        assert not tab.exception
        assert str(case.trace.facts["name"]) in words(tab)
        assert "Why this level" in words(tab)
        assert len(kept.recent(10)) == number


def test_three_examples_ship() -> None:
    assert len(examples.examples()) == 3


def test_a_trace_keeps_the_questionnaire_it_was_answered_with() -> None:
    read = examples.questionnaires()[0]
    older = read_questionnaire(
        read.text.replace(FIRST_QUESTION.ask, "Who used it in the old days?"), "older"
    )
    trace = current.begin(older, Trace({"name": "Blog"}))
    said = words(open_app(trace, TRACE_PAGE, at=FIRST))
    assert "Who used it in the old days?" in said
    assert FIRST_QUESTION.ask not in said
    assert "Who used it in the old days?" in words(open_app(trace, RESULT_PAGE))


def test_an_export_comes_back_as_a_new_trace(kept: TraceStore) -> None:
    opened = current.load(begun("Lead scoring"))
    files = {file.mime: file for file in downloads.downloads(opened, report_of(opened))}
    tab = open_app()
    tab.file_uploader(key="bring-in-file").upload(
        "trace.json", files["application/json"].make()
    ).run()
    assert "Lead scoring" in words(tab)
    tab.button(key="bring-in-keep").click().run()
    assert "Why this level" in words(tab)
    assert [trace.name for trace in kept.recent(5)] == ["Lead scoring", "Lead scoring"]


def test_every_file_of_a_result_can_be_made() -> None:
    _, case = examples.examples()[0]
    opened = current.load(begun(trace=case.trace))
    starts = {"application/pdf": b"%PDF", "application/zip": b"PK", "application/json": b"{"}
    starts |= {"text/html": b"<!doctype html>"}
    for file in downloads.downloads(opened, report_of(opened)):
        assert file.make().startswith(starts[file.mime])


def test_what_the_pdf_cannot_show_is_said_beside_it() -> None:
    assert "The PDF cannot show" not in words(open_app(begun("Leads"), RESULT_PAGE))
    said = words(open_app(begun("Leads \U0001f984"), RESULT_PAGE))
    assert "The PDF cannot show one character of your texts and prints □ instead" in said


@pytest.mark.parametrize(
    ("name", "file_name"),
    [("Köln: Entwürfe!", "koln-entwurfe"), ("../../etc", "etc"), ("漢字", "trace"), ("", "trace")],
)
def test_a_file_has_a_name_that_every_system_takes(name: str, file_name: str) -> None:
    assert downloads.file_name(name) == file_name


def test_what_can_no_longer_change_the_result_stays_reachable() -> None:
    weakest = {q.id: Answer(next(iter(q.options))) for q in OWN.backbone}
    trace = begun(trace=Trace({"name": "Blog"}, weakest))
    said = []
    for stage in OWN.stages:
        tab = open_app(trace, TRACE_PAGE, at=stage.id)
        tab.session_state[f"settled-{trace}-{stage.id}"] = True
        said.append(words(tab.run()))
    settled = [text for text in said if "can no longer change the result" in text]
    assert settled
    for stage, text in zip(OWN.stages, said, strict=True):
        for question in OWN.questions:
            if question.stage_id == stage.id and question.applies_if is None:
                assert question.ask in text


def test_another_questionnaire_works_without_a_line_of_code() -> None:
    from tests.conftest import ROOT

    for path in sorted((ROOT / "tests/questionnaires").glob("*.yaml")):
        read = read_questionnaire(path.read_bytes(), path.name)
        trace = current.begin(read, Trace({"name": "Another"}))
        for part in (None, ABOUT, FIRST, *(s.id for s in read.questionnaire.stages)):
            tab = open_app(trace, TRACE_PAGE, **({"at": part} if part else {}))
            assert "Something went wrong" not in words(tab)
        assert "Why this level" in words(open_app(trace, RESULT_PAGE))
