"""Settings that every test shares."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import HealthCheck, settings

from assessment.method.questionnaire import Questionnaire

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parent.parent

settings.register_profile(
    "quick", max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("thorough", max_examples=600, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """In CI, a test with browsers or servers that failed among many others is run once more."""
    if os.environ.get("RERUN_ONCE") != "1":
        return
    for item in items:
        if item.get_closest_marker("browser") or item.get_closest_marker("slow"):
            item.add_marker(pytest.mark.flaky(reruns=1))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell in full what failed before it passed: a race somewhere, to be found and mended."""
    for report in terminalreporter.stats.get("rerun", ()):
        terminalreporter.section(f"failed at first: {report.nodeid}")
        terminalreporter.write_line(report.longreprtext)


@pytest.fixture(scope="module")
def chromium() -> Iterator["Browser"]:
    """A browser."""
    from tests.app_server import chromium_browser  # most tests need none

    with chromium_browser() as browser:
        yield browser


@pytest.fixture(scope="session")
def own() -> Questionnaire:
    """The questionnaire that ships with the product."""
    path = ROOT / "questionnaires/coordination-trace.yaml"
    plain = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506
    return Questionnaire.model_validate(plain)
