"""Files made in a process of their own, so that nobody's answer waits while one is made.

Python runs one thread at a time; a file takes some ten milliseconds of it, and everybody on the
server would wait for them. The process is started when somebody may want a file, makes one after
the other, and ends when the one that started it does.
"""

import atexit
import logging
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import Lock, Timer
from typing import Any, BinaryIO

from reports.content import Report
from reports.room.paper_form import PaperForm

ROOT = Path(__file__).resolve().parents[1]
"""From here the process can import what we import."""

LONGEST = 60.0
"""Seconds that one file may take; then something is wrong with it, and the process is ended."""

POLITENESS = 5
"""How far the process stands back where the processors are busy, as `nice` counts."""

_log = logging.getLogger(__name__)


class NotMadeError(Exception):
    """A file could not be made. Its text is for the user; the details are in the log."""

    def __init__(self, text: str = "This file could not be made.") -> None:
        super().__init__(text)


def make(kind: str, report: Report | PaperForm, made: datetime) -> bytes:
    """Make a file here and now.

    Args:
        kind: One of `KINDS`, or `PAPER`.
        report: What the reader is told; for `PAPER` the form.
        made: When it is made, with its zone.

    Raises:
        NotMadeError: It cannot be made.
    """
    return _MAKERS[kind](report, made)


class Maker:
    """A process that makes files, for as many threads as like; one file after the other."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._one_at_a_time = Lock()

    def get_ready(self) -> None:
        """Start the process if there is none; does not wait for it."""
        with self._one_at_a_time:
            self._running()

    def make(self, kind: str, report: Report | PaperForm, made: datetime) -> bytes:
        """Make a file as `make` does; where no process can be had, here."""
        with self._one_at_a_time:
            process = self._running()
            if process is not None:
                return self._made_by(process, (kind, report, made))
        return make(kind, report, made)

    def close(self) -> None:
        """End the process."""
        with self._one_at_a_time:
            self._end()

    def _running(self) -> "subprocess.Popen[bytes] | None":
        if self._process is not None and self._process.poll() is not None:
            self._end()
        if self._process is None:
            with suppress(OSError):  # no memory or no right for another process
                self._process = subprocess.Popen(  # noqa: S603 - this Python, this module
                    [sys.executable, "-m", __name__],
                    cwd=ROOT,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                )
        return self._process

    def _made_by(self, process: "subprocess.Popen[bytes]", wanted: object) -> bytes:
        enough = Timer(LONGEST, process.kill)
        enough.start()
        try:
            pickle.dump(wanted, process.stdin)  # type: ignore[arg-type]
            process.stdin.flush()  # type: ignore[union-attr]
            answer = pickle.load(process.stdout)  # type: ignore[arg-type]  # noqa: S301 - ours
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            self._end()
            _log.exception("the process that makes files ended")
            raise NotMadeError from error
        finally:
            enough.cancel()
        if isinstance(answer, NotMadeError):
            raise answer
        return bytes(answer)

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            with suppress(OSError):  # what it was still to be told
                self._process.communicate()
            self._process = None


@cache
def shared_maker() -> Maker:
    """The process that makes files for everybody on this server."""
    maker = Maker()
    atexit.register(maker.close)
    return maker


def serve(wanted: BinaryIO, answers: BinaryIO) -> None:
    """Make what is wanted, one after the other, until nothing more can be."""
    while True:
        try:
            kind, report, made = pickle.load(wanted)  # noqa: S301 - from who started us
        except EOFError:
            return
        pickle.dump(_answer(kind, report, made), answers)
        answers.flush()


def _answer(kind: str, report: Report | PaperForm, made: datetime) -> bytes | NotMadeError:
    try:
        return make(kind, report, made)
    except NotMadeError as error:
        return error
    except Exception:  # noqa: BLE001 - the next file may be fine
        _log.exception("a file of the kind %s failed", kind)
        return NotMadeError()


def _pdf(report: Report, made: datetime) -> bytes:
    from reports.printing.pdf import PdfError, render_pdf  # noqa: PLC0415 - brings the typesetter along

    try:
        return render_pdf(report, made).content
    except PdfError as error:
        raise NotMadeError(str(error)) from error


def _html(report: Report, made: datetime) -> bytes:
    from reports.html import render_html  # noqa: PLC0415 - brings the templates along

    return render_html(report, made)


def _csv(report: Report, made: datetime) -> bytes:  # noqa: ARG001 - it carries no date
    from reports.tables import csv_archive  # noqa: PLC0415 - brings pandas along

    return csv_archive(report)


def _paper(form: PaperForm, made: datetime) -> bytes:
    from reports.printing.paper import render_form  # noqa: PLC0415 - brings the typesetter along
    from reports.printing.pdf import PdfError  # noqa: PLC0415

    try:
        return render_form(form, made)
    except PdfError as error:
        raise NotMadeError(str(error)) from error


KINDS: Mapping[str, Callable[[Report, datetime], bytes]] = {
    "pdf": _pdf,
    "html": _html,
    "csv": _csv,
}


PAPER = "paper"
"""The kind of a paper form."""

_MAKERS: Mapping[str, Callable[[Any, datetime], bytes]] = {**KINDS, PAPER: _paper}


def main() -> None:
    """Be the process: read from standard input, answer on standard output."""
    logging.basicConfig(format="%(levelname)s %(name)s: %(message)s")
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for who started us
    if hasattr(os, "nice"):
        os.nice(POLITENESS)
    answers, sys.stdout = sys.stdout.buffer, sys.stderr  # what a library prints is no answer
    import reports.printing.pdf  # noqa: F401, PLC0415 - what most people want comes sooner

    serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    from reports.making import main as run  # so that what is pickled is of one module

    run()
