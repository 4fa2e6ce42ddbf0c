"""What a reader is told when something fails: what is wrong, and the way out. Never a traceback."""

import logging
from collections.abc import Callable

import streamlit as st

from assessment.files.problems import FileProblems
from assessment.pages import address, deleted, saving
from assessment.pages.current import UNNAMED, now, store
from assessment.pages.markup import bullets, element, joined
from assessment.pages.words import when
from assessment.store.errors import (
    NotAllowed,
    SchemaTooNew,
    StoreUnavailable,
    TraceDeleted,
    TraceNotFound,
)
from reports.wording import capital, count, sentence

_log = logging.getLogger("assessment.pages")

OTHERS = 5
"""How many other traces are offered where one is not found."""


def page(show: Callable[[], None]) -> None:
    """Show a page; whatever goes wrong becomes a message with a way out."""
    try:
        show()
    except TraceDeleted as error:
        _deleted(error)
    except NotAllowed as error:
        _not_allowed(error)
    except TraceNotFound:
        _not_found()
    except StoreUnavailable as error:
        _unavailable(error)
    except FileProblems as problems:
        _unreadable(problems)
    except Exception:  # noqa: BLE001 - the page's last line of defence; the log has the rest
        _log.exception("a page failed")
        _unexpected()


def no_trace() -> None:
    """Say that no trace is chosen yet."""
    _message("No use case is open", "Start a new one, or go on with one that was started before.")
    _ways_out()


def _message(title: str, *paragraphs: str) -> None:
    st.set_page_config(page_title=f"{title} · Coordination audit")
    st.html(
        element(
            "section",
            element("h1", title),
            *(element("p", text, class_="lead") for text in paragraphs),
            class_="message",
        )
    )


def _not_found() -> None:
    _message(
        "There is no trace at this address",
        "The link may be incomplete, or it belongs to another installation. The "
        "start page lists every trace that is here.",
    )
    _ways_out()


def _not_allowed(error: NotAllowed) -> None:
    _message("This trace is not yours to change", str(error))
    query = address.query(address.trace_id() or "")
    st.page_link(address.RESULT_PAGE, label="Look at its result", query_params=query)


def _deleted(error: TraceDeleted) -> None:
    _message(
        "This trace was deleted",
        f"It was deleted {when(error.deleted, now())}. {deleted.how_long(error.deleted)}",
    )
    deleted.show_way_back(error)
    _ways_out()


def _ways_out() -> None:
    st.page_link(address.START_PAGE, label="Go to the start page", query_params={})
    recent = store().recent(OTHERS)
    if recent:
        st.html(element("h2", "Traces that changed last"))
    for trace in recent:
        key = f"recent-{trace.id}"
        with st.container(key=key, horizontal=True, vertical_alignment="center"):
            name = element("strong", trace.name or UNNAMED, class_="name", dir="auto")
            changed = element("span", f"Changed {when(trace.changed, now())}", class_="quiet small")
            st.html(joined([name, changed]), width="stretch")
            st.page_link(address.TRACE_PAGE, label="Open", query_params=address.query(trace.id))


def _unavailable(error: StoreUnavailable) -> None:
    title = (
        "The database belongs to a newer version"
        if isinstance(error, SchemaTooNew)
        else "The database cannot be used now"
    )
    _message(title, sentence(capital(error.problem)), error.mend)
    st.html(element("p", "Where: ", element("code", error.place), class_="quiet"))
    waiting = saving.unsaved(address.trace_id() or "")
    if waiting:
        kept = count(len(waiting), "change")
        st.html(
            element(
                "p",
                f"{capital(kept)} could not be saved. This tab keeps what you gave, "
                "and offers to save it when the database is back.",
                class_="note",
            )
        )
    st.button("Try again", type="primary")


def _unreadable(problems: FileProblems) -> None:
    _message(
        "This questionnaire cannot be read",
        "It has the problems below. Mend them, or use the version of the program that it was "
        "made for.",
    )
    st.html(bullets(f"{p.path}, line {p.position.line}: {p.message}" for p in problems.problems))


def _unexpected() -> None:
    _message(
        "Something went wrong on this page",
        "What you answered is kept. Try again; if it happens again, the server's log says what "
        "failed.",
    )
    st.button("Try again", type="primary")
