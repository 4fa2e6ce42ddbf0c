"""A workshop over the real protocols: forty phones, the room's screen and the control screen.

The phones send what the page's own script sends; the screens are tabs on the websocket. People and
servers share the same cores.
"""

import asyncio
import os
import sqlite3
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter

import psycopg

from assessment.store.database import Database, open_database
from assessment.store.migrate import migrate
from benchmarks.servers import serving
from benchmarks.table import Figure, in_turn, ms, p50, p95, spread
from tests.following import Follower, following
from tests.phone_line import PhoneLine
from tests.room_people import OWN, Facilitator
from tests.store_fixtures import fresh_schema, why_no_postgresql

PEOPLE = 40

LOOK = (1.6, 2.4)
"""Seconds between two small questions of a phone, as its script has it."""

THINK = 2.0
"""Seconds in which everybody answers who has just seen a question."""

MEDIAN, P95, FOLLOWS = 0.020, 0.100, 2.0
"""Goals, in seconds."""


@dataclass
class Taken:
    """Seconds that things took, seen from the phones; what was sent, by question."""

    answers: list[float] = field(default_factory=list)
    at_once: list[float] = field(default_factory=list)
    small: list[float] = field(default_factory=list)
    alive: list[float] = field(default_factory=list)
    room: list[float] = field(default_factory=list)
    control: list[float] = field(default_factory=list)
    kept: int = 0
    sent: int = 0


def figures(quick: bool) -> list[Figure]:
    """Let forty phones answer: on SQLite with one server, on PostgreSQL with two."""
    questions = 2 if quick else 8
    found = []
    with TemporaryDirectory(prefix="benchmark-", dir=Path.cwd()) as folder:
        url = f"sqlite:///{Path(folder) / 'traces.sqlite3'}"
        commit = _sqlite_commit(Path(folder) / "plain.sqlite3")
        found += _workshop("SQLite, one server", url, 1, questions, commit)
    if why_no_postgresql():
        return found
    with contextmanager(fresh_schema)() as url:
        commit = _postgresql_commit(url)
        found += _workshop("PostgreSQL, two servers", url, 2, questions, commit)
    return found


def _workshop(
    where: str, url: str, servers: int, questions: int, commit: Sequence[float]
) -> list[Figure]:
    with _room(url) as room, serving(url, servers) as ports:
        taken = asyncio.run(_whole(room, ports, questions))
    load = f"load average of the machine {os.getloadavg()[0]:.1f}"
    floor = f"/healthz meanwhile: {spread(taken.alive)}; a bare commit: {ms(p50(commit))}"
    return [
        Figure(
            f"{where}: {PEOPLE} phones answer within {THINK:g} s; until a phone shows it is in",
            spread(taken.answers),
            f"{floor}; {load}",
            "20 ms · p95 100 ms",
            p50(taken.answers) < MEDIAN and p95(taken.answers) < P95,
        ),
        Figure(
            f"{where}: all {PEOPLE} send in the same instant",
            spread(taken.at_once),
            "",
            "p95 100 ms",
            p95(taken.at_once) < P95,
        ),
        Figure(f"{where}: the small question of a phone", spread(taken.small), ""),
        _follows(f"{where}: the room's screen shows the next question", taken.room),
        _follows(f"{where}: the control screen shows it", taken.control),
        Figure(
            f"{where}: answers that a phone showed as in, and that are there",
            f"{taken.kept} of {taken.sent}",
            "",
            "all",
            taken.kept == taken.sent,
        ),
    ]


def _follows(what: str, seconds: Sequence[float]) -> Figure:
    value = f"{p50(seconds):.1f} s · slowest {max(seconds):.1f} s"
    return Figure(what, value, "", "2 s", max(seconds) <= FOLLOWS)


@contextmanager
def _room(url: str) -> Iterator[Facilitator]:
    database: Database = open_database(url)
    try:
        migrate(database)
        yield Facilitator(database)
    finally:
        database.close()


async def _whole(room: Facilitator, ports: Sequence[int], questions: int) -> Taken:
    """Let everybody come in, and put question after question; the last third is met at once."""
    taken = Taken()
    phones = [PhoneLine(ports[number % len(ports)], room.code) for number in range(PEOPLE)]
    await asyncio.gather(*(phone.join(number % 3) for number, phone in enumerate(phones)))
    query = {"w": room.key}
    async with AsyncExitStack() as stack:
        screens = [
            await stack.enter_async_context(following(ports[0], "room", query)),
            await stack.enter_async_context(following(ports[-1], "workshop", query)),
        ]
        for screen in screens:  # the room has its page before the clock starts
            await screen.shows(room.name, 0)
        probe = asyncio.create_task(_alive(ports[0], taken))
        for number, question in enumerate(room.questions[:questions]):
            together = number >= questions - max(1, questions // 3)
            await _question(room, question, phones, screens, taken, together=together)
        probe.cancel()
        await asyncio.gather(probe, return_exceptions=True)
    for phone in phones:
        phone.close()
    return taken


async def _question(
    room: Facilitator,
    question: str,
    phones: Sequence[PhoneLine],
    screens: Sequence[Follower],
    taken: Taken,
    *,
    together: bool,
) -> None:
    """Put a question to the room, wait for all answers, reveal it and see that they are there."""
    asked = OWN.questionnaire.by_id[question].ask
    start = perf_counter()
    room.ask(question)
    at_once = asyncio.Barrier(len(phones)) if together else None
    people = [
        _Person(phone, question, Random(f"{question} {n}"), taken)  # noqa: S311
        for n, phone in enumerate(phones)
    ]
    waiting = asyncio.Barrier(len(people))
    jobs: list[Awaitable[object]] = [person.take_part(at_once, waiting) for person in people]
    for screen, times in zip(screens, (taken.room, taken.control), strict=True):
        jobs.append(_shown(screen, asked, start, times))
    await asyncio.gather(*jobs)
    sent = sorted(person.said for person in people)
    room.reveal(question)
    there = sorted(ballot.answers.get(question, "") for ballot in room.said.ballots(room.key))
    taken.sent += len(sent)
    taken.kept += sum(a == b for a, b in zip(sent, there, strict=True))


@dataclass
class _Person:
    """Somebody who follows, answers one question, and follows on; `said` is the option."""

    phone: PhoneLine
    question: str
    random: Random
    taken: Taken
    said: str = ""

    async def take_part(self, at_once: asyncio.Barrier | None, everybody: asyncio.Barrier) -> None:
        """Wait for the question, think, answer, and follow until everybody has answered."""
        while not self.phone.key.startswith(f"answer {self.question} "):
            await asyncio.sleep(self.random.uniform(*LOOK))
            await self._follow()
        if at_once is None:
            await asyncio.sleep(self.random.uniform(0, THINK))
        else:
            await self._following(at_once)
        await self._answer(self.taken.at_once if at_once else self.taken.answers)
        await self._following(everybody)

    async def _answer(self, times: list[float]) -> None:
        option = self.random.choice(self.phone.options)
        start = perf_counter()
        answer = await self.phone.answer(option)
        times.append(perf_counter() - start)
        if answer.status != 200 or not self.phone.key.startswith(f"answered {self.question} "):
            raise RuntimeError(f"an answer was not taken: {answer.text[:200]}")
        self.said = option

    async def _follow(self) -> None:
        """Ask the small question, and look where something is new."""
        start = perf_counter()
        is_behind = await self.phone.is_behind()
        self.taken.small.append(perf_counter() - start)
        if is_behind:
            await self.phone.look()

    async def _following(self, others: asyncio.Barrier) -> None:
        """Follow until the others are as far; who asks just then waits for the answer first."""
        met = asyncio.ensure_future(others.wait())
        while not met.done():
            await asyncio.wait([met], timeout=self.random.uniform(*LOOK))
            if not met.done():
                await self._follow()


async def _shown(screen: Follower, text: str, since: float, times: list[float]) -> None:
    times.append(await screen.shows(text, since))


async def _alive(port: int, taken: Taken) -> None:
    """The floor: the least that the same server does for a request, in the same minutes."""
    line = PhoneLine(port, "")
    try:
        while True:
            await asyncio.sleep(0.05)
            start = perf_counter()
            await line.ask("GET", "/healthz")
            taken.alive.append(perf_counter() - start)
    finally:
        line.close()


def _commits(commit: Callable[[], object]) -> list[float]:
    return in_turn(commit, times=100)[0]


def _sqlite_commit(path: Path) -> list[float]:
    with ExitStack() as stack:
        plain = sqlite3.connect(path, isolation_level=None)
        stack.callback(plain.close)
        plain.execute("PRAGMA journal_mode = WAL")
        plain.execute("PRAGMA synchronous = FULL")
        plain.execute("CREATE TABLE votes (id INTEGER PRIMARY KEY, text TEXT)")
        return _commits(lambda: plain.execute("INSERT INTO votes (text) VALUES ('a vote')"))


def _postgresql_commit(url: str) -> list[float]:
    with psycopg.connect(url, autocommit=True) as plain:
        plain.execute("CREATE TABLE plain (id SERIAL PRIMARY KEY, text TEXT)")
        taken = _commits(lambda: plain.execute("INSERT INTO plain (text) VALUES ('a vote')"))
        plain.execute("DROP TABLE plain")
        return taken
