"""A trace out of a file that another installation, or this one, gave out as JSON."""

import streamlit as st

from assessment.files.export import TracedUseCase
from assessment.files.export_reader import read_export
from assessment.files.problems import FileProblems, Problem
from assessment.method.questionnaire import NAME_FACT
from assessment.pages import address, current
from assessment.pages.markup import Html, element, if_any, joined, typed
from assessment.pages.safe_text import plain
from assessment.pages.shelf import brought_rooms, plans
from assessment.pages.words import interval, room_said
from reports.wording import count

MOST_PROBLEMS = 8
"""How many problems of a file are listed; the first ones usually explain the others."""


def show_bring_in() -> None:
    """Show the field for a file; a file with problems changes nothing."""
    with st.expander("Bring in a trace from a file", key="bring-in"):
        file = st.file_uploader(
            "A file that was saved with “Save as a file” or “Everything as JSON”",
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
        room = export.use_case.workshop
        also = f"The file also holds {room_said(room)}." if room else ""
        st.html(joined([typed("p", f"{name} · {level}"), if_any("p", also, class_="quiet small")]))
        if st.button("Keep it as a new trace", type="primary", key="bring-in-keep"):
            address.go(address.RESULT_PAGE, _keep(export.use_case))


def _keep(use_case: TracedUseCase) -> str:
    """Begin a trace with everything that the file holds, or with nothing; gives its id."""
    with current.database().together():
        begun = current.begin(use_case.read, use_case.trace)
        for action in use_case.plan.actions:
            plans().restore(begun, action, current.now())
        if use_case.plan.target is not None:
            plans().set_target(begun, use_case.plan.target)
        if use_case.workshop is not None:
            brought_rooms().keep(begun, use_case.workshop, current.now())
    return begun


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
