"""Sharing and signing in on the pages, without a browser and without a provider."""

from secrets import token_urlsafe

import pytest
from streamlit.testing.v1 import AppTest

from assessment.method.answers import Answer
from assessment.pages import current, identity
from assessment.pages.address import RESULT_PAGE, TRACE_PAGE, WORKSHOP_PAGE
from assessment.pages.identity import Person, SigningIn
from assessment.pages.shelf import plans_about
from assessment.pages.start import examples
from assessment.pages.workshop import running
from assessment.store.access import Access
from assessment.store.errors import BUSY, StoreUnavailable, TraceNotFound
from assessment.store.links import LinkStore
from assessment.store.plans import PlanStore
from assessment.store.traces import TraceStore
from assessment.store.workshop_records import Step, WorkshopPlan
from tests.page_visits import begun, open_app, words

pytest_plugins = ("tests.page_fixtures",)
pytestmark = pytest.mark.usefixtures("database_path")

OWN = examples.questionnaires()[0].questionnaire
ANN = Person("i|ann", "Ann", "ann@example.org")
BO = Person("i|bo", "Bo **b** <b>", "bo@example.org")


@pytest.fixture
def come_as(monkeypatch: pytest.MonkeyPatch) -> "Visits":
    monkeypatch.setattr(identity, "signing_in", SigningIn("Corp", "https://audit.example.org"))
    return Visits(monkeypatch)


class Visits:
    """Who looks at the pages now."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch

    def __call__(self, person: Person) -> None:
        self._monkeypatch.setattr(current, "person", lambda: person)


def sharing(tab: AppTest) -> bool:
    return any(e.label == "Share this trace" for e in tab.expander)


def press(tab: AppTest, label: str) -> None:
    """Press the first button that says this; in an open form, the one that sends it."""
    named = [button for button in tab.button if button.label == label]
    next((button for button in named if button.form_id), named[0]).click()
    tab.run()
    assert not tab.exception


def test_where_nobody_signs_in_nothing_is_shared_and_nobody_named() -> None:
    tab = open_app(begun(), RESULT_PAGE)
    assert not sharing(tab)
    assert "Sign" not in words(tab)


def test_who_has_not_signed_in_sees_the_way_in_and_nothing_else(
    come_as: Visits, monkeypatch: pytest.MonkeyPatch
) -> None:
    come_as(ANN)
    trace = begun("Secret plans")

    def nobody() -> None:
        raise current.NotSignedIn

    monkeypatch.setattr(current, "person", nobody)
    for query in ({}, {"trace": trace}, {"link": "x" * 22}):
        tab = open_app(**query)
        said = words(tab)
        assert "Sign in with Corp" in said
        assert "Secret plans" not in said
        assert not tab.text_input


def test_an_owner_makes_links_and_takes_them_back_after_a_question(come_as: Visits) -> None:
    come_as(ANN)
    trace = begun()
    tab = open_app(trace, RESULT_PAGE)
    assert sharing(tab)
    tab.button(key="make-EDIT").click().run()
    tab.button(key="make-VIEW").click().run()
    made = {link.access: link for link in current.links().of(trace)}
    assert set(made) == {Access.EDIT, Access.VIEW}
    assert {code.value for code in tab.code} == {
        f"https://audit.example.org/?link={link.token}" for link in made.values()
    }
    token = made[Access.EDIT].token
    LinkStore(current.database(), BO.visitor).redeem(token, current.now())
    tab.run()
    assert "Opened by Bo **b** <b> (bo@example.org)" in words(tab)
    tab.button(key=f"take-back-{token}").click().run()
    assert "Bo **b** <b> (bo@example.org) loses this access at once." in words(tab)
    assert len(current.links().of(trace)) == 2
    tab.button(key=f"do-take-back-{token}").click().run()
    assert [link.access for link in current.links().of(trace)] == [Access.VIEW]
    with pytest.raises(TraceNotFound):
        TraceStore(current.database(), BO.visitor).load(trace)
    assert not tab.exception


def test_a_link_that_cannot_be_taken_back_now_is_said_and_still_asked_about(
    come_as: Visits, monkeypatch: pytest.MonkeyPatch
) -> None:
    come_as(ANN)
    trace, token = begun(), token_urlsafe(16)
    current.links().make(trace, token, Access.VIEW, current.now())
    tab = open_app(trace, RESULT_PAGE)
    tab.button(key=f"take-back-{token}").click().run()

    def busy(*_: object) -> None:
        raise StoreUnavailable("here", *BUSY)

    monkeypatch.setattr(LinkStore, "take_back", busy)
    tab.button(key=f"do-take-back-{token}").click().run()
    assert "The database is busy, so nothing was saved" in words(tab)
    assert "The link stops working at once" in words(tab)
    assert len(current.links().of(trace)) == 1


@pytest.mark.parametrize(
    ("access", "shows"), [(Access.EDIT, "trace"), (Access.VIEW, "Shared with you to look at")]
)
def test_a_link_leads_to_what_it_allows(access: Access, shows: str, come_as: Visits) -> None:
    come_as(ANN)
    trace, token = begun(), token_urlsafe(16)
    current.links().make(trace, token, access, current.now())
    come_as(BO)
    tab = open_app(link=token)
    assert tab.query_params["trace"] in (trace, [trace])
    assert "link" not in tab.query_params
    assert not sharing(tab)
    is_to_view = "Shared with you to look at" in words(tab)
    assert is_to_view is (shows != "trace")
    tab = open_app(trace, TRACE_PAGE)
    assert ("Shared with you to look at" in words(tab)) is is_to_view
    assert bool(tab.radio or tab.text_input) is not is_to_view


def test_a_link_that_leads_nowhere_says_so_with_a_way_out(come_as: Visits) -> None:
    come_as(BO)
    tab = open_app(link="x" * 22)
    assert "This link leads nowhere" in words(tab)
    assert "Ask whoever sent it for a new one" in words(tab)
    assert [link.proto.label for link in tab.get("page_link")] == ["Go to the start page"]


def test_who_leads_a_workshop_takes_things_on_without_a_right_on_the_trace(
    come_as: Visits,
) -> None:
    come_as(ANN)
    trace, key = begun(), token_urlsafe(16)
    plan = WorkshopPlan(functions=("Sales", "Marketing"))
    running.workshops().open((token_urlsafe(16), key, "KH7QWX"), trace, plan, current.now())
    compute = current.classifying(OWN, trace)
    for question in OWN.backbone:
        weakest = Answer(next(iter(question.options)))
        current.store().save_answer(trace, question.id, weakest, compute, current.now())
    at = running.workshops().load(key).version
    running.workshops().move(key, at, Step.PLAN, None, current.now())
    come_as(BO)
    with pytest.raises(TraceNotFound):
        current.store().load(trace)
    tab = open_app(page=WORKSHOP_PAGE, w=key)
    press(tab, "Take it on")
    tab.text_input[0].input("Ann")
    press(tab, "Take it on")
    (taken,) = PlanStore(current.database()).plan(trace).actions
    assert taken.terms.owner == "Ann"
    running.workshops().close(key, {}, current.now())
    with pytest.raises(TraceNotFound):
        plans_about(trace).take_on(trace, taken)
