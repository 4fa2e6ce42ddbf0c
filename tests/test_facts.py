"""The facts of a use case: choices that explain themselves, and numbers as people say them."""

import pytest

from assessment.method.answers import Trace
from assessment.pages import current
from assessment.pages.address import TRACE_PAGE
from assessment.pages.saving import key_of
from assessment.pages.start import examples
from assessment.pages.trace.journey import ABOUT
from assessment.pages.trace.numbers import NotANumber, read_number
from assessment.store.traces import TraceStore
from tests.page_visits import begun, open_app, words

pytest_plugins = ("tests.page_fixtures",)
pytestmark = pytest.mark.usefixtures("kept")

OWN = examples.questionnaires()[0]


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("40", 40),
        ("about 40", 40),
        ("~ 40 a month", 40),
        ("1,200", 1200),
        ("1.200", 1200),
        ("1 200", 1200),
        ("12’000", 12000),
        ("2k", 2000),
        ("3 thousand", 3000),
        ("0", 0),
        ("  ", None),
    ],
)
def test_a_number_may_be_said_as_people_say_it(said: str, number: int | None) -> None:
    assert read_number(said) == number


@pytest.mark.parametrize(
    "said", ["forty", "10-20", "2.5", "1,20", "-5", "40 per 2 weeks", "9" * 30, "1e5", "<b>"]
)
def test_what_is_not_one_number_is_refused_with_what_to_write(said: str) -> None:
    with pytest.raises(NotANumber, match="Write"):
        read_number(said)


def number_key(trace: str) -> str:
    return f"text-{key_of(trace, 'outputs_per_month', 'fact')}"


def test_a_number_is_kept_as_it_is_meant_and_a_bad_one_changes_nothing(kept: TraceStore) -> None:
    trace = begun()
    tab = open_app(trace, TRACE_PAGE, at=ABOUT)
    tab.text_input(key=number_key(trace)).input("about 1,200").run()
    assert kept.load(trace).trace.facts["outputs_per_month"] == 1200
    assert tab.text_input(key=number_key(trace)).value == "about 1,200"
    tab.text_input(key=number_key(trace)).input("a lot").run()
    assert "Write it in digits" in words(tab)
    assert "The 1,200 from before is kept" in words(tab)
    assert kept.load(trace).trace.facts["outputs_per_month"] == 1200
    tab.text_input(key=number_key(trace)).input("").run()
    assert "outputs_per_month" not in kept.load(trace).trace.facts
    assert "Write it in digits" not in words(tab)


def test_a_number_that_was_changed_elsewhere_is_shown(kept: TraceStore) -> None:
    trace = begun(trace=Trace({"name": "x", "outputs_per_month": 40}))
    tab = open_app(trace, TRACE_PAGE, at=ABOUT)
    assert tab.text_input(key=number_key(trace)).value == "40"
    compute = current.classifying(OWN.questionnaire, trace)
    kept.save_facts(trace, {"outputs_per_month": 5_000}, compute, current.now())
    tab.run()
    assert tab.text_input(key=number_key(trace)).value == "5,000"
    assert "change not saved" not in words(tab)
    assert kept.load(trace).trace.facts["outputs_per_month"] == 5_000


def test_every_choice_of_a_fact_says_what_it_means() -> None:
    tab = open_app(begun(), TRACE_PAGE, at=ABOUT)
    captions = [caption for radio in tab.radio for caption in radio.proto.captions]
    for fact in OWN.questionnaire.profile:
        helps = [plain for one in fact.options.values() if (plain := one.help)]
        if fact.type == "choice":
            assert set(helps) <= set(captions)
        elif fact.type == "choices":
            said = str(tab.get("button_group")[0].proto)
            assert all(one in said for one in helps)
    levels = [one.in_short for one in OWN.questionnaire.levels]
    assert set(levels) <= set(captions)


def test_a_choice_can_be_taken_back(kept: TraceStore) -> None:
    trace = begun(trace=Trace({"name": "x", "function": "sales", "perceived_level": 3}))
    tab = open_app(trace, TRACE_PAGE, at=ABOUT)
    for fact in ("function", "perceived_level"):
        tab.button(key=f"clear-{trace}-{fact}").click().run()
        assert fact not in kept.load(trace).trace.facts
        assert tab.radio(key=key_of(trace, fact, "fact")).value is None
    assert f"clear-{trace}-function" not in [button.key for button in tab.button]
