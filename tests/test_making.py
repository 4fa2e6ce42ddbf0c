"""Files are made in another process: the same files, and one that fails harms no other."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from threading import Thread

import pytest

from assessment.method.gaps import assess
from assessment.pages.start import examples
from reports import making
from reports.content import Imprint, Report, write_report
from reports.making import KINDS, Maker, NotMadeError, make
from reports.printing.pdf import PdfError

MADE = datetime(2026, 11, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def report() -> Report:
    read, case = examples.examples()[0]
    imprint = Imprint("leads", read.fingerprint, MADE)
    return write_report(assess(read.questionnaire, case.trace), imprint)


@pytest.fixture
def maker() -> Iterator[Maker]:
    maker = Maker()
    yield maker
    maker.close()


def process_of(maker: Maker) -> "subprocess.Popen[bytes]":
    assert maker._process is not None
    return maker._process


def test_another_process_makes_the_same_files(maker: Maker, report: Report) -> None:
    made = {kind: maker.make(kind, report, MADE) for kind in KINDS}
    assert process_of(maker).pid != os.getpid()
    assert made == {kind: make(kind, report, MADE) for kind in KINDS}


def test_many_ask_one_process_and_each_gets_what_was_asked(maker: Maker, report: Report) -> None:
    maker.get_ready()
    first = process_of(maker)
    got: dict[str, bytes] = {}

    def ask(kind: str) -> None:
        got[kind] = maker.make(kind, report, MADE)

    threads = [Thread(target=ask, args=(kind,)) for kind in KINDS]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got.keys() == KINDS.keys()
    assert got["pdf"].startswith(b"%PDF")
    assert process_of(maker) is first


def test_what_fails_is_said_and_the_next_file_is_made(maker: Maker, report: Report) -> None:
    with pytest.raises(NotMadeError, match=r"^This file could not be made\.$"):
        maker.make("pdf", report, MADE.replace(tzinfo=None))
    assert maker.make("html", report, MADE).startswith(b"<!doctype html>")


def test_a_process_that_died_is_started_again(maker: Maker, report: Report) -> None:
    maker.get_ready()
    dead = process_of(maker)
    dead.kill()
    dead.wait()
    assert maker.make("html", report, MADE)
    assert process_of(maker) is not dead


@pytest.mark.skipif(os.name == "nt", reason="processes cannot be stopped there")
def test_a_file_that_takes_too_long_ends_the_process_and_only_that_file_is_lost(
    maker: Maker, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    maker.make("html", report, MADE)
    stuck = process_of(maker)
    os.kill(stuck.pid, signal.SIGSTOP)
    monkeypatch.setattr(making, "LONGEST", 0.2)
    with pytest.raises(NotMadeError):
        maker.make("html", report, MADE)
    monkeypatch.undo()
    assert maker.make("html", report, MADE)
    assert process_of(maker) is not stuck


def test_where_there_can_be_no_process_files_are_made_here(
    maker: Maker, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert maker.make("html", report, MADE) == make("html", report, MADE)


def test_a_pdf_that_cannot_be_made_says_so_in_the_words_of_its_maker(
    report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise PdfError("No PDF today.")

    monkeypatch.setattr("reports.printing.pdf.render_pdf", fail)
    with pytest.raises(NotMadeError, match=r"^No PDF today\.$"):
        make("pdf", report, MADE)


def test_the_process_ends_with_the_one_that_started_it() -> None:
    code = (
        "from reports.making import Maker\nmaker = Maker()\nmaker.get_ready()\n"
        "print(maker._process.pid, flush=True)\nimport os\nos._exit(1)\n"
    )
    started = subprocess.run(
        [sys.executable, "-c", code], cwd=making.ROOT, capture_output=True, timeout=60, check=False
    )
    # Its errors go where ours go: that this came back at all means that it let go of them.
    assert started.stdout.strip().isdigit()
    assert started.stderr == b""
