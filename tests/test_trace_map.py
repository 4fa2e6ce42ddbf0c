"""What the trace map on the page is given: cards that lead to questions, for whoever may."""

from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from assessment.files.questionnaires import find
from assessment.method.answers import Answer, Trace
from assessment.pages import current
from assessment.pages.current import OpenTrace
from assessment.pages.result.trace_map import picture_data, words
from assessment.store.access import Access
from assessment.store.traces import TraceStore
from reports.charts.flow import trace_map
from reports.content import Imprint, Report, write_report
from tests.test_cases import CASES

pytest_plugins = ("tests.page_fixtures",)

INVENTED = sorted((Path(__file__).parent / "questionnaires").glob("*.yaml"))
OWN = Path(__file__).parents[1] / "questionnaires/coordination-trace.yaml"


def opened(path: Path, trace: Trace) -> OpenTrace:
    return current.load(current.begin(find(path), trace))


def reported(trace: OpenTrace, target: int | None = None) -> Report:
    report = write_report(trace.result, Imprint(trace.id, ""))
    return replace(report, trace_map=trace_map(trace.result, target))


@pytest.fixture
def drafts(kept: TraceStore) -> OpenTrace:
    """A worked case of the shipped questionnaire, with a name beside one of its answers."""
    assert kept is not None
    trace = next(c.trace for c in CASES if c.id == "editorial-workflow-draft")
    named = replace(trace.answer("ownership.output"), detail="Ann, with a deputy")
    return opened(OWN, Trace(trace.facts, {**trace.answers, "ownership.output": named}))


def cards(trace: OpenTrace) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = picture_data(trace, reported(trace))["parts"]
    return found


def test_every_question_of_a_part_can_be_opened_from_its_card(drafts: OpenTrace) -> None:
    for card in cards(drafts).values():
        for question in card["questions"]:
            page, _, query = question["href"].partition("?")
            asked = drafts.questionnaire.by_id[question["id"]]
            assert question["text"] == asked.ask
            if question["state"] == "not_applicable":
                assert not question["href"]
                continue
            assert page == "trace"
            assert parse_qs(query) == {"trace": [drafts.id], "q": [asked.id]}
            said = "Change the answer" if question["isAsked"] else "Answer this"
            assert question["label"] == said


def test_a_card_says_who_where_and_which_state(drafts: OpenTrace) -> None:
    found = cards(drafts)
    assert found["accepted"]["detail"] == "Ann, with a deputy"
    assert found["receiver>response"]["way"] == "From Where it goes next to What comes back"
    assert found["receiver>response"]["word"] == "Missing"
    assert found["decisions"]["word"] == "Missing, later"
    assert found["decisions"]["later"] == "Only levels above 4 ask for it."
    assert not found["response"]["later"]


def test_who_may_only_look_is_led_nowhere(drafts: OpenTrace) -> None:
    looking = replace(drafts, stored=replace(drafts.stored, access=Access.VIEW))
    for id_, card in cards(looking).items():
        assert card["name"]
        for question in card["questions"]:
            assert not question["href"]
            assert question["answer"], id_


@pytest.mark.parametrize("path", INVENTED, ids=lambda path: path.stem)
@pytest.mark.parametrize("has_map", [True, False], ids=["as it is", "without a map"])
def test_any_questionnaire_has_its_map_on_the_page(
    kept: TraceStore, path: Path, has_map: bool
) -> None:
    assert kept is not None
    trace = opened(path, Trace({"name": "Something else"}))
    if not has_map:
        plain = trace.questionnaire.model_copy(update={"map": None})
        trace = replace(trace, read=replace(trace.read, questionnaire=plain))
    report = reported(trace)
    data = picture_data(trace, report)
    flow = report.trace_map
    assert set(data["parts"]) == {part.id for part in flow.parts if part.questions}
    for part_id in data["parts"]:
        assert f'data-part="{part_id.replace(">", "&gt;")}"' in data["wide"]
    assert all(name in words(flow) for name in ("Not asked yet", flow.nodes[0].name))


def test_what_people_typed_is_never_markup(kept: TraceStore) -> None:
    assert kept is not None
    evil = "<img src=x onerror=alert(1)>"
    answer = Answer(_strongest("ownership.output"), detail=evil)
    trace = opened(OWN, Trace({"name": "x"}, {"ownership.output": answer}))
    report = reported(trace)
    data = picture_data(trace, report)
    assert data["parts"]["accepted"]["detail"] == evil  # put in as text, see trace_map.js
    for drawn in ("wide", "tall", "beside"):
        assert "<img" not in data[drawn]
    assert "<img" not in words(report.trace_map)


def _strongest(question: str) -> str:
    return list(find(OWN).questionnaire.by_id[question].options)[-1]
