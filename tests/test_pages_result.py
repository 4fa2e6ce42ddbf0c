"""The result page: take one thing on, tick it off, choose how far to go; and what it says then."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from assessment.method.answers import Answer, Trace
from assessment.method.gaps import Gap, assess
from assessment.pages import current
from assessment.pages.address import RESULT_PAGE
from assessment.pages.result import taking_on
from assessment.pages.shelf import plans
from assessment.pages.start import examples
from assessment.store.access import Access
from assessment.taken_on import Action, Terms
from tests.page_visits import begun, open_app, words

pytest_plugins = ("tests.page_fixtures",)
pytestmark = pytest.mark.usefixtures("database_path")

QUESTIONNAIRE = examples.questionnaires()[0].questionnaire
TODAY = datetime.now(UTC).date()
HOSTILE = "<b>Tom</b> **x** [y](https://evil.example) :tada:"


def weakest_everywhere(**facts: str) -> str:
    """A trace in which everything is known and nothing is in place."""
    answers = {q.id: Answer(next(iter(q.options))) for q in QUESTIONNAIRE.questions}
    return begun(trace=Trace({"name": "Newsletter drafts", **facts}, answers))


def all_gaps(trace: str) -> tuple[Gap, ...]:
    return assess(QUESTIONNAIRE, current.load(trace).trace).gaps


def press(tab: AppTest, label: str, number: int = 0) -> AppTest:
    [button for button in tab.button if button.label == label][number].click()
    tab.run()
    assert not tab.exception, tab.exception
    return tab


def field(tab: AppTest, part: str) -> str:
    """The key of a field of the form that is open."""
    widgets = [*tab.text_input, *tab.date_input]
    return next(str(w.key) for w in widgets if f"-{part}-" in str(w.key))


def take_on(tab: AppTest, owner: str, note: str = "") -> AppTest:
    press(tab, "Take it on")
    tab.text_input(key=field(tab, "owner")).input(owner)
    tab.text_input(key=field(tab, "note")).input(note)
    return press(tab, "Take it on")


def test_the_next_step_is_taken_on_with_owner_date_and_note() -> None:
    trace = weakest_everywhere()
    first = all_gaps(trace)[0]
    tab = press(open_app(trace, RESULT_PAGE), "Take it on")
    said = first.question.short_of[first.requirement.at_least]
    days = taking_on.DAYS[said.effort or first.question.effort]
    assert tab.date_input(key=field(tab, "due")).value == TODAY + timedelta(days=days)
    tab.text_input(key=field(tab, "owner")).input("Maria Lind")
    tab.date_input(key=field(tab, "due")).set_value(date(2031, 2, 3))
    tab.text_input(key=field(tab, "note")).input("Ask sales")
    press(tab, "Take it on")
    (kept,) = plans().of(trace)
    assert (kept.question, kept.mark) == (first.question.id, first.requirement.at_least)
    assert kept.words == said.action
    assert kept.terms == Terms("Maria Lind", date(2031, 2, 3), "Ask sales")
    assert "Maria Lind, by 3 February 2031" in words(open_app(trace, RESULT_PAGE))


def test_without_an_owner_nothing_is_kept_and_the_form_says_why() -> None:
    trace = weakest_everywhere()
    tab = take_on(open_app(trace, RESULT_PAGE), "  ", "a note that is not lost")
    assert taking_on.NOBODY in words(tab)
    assert tab.text_input(key=field(tab, "note")).value == "a note that is not lost"
    assert plans().of(trace) == ()
    press(tab, "Cancel")
    assert taking_on.NOBODY not in words(tab)


def test_a_day_that_is_over_cannot_be_chosen_and_one_that_stays_is_said() -> None:
    trace = weakest_everywhere()
    tab = press(open_app(trace, RESULT_PAGE), "Take it on")
    assert tab.date_input(key=field(tab, "due")).min == TODAY
    tab.text_input(key=field(tab, "owner")).input("Tom")
    press(tab, "Take it on")
    (kept,) = plans().of(trace)
    late = TODAY - timedelta(days=2)
    plans().change(trace, kept, lambda now: replace(now, due=late), current.now())
    tab = press(open_app(trace, RESULT_PAGE), "Change")
    tab.text_input(key=field(tab, "note")).input("Still on it")
    press(tab, "Save")
    assert "The day has passed already" in tab.toast[0].value
    assert "Overdue by two days" in words(tab)


def test_hostile_names_and_notes_show_as_they_were_typed() -> None:
    trace = weakest_everywhere()
    tab = take_on(open_app(trace, RESULT_PAGE), HOSTILE, HOSTILE)
    markup = " ".join(str(e.proto.body) for e in tab.get("html"))
    assert "<b>Tom" not in markup
    assert "&lt;b&gt;Tom&lt;/b&gt; **x**" in markup
    assert ":tada:" not in tab.toast[0].value


def test_it_is_ticked_off_and_leads_to_the_question_but_changes_no_answer() -> None:
    trace = weakest_everywhere()
    before = current.load(trace).trace
    tab = take_on(open_app(trace, RESULT_PAGE), "Maria")
    press(tab, "Tick it off")
    (kept,) = plans().of(trace)
    if kept.done is None:  # there is something to write down first
        press(tab, "It is done")
        (kept,) = plans().of(trace)
    assert kept.done is not None
    assert current.load(trace).trace == before
    links = [link.proto for link in tab.get("page_link")]
    (link,) = (link for link in links if link.label.startswith("See whether the answer"))
    assert kept.question in link.query_string
    press(tab, "Not done yet")
    assert plans().of(trace)[0].done is None


def test_what_is_to_be_written_down_becomes_the_outcome() -> None:
    trace, gap, form = next(
        (trace, gap, said.form)
        for trace in (begun(trace=case.trace) for _, case in examples.examples())
        for gap in all_gaps(trace)
        if (said := gap.question.short_of.get(gap.requirement.at_least)) and said.form
    )
    action = Action(gap.question.id, gap.requirement.at_least, "Do it", Terms("Tom"), current.now())
    plans().take_on(trace, action)
    tab = press(open_app(trace, RESULT_PAGE), "Tick it off")
    assert plans().of(trace)[0].done is None
    tab.text_input(key=field(tab, "label-0")).input("Complaints a week")
    press(tab, "It is done")
    (kept,) = plans().of(trace)
    assert kept.outcome == {form[0]: "Complaints a week"}
    assert "Complaints a week" in words(tab)


def test_what_was_dropped_comes_back() -> None:
    trace = weakest_everywhere()
    tab = take_on(open_app(trace, RESULT_PAGE), "Maria")
    before = plans().of(trace)
    press(tab, "Drop")
    assert plans().of(trace) == ()
    press(tab, "Undo")
    assert plans().of(trace) == before
    assert "Undo" not in words(tab)


def test_two_tabs_each_change_what_they_changed() -> None:
    trace = weakest_everywhere()
    tab = take_on(open_app(trace, RESULT_PAGE), "Maria")
    one, other = open_app(trace, RESULT_PAGE), open_app(trace, RESULT_PAGE)
    press(one, "Change")
    press(other, "Change")
    one.text_input(key=field(one, "owner")).input("Tom")
    press(one, "Save")
    other.text_input(key=field(other, "note")).input("with sales")
    press(other, "Save")
    (kept,) = plans().of(trace)
    assert (kept.terms.owner, kept.terms.note) == ("Tom", "with sales")
    press(other, "Change")
    press(tab, "Drop")
    press(other, "Save")
    assert "dropped meanwhile" in words(other)
    assert plans().of(trace) == ()


def test_who_comes_second_is_told_who_was_first() -> None:
    trace = weakest_everywhere()
    one, other = open_app(trace, RESULT_PAGE), open_app(trace, RESULT_PAGE)
    press(other, "Take it on")
    other.text_input(key=field(other, "owner")).input("Tom")
    take_on(one, "Maria")
    press(other, "Take it on")
    assert "Maria took this on meanwhile" in words(other)
    assert [action.terms.owner for action in plans().of(trace)] == ["Maria"]


def test_what_is_due_stands_on_top() -> None:
    trace = weakest_everywhere()
    take_on(open_app(trace, RESULT_PAGE), "Maria")
    (kept,) = plans().of(trace)
    late = TODAY - timedelta(days=1)
    plans().change(trace, kept, lambda now: replace(now, due=late), current.now())
    said = words(open_app(trace, RESULT_PAGE))
    assert said.index("Due now") < said.rindex("Next step")
    assert said.count(kept.words) == 1, "the next step is not said twice"
    assert "Overdue by one day" in said


def test_an_action_whose_gap_is_closed_meanwhile_says_so() -> None:
    trace = weakest_everywhere()
    take_on(open_app(trace, RESULT_PAGE), "Maria")
    (kept,) = plans().of(trace)
    best = list(QUESTIONNAIRE.by_id[kept.question].options)[-1]
    compute = current.classifying(QUESTIONNAIRE, trace)
    current.store().save_answer(trace, kept.question, Answer(best), compute, current.now())
    said = words(open_app(trace, RESULT_PAGE))
    assert "The answer says by now that this is in place." in said
    assert kept.words in said


def target_of(tab: AppTest) -> str:
    return next(str(box.key) for box in tab.selectbox if str(box.key).startswith("target-"))


def test_a_target_folds_what_lies_beyond_and_changes_no_level() -> None:
    trace = weakest_everywhere()
    tab = open_app(trace, RESULT_PAGE)
    before = words(tab)
    tab.selectbox(key=target_of(tab)).set_value(3).run()
    assert not tab.exception
    assert plans().target(trace) == 3
    assert "Level 1 of 5" in words(tab)
    assert before.count("further along the road") == 1
    tab.selectbox(key=target_of(tab)).set_value(5).run()
    assert "further along the road" not in words(tab)


def test_enough_for_now_asks_only_for_what_does_harm_and_protects() -> None:
    answers = {q.id: Answer(next(iter(q.options))) for q in QUESTIONNAIRE.questions}
    trace = begun(trace=Trace({"name": "Quiet"}, answers))
    gaps = all_gaps(trace)
    plans().set_target(trace, 1)
    said = words(open_app(trace, RESULT_PAGE))
    assert "enough for now" in " ".join(open_app(trace, RESULT_PAGE).selectbox[0].options)
    if not any(gap.reasons[0].pattern for gap in gaps):
        assert "Nothing more is needed for level 1" in said


def test_no_target_is_offered_while_questions_can_still_change_the_level() -> None:
    tab = open_app(begun(), RESULT_PAGE)
    assert not tab.selectbox
    labels = [link.proto.label for link in tab.get("page_link")]
    assert "Answer it now" in labels
    assert "Take it on" not in words(tab)


def test_who_may_only_look_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    trace = weakest_everywhere()
    gap = all_gaps(trace)[0]
    action = Action(gap.question.id, gap.requirement.at_least, "Do it", Terms("Tom"), current.now())
    plans().take_on(trace, action)
    load = current.load

    def seen(trace_id: str) -> current.OpenTrace:
        opened = load(trace_id)
        return replace(opened, stored=replace(opened.stored, access=Access.VIEW))

    monkeypatch.setattr(current, "load", seen)
    tab = open_app(trace, RESULT_PAGE)
    assert "Tom" in words(tab)
    shown = {button.label for button in tab.button}
    assert not shown & {"Take it on", "Tick it off", "Change", "Drop"}
    assert not tab.selectbox


def test_the_answers_to_prove_each_lead_to_their_question() -> None:
    answers = {q.id: Answer(list(q.options)[-1]) for q in QUESTIONNAIRE.questions}
    trace = begun(trace=Trace({"name": "Perfect"}, answers))
    tab = open_app(trace, RESULT_PAGE)
    assert "To prove" in words(tab)
    tab.session_state["proofs"] = True
    tab.run()
    asked = {gate.question for _, gate in QUESTIONNAIRE.gates}
    links = [link.proto for link in tab.get("page_link") if link.proto.label.startswith("Add ev")]
    assert len(links) == len(asked)


def test_evidence_that_is_an_address_of_the_web_is_a_link_and_nothing_else_is() -> None:
    first = QUESTIONNAIRE.questions[0]
    pieces = ("See https://example.org/a?b=1&c=<i>.", "javascript:alert(1)", "ftp://example.org")
    answer = Answer(next(iter(first.options)), evidence=pieces)
    trace = begun(trace=Trace({"name": "x"}, {first.id: answer}))
    tab = open_app(trace, RESULT_PAGE)
    tab.session_state["answers"] = True
    tab.run()
    markup = " ".join(str(e.proto.body) for e in tab.get("html"))
    assert '<a href="https://example.org/a?b=1&amp;c=" target="_blank" rel="noopener' in markup
    assert "javascript:alert(1)</li>" in markup
    assert markup.count("<a ") - markup.count('<a href="#part-') == 1
