"""One question on the page: options, what stands beside the answer, and help that unfolds."""

from collections.abc import Sequence

import streamlit as st

from assessment.method.answers import Answer
from assessment.method.questionnaire import UNKNOWN, Question
from assessment.pages import saving
from assessment.pages.current import OpenTrace
from assessment.pages.markup import Html, bullets, element, if_any, joined
from assessment.pages.safe_text import plain
from reports.wording import WE_DO_NOT_KNOW, source_text


def show_question(opened: OpenTrace, question: Question, eyebrow: str) -> None:
    """Show a question with what was answered; every part is saved when it is given.

    Args:
        opened: The trace.
        question: One that applies.
        eyebrow: Where it stands, in a few words, above it.
    """
    answer = opened.trace.answer(question.id)
    with st.container(key=f"question-{opened.id}-{question.id}", gap="xsmall"):
        st.html(
            joined(
                [
                    element("p", eyebrow, class_="eyebrow"),
                    element("h2", question.ask),
                    if_any("p", question.why, class_="why"),
                ]
            )
        )
        _options(opened, question)
        help_text = _help(opened, question)
        if help_text:
            with st.expander("What counts, and what would prove it", type="compact"):
                st.html(help_text)
        if answer.option is not None:
            _beside(opened, question, answer)


def _options(opened: OpenTrace, question: Question) -> None:
    stored = opened.trace.answer(question.id).option
    widget = saving.held(opened.id, question.id, "option", stored)
    texts = {option: plain(o.text) for option, o in question.options.items()}
    texts[UNKNOWN] = plain(WE_DO_NOT_KNOW)
    chosen = widget.default(None)
    with st.container(key=f"options-{opened.id}-{question.id}"):
        shown = st.radio(
            plain(question.ask),
            list(texts),
            format_func=texts.__getitem__,
            index=list(texts).index(chosen) if chosen else None,
            key=widget.key,
            label_visibility="collapsed",
            on_change=saving.keep_answer,
            args=(opened.id, question.id, "option"),
        )
    saving.notice(widget, shown)


def _beside(opened: OpenTrace, question: Question, answer: Answer) -> None:
    """Detail, evidence and note of an answer, and the way to take it back."""
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
    with st.expander(_beside_title(answer), type="compact"):
        _text(
            opened, question, "evidence", "Evidence, one piece a line", "\n".join(answer.evidence)
        )
        _text(opened, question, "note", "Note", answer.note)
        st.caption("A text is saved when you leave its field.")
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


def _beside_title(answer: Answer) -> str:
    given = [
        f"{len(answer.evidence)} of evidence" if answer.evidence else "",
        "a note" if answer.note else "",
    ]
    kept = " and ".join(part for part in given if part)
    return f"Evidence and note: {kept}" if kept else "Add evidence or a note"


def _text(opened: OpenTrace, question: Question, part: str, label: str, stored: str) -> None:
    widget = saving.held(opened.id, question.id, part, stored)
    shown = st.text_area(
        label,
        widget.default(""),
        key=widget.key,
        on_change=saving.keep_answer,
        args=(opened.id, question.id, part),
        placeholder=(question.prove or "") if part == "evidence" else "",
    )
    saving.notice(widget, shown)


def _help(opened: OpenTrace, question: Question) -> Html:
    parts = [
        _listed("Counts", question.counts, "counts"),
        _listed("Does not count", question.does_not_count, "does-not-count"),
        _listed("What would prove it", [question.prove] if question.prove else [], None),
        _listed("Who would know", [question.who_knows] if question.who_knows else [], None),
        if_any("p", source_text(question.source, opened.questionnaire), class_="source"),
    ]
    return element("div", *parts, class_="help") if any(parts) else Html()


def _listed(title: str, lines: Sequence[str], kind: str | None) -> Html:
    if not lines:
        return Html()
    return joined([element("h3", title), bullets(lines, class_=kind)])
