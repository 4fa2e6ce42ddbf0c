"""The trace page: one step at a time, the backbone first, then what is worth asking.

Everything on it stands in one fragment: an answer, and a turn to the next question, runs that alone
and not the page around it.
"""

import streamlit as st

from assessment.method.questionnaire import Question
from assessment.pages import address, saving, trouble
from assessment.pages.current import OpenTrace
from assessment.pages.markup import element, if_any, joined
from assessment.pages.safe_text import plain
from assessment.pages.trace import guide, shown, view
from assessment.pages.trace.contents import OTHER_WAY, show_contents
from assessment.pages.trace.facts import show_fact
from assessment.pages.trace.journey import ABOUT, FIRST, PAUSE, Part, plan
from assessment.pages.trace.pause import show_pause, show_ways_on
from assessment.pages.trace.question import asked, show_question
from assessment.pages.trace.standing import show_standing
from assessment.pages.trace.steps import Step, Walk, walk
from reports.wording import capital, count

_HERE = "here"


def show() -> None:
    """Show the step of the trace in the address."""
    trace_id = address.trace_id()
    if trace_id is None:
        trouble.no_trace()
        return
    opened = shown.read(trace_id)
    st.set_page_config(page_title=f"{opened.name} · Trace")
    shown.just_saved(opened)
    _trace(trace_id)
    guide.show_guide()


@st.fragment(key=guide.TRACE)
def _trace(trace_id: str) -> None:
    trouble.page(lambda: _show_step(trace_id))


def _show_step(trace_id: str) -> None:
    opened = shown.read(trace_id)
    here_all = walk(plan(opened.questionnaire, opened.trace), view.way())
    here = _here(here_all, trace_id)
    show_standing(opened, here_all.journey, here.id)
    # What unfolds in it must not move the ways on: a click on one that is drawn anew can be lost.
    with st.container(key="step"):
        _what_is_asked(opened, here_all, here)
    _ways_on(opened, here_all, here)
    if here.part.id == PAUSE:
        show_ways_on(opened, here_all.journey)
    show_contents(opened, here_all, here)
    saving.tell_what_was_noticed()


def _what_is_asked(opened: OpenTrace, here_all: Walk, here: Step) -> None:
    if here.part.id == ABOUT:
        _facts(opened)
    elif here.part.id == PAUSE:
        show_pause(opened, here_all.journey)
    elif here.question is not None:
        _one_question(opened, here_all, here, here.question)
    else:
        _whole_part(opened, here.part)


def _here(way: Walk, trace_id: str) -> Step:
    """The step in the address. An address that names none means the same one until it changes.

    Else an answer would lead on by itself, since the first open step is another one then.
    """
    named = (trace_id, view.way(), address.part(), address.question())
    was_on_this_page = OTHER_WAY in st.session_state
    known = st.session_state.get(_HERE)
    where = known[1] if known and known[0] == named and was_on_this_page else named[2:]
    here = way.at(*where)
    st.session_state[_HERE] = (named, here.address)
    return here


def _facts(opened: OpenTrace) -> None:
    lead = (
        "Facts decide which questions apply and which risks can show. They never raise or "
        "lower the level, and all but the name may stay empty."
    )
    _heading(opened, "The use case", lead)
    for fact in opened.questionnaire.profile:
        show_fact(opened, fact)


def _heading(opened: OpenTrace, title: str, lead: str, more: str = "") -> None:
    st.html(
        joined(
            [
                element("p", opened.name, class_="eyebrow name", dir="auto"),
                element("h1", title),
                if_any("p", capital(lead), class_="lead"),
                if_any("p", more, class_="quiet small progress"),
            ]
        )
    )


def _one_question(opened: OpenTrace, way: Walk, here: Step, question: Question) -> None:
    where = [here.part.title]
    if here.is_settled:
        where.append("Can no longer change the result; answer it all the same if you like")
    else:
        where.append(f"{here.place} of {way.count_in(here.part)}")
    eyebrow = element(
        "p",
        element("span", opened.name, class_="name", dir="auto"),
        element("span", " · ".join(where)),
        class_="eyebrow where",
    )
    st.html(asked(question, eyebrow, "h1"))
    show_question(opened, question, "h2")


def _whole_part(opened: OpenTrace, part: Part) -> None:
    lead = part.about
    if part.id == FIRST:
        number = count(part.total, "question")
        lead = (
            f"{number} that place the use case roughly. What is asked after them depends on them."
        )
    _heading(opened, part.title, lead, f"{part.answered} of {part.total} answered")
    _questions(opened, part, part.questions, 1)
    if not part.settled:
        return
    left = count(len(part.settled), "question")
    title = f"{left} that can no longer change the result".capitalize()
    if not part.questions:
        st.html(element("p", "Nothing here can change the result any more.", class_="note"))
    fold = st.expander(title, key=f"settled-{opened.id}-{part.id}", on_change="rerun")
    if fold.open:
        with fold:
            said = "They may be answered all the same; the report then says more."
            st.html(element("p", said, class_="quiet"))
            _questions(opened, part, part.settled, len(part.questions) + 1)


def _questions(opened: OpenTrace, part: Part, questions: tuple[Question, ...], start: int) -> None:
    stages = {stage.id: stage.title for stage in opened.questionnaire.stages}
    for number, question in enumerate(questions, start=start):
        where = f"{number} of {part.total}"
        if part.id == FIRST:
            where = f"{where} · {stages[question.stage_id]}"
        with st.container(key=f"question-{opened.id}-{question.id}", gap="xsmall"):
            st.html(asked(question, element("p", where, class_="eyebrow"), "h2"))
            show_question(opened, question, "h3")


def _ways_on(opened: OpenTrace, way: Walk, here: Step) -> None:
    back, following = way.back(here), way.next(here)
    with st.container(key="ways-on", horizontal=True, horizontal_alignment="distribute"):
        if back:
            label = "Back" if here.question else f"Back: {back.part.title}"
            _turn("back", plain(label), opened.id, here)
        else:
            st.page_link(
                address.START_PAGE, label="Back to the start", query_params=address.query(opened.id)
            )
        if following is None:
            if st.button("See the result", type="primary", key="to-result"):
                address.go(address.RESULT_PAGE, opened.id)
            return
        if here.part.id != PAUSE:
            st.page_link(
                address.RESULT_PAGE, label="Result so far", query_params=address.query(opened.id)
            )
        _turn("next", _onward(opened, here, following), opened.id, here)


def _onward(opened: OpenTrace, here: Step, following: Step) -> str:
    """What the way on is called: where it leads, or that it leaves the question open."""
    if here.question and opened.trace.answer(here.question.id).option is None:
        return "Skip for now"
    if here.question:
        return "Next"
    return plain(f"{'Go on' if here.part.id == PAUSE else 'Next'}: {following.part.title}")


def _turn(where: str, label: str, trace_id: str, here: Step) -> None:
    st.button(
        label,
        key=f"turn-{where}",
        type="secondary" if where == "back" or label == "Skip for now" else "primary",
        on_click=_go,
        args=(where, trace_id, here.address),
    )


def _go(where: str, trace_id: str, here: tuple[str, str | None]) -> None:
    """Go on or back from a step, by what the answers say now."""
    opened = shown.read(trace_id)
    shown.just_saved(opened)
    way = walk(plan(opened.questionnaire, opened.trace), view.way())
    step = way.at(*here)
    target = way.next(step) if where == "next" else way.back(step)
    if target:
        address.turn_to(*target.address)
    elif where == "next":  # it was pressed before the page had learned that nothing is left
        address.go(address.RESULT_PAGE, trace_id)


if __name__ == "__main__":
    show()
