"""A changed questionnaire is held against past traces before it is used, and changes nothing."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_urlsafe
from typing import Any

import pytest
from hypothesis import given

from assessment.files.questionnaires import ReadQuestionnaire, read_questionnaire
from assessment.method.answers import Answer, Trace
from assessment.method.impact import Dropped, carry_over, impact
from assessment.method.questionnaire import Questionnaire
from assessment.store.database import open_database
from assessment.store.migrate import migrate
from assessment.store.records import QuestionnaireText, StoredResult
from assessment.store.traces import TraceStore
from tests.cli_runs import EXPORT, TINY, run, written
from tests.invented import traced

OLD = read_questionnaire(TINY.read_text(encoding="utf-8"), "tiny.yaml")
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)

WEEKLY = "questionnaire: tiny\nuse_case: {name: Fern}\nanswers: {water.rhythm: weekly}\n"
NEVER = WEEKLY.replace("weekly", "never").replace("Fern", "Cactus")

FERN = Trace(
    {"name": "Fern", "place": "office", "pests": ("snails", "cats"), "leaves_lost": 3, "guess": 3},
    {
        "water.rhythm": Answer("weekly", "Maria", ("A log",), "A note"),
        "water.drain": Answer("nowhere"),
        "sun": Answer("unknown"),
    },
)


def changed(*changes: tuple[str, str]) -> ReadQuestionnaire:
    text = OLD.text
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    return read_questionnaire(text, "changed.yaml")


RENAMED_OPTION = changed(("weekly", "each_week"))
WITHOUT_DRAIN_MARK = changed(
    (
        "      - {question: water.drain, at_least: saucer}",
        "      - {question: sun, at_least: near}",
    ),
    ("    applies_if: {profile: place, in: [office]}\n", ""),
)
OTHER_FACTS = changed(
    ("[greenfly, snails, cats]", "[greenfly, cats]"),
    ("  - {id: leaves_lost, type: number", "  - {id: leaves_gone, type: number"),
    ("{leaves_lost}", "{leaves_gone}"),
    ("      office: {text: In the office, help: Dry air}", "      desk: On a desk"),
    ("[office]", "[desk]"),
)

IMPACTS: list[tuple[str, ReadQuestionnaire, set[str], list[Dropped]]] = [
    ("no change", OLD, set(), []),
    ("another title", changed(("Watering the plants", "Plants")), set(), []),
    (
        "an option that is gone",
        RENAMED_OPTION,
        {"level", "evidenced", "stage_profile", "next_step", "gaps", "patterns"},
        [Dropped("water.rhythm", "weekly", is_fact=False, is_known=True)],
    ),
    (
        "a question that is gone",
        changed(("water.drain", "water.hole")),
        {"ceiling", "gaps", "patterns", "next_step"},
        [Dropped("water.drain", "nowhere", is_fact=False, is_known=False)],
    ),
    ("another gate", WITHOUT_DRAIN_MARK, {"ceiling", "gaps", "stage_profile"}, []),
    (
        "facts that are gone",
        OTHER_FACTS,
        {"patterns"},
        [
            Dropped("place", "office", is_fact=True, is_known=True),
            Dropped("pests", "snails", is_fact=True, is_known=True),
            Dropped("leaves_lost", "3", is_fact=True, is_known=False),
        ],
    ),
]


@pytest.mark.parametrize(
    ("new", "parts", "dropped"), [one[1:] for one in IMPACTS], ids=[one[0] for one in IMPACTS]
)
def test_a_change_does_to_a_trace_what_it_does(
    new: ReadQuestionnaire, parts: set[str], dropped: list[Dropped]
) -> None:
    found = impact(FERN, OLD.questionnaire, new.questionnaire)
    differ = {one.part for one in found.differences}
    assert differ >= parts
    assert bool(differ) == bool(parts)
    assert list(found.dropped) == dropped


def test_what_stood_beside_an_option_that_is_gone_is_kept() -> None:
    trace, _ = carry_over(FERN, RENAMED_OPTION.questionnaire)
    assert trace.answer("water.rhythm") == Answer(None, "Maria", ("A log",), "A note")
    assert trace.answer("sun") == Answer("unknown")


def test_of_several_choices_those_that_are_left_are_kept() -> None:
    trace, _ = carry_over(FERN, OTHER_FACTS.questionnaire)
    assert trace.facts == {"name": "Fern", "pests": ("cats",), "guess": 3}


@given(traced())
def test_the_same_questionnaire_changes_nothing_and_drops_nothing(
    pair: tuple[Questionnaire, Trace],
) -> None:
    questionnaire, trace = pair
    assert carry_over(trace, questionnaire) == (trace, ())
    assert impact(trace, questionnaire, questionnaire).is_none


# At the terminal


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """The questionnaire as it is and as it would be, and two traces."""
    return {
        "old": written(tmp_path / "old.yaml", OLD.text),
        "new": written(tmp_path / "new.yaml", RENAMED_OPTION.text),
        "fern": written(tmp_path / "fern.yaml", WEEKLY),
        "cactus": written(tmp_path / "cactus.yaml", NEVER),
    }


def flat(text: str) -> str:
    return " ".join(text.split())


def test_each_trace_that_changes_is_told_with_what_changes(files: dict[str, Path]) -> None:
    result = run("impact", files["old"], files["new"], files["cactus"], files["fern"])
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Cactus" not in result.stdout
    said = flat(result.stdout)
    assert "Fern" in said
    assert "Level: 2, Growing; would be 1, Surviving" in said
    assert "Dropped answer 'weekly' to 'water.rhythm'" in said
    assert said.endswith("2 traces: 1 would read differently, 1 would stay as they are.")


def test_without_a_change_everything_stays(files: dict[str, Path]) -> None:
    said = run("impact", files["old"], files["old"], files["fern"], EXPORT).stdout
    assert said.splitlines()[-1].startswith("2 traces: 0 would read differently, 2 would stay")
    assert "Fern" not in said


def test_json_is_one_object_a_line(files: dict[str, Path]) -> None:
    result = run(
        "impact", files["old"], files["new"], files["cactus"], files["fern"], "--format", "json"
    )
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [line["id"] for line in lines] == ["cactus", "fern"]
    assert lines[0]["changes"] == lines[0]["dropped"] == []
    assert {"part": "level", "subject": "", "before": 2, "after": 1} in lines[1]["changes"]
    assert lines[1]["dropped"] == [
        {"id": "water.rhythm", "said": "weekly", "is_fact": False, "is_known": True}
    ]


def test_an_export_is_held_against_both_and_one_of_another_questionnaire_is_left_out(
    files: dict[str, Path],
) -> None:
    assert "1 trace: 1 would" in run("impact", files["old"], files["new"], EXPORT).stdout
    result = run("impact", "coordination-trace", "coordination-trace", EXPORT)
    assert result.exit_code == 0
    assert "No trace to look at." in result.stdout
    assert "1 trace belongs to another questionnaire" in flat(result.stdout)


Wrong = Callable[[dict[str, Path]], list[object]]
WRONG: list[tuple[Wrong, str]] = [
    (lambda f: ["missing.yaml", f["new"]], "there is no such file"),
    (lambda f: [f["old"], f["fern"]], "this is a case"),
    (lambda f: [f["old"], f["new"], "missing.yaml"], "there is no such file"),
    (lambda f: [f["old"], f["new"], written(f["old"].parent / "x", "answers: {a: b}")], "no quest"),
    (lambda f: ["coordination-trace", "coordination-trace", f["fern"]], "belongs to the questionn"),
]


@pytest.mark.parametrize(("wrong", "said"), WRONG, ids=[said for _, said in WRONG])
def test_what_is_wrong_in_a_file_is_said(wrong: Wrong, said: str, files: dict[str, Path]) -> None:
    result = run("impact", *wrong(files))
    assert result.exit_code == 1
    assert said in result.stderr
    assert "fix: " in result.stderr


def test_a_questionnaire_that_nobody_knows_is_wrong_usage(files: dict[str, Path]) -> None:
    result = run("impact", "coordination-trail", files["new"], files["fern"])
    assert result.exit_code == 2
    assert "there is no questionnaire 'coordination-trail'" in flat(result.stderr)


# From the database


def counted(_: Trace) -> StoredResult:
    return StoredResult(1, 1, 1, {})


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database with one trace of the questionnaire and one of another."""
    path = tmp_path / "traces.sqlite3"
    url = f"sqlite:///{path}"
    opened = open_database(url)
    migrate(opened)
    store = TraceStore(opened)
    text = QuestionnaireText(OLD.fingerprint, "tiny", "1.10", OLD.text)
    store.create(token_urlsafe(16), text, FERN, counted, NOON)
    other = QuestionnaireText("ab" * 32, "paper", "1", "id: paper")
    store.create(token_urlsafe(16), other, Trace({"name": "Blog"}), counted, NOON)
    opened.close()
    monkeypatch.setenv("DATABASE_URL", url)
    return path


def test_without_files_the_traces_of_the_database_are_read_and_left_alone(
    database: Path, files: dict[str, Path]
) -> None:
    before = database.read_bytes()
    result = run("impact", files["old"], files["new"])
    assert (result.exit_code, result.stderr) == (0, "")
    assert "1 trace: 1 would read differently" in result.stdout
    assert "1 trace belongs to another questionnaire" in flat(result.stdout)
    assert database.read_bytes() == before


def test_a_database_that_is_not_there_is_not_made(
    tmp_path: Path, files: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "folder" / "none.sqlite3"
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{path}")
    result = run("impact", files["old"], files["new"])
    assert result.exit_code == 1
    assert "there is no database here" in result.stderr
    assert not path.parent.exists()


@pytest.mark.parametrize("content", [b"", b"not a database" * 100])
def test_a_database_that_cannot_be_read_is_said(
    content: bytes, tmp_path: Path, files: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.sqlite3"
    path.write_bytes(content)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{path}")
    result = run("impact", files["old"], files["new"])
    assert result.exit_code == 1
    assert str(path) in result.stderr


def test_hostile_names_cannot_command_the_terminal(tmp_path: Path, files: dict[str, Path]) -> None:
    case: dict[str, Any] = {
        "questionnaire": "tiny",
        "use_case": {"name": "\x1b[31m<b>\u202e" + "x" * 10_000},
        "answers": {"water.rhythm": "weekly"},
    }
    hostile = written(tmp_path / "hostile.json", json.dumps(case))
    result = run("impact", files["old"], files["new"], hostile)
    assert result.exit_code == 0
    assert not set("\x1b\u202e") & set(result.output)
    assert len(result.output) < 3_000
