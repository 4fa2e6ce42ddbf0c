"""A workshop in the store: what the room may know and when, and that nobody can be told apart."""

import threading
from collections.abc import Callable
from datetime import timedelta
from secrets import token_urlsafe

import pytest
from sqlalchemy import exc

from assessment.store.access import Visitor
from assessment.store.database import Database
from assessment.store.deletion import GRACE
from assessment.store.erasure import erase_what_is_due
from assessment.store.errors import TraceNotFound
from assessment.store.participation import MOST, NOTED_EVERY, Participation
from assessment.store.room import ABSENT_AFTER, RoomStore
from assessment.store.traces import TraceStore
from assessment.store.workshop_records import (
    Agreement,
    Full,
    MovedMeanwhile,
    NotOpen,
    Pace,
    Step,
    WorkshopNotFound,
    WorkshopPlan,
)
from assessment.store.workshops import WorkshopStore
from tests.store_samples import MINUTE, NOON, a_trace

pytest_plugins = ("tests.store_fixtures",)

CODE = "KH7QWX"
PLAN = WorkshopPlan(functions=("Sales", "Marketing"))
LATER = NOON + MINUTE


@pytest.fixture
def workshops(database: Database) -> WorkshopStore:
    return WorkshopStore(database)


@pytest.fixture
def said(database: Database) -> RoomStore:
    return RoomStore(database)


@pytest.fixture
def room(database: Database) -> Participation:
    return Participation(database)


@pytest.fixture
def open_workshop(store: TraceStore, workshops: WorkshopStore) -> Callable[..., str]:
    def open_one(plan: WorkshopPlan = PLAN, code: str = CODE) -> str:
        key = token_urlsafe(16)
        workshops.open((token_urlsafe(16), key, code), a_trace(store), plan, NOON)
        return key

    return open_one


@pytest.fixture
def key(open_workshop: Callable[..., str]) -> str:
    return open_workshop()


def join(room: Participation, function: str = "Sales", code: str = CODE) -> str:
    token = token_urlsafe(16)
    room.join(code, token, function, NOON)
    return token


def ask(workshops: WorkshopStore, key: str, question: str) -> None:
    workshops.move(key, workshops.load(key).version, Step.ANSWER, question, LATER)


def test_people_join_by_the_code_and_say_which_function(
    said: RoomStore, room: Participation, key: str
) -> None:
    assert room.functions(CODE) == ("Sales", "Marketing")
    token = join(room, "Marketing")
    assert room.load(token).function == "Marketing"
    assert said.attendance(key, NOON).joined == 1


def test_coming_back_with_the_same_browser_is_the_same_person(
    said: RoomStore, room: Participation, key: str
) -> None:
    token = join(room)
    room.guess(token, 4, NOON)
    room.join(CODE, token, "Marketing", LATER)
    assert (room.load(token).function, room.load(token).guess) == ("Marketing", 4)
    assert said.attendance(key, NOON).joined == 1


@pytest.mark.usefixtures("key")
@pytest.mark.parametrize("wrong", ["", "ZZZZZZ", "' OR 1=1 --", "a\0b", "\ud800"])
def test_a_wrong_code_or_token_leads_nowhere(room: Participation, wrong: str) -> None:
    with pytest.raises(WorkshopNotFound):
        room.load(wrong)
    with pytest.raises(WorkshopNotFound):
        room.join(wrong, "t", "Sales", NOON)


@pytest.mark.usefixtures("key")
def test_a_function_that_is_none_of_the_workshops_is_refused(room: Participation) -> None:
    with pytest.raises(ValueError, match="no such function"):
        join(room, "Alchemy")


@pytest.mark.usefixtures("key")
def test_a_workshop_takes_so_many_and_no_more(
    room: Participation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assessment.store.participation.MOST", 2)
    join(room)
    join(room)
    with pytest.raises(Full):
        join(room)
    assert MOST >= 60


@pytest.mark.usefixtures("key")
def test_nobody_answers_what_was_not_asked(room: Participation) -> None:
    token = join(room)
    with pytest.raises(NotOpen):
        room.vote(token, "a", "named", "", LATER)


def test_an_answer_can_be_changed_until_the_reveal(
    workshops: WorkshopStore, room: Participation, key: str
) -> None:
    token = join(room)
    ask(workshops, key, "a")
    room.vote(token, "a", "named", "first thought", LATER)
    room.vote(token, "a", "nobody", "", LATER)
    assert room.load(token).answers == {"a": ("nobody", "")}
    workshops.reveal(key, "a", LATER)
    with pytest.raises(NotOpen):
        room.vote(token, "a", "named", "", LATER)
    assert room.load(token).answers == {"a": ("nobody", "")}


def test_before_the_reveal_only_counts_are_known(
    said: RoomStore, workshops: WorkshopStore, room: Participation, key: str
) -> None:
    tokens = [join(room) for _ in range(3)]
    ask(workshops, key, "a")
    for token in tokens[:2]:
        room.vote(token, "a", "named", "because", LATER)
    assert said.attendance(key, LATER).answered == {"a": 2}
    assert all(not ballot.answers for ballot in said.ballots(key))
    assert said.comments(key, "a") == ()
    workshops.reveal(key, "a", LATER)
    answers = sorted(ballot.answers.get("a", "-") for ballot in said.ballots(key))
    assert answers == ["-", "named", "named"]
    assert said.comments(key, "a") == ("because", "because")


def test_voting_again_starts_from_nothing_and_keeps_what_was_said(
    said: RoomStore, workshops: WorkshopStore, room: Participation, key: str
) -> None:
    token = join(room)
    ask(workshops, key, "a")
    room.vote(token, "a", "named", "", LATER)
    workshops.reveal(key, "a", LATER)
    workshops.vote_again(key, "a", LATER)
    assert room.load(token).answers == {}
    assert all(not ballot.answers for ballot in said.ballots(key))
    room.vote(token, "a", "nobody", "", LATER)
    workshops.reveal(key, "a", LATER)
    assert [ballot.answers["a"] for ballot in said.ballots(key)] == ["nobody"]
    assert [one.number for one in said.rounds(key)] == [1, 2]


def test_guesses_stay_hidden_until_the_result(
    said: RoomStore, workshops: WorkshopStore, room: Participation, key: str
) -> None:
    token = join(room)
    room.guess(token, 5, NOON)
    assert [ballot.guess for ballot in said.ballots(key)] == [None]
    assert said.attendance(key, NOON).guessed == 1
    workshops.move(key, workshops.load(key).version, Step.RESULT, None, LATER)
    assert [ballot.guess for ballot in said.ballots(key)] == [5]
    with pytest.raises(NotOpen):
        room.guess(token, 1, LATER)


def test_at_their_own_pace_people_answer_whatever_was_put_to_the_room(
    said: RoomStore,
    workshops: WorkshopStore,
    room: Participation,
    open_workshop: Callable[..., str],
) -> None:
    key = open_workshop(WorkshopPlan(functions=("Sales",), pace=Pace.OWN), "PACEAA")
    token = join(room, code="PACEAA")
    workshops.put(key, ["a", "b"], NOON)
    workshops.move(key, workshops.load(key).version, Step.ANSWER, None, LATER)
    assert room.load(token).open == ("a", "b")
    room.vote(token, "b", "x", "", LATER)
    room.vote(token, "a", "y", "", LATER)
    assert said.attendance(key, LATER).answered == {"a": 1, "b": 1}


def test_a_workshop_that_rests_takes_no_answers(
    workshops: WorkshopStore, room: Participation, key: str
) -> None:
    token = join(room)
    ask(workshops, key, "a")
    workshops.pause(key, LATER)
    with pytest.raises(NotOpen):
        room.vote(token, "a", "named", "", LATER)
    workshops.go_on(key)
    room.vote(token, "a", "named", "", LATER)
    assert room.load(token).answers == {"a": ("named", "")}


def test_two_facilitators_do_not_skip_a_question_together(
    workshops: WorkshopStore, key: str
) -> None:
    seen = workshops.load(key).version
    workshops.move(key, seen, Step.ANSWER, "a", LATER)
    with pytest.raises(MovedMeanwhile):
        workshops.move(key, seen, Step.ANSWER, "b", LATER)
    assert workshops.load(key).question == "a"


def test_every_change_that_a_screen_shows_counts(
    workshops: WorkshopStore, room: Participation, key: str
) -> None:
    token = join(room)
    seen = [room.version(token, NOON)]
    ask(workshops, key, "a")
    seen.append(room.version(token, NOON))
    room.vote(token, "a", "named", "", LATER)
    assert room.version(token, NOON) == seen[-1]
    steps: tuple[Callable[[], None], ...] = (
        lambda: workshops.reveal(key, "a", LATER),
        lambda: workshops.record(key, Agreement("a", "named", "", "", LATER)),
        lambda: workshops.pause(key, LATER),
        lambda: workshops.release(key, LATER),
    )
    for step in steps:
        step()
        seen.append(room.version(token, NOON))
    assert seen == sorted(set(seen))


def test_who_left_or_went_silent_is_no_longer_waited_for(
    said: RoomStore, room: Participation, key: str
) -> None:
    stays, leaves, _silent = (join(room) for _ in range(3))
    room.leave(leaves, NOON)
    later = NOON + ABSENT_AFTER + timedelta(seconds=1)
    room.version(stays, later)
    there = said.attendance(key, later)
    assert (there.joined, there.present) == (3, 1)


def test_asking_what_is_new_writes_seldom(said: RoomStore, room: Participation, key: str) -> None:
    token = join(room)
    room.version(token, NOON + NOTED_EVERY - timedelta(seconds=1))
    assert said.attendance(key, NOON + ABSENT_AFTER).present == 0
    room.version(token, NOON + NOTED_EVERY)
    assert said.attendance(key, NOON + ABSENT_AFTER).present == 1


def test_hands_that_were_counted_are_a_round_of_their_own(
    said: RoomStore, workshops: WorkshopStore, key: str
) -> None:
    workshops.count_hands(key, "a", {"named": 7, "nobody": 2}, LATER)
    (one,) = said.rounds(key)
    assert (one.hands, one.revealed) == ({"named": 7, "nobody": 2}, LATER)
    with pytest.raises(ValueError, match="no fewer"):
        workshops.count_hands(key, "a", {"named": -1}, LATER)


def test_what_was_agreed_last_counts(said: RoomStore, workshops: WorkshopStore, key: str) -> None:
    workshops.record(key, Agreement("a", "named", "It is Maria", "", LATER))
    workshops.record(key, Agreement("a", None, "Two views", "Sales sees nobody", LATER))
    assert said.agreed(key) == (Agreement("a", None, "Two views", "Sales sees nobody", LATER),)


def test_the_final_close_leaves_counts_and_nobody(
    said: RoomStore, workshops: WorkshopStore, room: Participation, key: str
) -> None:
    tokens = [join(room) for _ in range(3)]
    ask(workshops, key, "a")
    for token, option in zip(tokens, ("named", "named", "nobody"), strict=True):
        room.vote(token, "a", option, "mine", LATER)
    workshops.reveal(key, "a", LATER)
    ask(workshops, key, "b")
    room.vote(tokens[0], "b", "x", "", LATER)
    workshops.close(key, {"people": 3}, LATER)
    workshops.close(key, {}, LATER + MINUTE)
    kept = {one.question: one.kept for one in said.rounds(key)}
    assert kept == {"a": {"named": 2, "nobody": 1}, "b": None}
    assert said.ballots(key) == ()
    assert said.comments(key, "a") == ()
    assert workshops.load(key).summary == {"people": 3}
    assert workshops.load(key).closed == LATER
    for token in tokens:
        with pytest.raises(WorkshopNotFound):
            room.load(token)
    with pytest.raises(WorkshopNotFound):
        join(room)


def test_a_code_serves_one_open_workshop_at_a_time(
    workshops: WorkshopStore, open_workshop: Callable[..., str]
) -> None:
    first = open_workshop()
    with pytest.raises(exc.IntegrityError):
        open_workshop()
    workshops.close(first, {}, LATER)
    open_workshop()


def test_a_renewed_key_shuts_the_old_one_out(workshops: WorkshopStore, key: str) -> None:
    new = token_urlsafe(16)
    workshops.renew_key(key, new)
    with pytest.raises(WorkshopNotFound):
        workshops.load(key)
    assert workshops.load(new).code == CODE


def test_only_who_may_edit_a_trace_opens_a_workshop_on_it(
    database: Database, store: TraceStore
) -> None:
    stranger = WorkshopStore(database, Visitor("issuer|7", "Stranger"))
    use_case = a_trace(store)
    with pytest.raises(TraceNotFound):
        stranger.open((token_urlsafe(16), token_urlsafe(16), CODE), use_case, PLAN, NOON)
    with pytest.raises(TraceNotFound):
        stranger.of_trace(use_case)


def test_erasing_a_trace_erases_its_workshops(
    database: Database,
    store: TraceStore,
    workshops: WorkshopStore,
    room: Participation,
    key: str,
) -> None:
    token = join(room)
    ask(workshops, key, "a")
    room.vote(token, "a", "named", "", LATER)
    workshops.record(key, Agreement("a", "named", "", "", LATER))
    store.delete(workshops.load(key).use_case_id, NOON)
    assert erase_what_is_due(database, NOON + GRACE + MINUTE) == 1
    with pytest.raises(WorkshopNotFound):
        workshops.load(key)
    with pytest.raises(WorkshopNotFound):
        room.load(token)


def test_forty_people_answer_at_once_and_nothing_is_lost(
    said: RoomStore, workshops: WorkshopStore, room: Participation, key: str
) -> None:
    tokens = [join(room, ("Sales", "Marketing")[n % 2]) for n in range(40)]
    ask(workshops, key, "a")
    failures: list[Exception] = []

    def vote(token: str) -> None:
        try:
            room.vote(token, "a", "named", token, LATER)
        except Exception as error:  # noqa: BLE001 - told below
            failures.append(error)

    people = [threading.Thread(target=vote, args=(token,)) for token in tokens]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert failures == []
    assert said.attendance(key, LATER).answered == {"a": 40}
    workshops.reveal(key, "a", LATER)
    assert sorted(said.comments(key, "a")) == sorted(tokens)
