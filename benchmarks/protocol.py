"""People who answer at one server, over the websocket protocol that browsers speak."""

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack
from random import Random
from time import perf_counter

from streamlit.proto.WidgetStates_pb2 import WidgetState

from benchmarks.servers import Server, app_and_peer
from benchmarks.table import Figure, ms, p50, p95, spread
from tests.people import OPTIONS, QUESTIONS, address_of, choose
from tests.protocol import Tab, open_tab

PAUSE = 0.3
"""The least pause between two answers, in seconds."""

UNHURRIED, HURRIED = (2.0, 8.0), (PAUSE, 0.9)
"""From and to how many seconds people think about an answer."""

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


async def _alone(app: Server, peer: Server, answers: int) -> list[Figure]:
    """One person answers; in turn with a rerun of the empty app."""
    trace = app.new_trace()
    marks, wholes, empties = [], [], []
    async with (
        open_tab(app.port, "trace", address_of(trace)) as tab,
        open_tab(peer.port) as other,
    ):
        random = Random(1)  # noqa: S311
        for number in range(answers):
            await asyncio.sleep(PAUSE)
            mark, whole = await _answer(tab, trace, random)
            marks.append(mark)
            wholes.append(whole)
            await asyncio.sleep(PAUSE)
            start = perf_counter()
            option = ("one", "two", "three")[number % 3]
            radio = other.widget("radio", "question").id
            await other.run(WidgetState(id=radio, string_value=option))
            empties.append(perf_counter() - start)
    times = p50(wholes) / p50(empties)
    return [
        Figure("One person: an answer until its saved mark", spread(marks), ""),
        Figure(
            "One person: an answer until the page is whole",
            f"{spread(wholes)} · {times:.1f} times",
            f"empty Streamlit rerun: {spread(empties)}",
            "1.5 times",
            times <= TIMES_EMPTY,
        ),
    ]


async def _answer(tab: Tab, trace: str, random: Random) -> tuple[float, float]:
    """Answer any question; gives the seconds until the mark and until the page was whole."""
    question = random.choice(QUESTIONS).id
    start = perf_counter()
    await choose(tab, trace, question, random.choice(list(OPTIONS[question])))
    end = perf_counter()
    if not tab.mark.startswith("Saved"):
        raise RuntimeError(f"an answer was not saved: {tab.words[:200]}")
    return tab.marked_at - start, end - start


async def _person(
    app: Server, ready: asyncio.Barrier, seconds: float, think: tuple[float, float], number: int
) -> list[float]:
    """Answer for so many seconds from when everybody has the page; gives the time of each mark."""
    trace, random, marks = app.new_trace(), Random(number), []  # noqa: S311
    async with open_tab(app.port, "trace", address_of(trace)) as tab:
        await ready.wait()
        until = perf_counter() + seconds
        await asyncio.sleep(random.uniform(0, think[1]))  # nobody begins at the same moment
        while perf_counter() < until:
            mark, _ = await _answer(tab, trace, random)
            marks.append(mark)
            await asyncio.sleep(random.uniform(*think))
    return marks


async def _people(
    app: Server, count: int, seconds: float, think: tuple[float, float]
) -> list[float]:
    ready = asyncio.Barrier(count)
    crowd = (_person(app, ready, seconds, think, number) for number in range(count))
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
    page, query = "trace", address_of(server.new_trace())
    async with AsyncExitStack() as tabs:
        await tabs.enter_async_context(open_tab(server.port, page, query))
        before = server.memory
        for _ in range(count):
            await tabs.enter_async_context(open_tab(server.port, page, query))
        return (server.memory - before) / count


async def _soak(app: Server, minutes: float) -> list[Figure]:
    await _people(app, 30, 30, UNHURRIED)
    before = app.memory
    marks = await _people(app, 30, minutes * 60, UNHURRIED)
    what = f"30 people for {minutes:g} minutes: memory before and after"
    return [Figure(what, f"{before:.0f} MiB, {app.memory:.0f} MiB", f"{len(marks):,} answers")]
