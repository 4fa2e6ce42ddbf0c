"""Backups: whole or not at all, and between SQLite and PostgreSQL both ways."""

import gzip
import hashlib
import io
import json
import os
import signal
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from secrets import token_hex, token_urlsafe
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessment.method.answers import Answer, Trace
from assessment.method.gaps import assess
from assessment.method.questionnaire import Questionnaire
from assessment.method.record import record
from assessment.store import backup_file
from assessment.store.backup import write_backup
from assessment.store.backup_file import BackupUnusable
from assessment.store.database import Database
from assessment.store.records import QuestionnaireText, StoredResult
from assessment.store.restore import HoldsTraces, restore, verify
from assessment.store.traces import TraceStore
from tests.backups import MADE, backed_up, everything, opened, restored
from tests.cli_runs import process
from tests.invented import traced
from tests.store_samples import MINUTE, NOON, PAPER, a_trace, counted

pytest_plugins = ("tests.store_fixtures",)


@dataclass
class Pair:
    """A database to back up and one to restore into."""

    source: Database
    target: Database


@pytest.fixture(
    params=[
        "sqlite to sqlite",
        pytest.param("sqlite to postgresql", marks=pytest.mark.postgresql),
        pytest.param("postgresql to sqlite", marks=pytest.mark.postgresql),
        pytest.param("postgresql to postgresql", marks=pytest.mark.postgresql),
    ]
)
def pair(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Pair]:
    from tests.store_fixtures import fresh_schema  # not above: pytest loads it as a plugin

    source, _, target = request.param.partition(" to ")

    def urls(kind: str, name: str) -> Iterator[str]:
        if kind == "postgresql":
            yield from fresh_schema()
        else:
            yield f"sqlite:///{tmp_path / name}"

    first, second = urls(source, "source.sqlite3"), urls(target, "target.sqlite3")
    with opened(next(first)) as one, opened(next(second)) as other:
        yield Pair(one, other)
    first.close()  # type: ignore[attr-defined]
    second.close()  # type: ignore[attr-defined]


def lived(store: TraceStore, questionnaire: Questionnaire, trace: Trace, clock: datetime) -> str:
    """Keep a trace answer by answer, one of them taken back, with a clock that runs backwards."""
    content = questionnaire.model_dump_json()
    kept = QuestionnaireText(
        hashlib.sha256(content.encode()).hexdigest(),
        questionnaire.id,
        questionnaire.version,
        content,
    )
    use_case = token_urlsafe(16)

    def classify(now: Trace) -> StoredResult:
        result = assess(questionnaire, now)
        at = result.standing
        return StoredResult(at.level, at.ceiling, at.evidenced, record(result, use_case))

    store.create(use_case, kept, Trace(trace.facts), classify, clock)
    for number, (question, answer) in enumerate(trace.answers.items()):
        store.save_answer(use_case, question, answer, classify, clock - number * MINUTE)
    for question in list(trace.answers)[:1]:
        store.save_answer(use_case, question, Answer(), classify, clock)
    return use_case


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    invented=st.lists(traced(), min_size=1, max_size=3),
    note=st.text(max_size=40),
    zone=st.integers(-12, 14),
)
def test_what_is_restored_is_what_was_there(
    pair: Pair, invented: list[tuple[Questionnaire, Trace]], note: str, zone: int
) -> None:
    store = TraceStore(pair.source)
    clock = datetime(2026, 3, 1, 0, 30, 1, 234567, timezone(timedelta(hours=zone)))
    for questionnaire, trace in invented:
        use_case = lived(store, questionnaire, trace, clock)
        question = questionnaire.questions[0].id
        noted = Answer(None, note, (note,), note + "Ł 漢字 🎉 \u2028 ' \" \\u0000")
        store.save_answer(use_case, question, noted, counted, clock)
    before = everything(pair.source)
    restored(backed_up(pair.source), pair.target, replace=True)
    after = everything(pair.target)
    assert after == before
    for stored, changes in after.values():
        moments = [stored.created, stored.changed, *(change.at for change in changes)]
        assert {moment.tzinfo for moment in moments} == {UTC}


def test_a_restored_database_goes_on(pair: Pair) -> None:
    use_case = a_trace(TraceStore(pair.source))
    restored(backed_up(pair.source), pair.target)
    store = TraceStore(pair.target)
    assert store.save_answer(use_case, "a", Answer("named"), counted, NOON + MINUTE)
    a_trace(store)
    assert [change.question for change in store.history(use_case)] == [None, "a"]


def test_what_was_deleted_stays_deleted(pair: Pair) -> None:
    store = TraceStore(pair.source)
    use_case = a_trace(store)
    before = everything(pair.source)
    store.delete(use_case, NOON)
    restored(backed_up(pair.source), pair.target)
    target = TraceStore(pair.target)
    assert target.deleted(5) == store.deleted(5) != ()
    target.undo_delete(use_case, NOON)
    assert everything(pair.target) == before


def test_equal_contents_make_equal_files(database: Database, store: TraceStore) -> None:
    for _ in range(3):
        a_trace(store)
    assert backed_up(database).getvalue() == backed_up(database).getvalue()


def test_a_backup_is_one_moment_while_people_go_on(
    database: Database, store: TraceStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_case = a_trace(store)
    before = everything(database)
    write = backup_file.LineWriter.write

    def answering_meanwhile(self: backup_file.LineWriter, value: object) -> None:
        write(self, value)
        store.save_answer(use_case, f"q{token_hex(4)}", Answer("named"), counted, NOON + MINUTE)
        a_trace(store)

    with monkeypatch.context() as patch:
        patch.setattr(backup_file.LineWriter, "write", answering_meanwhile)
        file = backed_up(database)
    assert len(everything(database)) > len(before)
    restored(file, database, replace=True)
    assert everything(database) == before


def test_traces_are_not_replaced_unless_told(database: Database, store: TraceStore) -> None:
    a_trace(store)
    file = backed_up(database)
    deleted = a_trace(store)
    store.delete(deleted, NOON)
    before = everything(database), store.deleted(5)
    with pytest.raises(HoldsTraces) as caught:
        restored(file, database)
    assert caught.value.count == 2
    assert (everything(database), store.deleted(5)) == before
    restored(file, database, replace=True)
    assert (len(everything(database)), store.deleted(5)) == (1, ())


def lines_of(file: io.BytesIO) -> list[Any]:
    return [json.loads(line) for line in gzip.decompress(file.getvalue()).splitlines()]


def forged(lines: list[Any]) -> bytes:
    """A file whose hash is right, whatever its lines say."""
    text = b"".join(json.dumps(line).encode() + b"\n" for line in lines[:-1])
    return gzip.compress(text + json.dumps(hashlib.sha256(text).hexdigest()).encode() + b"\n")


def changed(edit: Callable[[list[Any]], object]) -> Callable[[io.BytesIO], bytes]:
    def change(file: io.BytesIO) -> bytes:
        lines = lines_of(file)
        edit(lines)
        return forged(lines)

    return change


def of_table(lines: list[Any], table: str) -> Any:
    return next(line[1] for line in lines[1:-1] if line[0] == table)


def a_trace_twice(lines: list[Any]) -> None:
    lines[0]["rows"]["use_cases"] += 1
    lines.insert(2, lines[2])


NOT_WHOLE = "it is cut off or was changed since it was made"
NOT_OURS = "this is not a backup of this program"
TOO_NEW = "a newer version of this program made it"

SPOILT: dict[str, tuple[Callable[[io.BytesIO], bytes], str]] = {
    "empty": (lambda _: b"", NOT_OURS),
    "a letter": (lambda _: b"Dear Maria, " * 100, NOT_OURS),
    "another gzip": (lambda _: gzip.compress(b"Dear Maria"), NOT_OURS),
    "other JSON": (lambda _: gzip.compress(b'{"format": "other"}\n'), NOT_OURS),
    "cut off": (lambda file: file.getvalue()[:-40], NOT_WHOLE),
    "half": (lambda file: file.getvalue()[: len(file.getvalue()) // 2], NOT_WHOLE),
    "something behind it": (lambda file: file.getvalue() + gzip.compress(b"x\n"), NOT_WHOLE),
    "a changed answer": (
        lambda file: gzip.compress(gzip.decompress(file.getvalue()).replace(b"Maria", b"Marta")),
        NOT_WHOLE,
    ),
    "one row less": (changed(lambda lines: lines.pop(2)), NOT_WHOLE),
    "one row more": (changed(lambda lines: lines.insert(2, lines[2])), NOT_WHOLE),
    "a trace twice": (changed(a_trace_twice), NOT_WHOLE),
    "an answer twice": (
        changed(lambda lines: lines.__setitem__(4, lines[5])),
        NOT_WHOLE,
    ),
    "an answer to no trace": (
        changed(lambda lines: of_table(lines, "answers").update(use_case="x" * 22)),
        NOT_WHOLE,
    ),
    "a trace of no questionnaire": (
        changed(lambda lines: of_table(lines, "use_cases").update(questionnaire="x")),
        NOT_WHOLE,
    ),
    "no time zone": (
        changed(lambda lines: of_table(lines, "use_cases").update(created="2026-03-01T12:00:00")),
        NOT_WHOLE,
    ),
    "no time": (
        changed(lambda lines: of_table(lines, "use_cases").update(created=7)),
        NOT_WHOLE,
    ),
    "no facts": (changed(lambda lines: of_table(lines, "use_cases").update(facts=None)), NOT_WHOLE),
    "a level in words": (
        changed(lambda lines: of_table(lines, "results").update(level="three")),
        NOT_WHOLE,
    ),
    "a level beyond all": (
        changed(lambda lines: of_table(lines, "results").update(level=10**30)),
        NOT_WHOLE,
    ),
    "half a character": (
        changed(lambda lines: of_table(lines, "answers").update(note="\ud800")),
        NOT_WHOLE,
    ),
    "another column": (
        changed(lambda lines: of_table(lines, "answers").update(weight=1)),
        NOT_WHOLE,
    ),
    "another table": (changed(lambda lines: lines[0]["rows"].update(people=0)), NOT_WHOLE),
    "a newer format": (changed(lambda lines: lines[0].update(format_version=2)), TOO_NEW),
    "a newer schema": (changed(lambda lines: lines[0].update(schema_revision="9999")), TOO_NEW),
    "an older schema": (
        changed(lambda lines: lines[0].update(schema_revision="0001", program="audit 0.0.9")),
        "audit 0.0.9 made it, for an older schema",
    ),
}


@pytest.fixture
def sqlite(sqlite_url: str) -> Iterator[Database]:
    with opened(sqlite_url) as database:
        yield database


def refuses(database: Database, name: str) -> None:
    spoil, problem = SPOILT[name]
    store = TraceStore(database)
    a_trace(store, Trace({}, {"a": Answer("named", "Maria"), "b": Answer("unknown")}))
    before = everything(database)
    with pytest.raises(BackupUnusable, match=problem):
        restored(io.BytesIO(spoil(backed_up(database))), database, replace=True)
    assert everything(database) == before


@pytest.mark.parametrize("name", SPOILT)
def test_a_file_that_is_not_a_whole_backup_changes_nothing(name: str, sqlite: Database) -> None:
    refuses(sqlite, name)


@pytest.mark.parametrize("name", ["an answer twice", "a level beyond all", "half a character"])
def test_what_no_database_takes_changes_nothing(name: str, database: Database) -> None:
    refuses(database, name)


def test_the_memory_does_not_grow_with_the_database(
    sqlite: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assessment.store.backup._AT_ONCE", 5)
    monkeypatch.setattr("assessment.store.restore._AT_ONCE", 5)
    long = "a long note " * 8_000
    for _ in range(60):
        a_trace(TraceStore(sqlite), Trace({}, {"a": Answer("named", note=long)}))
    content = 60 * 2 * len(long)  # once in the answer, once in the history
    with (tmp_path / "backup.gz").open("w+b") as file:
        tracemalloc.start()
        write_backup(sqlite, file, MADE, "coordination-audit 0.1.0")
        restore(sqlite, verify(file), replace=True)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < content / 2


def test_every_changed_byte_is_noticed(sqlite: Database) -> None:
    a_trace(TraceStore(sqlite))
    whole = backed_up(sqlite).getvalue()
    unchanged = verify(io.BytesIO(whole)).contents
    ignored_by_gzip = {*range(4, 10)}  # its time, flags of the compressor, its system
    for place in set(range(len(whole))) - ignored_by_gzip:
        spoilt = bytearray(whole)
        spoilt[place] ^= 0x10
        try:
            found = verify(io.BytesIO(bytes(spoilt))).contents
        except BackupUnusable:
            continue
        assert found == unchanged, f"byte {place}"


def test_a_file_that_changes_after_it_was_verified_changes_nothing(database: Database) -> None:
    store = TraceStore(database)
    a_trace(store)
    file = backed_up(database)
    a_trace(store)
    other = backed_up(database).getvalue()
    before = everything(database)
    verified = verify(file)
    file.seek(0)
    file.write(other)
    with pytest.raises(BackupUnusable):
        restore(database, verified, replace=True)
    assert everything(database) == before


KILLED = """
import os, signal, sys
from sqlalchemy import event
from assessment.store.database import open_database
from assessment.store.restore import restore, verify

database = open_database(sys.argv[1])
left = int(sys.argv[3])

def kill(connection, cursor, statement, *_):
    global left
    left -= statement.startswith(("INSERT", "DELETE"))
    if left <= 0:
        os.kill(os.getpid(), signal.SIGKILL)

event.listen(database.engine, "after_cursor_execute", kill)
with open(sys.argv[2], "rb") as file:
    restore(database, verify(file), replace=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
@pytest.mark.parametrize("statement", [1, 10])
def test_a_restore_that_is_killed_leaves_what_was_there(
    statement: int, store_url: str, tmp_path: Path
) -> None:
    backup = tmp_path / "backup.gz"
    with opened(store_url) as database:
        store = TraceStore(database)
        a_trace(store, Trace({}, {"a": Answer("named")}))
        backup.write_bytes(backed_up(database).getvalue())
        a_trace(store)
        before = everything(database)
    done = process(sys.executable, "-c", KILLED, store_url, backup, statement)
    assert done.returncode == -signal.SIGKILL, done.stderr
    with opened(store_url) as database:
        assert everything(database) == before


def test_a_questionnaire_that_no_trace_uses_does_not_stand_in_the_way(database: Database) -> None:
    store = TraceStore(database)
    use_case = a_trace(store)
    file = backed_up(database)
    store.delete(use_case, NOON)
    store.purge(NOON + MINUTE)
    restored(file, database)
    assert store.load(use_case).questionnaire == PAPER
