"""`config`: every setting of the server, without secrets, and where each comes from."""

import os

import typer

from assessment.cli.terminal import complain, harmless, say

EXAMPLE = "Example: coordination-audit config"


def run() -> None:
    """Show the server's settings and where each comes from; secrets stay hidden."""
    from assessment.settings import SettingsProblem, read_settings  # noqa: PLC0415 - slow

    try:
        read = read_settings(os.environ)
    except SettingsProblem as problem:
        complain(harmless(str(problem)), fg="red")
        raise typer.Exit(1) from None
    rows = [tuple(map(harmless, row)) for row in read.shown()]
    key_width, value_width = (max(len(row[column]) for row in rows) for column in (0, 1))
    for key, value, source in rows:
        say(f"{key:{key_width}}  {value:{value_width}}  {source}")
    there = "" if read.file.exists() else " (not there)"
    say(f"\nFile of settings: {harmless(str(read.file))}{there}")
