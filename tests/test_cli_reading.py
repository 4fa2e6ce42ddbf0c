"""`classify` and `check`: what they print, where, and with which exit code."""

import json
import shutil
from pathlib import Path

import pytest

from assessment.cli import terminal
from assessment.files.cases import read_cases
from assessment.files.documents import parse
from assessment.files.questionnaires import find
from assessment.method.gaps import assess
from assessment.method.record import record
from tests.cli_runs import BAD, CASES, EXAMPLE, EXPORT, GOOD, OWN, TINY, run, written
from tests.test_cases import as_text

HOSTILE = "<b>\x1b[31mred\x07\u202e🙂 عمر"
FERN = "questionnaire: tiny\nuse_case: {name: Fern}\nanswers: {water.rhythm: weekly}\n"


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return written(tmp_path / "good.yaml", GOOD)


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    return written(tmp_path / "bad.yaml", BAD)


def test_the_sixteen_cases_come_out_exactly_and_in_order() -> None:
    result = run("classify", CASES, "--format", "json")
    assert (result.exit_code, result.stderr) == (0, "")
    expected = parse(CASES.read_bytes(), CASES.name).data
    assert isinstance(expected, dict)
    lines = result.stdout.splitlines()
    assert len(lines) == len(expected["cases"]) == 16  # type: ignore[arg-type]
    for line, case in zip(lines, expected["cases"], strict=True):  # type: ignore[arg-type]
        found = json.loads(line)
        assert found["id"] == case["id"]  # type: ignore[index, call-overload]
        gaps = found["gaps"]
        found["gaps_in_full"] = gaps
        found["gaps"] = {gap["question"]: gap["kind"] for gap in gaps if gap["kind"] != "road"}
        found["road"] = [gap["question"] for gap in gaps if gap["kind"] == "road"]
        for key, value in case["expect"].items():  # type: ignore[index, call-overload, union-attr]
            assert as_text(found[key]) == value, (case["id"], key)  # type: ignore[index, call-overload]


def test_each_line_is_the_record_with_its_keys_in_order() -> None:
    own = find("coordination-trace").questionnaire
    cases, _ = read_cases(CASES.read_bytes(), CASES.name, own)
    lines = run("classify", CASES, "--format", "json").stdout.splitlines()
    for line, case in zip(lines, cases, strict=True):
        assert line == json.dumps(record(assess(own, case.trace), case.id))


def test_files_are_printed_in_the_order_given_and_an_id_is_the_files_stem(
    good: Path, tmp_path: Path
) -> None:
    other = written(tmp_path / "another.json", '{"answers": {"use.users": "unknown"}}')
    result = run("classify", other, good, EXPORT, "--format", "json")
    ids = [json.loads(line)["id"] for line in result.stdout.splitlines()]
    assert ids == ["another", "good", "Vq3kW0yPp1fX8s2nT5uJ7A"]


def test_good_files_and_good_cases_print_beside_bad_ones(good: Path, bad: Path) -> None:
    result = run("classify", bad, "missing.yaml", good, "--format", "json")
    assert result.exit_code == 1
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["good"]
    assert f"{bad}:2:11: question 'use.users' has no option 'tean'" in result.stderr
    assert "fix: did you mean 'team'?" in result.stderr
    assert "missing.yaml:1:1: there is no such file" in result.stderr


def test_a_warning_is_no_failure(tmp_path: Path) -> None:
    result = run("classify", written(tmp_path / "x.yaml", "answers: {use.users: team}\n"))
    assert result.exit_code == 0
    assert "warning: 'name' is missing" in result.stderr


def test_standard_input_is_read() -> None:
    assert json.loads(run("classify", "-", "--format", "json", typed=GOOD).stdout)["id"] == "stdin"
    assert "stdin:2:11: " in run("classify", "-", typed=BAD).stderr
    exported = EXPORT.read_bytes()
    assert run("classify", "-", typed=exported).stdout == run("classify", EXPORT).stdout


def test_an_export_brings_its_own_questionnaire() -> None:
    result = run("classify", EXPORT)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "tiny 1.10" in result.stdout


def test_the_summary_leads_with_the_headline_and_holds_gaps_and_next_step() -> None:
    text = run("classify", EXAMPLE).stdout
    lines = text.splitlines()
    assert lines[1] == "Level 2 of 5: Tool standardization"
    assert lines.index("Next step") < lines.index("Gaps")
    assert "  Blocks the next level" in lines
    assert find("coordination-trace").fingerprint[:12] in text


def test_the_summary_of_an_unfinished_trace_is_an_interval_and_a_question(good: Path) -> None:
    lines = run("classify", good).stdout.splitlines()
    assert lines[1].startswith("Between level 1 and ")
    assert "Next question to answer" in lines
    assert "Next step" not in lines


@pytest.mark.parametrize("columns", [20, 50, 90, 300])
def test_the_summary_fits_the_terminal(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    widest = max(len(line) for line in run("classify", EXAMPLE).stdout.splitlines())
    assert widest <= max(terminal.NARROWEST, min(columns, terminal.WIDEST))


def test_hostile_text_cannot_command_the_terminal(tmp_path: Path) -> None:
    case = written(tmp_path / "x.json", json.dumps({"use_case": {"name": HOSTILE}, "answers": {}}))
    wrong = written(tmp_path / "y.json", json.dumps({"answers": {HOSTILE: "x"}}))
    result = run("classify", case, wrong)
    assert "🙂 عمر" in result.stdout
    assert not set("\x1b\x07\u202e") & set(result.output)


def test_a_questionnaire_can_be_named_by_option_and_by_the_case(tmp_path: Path) -> None:
    shutil.copy(TINY, tmp_path / "plants.yaml")
    by_option = written(tmp_path / "a.yaml", FERN)
    by_case = written(tmp_path / "b.yaml", FERN.replace("tiny", "plants.yaml"))
    first = run("classify", by_option, "--questionnaire", TINY, "--format", "json")
    second = run("classify", by_case, "--format", "json")
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert json.loads(first.stdout)["level"] == json.loads(second.stdout)["level"] == 2


def test_a_questionnaire_with_problems_is_said_once(tmp_path: Path, good: Path) -> None:
    text = TINY.read_text(encoding="utf-8").replace("at_least: weekly", "at_least: daily")
    broken = written(tmp_path / "q.yaml", text)
    result = run("classify", good, good, "--questionnaire", broken)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert f"{broken}:" in result.stderr


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00", b"\x00\x01", b"- ", b"a: [", b"{", b"x" * (2**20 + 1)]
)
def test_a_file_that_is_none_gets_a_message(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(content)
    for command in ("classify", "check"):
        result = run(command, path)
        assert result.exit_code == 1
        assert f"{path}:" in result.stderr
        assert "fix: " in result.stderr


def test_check_tells_kinds_by_content_and_counts(good: Path, bad: Path, tmp_path: Path) -> None:
    plain = run("check", OWN, good, EXPORT, CASES)
    assert (plain.exit_code, plain.stderr) == (0, "")
    assert plain.stdout.splitlines()[-1] == "4 files, no problems"
    unnamed = written(tmp_path / "x.yaml", "answers: {use.users: team}\n")
    result = run("check", bad, unnamed, good)
    assert result.exit_code == 1
    assert result.stdout == "3 files, 1 problem, 1 warning\n"


def test_check_says_all_problems_in_the_order_of_the_files(tmp_path: Path) -> None:
    text = "use_case: {nam: x, audience: z}\nanswers: {use.users: tean, use.usrs: team}\n"
    first, second = (written(tmp_path / name, text) for name in ("z.yaml", "a.yaml"))
    found = [
        line.split(": ")[0]
        for line in run("check", first, second).stderr.splitlines()
        if not line.startswith(" ") and "warning" not in line
    ]
    places = ("1:12", "1:20", "2:11", "2:28")
    assert found == [f"{path}:{place}" for path in (first, second) for place in places]


def test_a_broken_questionnaire_is_checked_as_one(tmp_path: Path) -> None:
    text = TINY.read_text(encoding="utf-8").replace("\nquestions:", "\nquestion:")
    result = run("check", written(tmp_path / "q.yaml", text))
    assert "did you mean 'questions'?" in result.stderr


def test_a_questionnaire_written_as_json_is_checked_as_one(tmp_path: Path) -> None:
    data = parse(TINY.read_bytes(), "tiny.yaml").data
    path = written(tmp_path / "q.json", json.dumps(data, indent=1))
    assert run("check", path).stdout == "1 file, no problems\n"


def test_quiet_prints_nothing_but_problems(good: Path, bad: Path, tmp_path: Path) -> None:
    unnamed = written(tmp_path / "x.yaml", "answers: {use.users: team}\n")
    assert run("check", good, unnamed, "-q").output == ""
    result = run("check", good, bad, "-q")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "has no option 'tean'" in result.stderr
