"""The trace page: one part at a time, the backbone first, then what is worth asking."""

import streamlit as st

from assessment.method.questionnaire import Question
from assessment.pages import address, current, saving, trouble
from assessment.pages.arrival import arrive
from assessment.pages.current import OpenTrace
from assessment.pages.facts import show_fact
from assessment.pages.journey import ABOUT, FIRST, Journey, Part, plan
from assessment.pages.markup import element, if_any, joined
from assessment.pages.question import show_question
from assessment.pages.safe_text import plain
from assessment.pages.standing import show_standing
from assessment.pages.words import still_open
from reports.wording import capital, count


def show() -> None:
    """Show one part of the trace in the address."""
    trace_id = address.trace_id()
    if trace_id is None:
        trouble.no_trace()
        return
    opened = current.load(trace_id)
    st.set_page_config(page_title=f"{opened.name} · Trace")
    journey = plan(opened.questionnaire, opened.trace)
    part = journey.at(address.part())
    show_standing(opened)
    _heading(opened, part)
    if part.id == ABOUT:
        for fact in opened.questionnaire.profile:
            show_fact(opened, fact)
    else:
        _questions(opened, part)
    _ways_on(opened, journey, part)
    _contents(opened, journey, part)
    arrive(part.id)
    saving.tell_what_was_noticed()


def _heading(opened: OpenTrace, part: Part) -> None:
    lead = part.about
    progress = f"{part.answered} of {part.total} answered" if part.total else ""
    if part.id == ABOUT:
        lead = (
            "Facts decide which questions apply and which risks can show. They never raise or "
            "lower the level, and all but the name may stay empty."
        )
    if part.id == FIRST:
        asked = count(part.total, "question")
        lead = f"{asked} that place the use case roughly. What is asked after them depends on them."
    st.html(
        joined(
            [
                element("p", opened.name, class_="eyebrow name", dir="auto"),
                element("h1", part.title),
                if_any("p", capital(lead), class_="lead"),
                if_any("p", progress, class_="quiet small progress"),
            ]
        )
    )


def _questions(opened: OpenTrace, part: Part) -> None:
    stages = {stage.id: stage.title for stage in opened.questionnaire.stages}

    def show_all(questions: tuple[Question, ...], start: int) -> None:
        for number, question in enumerate(questions, start=start):
            eyebrow = f"{number} of {part.total}"
            if part.id == FIRST:
                eyebrow = f"{eyebrow} · {stages[question.stage_id]}"
            show_question(opened, question, eyebrow)

    show_all(part.questions, 1)
    if part.settled:
        left = count(len(part.settled), "question")
        title = f"{left} that can no longer change the result".capitalize()
        if not part.questions:
            st.html(element("p", "Nothing here can change the result any more.", class_="note"))
        with st.expander(title, key=f"settled-{opened.id}-{part.id}"):
            st.html(
                element(
                    "p",
                    "They may be answered all the same; the report then says more.",
                    class_="quiet",
                )
            )
            show_all(part.settled, len(part.questions) + 1)


def _ways_on(opened: OpenTrace, journey: Journey, part: Part) -> None:
    back, following = journey.back(part), journey.next(part)
    with st.container(key="ways-on", horizontal=True, horizontal_alignment="distribute"):
        if back:
            _turn(back, f"Back: {back.title}", "secondary")
        else:
            st.page_link(
                address.START_PAGE, label="Back to the start", query_params=address.query(opened.id)
            )
        if following:
            st.page_link(
                address.RESULT_PAGE, label="Result so far", query_params=address.query(opened.id)
            )
            _turn(following, f"Next: {following.title}", "primary")
        elif st.button("See the result", type="primary", key="to-result"):
            address.go(address.RESULT_PAGE, opened.id)


def _turn(part: Part, label: str, kind: str) -> None:
    st.button(
        plain(label),
        key=f"turn-{kind}",
        type="primary" if kind == "primary" else "secondary",
        on_click=address.turn_to,
        args=(part.id,),
    )


def _contents(opened: OpenTrace, journey: Journey, here: Part) -> None:
    """All parts, how far each is, and the result: in the side bar."""
    with st.sidebar, st.container(key="contents", gap=None):
        st.html(
            joined(
                [
                    element("p", "Parts of the trace", class_="eyebrow"),
                    element("p", still_open(len(journey.inquiry.upcoming)), class_="quiet small"),
                ]
            )
        )
        for part in journey.parts:
            st.button(
                plain(_line(part)),
                key=f"part-{'here' if part is here else part.id}",
                type="tertiary",
                width="stretch",
                on_click=address.turn_to,
                args=(part.id,),
            )
        if any(not part.worth for part in journey.parts[1:]):
            st.html(element("p", "✓ nothing left that could change the result", class_="key"))
        if st.button("Result so far", key="part-result", type="tertiary", width="stretch"):
            address.go(address.RESULT_PAGE, opened.id)


def _line(part: Part) -> str:
    if part.id == ABOUT:
        return part.title
    done = "" if part.worth else " ✓"
    return f"{part.title} · {part.answered} of {part.total}{done}"


if __name__ == "__main__":
    show()
