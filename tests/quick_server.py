"""The web app in a process that starts at once: forked from one that has loaded everything.

A plain start spends seconds on loading Python modules; a test that kills hundreds of servers has no
time for that. What runs is the same server, in a process of its own.
"""

import os
import signal
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.app_server import AppServer
from tests.conftest import ROOT


class QuickServer(AppServer):
    """A server that can be killed and started again hundreds of times; needs `os.fork`."""

    def __init__(self, folder: Path, database: str = "") -> None:
        """Load everything that a server needs, once."""
        super().__init__(folder, database)
        self._child = 0
        with (folder / "server.log").open("ab") as log:
            self._parent = subprocess.Popen(
                [sys.executable, "-m", "tests.quick_server", str(self.port)],
                cwd=ROOT,
                env={**os.environ, "DATABASE_URL": self._database},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )

    def __enter__(self) -> Self:
        """Use it in a `with` block, which ends all its processes."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """End the server and the process that it came from."""
        self.kill()
        self._parent.kill()
        self._parent.communicate()

    def start(self) -> None:
        """Start the server and wait until it answers."""
        self._child = int(self._ask("start"))
        self._wait()

    def kill(self) -> None:
        """End the server without any warning, as a power cut does, and wait until it is gone."""
        if self._child:
            os.kill(self._child, signal.SIGKILL)
            self._child = 0
            self._ask("wait")

    def _ask(self, line: str) -> str:
        assert self._parent.stdin is not None
        assert self._parent.stdout is not None
        self._parent.stdin.write(f"{line}\n")
        self._parent.stdin.flush()
        return self._parent.stdout.readline()


def _serve(port: int) -> None:
    from streamlit.web.cli import main as streamlit

    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    flags = [f"--server.port={port}", "--server.address=127.0.0.1"]
    streamlit(["run", str(ROOT / "app.py"), *flags], prog_name="streamlit", standalone_mode=False)


def _answer(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _fork_when_told(port: int) -> None:
    """Fork a server for each "start" on standard input, and wait for its end at each "wait"."""
    import alembic.command  # noqa: F401
    import streamlit.web.bootstrap
    import streamlit.web.server.starlette  # noqa: F401
    import uvicorn.protocols.websockets.auto  # noqa: F401

    from assessment.pages import trace  # noqa: F401
    from assessment.pages.start import examples

    examples.questionnaires()
    for line in sys.stdin:
        if line == "start\n":
            child = os.fork()
            if not child:
                _serve(port)
                os._exit(0)
            _answer(str(child))
        else:
            os.wait()
            _answer("gone")


if __name__ == "__main__":
    _fork_when_told(int(sys.argv[1]))
