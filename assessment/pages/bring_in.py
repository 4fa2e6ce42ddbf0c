"""A trace out of a file that another installation, or this one, gave out as JSON."""

import streamlit as st

from assessment.files.export_reader import read_export
from assessment.files.problems import FileProblems, Problem
from assessment.method.questionnaire import NAME_FACT
from assessment.pages import address, current
from assessment.pages.markup import Html, element, typed
from assessment.pages.safe_text import plain
from assessment.pages.words import interval
from reports.wording import count

MOST_PROBLEMS = 8
"""How many problems of a file are listed; the first ones usually explain the others."""


def show_bring_in() -> None:
    """Show the field for a file; a file with problems changes nothing."""
    with st.expander("Bring in a trace from a file", key="bring-in"):
        file = st.file_uploader(
            "A file that was saved with “Everything as JSON”",
            type=["json"],
            key="bring-in-file",
            max_upload_size=5,
        )
        if file is None:
            return
        try:
            export = read_export(file.getvalue(), file.name)
        except FileProblems as error:
            _refuse(error.problems)
            return
        standing = export.result.standing
        name = str(export.use_case.trace.facts.get(NAME_FACT) or current.UNNAMED)
        level = interval(standing.level, standing.ceiling)
        st.html(typed("p", f"{name} · {level}"))
        if st.button("Keep it as a new trace", type="primary", key="bring-in-keep"):
            begun = current.begin(export.use_case.read, export.use_case.trace)
            address.go(address.RESULT_PAGE, begun)


def _refuse(problems: tuple[Problem, ...]) -> None:
    found = [problem for problem in problems if problem.is_error]
    title = f"This file cannot be read: {count(len(found), 'problem')}"
    st.error(plain("Nothing was changed. Mend the file, or save it once more."), title=title)
    st.html(element("ul", *map(_line, found[:MOST_PROBLEMS])))


def _line(problem: Problem) -> Html:
    place = f"Line {problem.position.line}: "
    return element(
        "li", place, problem.message, element("span", f" · {problem.fix}", class_="quiet")
    )
