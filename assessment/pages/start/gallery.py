"""The worked examples as cards to look at first; each opens as a copy."""

import re
from functools import cache

import streamlit as st

from assessment.files.cases import Case
from assessment.files.questionnaires import ReadQuestionnaire
from assessment.method.engine import classify
from assessment.method.questionnaire import NAME_FACT
from assessment.pages import address, current
from assessment.pages.markup import Html, element, if_any, joined
from assessment.pages.safe_text import plain
from assessment.pages.start import examples
from assessment.pages.start.cards import said_level, small_steps

_SENTENCE = re.compile(r"^.+?[.!?…](?=\s|$)", re.DOTALL)


def show_gallery(*, is_first_visit: bool) -> None:
    """Show a card for each example; who knows the product already is not sent there first."""
    shown = examples.examples()
    if not shown:
        return
    said = "Somebody else's answers, from start to report. Each opens as a copy to try things in."
    title = "Look at an example first" if is_first_visit else "Look at an example"
    st.html(joined([element("h2", title), element("p", said, class_="quiet")]))
    with st.container(key="gallery", horizontal=True):
        for place, (read, case) in enumerate(shown):
            with st.container(key=f"example-{case.id}"):
                st.html(_card(place))
                name = str(case.trace.facts.get(NAME_FACT) or case.id)
                if st.button("Open a copy", key=f"open-{case.id}", help=plain(f"Open {name}")):
                    address.go(address.RESULT_PAGE, _begin(read, case))


def _begin(read: ReadQuestionnaire, case: Case) -> str:
    return current.begin(read, case.trace)


@cache
def _card(place: int) -> Html:
    read, case = examples.examples()[place]
    at = classify(read.questionnaire, case.trace)
    name = str(case.trace.facts.get(NAME_FACT) or case.id)
    first, rest = in_short(case.story or "")
    said = said_level(read.questionnaire, at.level, at.ceiling)
    return joined(
        [
            small_steps(read.questionnaire.top, at.level, at.ceiling),
            element("p", said, class_="stand"),
            element("h3", name, class_="name", dir="auto"),
            if_any("p", first, class_="small quiet"),
            element("details", element("summary", "The whole story"), element("p", rest))
            if rest
            else Html(),
        ]
    )


def in_short(story: str) -> tuple[str, str]:
    """Part a story into its first sentence and the rest."""
    found = _SENTENCE.match(" ".join(story.split()))
    whole = " ".join(story.split())
    first = found.group() if found else whole
    return first, whole[len(first) :].strip()
