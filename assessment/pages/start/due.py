"""What people took on and should be done by now, on top of the start page."""

from datetime import date

import streamlit as st

from assessment.pages import address, current
from assessment.pages.markup import Html, element
from assessment.pages.shelf import plans
from assessment.store.plans import DueAction
from reports.wording import capital, count

LISTED = 5
"""How many actions are listed; the longest overdue come first."""


def show_due() -> None:
    """List what is due, or nothing."""
    today = current.today()
    found = plans().due(today, LISTED + 1)
    if not found:
        return
    with st.container(key="due", gap=None):
        st.html(element("h2", "Due now"))
        for place, one in enumerate(found[:LISTED]):
            with st.container(key=f"due-{place}", horizontal=True):
                st.html(_line(one, today), width="stretch")
                query = address.query(one.use_case_id)
                st.page_link(address.RESULT_PAGE, label="Open the result", query_params=query)
        if len(found) > LISTED:
            st.html(
                element("p", "There are more; the results list them all.", class_="small quiet")
            )


def _line(one: DueAction, today: date) -> Html:
    terms = one.action.terms
    days = (today - terms.due).days if terms.due else 0
    late = f"overdue by {count(days, 'day')}" if days > 0 else "due today"
    return element(
        "div",
        element("strong", capital(one.action.words), dir="auto"),
        element(
            "span",
            element("bdi", one.name or current.UNNAMED),
            " · ",
            element("bdi", terms.owner),
            " · ",
            element("span", late, class_="late" if days > 0 else None),
            class_="quiet small",
        ),
        class_="due-line",
    )
