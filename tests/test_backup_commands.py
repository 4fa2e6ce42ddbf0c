"""`backup` and `restore`: what they say, and that nothing is written by half."""

import gzip
import hashlib
import os
import subprocess
import sys
from pathlib import Path
from secrets import token_hex

import pytest

from assessment.method.answers import Answer, Trace
from assessment.store import backup_file
from assessment.store.traces import TraceStore
from tests.backups import everything, opened
from tests.cli_runs import ROOT, run
from tests.store_samples import a_trace

pytest_plugins = ("tests.store_fixtures",)


@pytest.fixture
def stored(store_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """A database with one trace, which the commands work on."""
    monkeypatch.setenv("DATABASE_URL", store_url)
    with opened(store_url) as database:
        a_trace(TraceStore(database), Trace({}, {"a": Answer("named"), "b": Answer("unknown")}))
    return store_url


def test_the_commands_say_what_they_did(stored: str, tmp_path: Path) -> None:
    file = tmp_path / "backup.gz"
    made = run("backup", file)
    lines = gzip.decompress(file.read_bytes()).splitlines(keepends=True)
    sha256 = hashlib.sha256(b"".join(lines[:-1])).hexdigest()
    size = f"{file.stat().st_size:,}"
    assert made.stdout == (
        f"Wrote {file}: one trace, two answers, {size} bytes, SHA-256 {sha256}\n"
    )
    again = run("backup", file)
    assert (again.exit_code, again.stdout) == (1, "")
    assert "add --force to overwrite it" in again.stderr
    assert run("backup", file, "--force").exit_code == 0
    refused = run("restore", file)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "holds one trace already" in refused.stderr
    assert "add --replace to erase them" in refused.stderr
    done = run("restore", file, "--replace")
    with opened(stored) as database:
        assert done.stdout.startswith(f"Restored into {database.place}: one trace, two answers")
        assert len(everything(database)) == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
@pytest.mark.usefixtures("stored")
def test_a_backup_is_for_this_user_only(tmp_path: Path) -> None:
    run("backup", tmp_path / "backup.gz")
    assert oct((tmp_path / "backup.gz").stat().st_mode & 0o777) == "0o600"


@pytest.mark.usefixtures("stored")
def test_a_file_that_cannot_be_used_is_one_message(tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("Dear Maria", encoding="utf-8")
    for arguments, said in (
        (("restore", tmp_path / "letter"), "this is not a backup of this program"),
        (("restore", tmp_path / "nothing"), "cannot be read: no such file"),
        (("restore", tmp_path), "cannot be read: is a directory"),
        (("backup", tmp_path / "no/where.gz"), "make the folder"),
        (("backup", tmp_path, "--force"), "name a file in this folder"),
    ):
        done = run(*arguments)
        assert (done.exit_code, done.stdout) == (1, "")
        assert said in done.stderr


def test_no_database_is_made_by_a_backup_or_a_refused_file(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    (tmp_path / "letter").write_text("Dear Maria", encoding="utf-8")
    assert "there is no database here" in run("backup", tmp_path / "backup.gz").stderr
    assert run("restore", tmp_path / "letter").exit_code == 1
    assert [path.name for path in tmp_path.iterdir()] == ["letter"]


@pytest.mark.usefixtures("stored")
def test_a_backup_that_a_disk_did_not_keep_is_not_called_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = backup_file.LineWriter.write
    monkeypatch.setattr(
        backup_file.LineWriter,
        "write",
        lambda self, value: write(self, "lost" if isinstance(value, list) else value),
    )
    done = run("backup", tmp_path / "backup.gz")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "what was read back is not what was written" in done.stderr
    assert list(tmp_path.glob("*backup*")) == []


@pytest.mark.skipif(os.name == "nt", reason="there is no such limit")
def test_a_full_disk_leaves_nothing_but_the_backup_before(sqlite_url: str, tmp_path: Path) -> None:
    import resource

    with opened(sqlite_url) as database:
        for _ in range(4):
            a_trace(TraceStore(database), Trace({}, {"a": Answer(None, note=token_hex(50_000))}))
    folder = tmp_path / "backups"
    folder.mkdir()
    (folder / "old.gz").write_bytes(b"the one before")

    def small_files_only() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    done = subprocess.run(
        [sys.executable, "-m", "assessment", "backup", folder / "old.gz", "--force"],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": sqlite_url},
        preexec_fn=small_files_only,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert "cannot be written: file too large" in done.stderr
    assert [(path.name, path.read_bytes()) for path in folder.iterdir()] == [
        ("old.gz", b"the one before")
    ]
