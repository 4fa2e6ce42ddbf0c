"""The pause after the first questions: how far they got, and three ways on."""

import streamlit as st

from assessment.method.engine import classify
from assessment.method.questionnaire import Questionnaire
from assessment.pages import address
from assessment.pages.current import OpenTrace
from assessment.pages.markup import element, if_any, joined
from assessment.pages.trace.journey import Journey
from assessment.pages.words import minutes
from reports.wording import capital, count


def show_pause(opened: OpenTrace, journey: Journey) -> None:
    """Say what the first questions came to, how much is left, and that stopping is fine."""
    standing = classify(opened.questionnaire, opened.trace)
    level, ceiling = standing.level, standing.ceiling
    named = next(one for one in opened.questionnaire.levels if one.level == ceiling)
    verdict = "At most level" if level < ceiling else "Level"
    means = f"What that means: {named.in_short}" if named.in_short else ""
    st.html(
        joined(
            [
                element("p", opened.name, class_="eyebrow name", dir="auto"),
                element("h1", f"{verdict} {ceiling}: {named.name}"),
                element("p", _left(opened.questionnaire, journey), class_="lead"),
                if_any("p", means, class_="quiet"),
            ]
        )
    )


def show_ways_on(opened: OpenTrace, journey: Journey) -> None:
    """Offer the result so far, and to stop here; going on stands among the ways on of the page."""
    query = address.query(opened.id)
    ways = [
        (
            address.RESULT_PAGE,
            "See the result so far" if journey.left else "See the result",
            "An honest answer already: where it stands, what is missing, what to do next.",
        ),
        (
            address.START_PAGE,
            "Stop here",
            "Everything is kept. It waits on the start page until you come back.",
        ),
    ]
    for number, (page, label, explained) in enumerate(ways):
        with st.container(key=f"way-{number}", gap=None):
            st.page_link(page, label=label, query_params=query)
            st.html(element("p", explained, class_="quiet small"))


def _left(questionnaire: Questionnaire, journey: Journey) -> str:
    if not journey.left:
        return "No other question can change the result. You are through."
    asked = count(len(journey.inquiry.backbone), "question")
    skipped = f" {capital(asked)} of the first were left open." if journey.inquiry.backbone else ""
    time = minutes(journey.left, questionnaire)
    how_long = f", {time}" if time else ""
    can = f"{count(journey.left, 'question')} can still change the result{how_long}."
    return f"{capital(can)}{skipped}"
