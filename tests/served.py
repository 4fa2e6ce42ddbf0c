"""`coordination-audit serve` as people run it, in a process of its own, and asking it plainly."""

import http.client
import os
import signal
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from tests.app_server import AppServer
from tests.conftest import ROOT

RIGHT = "correct horse battery"
"""A passphrase for servers that strangers can reach."""

UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}
"""What asks for a websocket: RFC 6455, 4.1."""


@dataclass(frozen=True)
class Answer:
    """What came back over the line, not unpacked and not followed."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


class Served(AppServer):
    """The web app behind our own server, with its own database."""

    def __init__(self, folder: Path, host: str = "127.0.0.1", **settings: str) -> None:
        """Prepare a server; `settings` are variables without COORDINATION_AUDIT_."""
        super().__init__(folder)
        self._host = host
        self.path = ""
        """Where the app lives below the server's address."""
        self._settings = {f"COORDINATION_AUDIT_{k.upper()}": v for k, v in settings.items()}

    def start(self) -> None:
        """Start it and wait until it answers."""
        command = [sys.executable, "-m", "assessment", "serve", "--no-browser"]
        command += ["--host", self._host, "--port", str(self.port)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "DATABASE_URL": self._database}
        with (self._folder / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                command,
                cwd=self._folder,  # not the project's: nothing may depend on where one stands
                env=environment | self._settings,
                stdout=log,
                stderr=log,
            )
        self._wait()

    def stop(self) -> int:
        """End it as Ctrl-C does; gives its exit code."""
        assert self._process is not None
        self._process.send_signal(signal.SIGINT)
        code = self._process.wait(timeout=30)
        self._process = None
        return code

    def ask(
        self, path: str, method: str = "GET", body: str | None = None, **headers: str
    ) -> Answer:
        """Ask once; a header's `_` stands for `-`."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)) as line:
            line.request(method, path, body, given)
            answer = line.getresponse()
            return Answer(answer.status, answer.headers, answer.read())

    def upgrade(self, path: str = "/_stcore/stream", **headers: str) -> int:
        """Ask for a websocket; gives the status: 101 where it is opened."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)) as line:
            line.request("GET", path, headers={**UPGRADE, **given})
            return line.getresponse().status

    def _answers(self) -> bool:
        try:
            return self.ask(f"{self.path}/healthz").status == 200
        except OSError:
            return False
