"""The web app as people run it: a server process on a free port, with a database of its own."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.conftest import ROOT

CHROMIUM_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

PATIENCE = 40_000
"""Milliseconds that a page may take on a busy machine."""

TRACEBACK = r"^Traceback \(most recent call last\):\n(?:[ \t].*\n)+(\S.*)$"
HUNG_UP = "starlette.websockets.WebSocketDisconnected:"

START_UP = 60
"""Seconds that the server may take to answer on a busy machine."""


class AppServer:
    """A server that can be killed and started again on the same port."""

    def __init__(self, folder: Path, database: str = "") -> None:
        """Prepare a server; `database` is a URL, else a SQLite file in the folder."""
        self._folder = folder
        self._database = database or f"sqlite:///{folder / 'traces.sqlite3'}"
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> str:
        """Everything the server wrote so far."""
        path = self._folder / "server.log"
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""

    @property
    def faults(self) -> list[str]:
        """How each traceback in its log ended.

        Streamlit's own words about a browser that went away in the middle of an answer are none
        (`streamlit run` writes them; `serve` does not).
        """
        ends = re.findall(TRACEBACK, self.log, re.MULTILINE)
        return [end for end in ends if not end.startswith(HUNG_UP)]

    @property
    def pid(self) -> int:
        """The number of its process; it must be running."""
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        """Start the server and wait until it answers."""
        command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py")]
        command += ["--server.port", str(self.port), "--server.address", "127.0.0.1"]
        with (self._folder / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                command,
                cwd=ROOT,
                env={**os.environ, "DATABASE_URL": self._database},
                stdout=log,
                stderr=log,
            )
        self._wait()

    def kill(self) -> None:
        """End the server without any warning, as a power cut does."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def _wait(self) -> None:
        deadline = time.monotonic() + START_UP
        while not self._answers():
            ended = self._process is not None and self._process.poll() is not None
            if ended or time.monotonic() > deadline:
                pytest.fail(f"the server did not start:\n{self.log}")
            time.sleep(0.05)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=2) as answer:  # noqa: S310
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def chromium_browser(*flags: str) -> Iterator[Browser]:
    """Start a browser; without one the test is skipped, or fails where REQUIRE_BROWSER says so."""
    names = ("chromium", "chromium-browser", "google-chrome")
    path = next(filter(None, map(shutil.which, names)), None)
    if path is None:
        reason = "no Chromium is installed"
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*CHROMIUM_FLAGS, *flags])
        yield browser
        browser.close()


def settle(page: Page) -> None:
    """Wait until the page is connected, no script runs, and what was given is dealt with.

    Right after a click no script runs yet; on the trace page the click is noted at once.
    """
    page.wait_for_selector(
        "html:not([data-given]) "
        '[data-testid="stApp"][data-test-connection-state="CONNECTED"]'
        '[data-test-script-state="notRunning"]',
        timeout=PATIENCE,
    )


SLID_OPEN = """async summary => {
  const moving = summary.parentElement.getAnimations({ subtree: true })
  await Promise.allSettled(moving.map(one => one.finished))
}"""


def unfold(page: Page, label: str) -> None:
    """Open what is folded under this, and wait until it has slid open.

    What lies in it moves meanwhile: a button that is pressed then is gone when the mouse lets go.
    """
    summary = page.locator("summary", has_text=label).first
    summary.click()
    summary.evaluate(SLID_OPEN)
