"""The program: its commands, and what happens when something unforeseen does."""

import os
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from typing import Annotated

import typer

from assessment.version import PROGRAM, generator

DEBUG = "COORDINATION_AUDIT_DEBUG"

WENT_WRONG = """\
Something went wrong that should not: {kind}.
Please report it, with the command that you ran. For the details, run it again
with {debug}=1 set."""

COMMANDS = (
    "serve",
    "backup",
    "restore",
    "assign",
    "config",
    "new",
    "check",
    "classify",
    "report",
    "impact",
    "paper-form",
)
"""Each has a file of its own here; in the order in which help lists them."""


def app(arguments: Sequence[str]) -> typer.Typer:
    """Put the program together.

    Args:
        arguments: What it is called with. Where they begin with a command, the files of the
            others, which may take long to import, are left alone.
    """
    made = typer.Typer(
        name=PROGRAM,
        help="Trace one AI use case; get its coordination level, its gaps and one next step.",
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    made.callback(epilog=f"Example: {PROGRAM} serve")(_program)
    named = [name for name in COMMANDS if name in arguments[:1]]
    for name in named or COMMANDS:
        module = import_module(f"{__package__}.{name.replace('-', '_')}")
        made.command(name, epilog=module.EXAMPLE)(module.run)
    return made


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(generator())
        raise typer.Exit


def _program(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    """Trace one AI use case; get its coordination level, its gaps and one next step."""


def main() -> None:
    """Run the program with this process's arguments, and end the process.

    The exit code is 0 where all is fine, 1 where something is wrong in a file, 2 for wrong usage.
    """
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        with suppress(AttributeError):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        code = _run()
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read us has seen enough
        code = 0
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)


def _run() -> int:
    try:
        app(sys.argv[1:])(prog_name=PROGRAM)
    except SystemExit as ended:
        if isinstance(ended.__context__, BrokenPipeError):  # which Typer reports as a failure
            raise ended.__context__ from None
        return ended.code if isinstance(ended.code, int) else 0
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001 - nobody is shown a traceback
        if os.environ.get(DEBUG):
            traceback.print_exc()
        typer.echo(WENT_WRONG.format(kind=type(error).__name__, debug=DEBUG), err=True)
        return 1
    return 0
