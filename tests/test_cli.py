"""The terminal as a whole: help, usage, exit codes, streams, start-up."""

import json
import os
import shutil
import sys
from pathlib import Path

import pytest

from assessment.cli import program, terminal
from tests.cli_runs import BAD, CASES, EXAMPLE, GOOD, process, run, written

COMMANDS = ("serve", "new", "check", "classify", "report", "impact", "paper-form")


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return written(tmp_path / "good.yaml", GOOD)


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    return written(tmp_path / "bad.yaml", BAD)


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_each_command_shows_an_example(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert f"Example: coordination-audit {command}" in result.stdout


def test_without_a_command_the_help_is_shown() -> None:
    assert all(command in run().output for command in COMMANDS)


def test_the_version_is_said() -> None:
    assert run("--version").stdout.startswith("coordination-audit ")


@pytest.mark.parametrize(
    "arguments",
    [
        ("nonsense",),
        ("classify",),
        ("check",),
        ("report", EXAMPLE),
        ("classify", EXAMPLE, "--format", "xml"),
        ("classify", EXAMPLE, "--questionnaire", "coordination-trail"),
        ("report", EXAMPLE, "--json", "x.json", "--date", "tomorrow"),
        ("report", CASES, "--json", "x.json", "--case", "nobody"),
        ("serve", "--port", "99999"),
    ],
)
def test_wrong_usage_ends_with_two_and_prints_no_result(arguments: tuple[object, ...]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr


def both_ways() -> list[list[str]]:
    script = shutil.which("coordination-audit", path=str(Path(sys.executable).parent))
    return [[sys.executable, "-m", "assessment"], *([[script]] if script else [])]


@pytest.mark.parametrize("way", both_ways(), ids=lambda way: Path(way[-1]).name)
def test_it_starts_as_a_module_and_as_a_script(way: list[str], good: Path) -> None:
    done = process(*way, "classify", good, "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["id"] == "good"
    assert process(*way, "classify", "missing.yaml").returncode == 1
    assert process(*way, "nonsense").returncode == 2


def test_classify_starts_without_what_only_others_need(good: Path) -> None:
    code = (
        "import sys\nfrom assessment.cli import main\n"
        f"sys.argv = ['x', 'classify', {str(good)!r}]\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "heavy = {'streamlit', 'plotly', 'pandas', 'sqlalchemy', 'typst'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)\n"
    )
    done = process(sys.executable, "-c", code)
    assert done.stdout.startswith("Mails\n")
    assert done.stderr == "[]\n"


def test_what_nobody_foresaw_is_one_message_and_a_traceback_only_on_request() -> None:
    code = (
        "import sys\nfrom assessment.cli import classify, main\n"
        "def fail(*_):\n    raise RuntimeError('oops')\n"
        "classify.read_traces = fail\nsys.argv = ['x', 'classify', 'y.yaml']\nmain()\n"
    )
    plain = process(sys.executable, "-c", code)
    assert plain.returncode == 1
    assert plain.stderr.startswith("Something went wrong that should not: RuntimeError.\n")
    assert "Traceback" not in plain.stderr
    asked = process(sys.executable, "-c", code, env={**os.environ, program.DEBUG: "1"})
    assert "Traceback" in asked.stderr


@pytest.mark.skipif(os.name == "nt", reason="pipes break differently there")
@pytest.mark.parametrize("form", ["text", "json"])
def test_a_reader_who_leaves_early_is_no_trouble(form: str) -> None:
    files = " ".join([str(CASES)] * 3)
    command = f"{sys.executable} -m assessment classify {files} --format {form} | head -1"
    done = process("bash", "-o", "pipefail", "-c", command)
    assert done.stderr == ""
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 1


def test_there_is_no_colour_where_nobody_sees_it(
    good: Path, bad: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "\x1b" not in run("classify", good, bad).output
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert terminal._painted("x", sys.stdout, {"bold": True}) != "x"
    monkeypatch.setenv("NO_COLOR", "1")
    assert terminal._painted("x", sys.stdout, {"bold": True}) == "x"
