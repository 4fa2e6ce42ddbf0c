"""Nothing that the screen called saved is lost: real servers, killed and cut off while in use."""

import asyncio
import os
import sys
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from random import Random, SystemRandom
from secrets import token_urlsafe

import pytest

from assessment.pages.trace.view import Way
from assessment.store.database import open_database
from assessment.store.migrate import migrate
from assessment.store.traces import TraceStore
from tests.people import QUESTIONS, Person, begun, is_whole
from tests.quick_server import QuickServer

pytestmark = pytest.mark.slow

KILLS = 200
SERVERS = 2
PEOPLE = 4
"""Who answer at one server at once: one question at a time, and all on one page, in turn."""

WAYS: tuple[Way, ...] = ("questions", "parts")

LONGEST = 0.5
"""Seconds from the moment when everybody has the page to the latest kill."""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[TraceStore]:
    """The database of the servers, seen from beside them."""
    database = open_database(f"sqlite:///{tmp_path / 'traces.sqlite3'}")
    migrate(database)
    yield TraceStore(database)
    database.close()


@pytest.mark.timeout(1200)
def test_what_was_called_saved_survives_two_hundred_kills(
    tmp_path: Path, store: TraceStore
) -> None:
    seed = int(os.environ.get("SEED") or SystemRandom().randrange(10**9))
    sys.stdout.write(f"SEED={seed} repeats the order of the answers and the moments of the kills\n")

    async def all_servers() -> list[list[Person]]:
        lanes = (_killed_again_and_again(tmp_path, store, seed + i) for i in range(SERVERS))
        return await asyncio.gather(*lanes)

    people = [person for lane in asyncio.run(all_servers()) for person in lane]
    called_saved = sum(person.count for person in people)
    sys.stdout.write(f"{KILLS} kills, {called_saved} answers called saved\n")
    assert called_saved > KILLS, "people had time to answer between the kills"


async def _killed_again_and_again(folder: Path, store: TraceStore, seed: int) -> list[Person]:
    """Start a server and kill it while people answer; both servers share one database."""
    random = Random(seed)
    own = folder / str(seed)
    own.mkdir()
    people = [
        Person(begun(store, token_urlsafe(16)), Random(random.random()), way)
        for way, _ in zip(cycle(WAYS), range(PEOPLE), strict=False)
    ]
    with QuickServer(own, f"sqlite:///{folder / 'traces.sqlite3'}") as server:
        for number in range(KILLS // SERVERS):
            await asyncio.to_thread(server.start)
            ready = [asyncio.Event() for _ in people]
            answering = [
                asyncio.create_task(person.answer(server.port, event))
                for person, event in zip(people, ready, strict=True)
            ]
            if number % 10:  # else it is killed while the pages are still on their way
                await asyncio.gather(*(event.wait() for event in ready))
            await asyncio.sleep(random.uniform(0, LONGEST))
            server.kill()
            await asyncio.gather(*answering)
            _check(store, people)
        assert server.faults == []
    return people


def _check(store: TraceStore, people: list[Person]) -> None:
    for person in people:
        stored = store.load(person.trace).trace
        for question in QUESTIONS:
            assert stored.answer(question.id).option in person.allowed(question.id)
        assert is_whole(store, person.trace)
