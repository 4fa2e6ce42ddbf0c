"""The start page: what one gets, a new trace, those that were started before, and examples."""

import streamlit as st

from assessment.files.cases import Case
from assessment.files.questionnaires import ReadQuestionnaire
from assessment.method.answers import Trace
from assessment.method.questionnaire import NAME_FACT
from assessment.pages import address, current, deleted, examples
from assessment.pages.arrival import arrive
from assessment.pages.bring_in import show_bring_in
from assessment.pages.facts import ask
from assessment.pages.journey import ABOUT
from assessment.pages.markup import Html, bullets, element, if_any, joined
from assessment.pages.safe_text import plain
from assessment.pages.words import interval, when
from assessment.store.records import DeletedTrace, TraceSummary
from reports.wording import count

RECENT = 6
"""How many traces the page lists, and how many more each time that it is asked to."""

_LISTED = "listed"


def show() -> None:
    """Show the page."""
    choices = examples.questionnaires()
    read = _chosen(choices)
    _promise(read)
    listed = int(st.session_state.get(_LISTED, RECENT))
    recent = current.store().recent(listed + 1)
    gone = current.store().deleted(deleted.LISTED)
    _new(read)
    _go_on(recent[:listed], gone)
    if len(recent) > listed:
        st.button("Show more", key="more", on_click=_list_more)
    deleted.show_deleted(gone)
    _examples()
    show_bring_in()
    arrive("start")


def _chosen(choices: tuple[ReadQuestionnaire, ...]) -> ReadQuestionnaire:
    """The questionnaire to trace with; asked for only where there are several."""
    if len(choices) == 1:
        return choices[0]
    titles = [read.questionnaire.title for read in choices]
    place = st.selectbox("Questionnaire", range(len(choices)), format_func=titles.__getitem__)
    return choices[place]


def _promise(read: ReadQuestionnaire) -> None:
    about = read.questionnaire.about
    subject = about.subject if about else "use case"
    minutes = f"About {about.minutes} minutes" if about and about.minutes else ""
    st.html(
        element(
            "section",
            element("p", "Coordination audit", class_="eyebrow"),
            element("h1", f"Trace one {subject}"),
            if_any("p", about.promise if about else "", class_="lead"),
            bullets(about.gains if about else (), class_="gains"),
            element(
                "p",
                " · ".join(
                    part
                    for part in (
                        minutes,
                        "“We don't know” is a full answer",
                        "Your answers stay in this installation",
                    )
                    if part
                ),
                class_="quiet",
            ),
            class_="promise",
        )
    )


def _new(read: ReadQuestionnaire) -> None:
    required = [f for f in read.questionnaire.profile if f.required and f.type == "text"]
    with st.form("new", border=True):
        st.html(element("h2", "Start a new trace"))
        given = {
            fact.id: st.text_input(
                plain(ask(fact)),
                key=f"new-{fact.id}",
                placeholder=f"For example: {fact.example}" if fact.example else "",
            )
            for fact in required
        }
        for fact in required:
            if fact.help:
                st.caption(plain(fact.help))
        begins = st.form_submit_button("Start the trace", type="primary")
    if begins:
        missing = [f for f in required if not given[f.id].strip()]
        if missing:
            st.error(f"Still needed: {plain(ask(missing[0]))}")
            return
        facts = {fact: text.strip() for fact, text in given.items()}
        address.go(address.TRACE_PAGE, current.begin(read, Trace(facts)), ABOUT)


def _list_more() -> None:
    st.session_state[_LISTED] = st.session_state.get(_LISTED, RECENT) + RECENT


def _go_on(recent: tuple[TraceSummary, ...], gone: tuple[DeletedTrace, ...]) -> None:
    last = deleted.last(gone)
    if recent or last:
        st.html(element("h2", "Go on with a trace"))
    for place, trace in enumerate(recent):
        if last and last.place == place:
            deleted.show_undo(last)
        with st.container(key=f"recent-{trace.id}", horizontal=True, vertical_alignment="center"):
            st.html(_summary(trace), width="stretch")
            query = address.query(trace.id)
            st.page_link(address.TRACE_PAGE, label="Go on", query_params=query)
            st.page_link(address.RESULT_PAGE, label="Result", query_params=query)
            deleted.offer_to_delete(trace)
        deleted.confirm(trace, place)
    if last and last.place >= len(recent):
        deleted.show_undo(last)


def _summary(trace: TraceSummary) -> Html:
    said = [
        interval(trace.level, trace.ceiling),
        count(trace.answered, "answer"),
        f"changed {when(trace.changed, current.now())}",
    ]
    return joined(
        [
            element("strong", trace.name or current.UNNAMED, class_="name", dir="auto"),
            element("span", " · ".join(said), class_="quiet small"),
        ]
    )


def _examples() -> None:
    shown = examples.examples()
    if not shown:
        return
    st.html(
        joined(
            [
                element("h2", "Look at a worked example"),
                element("p", "Each opens as a copy, so you may change anything.", class_="quiet"),
            ]
        )
    )
    for read, case in shown:
        with st.container(key=f"example-{case.id}", horizontal=True, vertical_alignment="center"):
            _example(read, case)


def _example(read: ReadQuestionnaire, case: Case) -> None:
    name = str(case.trace.facts.get(NAME_FACT) or case.id)
    told = joined([element("h3", name, dir="auto"), if_any("p", case.story, class_="small quiet")])
    st.html(told, width="stretch")
    if st.button("Open", key=f"open-{case.id}", help=plain(f"Open {name}")):
        address.go(address.RESULT_PAGE, current.begin(read, case.trace))


if __name__ == "__main__":
    show()
