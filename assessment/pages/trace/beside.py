"""What stands beside an answer: its detail, and, when somebody opens it, evidence and a note."""

import streamlit as st

from assessment.method.answers import Answer
from assessment.method.questionnaire import Question
from assessment.pages import saving
from assessment.pages.current import OpenTrace
from assessment.pages.safe_text import plain
from assessment.pages.trace.case_form import show_cases
from assessment.pages.trace.case_lines import others, split
from reports.wording import count, listed

_MORE = "Add evidence or a note"


def show_beside(opened: OpenTrace, question: Question, answer: Answer) -> None:
    """Show the detail of an answer, and a fold with the rest, which is made when it opens."""
    if _asks_detail(question, answer) and question.detail is not None:
        widget = saving.held(opened.id, question.id, "detail", answer.detail)
        shown = st.text_input(
            plain(question.detail.ask),
            widget.default(""),
            key=widget.key,
            on_change=saving.keep_answer,
            args=(opened.id, question.id, "detail"),
        )
        saving.notice(widget, shown)
    fold = st.expander(
        "Check recent cases, add evidence or a note" if question.check else _MORE,
        key=fold_of(opened.id, question.id),
        type="compact",
        on_change="rerun",
    )
    if fold.open:
        with fold:
            _unfolded(opened, question, answer)


def fold_of(trace_id: str, question: str) -> str:
    """The key of the fold beside an answer."""
    return f"beside:{trace_id}:{question}"


def _unfolded(opened: OpenTrace, question: Question, answer: Answer) -> None:
    if question.check is not None:
        show_cases(opened.id, question, question.check, answer)
    more = "Other evidence" if question.check else "Evidence"
    _text(
        opened,
        question,
        "evidence",
        f"{more}: a link or a line of text, one piece a line",
        "\n".join(others(question.check, answer.evidence)),
    )
    _text(opened, question, "note", "Note", answer.note)
    st.button(
        "Take this answer back",
        key=f"back:{opened.id}:{question.id}",
        type="tertiary",
        on_click=saving.take_back,
        args=(opened.id, question.id),
    )


def _asks_detail(question: Question, answer: Answer) -> bool:
    """Whether the detail is asked for with this answer; one that was given always shows."""
    detail = question.detail
    if detail is None:
        return False
    if answer.detail:
        return True
    if answer.option is None or not answer.is_known:
        return False
    return detail.at_least is None or (
        question.ranks[answer.option] >= question.ranks[detail.at_least]
    )


def kept_beside(question: Question, answer: Answer) -> str:
    """Say what is kept beside an answer, so that nobody has to open the fold to see; "" for none.

    It stands outside the fold: one whose title changes closes.
    """
    cases = len(split(question.check, answer.evidence))
    pieces = len(answer.evidence) - cases
    given = [
        f"{cases} of {question.check.times} cases checked" if question.check and cases else "",
        count(pieces, "piece") + " of evidence" if pieces else "",
        "a note" if answer.note else "",
    ]
    kept = [part for part in given if part]
    return f"Kept with this answer: {listed(kept)}" if kept else ""


def _text(opened: OpenTrace, question: Question, part: str, label: str, stored: str) -> None:
    widget = saving.held(opened.id, question.id, part, stored)
    shown = st.text_area(
        label,
        widget.default(""),
        key=widget.key,
        height="content",
        on_change=saving.keep_answer,
        args=(opened.id, question.id, part),
        placeholder=(question.prove or "") if part == "evidence" else "",
    )
    saving.notice(widget, shown)
