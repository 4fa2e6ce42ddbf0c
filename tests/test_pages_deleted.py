"""Deleting a trace in the pages: said before, undone after, listed until it is erased."""

from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from assessment.method.answers import Trace
from assessment.pages import current, deleted
from assessment.pages.address import RESULT_PAGE, START_PAGE, TRACE_PAGE
from assessment.pages.start import cards, examples
from assessment.pages.trace.journey import FIRST
from assessment.pages.words import day
from assessment.store.deletion import GRACE
from assessment.store.errors import BUSY, StoreUnavailable, TraceNotFound
from assessment.store.traces import TraceStore
from tests.page_visits import begun, open_app, option_key, words

pytest_plugins = ("tests.page_fixtures",)
pytestmark = pytest.mark.usefixtures("kept")

FIRST_QUESTION = examples.questionnaires()[0].questionnaire.backbone[0]
HOSTILE = "**bold** <script>alert(1)</script> :tada: عربي 🎉"


def delete(tab: AppTest, trace: str) -> None:
    tab.button(key=f"menu-{trace}").click().run()
    tab.button(key=f"delete-{trace}").click().run()
    tab.button(key=f"do-delete-{trace}").click().run()
    assert not tab.exception


def listed(tab: AppTest) -> list[str]:
    """The traces that one can go on with, the first first."""
    links = [str(link.proto.query_string) for link in tab.get("page_link")]
    return [query.removeprefix("trace=") for query in dict.fromkeys(links) if "trace=" in query]


def test_what_deleting_means_is_said_before(kept: TraceStore) -> None:
    trace = begun("Lead scoring")
    tab = open_app()
    assert "It can be brought back" not in words(tab)
    tab.button(key=f"menu-{trace}").click().run()
    tab.button(key=f"delete-{trace}").click().run()
    assert "It can be brought back for 30 days" in words(tab)
    assert "erased with its history" in words(tab)
    tab.button(key=f"keep-{trace}").click().run()
    assert "It can be brought back" not in words(tab)
    assert len(kept.recent(5)) == 1


def test_a_deleted_trace_leaves_the_list_and_can_be_undone_in_its_place(kept: TraceStore) -> None:
    traces = [begun(name) for name in ("First", "Second", "Third")][::-1]
    before = kept.load(traces[1]), kept.history(traces[1])
    tab = open_app()
    assert listed(tab) == traces
    delete(tab, traces[1])
    assert listed(tab) == [traces[0], traces[2]]
    assert "Second was deleted" in words(tab)
    tab.button(key="undo").click().run()
    assert listed(tab) == traces
    assert "was deleted" not in words(tab)
    assert (kept.load(traces[1]), kept.history(traces[1])) == before


def test_the_last_trace_can_be_undone_too() -> None:
    trace = begun("Only one")
    tab = open_app()
    delete(tab, trace)
    assert listed(tab) == []
    tab.button(key="undo").click().run()
    assert listed(tab) == [trace]


def test_only_the_tab_that_deleted_offers_to_undo() -> None:
    trace = begun("Lead scoring")
    delete(open_app(), trace)
    other = open_app()
    assert "was deleted" not in words(other)
    assert "Deleted traces" in words(other)


def test_deleted_traces_are_listed_with_the_day_of_their_erasure(kept: TraceStore) -> None:
    trace = begun("Lead scoring")
    kept.delete(trace, current.now() - timedelta(days=3))
    tab = open_app()
    assert f"erased on {day(current.now() + GRACE - timedelta(days=3))}" in words(tab)
    tab.button(key=f"bring-back-{trace}").click().run()
    assert listed(tab) == [trace]
    assert "Deleted traces" not in words(tab)


@pytest.mark.parametrize("page", [TRACE_PAGE, RESULT_PAGE])
def test_the_address_of_a_deleted_trace_says_so_and_offers_it_back(
    page: str, kept: TraceStore
) -> None:
    trace = begun("Lead scoring")
    kept.delete(trace, current.now())
    tab = open_app(trace, page)
    said = words(tab)
    assert "This trace was deleted" in said
    assert f"brought back until {day(current.now() + GRACE)}; then it is erased" in said
    tab.button(key="bring-back").click().run()
    assert not tab.exception
    assert "This trace was deleted" not in words(tab)
    assert "Lead scoring" in words(tab)


def test_what_was_erased_meanwhile_cannot_be_brought_back(kept: TraceStore) -> None:
    trace = begun("Lead scoring")
    kept.delete(trace, current.now())
    tab = open_app(trace, TRACE_PAGE)
    kept.purge(current.now())
    tab.button(key="bring-back").click().run()
    assert "There is no trace at this address" in words(tab)


def test_a_trace_whose_grace_ends_now_is_said_to_be_erased(
    kept: TraceStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    trace = begun("Lead scoring")
    kept.delete(trace, current.now())
    tab = open_app()
    moment = current.now() + GRACE
    monkeypatch.setattr(current, "now", lambda: moment)
    tab.button(key=f"bring-back-{trace}").click().run()
    assert "It has been erased meanwhile" in words(tab)


def test_an_answer_to_a_trace_that_was_deleted_meanwhile_is_not_called_saved(
    kept: TraceStore,
) -> None:
    trace = begun("Lead scoring")
    tab = open_app(trace, TRACE_PAGE, at=FIRST)
    kept.delete(trace, current.now())
    tab.radio(key=option_key(trace, FIRST_QUESTION.id)).set_value("team").run()
    assert "This trace was deleted" in words(tab)
    tab.button(key="bring-back").click().run()
    assert "One change not saved" in words(tab)
    assert "This trace was deleted. Bring it back first" in words(tab)
    next(button for button in tab.button if button.label == "Try again").click()
    tab.run()
    assert kept.load(trace).trace.answer(FIRST_QUESTION.id).option == "team"


def test_every_trace_can_be_reached_to_delete_it() -> None:
    traces = [begun(f"Trace {number}") for number in range(cards.FIRST + 2)]
    tab = open_app()
    assert len(listed(tab)) == cards.FIRST
    tab.button(key="more").click().run()
    assert set(listed(tab)) == set(traces)
    assert "more" not in [button.key for button in tab.button]
    delete(tab, traces[0])
    assert set(listed(tab)) == set(traces[1:])


@pytest.mark.parametrize("name", [HOSTILE, "x" * 10_000, ""])
def test_a_hostile_name_shows_as_it_was_typed(name: str, kept: TraceStore) -> None:
    trace = begun(trace=Trace({"name": name}))
    tab = open_app()
    delete(tab, trace)
    bodies = " ".join(str(e.proto.body) for e in tab.get("html"))
    assert "<script>" not in bodies
    assert (name[:60] or current.UNNAMED) in words(tab)
    assert "This trace was deleted" in words(open_app(trace, TRACE_PAGE))
    assert len(kept.deleted(deleted.LISTED)) == 1


def test_a_running_server_erases_what_is_due(kept: TraceStore) -> None:
    trace = begun("Lead scoring")
    kept.delete(trace, current.now() - GRACE - timedelta(minutes=1))
    open_app()
    assert kept.deleted(5) != (), "not asked again within the hour"
    current._erase_what_is_due.clear()
    said = words(open_app(trace, START_PAGE))
    assert "Deleted traces" not in said
    with pytest.raises(TraceNotFound):
        kept.undo_delete(trace, current.now())


def test_where_nothing_can_be_erased_now_people_can_still_read(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    trace = begun("Lead scoring")

    def busy(*_: object) -> int:
        raise StoreUnavailable("traces.sqlite3", *BUSY)

    current._erase_what_is_due.clear()
    monkeypatch.setattr(TraceStore, "purge", busy)
    assert "Lead scoring" in words(open_app(trace, RESULT_PAGE))
    assert "could not be erased" in caplog.text


def test_a_database_that_is_busy_while_somebody_deletes_is_said(
    kept: TraceStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    trace = begun("Lead scoring")
    tab = open_app()

    def busy(*_: object) -> None:
        raise StoreUnavailable("traces.sqlite3", *BUSY)

    with monkeypatch.context() as failing:
        failing.setattr(TraceStore, "delete", busy)
        delete(tab, trace)
        assert "The database cannot be used now" in words(tab)
    assert [one.id for one in kept.recent(5)] == [trace]
