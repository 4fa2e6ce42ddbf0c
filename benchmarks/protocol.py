"""People who answer at one server, over the websocket protocol that browsers speak."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from random import Random
from time import perf_counter

from streamlit.proto.WidgetStates_pb2 import WidgetState

from benchmarks.saving import saving
from benchmarks.servers import Server, app_and_peer
from benchmarks.table import Figure, ms, p50, p95, spread
from tests.people import OPTIONS, QUESTIONS, address_of, choose
from tests.protocol import Tab, open_tab

PAUSE = 0.3
"""The least pause between two answers, in seconds."""

UNHURRIED, HURRIED = (2.0, 8.0), (2 * PAUSE, 1.2)
"""From and to how many seconds people take for an answer and turning to the next question."""

TIMES_EMPTY = 1.5
MEDIAN_30, P95_30, P95_100 = 0.020, 0.060, 0.150
"""Goals: times an empty rerun; then in seconds."""

FILES = ("Report as PDF", "Tables as CSV", "Everything as JSON")


def figures(quick: bool, soak: float = 0) -> list[Figure]:
    """Time answers of one person, of 30 and of 100; and see what a session holds in memory.

    Args:
        quick: With fewer people and shorter.
        soak: For how many minutes 30 people go on, to see whether memory stays flat; 0 for not.
    """
    with app_and_peer() as (app, peer):
        found = asyncio.run(_alone(app, peer, 10 if quick else 60))
        seconds = 6 if quick else 30
        for people in (5, 10) if quick else (30, 100):
            found += asyncio.run(_crowd(app, people, seconds))
        found += asyncio.run(_hurry(app, 5 if quick else 30, seconds))
    with app_and_peer() as (app, peer):
        people = 10 if quick else 100
        own = asyncio.run(_held_by(app, people))
        empty = asyncio.run(_held_by(peer, people))
        found.append(
            Figure(
                f"Memory for each of {people} open tabs",
                f"{own:.2f} MiB",
                f"the empty app: {empty:.2f} MiB",
            )
        )
        if soak:
            found += asyncio.run(_soak(app, soak))
    return found


LAST = len(QUESTIONS) - 1


@dataclass
class _Person:
    """Somebody who answers the first questions, from the last to the first, and so on again."""

    tab: Tab
    trace: str
    random: Random
    place: int = LAST

    async def answer(self) -> tuple[float, float]:
        """Answer; gives the seconds until the mark and until the page was whole."""
        question = QUESTIONS[self.place].id
        start = perf_counter()
        await choose(self.tab, self.trace, question, self.random.choice(list(OPTIONS[question])))
        end = perf_counter()
        if not self.tab.mark.startswith("Saved"):
            raise RuntimeError(f"an answer was not saved: {self.tab.words}")
        return self.tab.marked_at - start, end - start

    async def turn(self) -> float:
        """Go to another question; gives the seconds until the page was whole."""
        start = perf_counter()
        if self.place:
            self.place -= 1
            await self.tab.press("Back")
        else:
            self.place = LAST
            await self.tab.visit(address_of(self.trace, QUESTIONS[LAST].id))
        return perf_counter() - start


@asynccontextmanager
async def _person(app: Server, number: int) -> AsyncIterator[_Person]:
    """Somebody who begins a trace of their own."""
    trace = app.new_trace()
    address = address_of(trace, QUESTIONS[LAST].id)
    async with open_tab(app.port, "trace", address, way="questions") as tab:
        yield _Person(tab, trace, Random(number))  # noqa: S311


async def _alone(app: Server, peer: Server, answers: int) -> list[Figure]:
    """One person answers; in turn with a rerun of the empty app."""
    marks, wholes, turns, empties, saves = [], [], [], [], []
    save = saving(app.store)
    async with _person(app, 1) as person, open_tab(peer.port) as other:
        for number in range(answers):
            await asyncio.sleep(PAUSE)
            mark, whole = await person.answer()
            marks.append(mark)
            wholes.append(whole)
            await asyncio.sleep(PAUSE)
            start = perf_counter()
            option = ("one", "two", "three")[number % 3]
            radio = other.widget("radio", "question").id
            await other.run(WidgetState(id=radio, string_value=option))
            empties.append(perf_counter() - start)
            start = perf_counter()
            save()
            saves.append(perf_counter() - start)
            await asyncio.sleep(PAUSE)
            turns.append(await person.turn())
    empty = f"empty Streamlit rerun: {spread(empties)}"
    times, of_turn = p50(wholes) / p50(empties), p50(turns) / p50(empties)
    return [
        Figure("One person: an answer until its saved mark", spread(marks), ""),
        Figure(
            "One person: an answer until the page is whole",
            f"{spread(wholes)} · {times:.1f} times",
            f"{empty}; saving alone, without a page: {ms(p50(saves))}",
            "1.5 times",
            times <= TIMES_EMPTY,
        ),
        Figure(
            "One person: to another question, until the page is whole",
            f"{spread(turns)} · {of_turn:.1f} times",
            empty,
        ),
    ]


async def _answers(
    app: Server, ready: asyncio.Barrier, seconds: float, think: tuple[float, float], number: int
) -> list[float]:
    """Answer for so many seconds from when everybody has the page; gives the time of each mark."""
    marks = []
    async with _person(app, number) as person:
        await ready.wait()
        until = perf_counter() + seconds
        await asyncio.sleep(person.random.uniform(0, think[1]))  # nobody begins at one moment
        while perf_counter() < until:
            mark, _ = await person.answer()
            marks.append(mark)
            await asyncio.sleep(PAUSE)
            await person.turn()
            await asyncio.sleep(person.random.uniform(*think) - PAUSE)
    return marks


async def _people(
    app: Server, count: int, seconds: float, think: tuple[float, float]
) -> list[float]:
    ready = asyncio.Barrier(count)
    crowd = (_answers(app, ready, seconds, think, number) for number in range(count))
    return [mark for marks in await asyncio.gather(*crowd) for mark in marks]


async def _crowd(app: Server, count: int, seconds: float) -> list[Figure]:
    """Many people answer; then the same while somebody makes files without a pause."""
    quiet = await _people(app, count, seconds, UNHURRIED)
    made: list[float] = []
    making = asyncio.create_task(_make_files(app, made))
    busy = await _people(app, count, seconds, UNHURRIED)
    making.cancel()
    await asyncio.gather(making, return_exceptions=True)
    return [
        Figure(f"{count} people, {_pace(quiet, seconds)}", spread(quiet), "", *_goal(quiet, count)),
        Figure(
            f"The same while somebody makes PDF, CSV and JSON ({len(made)} files)",
            spread(busy),
            f"a file: {ms(p50(made))}" if made else "",
            *_goal(busy, count),
        ),
    ]


def _goal(marks: Sequence[float], count: int) -> tuple[str, bool]:
    """The goal for so many people, and whether it is met."""
    if count <= 30:
        return "20 ms · p95 60 ms", p50(marks) < MEDIAN_30 and p95(marks) < P95_30
    return "p95 150 ms", p95(marks) < P95_100


async def _hurry(app: Server, count: int, seconds: float) -> list[Figure]:
    marks = await _people(app, count, seconds, HURRIED)
    what = f"{count} people in a hurry, {_pace(marks, seconds)}"
    return [Figure(what, spread(marks), "")]


def _pace(marks: Sequence[float], seconds: float) -> str:
    return f"{len(marks) / seconds:.0f} answers a second together"


async def _make_files(app: Server, made: list[float]) -> None:
    """Ask for one file after another."""
    trace = app.new_trace()
    async with open_tab(app.port, "result", {"trace": trace}) as tab:
        while True:
            for file in FILES:
                start = perf_counter()
                await tab.download(file)
                made.append(perf_counter() - start)


async def _held_by(server: Server, count: int) -> float:
    """MiB that the server holds for each open tab, beyond what one tab made it load."""
    query = address_of(server.new_trace(), QUESTIONS[0].id)
    open_one = partial(open_tab, server.port, "trace", query, way="questions")
    async with AsyncExitStack() as tabs:
        await tabs.enter_async_context(open_one())
        before = server.memory
        for _ in range(count):
            await tabs.enter_async_context(open_one())
        return (server.memory - before) / count


async def _soak(app: Server, minutes: float) -> list[Figure]:
    """People answer for long; what the server holds is looked at thirty times on the way."""
    held: list[float] = []

    async def watch() -> None:
        while True:
            await asyncio.sleep(minutes * 60 / 30)
            held.append(app.memory)

    watching = asyncio.create_task(watch())
    marks = await _people(app, 30, minutes * 60, UNHURRIED)
    watching.cancel()
    settled = [*held[2:], app.memory]
    what = f"30 people for {minutes:g} minutes: memory after a tenth of it, at the end, at most"
    said = f"{settled[0]:.0f}, {settled[-1]:.0f}, {max(settled):.0f} MiB"
    return [Figure(what, said, f"{len(marks):,} answers, all saved")]
