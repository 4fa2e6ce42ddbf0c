"""What nothing proves yet: a list to work through, each entry with the way to its question."""

import streamlit as st

from assessment.pages import address
from assessment.pages.current import OpenTrace
from assessment.pages.markup import element, if_any, joined
from assessment.pages.result.sections import PROOFS, heading
from assessment.pages.safe_text import plain
from reports.content import Report
from reports.wording import capital, count


def show_proofs(opened: OpenTrace, report: Report) -> None:
    """Show the answers up to the level that have no evidence yet; nothing where all have."""
    rows = report.to_prove
    if not rows:
        return
    st.html(
        joined(
            [
                heading(PROOFS),
                element("p", report.headline.evidenced),
            ]
        )
    )
    title = f"{capital(count(len(rows), 'answer'))} to prove"
    with st.expander(title, key="proofs", on_change="rerun") as fold:
        for row in rows if fold.open else ():
            with st.container(key=f"proof-{row.question_id}", gap="xxsmall"):
                st.html(
                    element(
                        "div",
                        element("p", row.question, class_="asked"),
                        element("p", row.answer, class_="given"),
                        if_any(
                            "p", row.prove and f"What would prove it: {row.prove}", class_="quiet"
                        ),
                        class_="answer",
                    )
                )
                if opened.may_edit:
                    there = address.to_question(opened.id, row.question_id)
                    label = plain(f"Add evidence: {row.question}")
                    st.page_link(address.TRACE_PAGE, label=label, query_params=there)
