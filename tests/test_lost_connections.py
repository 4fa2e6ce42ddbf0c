"""Tabs that are cut off, tabs side by side, and servers side by side: nothing is lost."""

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from random import Random
from secrets import token_urlsafe

import pytest

from assessment.pages.address import TRACE_PAGE
from assessment.pages.saving import key_of
from assessment.pages.trace.journey import FIRST as FIRST_PART
from assessment.pages.trace.view import Way
from assessment.store.database import open_database
from assessment.store.migrate import migrate
from assessment.store.traces import TraceStore
from tests import page_visits
from tests.app_server import AppServer
from tests.cut_line import Line, line_to
from tests.people import (
    OPTIONS,
    QUESTIONS,
    Person,
    address_of,
    begun,
    choose,
    chosen,
    is_whole,
)
from tests.protocol import GONE, Tab, open_tab

pytest_plugins = ("tests.store_fixtures", "tests.page_fixtures")
slow = pytest.mark.slow

FIRST, SECOND = QUESTIONS[0].id, QUESTIONS[1].id
CUTS = 30
COMES_BACK = 0.5
"""Seconds after which a browser connects anew."""


@pytest.fixture
def store(sqlite_url: str) -> Iterator[TraceStore]:
    """The database of the server, seen from beside it."""
    database = open_database(sqlite_url)
    migrate(database)
    yield TraceStore(database)
    database.close()


@pytest.fixture
def server(tmp_path: Path, sqlite_url: str) -> Iterator[AppServer]:
    running = AppServer(tmp_path, sqlite_url)
    running.start()
    yield running
    running.kill()
    assert running.faults == []


@pytest.fixture
def trace(store: TraceStore) -> str:
    return begun(store, token_urlsafe(16))


def stored(store: TraceStore, trace: str, question: str) -> str | None:
    return store.load(trace).trace.answer(question).option


def test_every_page_tells_the_browser_what_its_questions_hold(kept: TraceStore) -> None:
    """A browser that was cut off in the middle of a page has forgotten the rest of it."""
    trace = page_visits.begun()
    tab = page_visits.open_app(trace, TRACE_PAGE, at=FIRST_PART)
    option = list(OPTIONS[FIRST])[1]
    tab.radio(key=page_visits.option_key(trace, FIRST)).set_value(option).run()
    for _ in range(2):
        shown = tab.radio(key=page_visits.option_key(trace, FIRST)).proto
        assert shown.options[shown.default] == OPTIONS[FIRST][option]
        tab.run()
    assert kept.load(trace).trace.answer(FIRST).option == option


@slow
def test_a_line_that_is_cut_in_the_middle_of_an_answer_loses_none(
    server: AppServer, store: TraceStore, trace: str
) -> None:
    random = Random(7)

    async def answer_on_a_bad_line() -> None:
        tab: Tab | None = None
        async with line_to(server.port) as line:
            for number in range(CUTS):
                question = random.choice(QUESTIONS).id
                option = random.choice(list(OPTIONS[question]))
                async with open_tab(line.port, "trace", address_of(trace), tab) as back:
                    tab = back
                    await _cut_while_answering(tab, line, trace, (question, option), random)
                await asyncio.sleep(COMES_BACK)
                async with open_tab(line.port, "trace", address_of(trace), tab) as back:
                    tab = back
                    await tab.settle_with("radio", key_of(trace, question, "option"))
                    assert tab.mark.startswith("Saved today"), number
                    assert chosen(tab, trace, question) == option
                    assert stored(store, trace, question) == option

    asyncio.run(answer_on_a_bad_line())
    assert is_whole(store, trace)


async def _cut_while_answering(
    tab: Tab, line: Line, trace: str, given: tuple[str, str], random: Random
) -> None:
    answering = asyncio.create_task(choose(tab, trace, *given))
    await asyncio.sleep(random.uniform(0, 0.04))
    line.cut()
    with suppress(*GONE):
        await answering


@slow
def test_two_tabs_on_one_trace_both_keep_what_they_gave(
    server: AppServer, store: TraceStore, trace: str
) -> None:
    (first, *_), (second, other, *_) = OPTIONS[FIRST], OPTIONS[SECOND]

    async def answer_in_both() -> None:
        async with (
            open_tab(server.port, "trace", address_of(trace)) as left,
            open_tab(server.port, "trace", address_of(trace)) as right,
        ):
            await choose(left, trace, FIRST, first)
            await choose(right, trace, SECOND, second)
            assert chosen(right, trace, FIRST) == first, "it shows what the other tab gave"
            await left.run()
            assert chosen(left, trace, SECOND) == second
            await asyncio.gather(
                choose(left, trace, SECOND, other), choose(right, trace, FIRST, first)
            )
            for tab in (left, right):
                await tab.run()
                assert tab.mark.startswith("Saved today")
                assert chosen(tab, trace, SECOND) == other

    asyncio.run(answer_in_both())
    assert (stored(store, trace, FIRST), stored(store, trace, SECOND)) == (first, other)
    given = [change.question for change in store.history(trace)]
    assert given == [None, FIRST, SECOND, SECOND], "whatever was replaced stands in the history"
    assert is_whole(store, trace)


@slow
@pytest.mark.postgresql
def test_two_servers_on_one_postgresql_lose_nothing_when_one_is_killed(
    tmp_path: Path, postgresql_url: str
) -> None:
    database = open_database(postgresql_url)
    migrate(database)
    store = TraceStore(database)
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
    servers = [AppServer(folder, postgresql_url) for folder in folders]
    ways: tuple[Way, ...] = ("parts", "parts", "questions", "questions")
    people = [
        Person(begun(store, token_urlsafe(16)), Random(number), way)
        for number, way in enumerate(ways)
    ]

    async def answer_at_both() -> None:
        answering = [
            asyncio.create_task(person.answer(servers[number % 2].port, asyncio.Event()))
            for number, person in enumerate(people)
        ]
        await _until_each_has_given(5, people)
        servers[0].kill()
        await asyncio.gather(*answering[::2])
        moved = [
            asyncio.create_task(person.answer(servers[1].port, asyncio.Event()))
            for person in people[::2]
        ]
        await _until_each_has_given(10, people)
        servers[1].kill()
        await asyncio.gather(*answering[1::2], *moved)

    for server in servers:
        server.start()
    asyncio.run(answer_at_both())
    for server in servers:
        server.kill()
    for person in people:
        assert is_whole(store, person.trace)
        for question in QUESTIONS:
            assert stored(store, person.trace, question.id) in person.allowed(question.id)
    database.close()


async def _until_each_has_given(count: int, people: list[Person]) -> None:
    async with asyncio.timeout(120):
        while any(person.count < count for person in people):
            await asyncio.sleep(0.05)
