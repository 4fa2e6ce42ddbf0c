"""Answers into the database, each when it is given, and the truth about what is saved.

The database is the truth; the session only holds what could not be saved yet, so that nobody has to
type it twice.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast

import streamlit as st

from assessment.method.answers import Answer, FactValue, Trace
from assessment.method.engine import classify
from assessment.method.questionnaire import NAME_FACT, UNKNOWN, Fact, Question
from assessment.pages import current
from assessment.pages.safe_text import plain
from assessment.pages.words import changed
from assessment.store.errors import StoreUnavailable, TraceNotFound
from assessment.store.records import StoredResult
from reports.wording import capital, sentence

_log = logging.getLogger(__name__)

_UNSAVED = "unsaved"
_SAVED = "saved"
_NOTICED = "noticed"

LOST = "The connection was lost when this was given, and something else is kept in its place."

Value = Any
"""What a widget holds: an option's id, a text, a number, several choices, or None."""


@dataclass(frozen=True)
class Saved:
    """The last thing that was saved in this tab: when, and what it changed."""

    trace_id: str
    at: datetime
    effect: str = ""


@dataclass(frozen=True)
class Unsaved:
    """Something that was given and could not be saved."""

    trace_id: str
    what: str
    part: str
    value: Value
    why: str


@dataclass(frozen=True)
class Held:
    """What a widget should hold, and whether this is the first time that this tab shows it.

    `was_set` where the session held something else until now.
    """

    trace_id: str
    what: str
    part: str
    key: str
    value: Value
    is_new: bool
    was_set: bool = False

    def default(self, empty: Value) -> Value:
        """What a widget is made with: its value, unless the session has just been given it.

        Not only the first time: a browser whose connection broke in the middle of a page forgets
        what the rest of it held. It would show nothing there, and send that as an answer.
        """
        return empty if self.was_set else self.value


def key_of(trace_id: str, what: str, part: str) -> str:
    """The key of the widget for a part of an answer, or for a fact."""
    return f"{part}:{trace_id}:{what}"


def held(trace_id: str, what: str, part: str, stored: Value) -> Held:
    """Find what a widget should hold: what could not be saved yet, else what the database says.

    A widget that is there and holds it already is left alone, so that half-typed text stays.
    """
    key = key_of(trace_id, what, part)
    waiting = _unsaved().get(key)
    wanted = waiting.value if waiting else stored
    is_new = key not in st.session_state
    was_set = not is_new and st.session_state[key] != wanted
    if was_set:
        st.session_state[key] = wanted
    return Held(trace_id, what, part, key, wanted, is_new, was_set)


def notice(widget: Held, shown: Value) -> None:
    """Take note where a new widget shows something else than it was given.

    The browser sends what it shows when it meets a new server. What differs was given while the old
    one went down: where nothing stands in its place it is saved now. Or it was changed elsewhere
    since; only a person can tell, so that is not saved yet.
    """
    if not widget.is_new or shown == widget.value:
        return
    st.session_state[_NOTICED] = True
    if not widget.value:
        _keep(widget.trace_id, widget.what, widget.part, shown)
    else:
        _unsaved()[widget.key] = Unsaved(widget.trace_id, widget.what, widget.part, shown, LOST)


def tell_what_was_noticed() -> None:
    """Show the page again where something was noticed on the way down; the last call of a page."""
    if st.session_state.pop(_NOTICED, False):
        st.rerun()


def keep_answer(trace_id: str, question: str, part: str) -> None:
    """Save the part of an answer that a widget holds now; the widget's callback."""
    _keep(trace_id, question, part, st.session_state[key_of(trace_id, question, part)])


def take_back(trace_id: str, question: str) -> None:
    """Take an answer back; what was written beside it stays."""
    _keep(trace_id, question, "option", None)


def keep_fact(trace_id: str, fact: str) -> None:
    """Save the fact that a widget holds now; the widget's callback."""
    _keep(trace_id, fact, "fact", st.session_state[key_of(trace_id, fact, "fact")])


def try_again() -> None:
    """Save everything that could not be saved before."""
    for waiting in list(_unsaved().values()):
        _keep(waiting.trace_id, waiting.what, waiting.part, waiting.value)


def give_up(trace_id: str) -> None:
    """Leave what could not be saved, and show what the database says."""
    for key, waiting in list(_unsaved().items()):
        if waiting.trace_id == trace_id:
            del _unsaved()[key]


def unsaved(trace_id: str) -> tuple[Unsaved, ...]:
    """What of a trace is not saved."""
    return tuple(one for one in _unsaved().values() if one.trace_id == trace_id)


def last_saved(trace_id: str) -> Saved | None:
    """What was saved last in this tab."""
    saved = st.session_state.get(_SAVED)
    return saved if isinstance(saved, Saved) and saved.trace_id == trace_id else None


def _unsaved() -> dict[str, Unsaved]:
    return cast("dict[str, Unsaved]", st.session_state.setdefault(_UNSAVED, {}))


def _keep(trace_id: str, what: str, part: str, value: Value) -> None:
    key = key_of(trace_id, what, part)
    try:
        effect = _write(trace_id, what, part, value)
    except Exception as error:  # noqa: BLE001 - whatever it was, it is not saved, and that is said
        _unsaved()[key] = Unsaved(trace_id, what, part, value, failure(error))
    else:
        _unsaved().pop(key, None)
        st.session_state[_SAVED] = Saved(trace_id, current.now(), effect)


def failure(error: Exception) -> str:
    """Say in a sentence or two why something was not saved."""
    if isinstance(error, StoreUnavailable):
        return plain(f"{sentence(capital(error.problem))} {error.mend}")
    if isinstance(error, TraceNotFound):
        return plain(str(error))
    _log.error("something could not be saved", exc_info=error)
    return "Something went wrong. The server's log says what."


def _write(trace_id: str, what: str, part: str, value: Value) -> str:
    before = current.load(trace_id)
    questionnaire = before.questionnaire
    compute = current.classifying(questionnaire, trace_id)
    if part == "fact":
        fact = questionnaire.facts[what]
        given = {what: as_fact(fact, value)}
        if what == NAME_FACT and not given[what]:
            given = {what: before.name}
        current.store().save_facts(trace_id, given, compute, current.now())
        return ""
    written = [before.trace]

    def note_and_compute(trace: Trace) -> StoredResult:
        written.append(trace)
        return compute(trace)

    edit = _EDITS[part](questionnaire.by_id[what], value)
    current.store().change_answer(trace_id, what, edit, note_and_compute, current.now())
    if part != "option":
        return ""
    return changed(classify(questionnaire, before.trace), classify(questionnaire, written[-1]))


Edit = Callable[[Answer], Answer]


def _choose(question: Question, value: Value) -> Edit:
    if value is not None and value != UNKNOWN and value not in question.options:
        raise ValueError(f"'{value}' is not an option of {question.id}")
    return lambda answer: replace(answer, option=value)


def _detail(_: Question, value: Value) -> Edit:
    return lambda answer: replace(answer, detail=str(value or "").strip())


def _evidence(_: Question, value: Value) -> Edit:
    return lambda answer: replace(answer, evidence=as_lines(value))


def _note(_: Question, value: Value) -> Edit:
    return lambda answer: replace(answer, note=str(value or "").strip())


_EDITS: Mapping[str, Callable[[Question, Value], Edit]] = {
    "option": _choose,
    "detail": _detail,
    "evidence": _evidence,
    "note": _note,
}


def as_lines(text: str | None) -> tuple[str, ...]:
    """The lines of a text that are not blank."""
    return tuple(line.strip() for line in (text or "").splitlines() if line.strip())


def as_fact(fact: Fact, value: Value) -> FactValue | None:
    """What a widget holds as the value of a fact; None where nothing is given."""
    if value is None or value == "" or value == []:
        return None
    if fact.type == "choices":
        return tuple(value)
    if fact.type in ("number", "level"):
        return int(value)
    return str(value).strip() or None
