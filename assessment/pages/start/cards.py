"""Cards of the traces that were begun: how far each is, what to do next, and its menu."""

import streamlit as st

from assessment.files.problems import FileProblems
from assessment.files.questionnaires import ReadQuestionnaire, read_questionnaire
from assessment.method.inquiry import inquire
from assessment.method.questionnaire import Questionnaire
from assessment.pages import address, current, deleted
from assessment.pages.deleted import Last
from assessment.pages.markup import Html, element
from assessment.pages.shelf import shelf
from assessment.pages.start import archived, menu
from assessment.pages.words import interval, when
from assessment.store.access import Access
from assessment.store.records import DeletedTrace
from assessment.store.shelf import Found, ShelvedTrace
from reports.wording import capital, count

FIRST = 8
"""How many traces are listed at first; where there are more, they can be searched by name."""

MORE = 12
"""How many more are listed each time that somebody asks."""

_LISTED = "listed"
_WANTED = "find-name"


def find() -> Found:
    """Find the traces to list: the last changed, or those with the name that is looked for."""
    return shelf().find(_listed(), wanted_name())


def show_cards(found: Found, gone: tuple[DeletedTrace, ...]) -> None:
    """Show what was found as cards, and in its place what was put away last in this tab.

    Args:
        found: The traces.
        gone: The traces that are deleted, where one may be brought back.
    """
    away = [one for one in (deleted.last(gone), archived.last()) if one]
    wanted = wanted_name()
    if not found.traces and not away and not wanted:
        return
    st.html(element("h2", "Your traces"))
    menu.show_copied()
    if wanted or found.total > FIRST:
        _search(found, wanted)
    _list(found, away)
    if found.total > len(found.traces):
        left = found.total - len(found.traces)
        st.button(f"Show {min(MORE, left)} more", key="more", on_click=_list_more)


def _list(found: Found, away: list[Last]) -> None:
    for place, trace in enumerate(found.traces):
        _show_away(away, place, place)
        _card(trace, place)
    _show_away(away, len(found.traces), None)


def _show_away(away: list[Last], least: int, most: int | None) -> None:
    """Say in the place of a trace that it was put away."""
    for one in away:
        if least <= one.place and (most is None or one.place <= most):
            archived.show_undo(one) if archived.last() == one else deleted.show_undo(one)


def _search(found: Found, wanted: str) -> None:
    with st.container(key="find"):
        st.text_input(
            "Find a trace by its name",
            key=_WANTED,
            type="search",
            placeholder=f"Find among {found.total:,} by name" if not wanted else "",
            label_visibility="collapsed",
            live=True,
        )
    if wanted:
        many = capital(count(found.total, "trace"))
        said = f"{many} with “{wanted}” in the name."
        if not found.total:
            said = f"No trace has “{wanted}” in its name."
        st.html(element("p", said, class_="quiet small", role="status"))


def wanted_name() -> str:
    """Give the name that is looked for; "" where nobody looks for one."""
    return str(st.session_state.get(_WANTED) or "").strip()


def _listed() -> int:
    return int(st.session_state.get(_LISTED, FIRST))


def _list_more() -> None:
    st.session_state[_LISTED] = _listed() + MORE


def _card(trace: ShelvedTrace, place: int) -> None:
    read = _read(trace)
    is_open = (
        trace.access >= Access.EDIT
        and read is not None
        and bool(inquire(read.questionnaire, trace.trace).upcoming)
    )
    key = f"recent-{trace.id}"
    with st.container(key=key, horizontal=True, vertical_alignment="center"):
        st.html(summary(trace, read), width="stretch")
        query = address.query(trace.id)
        with st.container(
            key=f"card-ways-{'on' if is_open else 'out'}-{trace.id}",
            horizontal=True,
            vertical_alignment="center",
            width="content",
        ):
            if trace.access >= Access.EDIT:
                st.page_link(address.TRACE_PAGE, label="Go on", query_params=query)
            st.page_link(address.RESULT_PAGE, label="Result", query_params=query)
            menu.show_more(trace)
    menu.show_menu(trace, place)


def summary(trace: ShelvedTrace, read: ReadQuestionnaire | None) -> Html:
    """Say in a card what a trace is called, how far it is, and what is known of its level."""
    told = [element("h3", trace.name or current.UNNAMED, class_="name", dir="auto")]
    if read is None:
        told.append(element("p", "This version cannot read its questionnaire.", class_="small"))
        return element("div", element("div", *told, class_="told"), class_="card")
    told.append(element("p", _standing(trace, read), class_="stand"))
    told.append(element("p", _progress(trace, read), class_="quiet small"))
    steps = small_steps(
        read.questionnaire.top, *((trace.level, trace.ceiling) if _answered(trace) else (0, 0))
    )
    return element("div", steps, element("div", *told, class_="told"), class_="card")


def small_steps(top: int, level: int, ceiling: int) -> Html:
    """Draw the levels as steps: filled up to what is shown, framed up to what is possible."""
    steps = [
        element(
            "i",
            class_="shown" if step <= level else "possible" if step <= ceiling else None,
            style=f"--step:{step}",
        )
        for step in range(1, top + 1)
    ]
    return element("div", *steps, class_="mini-steps", style=f"--of:{top}", aria_hidden="true")


def _read(trace: ShelvedTrace) -> ReadQuestionnaire | None:
    text = trace.questionnaire
    try:
        return read_questionnaire(text.text, f"{text.id} {text.version}")
    except FileProblems:
        return None


def _answered(trace: ShelvedTrace) -> int:
    return sum(answer.option is not None for answer in trace.trace.answers.values())


def _standing(trace: ShelvedTrace, read: ReadQuestionnaire) -> str:
    if not _answered(trace):
        return "Nothing answered yet"
    return said_level(read.questionnaire, trace.level, trace.ceiling)


def said_level(questionnaire: Questionnaire, level: int, ceiling: int) -> str:
    """Say what is known of a level, with its name where there is only one."""
    names = [one.name for one in questionnaire.levels if one.level == level == ceiling]
    return " · ".join([interval(level, ceiling), *names])


def _progress(trace: ShelvedTrace, read: ReadQuestionnaire) -> str:
    left = len(inquire(read.questionnaire, trace.trace).upcoming)
    said = [f"changed {when(trace.changed, current.now())}"]
    if left:
        said.insert(0, f"{count(left, 'question')} worth asking")
    if trace.access < Access.OWN:
        said.append("shared with you")
    if answered := _answered(trace):
        said.insert(0, count(answered, "answer"))
    return capital(" · ".join(said))
