"""What the web pages say when something is wrong: addresses, texts, files, the database."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import streamlit as st

from assessment.pages import saving
from assessment.pages.address import RESULT_PAGE, START_PAGE, TRACE_PAGE
from assessment.pages.saving import key_of
from assessment.pages.start import examples
from assessment.pages.trace.journey import FIRST
from assessment.store.errors import BUSY, FULL, LOST, StoreUnavailable
from assessment.store.schema import VERSION_TABLE
from assessment.store.shelf import Shelf
from assessment.store.traces import TraceStore
from tests.page_visits import begun, open_app, option_key, start, unfold, words

pytest_plugins = ("tests.page_fixtures",)
pytestmark = pytest.mark.usefixtures("kept")

OWN = examples.questionnaires()[0].questionnaire
FIRST_QUESTION = OWN.backbone[0]
HOSTILE = "**bold** <script>alert(1)</script> :red[x] :tada: $a^2$ [a](http://b.c) عربي 🎉 | `c`"


@pytest.mark.parametrize("page", [TRACE_PAGE, RESULT_PAGE])
@pytest.mark.parametrize("trace", ["x", "A" * 22, "../../etc/passwd", "a b\0", "é" * 30, HOSTILE])
def test_an_unknown_address_leads_on(page: str, trace: str) -> None:
    known = begun("Lead scoring")
    tab = open_app(trace, page)
    assert "There is no trace at this address" in words(tab)
    assert "Lead scoring" in words(tab)
    assert known in str([link.proto for link in tab.get("page_link")])


@pytest.mark.parametrize("page", [TRACE_PAGE, RESULT_PAGE])
def test_a_page_without_a_trace_leads_on(page: str) -> None:
    assert "No use case is open" in words(open_app(None, page))


@pytest.mark.parametrize("name", [HOSTILE, "🎉" * 20, "مرحبا بالعالم", "x" * 10_000, "a\0b"])
def test_a_hostile_name_shows_as_it_was_typed(name: str) -> None:
    trace = start(name)
    shown = name.replace("\0", "")
    for page in (START_PAGE, TRACE_PAGE, RESULT_PAGE):
        tab = open_app(trace, page)
        bodies = " ".join(str(e.proto.body) for e in tab.get("html"))
        assert "<script>" not in bodies
        assert shown[:60].split()[0] in words(tab)


def test_a_note_may_be_long_and_hostile(kept: TraceStore) -> None:
    trace = begun()
    note = (HOSTILE + "\n") * 120
    assert len(note) > 10_000
    tab = open_app(trace, TRACE_PAGE, at=FIRST)
    tab.radio(key=option_key(trace, FIRST_QUESTION.id)).set_value("team").run()
    unfold(tab, trace, FIRST_QUESTION.id)
    tab.text_area(key=key_of(trace, FIRST_QUESTION.id, "note")).input(note).run()
    assert kept.load(trace).trace.answer(FIRST_QUESTION.id).note == note.strip()
    tab = open_app(trace, RESULT_PAGE)
    assert "<script>" not in " ".join(str(e.proto.body) for e in tab.get("html"))


def test_what_could_not_be_saved_stays_visible_and_can_be_tried_again(
    kept: TraceStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    trace = begun()
    tab = open_app(trace, TRACE_PAGE, at=FIRST)

    def full(*_: object) -> bool:
        raise StoreUnavailable("traces.sqlite3", *FULL)

    with monkeypatch.context() as failing:
        failing.setattr(TraceStore, "change_answer", full)
        tab.radio(key=option_key(trace, FIRST_QUESTION.id)).set_value("team").run()
        assert not tab.exception
        assert "One change not saved" in words(tab)
        assert "The disk is full" in words(tab)
        assert "Free some space" in words(tab)
        assert tab.radio(key=option_key(trace, FIRST_QUESTION.id)).value == "team"
        tab.run()
        assert tab.radio(key=option_key(trace, FIRST_QUESTION.id)).value == "team"
    assert kept.load(trace).trace.answers == {}
    next(button for button in tab.button if button.label == "Try again").click()
    tab.run()
    assert "not saved" not in words(tab)
    assert kept.load(trace).trace.answer(FIRST_QUESTION.id).option == "team"


@pytest.mark.parametrize("page", [START_PAGE, TRACE_PAGE, RESULT_PAGE])
def test_a_database_that_cannot_be_used_is_said_plainly(
    page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    trace = begun()

    def busy(*_: object) -> None:
        raise StoreUnavailable("traces.sqlite3", *BUSY)

    monkeypatch.setattr(TraceStore, "load", busy)
    monkeypatch.setattr(Shelf, "find", busy)
    said = words(open_app(trace, page))
    assert "The database cannot be used now" in said
    assert "Try again in a moment" in said


@pytest.mark.parametrize(
    "url", ["nonsense", "mysql://a/b", "sqlite:////proc/nowhere/traces.sqlite3"]
)
def test_a_database_that_cannot_be_opened_is_said_plainly(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    assert "The database cannot be used now" in words(open_app())


def test_a_database_of_a_newer_version_is_said_plainly(database_path: Path) -> None:
    with closing(sqlite3.connect(database_path)) as database, database:
        database.execute(f"UPDATE {VERSION_TABLE} SET version_num = 'r9999'")  # noqa: S608
    st.cache_resource.clear()
    said = words(open_app())
    assert "The database belongs to a newer version" in said
    assert "Update the program" in said


def test_what_was_given_while_the_database_was_away_is_not_forgotten(
    kept: TraceStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    trace = begun()
    tab = open_app(trace, TRACE_PAGE, at=FIRST)

    def away(*_: object) -> None:
        raise StoreUnavailable("postgresql://host", *LOST)

    with monkeypatch.context() as failing:
        for method in ("load", "change_answer"):
            failing.setattr(TraceStore, method, away)
        tab.radio(key=option_key(trace, FIRST_QUESTION.id)).set_value("team").run()
        assert "One change could not be saved" in words(tab)
    next(button for button in tab.button if button.label == "Try again").click().run()
    assert "One change not saved" in words(tab)
    assert tab.radio(key=option_key(trace, FIRST_QUESTION.id)).value == "team"
    next(button for button in tab.button if button.label == "Try again").click().run()
    assert kept.load(trace).trace.answer(FIRST_QUESTION.id).option == "team"


def test_a_mistake_of_ours_becomes_a_message_and_a_line_in_the_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    trace = begun()

    def broken(*_: object) -> None:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(TraceStore, "load", broken)
    said = words(open_app(trace, RESULT_PAGE))
    assert "Something went wrong on this page" in said
    assert "secret" not in said
    assert "ZeroDivisionError" in caplog.text


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[]", b'{"format_version": 99}'])
def test_a_file_that_is_no_export_changes_nothing(content: bytes, kept: TraceStore) -> None:
    tab = open_app()
    tab.file_uploader(key="bring-in-file").upload("<b>x</b>.json", content).run()
    assert "This file cannot be read" in words(tab)
    assert kept.recent(5) == ()


def test_what_was_given_while_the_server_went_down_is_saved_or_said(kept: TraceStore) -> None:
    trace = begun()
    nothing, something = (
        saving.Held(trace, q.id, "option", f"new-{q.id}", stored, is_new=True)
        for q, stored in zip(OWN.backbone, (None, "approved"), strict=False)
    )
    saving.notice(nothing, "team")
    assert kept.load(trace).trace.answer(FIRST_QUESTION.id).option == "team"
    assert saving.unsaved(trace) == ()
    saving.notice(something, "habit")
    assert [one.value for one in saving.unsaved(trace)] == ["habit"]
    saving.give_up(trace)
    assert saving.unsaved(trace) == ()


def test_an_option_that_the_questionnaire_does_not_have_is_not_kept(kept: TraceStore) -> None:
    trace = begun()
    with pytest.raises(ValueError, match="is not an option"):
        saving._write(trace, FIRST_QUESTION.id, "option", "invented")
    assert kept.load(trace).trace.answers == {}
