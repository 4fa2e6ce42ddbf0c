"""Who holds no key and no token learns nothing of a workshop, by whichever method they ask.

The methods are found by looking, so that a new one cannot be forgotten.
"""

import hashlib
import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from secrets import token_urlsafe
from typing import Any

import pytest
from sqlalchemy import select

import assessment.store
from assessment.store.database import Database
from assessment.store.participation import Participation
from assessment.store.room import RoomStore
from assessment.store.schema import metadata
from assessment.store.workshop_records import Agreement, Step, WorkshopNotFound
from assessment.store.workshops import WorkshopStore
from tests.room_people import FUNCTIONS, Facilitator, now, options

pytest_plugins = ("tests.store_fixtures",)

SECRETS = ("key", "token", "code")
"""What a parameter is called that lets somebody in."""

ARGUMENTS: dict[str, Callable[[], Any]] = {
    "agreement": lambda: Agreement("a", None, "", "", now()),
    "comment": lambda: "",
    "function": lambda: FUNCTIONS[0],
    "guesses": lambda: {2: 3},
    "hands": lambda: {"x": 3},
    "level": lambda: 2,
    "new_key": lambda: token_urlsafe(16),
    "now": now,
    "option": lambda: "x",
    "people": lambda: {FUNCTIONS[0]: 3},
    "question": lambda: "a",
    "questions": lambda: ["a"],
    "seen": lambda: 1,
    "step": lambda: Step.GUESS,
    "summary": dict,
}

WRONG = ["", "x", "Zm9yZXZlciB1bmtub3duIQ", "\0" * 22, "🎉" * 22, "' OR 1=1 --" * 3, "\ud800" * 22]


def methods() -> Iterator[tuple[type, str]]:
    """Every public method of the store that is let in by something secret."""
    for found in pkgutil.iter_modules(assessment.store.__path__):
        module = importlib.import_module(f"assessment.store.{found.name}")
        for store in vars(module).values():
            if not (inspect.isclass(store) and store.__module__ == module.__name__):
                continue
            if "database" not in inspect.signature(store.__init__).parameters:
                continue
            for name, method in vars(store).items():
                is_public = inspect.isfunction(method) and not name.startswith("_")
                asks = is_public and set(inspect.signature(method).parameters) & set(SECRETS)
                if asks and "use_case_id" not in inspect.signature(method).parameters:
                    yield store, name


def found() -> list[tuple[type, str]]:
    """Those that are about workshops; links have their own token and their own tests."""
    return [(store, name) for store, name in methods() if store.__name__ != "LinkStore"]


def call(database: Database, store: type, name: str, secret: str) -> object:
    method = getattr(store(database), name)
    wanted = inspect.signature(method).parameters.values()
    given = {
        one.name: secret if one.name in SECRETS else ARGUMENTS[one.name]()
        for one in wanted
        if one.default is inspect.Parameter.empty
    }
    return method(**given)


def everything(database: Database) -> list[list[Any]]:
    with database.reading() as connection:
        return [
            sorted(map(repr, connection.execute(select(table)))) for table in metadata.sorted_tables
        ]


@pytest.fixture
def room(database: Database) -> Facilitator:
    return Facilitator(database)


def revealed(room: Facilitator) -> list[str]:
    """Let four people answer two questions, of which one is revealed; gives their tokens."""
    tokens = [token_urlsafe(16) for _ in range(4)]
    for token in tokens:
        room.room.join(room.code, token, FUNCTIONS[0], now())
        room.room.guess(token, 3, now())
    for question in room.questions[:2]:
        room.ask(question)
        for number, token in enumerate(tokens):
            room.room.vote(token, question, options(question)[number % 2], f"{number}", now())
        if question == room.questions[0]:
            room.reveal(question)
    return tokens


def test_the_methods_are_the_ones_that_one_would_think_of() -> None:
    stores = {store for store, _ in found()}
    assert stores == {WorkshopStore, RoomStore, Participation}
    own = {
        name
        for store in stores
        for name, value in vars(store).items()
        if inspect.isfunction(value) and not name.startswith("_")
    }
    assert own - {name for _, name in found()} == {"open", "of_trace", "overdue"}, (
        "these three ask for rights on a trace, or serve the server alone"
    )


@pytest.mark.parametrize("wrong", WRONG)
def test_an_unknown_key_or_token_is_refused_everywhere_and_changes_nothing(
    database: Database, room: Facilitator, wrong: str
) -> None:
    revealed(room)
    before = everything(database)
    for store, name in found():
        with pytest.raises(WorkshopNotFound):
            call(database, store, name, wrong)
    assert everything(database) == before


def test_what_opens_one_door_opens_no_other(database: Database, room: Facilitator) -> None:
    """A code lets people join; a token is one person's; an id and a hash open nothing."""
    token, *_ = revealed(room)
    hashed = hashlib.sha256(token.encode()).hexdigest()
    right = {"key": room.key, "token": token, "code": room.code}
    before = everything(database)
    for store, name in found():
        asked = set(inspect.signature(getattr(store, name)).parameters) & set(SECRETS)
        others = {value for kind, value in right.items() if kind not in asked}
        for secret in (*others, hashed, room.id, room.use_case):
            with pytest.raises(WorkshopNotFound):
                call(database, store, name, secret)
    assert everything(database) == before


def test_a_renewed_key_is_an_unknown_one(database: Database, room: Facilitator) -> None:
    room.workshops.renew_key(room.key, token_urlsafe(16))
    for store, name in found():
        if "key" in inspect.signature(getattr(store, name)).parameters:
            with pytest.raises(WorkshopNotFound):
                call(database, store, name, room.key)


def test_what_a_facilitator_reads_names_nobody(room: Facilitator) -> None:
    tokens = revealed(room)
    room.go(Step.RESULT)
    first, second = room.questions[:2]
    told = {
        "attendance": room.said.attendance(room.key, now()),
        "rounds": room.said.rounds(room.key),
        "agreed": room.said.agreed(room.key),
        "ballots": room.said.ballots(room.key),
        "comments": room.said.comments(room.key, first),
        "load": room.workshops.load(room.key),
    }
    reading = {
        name for store, name in found() if _reads(store, name) and store is not Participation
    }
    assert set(told) == reading
    for token in tokens:
        for name in (token, hashlib.sha256(token.encode()).hexdigest()):
            assert name not in repr(told)
    assert sorted(room.said.comments(room.key, first)) == ["0", "1", "2", "3"]
    assert room.said.comments(room.key, second) == ()
    assert all(second not in ballot.answers for ballot in room.said.ballots(room.key))


def test_no_order_tells_who_came_first(room: Facilitator) -> None:
    """The ballots come in another order after each step, so that no place is anybody's."""
    for number in range(8):
        token = token_urlsafe(16)
        room.room.join(room.code, token, FUNCTIONS[0], now())
        room.room.guess(token, 1 + number % 5, now())
    orders = set()
    for _ in range(6):
        room.go(Step.RESULT)
        orders.add(tuple(ballot.guess for ballot in room.said.ballots(room.key)))
    assert len(orders) > 1


def test_a_phone_reads_nothing_of_other_phones(room: Facilitator) -> None:
    one, *others = revealed(room)
    told = repr(room.room.load(one))
    assert room.room.load(one).answers[room.questions[1]] == (options(room.questions[1])[0], "0")
    for other in others:
        assert other not in told
        assert hashlib.sha256(other.encode()).hexdigest() not in told
    assert room.key not in told


def _reads(store: type, name: str) -> bool:
    returns = inspect.signature(getattr(store, name)).return_annotation
    return returns is not None
