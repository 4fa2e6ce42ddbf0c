"""The start page: what one gets, a new trace, those that were begun before, and examples."""

import streamlit as st

from assessment.files.questionnaires import ReadQuestionnaire
from assessment.method.answers import Trace
from assessment.method.questionnaire import Fact, Questionnaire
from assessment.pages import address, current, deleted, focus
from assessment.pages.arrival import arrive
from assessment.pages.markup import Html, bullets, element, if_any, joined
from assessment.pages.safe_text import plain
from assessment.pages.start import cards, examples
from assessment.pages.start.archived import show_archived
from assessment.pages.start.bring_in import show_bring_in
from assessment.pages.start.due import show_due
from assessment.pages.start.gallery import show_gallery
from assessment.pages.trace.facts import ask, example
from assessment.pages.trace.journey import ABOUT

_WORDS = 2
"""How many facts in one's own words are asked for here; the rest is the first part of the trace."""


def show() -> None:
    """Show the page."""
    choices = examples.questionnaires()
    found = cards.find()
    gone = current.store().deleted(deleted.LISTED)
    is_first_visit = not (found.total or gone or cards.wanted_name())
    promise = st.container(key="promise")
    show_due()
    read = _chosen(choices)
    with promise:
        _promise(read.questionnaire, in_full=is_first_visit)
    _new(read)
    cards.show_cards(found, gone)
    show_gallery(is_first_visit=is_first_visit)
    with st.container(key="more-ways", gap="small"):
        show_archived()
        deleted.show_deleted(gone)
        show_bring_in()
    arrive("start")
    focus.grant()


def _chosen(choices: tuple[ReadQuestionnaire, ...]) -> ReadQuestionnaire:
    """The questionnaire to trace with; asked for only where there are several."""
    if len(choices) == 1:
        return choices[0]
    titles = [read.questionnaire.title for read in choices]
    with st.container(key="chooser"):
        place = st.selectbox(
            "What would you like to trace?", range(len(choices)), format_func=titles.__getitem__
        )
    return choices[place]


def _promise(questionnaire: Questionnaire, *, in_full: bool) -> None:
    """Say what one gets; to those who know it already, in a few words."""
    about = questionnaire.about
    subject = about.subject if about else "use case"
    minutes = f"About {about.minutes} minutes" if about and about.minutes else ""
    said = ("“We don't know” is a full answer", "Your answers stay in this installation")
    gains = bullets(about.gains if about else (), class_="gains")
    told = element(
        "div",
        element("h1", f"Trace one {subject}"),
        if_any("p", about.promise if about else "", class_="lead"),
        bullets([part for part in (minutes, *said) if part], class_="terms"),
    )
    if not in_full:
        st.html(element("section", told, class_="promise"))
        return
    st.html(
        joined(
            [
                element("section", told, _ladder(questionnaire), class_="promise full"),
                element("h2", "What you leave with", class_="small-title") if gains else None,
                gains,
            ]
        )
    )


def _ladder(questionnaire: Questionnaire) -> Html:
    """The levels as steps that rise, so that one sees at once what is looked for."""
    steps = [
        element(
            "li",
            element("span", str(one.level), class_="number"),
            element("span", one.name),
            style=f"--step:{one.level}",
        )
        for one in questionnaire.levels
    ]
    return element("ol", *steps, class_="rise", aria_label="The levels, from the first up")


def _new(read: ReadQuestionnaire) -> None:
    asked = _asked_here(read.questionnaire)
    with st.form("new", border=True):
        st.html(element("h2", "Start a new trace"))
        with st.container(key="new-facts", horizontal=True):
            given = {fact.id: _field(fact) for fact in asked}
        begins = st.form_submit_button("Start the trace", type="primary")
    if begins:
        missing = [fact for fact in asked if fact.required and not given[fact.id].strip()]
        if missing:
            st.error(f"Still needed: {plain(ask(missing[0]))}")
            return
        facts = {fact: text.strip() for fact, text in given.items() if text.strip()}
        address.go(address.TRACE_PAGE, current.begin(read, Trace(facts)), ABOUT)


def _asked_here(questionnaire: Questionnaire) -> list[Fact]:
    """What is asked before a trace begins: texts, those that are required first."""
    texts = [fact for fact in questionnaire.profile if fact.type == "text"]
    required = [fact for fact in texts if fact.required]
    others = [fact for fact in texts if not fact.required]
    return [*required, *others[: max(0, _WORDS - len(required))]]


def _field(fact: Fact) -> str:
    """A field with what helps to fill it in below it."""
    with st.container(key=f"new-fact-{fact.id}", gap="xsmall"):
        label = plain(ask(fact))
        shown = label if fact.required else f"{label} (optional)"
        given = st.text_input(shown, key=f"new-{fact.id}", placeholder=example(fact))
        if fact.help:
            st.caption(plain(fact.help))
    return given


if __name__ == "__main__":
    show()
