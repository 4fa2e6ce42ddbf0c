"""`report` and `new`: what they write, whole or not at all."""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from assessment.files.cases import read_cases
from assessment.files.questionnaires import find
from assessment.method.answers import Trace
from reports.printing.pdf import PdfError
from tests.cli_runs import BAD, CASES, EXAMPLE, EXPORT, GOOD, TINY, process, run, written


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return written(tmp_path / "good.yaml", GOOD)


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    return written(tmp_path / "bad.yaml", BAD)


def test_a_report_writes_what_was_asked_for(tmp_path: Path) -> None:
    pdf, tables, export = tmp_path / "a.pdf", tmp_path / "deep/tables", tmp_path / "a.json"
    result = run("report", EXAMPLE, "--pdf", pdf, "--csv", tables, "--json", export)
    assert (result.exit_code, result.stderr) == (0, "")
    assert pdf.read_bytes().startswith(b"%PDF-")
    names = {path.name for path in tables.iterdir()}
    assert names == {"summary.csv", "answers.csv", "gaps.csv", "actions.csv"}
    again = run("classify", export, "--format", "json").stdout
    assert again == run("classify", EXAMPLE, "--format", "json").stdout
    for path in (pdf, export, tables / "gaps.csv"):
        assert f"wrote {path}" in result.stdout
    assert not list(tmp_path.rglob("*.part"))


def test_with_a_date_the_same_trace_gives_the_same_files(tmp_path: Path) -> None:
    made = []
    for name in ("a", "b"):
        folder = tmp_path / name
        folder.mkdir()
        out = ("--pdf", folder / "x.pdf", "--csv", folder, "--json", folder / "x.json")
        assert run("report", EXPORT, *out, "--date", "2026-11-20").exit_code == 0
        made.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert made[0] == made[1]
    assert b'"exported_at": "2026-11-20T00:00:00Z"' in made[0]["x.json"]


def test_an_export_of_an_export_changes_nothing_but_its_time(tmp_path: Path) -> None:
    out = tmp_path / "x.json"
    assert run("report", EXPORT, "--json", out, "--date", "2026-11-20").exit_code == 0
    before, after = (json.loads(path.read_text(encoding="utf-8")) for path in (EXPORT, out))
    for key in ("use_case", "answers", "derived", "questionnaire"):
        assert after[key] == before[key]


def test_of_several_cases_one_has_to_be_named(tmp_path: Path) -> None:
    out = tmp_path / "x.json"
    unclear = run("report", CASES, "--json", out)
    assert unclear.exit_code == 2
    assert "'facts-missing'" in unclear.stderr
    assert not out.exists()
    assert run("report", CASES, "--json", out, "--case", "facts-missing").exit_code == 0
    assert json.loads(out.read_text(encoding="utf-8"))["use_case"]["id"] == "facts-missing"


def test_nothing_is_written_of_a_file_with_problems(bad: Path, tmp_path: Path) -> None:
    result = run("report", bad, "--json", tmp_path / "x.json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "did you mean 'team'?" in result.stderr
    assert not (tmp_path / "x.json").exists()


def test_nothing_is_written_over_what_is_read_or_over_each_other(
    good: Path, tmp_path: Path
) -> None:
    one = tmp_path / "one"
    for options in (("--json", good), ("--pdf", one, "--json", one)):
        assert run("report", good, *options).exit_code == 2
    assert good.read_text(encoding="utf-8") == GOOD
    assert not one.exists()


def test_what_a_pdf_cannot_show_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "x.pdf"
    noted = run("report", EXPORT, "--pdf", out)
    assert noted.exit_code == 0
    assert noted.stderr.startswith("note: ")  # the fern's name holds a picture

    def fail(*_: object) -> None:
        raise PdfError("This cannot be printed.")

    monkeypatch.setattr("reports.printing.pdf.render_pdf", fail)
    out.unlink()
    failed = run("report", EXPORT, "--pdf", out)
    assert (failed.exit_code, failed.stderr) == (1, "This cannot be printed.\n")
    assert not out.exists()


def unwritable(tmp_path: Path) -> list[tuple[str, Path, str]]:
    return [
        ("--json", tmp_path / "no/x.json", f"make the folder {tmp_path / 'no'} first"),
        ("--json", tmp_path, "name a file in this folder"),
        ("--csv", written(tmp_path / "taken", "mine"), "name a folder; this is a file"),
    ]


@pytest.mark.parametrize("number", range(3))
def test_a_place_that_cannot_be_written_gives_one_message(number: int, tmp_path: Path) -> None:
    option, place, mend = unwritable(tmp_path)[number]
    before = sorted(tmp_path.rglob("*"))
    result = run("report", EXPORT, option, place)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.count("cannot be written") == 1
    assert f"fix: {mend}" in result.stderr
    assert sorted(tmp_path.rglob("*")) == before


def test_a_full_disk_leaves_all_old_files_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = written(tmp_path / "x.json", "old")
    full: Callable[[int], None] = lambda _: (_ for _ in ()).throw(OSError(28, "No space left"))  # noqa: E731
    monkeypatch.setattr("os.fsync", full)
    result = run("report", EXPORT, "--csv", tmp_path, "--json", old)
    assert result.exit_code == 1
    assert "cannot be written: no space left" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["x.json"]
    assert old.read_text(encoding="utf-8") == "old"


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    target, link = written(tmp_path / "real.json", "old"), tmp_path / "link.json"
    link.symlink_to(target)
    assert run("report", EXPORT, "--json", link).exit_code == 0
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8").startswith("{")


def test_new_asks_for_the_use_case_and_writes_a_file_to_fill_in(tmp_path: Path) -> None:
    out = tmp_path / "fern.yaml"
    typed = "The fern: 🌿\n2\n1, cats\n1,800\n3\n"
    result = run("new", out, "--questionnaire", TINY, typed=typed)
    assert result.exit_code == 0
    assert "Which level would you say?" in result.stderr
    cases, problems = read_cases(out.read_bytes(), str(out), find(TINY).questionnaire)
    assert problems == ()
    assert cases[0].id == "fern"
    assert cases[0].trace == Trace(
        {
            "name": "The fern: 🌿",
            "place": "greenhouse",
            "pests": ("greenfly", "cats"),
            "leaves_lost": 1800,
            "guess": 3,
        }
    )
    assert "#   measured  When the soil says so" in out.read_text(encoding="utf-8")


def test_new_lets_people_skip_what_is_not_required_and_asks_again(tmp_path: Path) -> None:
    out = tmp_path / "fern.yaml"
    typed = "\n  \nFern\n9\n\n\nmany\n\nseven\n\n"
    result = run("new", out, "--questionnaire", TINY, typed=typed)
    assert result.exit_code == 0
    assert result.stderr.count("This one is needed.") == 2
    assert "has no option '9'" in result.stderr
    assert "must be a number" in result.stderr
    assert "must be a level from 1 to 3" in result.stderr
    cases, _ = read_cases(out.read_bytes(), str(out), find(TINY).questionnaire)
    assert cases[0].trace == Trace({"name": "Fern"})


def test_new_writes_nothing_when_the_input_ends(tmp_path: Path) -> None:
    result = run("new", tmp_path / "x.yaml", typed="Fern\n")
    assert result.exit_code == 1
    assert "Nothing was written." in result.stderr
    assert not list(tmp_path.iterdir())


def test_new_writes_nothing_on_ctrl_c(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt() -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("builtins.input", interrupt)
    result = run("new", tmp_path / "x.yaml")
    assert result.exit_code == 1
    assert "Nothing was written." in result.stderr
    assert not list(tmp_path.iterdir())


def test_new_refuses_to_overwrite_before_it_asks(good: Path) -> None:
    result = run("new", good, typed="")
    assert result.exit_code == 1
    assert f"{good} exists" in result.stderr
    assert good.read_text(encoding="utf-8") == GOOD
    forced = run("new", good, "--force", "--questionnaire", TINY, typed="Fern\n\n\n\n\n")
    assert forced.exit_code == 0
    assert "Fern" in good.read_text(encoding="utf-8")


def test_new_takes_whatever_bytes_are_typed(tmp_path: Path) -> None:
    done = process(
        *(sys.executable, "-m", "assessment", "new", tmp_path / "x.yaml", "--questionnaire", TINY),
        input="\udcff\x1b[31m" + "long " * 2_000 + "\n\n\n\n\n",
        errors="surrogateescape",
    )
    assert done.returncode == 0
    text = (tmp_path / "x.yaml").read_text(encoding="utf-8")
    cases, problems = read_cases(text, "x.yaml", find(TINY).questionnaire)
    assert problems == ()
    assert str(cases[0].trace.facts["name"]).endswith("long long")


def test_new_names_the_file_after_the_use_case_and_never_takes_one_that_exists(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("The fern / β", "The fern / β", "../../🙂"):
        typed = f"{name}\n\n\n\n\n"
        assert run("new", "--questionnaire", TINY, typed=typed).exit_code == 0
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"the-fern-β.yaml", "the-fern-β-2.yaml", "use-case.yaml"}


def test_new_prints_the_file_where_asked_to() -> None:
    result = run("new", "-", "--questionnaire", TINY, typed="Fern\n\n\n\n\n")
    cases, problems = read_cases(result.stdout, "x", find(TINY).questionnaire)
    assert (cases[0].id, problems) == ("fern", ())
