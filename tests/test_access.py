"""Who may do what: every call of every store asks, on SQLite and on PostgreSQL."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from datetime import date
from secrets import token_urlsafe
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

import assessment.store
from assessment.method.answers import Answer, Trace
from assessment.room_account import RoomAccount
from assessment.store.access import Access, Visitor
from assessment.store.database import Database
from assessment.store.errors import LinkNotFound, NotAllowed, TraceDeleted, TraceNotFound
from assessment.store.links import LinkStore
from assessment.store.schema import guests, links, metadata
from assessment.store.traces import TraceStore
from assessment.store.workshop_records import WorkshopPlan
from assessment.taken_on import Action, Terms
from tests.store_samples import MINUTE, NOON, a_trace, counted

pytest_plugins = ("tests.store_fixtures",)

ANN, BO, EVE, UMA = (
    Visitor(f"https://id.example|{name}", name.title()) for name in ("ann", "bo", "eve", "uma")
)
LATER = NOON + MINUTE

NEEDED = {
    "TraceStore.load": Access.VIEW,
    "TraceStore.history": Access.VIEW,
    "TraceStore.access": Access.VIEW,
    "TraceStore.save_answer": Access.EDIT,
    "TraceStore.change_answer": Access.EDIT,
    "TraceStore.save_facts": Access.EDIT,
    "TraceStore.delete": Access.OWN,
    "TraceStore.undo_delete": Access.OWN,
    "LinkStore.make": Access.OWN,
    "LinkStore.of": Access.OWN,
    "LinkStore.take_back": Access.OWN,
    "PlanStore.of": Access.VIEW,
    "PlanStore.plan": Access.VIEW,
    "PlanStore.target": Access.VIEW,
    "PlanStore.take_on": Access.EDIT,
    "PlanStore.change": Access.EDIT,
    "PlanStore.finish": Access.EDIT,
    "PlanStore.reopen": Access.EDIT,
    "PlanStore.drop": Access.EDIT,
    "PlanStore.restore": Access.EDIT,
    "PlanStore.set_target": Access.EDIT,
    "Shelf.copy": Access.VIEW,
    "Shelf.rename": Access.EDIT,
    "Shelf.archive": Access.OWN,
    "Shelf.unarchive": Access.OWN,
    "WorkshopStore.open": Access.EDIT,
    "WorkshopStore.of_trace": Access.EDIT,
    "BroughtRooms.keep": Access.EDIT,
    "BroughtRooms.account": Access.EDIT,
}
"""What each method that is about one trace needs. A new method says it here."""

ACTION = Action("a", "named", "Name somebody", Terms("Bo"), NOON)
ACCOUNT = RoomAccount(NOON.date(), 45, "short", "together", is_rehearsal=False, people=7)

ARGUMENTS: dict[str, Callable[[], Any]] = {
    "question": lambda: "a",
    "answer": lambda: Answer("nobody"),
    "edit": lambda: lambda _: Answer("nobody"),
    "facts": lambda: {"name": "Other"},
    "name": lambda: "Other",
    "classify": lambda: counted,
    "now": lambda: LATER,
    "token": lambda: token_urlsafe(16),
    "access": lambda: Access.VIEW,
    "action": lambda: ACTION,
    "revise": lambda: lambda terms: terms,
    "outcome": dict,
    "level": lambda: 2,
    "copy_id": lambda: token_urlsafe(16),
    "ids": lambda: (token_urlsafe(16), token_urlsafe(16), token_urlsafe(4)),
    "plan": lambda: WorkshopPlan(("Marketing", "Sales")),
    "account": lambda: ACCOUNT,
}


def stores() -> Iterator[type]:
    """Every class of the store that is told who asks."""
    for found in pkgutil.iter_modules(assessment.store.__path__):
        module = importlib.import_module(f"assessment.store.{found.name}")
        for value in vars(module).values():
            is_own = inspect.isclass(value) and value.__module__ == module.__name__
            if is_own and "visitor" in inspect.signature(value.__init__).parameters:
                yield value


def about_a_trace() -> dict[str, tuple[type, str]]:
    """Every public method that takes the id of a trace that is there."""
    return {
        f"{store.__name__}.{name}": (store, name)
        for store in stores()
        for name, method in vars(store).items()
        if not name.startswith("_")
        and "use_case_id" in inspect.signature(method).parameters
        and (store, name) != (TraceStore, "create")
    }


def refusal(
    database: Database, visitor: Visitor | None, method: str, use_case: str
) -> type[Exception] | None:
    """Call a method; how it refused the visitor, or None where it let them through."""
    store, name = about_a_trace()[method]
    call = getattr(store(database, visitor), name)
    wanted = [p for p in inspect.signature(call).parameters if p != "use_case_id"]
    given = {parameter: ARGUMENTS[parameter]() for parameter in wanted}
    try:
        call(**given, use_case_id=use_case)
    except TraceNotFound as refused:
        return type(refused)
    except LookupError:  # of something within the trace
        return None
    return None


def shared(database: Database) -> str:
    """A trace of Ann's that Bo may look at and Uma may change."""
    use_case = a_trace(TraceStore(database, ANN), Trace({"name": "Blog"}, {"a": Answer("named")}))
    for visitor, access in ((BO, Access.VIEW), (UMA, Access.EDIT)):
        give(database, use_case, visitor, access)
    return use_case


def give(database: Database, use_case: str, visitor: Visitor, access: Access) -> str:
    """Share a trace of Ann's by a link, which somebody opens; gives its token."""
    token = token_urlsafe(16)
    LinkStore(database, ANN).make(use_case, token, access, NOON)
    assert LinkStore(database, visitor).redeem(token, NOON).use_case_id == use_case
    return token


def everything(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    with database.reading() as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for table in metadata.sorted_tables
        }


def test_every_method_about_a_trace_says_here_what_it_needs() -> None:
    assert set(about_a_trace()) == set(NEEDED)


def test_every_method_lets_through_who_may_and_nobody_else(database: Database) -> None:
    wrong = []
    for method, needed in NEEDED.items():
        for visitor, allowed in ((BO, Access.VIEW), (UMA, Access.EDIT), (ANN, Access.OWN)):
            expected = None if allowed >= needed else NotAllowed
            if (found := refusal(database, visitor, method, shared(database))) is not expected:
                wrong.append((method, visitor.name, found))
        if found := refusal(database, None, method, shared(database)):
            wrong.append((method, "where nobody signs in", found))
    assert wrong == []


def test_who_may_not_changes_and_learns_nothing(database: Database) -> None:
    use_case, gone = shared(database), shared(database)
    TraceStore(database, ANN).delete(gone, NOON)
    before = everything(database)
    wrong = []
    for method, needed in NEEDED.items():
        for name, trace, visitor, expected in (
            ("a stranger", use_case, EVE, TraceNotFound),
            ("a stranger to a deleted one", gone, EVE, TraceNotFound),
            ("a guest of one that is not there", token_urlsafe(16), BO, TraceNotFound),
            ("a guest who may look", use_case, BO, NotAllowed),
        ):
            if visitor is BO and trace == use_case and needed is Access.VIEW:
                continue
            if (found := refusal(database, visitor, method, trace)) is not expected:
                wrong.append((method, name, found))
    assert wrong == []
    assert everything(database) == before


def test_a_deleted_trace_is_there_for_its_owner_alone(database: Database) -> None:
    use_case = shared(database)
    owner = TraceStore(database, ANN)
    owner.delete(use_case, NOON)
    assert refusal(database, ANN, "TraceStore.load", use_case) is TraceDeleted
    for guest in (BO, UMA):
        for method in ("TraceStore.load", "TraceStore.history", "TraceStore.save_answer"):
            assert refusal(database, guest, method, use_case) is TraceNotFound
        for method in ("TraceStore.delete", "TraceStore.undo_delete"):
            assert refusal(database, guest, method, use_case) is NotAllowed
        assert TraceStore(database, guest).recent(9) == ()
        assert TraceStore(database, guest).deleted(9) == ()
    assert [trace.id for trace in owner.deleted(9)] == [use_case]
    owner.undo_delete(use_case, LATER)
    assert TraceStore(database, BO).load(use_case).access is Access.VIEW


def test_lists_hold_ones_own_and_what_was_shared(database: Database) -> None:
    of_ann = shared(database)
    of_eve = a_trace(TraceStore(database, EVE), now=LATER)
    from_before = a_trace(TraceStore(database), now=NOON - MINUTE)

    def listed(visitor: Visitor | None) -> list[tuple[str, Access]]:
        return [(line.id, line.access) for line in TraceStore(database, visitor).recent(9)]

    assert listed(ANN) == [(of_ann, Access.OWN)]
    assert listed(BO) == [(of_ann, Access.VIEW)]
    assert listed(UMA) == [(of_ann, Access.EDIT)]
    assert listed(EVE) == [(of_eve, Access.OWN)]
    everybodys = [(of_eve, Access.OWN), (of_ann, Access.OWN), (from_before, Access.OWN)]
    assert listed(None) == everybodys
    assert TraceStore(database, ANN).recent(0) == ()


def test_only_the_server_itself_erases(database: Database) -> None:
    use_case = shared(database)
    TraceStore(database, ANN).delete(use_case, NOON)
    with pytest.raises(NotAllowed):
        TraceStore(database, ANN).purge(LATER)
    with pytest.raises(NotAllowed):
        LinkStore(database, ANN).ownerless()
    assert TraceStore(database).purge(LATER) == 1
    left = everything(database)
    assert [left[table.name] for table in (links, guests)] == [[], []]


def test_an_owner_sees_who_came_by_which_link(database: Database) -> None:
    use_case = a_trace(TraceStore(database, ANN))
    edit, view = give(database, use_case, BO, Access.EDIT), token_urlsafe(16)
    LinkStore(database, ANN).make(use_case, view, Access.VIEW, LATER)
    renamed = Visitor(EVE.person, "Eve \0 <b>")
    for visitor, at in ((UMA, NOON + 3 * MINUTE), (EVE, LATER), (renamed, NOON + 9 * MINUTE)):
        LinkStore(database, visitor).redeem(view, at)
    LinkStore(database, ANN).redeem(view, LATER)
    assert [
        (link.token, link.access, [(guest.name, guest.since) for guest in link.guests])
        for link in LinkStore(database, ANN).of(use_case)
    ] == [
        (edit, Access.EDIT, [("Bo", NOON)]),
        (view, Access.VIEW, [("Eve  <b>", LATER), ("Uma", NOON + 3 * MINUTE)]),
    ]


def test_who_came_by_a_link_that_is_taken_back_is_a_stranger_again(database: Database) -> None:
    use_case = a_trace(TraceStore(database, ANN))
    tokens = [give(database, use_case, BO, access) for access in (Access.VIEW, Access.EDIT)]
    guest = TraceStore(database, BO)
    assert guest.access(use_case) is Access.EDIT
    owner = LinkStore(database, ANN)
    owner.take_back(use_case, tokens[1])
    assert guest.access(use_case) is Access.VIEW
    for _ in range(2):
        owner.take_back(use_case, tokens[0])
    with pytest.raises(TraceNotFound):
        guest.access(use_case)
    for token in tokens:
        with pytest.raises(LinkNotFound):
            LinkStore(database, BO).redeem(token, LATER)


def test_a_link_of_another_trace_cannot_be_taken_back(database: Database) -> None:
    use_case, other = a_trace(TraceStore(database, ANN)), a_trace(TraceStore(database, EVE))
    token = give(database, use_case, BO, Access.VIEW)
    LinkStore(database, EVE).take_back(other, token)
    assert TraceStore(database, BO).access(use_case) is Access.VIEW


@pytest.mark.parametrize("token", ["", "short", "x" * 22, "\0" * 22, "🎉" * 22, "' OR 1=1 --" * 3])
def test_a_link_that_is_none_leads_nowhere(token: str, database: Database) -> None:
    shared(database)
    for visitor in (EVE, None):
        with pytest.raises(LinkNotFound, match="Ask whoever sent it for a new one"):
            LinkStore(database, visitor).redeem(token, NOON)


def test_a_link_to_a_deleted_trace_leads_nowhere_but_for_its_owner(database: Database) -> None:
    use_case = a_trace(TraceStore(database, ANN))
    token = give(database, use_case, BO, Access.EDIT)
    TraceStore(database, ANN).delete(use_case, NOON)
    for visitor in (BO, EVE):
        with pytest.raises(LinkNotFound):
            LinkStore(database, visitor).redeem(token, LATER)
    with pytest.raises(TraceDeleted):
        LinkStore(database, ANN).redeem(token, LATER)


def test_a_link_needs_chance_and_is_unique(database: Database) -> None:
    use_case = a_trace(TraceStore(database, ANN))
    token = give(database, use_case, BO, Access.VIEW)
    for bad, said in (("abc", "needs 22 to 64"), (token, "with this token already")):
        with pytest.raises(ValueError, match=said):
            LinkStore(database, ANN).make(use_case, bad, Access.EDIT, NOON)


def test_a_trace_from_before_people_signed_in_goes_to_who_is_given_it(database: Database) -> None:
    use_case = a_trace(TraceStore(database), Trace({"name": "Old"}))
    for visitor in (ANN, BO):
        assert TraceStore(database, visitor).recent(9) == ()
        assert refusal(database, visitor, "TraceStore.load", use_case) is TraceNotFound
    terminal, token = LinkStore(database), token_urlsafe(16)
    assert [(trace.id, trace.name) for trace in terminal.ownerless()] == [(use_case, "Old")]
    terminal.make(use_case, token, Access.OWN, NOON)
    assert LinkStore(database, BO).redeem(token, NOON).access is Access.OWN
    assert terminal.ownerless() == ()
    assert TraceStore(database, BO).access(use_case) is Access.OWN
    with pytest.raises(LinkNotFound):
        LinkStore(database, ANN).redeem(token, NOON)


PEOPLE = (ANN, BO, EVE, UMA)
STEPS = st.one_of(
    st.tuples(st.just("make"), st.sampled_from([Access.VIEW, Access.EDIT])),
    st.tuples(st.just("open"), st.sampled_from(PEOPLE), st.integers(0, 4)),
    st.tuples(st.just("take back"), st.integers(0, 4)),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, max_size=12))
def test_what_somebody_may_do_is_the_most_that_a_link_they_came_by_still_allows(
    steps: list[tuple[Any, ...]], database: Database
) -> None:
    use_case = a_trace(TraceStore(database, ANN))
    owner = LinkStore(database, ANN)
    made: list[tuple[str, Access, set[Visitor]]] = []
    for step, *rest in steps:
        if step == "make":
            made.append((token_urlsafe(16), rest[0], set()))
            owner.make(use_case, made[-1][0], rest[0], NOON)
        elif made and step == "open":
            token, _, came = made[rest[1] % len(made)]
            LinkStore(database, rest[0]).redeem(token, NOON)
            came.add(rest[0])
        elif made:
            owner.take_back(use_case, made.pop(rest[0] % len(made))[0])
    for visitor in PEOPLE:
        most = max((access for _, access, came in made if visitor in came), default=None)
        if visitor is ANN:
            most = Access.OWN
        line = next(
            (t for t in TraceStore(database, visitor).recent(500) if t.id == use_case), None
        )
        assert (line.access if line else None) == most
        found = refusal(database, visitor, "TraceStore.access", use_case)
        assert found is (None if most else TraceNotFound)


def test_a_day_that_is_due_is_only_told_to_who_may_see_it(database: Database) -> None:
    from assessment.store.plans import PlanStore

    use_case = shared(database)
    due = Action("a", "named", "Name somebody", Terms("Bo", date(2026, 3, 1)), NOON)
    PlanStore(database, UMA).take_on(use_case, due)
    told = {v: len(PlanStore(database, v).due(date(2026, 4, 1), 9)) for v in PEOPLE}
    assert told == {ANN: 1, BO: 1, UMA: 1, EVE: 0}
