"""A database of its own for every test of the pages.

Used by naming it in a test module: `pytest_plugins = ("tests.page_fixtures",)`.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st

from assessment.pages import current
from assessment.store.traces import TraceStore


@pytest.fixture
def database_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The database file that the pages use; not there yet."""
    path = tmp_path / "traces.sqlite3"
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{path}")
    yield path
    st.cache_resource.clear()


@pytest.fixture
def kept(database_path: Path) -> TraceStore:
    """What the pages keep."""
    assert database_path.parent.is_dir()
    return current.store()
