"""Visits to the pages without a browser, and what a reader would see."""

import re
from html import unescape

from streamlit.testing.v1 import AppTest

from assessment.method.answers import Trace
from assessment.pages import address, current
from assessment.pages.saving import key_of
from assessment.pages.start import examples
from assessment.pages.trace.beside import fold_of
from tests.conftest import ROOT


def open_app(trace: str | None = None, page: str | None = None, **query: str) -> AppTest:
    """Open a tab at an address.

    Whoever opened it chose to see whole parts, unless the address names a question.
    """
    tab = AppTest.from_file(str(ROOT / "app.py"), default_timeout=20)
    if address.QUESTION not in query:
        tab.session_state["way"] = "parts"
    if trace is not None:
        tab.query_params[address.TRACE] = trace
    for name, value in query.items():
        tab.query_params[name] = value
    tab.run()
    if page is not None:
        given = {**query, address.TRACE: trace} if trace is not None else query
        for name, value in given.items():
            tab.query_params[name] = value
        tab.switch_page(page).run()
    assert not tab.exception, tab.exception
    return tab


def begun(name: str = "Newsletter drafts", trace: Trace | None = None) -> str:
    """Start a trace and return its id."""
    read = examples.questionnaires()[0]
    return current.begin(read, trace or Trace({"name": name}))


def unfold(tab: AppTest, trace: str, question: str) -> None:
    """Open what is folded beside an answer: evidence and note."""
    tab.session_state[fold_of(trace, question)] = True
    tab.run()


def words(tab: AppTest) -> str:
    """Everything a reader can read on the page, without the markup of our own."""
    said = [re.sub(r"<style.*?</style>|<[^>]+>", " ", str(e.proto.body)) for e in tab.get("html")]
    alerts = [f"{e.proto.title} {e.value}" for e in (*tab.error, *tab.warning, *tab.info)]
    labels = [e.label for e in (*tab.button, *tab.expander, *tab.radio)]
    return re.sub(r"\s+", " ", unescape(" ".join([*said, *alerts, *labels])))


def option_key(trace: str, question: str) -> str:
    return key_of(trace, question, "option")


def start(name: str) -> str:
    """Start a trace on the start page and return its id."""
    tab = open_app()
    tab.text_input(key="new-name").input(name)
    next(b for b in tab.button if b.label == "Start the trace").click()
    tab.run()
    assert not tab.exception
    found = tab.query_params["trace"]
    return found if isinstance(found, str) else found[0]
