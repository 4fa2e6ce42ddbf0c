"""What this program is called, and which version of it is running."""

import tomllib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PROGRAM = "coordination-audit"


@cache
def program_version() -> str:
    """Find the version: of the installed program, else what the project's own file says."""
    try:
        return version(PROGRAM)
    except PackageNotFoundError:
        project = Path(__file__).resolve().parents[1] / "pyproject.toml"
        return str(tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"])


def generator() -> str:
    """Name the program with its version, as files carry it."""
    return f"{PROGRAM} {program_version()}"
