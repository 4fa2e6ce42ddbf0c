"""The facts of a use case as fields, each saved when given."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from assessment.files.case_facts import LARGEST_NUMBER
from assessment.method.answers import FactValue
from assessment.method.questionnaire import Fact, Questionnaire
from assessment.pages import saving
from assessment.pages.current import OpenTrace
from assessment.pages.markup import Html, element, if_any, joined
from assessment.pages.safe_text import plain
from assessment.pages.saving import Held


def show_fact(opened: OpenTrace, fact: Fact) -> None:
    """Show the field of one fact."""
    stored = opened.trace.facts.get(fact.id)
    widget = saving.held(opened.id, fact.id, "fact", _as_held(fact, stored))
    with st.container(key=f"factbox-{opened.id}-{fact.id}", gap="xsmall"):
        st.html(joined([element("h2", ask(fact)), if_any("p", fact.help, class_="quiet")]))
        shown = _FIELDS[fact.type](fact, widget, opened.questionnaire)
        if fact.type == "choices":
            st.html(_explanations(fact))
    saving.notice(widget, shown)


def ask(fact: Fact) -> str:
    """How a fact is asked for."""
    return fact.ask or fact.title


def _as_held(fact: Fact, stored: FactValue | None) -> object:
    """A fact as its field holds it."""
    if fact.type == "choices":
        return list(stored) if isinstance(stored, tuple) else [stored] if stored else []
    if fact.type == "text":
        return "" if stored is None else str(stored)
    return stored


def _text(fact: Fact, widget: Held, _: Questionnaire) -> object:
    return st.text_input(
        plain(ask(fact)),
        widget.default(""),
        key=widget.key,
        label_visibility="collapsed",
        placeholder=_example(fact),
        on_change=saving.keep_fact,
        args=(widget.trace_id, fact.id),
    )


def _number(fact: Fact, widget: Held, _: Questionnaire) -> object:
    whole = not isinstance(widget.value, float)
    return st.number_input(
        plain(ask(fact)),
        min_value=0 if whole else 0.0,
        max_value=LARGEST_NUMBER if whole else float(LARGEST_NUMBER),
        value=widget.default(None),
        step=1 if whole else 1.0,
        key=widget.key,
        label_visibility="collapsed",
        placeholder=_example(fact) or fact.unit or "",
        width=260,
        on_change=saving.keep_fact,
        args=(widget.trace_id, fact.id),
    )


def _choice(fact: Fact, widget: Held, _: Questionnaire) -> object:
    return _radio(fact, widget, {option: _explained(fact, option) for option in fact.options})


def _level(fact: Fact, widget: Held, questionnaire: Questionnaire) -> object:
    texts = {one.level: plain(f"{one.level} · {one.name}") for one in questionnaire.levels}
    return _radio(fact, widget, texts)


def _radio(fact: Fact, widget: Held, texts: Mapping[Any, str]) -> object:
    chosen = widget.default(None)
    return st.radio(
        plain(ask(fact)),
        list(texts),
        format_func=texts.__getitem__,
        index=list(texts).index(chosen) if chosen in texts else None,
        key=widget.key,
        label_visibility="collapsed",
        on_change=saving.keep_fact,
        args=(widget.trace_id, fact.id),
    )


def _choices(fact: Fact, widget: Held, _: Questionnaire) -> object:
    return st.pills(
        plain(ask(fact)),
        list(fact.options),
        format_func=lambda option: plain(fact.option_text(option)),
        selection_mode="multi",
        default=widget.default([]) or None,
        key=widget.key,
        label_visibility="collapsed",
        on_change=saving.keep_fact,
        args=(widget.trace_id, fact.id),
    )


_FIELDS: Mapping[str, Callable[[Fact, Held, Questionnaire], object]] = {
    "text": _text,
    "number": _number,
    "choice": _choice,
    "choices": _choices,
    "level": _level,
}


def _explanations(fact: Fact) -> Html:
    """What explains each of several choices."""
    lines = [
        element("li", element("strong", fact.option_text(option)), f" · {choice.help}")
        for option, choice in fact.options.items()
        if choice.help
    ]
    return element("ul", *lines, class_="quiet small")


def _explained(fact: Fact, option: str) -> str:
    """A choice, with what explains it behind it."""
    explained = fact.options[option].help
    name = f"**{plain(fact.option_text(option))}**"
    return f"{name} · {plain(explained)}" if explained else name


def _example(fact: Fact) -> str:
    return f"For example: {fact.example}" if fact.example else ""
