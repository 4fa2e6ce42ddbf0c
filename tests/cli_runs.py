"""Running the terminal's commands in tests, in this process or in one of their own."""

import subprocess
from pathlib import Path

from typer.testing import CliRunner, Result

from assessment.cli import program

ROOT = Path(__file__).parent.parent
CASES = ROOT / "tests/cases/coordination-trace.yaml"
EXAMPLE = ROOT / "questionnaires/examples/financial-lead-scoring-before.yaml"
EXPORT = ROOT / "tests/exports/format-1.json"
OWN = ROOT / "questionnaires/coordination-trace.yaml"
TINY = ROOT / "tests/questionnaires/tiny.yaml"

GOOD = 'use_case: {name: "Mails"}\nanswers: {use.users: team}\n'
BAD = "use_case: {name: Mails}\nanswers: {use.users: tean}\n"


def run(*arguments: object, typed: str | bytes | None = None) -> Result:
    given = [str(one) for one in arguments]
    result = CliRunner().invoke(program.app(given), given, input=typed)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert "Traceback" not in result.output
    return result


def process(*command: object, **options: object) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(  # type: ignore[call-overload, no-any-return]
        [str(one) for one in command],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        **options,
    )


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path
