"""What every command prints with: streams, colour, width, and how problems look."""

import os
import re
import shutil
import sys
from collections.abc import Iterable
from textwrap import wrap
from typing import TextIO

import typer

from assessment.files.problems import Problem

WIDEST = 100
"""In columns. Longer lines are hard to read, however wide the window is."""

NARROWEST = 40

NOT_A_TERMINAL = 80

_CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def say(text: str = "", **style: object) -> None:
    """Print a line of the result on standard output; `style` as in `typer.style`."""
    typer.echo(_painted(text, sys.stdout, style))


def complain(text: str = "", **style: object) -> None:
    """Print what is wrong on standard error."""
    typer.echo(_painted(text, sys.stderr, style), err=True)


def tell(problems: Iterable[Problem]) -> None:
    """Print the problems of a file on standard error."""
    for problem in problems:
        complain(harmless(str(problem)), fg="red" if problem.is_error else "yellow")


def harmless(text: str) -> str:
    """Take out what would command the terminal instead of being shown; lines stay lines."""
    return _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n").replace("\t", " "))


def width() -> int:
    """How many columns there are to write in."""
    if not sys.stdout.isatty() and "COLUMNS" not in os.environ:
        return NOT_A_TERMINAL
    return max(NARROWEST, min(WIDEST, shutil.get_terminal_size().columns))


def wrapped(text: str, indent: int = 0, first: str = "") -> str:
    """Break a text into lines that fit.

    Args:
        text: Any text; line breaks in it count as blanks.
        indent: How many columns stay free before each line.
        first: What stands in those columns of the first line.
    """
    start = " " * indent
    lines = wrap(
        harmless(text),
        width(),
        initial_indent=first.rjust(indent) if first else start,
        subsequent_indent=start,
        break_on_hyphens=False,
    )
    return "\n".join(lines)


def _painted(text: str, stream: TextIO, style: dict[str, object]) -> str:
    is_plain = not style or not stream.isatty() or bool(os.environ.get("NO_COLOR"))
    return text if is_plain else typer.style(text, **style)  # type: ignore[arg-type]
