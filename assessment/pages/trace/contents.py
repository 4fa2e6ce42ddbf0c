"""All parts of the trace and how far each is, beside the questions; and the way they are asked."""

from collections.abc import Iterable
from urllib.parse import urlencode

import streamlit as st

from assessment.method.questionnaire import UNKNOWN
from assessment.pages import address
from assessment.pages.current import OpenTrace
from assessment.pages.markup import Html, element
from assessment.pages.trace import view
from assessment.pages.trace.journey import ABOUT, PAUSE, Part
from assessment.pages.trace.steps import Step, Walk
from assessment.pages.words import still_open

OTHER_WAY = "other-way"
"""The key of the button that changes the way; it is there whenever this page is."""

_OTHER_WAYS: dict[view.Way, tuple[view.Way, str]] = {
    "questions": ("parts", "Show a whole part at once"),
    "parts": ("questions", "Show one question at a time"),
}


def show_contents(opened: OpenTrace, walk: Walk, here: Step) -> None:
    """Show the parts as one list of links; in the part where one is, its questions as well.

    The page's script follows them without loading the page anew.
    """
    lines = [_part(opened, walk, part, here) for part in walk.journey.parts]
    wanted, label = _OTHER_WAYS[view.way()]
    with st.sidebar:
        st.html(
            element(
                "nav",
                element("p", "Parts of the trace", class_="eyebrow"),
                element("p", still_open(walk.journey.left), class_="quiet small"),
                element("ol", *lines, class_="parts"),
                element("p", "✓ nothing left that could change the result", class_="key"),
                class_="contents",
                aria_label="Parts of the trace",
            )
        )
        st.button(label, key=OTHER_WAY, type="tertiary", on_click=_switch, args=(wanted, here))
        if opened.may_edit:
            together, query = "Answer it together, in a workshop", address.query(opened.id)
            st.page_link(address.WORKSHOP_PAGE, label=together, query_params=query)


def _switch(wanted: view.Way, here: Step) -> None:
    view.choose(wanted)
    address.turn_to(*here.address)


def _part(opened: OpenTrace, walk: Walk, part: Part, here: Step) -> Html:
    steps = [step for step in walk.every if step.part is part]
    if not steps:
        return Html()
    is_here = part is here.part
    done = part.id not in (ABOUT, PAUSE) and not any(step.is_open for step in steps)
    said = [
        element("span", part.title, class_="title"),
        element("span", f"{_count(opened, part, steps)}{' ✓' if done else ''}", class_="count"),
    ]
    asked = [_question(opened, step, here) for step in steps if step.question] if is_here else []
    return element(
        "li",
        _link(opened, Step(part), said, is_here and here.question is None, "part"),
        element("ol", *asked, class_="questions") if asked else None,
        class_="here" if is_here else None,
    )


def _count(opened: OpenTrace, part: Part, steps: list[Step]) -> str:
    """How far a part is; one question at a time, each counts in one part only."""
    if part.id in (ABOUT, PAUSE):
        return ""
    asked = [step.question for step in steps if step.question]
    if not asked:
        return f"{part.answered} of {part.total}"
    given = sum(opened.trace.answer(question.id).option is not None for question in asked)
    return f"{given} of {len(asked)}"


def _question(opened: OpenTrace, step: Step, here: Step) -> Html:
    if step.question is None:
        return Html()
    answer = opened.trace.answer(step.question.id)
    given = "unknown" if answer.option == UNKNOWN else "given" if answer.option else "open"
    kind = f"question {'settled' if step.is_settled else given}"
    return element("li", _link(opened, step, [step.question.ask], step.id == here.id, kind))


def _link(opened: OpenTrace, step: Step, said: Iterable[str], is_current: bool, kind: str) -> Html:
    part, question = step.address
    return element(
        "a",
        *said,
        href=f"?{urlencode(address.query(opened.id, part, question))}",
        class_=kind,
        data_at=part,
        data_q=question,
        aria_current="step" if is_current else None,
    )
