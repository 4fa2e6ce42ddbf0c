"""The facts of a use case as fields, each saved when given."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from assessment.method.answers import FactValue
from assessment.method.questionnaire import Fact, Questionnaire
from assessment.pages import saving
from assessment.pages.current import OpenTrace
from assessment.pages.markup import element, if_any, joined
from assessment.pages.safe_text import plain
from assessment.pages.saving import Held
from assessment.pages.trace.numbers import NotANumber, read_number


def show_fact(opened: OpenTrace, fact: Fact) -> None:
    """Show the field of one fact."""
    stored = opened.trace.facts.get(fact.id)
    widget = saving.held(opened.id, fact.id, "fact", _as_held(fact, stored))
    with st.container(key=f"factbox-{opened.id}-{fact.id}", gap="xsmall"):
        st.html(joined([element("h2", ask(fact)), if_any("p", fact.help, class_="quiet")]))
        shown = _FIELDS[fact.type](fact, widget, opened.questionnaire)
        if fact.type in _ONE_OF and widget.value is not None and not fact.required:
            key = f"clear-{opened.id}-{fact.id}"
            given = (opened.id, fact.id)
            st.button("Clear this choice", key=key, type="tertiary", on_click=_clear, args=given)
    saving.notice(widget, shown)


_ONE_OF = ("choice", "level")
"""Facts of which one choice is taken, which alone a click cannot take back."""


def _clear(trace_id: str, fact: str) -> None:
    st.session_state[saving.key_of(trace_id, fact, "fact")] = None
    saving.keep_fact(trace_id, fact)


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
        placeholder=example(fact),
        on_change=saving.keep_fact,
        args=(widget.trace_id, fact.id),
    )


def _number(fact: Fact, widget: Held, _: Questionnaire) -> object:
    """A field for a number as people say it; what it says is saved, not how."""
    text_key = f"text-{widget.key}"
    kept = _spelled(widget.value)
    if widget.was_set:
        st.session_state[text_key] = kept
    st.session_state[widget.key] = widget.value
    said = st.text_input(
        plain(ask(fact)),
        "" if widget.was_set else kept,
        key=text_key,
        label_visibility="collapsed",
        placeholder=example(fact) or fact.unit or "",
        width=320,
        on_change=_keep_number,
        args=(widget.trace_id, fact.id, widget.key),
    )
    try:
        return read_number(said) if said != kept else widget.value
    except NotANumber as error:
        kept_so = f" The {kept} from before is kept." if kept else ""
        st.error(plain(f"{error}{kept_so}"), title="Not saved yet")
        return widget.value


def _keep_number(trace_id: str, fact: str, key: str) -> None:
    try:
        st.session_state[key] = read_number(st.session_state[f"text-{key}"])
    except NotANumber:
        return  # the field says what to write; what was saved stays
    saving.keep_fact(trace_id, fact)


def _spelled(number: object) -> str:
    return f"{number:,}" if isinstance(number, (int, float)) else ""


def _choice(fact: Fact, widget: Held, _: Questionnaire) -> object:
    return _radio(
        fact, widget, {one: (fact.option_text(one), fact.options[one].help) for one in fact.options}
    )


def _level(fact: Fact, widget: Held, questionnaire: Questionnaire) -> object:
    levels = questionnaire.levels
    return _radio(
        fact, widget, {one.level: (f"{one.level} · {one.name}", one.in_short) for one in levels}
    )


def _radio(fact: Fact, widget: Held, texts: Mapping[Any, tuple[str, str | None]]) -> object:
    """Choices below one another, each with what explains it."""
    chosen = widget.default(None)
    return st.radio(
        plain(ask(fact)),
        list(texts),
        format_func=lambda one: plain(texts[one][0]),
        captions=[plain(explained or "") for _, explained in texts.values()],
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
        format_func=lambda option: _explained(fact, option),
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


def _explained(fact: Fact, option: str) -> str:
    """A choice, with what explains it behind it."""
    explained = fact.options[option].help
    name = f"**{plain(fact.option_text(option))}**"
    return f"{name} {plain(explained)}" if explained else name


def example(fact: Fact) -> str:
    """What stands in the empty field."""
    return f"For example: {fact.example}" if fact.example else ""
