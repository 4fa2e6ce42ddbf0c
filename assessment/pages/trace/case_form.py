"""The form that looks at a few recent cases point by point; each tick is saved as evidence."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from assessment.method.answers import Answer
from assessment.method.questionnaire import Check, Question
from assessment.pages import saving
from assessment.pages.markup import element, joined
from assessment.pages.safe_text import plain
from assessment.pages.trace.case_lines import Case, read_cases, split, write_cases
from assessment.pages.trace.edits import as_lines


def show_cases(trace_id: str, question: Question, check: Check, answer: Answer) -> None:
    """Show a line of ticks for each case, with a short name.

    Args:
        trace_id: The trace.
        question: The question whose answer they are evidence for.
        check: What to look at.
        answer: The answer with what was ticked so far.
    """
    waiting = saving.waiting(trace_id, question.id, "cases")
    lines = as_lines(waiting.value) if waiting else answer.evidence
    cases = read_cases(check, lines)
    if check.ask:
        st.html(joined([element("p", check.ask, class_="check-ask")]))
    shown = {
        number: _show_case(trace_id, question, check, number, cases.get(number, Case()))
        for number in range(1, check.times + 1)
    }
    key = saving.key_of(trace_id, question.id, "cases")
    stored = "\n".join(split(check, lines))
    is_new = any(is_first for is_first, _ in shown.values())
    form = saving.Held(trace_id, question.id, "cases", key, stored, is_new)
    saving.notice(form, _written(check, {number: case for number, (_, case) in shown.items()}))


def _show_case(
    trace_id: str, question: Question, check: Check, number: int, case: Case
) -> tuple[bool, Case]:
    """Show one case; gives whether this tab shows it for the first time, and what it shows."""
    given = (trace_id, question.id)
    name = saving.held(*given, f"case{number}", case.name)
    ticks = saving.held(*given, f"ticks{number}", list(case.ticked))
    label = f"{check.of} {number}"
    with st.container(key=f"case-{trace_id}-{question.id}-{number}", gap="xsmall"):
        called = st.text_input(
            plain(f"{label}: what it was"),
            name.default(""),
            key=name.key,
            placeholder="A short name",
            max_chars=120,
            on_change=_keep,
            args=(trace_id, question, check),
        )
        ticked = st.pills(
            plain(f"{label}: what it says"),
            list(check.points),
            format_func=plain,
            selection_mode="multi",
            default=ticks.default([]) or None,
            key=ticks.key,
            label_visibility="collapsed",
            on_change=_keep,
            args=(trace_id, question, check),
        )
    return name.is_new, Case(called or "", tuple(ticked))


def _keep(trace_id: str, question: Question, check: Check) -> None:
    """Save what the whole form holds now."""
    cases = {
        number: Case(_held(trace_id, question, f"case{number}") or "", tuple(ticked))
        for number in range(1, check.times + 1)
        for ticked in [_held(trace_id, question, f"ticks{number}") or ()]
    }
    saving.keep(trace_id, question.id, "cases", _written(check, cases))


def _written(check: Check, cases: Mapping[int, Case]) -> str:
    """The lines for what the form holds, one a case."""
    return "\n".join(write_cases(check, cases))


def _held(trace_id: str, question: Question, part: str) -> Any:
    return st.session_state.get(saving.key_of(trace_id, question.id, part))
