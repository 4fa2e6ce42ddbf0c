"""Screens that follow the workshop, and rest while nobody can see them.

A browser asks again for every part that follows, also in a tab behind others. So a tab that is
hidden says so, and its parts are made without the order to ask again, until it is seen once more.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any, ParamSpec

import streamlit as st

P = ParamSpec("P")

TICK = timedelta(seconds=1.5)
"""How often screens look; with the making of the page they follow within two seconds."""

_RESTS = "workshop-rests"


def rest_when_hidden(*, may_rest: bool = True) -> None:
    """Let the page say whether it can be seen; to be called before anything follows.

    Args:
        may_rest: Whether nothing depends on this page's asking again.
    """
    seen = _component()(key="resting", on_hidden_change=_stay)
    st.session_state[_RESTS] = may_rest and bool(seen.hidden)


def follow(part: Callable[P, None], *args: P.args, **kwargs: P.kwargs) -> None:
    """Show a part of the page, and anew at every `TICK` while the page can be seen."""
    _every(TICK, part)(*args, **kwargs)


def follow_slowly(part: Callable[P, None], *args: P.args, **kwargs: P.kwargs) -> None:
    """Show a part that changes by the minute, likewise."""
    _every(timedelta(seconds=10), part)(*args, **kwargs)


def _every(interval: timedelta, part: Callable[P, None]) -> Callable[P, None]:
    rests = st.session_state.get(_RESTS, False)
    return st.fragment(part, run_every=None if rests else interval)


def _stay() -> None:
    """Nothing but a run of the page, which is what it takes."""


@cache
def _component() -> Any:
    script = Path(__file__).with_name("resting.js").read_text(encoding="utf-8")
    return st.components.v2.component("resting", html="<span></span>", js=script)
