"""What a phone showed as "in" is in: real servers, killed while a room answers."""

import asyncio
import os
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random, SystemRandom

import pytest

from assessment.store.database import open_database
from assessment.store.migrate import migrate
from tests.phone_line import GONE, PhoneLine
from tests.room_people import FUNCTIONS, OWN_PACE, Facilitator, now, options
from tests.served import Served

pytest_plugins = ("tests.store_fixtures",)
pytestmark = pytest.mark.slow

PEOPLE = 14
KILLS = 12

LONGEST = 0.4
"""Seconds from the moment when everybody has answered something to the latest kill."""

IS_IN = ("Your answer is in.", "answers in", "All your answers are in")
"""What a phone shows when its answer was taken, at one's own pace."""


@dataclass
class Voter:
    """Somebody who answers and changes answers for as long as there is a server.

    Attributes:
        phone: Theirs.
        random: What they choose by.
        shown: What their phone showed as in: question -> option.
        unsure: What they sent since then without hearing that it is in.
        count: How many answers their phone showed as in.
    """

    phone: PhoneLine
    random: Random
    shown: dict[str, str] = field(default_factory=dict)
    unsure: dict[str, set[str]] = field(default_factory=dict)
    count: int = 0

    async def answer(
        self,
        ports: Sequence[int],
        questions: Sequence[str],
        ready: asyncio.Event,
        over: asyncio.Event,
    ) -> None:
        """Answer at the first server; where it is gone, at the next one, until there is none."""
        for port in ports:
            self.phone.turn_to(port)
            try:
                while not over.is_set():
                    await self._give(self.random.choice(questions))
                    ready.set()
                    await asyncio.sleep(self.random.uniform(0, 0.02))
            except GONE:
                ready.set()

    async def _give(self, question: str) -> None:
        await self.phone.look(f"?q={question}")
        assert self.phone.hidden["question"] == question
        option = self.random.choice(self.phone.options)
        self.unsure.setdefault(question, set()).add(option)
        answer = await self.phone.answer(option)
        if answer.status == 200 and any(said in answer.text for said in IS_IN):
            self.shown[question] = option
            self.unsure.pop(question, None)
            self.count += 1

    def allowed(self, question: str) -> set[str | None]:
        """What may be kept of theirs."""
        return {self.shown.get(question), *self.unsure.get(question, ())}


@pytest.mark.timeout(600)
def test_what_was_in_survives_the_servers_death(tmp_path: Path) -> None:
    server = Served(tmp_path)
    _killed_again_and_again([server], server._database)


@pytest.mark.postgresql
@pytest.mark.timeout(600)
def test_when_one_of_two_servers_dies_the_room_goes_on_with_the_other(
    tmp_path: Path, postgresql_url: str
) -> None:
    servers = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        servers.append(Served(tmp_path / name))
        servers[-1]._database = postgresql_url
    _killed_again_and_again(servers, postgresql_url)


def _killed_again_and_again(servers: list[Served], url: str) -> None:
    seed = int(os.environ.get("SEED") or SystemRandom().randrange(10**9))
    sys.stdout.write(f"SEED={seed} repeats the answers and the moments of the kills\n")
    with closing(open_database(url)) as database:
        migrate(database)
        room = Facilitator(database, OWN_PACE)
        room.ask_all()
        try:
            for server in servers:
                server.start()
            voters = asyncio.run(_rounds(servers, room, Random(seed)))
        finally:
            for server in servers:
                server.kill()
    count = sum(voter.count for voter in voters)
    sys.stdout.write(f"{KILLS} kills, {count} answers shown as in\n")
    assert count > KILLS * PEOPLE, "people had time to answer between the kills"
    assert all(server.faults == [] for server in servers)


async def _rounds(servers: list[Served], room: Facilitator, random: Random) -> list[Voter]:
    voters = [
        Voter(PhoneLine(servers[0].port, room.code), Random(random.random())) for _ in range(PEOPLE)
    ]
    await asyncio.gather(*(v.phone.join(n % len(FUNCTIONS)) for n, v in enumerate(voters)))
    cookies = [voter.phone.cookie for voter in voters]
    for number in range(KILLS):
        dies = servers[number % len(servers)]
        others = [server for server in servers if server is not dies]
        ready, over = [asyncio.Event() for _ in voters], asyncio.Event()
        ports = [server.port for server in (dies, *others)]
        answering = [
            asyncio.create_task(voter.answer(ports, room.questions, event, over))
            for voter, event in zip(voters, ready, strict=True)
        ]
        await asyncio.gather(*(event.wait() for event in ready))
        await asyncio.sleep(random.uniform(0, LONGEST))
        dies.kill()
        if others:
            before = [voter.count for voter in voters]
            await _all_answer(voters, before)
            over.set()
        await asyncio.gather(*answering)
        _check(room, voters)
        await asyncio.to_thread(dies.start)
        for voter in voters:
            voter.phone.turn_to(dies.port)
            await _comes_back(voter, room)
    assert [voter.phone.cookie for voter in voters] == cookies
    for voter in voters:
        voter.phone.close()
    return voters


async def _all_answer(voters: Sequence[Voter], before: Sequence[int]) -> None:
    """Wait until everybody has answered at the server that is left."""
    async with asyncio.timeout(30):
        while any(v.count <= count + 1 for v, count in zip(voters, before, strict=True)):
            await asyncio.sleep(0.01)


def _check(room: Facilitator, voters: Sequence[Voter]) -> None:
    """What is in the database is what phones showed, or what they were still waiting for."""
    for voter in voters:
        kept = room.room.load(voter.phone.token).answers
        for question in room.questions:
            option = kept[question][0] if question in kept else None
            assert option in voter.allowed(question)
    assert room.said.attendance(room.key, now()).joined == PEOPLE


async def _comes_back(voter: Voter, room: Facilitator) -> None:
    """Who comes back is the same person, and sees what they said."""
    kept = room.room.load(voter.phone.token).answers
    question = voter.random.choice(room.questions)
    answer = await voter.phone.look(f"?q={question}")
    assert answer.status == 200
    given = kept[question][0] if question in kept else None
    for option in options(question):
        is_chosen = f'value="{option}" required checked' in answer.text
        assert is_chosen is (option == given)
