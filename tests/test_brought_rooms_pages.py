"""A trace brought in from a file has what the room said in all its files, for who may know it."""

import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from secrets import token_urlsafe
from typing import Any
from zipfile import ZipFile

import pytest
from pypdf import PdfReader
from sqlalchemy import update

from assessment.files.export import TracedUseCase, write_export
from assessment.files.export_reader import read_export
from assessment.files.export_workshop_reader import MOST_ALIKE
from assessment.files.problems import FileProblems
from assessment.method.answers import Trace
from assessment.pages import current, downloads, identity
from assessment.pages.address import RESULT_PAGE
from assessment.pages.identity import Person, SigningIn
from assessment.pages.shelf import brought_rooms as kept_rooms
from assessment.pages.shelf import shelf
from assessment.pages.start.menu import saved_file
from assessment.pages.workshop import running
from assessment.pages.workshop.files import account_of_last
from assessment.room_account import RoomAccount
from assessment.store.access import Access
from assessment.store.brought_rooms import BroughtRooms
from assessment.store.errors import FULL, StoreUnavailable, TraceNotFound
from assessment.store.links import LinkStore
from assessment.store.schema import brought_rooms
from assessment.store.workshop_records import WorkshopPlan
from reports.content import Imprint, write_report
from reports.room.report import REHEARSAL
from tests.cli_runs import run
from tests.page_visits import open_app, words
from tests.room_accounts import FACTS, NOW, OWN, account, simulated

pytest_plugins = ("tests.page_fixtures",)
pytestmark = pytest.mark.usefixtures("kept")

SAMPLE = Path(__file__).parent / "exports/format-2-workshop.json"
HELD = account(simulated(12))
REHEARSED = account(simulated(12, is_rehearsal=True))
ANN, BO = (Person(f"i|{name}", name, f"{name}@example.org") for name in ("Ann", "Bo"))


def exported(found: RoomAccount | None = HELD) -> bytes:
    use_case = TracedUseCase("t", OWN, Trace(FACTS), NOW, workshop=found)
    return write_export(use_case, "a program", NOW).encode()


def part_of(export: bytes | str) -> Any:
    return json.loads(export).get("workshop")


def brought_in(content: bytes) -> str:
    """Bring a file in on the start page; gives the id of the new trace."""
    tab = open_app()
    tab.file_uploader(key="bring-in-file").upload("trace.json", content).run()
    tab.button(key="bring-in-keep").click().run()
    assert not tab.exception
    return current.store().recent(1)[0].id


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (HELD, "what a room said on 21 November 2026."),
        (REHEARSED, "what simulated people said in a rehearsal on 21 November 2026."),
        (None, ""),
    ],
    ids=["workshop", "rehearsal", "none"],
)
def test_before_and_after_it_is_kept_the_pages_say_that_a_room_is_in_it(
    found: RoomAccount | None, said: str
) -> None:
    tab = open_app()
    tab.file_uploader(key="bring-in-file").upload("trace.json", exported(found)).run()
    assert (f"The file also holds {said}" in words(tab)) == bool(said)
    tab.button(key="bring-in-keep").click().run()
    (trace,) = current.store().recent(2)
    result = words(open_app(trace.id, RESULT_PAGE))
    assert (f"These files also hold {said}" in result) == bool(said)
    assert ("also hold" in result) == bool(said)


@pytest.mark.parametrize("content", [exported(), exported(REHEARSED), SAMPLE.read_bytes()])
def test_saved_again_the_file_says_the_same_of_the_room(content: bytes) -> None:
    trace = brought_in(content)
    found = account_of_last(current.load(trace))
    assert found == read_export(content, "x.json").use_case.workshop
    again = saved_file(trace)
    assert part_of(again) == part_of(content)
    assert part_of(saved_file(brought_in(again))) == part_of(content)


def test_where_the_last_part_cannot_be_kept_nothing_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise StoreUnavailable("traces.sqlite3", *FULL)

    tab = open_app()
    tab.file_uploader(key="bring-in-file").upload("trace.json", exported()).run()
    with monkeypatch.context() as now:
        now.setattr(BroughtRooms, "keep", full)
        tab.button(key="bring-in-keep").click().run()
    assert "The disk is full" in words(tab)
    assert current.store().recent(2) == ()
    tab.run()
    tab.button(key="bring-in-keep").click().run()
    assert len(current.store().recent(2)) == 1


def test_a_file_without_a_room_brings_none() -> None:
    trace = brought_in(exported(None))
    assert account_of_last(current.load(trace)) is None
    assert part_of(saved_file(trace)) is None


def files_of(trace: str) -> dict[str, bytes]:
    """Every file that the result page of a trace offers, by its kind."""
    at = current.load(trace)
    report = write_report(
        at.result, Imprint(at.id, at.read.fingerprint, NOW), account=account_of_last(at)
    )
    return {file.mime: file.make() for file in downloads.downloads(at, report)}


@pytest.mark.parametrize("found", [HELD, REHEARSED], ids=["workshop", "rehearsal"])
def test_every_file_of_the_result_has_it_and_a_rehearsal_stays_one(found: RoomAccount) -> None:
    made = files_of(brought_in(exported(found)))
    page = made["text/html"].decode()
    pages = PdfReader(io.BytesIO(made["application/pdf"])).pages
    paper = ["".join(one.extract_text().replace("\u200b", "").split()) for one in pages]
    with ZipFile(io.BytesIO(made["application/zip"])) as archive:
        table = archive.read("room_questions.csv").decode("utf-8-sig")
    assert "What the room said" in page
    assert "Whattheroomsaid" in "".join(paper)
    assert "We looked at ten cases." in table
    assert part_of(made["application/json"]) == part_of(exported(found))
    assert (REHEARSAL in page) == found.is_rehearsal
    assert [REHEARSAL.replace(" ", "") in one for one in paper] == [found.is_rehearsal] * len(paper)
    assert (",True," in table) == found.is_rehearsal


def test_a_workshop_that_was_held_here_comes_first_once_it_is_over() -> None:
    trace, key = brought_in(exported()), token_urlsafe(16)
    plan = WorkshopPlan(functions=("Sales",))
    ids = (token_urlsafe(16), key, "KH7QWX")
    running.workshops().open(ids, trace, plan, current.now())
    assert account_of_last(current.load(trace)) == HELD
    running.workshops().release(key, current.now())
    assert account_of_last(current.load(trace)) == running.load(key).account != HELD


def test_a_copy_made_on_the_start_page_says_nothing_of_the_room() -> None:
    trace, copy = brought_in(exported()), token_urlsafe(16)
    classify = current.classifying(OWN.questionnaire, copy)
    shelf().copy(trace, copy, classify, current.now())
    assert part_of(saved_file(copy)) is None


def test_an_account_that_cannot_be_read_does_not_break_the_result() -> None:
    trace = brought_in(exported())
    with current.database().writing() as connection:
        connection.execute(update(brought_rooms).values(account={"another": "shape"}))
    tab = open_app(trace, RESULT_PAGE)
    assert "Something went wrong" not in words(tab)
    assert "Report as PDF" in [one.proto.label for one in tab.get("download_button")]


def test_who_may_only_look_at_the_trace_does_not_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identity, "signing_in", SigningIn("Corp", "https://audit.example.org"))
    monkeypatch.setattr(current, "person", lambda: ANN)
    trace = brought_in(exported())
    tokens = {access: token_urlsafe(16) for access in (Access.VIEW, Access.EDIT)}
    for access, token in tokens.items():
        current.links().make(trace, token, access, current.now())
    assert part_of(saved_file(trace)) is not None
    monkeypatch.setattr(current, "person", lambda: BO)
    guest = LinkStore(current.database(), BO.visitor)
    guest.redeem(tokens[Access.VIEW], current.now())
    assert part_of(saved_file(trace)) is None
    with pytest.raises(TraceNotFound):
        kept_rooms().account(trace)
    assert "This trace is not yours" not in words(open_app(trace, RESULT_PAGE))
    guest.redeem(tokens[Access.EDIT], current.now())
    assert part_of(saved_file(trace)) == part_of(exported())


# From the terminal, and from whoever means harm


def test_the_terminal_passes_it_on(tmp_path: Path) -> None:
    copy = tmp_path / "copy.json"
    assert run("report", SAMPLE, "--json", copy).exit_code == 0
    assert part_of(copy.read_text(encoding="utf-8")) == part_of(SAMPLE.read_bytes())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda w: w["questions"].append(w["questions"][0]), "stands here twice"),
        (lambda w: w["questions"][0]["counts"].update(unknown=MOST_ALIKE + 1), "cannot have said"),
        (lambda w: w["questions"][0]["counts"].update(unknown=999_999_999), "cannot have said"),
        (lambda w: w.update(people=2, groups=[], functions=[]), "fewer than three people"),
    ],
    ids=["a question twice", "one too many", "a crowd", "two people"],
)
def test_a_file_that_would_fill_the_memory_or_tell_two_people_apart_is_refused(
    change: Callable[[dict[str, Any]], object], said: str
) -> None:
    document = json.loads(exported())
    change(document["workshop"])
    text = json.dumps(document)
    with pytest.raises(FileProblems) as found:
        read_export(text, "x.json")
    (problem,) = found.value.problems
    assert said in str(problem)
    tab = open_app()
    tab.file_uploader(key="bring-in-file").upload("trace.json", text.encode()).run()
    assert "This file cannot be read: one problem" in words(tab)
    assert "bring-in-keep" not in [button.key for button in tab.button]


def test_the_largest_counts_that_are_taken_still_make_a_report() -> None:
    largest = [
        replace(one, counts=dict.fromkeys(one.counts or {}, MOST_ALIKE)) for one in HELD.questions
    ]
    read = read_export(exported(replace(HELD, questions=tuple(largest))), "x.json").use_case
    result = read_export(exported(), "x.json").result
    report = write_report(result, Imprint("t", OWN.fingerprint, NOW), account=read.workshop)
    assert report.room is not None
    assert report.room.questions[0].answered == MOST_ALIKE * len(report.room.questions[0].bars)
