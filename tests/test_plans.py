"""What people take on is kept: with its words, for whom it concerns, until it is dropped."""

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from assessment.method.answers import Trace
from assessment.store.access import Visitor
from assessment.store.backup import write_backup
from assessment.store.database import Database, open_database
from assessment.store.errors import NotAllowed, TraceDeleted, TraceNotFound
from assessment.store.migrate import migrate
from assessment.store.plans import ActionNotFound, AlreadyTakenOn, PlanStore
from assessment.store.restore import restore, verify
from assessment.store.schema import actions, guests, links, use_cases
from assessment.store.traces import TraceStore
from assessment.taken_on import Action, Plan, Terms
from tests.store_samples import MINUTE, NOON, a_trace

pytest_plugins = ("tests.store_fixtures",)

DAY = date(2026, 3, 8)
HOSTILE = "'; DROP TABLE actions; -- <b>\u202e 漢字 \U0001f3c1"

ACTION = Action(
    question="stop.signal",
    mark="agreed",
    words="Agree on a signal and a limit",
    terms=Terms("Maria Lind", DAY, "Ask sales first"),
    taken=NOON,
)


@pytest.fixture
def plans(database: Database) -> PlanStore:
    return PlanStore(database)


def test_what_is_taken_on_stays_as_it_was_said(store: TraceStore, plans: PlanStore) -> None:
    trace = a_trace(store)
    assert plans.take_on(trace, ACTION) == ACTION
    assert plans.of(trace) == (ACTION,)
    assert plans.plan(trace) == Plan((ACTION,), None)


def test_hostile_texts_are_kept_but_for_what_no_database_takes(
    store: TraceStore, plans: PlanStore
) -> None:
    trace = a_trace(store)
    terms = Terms(f" {HOSTILE}\0 ", None, f"{HOSTILE}\ud83d")
    plans.take_on(trace, replace(ACTION, words=HOSTILE, terms=terms))
    plans.finish(trace, ACTION, {HOSTILE: HOSTILE, "Empty": "  "}, NOON)
    (kept,) = plans.of(trace)
    assert kept.terms == Terms(HOSTILE, None, f"{HOSTILE}\ufffd")
    assert kept.words == HOSTILE
    assert kept.outcome == {HOSTILE: HOSTILE}


@pytest.mark.parametrize("owner", ["", "  ", "\0"])
def test_somebody_has_to_own_it(store: TraceStore, plans: PlanStore, owner: str) -> None:
    trace = a_trace(store)
    with pytest.raises(ValueError, match="somebody has to own it"):
        plans.take_on(trace, replace(ACTION, terms=Terms(owner)))
    plans.take_on(trace, ACTION)
    with pytest.raises(ValueError, match="somebody has to own it"):
        plans.change(trace, ACTION, lambda now: replace(now, owner=owner), NOON)
    assert plans.of(trace) == (ACTION,)


def test_the_same_sent_twice_is_taken_on_once(store: TraceStore, plans: PlanStore) -> None:
    trace = a_trace(store)
    plans.take_on(trace, ACTION)
    plans.take_on(trace, replace(ACTION, taken=NOON + MINUTE))
    assert plans.of(trace) == (ACTION,)


def test_of_two_people_the_second_is_told_who_was_first(
    store: TraceStore, plans: PlanStore
) -> None:
    trace = a_trace(store)
    plans.take_on(trace, ACTION)
    with pytest.raises(AlreadyTakenOn, match="Maria Lind took this on meanwhile"):
        plans.take_on(trace, replace(ACTION, terms=Terms("Tom")))
    assert plans.of(trace) == (ACTION,)


def test_two_tabs_at_once_keep_one_owner_and_both_changes(
    store: TraceStore, plans: PlanStore
) -> None:
    trace = a_trace(store)

    def take(owner: str) -> bool:
        try:
            plans.take_on(trace, replace(ACTION, terms=Terms(owner)))
        except AlreadyTakenOn:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(take, ["A", "B", "C", "D"])) == 1
        list(
            pool.map(
                lambda revise: plans.change(trace, ACTION, revise, NOON),
                [
                    lambda now: replace(now, due=DAY),
                    lambda now: replace(now, note="both"),
                    lambda now: replace(now, owner="E"),
                ],
            )
        )
    (kept,) = plans.of(trace)
    assert kept.terms == Terms("E", DAY, "both")


def test_it_is_ticked_off_with_what_was_written_down_and_the_tick_can_be_taken_back(
    store: TraceStore, plans: PlanStore
) -> None:
    trace = a_trace(store)
    plans.take_on(trace, ACTION)
    done = plans.finish(trace, ACTION, {"Signal": "Complaints", "Limit": "3"}, NOON + MINUTE)
    assert plans.of(trace) == (done,)
    assert (done.done, done.outcome) == (NOON + MINUTE, {"Signal": "Complaints", "Limit": "3"})
    assert plans.finish(trace, ACTION, {"Limit": "5"}, NOON + 2 * MINUTE).done == NOON + MINUTE
    plans.reopen(trace, ACTION, NOON)
    assert plans.of(trace) == (replace(ACTION, outcome={"Limit": "5"}),)


def test_what_is_dropped_comes_back_as_it_was(store: TraceStore, plans: PlanStore) -> None:
    trace = a_trace(store)
    plans.take_on(trace, ACTION)
    done = plans.finish(trace, ACTION, {"Limit": "3"}, NOON)
    assert plans.drop(trace, ACTION) == done
    assert plans.of(trace) == ()
    assert plans.drop(trace, ACTION) is None
    plans.restore(trace, done, NOON)
    plans.restore(trace, replace(done, words="Something else"), NOON)
    assert plans.of(trace) == (done,)


def test_what_was_dropped_elsewhere_is_not_changed_by_accident(
    store: TraceStore, plans: PlanStore
) -> None:
    trace = a_trace(store)
    changes: tuple[Callable[[], object], ...] = (
        lambda: plans.change(trace, ACTION, lambda now: now, NOON),
        lambda: plans.finish(trace, ACTION, {}, NOON),
        lambda: plans.reopen(trace, ACTION, NOON),
    )
    for change in changes:
        with pytest.raises(ActionNotFound, match="dropped meanwhile"):
            change()


def test_a_target_is_kept_and_taken_back(store: TraceStore, plans: PlanStore) -> None:
    trace = a_trace(store)
    assert plans.target(trace) is None
    plans.set_target(trace, 3)
    assert (plans.target(trace), plans.plan(trace).target) == (3, 3)
    with pytest.raises(ValueError, match="counted from 1"):
        plans.set_target(trace, 0)
    plans.set_target(trace, None)
    assert plans.target(trace) is None


def test_a_plan_touches_no_answer_and_not_the_time_of_the_last_one(
    store: TraceStore, plans: PlanStore
) -> None:
    trace = a_trace(store)
    before = store.load(trace)
    plans.take_on(trace, ACTION)
    plans.finish(trace, ACTION, {}, NOON + MINUTE)
    plans.set_target(trace, 2)
    assert store.load(trace) == before


@pytest.mark.parametrize(
    "use_case", ["", "x", "\0" * 22, "'; --", "é" * 22, "a" * 5000, "no-trace-has-this-id-x"]
)
def test_an_id_that_is_none_finds_nothing(plans: PlanStore, use_case: str) -> None:
    for call in (
        lambda: plans.take_on(use_case, ACTION),
        lambda: plans.change(use_case, ACTION, lambda now: now, NOON),
        lambda: plans.finish(use_case, ACTION, {}, NOON),
        lambda: plans.reopen(use_case, ACTION, NOON),
        lambda: plans.drop(use_case, ACTION),
        lambda: plans.restore(use_case, ACTION, NOON),
        lambda: plans.of(use_case),
        lambda: plans.set_target(use_case, 2),
        lambda: plans.target(use_case),
    ):
        with pytest.raises(TraceNotFound):
            call()


def test_a_question_of_any_name_is_looked_for_and_not_run(
    store: TraceStore, plans: PlanStore
) -> None:
    trace = a_trace(store)
    odd = replace(ACTION, question=f"{HOSTILE}\0", mark="\0")
    plans.take_on(trace, odd)
    assert plans.finish(trace, odd, {}, NOON).done == NOON
    assert plans.drop(trace, odd) is not None


def test_what_is_due_is_listed_the_longest_overdue_first(
    store: TraceStore, plans: PlanStore
) -> None:
    trace, other = a_trace(store), a_trace(store, Trace({"name": "Other"}))
    plans.take_on(trace, replace(ACTION, mark="today"))
    plans.take_on(trace, replace(ACTION, mark="open", terms=Terms("Tom")))
    tomorrow = Terms("Tom", DAY + timedelta(days=1))
    plans.take_on(trace, replace(ACTION, mark="later", terms=tomorrow))
    plans.take_on(trace, replace(ACTION, mark="done"))
    plans.finish(trace, replace(ACTION, mark="done"), {}, NOON)
    plans.take_on(other, replace(ACTION, terms=Terms("Ann", DAY - timedelta(days=300))))
    found = plans.due(DAY, 10)
    assert [(one.name, one.use_case_id, one.action.mark) for one in found] == [
        ("Other", other, "agreed"),
        ("Blog", trace, "today"),
    ]
    assert plans.due(DAY, 1) == found[:1]
    assert len(plans.due(DAY + timedelta(days=1), 10)) == 3


def test_nothing_is_due_about_a_trace_that_was_deleted_or_archived(
    store: TraceStore, plans: PlanStore, database: Database
) -> None:
    trace = a_trace(store)
    plans.take_on(trace, ACTION)
    store.delete(trace, NOON)
    assert plans.due(DAY, 10) == ()
    with pytest.raises(TraceDeleted):
        plans.of(trace)
    store.undo_delete(trace, NOON)
    assert len(plans.due(DAY, 10)) == 1
    with database.writing() as connection:
        connection.execute(use_cases.update().values(archived=NOON))
    assert plans.due(DAY, 10) == ()
    assert plans.of(trace) == (ACTION,)


def test_each_person_sees_and_changes_only_what_they_may(
    store: TraceStore, database: Database
) -> None:
    owner, editor, viewer, stranger = (
        PlanStore(database, Visitor(name, name)) for name in ("owner", "editor", "viewer", "nobody")
    )
    trace = a_trace(store)
    with database.writing() as connection:
        connection.execute(use_cases.update().values(owner="owner"))
        for token in ("edit", "view"):
            row = {"token": token, "use_case": trace, "access": token, "created": NOON}
            connection.execute(links.insert().values(row))
            guest = {"link": token, "person": f"{token}or".replace("viewor", "viewer")}
            row = {**guest, "use_case": trace, "name": "", "since": NOON}
            connection.execute(guests.insert().values(row))
    editor.take_on(trace, ACTION)
    owner.set_target(trace, 2)
    for person in (owner, editor, viewer):
        assert person.plan(trace) == Plan((ACTION,), 2)
        assert len(person.due(DAY, 10)) == 1
    assert stranger.due(DAY, 10) == ()
    with pytest.raises(TraceNotFound):
        stranger.of(trace)
    changes: tuple[Callable[[PlanStore], object], ...] = (
        lambda who: who.take_on(trace, ACTION),
        lambda who: who.change(trace, ACTION, lambda now: now, NOON),
        lambda who: who.finish(trace, ACTION, {}, NOON),
        lambda who: who.reopen(trace, ACTION, NOON),
        lambda who: who.drop(trace, ACTION),
        lambda who: who.restore(trace, ACTION, NOON),
        lambda who: who.set_target(trace, 5),
    )
    for change in changes:
        with pytest.raises(NotAllowed):
            change(viewer)
        with pytest.raises(TraceNotFound):
            change(stranger)
    assert owner.plan(trace) == Plan((ACTION,), 2)


def test_a_backup_carries_what_was_taken_on_and_erasing_a_trace_takes_it_along(
    store: TraceStore, plans: PlanStore, database: Database, tmp_path: Path
) -> None:
    trace = a_trace(store)
    plans.take_on(trace, ACTION)
    plans.finish(trace, ACTION, {"Limit": "3"}, NOON)
    plans.set_target(trace, 3)
    file = io.BytesIO()
    write_backup(database, file, datetime(2026, 3, 2, tzinfo=UTC), "a test")
    copy = open_database(f"sqlite:///{tmp_path / 'copy.sqlite3'}")
    migrate(copy)
    file.seek(0)
    restore(copy, verify(file), replace=False)
    assert PlanStore(copy).plan(trace) == plans.plan(trace)
    copy.close()
    store.delete(trace, NOON)
    assert store.purge(NOON + MINUTE) == 1
    with database.reading() as connection:
        assert connection.execute(actions.select()).all() == []
