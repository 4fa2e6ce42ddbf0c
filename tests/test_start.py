"""The start page: the first visit, traces as cards, their menu, and what is due."""

import json
from datetime import date, timedelta

import pytest
import yaml
from streamlit.testing.v1 import AppTest

from assessment.files.questionnaires import ReadQuestionnaire, read_questionnaire
from assessment.method.answers import Answer, Trace
from assessment.pages import current
from assessment.pages.address import START_PAGE
from assessment.pages.downloads import whole_trace
from assessment.pages.shelf import plans, shelf
from assessment.pages.start import cards, examples
from assessment.pages.start import page as start
from assessment.pages.start.gallery import in_short
from assessment.pages.start.menu import Deed
from assessment.pages.trace.journey import ABOUT
from assessment.store.traces import TraceStore
from assessment.taken_on import Action, Terms
from tests.conftest import ROOT
from tests.page_visits import begun, open_app, words

pytest_plugins = ("tests.page_fixtures",)
pytestmark = pytest.mark.usefixtures("kept")

OWN = examples.questionnaires()[0]
FIRST_QUESTION = OWN.questionnaire.backbone[0]
HOSTILE = "**bold** <script>alert(1)</script> :tada: عربي 🎉"


def choose(tab: AppTest, trace: str, deed: Deed) -> AppTest:
    if f"copy-{trace}" not in [button.key for button in tab.button]:
        tab.button(key=f"menu-{trace}").click().run()
        if f"copy-{trace}" not in [button.key for button in tab.button]:
            tab.button(key=f"menu-{trace}").click().run()  # it was open with something else
    tab.button(key=f"{deed.name.lower()}-{trace}").click().run()
    assert not tab.exception
    return tab


def listed(tab: AppTest) -> list[str]:
    links = [str(link.proto.query_string) for link in tab.get("page_link")]
    return [query.removeprefix("trace=") for query in dict.fromkeys(links) if "trace=" in query]


def test_the_first_visit_says_what_one_gets_how_long_and_where_answers_stay() -> None:
    said = words(open_app())
    about = OWN.questionnaire.about
    assert about is not None
    assert about.promise in said
    assert "About 10 minutes" in said
    assert "Your answers stay in this installation" in said
    assert all(gain in said for gain in about.gains)
    assert all(level.name in said for level in OWN.questionnaire.levels)
    assert "Your traces" not in said
    assert "Archived" not in said
    assert "Due now" not in said


def test_who_comes_back_finds_their_traces_and_fewer_words() -> None:
    trace = begun("Lead scoring")
    tab = open_app()
    about = OWN.questionnaire.about
    assert about is not None
    assert about.gains[0] not in words(tab)
    assert "Your traces" in words(tab)
    assert listed(tab) == [trace]


def test_a_trace_begins_with_its_name_and_perhaps_what_it_is_for(kept: TraceStore) -> None:
    tab = open_app()
    tab.text_input(key="new-name").input("Newsletter")
    tab.text_input(key="new-objective").input("  Fewer questions ")
    next(b for b in tab.button if b.label == "Start the trace").click().run()
    (found,) = kept.recent(5)
    facts = kept.load(found.id).trace.facts
    assert facts == {"name": "Newsletter", "objective": "Fewer questions"}
    assert ABOUT in tab.query_params["at"]


def test_without_a_name_nothing_is_begun(kept: TraceStore) -> None:
    tab = open_app()
    tab.text_input(key="new-objective").input("Fewer questions")
    next(b for b in tab.button if b.label == "Start the trace").click().run()
    assert "Still needed" in words(tab)
    assert kept.recent(5) == ()


def test_a_card_says_how_far_a_trace_is_and_what_is_known_of_its_level() -> None:
    answered = Trace({"name": "Half"}, {FIRST_QUESTION.id: Answer("one_person")})
    begun(trace=answered)
    begun("Fresh")
    said = words(open_app())
    assert "Fresh Nothing answered yet" in said
    assert "33 questions worth asking" in said
    assert "One answer · " in said
    assert "Half Level 1 · Individual experimentation" in said


@pytest.mark.parametrize("name", [HOSTILE, "x" * 5_000, "مرحبا", ""])
def test_a_name_shows_as_it_was_typed(name: str) -> None:
    trace = begun(trace=Trace({"name": name}))
    tab = open_app()
    for deed in (Deed.RENAME, Deed.EXPORT, Deed.COPY, Deed.ARCHIVE):
        choose(tab, trace, deed)
        assert "<script>" not in " ".join(str(e.proto.body) for e in tab.get("html"))
    assert (name or current.UNNAMED) in words(tab)


def test_a_trace_is_renamed_in_its_menu(kept: TraceStore) -> None:
    trace = begun("Lead scoring")
    tab = choose(open_app(), trace, Deed.RENAME)
    tab.text_input(key=f"new-name-{trace}").input(" Lead routing ")
    tab.button(key=f"do-rename-{trace}").click().run()
    assert kept.load(trace).trace.facts["name"] == "Lead routing"
    assert "Lead routing" in words(tab)
    assert "New name" not in [field.label for field in tab.text_input]


def test_a_blank_name_changes_nothing(kept: TraceStore) -> None:
    trace = begun("Lead scoring")
    tab = choose(open_app(), trace, Deed.RENAME)
    tab.text_input(key=f"new-name-{trace}").input("  ")
    tab.button(key=f"do-rename-{trace}").click().run()
    assert "A trace needs a name" in words(tab)
    assert kept.load(trace).trace.facts["name"] == "Lead scoring"


def test_a_copy_comes_first_and_is_said(kept: TraceStore) -> None:
    trace = begun(trace=examples.examples()[0][1].trace)
    tab = choose(open_app(), trace, Deed.COPY)
    assert "Copied. The copy is called Copy of" in words(tab)
    copy, original = listed(tab)
    assert original == trace
    assert kept.load(copy).trace.answers == kept.load(trace).trace.answers
    assert kept.load(copy).result.record["id"] == copy


def test_an_archived_trace_can_be_undone_in_its_place_and_brought_back_later() -> None:
    traces = [begun(name) for name in ("First", "Second", "Third")][::-1]
    tab = choose(open_app(), traces[1], Deed.ARCHIVE)
    assert "Second is in the archive" in words(tab)
    assert "Archived traces · 1" in words(tab)
    tab.button(key="undo-archive").click().run()
    assert listed(tab) == traces
    choose(tab, traces[2], Deed.ARCHIVE)
    other = open_app()
    assert "is in the archive" not in words(other)
    other.button(key=f"unarchive-{traces[2]}").click().run()
    assert set(listed(other)) == set(traces)
    assert "Archived traces" not in words(other)


def test_only_one_thing_is_asked_about_at_a_time() -> None:
    first, second = begun("First"), begun("Second")
    tab = choose(open_app(), first, Deed.RENAME)
    choose(tab, second, Deed.DELETE)
    keys = [button.key for button in tab.button]
    assert f"do-delete-{second}" in keys
    assert f"do-rename-{first}" not in keys
    choose(tab, first, Deed.COPY)
    assert f"do-delete-{second}" not in [button.key for button in tab.button]


def test_a_trace_comes_back_from_its_file_with_everything(kept: TraceStore) -> None:
    trace = begun(trace=examples.examples()[1][1].trace)
    action = Action(
        FIRST_QUESTION.id, "team", "Agree", Terms("Ada", date(2026, 3, 1)), current.now()
    )
    plans().take_on(trace, action)
    plans().set_target(trace, 4)
    content = whole_trace(current.load(trace))
    kept.delete(trace, current.now())
    tab = open_app()
    tab.file_uploader(key="bring-in-file").upload("trace.json", content).run()
    tab.button(key="bring-in-keep").click().run()
    (found,) = kept.recent(5)
    assert found.id != trace
    assert kept.load(found.id).trace == examples.examples()[1][1].trace
    assert plans().plan(found.id).target == 4
    assert plans().of(found.id) == (action,)


def test_few_traces_need_no_search_and_many_can_be_searched_by_name() -> None:
    for number in range(cards.FIRST):
        begun(f"Trace {number}")
    assert "find-name" not in [field.key for field in open_app().text_input]
    wanted = begun("Replies for the Ärzteportal")
    begun("Something newer")
    tab = open_app()
    tab.text_input(key="find-name").set_value("ärzteportal").run()
    assert listed(tab) == [wanted]
    assert "One trace with “ärzteportal” in the name" in words(tab)
    tab.text_input(key="find-name").set_value("nothing of the kind").run()
    assert listed(tab) == []
    assert "No trace has “nothing of the kind” in its name" in words(tab)
    assert "What you leave with" not in words(tab), "it is not a first visit"


def test_what_is_due_stands_on_the_start_page_until_it_is_done() -> None:
    trace, today = begun("Lead scoring"), current.now().date()
    late = Action(
        "a", "b", "name an <b>owner</b>", Terms("Ada", today - timedelta(3)), current.now()
    )
    later = Action("c", "d", "Something later", Terms("Ben", today + timedelta(3)), current.now())
    for action in (late, later):
        plans().take_on(trace, action)
    said = words(open_app())
    assert "Due now Name an <b>owner</b> Lead scoring · Ada · overdue by three days" in said
    assert "Something later" not in said
    shelf().archive(trace, current.now())
    assert "Due now" not in words(open_app())
    shelf().unarchive(trace)
    plans().finish(trace, late, {}, current.now())
    assert "Due now" not in words(open_app())


def test_an_example_tells_its_story_in_a_sentence_first() -> None:
    said = words(open_app())
    for _, case in examples.examples():
        first, rest = in_short(case.story or "")
        assert 20 < len(first) < 220
        assert first in said
        assert rest in said
    assert in_short("") == ("", "")
    assert in_short("No full stop") == ("No full stop", "")


def test_another_questionnaire_can_be_chosen_where_there_are_several(
    monkeypatch: pytest.MonkeyPatch, kept: TraceStore
) -> None:
    path = ROOT / "tests/questionnaires/complaint-handover.yaml"
    other = read_questionnaire(path.read_bytes(), path.name)
    monkeypatch.setattr(examples, "questionnaires", lambda: (OWN, other))
    tab = open_app()
    (chooser,) = [box for box in tab.selectbox if box.label == "What would you like to trace?"]
    chooser.select_index(1).run()
    asked = start._asked_here(other.questionnaire)
    for fact in asked:
        tab.text_input(key=f"new-{fact.id}").input("Something")
    next(b for b in tab.button if b.label == "Start the trace").click().run()
    (found,) = kept.recent(5)
    assert kept.load(found.id).questionnaire.fingerprint == other.fingerprint
    assert "Something" in words(open_app(None, START_PAGE))


def test_a_trace_with_a_questionnaire_that_cannot_be_read_still_has_its_card(
    kept: TraceStore,
) -> None:
    trace = begun("Old one")
    broken = ReadQuestionnaire(OWN.questionnaire, "id: old\nversion: '1'\n", "ab" * 32, ())
    begun_too = current.begin(broken, Trace({"name": "From elsewhere"}))
    tab = open_app()
    assert set(listed(tab)) == {trace, begun_too}
    assert "This version cannot read its questionnaire" in words(tab)
    assert len(kept.recent(5)) == 2


def test_a_saved_file_is_json_with_the_questionnaire_in_it() -> None:
    document = json.loads(whole_trace(current.load(begun("Lead scoring"))))
    assert document["use_case"]["facts"] == {"name": "Lead scoring"}
    assert yaml.safe_load(document["questionnaire"]["text"])["id"] == OWN.questionnaire.id
