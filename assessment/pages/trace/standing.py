"""Where the trace stands while it is being answered, in view at all times."""

import streamlit as st

from assessment.method.engine import Standing, classify
from assessment.pages import address, saving
from assessment.pages.current import OpenTrace, now
from assessment.pages.markup import Html, element
from assessment.pages.trace import view
from assessment.pages.trace.journey import FIRST, Journey
from assessment.pages.words import interval, progress, when
from reports.wording import count


def show_standing(opened: OpenTrace, journey: Journey, step: str) -> None:
    """Show the interval so far, what the last answer changed, and whether all is saved.

    Args:
        opened: The trace.
        journey: How much is answered, and how much is left.
        step: Where one is; the page's script reads it off here.
    """
    standing = classify(opened.questionnaire, opened.trace)
    waiting = saving.unsaved(opened.id)
    saved = saving.last_saved(opened.id)
    with st.container(key="standing", gap="xsmall"):
        said = saved.effect if saved and saved.effect else _outlook(standing, journey)
        st.html(
            element(
                "div",
                element(
                    "div",
                    element("strong", interval(standing.level, standing.ceiling)),
                    element("span", progress(journey.answered, journey.left), class_="progress"),
                    _mark(opened, bool(waiting)),
                    class_="line",
                ),
                _bar(opened, standing.level, standing.ceiling),
                element("p", said, class_="effect"),
                class_="standing",
                data_step=step,
                data_saved=str(saving.dealt_with()),
                data_way=view.chosen(),
            )
        )
        if saving.last_given(opened.id):
            st.button("Undo", key="undo", type="tertiary", on_click=_undo, args=(opened.id,))
        if waiting:
            _show_unsaved(opened.id, waiting)


def _outlook(standing: Standing, journey: Journey) -> str:
    """What answers are good for now, where the effect of the last one will stand."""
    if standing.level < standing.ceiling:
        return "Each answer narrows this down."
    return "The level is settled; more answers sharpen the gap list." if journey.left else ""


def _undo(trace_id: str) -> None:
    given = saving.last_given(trace_id)
    saving.undo(trace_id)
    if given:
        address.turn_to(address.part() or FIRST, given.question)


def _mark(opened: OpenTrace, waiting: bool) -> Html:
    if waiting:
        return element("span", "Not saved", class_="mark not-saved", role="status")
    saved = saving.last_saved(opened.id)
    at = saved.at if saved else opened.stored.changed
    return element("span", f"Saved {when(at, now())}", class_="mark", role="status")


def _bar(opened: OpenTrace, level: int, ceiling: int) -> Html:
    """The levels side by side; those that are still possible are marked, and named in words."""
    rungs = [
        element(
            "li",
            element("span", str(one.level), class_="number"),
            element("span", one.name, class_="name"),
            class_="possible" if level <= one.level <= ceiling else "out",
        )
        for one in opened.questionnaire.levels
    ]
    return element("ol", *rungs, class_="bar", aria_label="Levels still possible are marked")


def _show_unsaved(trace_id: str, waiting: tuple[saving.Unsaved, ...]) -> None:
    title = f"{count(len(waiting), 'change')} not saved".capitalize()
    reasons = dict.fromkeys(one.why for one in waiting)
    st.error(" ".join(reasons), title=title)
    with st.container(horizontal=True):
        st.button("Try again", type="primary", on_click=saving.try_again)
        st.button("Leave it as it was", on_click=saving.give_up, args=(trace_id,))
