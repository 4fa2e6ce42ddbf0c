"""A form to print for a room without phones, where hands alone will not do."""

from collections.abc import Sequence

import streamlit as st

from assessment.method.answers import Trace
from assessment.method.questionnaire import NAME_FACT, Questionnaire
from assessment.pages.current import now as moment
from assessment.pages.downloads import file_name
from assessment.store.workshop_records import Scope
from reports.making import PAPER, shared_maker
from reports.room.paper_form import write_form


def show_paper(
    questionnaire: Questionnaire, trace: Trace, functions: Sequence[str], scope: Scope
) -> None:
    """Offer the form as a PDF.

    Args:
        questionnaire: What is asked.
        trace: Of the use case.
        functions: What people can belong to.
        scope: The first questions only, or everything worth asking.
    """
    form = write_form(questionnaire, trace, functions, is_short=scope is Scope.SHORT)
    st.download_button(
        f"Paper form, {form.length} (PDF)",
        lambda: shared_maker().make(PAPER, form, moment()),
        file_name=f"{file_name(str(trace.facts.get(NAME_FACT) or ''))}-paper-form-{scope}.pdf",
        mime="application/pdf",
        help="To print, one each; the last page is a tally sheet for the facilitator.",
        type="tertiary",
        icon=":material/print:",
        on_click="ignore",
        key=f"paper-{scope}",
    )
