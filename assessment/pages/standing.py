"""Where the trace stands while it is being answered, in view at all times."""

import streamlit as st

from assessment.method.engine import classify
from assessment.pages import saving
from assessment.pages.current import OpenTrace, now
from assessment.pages.markup import Html, element, if_any
from assessment.pages.words import interval, when
from reports.wording import count


def show_standing(opened: OpenTrace) -> None:
    """Show the interval so far, what the last answer changed, and whether all is saved."""
    standing = classify(opened.questionnaire, opened.trace)
    waiting = saving.unsaved(opened.id)
    saved = saving.last_saved(opened.id)
    with st.container(key="standing", gap="xsmall"):
        st.html(
            element(
                "div",
                element(
                    "div",
                    element("strong", interval(standing.level, standing.ceiling)),
                    _mark(opened, bool(waiting)),
                    class_="line",
                ),
                _bar(opened, standing.level, standing.ceiling),
                if_any("p", saved.effect if saved else "", class_="effect"),
                class_="standing",
            )
        )
        if waiting:
            _show_unsaved(opened.id, waiting)


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
