"""The page with what nobody knew: questions to pass on, by who would know, each a click away."""

import streamlit as st

from assessment.pages import address, current, trouble
from assessment.pages.arrival import arrive
from assessment.pages.current import OpenTrace
from assessment.pages.markup import element, if_any, joined
from assessment.pages.safe_text import plain
from reports.asking import AskGroup, write_asking
from reports.wording import capital, count


def show() -> None:
    """Show the page for the trace in the address."""
    trace_id = address.trace_id()
    if trace_id is None:
        trouble.no_trace()
        return
    opened = current.load(trace_id)
    st.set_page_config(page_title=f"{opened.name} · To find out")
    groups = write_asking(opened.result)
    _heading(opened, groups)
    for group in groups:
        _group(opened, group)
    _ways_on(opened)
    arrive(f"asking-{opened.id}")


def _heading(opened: OpenTrace, groups: tuple[AskGroup, ...]) -> None:
    asked = sum(len(group.questions) for group in groups)
    if asked:
        lead = (
            f"{count(asked, 'question')} that nobody here could answer, grouped by who would know. "
            "Copy a mail, and put the answers in when they come."
        )
    else:
        lead = (
            "No question was answered with “we don't know”. Whenever one is, it waits here with "
            "the people who would know, ready for a mail."
        )
    st.html(
        joined(
            [
                element("p", opened.name, class_="eyebrow name", dir="auto"),
                element("h1", "To find out"),
                element("p", capital(lead), class_="lead"),
            ]
        )
    )


def _group(opened: OpenTrace, group: AskGroup) -> None:
    st.html(element("h2", group.who))
    for to_ask in group.questions:
        with st.container(key=f"ask-{to_ask.question_id}", horizontal=True):
            st.html(
                joined(
                    [
                        element("p", to_ask.question, class_="asked"),
                        if_any("p", to_ask.why, class_="quiet small"),
                    ]
                ),
                width="stretch",
            )
            if opened.may_edit:
                st.page_link(
                    address.TRACE_PAGE,
                    label="Answer it",
                    query_params=address.to_question(opened.id, to_ask.question_id),
                )
    with st.expander(f"Mail to copy: {plain(group.subject)}", key=f"mail-{group.who}"):
        st.code(group.mail, language=None, wrap_lines=True)


def _ways_on(opened: OpenTrace) -> None:
    query = address.query(opened.id)
    with st.container(key="ways-on", horizontal=True):
        st.page_link(address.TRACE_PAGE, label="Back to the questions", query_params=query)
        st.page_link(address.RESULT_PAGE, label="Result", query_params=query)


if __name__ == "__main__":
    show()
