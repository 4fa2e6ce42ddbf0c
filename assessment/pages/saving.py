"""Answers into the database, each when it is given, and the truth about what is saved.

The database is the truth; the session only holds what could not be saved yet, so that nobody has to
type it twice.
"""

import logging
from dataclasses import dataclass, replace
from datetime import datetime
from typing import cast

import streamlit as st

from assessment.method.answers import Answer, Trace
from assessment.method.engine import classify
from assessment.method.questionnaire import NAME_FACT, Fact
from assessment.pages import current
from assessment.pages.current import OpenTrace
from assessment.pages.safe_text import plain
from assessment.pages.trace import shown
from assessment.pages.trace.edits import Value, as_fact, editing
from assessment.pages.words import changed
from assessment.store.errors import StoreUnavailable, TraceNotFound
from assessment.store.records import Edit, StoredResult
from reports.wording import capital, sentence

_log = logging.getLogger(__name__)

_UNSAVED = "unsaved"
_SAVED = "saved"
_NOTICED = "noticed"
_GIVEN = "given"
_DEALT = "dealt-with"
_HELD = "held"
_MET = "met"

CHANGED_MEANWHILE = "Somebody changed this answer after you, so nothing was undone."

LOST = "The connection was lost when this was given, and something else is kept in its place."


@dataclass(frozen=True)
class Saved:
    """The last thing that was saved in this tab: when, and what it changed."""

    trace_id: str
    at: datetime
    effect: str = ""


@dataclass(frozen=True)
class Given:
    """The last answer that was given in this tab, and what stood there before: what undo needs."""

    trace_id: str
    question: str
    before: Answer
    after: Answer


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
    """What a widget should hold, and whether it is new to this tab: no whole page had it yet.

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
    is_new = key not in st.session_state or key not in st.session_state.get(_MET, ())
    st.session_state.setdefault(_HELD, set()).add(key)
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
    """Show the page again where something was noticed on the way down; the last call of a page.

    Only now its widgets are known. A run that is broken off in the middle may not have come to
    notice what one of them shows.
    """
    st.session_state.setdefault(_MET, set()).update(st.session_state.pop(_HELD, ()))
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


def dealt_with() -> int:
    """How much that was given in this tab is saved, or called unsaved; the page's script counts."""
    return int(st.session_state.get(_DEALT, 0))


def last_saved(trace_id: str) -> Saved | None:
    """What was saved last in this tab."""
    saved = st.session_state.get(_SAVED)
    return saved if isinstance(saved, Saved) and saved.trace_id == trace_id else None


def last_given(trace_id: str) -> Given | None:
    """The last answer that was given in this tab and can be undone."""
    given = st.session_state.get(_GIVEN)
    return given if isinstance(given, Given) and given.trace_id == trace_id else None


def undo(trace_id: str) -> None:
    """Put back what stood before the last answer of this tab, if nobody has changed it since."""
    given = last_given(trace_id)
    if given is None:
        return
    try:
        was_changed, effect = _change_answer(trace_id, given.question, _restoring(given))
    except Exception as error:  # noqa: BLE001 - nothing was undone, and that is said
        st.session_state[_SAVED] = Saved(trace_id, current.now(), failure(error))
        return
    del st.session_state[_GIVEN]
    said = f"Undone. {effect}" if was_changed else CHANGED_MEANWHILE
    st.session_state[_SAVED] = Saved(trace_id, current.now(), said)


def waiting(trace_id: str, what: str, part: str) -> Unsaved | None:
    """What was given for a part of an answer, or a fact, and could not be saved yet."""
    return _unsaved().get(key_of(trace_id, what, part))


def keep(trace_id: str, what: str, part: str, value: Value) -> None:
    """Save a part of an answer that is made of several widgets; for callbacks."""
    _keep(trace_id, what, part, value)


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
    st.session_state[_DEALT] = dealt_with() + 1


def failure(error: Exception) -> str:
    """Say in a sentence or two why something was not saved."""
    if isinstance(error, StoreUnavailable):
        return plain(f"{sentence(capital(error.problem))} {error.mend}")
    if isinstance(error, TraceNotFound):
        return plain(str(error))
    _log.error("something could not be saved", exc_info=error)
    return "Something went wrong. The server's log says what."


def _write(trace_id: str, what: str, part: str, value: Value) -> str:
    """Save a fact or a part of an answer, and say what that changed."""
    questionnaire = shown.last(trace_id).questionnaire
    if part == "fact":
        _write_fact(trace_id, questionnaire.facts[what], value)
        return ""
    question = questionnaire.by_id[what]
    _, effect = _change_answer(trace_id, what, editing(question, part, value))
    return effect if part == "option" else ""


def _write_fact(trace_id: str, fact: Fact, value: Value) -> None:
    opened = shown.last(trace_id)
    given = {fact.id: as_fact(fact, value)}
    if fact.id == NAME_FACT and not given[fact.id]:
        given = {fact.id: current.load(trace_id).name}
    compute = current.classifying(opened.questionnaire, trace_id)
    current.store().save_facts(trace_id, given, compute, current.now())


def _change_answer(trace_id: str, question: str, edit: Edit) -> tuple[bool, str]:
    """Change an answer; gives whether anything changed, and what that changed about the level."""
    opened = shown.last(trace_id)
    compute = current.classifying(opened.questionnaire, trace_id)
    before: list[Answer] = []
    after: list[tuple[Trace, StoredResult]] = []

    def note_and_edit(answer: Answer) -> Answer:
        before.append(answer)
        return edit(answer)

    def note_and_compute(trace: Trace) -> StoredResult:
        after.append((trace, compute(trace)))
        return after[-1][1]

    now = current.now()
    if not current.store().change_answer(trace_id, question, note_and_edit, note_and_compute, now):
        return False, "The level stays as it was."
    trace, result = after[-1]
    shown.just_saved(_as_saved(opened, trace, result, now))
    st.session_state[_GIVEN] = Given(trace_id, question, before[-1], trace.answer(question))
    former = replace(trace, answers={**trace.answers, question: before[-1]})
    questionnaire = opened.questionnaire
    return True, changed(classify(questionnaire, former), classify(questionnaire, trace))


def _as_saved(opened: OpenTrace, trace: Trace, result: StoredResult, now: datetime) -> OpenTrace:
    return replace(opened, stored=replace(opened.stored, trace=trace, result=result, changed=now))


def _restoring(given: Given) -> Edit:
    return lambda answer: given.before if answer == given.after else answer
