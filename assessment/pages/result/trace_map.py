"""The trace map on the page: every part that has questions can be chosen, and leads to them."""

from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from assessment.pages import address
from assessment.pages.current import OpenTrace
from assessment.pages.markup import bullets, element, joined
from reports.charts.flow import FlowNode, FlowQuestion, FlowState, TraceMap
from reports.charts.map_chart import map_spec
from reports.charts.map_words import in_words, names, spoken
from reports.charts.svg_map import key_svg, map_svg
from reports.charts.svg_marks import state_mark
from reports.content import Report
from reports.html import COLOURS
from reports.wording import capital

_DRAWN = "map-drawn"
_HINT = "Choose a box or an arrow to see its questions."


def show_trace_map(opened: OpenTrace, report: Report) -> None:
    """Show the map, and the same in words; a question chosen on it is opened.

    Who may only look is shown questions and answers, and no way to change them.

    Args:
        opened: The trace.
        report: What is said of it; its map is drawn.
    """
    flow = report.trace_map
    chosen = _component()(
        data=_drawn(opened, report),
        key="map",
        on_question_change=_show_again,
    )
    with st.expander("The same in words", type="compact"):
        st.html(words(flow))
    question = chosen.get("question")
    if question in opened.questionnaire.by_id and opened.may_edit:
        st.switch_page(address.TRACE_PAGE, query_params=address.to_question(opened.id, question))


def _drawn(opened: OpenTrace, report: Report) -> dict[str, Any]:
    """The data of the picture, made anew only when something in it changed: it takes a while."""
    of = (opened.id, opened.may_edit, report.ladder, report.trace_map)
    kept = st.session_state.get(_DRAWN)
    if kept is None or kept[0] != of:
        kept = st.session_state[_DRAWN] = (of, picture_data(opened, report))
    data: dict[str, Any] = kept[1]
    return data


def picture_data(opened: OpenTrace, report: Report) -> dict[str, Any]:
    """What the browser is given: drawings of the same map, and the card of each part."""
    flow = report.trace_map
    said = spoken(flow)
    wide = map_spec(report)
    tall = map_spec(report, columns_wide=False)
    room = map_spec(report, key_beside=True)
    return {
        "title": wide.title,
        "hint": _HINT if said else "",
        "wide": map_svg(wide, COLOURS, said),
        "tall": map_svg(tall, COLOURS, said),
        "beside": key_svg(room, COLOURS, said),
        "parts": _cards(opened, flow),
        "marks": {state.value: state_mark(state.value, COLOURS) for state in FlowState},
    }


def words(flow: TraceMap) -> str:
    """The map as lists, one a state."""
    return joined(
        element(
            "div",
            element("h3", group.title, class_=group.state),
            bullets(group.parts),
            class_="map-words",
        )
        for group in in_words(flow)
    )


def _cards(opened: OpenTrace, flow: TraceMap) -> dict[str, dict[str, Any]]:
    """The card of each part that has questions, by its id."""
    boxes, called = {node.id: node.name for node in flow.nodes}, names(flow)
    cards: dict[str, dict[str, Any]] = {}
    for part in flow.parts:
        if not part.questions:
            continue
        way = ""
        if not isinstance(part, FlowNode) and part.name:
            way = f"From {boxes[part.from_]} to {boxes[part.to]}"
        cards[part.id] = {
            "name": capital(part.name) or called[part.id],
            "way": way,
            "state": part.state.value,
            "word": capital(part.state_label) if part.is_judged else "",
            "isLater": part.is_later,
            "later": f"Only levels above {flow.target} ask for it." if part.is_later else "",
            "detail": part.detail,
            "questions": [_question(opened, question) for question in part.questions],
        }
    return cards


def _question(opened: OpenTrace, question: FlowQuestion) -> dict[str, Any]:
    can_open = opened.may_edit and question.state is not FlowState.NOT_APPLICABLE
    query = urlencode(address.to_question(opened.id, question.id))
    label = question.state.label if question.state else ""
    return {
        "id": question.id,
        "text": question.text,
        "answer": question.answer,
        "isAsked": question.is_asked,
        "state": question.state.value if question.state else "",
        "isLater": question.is_later,
        "word": capital(f"{label}, later" if question.is_later else label),
        "label": "Change the answer" if question.is_asked else "Answer this",
        "href": f"trace?{query}" if can_open else "",
    }


def _show_again() -> None:
    """Nothing is left to do: the page is being shown again."""


@cache
def _component() -> Any:
    beside = Path(__file__)
    html, css, js = (
        beside.with_suffix(kind).read_text(encoding="utf-8") for kind in (".html", ".css", ".js")
    )
    return st.components.v2.component("trace_map", html=html, css=css, js=js)
