"""The page with what nobody knew."""

import pytest

from assessment.method.answers import Answer, Trace
from assessment.method.questionnaire import UNKNOWN
from assessment.pages.address import ASKING_PAGE
from tests.page_visits import begun, open_app, words

pytest_plugins = ("tests.page_fixtures",)
pytestmark = pytest.mark.usefixtures("kept")


def test_what_nobody_knew_stands_under_who_would_know() -> None:
    answers = {"use.users": Answer("team"), "tooling.brief": Answer(UNKNOWN)}
    tab = open_app(begun(trace=Trace({"name": "Newsletter"}, answers)), ASKING_PAGE)
    said = words(tab)
    assert "One question that nobody here could answer" in said
    assert "The people who work with the tool" in said
    assert "What is the AI told each time?" in said
    assert "Is this used by one person" not in said
    assert "“Newsletter”" in tab.code[0].value


def test_without_unknowns_it_says_what_will_stand_here() -> None:
    said = words(open_app(begun(), ASKING_PAGE))
    assert "waits here" in said


def test_without_a_trace_there_is_a_way_out() -> None:
    assert "No use case is open" in words(open_app(page=ASKING_PAGE))


def test_a_hostile_name_stays_text() -> None:
    name = "<img src=x onerror=alert(1)> **bold**"
    trace = Trace({"name": name}, {"tooling.brief": Answer(UNKNOWN)})
    tab = open_app(begun(trace=trace), ASKING_PAGE)
    assert name in words(tab)
    assert all("<img" not in str(e.proto.body) for e in tab.get("html"))
