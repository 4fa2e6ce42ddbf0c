"""The files of a workshop: each says what the room said, and none says who."""

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import page
import pytest
from hypothesis import given, settings
from pypdf import PdfReader

from assessment.cli.reading import read_traces
from assessment.files.export import TracedUseCase, write_export
from assessment.files.export_reader import read_export
from assessment.files.problems import FileProblems
from assessment.method.answers import Trace
from assessment.method.room import FEWEST, shown_functions
from assessment.room_account import RoomAccount
from assessment.store.room_accounts import Held
from reports.making import make
from reports.room.report import REHEARSAL
from reports.room.tables import ROOM_TABLES
from reports.table_columns import (
    ACTIONS,
    ANSWERS,
    GAPS,
    ROOM_AGENDA,
    ROOM_COUNTS,
    ROOM_FUNCTIONS,
    ROOM_QUESTIONS,
    SUMMARY,
)
from tests.cli_runs import run
from tests.room_accounts import FACTS, NOW, OWN, account, closed, held, report_of, rooms, simulated

ROOT = Path(__file__).parents[2]
HOSTILE = (
    "<script>alert(1)</script> =HYPERLINK(1) #read(1) *b* \u05e9\u05dc\u05d5\u05dd 日本 "
    + "x" * 200
)


def exported(before: Held, found: RoomAccount | None = None) -> str:
    use_case = TracedUseCase("t", OWN, Trace(FACTS), NOW, workshop=found or account(before))
    return write_export(use_case, "a program", NOW)


def tables(before: Held) -> dict[str, list[dict[str, str]]]:
    with ZipFile(io.BytesIO(make("csv", report_of(before), NOW))) as archive:
        return {
            name.removesuffix(".csv"): list(
                csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"), newline=""))
            )
            for name in archive.namelist()
        }


def bare(text: str) -> str:
    return "".join(text.replace("\u200b", "").split())


@cache
def pdf_of(people: int, *, is_rehearsal: bool = False, reason: str = "Because.") -> bytes:
    before = simulated(people, is_rehearsal=is_rehearsal, reason=reason)
    return make("pdf", report_of(before), NOW)


def pages_of(content: bytes) -> list[str]:
    return [bare(one.extract_text()) for one in PdfReader(io.BytesIO(content)).pages]


def html_of(before: Held) -> str:
    return make("html", report_of(before), NOW).decode()


# Paper and web page


def test_the_paper_says_what_the_room_said_after_the_result() -> None:
    pages = pages_of(pdf_of(12))
    room = next(place for place, text in enumerate(pages) if bare("What the room said") in text)
    assert room > 0
    assert bare("Who was there") in pages[room]
    assert bare("The guess and the result") in pages[room]
    whole = "".join(pages)
    for said in ("Because.", "Sales sees it differently.", "Not agreed, so to be found out"):
        assert bare(said) in whole
    assert bare("What these figures cannot say") in whole


@pytest.mark.parametrize("people", [3, 12, 40])
def test_the_paper_is_accessible_as_pdf_ua_asks(people: int) -> None:
    checked = page.validate_pdf_bytes(pdf_of(people), profile="ua1")
    assert [(found.rule_id, found.message) for found in checked.failures] == []
    assert checked.is_compliant


def test_a_rehearsal_is_marked_on_every_page() -> None:
    assert all(bare(REHEARSAL) in text for text in pages_of(pdf_of(12, is_rehearsal=True)))
    assert not any(bare(REHEARSAL) in text for text in pages_of(pdf_of(12)))


def test_a_rehearsal_is_marked_in_every_other_file() -> None:
    before = simulated(12, is_rehearsal=True)
    marked = unescape(html_of(before)).count(REHEARSAL)
    assert marked == 3  # in the tab, on the page, on each page of a print
    for rows in tables(before).values():
        assert {row["is_rehearsal"] for row in rows} <= {"True"}
    assert json.loads(exported(before))["workshop"]["simulated"] is True


def test_reasons_and_minority_views_show_as_typed_in_every_file() -> None:
    before = simulated(5, reason=HOSTILE, minority=HOSTILE)
    text = html_of(before)
    assert "<script>" not in text
    assert unescape(text).count(HOSTILE) == 8 + 4  # reasons, then minority views
    (kept,) = {row["reason"] for row in tables(before)["room_questions"]}
    assert kept == HOSTILE
    paper = "".join(pages_of(pdf_of(5, reason=HOSTILE)))
    assert bare("<script>alert(1)</script> =HYPERLINK(1) #read(1) *b*") in paper
    asked = json.loads(exported(before))["workshop"]["questions"]
    assert {one["recorded"]["reason"] for one in asked} == {HOSTILE}


# Tables


def test_every_column_of_every_table_is_explained() -> None:
    guide = (ROOT / "docs/tables.md").read_text(encoding="utf-8")
    every = (SUMMARY, ANSWERS, GAPS, ACTIONS, ROOM_QUESTIONS, ROOM_COUNTS, ROOM_FUNCTIONS)
    columns = {column for kinds in (*every, ROOM_AGENDA) for column in kinds}
    assert [column for column in sorted(columns) if f"`{column}`" not in guide] == []
    assert [name for name in ROOM_TABLES if f"`{name}.csv`" not in guide] == []


def test_the_tables_keep_their_columns_where_there_is_little_to_say() -> None:
    few, many = report_of(simulated(1)), report_of(simulated(12))
    for table in ROOM_TABLES.values():
        assert list(table(few).dtypes) == list(table(many).dtypes)


def test_the_counts_add_up_to_who_answered() -> None:
    found = tables(simulated(12))
    answered = {row["question_id"]: int(row["answered"]) for row in found["room_questions"]}
    for question, people in answered.items():
        counts = [row for row in found["room_counts"] if row["question_id"] == question]
        assert sum(int(row["count"]) for row in counts) == people
        assert {row["of"] for row in counts} == {str(people)}
    groups = [row for row in found["room_counts"] if row["part"] == "people"]
    assert sum(int(row["count"]) for row in groups) == 12


def test_without_a_workshop_there_are_no_tables_of_one() -> None:
    report = replace(report_of(simulated(3)), room=None)
    with ZipFile(io.BytesIO(make("csv", report, NOW))) as archive:
        assert not any(name.startswith("room") for name in archive.namelist())
    assert "What the room said" not in make("html", report, NOW).decode()


# What no file says


@settings(max_examples=25)
@given(rooms())
def test_a_function_of_one_or_two_people_is_named_in_no_file(before: Held) -> None:
    functions = [ballot.function for ballot in before.ballots]
    hidden = set(functions) - set(shown_functions(functions))
    found = tables(before)
    for text in (html_of(before), exported(before), json.dumps(found)):
        assert not [name for name in hidden if name in text]
    shown = [row for row in found["room_counts"] if row["part"] == "people"]
    shown += found["room_functions"]
    assert all(int(row.get("count") or row["people"]) >= FEWEST for row in shown)
    for question in {row["question_id"] for row in found["room_counts"]} - {""}:
        counts = [row for row in found["room_counts"] if row["question_id"] == question]
        assert sum(int(row["count"]) for row in counts) >= FEWEST


@settings(max_examples=10)
@given(rooms())
def test_the_files_are_the_same_after_the_final_close(before: Held) -> None:
    after = closed(OWN.questionnaire, before)
    assert exported(after) == exported(before)
    assert tables(after) == tables(before)


# JSON


@given(rooms())
def test_the_account_comes_back_from_json_as_it_was(before: Held) -> None:
    read = read_export(exported(before), "x.json")
    assert read.warnings == ()
    assert read.use_case.workshop == account(before)
    assert write_export(read.use_case, "a program", NOW) == exported(before)


@pytest.mark.parametrize("counted", [(True, True), (True, False), (False, True)])
def test_what_was_counted_by_hand_comes_back_as_counted_by_hand(counted: tuple[bool, bool]) -> None:
    people, guesses = counted
    found = replace(account(simulated(9)), people_by_hand=people, guesses_by_hand=guesses)
    text = exported(simulated(9), found)
    assert read_export(text, "x.json").use_case.workshop == found
    part = json.loads(text)["workshop"]
    assert ("people_by_hand" in part, "guesses_by_hand" in part) == counted


def test_the_tables_say_of_every_count_whether_it_was_counted_by_hand() -> None:
    first = OWN.questionnaire.backbone[0]
    hands = {first.id: dict.fromkeys(first.options, 3)}
    before = held(OWN.questionnaire, simulated(9).ballots, hands=hands)
    by_hand = {"people": "false", "guess": "false", "question": "true"}
    rows = [row for row in tables(before)["room_counts"] if row["question_id"] in ("", first.id)]
    assert {row["part"]: row["is_by_hand"].lower() for row in rows} == by_hand
    counted = replace(before.workshop, counted_people={"Sales": 5, "Legal": 4})
    rows = tables(replace(before, workshop=counted))["room_counts"]
    assert {row["is_by_hand"].lower() for row in rows if row["part"] == "people"} == {"true"}


def test_the_workshop_in_json_has_a_day_and_no_times() -> None:
    part = json.loads(exported(simulated(12)))["workshop"]
    assert part["day"] == "2026-11-21"
    assert "T09:30" not in json.dumps(part)
    ids = [one["question"] for one in part["questions"]]
    assert ids == [question for question in OWN.questionnaire.by_id if question in ids]


def test_an_export_without_a_workshop_is_read_as_before() -> None:
    text = write_export(TracedUseCase("t", OWN, Trace(FACTS), NOW), "a program", NOW)
    assert "workshop" not in json.loads(text)
    assert read_export(text, "x.json").use_case.workshop is None


def test_the_stored_file_with_a_workshop_is_still_what_is_written() -> None:
    """A change of the format needs a new version, an upgrade, and a stored file of its own."""
    stored = ROOT / "tests/exports/format-2-workshop.json"
    export = read_export(stored.read_bytes(), stored.name)
    assert export.use_case.workshop is not None
    again = write_export(export.use_case, export.generator, export.exported_at)
    assert again == stored.read_text(encoding="utf-8")


Change = Callable[[dict[str, Any]], object]
WRONG: list[tuple[Change, str]] = [
    (lambda w: w.update(day="yesterday"), "'day' must be a day"),
    (lambda w: w.update(minutes="long"), "'minutes' must be a whole number"),
    (lambda w: w.update(minutes=True), "'minutes' must be a whole number"),
    (lambda w: w.update(people=-3), "'people' must be a whole number"),
    (lambda w: w.update(people=[]), "'people' must be a whole number"),
    (lambda w: w.update(scope="wide"), "'scope' must be one of 'short' or 'full'"),
    (lambda w: w.update(pace=7.5), "'pace' must be one of"),
    (lambda w: w.update(pace={}), "'pace' must be a text"),
    (lambda w: w.update(simulated="maybe"), "'simulated' must be true or false"),
    (lambda w: w.update(people_by_hand=1), "'people_by_hand' must be true or false"),
    (lambda w: w.update(groups={}), "'groups' must be a list"),
    (lambda w: w.update(groups=["Sales"]), "this must have keys"),
    (lambda w: w["groups"][0].pop("people"), "'people' is missing"),
    (lambda w: w["groups"][0].update(who="Eve"), "unknown key 'who'"),
    (lambda w: w["groups"][0].update(people=2), "fewer than three people are never shown apart"),
    (lambda w: w.update(guesses=[1, 2]), "'guesses' must have a number for each level"),
    (lambda w: w["questions"][0].update(question="moon"), "no question is called 'moon'"),
    (lambda w: w["questions"][0].update(counts=[]), "'counts' must have keys"),
    (lambda w: w["questions"][0]["counts"].update(moon=1), "unknown key 'moon'"),
    (lambda w: w["questions"][0].update(recorded="yes"), "'recorded' must have keys"),
    (lambda w: w["questions"][0]["recorded"].update(option="moon"), "has no option 'moon'"),
    (lambda w: w["questions"][0]["recorded"].update(reason=None), "'reason' must be a text"),
    (lambda w: w["functions"][0].update(level=9), "these are no levels of the questionnaire"),
    (lambda w: w.update(splits=["moon"]), "no question is called 'moon'"),
    (lambda w: w.update(names=["Eve"]), "unknown key 'names'"),
    (lambda w: w.pop("splits"), "'splits' is missing"),
]


@pytest.mark.parametrize(("change", "said"), WRONG, ids=[said for _, said in WRONG])
def test_what_is_wrong_in_it_is_one_problem_with_its_place(change: Change, said: str) -> None:
    document = json.loads(exported(simulated(12)))
    change(document["workshop"])
    text = json.dumps(document, indent=2)
    with pytest.raises(FileProblems) as found:
        read_export(text, "x.json")
    (problem,) = found.value.problems
    assert said in str(problem)
    lines = text.splitlines()
    first = lines.index('  "workshop": {') + 1
    last = lines.index('  "derived": {')
    assert first <= problem.position.line <= last


@pytest.mark.parametrize("given_", [None, [], "text", 7])
def test_a_workshop_that_is_none_is_one_problem(given_: object) -> None:
    document = json.loads(exported(simulated(3)))
    document["workshop"] = given_
    with pytest.raises(FileProblems) as found:
        read_export(json.dumps(document), "x.json")
    (problem,) = found.value.problems
    assert "'workshop' must have keys" in str(problem)


def test_the_terminal_checks_the_export_and_reports_what_the_room_said(tmp_path: Path) -> None:
    export = tmp_path / "workshop.json"
    export.write_text(exported(simulated(12)), encoding="utf-8")
    assert run("check", export).exit_code == 0
    (read,) = read_traces(str(export)).traced
    assert read.workshop == account(simulated(12))
    page_file, folder = tmp_path / "a.html", tmp_path / "tables"
    assert run("report", export, "--html", page_file, "--csv", folder).exit_code == 0
    assert "What the room said" in page_file.read_text(encoding="utf-8")
    assert (folder / "room_questions.csv").exists()
