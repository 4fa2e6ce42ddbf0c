"""`serve`: says where it listens and stores, and stops with one message where it cannot."""

import asyncio
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from assessment.cli import serve
from assessment.cli.listening import PORTS_TRIED, bind, open_when_up
from assessment.settings import Settings
from assessment.store.access import Access, Visitor
from assessment.store.database import Database, open_database
from assessment.store.links import LinkStore
from assessment.store.migrate import migrate
from assessment.store.schema import VERSION_TABLE
from assessment.store.traces import TraceStore
from tests.cli_runs import ROOT, run
from tests.store_samples import NOON, a_trace


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "data/traces.sqlite3"
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{path}")
    return path


class Started(NamedTuple):
    """What the server was started with."""

    host: str
    port: int
    passphrase: str | None


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Started]:
    """Every start of the server, which is not run."""
    starts: list[Started] = []

    def note(settings: Settings, passphrase: str | None, _: Database, at: socket.socket) -> None:
        with at:
            starts.append(Started(settings.host, at.getsockname()[1], passphrase))

    monkeypatch.setattr(serve, "_serve", note)
    return starts


@contextmanager
def listening(host: str = "127.0.0.1") -> Iterator[int]:
    with closing(socket.create_server((host, 0))) as server:
        yield server.getsockname()[1]


def free_port() -> int:
    with listening() as port:
        return port


def test_serve_says_where_it_listens_and_where_it_stores(
    database: Path, started: list[Started]
) -> None:
    port = free_port()
    result = run("serve", "--no-browser", "--port", port)
    assert (result.exit_code, result.stderr) == (0, "")
    assert f"http://localhost:{port}\n" in result.stdout
    assert f"Traces are stored in {database}\n" in result.stdout
    assert database.exists()
    assert started == [Started("localhost", port, None)]


@pytest.mark.usefixtures("database")
def test_serve_takes_the_next_free_port_unless_one_is_named(
    started: list[Started], monkeypatch: pytest.MonkeyPatch
) -> None:
    with listening() as taken:
        monkeypatch.setattr("assessment.cli.listening.FIRST_PORT", taken)
        named = run("serve", "--no-browser", "--port", taken)
        assert named.exit_code == 1
        assert named.stderr == f"Port {taken} is taken or not allowed; name another --port.\n"
        assert started == []
        assert run("serve", "--no-browser").exit_code == 0
    assert taken < started[0].port <= taken + PORTS_TRIED


OPEN_TO_ALL = ("serve", "--no-browser", "--host", "0.0.0.0")  # noqa: S104 - bound for a moment


@pytest.mark.usefixtures("database")
def test_serve_makes_a_passphrase_where_others_can_reach_it(started: list[Started]) -> None:
    opened = [run(*OPEN_TO_ALL, "--port", free_port()) for _ in range(2)]
    for result, start in zip(opened, started, strict=True):
        assert start.passphrase is not None
        assert f"Passphrase: {start.passphrase}\n" in result.stdout
        assert "others in the same network can read" in result.stderr
    assert started[0].passphrase != started[1].passphrase
    alone = run("serve", "--no-browser", "--host", "127.0.0.1", "--port", free_port())
    assert (alone.stderr, started[-1].passphrase) == ("", None)
    assert "Passphrase" not in alone.stdout


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("where", ["variable", "file", "option"])
def test_serve_takes_a_passphrase_and_does_not_print_it(
    where: str, started: list[Started], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = "hush, hush and away"
    file = tmp_path / "passphrase"
    file.write_text(f"{chosen}\n", encoding="utf-8")
    if where == "variable":
        monkeypatch.setenv("COORDINATION_AUDIT_PASSPHRASE", chosen)
    elif where == "file":
        monkeypatch.setenv("COORDINATION_AUDIT_PASSPHRASE_FILE", str(file))
    options = ("--passphrase-file", file) if where == "option" else ()
    for host in ("0.0.0.0", "localhost"):  # noqa: S104 - also where it is not needed
        result = run("serve", "--no-browser", "--host", host, "--port", free_port(), *options)
        assert result.exit_code == 0
        assert "hush" not in result.output
        assert started[-1].passphrase == chosen


@pytest.mark.usefixtures("database")
def test_a_server_with_a_public_address_is_never_open(
    started: list[Started], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COORDINATION_AUDIT_PUBLIC_URL", "https://audit.example.org/")
    result = run("serve", "--no-browser", "--port", free_port())
    assert "listens on https://audit.example.org\n" in result.stdout
    assert result.stderr == ""
    assert started[0].passphrase is not None


@pytest.fixture
def accounts(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Settings by which people sign in; what was prepared with which secret, at which address."""
    prepared: list[tuple[str, str]] = []
    for key, value in (
        ("METADATA_URL", "https://id.example/configuration"),
        ("CLIENT_ID", "audit"),
        ("CLIENT_SECRET", "hush hush hush hush"),
        ("PROVIDER", "Example Corp"),
    ):
        monkeypatch.setenv(f"COORDINATION_AUDIT_OIDC_{key}", value)

    def note(_: Settings, client_secret: str, address: str) -> None:
        prepared.append((client_secret, address))

    monkeypatch.setattr("assessment.server.accounts.prepare", note)
    return prepared


@pytest.mark.usefixtures("database")
def test_where_people_sign_in_nobody_needs_a_passphrase(
    started: list[Started], accounts: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COORDINATION_AUDIT_PUBLIC_URL", "https://audit.example.org/tools")
    result = run(*OPEN_TO_ALL, "--port", free_port())
    assert (result.exit_code, result.stderr) == (0, "")
    assert started[0].passphrase is None
    assert accounts == [("hush hush hush hush", "https://audit.example.org/tools")]
    assert "People sign in at Example Corp; let in: everybody whom it knows.\n" in result.stdout
    assert "https://audit.example.org/tools/oauth2callback\n" in result.stdout
    assert "hush" not in result.stdout
    assert "assign" not in result.stdout
    monkeypatch.setenv("COORDINATION_AUDIT_OIDC_ALLOWED", "example.org ann@example.com")
    monkeypatch.setenv("COORDINATION_AUDIT_PASSPHRASE", "hush, hush and away")
    both = run(*OPEN_TO_ALL, "--port", free_port())
    assert "let in: example.org, ann@example.com.\n" in both.stdout
    assert started[1].passphrase == "hush, hush and away"  # noqa: S105 - made up


@pytest.mark.usefixtures("accounts", "database")
def test_serve_says_what_is_wrong_with_signing_in(
    started: list[Started], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = run(*OPEN_TO_ALL)
    assert "signing in needs public_url" in nowhere.stderr
    monkeypatch.setenv("COORDINATION_AUDIT_OIDC_CLIENT_SECRET", "hush")
    easy = run("serve", "--no-browser")
    assert easy.stderr.startswith("The client secret has fewer than 16 characters")
    monkeypatch.delenv("COORDINATION_AUDIT_OIDC_CLIENT_SECRET")
    monkeypatch.setenv("COORDINATION_AUDIT_OIDC_CLIENT_SECRET_FILE", str(tmp_path / "none"))
    missing = run("serve", "--no-browser")
    assert "holds no client secret that can be read" in missing.stderr
    for result in (nowhere, easy, missing):
        assert (result.exit_code, result.stdout) == (1, "")
    assert started == []


def test_traces_from_before_people_signed_in_are_given_away_by_a_link(
    database: Path, started: list[Started], accounts: list[tuple[str, str]]
) -> None:
    opened = open_database(f"sqlite:///{database}")
    migrate(opened)
    trace = a_trace(TraceStore(opened))
    port = free_port()
    said = run("serve", "--no-browser", "--port", port).stdout
    assert "One trace from before people signed in belongs to nobody" in said
    assert run("assign").stdout == f"{trace}  Blog, changed on 1 March 2026\n"
    link = run("assign", trace)
    token = re.match(r"http://localhost:8501/\?link=([\w-]{22})\n", link.stdout)
    assert token is not None
    ann = Visitor("i|ann", "Ann")
    assert LinkStore(opened, ann).redeem(token[1], NOON).access is Access.OWN
    assert run("assign").stdout == "Every trace belongs to somebody.\n"
    wrong = run("assign", "none")
    assert (wrong.exit_code, wrong.stdout) == (1, "")
    assert "There is no trace at this address" in wrong.stderr
    opened.close()
    assert len(started) == len(accounts) == 1


def test_nothing_is_given_away_where_nobody_signs_in(database: Path) -> None:
    result = run("assign")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("Nobody signs in at this server")
    assert not database.exists()


@pytest.mark.usefixtures("database")
def test_serve_says_what_is_wrong_with_a_passphrase_or_an_address(
    started: list[Started], tmp_path: Path
) -> None:
    (tmp_path / "easy").write_text("easy", encoding="utf-8")
    for name, said in (("easy", "is too easy to guess"), ("none", "cannot be read")):
        result = run(*OPEN_TO_ALL, "--passphrase-file", tmp_path / name)
        assert (result.exit_code, result.stdout) == (1, "")
        assert said in result.stderr
    nowhere = run("serve", "--no-browser", "--host", "192.0.2.1")
    assert nowhere.exit_code == 1
    assert "192.0.2.1 is no address of this computer" in nowhere.stderr
    assert started == []


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgresql://ann:hush@127.0.0.1:1/x", "postgresql://ann@127.0.0.1:1/x: the database"),
        ("mysql://ann:hush@db/x", "'mysql' is not a kind of database"),
        ("hush", "this is not the URL of a database"),
    ],
)
def test_a_database_that_cannot_be_used_is_one_message_without_its_password(
    url: str, said: str, started: list[Started], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    result = run("serve", "--no-browser")
    assert (result.exit_code, result.stdout) == (1, "")
    assert said in result.stderr
    assert "hush" not in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert started == []


def test_a_database_of_a_newer_version_is_said(database: Path, started: list[Started]) -> None:
    run("serve", "--no-browser", "--port", free_port())
    with closing(sqlite3.connect(database)) as opened:
        opened.execute(f"UPDATE {VERSION_TABLE} SET version_num = 'f00d'")  # noqa: S608 - a constant
        opened.commit()
    result = run("serve", "--no-browser")
    assert result.exit_code == 1
    assert "a newer version of this program wrote this database" in result.stderr
    assert len(started) == 1


@pytest.mark.usefixtures("database", "started")
def test_serve_says_what_others_type(monkeypatch: pytest.MonkeyPatch) -> None:
    found = ("192.0.2.7", "2001:db8::7")
    monkeypatch.setattr("assessment.server.addresses.addresses", lambda: found)
    port = free_port()
    said = run(*OPEN_TO_ALL, "--port", port)
    assert (
        f"From other computers: http://192.0.2.7:{port} or http://[2001:db8::7]:{port}"
        in said.stdout
    )
    monkeypatch.setattr("assessment.server.addresses.addresses", tuple)
    assert "This computer has no network now" in run(*OPEN_TO_ALL).stderr
    named = run(*OPEN_TO_ALL, "--public-url", "https://audit.example.org/")
    assert "listens on https://audit.example.org\n" in named.stdout
    assert "From other computers" not in named.stdout


@pytest.mark.usefixtures("database")
def test_the_browser_is_opened_once_the_page_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    with listening() as port:
        open_when_up(f"http://localhost:{port}", "http://localhost")
    assert opened == ["http://localhost"]


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is no signal there")
def test_the_web_app_answers_and_ctrl_c_ends_it_quietly(tmp_path: Path) -> None:
    port = free_port()
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path / 'x.sqlite3'}"}
    command = [sys.executable, "-m", "assessment", "serve", "--no-browser", "--port", str(port)]
    with subprocess.Popen(
        command,
        cwd=tmp_path,
        env={**environment, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        try:
            assert healthy(port)
        finally:
            server.send_signal(signal.SIGINT)
            said, complained = server.communicate(timeout=30)
    assert server.returncode == 0
    assert f"listens on http://localhost:{port}" in said
    assert complained == ""


def healthy(port: int, patience: float = 30) -> bool:
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        try:
            address = f"http://localhost:{port}/_stcore/health"
            with urllib.request.urlopen(address, timeout=2) as answer:
                return bool(answer.read() == b"ok")
        except OSError:
            time.sleep(0.1)
    return False


def test_answers_leave_at_once_however_small() -> None:
    """Nagle's algorithm would keep the second half of an answer until the browser has the first."""

    async def is_prompt() -> bool:
        seen: asyncio.Future[int] = asyncio.get_running_loop().create_future()

        def come(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            there = writer.get_extra_info("socket")
            seen.set_result(there.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            writer.close()

        listening = bind("127.0.0.1", 0)
        async with await asyncio.start_server(come, sock=listening):
            _, writer = await asyncio.open_connection(*listening.getsockname())
            writer.close()
            return bool(await asyncio.wait_for(seen, 10))

    assert asyncio.run(is_prompt())
