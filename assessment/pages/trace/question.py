"""One question on the page: what is asked and why, its options, and help that unfolds."""

from collections.abc import Sequence

import streamlit as st

from assessment.method.questionnaire import UNKNOWN, Question, Questionnaire
from assessment.pages import saving
from assessment.pages.current import OpenTrace
from assessment.pages.markup import Html, bullets, element, if_any, joined
from assessment.pages.safe_text import plain
from assessment.pages.trace.beside import fold_of, kept_beside, show_beside
from reports.wording import WE_DO_NOT_KNOW, source_text


def show_question(opened: OpenTrace, question: Question, heading: str) -> None:
    """Show what can be answered; every part is saved when it is given.

    Args:
        opened: The trace.
        question: One that applies. What it asks stands above, by `asked`.
        heading: The tag of the headings in its help, one below that of the question.
    """
    _options(opened, question)
    answer = opened.trace.answer(question.id)
    is_open = bool(st.session_state.get(fold_of(opened.id, question.id)))
    kept = if_any("p", None if is_open else kept_beside(question, answer), class_="kept")
    below = joined([_help(opened.questionnaire, question, heading), kept])
    if below:
        st.html(below)
    if answer.option is not None:
        show_beside(opened, question, answer)


def asked(question: Question, eyebrow: Html, heading: str) -> Html:
    """What a question asks, and why.

    Args:
        question: The question.
        eyebrow: Where it stands, above it.
        heading: The tag of its heading, `h1` where the page is about it alone.
    """
    return joined(
        [
            eyebrow,
            element(heading, question.ask, data_asks=question.id),
            if_any("p", question.why, class_="why"),
        ]
    )


def _options(opened: OpenTrace, question: Question) -> None:
    stored = opened.trace.answer(question.id).option
    widget = saving.held(opened.id, question.id, "option", stored)
    texts = {option: plain(o.text) for option, o in question.options.items()}
    texts[UNKNOWN] = plain(WE_DO_NOT_KNOW)
    chosen = widget.default(None)
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


def _help(questionnaire: Questionnaire, question: Question, heading: str) -> Html:
    """What counts, what would prove it, who would know: one fold, open without the server."""
    parts = [
        _listed(heading, "Counts", question.counts, "counts"),
        _listed(heading, "Does not count", question.does_not_count, "does-not-count"),
        _listed(heading, "What would prove it", [question.prove] if question.prove else []),
        _listed(heading, "Who would know", [question.who_knows] if question.who_knows else []),
        if_any("p", source_text(question.source, questionnaire), class_="source"),
    ]
    if not any(parts):
        return Html()
    summary = element("summary", "What counts, and what would prove it")
    return element("details", summary, *parts, class_="help")


def _listed(heading: str, title: str, lines: Sequence[str], kind: str | None = None) -> Html:
    if not lines:
        return Html()
    return joined([element(heading, title), bullets(lines, class_=kind)])
