"""Started with Streamlit alone, the pages are for this computer; else they show how to start."""

import pytest
import streamlit as st

from assessment.pages import exposure
from assessment.setting_types import is_this_computer
from tests.page_visits import begun, open_app, words

pytest_plugins = ("tests.page_fixtures",)


@pytest.mark.parametrize(
    ("address", "is_local"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("127.8.9.1", True),
        ("::1", True),
        ("0.0.0.0", False),  # noqa: S104 - looked at, not listened on
        ("::", False),
        ("192.168.0.7", False),
        ("audit.example.org", False),
        ("localhost.example.org", False),
        ("", False),
        (None, False),
    ],
)
def test_only_loopback_is_this_computer(address: str | None, is_local: bool) -> None:
    assert is_this_computer(address) is is_local


@pytest.mark.parametrize(
    ("address", "host", "is_guarded", "shows"),
    [
        ("localhost", "localhost:8501", False, True),
        ("localhost", "[::1]:8501", False, True),
        ("localhost", None, False, True),
        ("localhost", "evil.example:8501", False, False),
        ("localhost", "[x", False, False),
        ("0.0.0.0", "localhost:8501", False, False),  # noqa: S104
        (None, "localhost:8501", False, False),
        ("0.0.0.0", "192.168.0.7:8501", True, True),  # noqa: S104
    ],
)
@pytest.mark.usefixtures("kept")
def test_strangers_see_nothing_but_how_to_start(
    address: str | None,
    host: str | None,
    is_guarded: bool,
    shows: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun("Lead scoring")
    options = st.get_option
    given = {"server.address": address}
    monkeypatch.setattr(
        st, "get_option", lambda key: given.get(key) if key in given else options(key)
    )
    monkeypatch.setattr(type(st.context), "headers", {"Host": host} if host else {})
    monkeypatch.setattr(exposure, "is_guarded", is_guarded)
    said = words(open_app())
    assert ("Lead scoring" in said) is shows
    assert ("Start this server properly" in said) is not shows
    assert ("coordination-audit serve --host 0.0.0.0" in said) is not shows
