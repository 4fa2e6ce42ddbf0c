"""nginx with the configuration that ships in `deploy/`; only its ports, places and names differ."""

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.app_server import free_port
from tests.conftest import ROOT

SHIPPED = ROOT / "deploy/nginx.conf"

AROUND = """\
daemon off;
{user}
pid nginx.pid;
error_log stderr notice;
events {{ worker_connections 512; }}
http {{
    client_body_temp_path body;
    proxy_temp_path proxy;
    fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
    include audit.conf;
}}
"""
"""What a system's own nginx.conf does, with everything in one folder."""


class Nginx:
    """A proxy on free ports of this computer, with a certificate that it signed itself."""

    def __init__(self, folder: Path) -> None:
        """Prepare it; `folder` becomes its own."""
        folder.mkdir(exist_ok=True)
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self.port = free_port()
        self.plain_port = free_port()
        self.url = f"https://localhost:{self.port}"
        self.certificate = folder / "fullchain.pem"
        _make_certificate(folder)

    @property
    def log(self) -> str:
        """What it wrote about trouble."""
        return (self._folder / "error.log").read_text(encoding="utf-8", errors="replace")

    @property
    def access_log(self) -> str:
        """What it wrote about requests."""
        return (self._folder / "audit.log").read_text(encoding="utf-8")

    def use(self, servers: Sequence[str], path: str = "/", text: str = "") -> None:
        """Write its configuration.

        Args:
            servers: What stands for the shipped file's server, `127.0.0.1:8501`, and the next ones.
            path: What stands for `/` as the place of the app.
            text: Another text than the shipped file's.
        """
        text = text or SHIPPED.read_text(encoding="utf-8")
        for place, server in enumerate(servers):
            text = text.replace(f"127.0.0.1:{8501 + place}", server)
        for there, here in (
            (r"listen (\[::\]:)?443 ", f"listen 127.0.0.1:{self.port} "),
            (r"listen (\[::\]:)?80;", f"listen 127.0.0.1:{self.plain_port};"),
            (r"audit\.example\.org", "localhost"),
            (r"/etc/nginx/tls|/var/log/nginx", str(self._folder)),
            (r"location / \{", f"location {path} {{"),
        ):
            text, count = re.subn(there, here, text)
            assert count, f"{there} does not stand in the configuration any more"
        text = _without_second_listeners(text)
        user = "user root;" if os.geteuid() == 0 else ""
        (self._folder / "audit.conf").write_text(text, encoding="utf-8")
        (self._folder / "nginx.conf").write_text(AROUND.format(user=user), encoding="utf-8")

    def start(self) -> None:
        """Start it and wait until it listens."""
        with (self._folder / "error.log").open("ab") as log:
            self._process = subprocess.Popen([*self._command()], stdout=log, stderr=log)
        deadline = time.monotonic() + 20
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                if self._process.poll() is not None or time.monotonic() > deadline:
                    pytest.fail(f"nginx did not start:\n{self.log}")
                time.sleep(0.02)
            else:
                return

    def stop(self) -> None:
        """End it at once; its connections are cut."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(timeout=20)
            self._process = None

    def _command(self) -> Iterator[str]:
        yield from (_program(), "-e", "stderr", "-p", f"{self._folder}/", "-c", "nginx.conf")


@contextmanager
def nginx(folder: Path) -> Iterator[Nginx]:
    """Give a proxy that is stopped in the end; without nginx the test is skipped, or fails."""
    _program()
    proxy = Nginx(folder)
    try:
        yield proxy
    finally:
        proxy.stop()


def _program() -> str:
    path = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    if path is None:
        reason = "no nginx is installed"
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return path


def _without_second_listeners(text: str) -> str:
    """The shipped file listens on both kinds of addresses; here one is enough."""
    kept: list[str] = []
    for line in text.splitlines():
        if not (line.lstrip().startswith("listen ") and kept and kept[-1] == line):
            kept.append(line)
    return "\n".join(kept)


def _make_certificate(folder: Path) -> None:
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    files = ["-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")]
    subprocess.run([*command.split(), *names, *files], check=True, capture_output=True)
