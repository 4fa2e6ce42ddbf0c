"""One answer on the disk, beside the least that any program must do to have it there."""

import os
import sqlite3
from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from secrets import token_urlsafe
from tempfile import TemporaryDirectory

from assessment.method.answers import Answer
from assessment.pages import current
from assessment.pages.start import examples
from assessment.store.database import open_database
from assessment.store.migrate import migrate
from assessment.store.traces import TraceStore
from benchmarks.table import Figure, in_turn, ms, p50, spread
from tests.people import begun

GOAL = 0.005
"""In seconds."""


def figures(quick: bool) -> list[Figure]:
    """Time the saving of an answer, with its history and result, on SQLite in a folder here."""
    with TemporaryDirectory(prefix="benchmark-", dir=Path.cwd()) as place:
        folder = Path(place)
        database = open_database(f"sqlite:///{folder / 'traces.sqlite3'}")
        migrate(database)
        plain = sqlite3.connect(folder / "plain.sqlite3", isolation_level=None)
        plain.execute("PRAGMA journal_mode = WAL")
        plain.execute("PRAGMA synchronous = FULL")
        plain.execute("CREATE TABLE answers (id INTEGER PRIMARY KEY, text TEXT)")
        with (folder / "block").open("wb") as block:
            saved, commit, sync = in_turn(
                saving(TraceStore(database)),
                lambda: plain.execute("INSERT INTO answers (text) VALUES ('an answer')"),
                lambda: _write_block(block.fileno()),
                times=30 if quick else 300,
            )
        plain.close()
        database.close()
    return [
        Figure(
            "Save one answer durably, with history and result",
            spread(saved),
            f"a bare SQLite commit: {ms(p50(commit))}; 4 KiB written and synced: {ms(p50(sync))}",
            "5 ms",
            p50(saved) < GOAL,
        )
    ]


def saving(store: TraceStore) -> Callable[[], object]:
    """Give what changes an answer at each call, durably."""
    questionnaire = examples.questionnaires()[0].questionnaire
    trace = begun(store, token_urlsafe(16))
    classify = current.classifying(questionnaire, trace)
    question = questionnaire.backbone[0]
    options = cycle(question.options)

    def save() -> None:
        store.save_answer(trace, question.id, Answer(next(options)), classify, current.now())

    return save


def _write_block(file: int) -> None:
    os.pwrite(file, bytes(4096), 0)
    os.fsync(file)
