"""The app as people start it, and its peer, each in a process of its own."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_urlsafe
from tempfile import TemporaryDirectory
from time import monotonic, sleep
from urllib.error import URLError
from urllib.request import urlopen

from assessment.store.database import open_database
from assessment.store.migrate import migrate
from assessment.store.traces import TraceStore
from tests.app_server import free_port
from tests.people import begun

ROOT = Path(__file__).parents[1]
PATIENCE = 60


@dataclass(frozen=True)
class Server:
    """A running server; `store` is its database, where it has one."""

    port: int
    pid: int
    store: TraceStore

    def new_trace(self) -> str:
        """Begin a trace and give its id."""
        return begun(self.store, token_urlsafe(16))

    @property
    def memory(self) -> float:
        """What it holds in memory, in MiB; 0 where the system does not say."""
        status = Path(f"/proc/{self.pid}/status")
        found = re.search(r"VmRSS:\s+(\d+)", status.read_text()) if status.exists() else None
        return int(found[1]) / 1024 if found else 0.0


@contextmanager
def app_and_peer() -> Iterator[tuple[Server, Server]]:
    """Start the app, by its own command, and the empty app; end both afterwards."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="benchmark-", dir=Path.cwd())))
        url = f"sqlite:///{folder / 'traces.sqlite3'}"
        database = open_database(url)
        stack.callback(database.close)
        migrate(database)
        store = TraceStore(database)
        port, peer = free_port(), free_port()
        serve = ["-m", "assessment", "serve", "--no-browser", "--port", str(port)]
        empty = ["-m", "streamlit", "run", str(ROOT / "benchmarks/empty_app.py")]
        empty += ["--server.address", "127.0.0.1", "--server.port", str(peer)]
        pid = stack.enter_context(_process(serve, port, url, folder))
        peer_pid = stack.enter_context(_process(empty, peer, url, folder))
        yield Server(port, pid, store), Server(peer, peer_pid, store)


@contextmanager
def serving(database: str, count: int) -> Iterator[list[int]]:
    """Start so many servers on one database, by the app's own command; gives their ports."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="benchmark-", dir=Path.cwd())))
        ports = [free_port() for _ in range(count)]
        for port in ports:
            serve = ["-m", "assessment", "serve", "--no-browser", "--port", str(port)]
            stack.enter_context(_process(serve, port, database, folder))
        yield ports


@contextmanager
def _process(arguments: list[str], port: int, database: str, folder: Path) -> Iterator[int]:
    with (folder / f"{port}.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            env={**os.environ, "DATABASE_URL": database},
            stdout=log,
            stderr=log,
        )
    try:
        _wait(process, port)
        yield process.pid
    finally:
        process.kill()
        process.wait()


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = monotonic() + PATIENCE
    while monotonic() < deadline and process.poll() is None:
        try:
            with urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2):
                return
        except (URLError, OSError):
            sleep(0.1)
    raise RuntimeError(f"nothing answers on port {port}")
