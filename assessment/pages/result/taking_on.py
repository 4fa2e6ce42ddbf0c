"""The small forms in which somebody takes something on, changes that, or says what came of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

import streamlit as st

from assessment.pages import current, saving
from assessment.pages.markup import element
from assessment.pages.safe_text import plain
from assessment.pages.shelf import plans_about
from assessment.store.plans import ActionNotFound, AlreadyTakenOn
from assessment.taken_on import Action, Terms
from reports.gap_cards import GapCard
from reports.plan_cards import TakenCard

_OPEN = "plan-form"
_SAID = "plan-said"
_DROPPED = "plan-dropped"
_DROP = "drop"

DAYS = {"S": 7, "M": 30, "L": 91}
"""How long an action of a size takes, at most; its date starts out so."""

STEP = "step"
"""The place on the page where the one next step stands."""

LONGEST_OWNER = 120
LONGEST_NOTE = 1000

NOBODY = "Write who owns it: a name or a role."


@dataclass(frozen=True)
class Form:
    """The one form that is open in this tab: what for, which action, and what was wrong in it."""

    purpose: str
    trace_id: str
    question: str
    mark: str
    problem: str = ""


@dataclass(frozen=True)
class Said:
    """What was done last about the plan, or why it was not, in a sentence or two."""

    trace_id: str
    text: str
    is_problem: bool = False


def offer(trace_id: str, card: GapCard, place: str) -> None:
    """Offer to take a gap on, or show the form for it; nothing where it is taken on already.

    Args:
        trace_id: Of the trace.
        card: The gap.
        place: Where on the page it stands, since the same gap may stand in two places.
    """
    if card.taken is not None or card.state == "not_asked":
        return
    form = Form("take", trace_id, card.question_id, card.mark)
    if is_open(form):
        due = current.today() + timedelta(days=DAYS.get(card.effort, DAYS["M"]))
        keep = partial(_take, form, card.action)
        _show_terms(form, Terms("", due), "Take it on", keep)
        return
    st.button(
        "Take it on",
        key=_key(form, place),
        type="primary" if place == STEP else "secondary",
        icon=":material/add:",
        on_click=open_,
        args=(form,),
    )


def show_change(trace_id: str, action: Action) -> bool:
    """Show the form in which an action is changed, if it is open."""
    form = form_of("change", trace_id, action)
    if not is_open(form):
        return False
    _show_terms(form, action.terms, "Save", partial(_change, form, action))
    return True


def show_outcome(trace_id: str, card: TakenCard) -> bool:
    """Show the form for what is written down when an action is done, if it is open."""
    form = form_of("finish", trace_id, card.action)
    if not is_open(form):
        return False
    keys = {label: _key(form, f"label-{place}") for place, label in enumerate(card.form)}
    with st.form(_key(form, "form")):
        st.html(element("p", "Write down what was decided; a line may stay empty.", class_="quiet"))
        for label, key in keys.items():
            st.text_input(
                plain(label),
                card.action.outcome.get(label, ""),
                max_chars=LONGEST_NOTE,
                key=key,
            )
        _show_ends(form, "It is done", partial(_finish, form, card.action, keys))
    return True


def is_open(form: Form) -> bool:
    """Whether this form is the one that is open."""
    shown = st.session_state.get(_OPEN)
    return isinstance(shown, Form) and replace(shown, problem="") == form


def open_(form: Form) -> None:
    """Open a form, in place of whichever was open."""
    st.session_state[_OPEN] = form


def form_of(purpose: str, trace_id: str, action: Action) -> Form:
    """The form about an action."""
    return Form(purpose, trace_id, action.question, action.mark)


def finish(trace_id: str, card: TakenCard) -> None:
    """Tick an action off, or ask what came of it first; a button's callback."""
    form = form_of("finish", trace_id, card.action)
    if card.form:
        open_(form)
    else:
        _finish(form, card.action, {})


def reopen(trace_id: str, action: Action) -> None:
    """Take a tick back; a button's callback."""
    with _trying(form_of("reopen", trace_id, action)) as say:
        plans_about(trace_id).reopen(trace_id, action, current.now())
        say("It is to be done again.")


def drop(trace_id: str, action: Action) -> None:
    """Forget an action, with a way back; a button's callback."""
    with _trying(form_of(_DROP, trace_id, action)):
        kept = plans_about(trace_id).drop(trace_id, action)
        st.session_state[_DROPPED] = (trace_id, kept or action)


def dropped(trace_id: str) -> Action | None:
    """What was dropped last in this tab and can be brought back."""
    of, action = st.session_state.get(_DROPPED, ("", None))
    return action if of == trace_id and isinstance(action, Action) else None


def bring_back(trace_id: str, action: Action) -> None:
    """Undo what `drop` did; a button's callback."""
    with _trying(form_of("restore", trace_id, action)) as say:
        plans_about(trace_id).restore(trace_id, action, current.now())
        say("It is taken on again.")


def set_target(trace_id: str, key: str) -> None:
    """Keep the level that is enough for now; the callback of the field that has the key."""
    with _trying(Form("target", trace_id, "", "")):
        plans_about(trace_id).set_target(trace_id, st.session_state[key])


def said(trace_id: str) -> Said | None:
    """What was done last in this tab, to be said once."""
    found = st.session_state.pop(_SAID, None)
    return found if isinstance(found, Said) and found.trace_id == trace_id else None


def _show_terms(form: Form, terms: Terms, label: str, keep: Callable[[], None]) -> None:
    first = min(filter(None, (terms.due, current.today())))
    with st.form(_key(form, "form")):
        with st.container(key=_key(form, "fields"), horizontal=True):
            st.text_input(
                "Who owns it",
                terms.owner,
                max_chars=LONGEST_OWNER,
                placeholder="A name or a role",
                key=_key(form, "owner"),
            )
            st.date_input(
                "By when", terms.due, min_value=first, format="YYYY-MM-DD", key=_key(form, "due")
            )
        st.text_input("Note", terms.note, max_chars=LONGEST_NOTE, key=_key(form, "note"))
        _show_ends(form, label, keep)


def _show_ends(form: Form, label: str, keep: Callable[[], None]) -> None:
    shown: Form = st.session_state[_OPEN]
    if shown.problem:
        st.error(plain(shown.problem))
    with st.container(key=_key(form, "ends"), horizontal=True):
        st.form_submit_button(label, type="primary", key=_key(form, "keep"), on_click=keep)
        st.form_submit_button("Cancel", type="tertiary", key=_key(form, "cancel"), on_click=_close)


def _take(form: Form, words: str) -> None:
    action = Action(form.question, form.mark, words, _terms(form), current.now())
    if _owned(form, action.terms):
        with _trying(form) as say:
            say(_told(plans_about(form.trace_id).take_on(form.trace_id, action)))


def _change(form: Form, before: Action) -> None:
    given = _terms(form)

    def revise(now: Terms) -> Terms:
        """Only what was changed here; the rest may have been changed elsewhere meanwhile."""
        fields = ("owner", "due", "note")
        new = {
            f: getattr(given, f) for f in fields if getattr(given, f) != getattr(before.terms, f)
        }
        return replace(now, **new)

    if _owned(form, given):
        with _trying(form) as say:
            about = plans_about(form.trace_id)
            say(_told(about.change(form.trace_id, before, revise, current.now())))


def _finish(form: Form, action: Action, keys: dict[str, str]) -> None:
    outcome = {label: str(st.session_state.get(key) or "") for label, key in keys.items()}
    with _trying(form) as say:
        plans_about(form.trace_id).finish(form.trace_id, action, outcome, current.now())
        say("Done, and kept.")


def _terms(form: Form) -> Terms:
    given = (st.session_state.get(_key(form, part)) for part in ("owner", "due", "note"))
    owner, due, note = given
    return Terms(str(owner or "").strip(), due if isinstance(due, date) else None, str(note or ""))


def _owned(form: Form, terms: Terms) -> bool:
    if not terms.owner:
        st.session_state[_OPEN] = replace(form, problem=NOBODY)
    return bool(terms.owner)


def _told(action: Action) -> str:
    due, today = action.terms.due, current.today()
    late = " The day has passed already, so it is shown as due." if due and due < today else ""
    return f"Kept: {action.terms.owner} takes it on.{late}"


def _close() -> None:
    st.session_state.pop(_OPEN, None)


@contextmanager
def _trying(form: Form) -> Iterator[Callable[[str], None]]:
    """Write, close the form and say what was done; or leave it open and say why not."""
    told: list[str] = []
    try:
        yield told.append
    except (ActionNotFound, AlreadyTakenOn) as error:
        _close()  # where it stood, something else stands now
        problem = str(error)
    except Exception as error:  # noqa: BLE001 - whatever it was, it is not kept, and that is said
        problem = saving.failure(error)
    else:
        _close()
        if form.purpose != _DROP:
            st.session_state.pop(_DROPPED, None)
        st.session_state[_SAID] = Said(form.trace_id, " ".join(told))
        return
    if is_open(form):
        st.session_state[_OPEN] = replace(form, problem=problem)
    else:
        st.session_state[_SAID] = Said(form.trace_id, problem, is_problem=True)


def _key(form: Form, part: str) -> str:
    return f"plan-{form.purpose}-{part}-{form.trace_id}-{form.question}-{form.mark}"
