"""What `backup` and `restore` share: the database that `serve` uses, and what they say."""

import os
from typing import TYPE_CHECKING, NoReturn

import typer

from assessment.cli.terminal import complain, harmless
from assessment.settings import SettingsProblem, read_settings
from reports.wording import count

if TYPE_CHECKING:
    from assessment.store.backup_file import Contents


def configured_url() -> str:
    """Find the database in DATABASE_URL, the file of settings, or the user's data folder."""
    try:
        return read_settings(os.environ).values.database_url
    except SettingsProblem as problem:
        refuse(str(problem))


def counted(found: "Contents") -> str:
    """Say what a backup holds."""
    traces, answers = count(found.traces, "trace"), count(found.answers, "answer")
    return f"{traces}, {answers}"


def refuse(said: str) -> NoReturn:
    """Say what is wrong, and end."""
    complain(harmless(said), fg="red")
    raise typer.Exit(1) from None
