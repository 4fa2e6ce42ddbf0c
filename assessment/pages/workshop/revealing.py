"""A question that was revealed, on the control screen: the spread, and what it may decide."""

import streamlit as st

from assessment.method.questionnaire import Question
from assessment.method.room import Reason
from assessment.pages.markup import bullets, element, joined
from assessment.pages.workshop import running, ways
from assessment.pages.workshop.hands import show_correction
from assessment.pages.workshop.running import Running
from assessment.pages.workshop.spread_parts import shown_spread, talk_about
from reports.wording import capital, count

_DECIDES = {Reason.GATE: "decides the level", Reason.MARK: "split on a mark"}


def show_revealed(now: Running, question: Question) -> None:
    """Show how the room answered, why that matters, and the comments."""
    agreed = now.agreed.get(question.id)
    st.html(shown_spread(now.spread(question), agreed.option if agreed else None))
    _why(now, question)
    show_correction(now, question)
    _comments(now, question)


def _why(now: Running, question: Question) -> None:
    found = next((r for r in now.revealed if r.spread.question.id == question.id), None)
    if found is not None:
        above = now.standing.level
        levels = now.questionnaire.levels
        st.html(talk_about(found, levels[above] if above < len(levels) else None))


def _comments(now: Running, question: Question) -> None:
    comments = running.said().comments(now.key, question.id)
    if comments:
        with st.expander(capital(count(len(comments), "comment")), expanded=True):
            st.html(bullets(comments, class_="comments", dir="auto"))


def show_others(now: Running, here: Question) -> None:
    """Show every question that was revealed, the most useful to talk about first."""
    if len(now.revealed) < 2:
        return
    title = f"All {len(now.revealed)} questions that were revealed"
    with st.expander(title, type="compact", key="all-revealed"):
        for one in now.revealed:
            question = one.spread.question
            state = "recorded" if question.id in now.agreed else "to talk about"
            with st.container(key=f"revealed-{question.id}", horizontal=True):
                said = " · ".join(part for part in (state, _DECIDES.get(one.reason)) if part)
                told = [element("p", question.ask), element("p", said, class_="quiet small")]
                st.html(joined(told), width="stretch")
                if question.id != here.id:
                    ways.show_spread(now, question, "Show")
