"""The shelf: renaming, copying and archiving leave every answer as it is, on both databases."""

from secrets import token_urlsafe

import pytest

from assessment.method.answers import Answer, Trace
from assessment.store.access import Access, Visitor
from assessment.store.database import Database
from assessment.store.errors import NotAllowed, TraceDeleted, TraceNotFound
from assessment.store.links import LinkStore
from assessment.store.plans import PlanStore
from assessment.store.records import ChangeKind
from assessment.store.shelf import Shelf
from assessment.store.traces import TraceStore
from assessment.taken_on import Action, Terms
from tests.store_samples import MINUTE, NOON, PAPER, a_trace, counted

pytest_plugins = ("tests.store_fixtures",)

ANSWERED = Trace(
    {"name": "Blog", "kind": ("content", "score"), "number": 40},
    {
        "use.users": Answer("team", "Editors", ("Rota", "Log"), "Asked Ada"),
        "review.practice": Answer("unknown"),
        "reach.signal": Answer(note="Ask sales"),
    },
)
ADA, BEN = Visitor("issuer|ada", "Ada"), Visitor("issuer|ben", "Ben")


@pytest.fixture
def shelf(database: Database) -> Shelf:
    return Shelf(database)


def names(shelf: Shelf, name: str = "", limit: int = 50, *, archived: bool = False) -> list[str]:
    return [trace.name for trace in shelf.find(limit, name, archived=archived).traces]


def test_a_trace_is_found_with_all_that_a_card_says(store: TraceStore, shelf: Shelf) -> None:
    trace = a_trace(store, ANSWERED)
    (found,) = shelf.find(5).traces
    assert (found.id, found.name, found.trace) == (trace, "Blog", ANSWERED)
    assert (found.questionnaire, found.changed, found.archived) == (PAPER, NOON, None)
    assert (found.level, found.ceiling, found.access) == (1, 3, Access.OWN)


def test_the_last_changed_comes_first_and_the_rest_is_counted(
    store: TraceStore, shelf: Shelf
) -> None:
    for number in range(5):
        a_trace(store, Trace({"name": f"Trace {number}"}), NOON + number * MINUTE)
    assert names(shelf, limit=2) == ["Trace 4", "Trace 3"]
    assert shelf.find(2).total == 5
    assert shelf.find(0).traces == ()


@pytest.mark.parametrize("wanted", ["ärzte", "PORTAL der ärzte", "  Portal ", "ÄRZTE"])
def test_a_trace_is_found_by_words_of_its_name(
    wanted: str, store: TraceStore, shelf: Shelf
) -> None:
    a_trace(store, Trace({"name": "Das Portal der Ärzte"}))
    a_trace(store, Trace({"name": "Newsletter"}))
    a_trace(store, Trace({}))
    assert names(shelf, wanted) == ["Das Portal der Ärzte"]
    assert names(shelf, "100%_") == []


def test_renaming_changes_the_name_and_nothing_else(store: TraceStore, shelf: Shelf) -> None:
    trace = a_trace(store, ANSWERED)
    before = store.load(trace)
    shelf.rename(trace, "  Blog\0 posts ", counted, NOON + MINUTE)
    after = store.load(trace)
    assert after.trace.facts == {**before.trace.facts, "name": "Blog posts"}
    assert after.trace.answers == before.trace.answers
    assert after.changed == NOON + MINUTE
    last = store.history(trace)[-1]
    assert (last.kind, last.before, last.after) == (
        ChangeKind.FACTS,
        {"name": "Blog"},
        {"name": "Blog posts"},
    )


def test_the_same_name_again_is_no_change(store: TraceStore, shelf: Shelf) -> None:
    trace = a_trace(store)
    shelf.rename(trace, "Blog", counted, NOON + MINUTE)
    assert store.load(trace).changed == NOON
    with pytest.raises(ValueError, match="needs a name"):
        shelf.rename(trace, " \0 ", counted, NOON)


def test_a_copy_has_every_answer_and_a_history_of_its_own(
    store: TraceStore, shelf: Shelf, database: Database
) -> None:
    trace, copy = a_trace(store, ANSWERED), token_urlsafe(16)
    PlanStore(database).take_on(trace, Action("use.users", "team", "Agree", Terms("Ada"), NOON))
    store.save_answer(trace, "late", Answer("yes"), counted, NOON)
    original = store.load(trace), store.history(trace)
    shelf.copy(trace, copy, counted, NOON + MINUTE)
    made = store.load(copy)
    assert made.trace.answers == original[0].trace.answers
    assert made.trace.facts == {**ANSWERED.facts, "name": "Copy of Blog"}
    assert made.result == counted(made.trace)
    assert (made.created, made.questionnaire) == (NOON + MINUTE, PAPER)
    assert {change.at for change in store.history(copy)} == {NOON + MINUTE}
    assert PlanStore(database).of(copy) == ()
    assert (store.load(trace), store.history(trace)) == original


def test_a_copy_and_its_original_go_their_own_ways(store: TraceStore, shelf: Shelf) -> None:
    trace, copy = a_trace(store, ANSWERED), token_urlsafe(16)
    shelf.copy(trace, copy, counted, NOON)
    store.save_answer(copy, "use.users", Answer("one_person"), counted, NOON)
    assert store.load(trace).trace == ANSWERED
    store.delete(trace, NOON)
    assert store.load(copy).trace.answer("use.users").option == "one_person"


def test_a_copy_needs_an_id_of_its_own(store: TraceStore, shelf: Shelf) -> None:
    trace = a_trace(store)
    for taken in (trace, "short", "x" * 70):
        with pytest.raises(ValueError, match="id"):
            shelf.copy(trace, taken, counted, NOON)
    assert shelf.find(5).total == 1


def test_a_trace_without_a_name_is_copied_without_one(store: TraceStore, shelf: Shelf) -> None:
    copy = token_urlsafe(16)
    shelf.copy(a_trace(store, Trace({"kind": "x"})), copy, counted, NOON)
    assert store.load(copy).trace.facts == {"kind": "x"}


def test_an_archived_trace_leaves_the_lists_and_comes_back_as_it_was(
    store: TraceStore, shelf: Shelf
) -> None:
    trace = a_trace(store, ANSWERED)
    before = store.load(trace)
    shelf.archive(trace, NOON + MINUTE)
    shelf.archive(trace, NOON + 2 * MINUTE)
    assert names(shelf) == []
    assert store.recent(5) == ()
    (archived,) = shelf.find(5, archived=True).traces
    assert archived.archived == NOON + MINUTE
    assert store.load(trace) == before, "links to it work as before"
    shelf.unarchive(trace)
    shelf.unarchive(trace)
    assert names(shelf) == ["Blog"]
    assert names(shelf, archived=True) == []
    assert store.load(trace) == before


def test_a_deleted_trace_is_in_no_list_and_nothing_can_be_done_with_it(
    store: TraceStore, shelf: Shelf
) -> None:
    trace = a_trace(store)
    shelf.archive(trace, NOON)
    store.delete(trace, NOON)
    assert (names(shelf), names(shelf, archived=True)) == ([], [])
    refuse_everything(shelf, trace, TraceDeleted)


@pytest.mark.parametrize("trace", ["x" * 22, "short", "a b", "'; drop table--", "é" * 22])
def test_an_unknown_trace_is_refused(trace: str, shelf: Shelf) -> None:
    refuse_everything(shelf, trace, TraceNotFound)


def refuse_everything(shelf: Shelf, trace: str, why: type[Exception]) -> None:
    with pytest.raises(why):
        shelf.rename(trace, "New", counted, NOON)
    with pytest.raises(why):
        shelf.copy(trace, token_urlsafe(16), counted, NOON)
    with pytest.raises(why):
        shelf.archive(trace, NOON)
    with pytest.raises(why):
        shelf.unarchive(trace)


def test_people_find_only_their_own_traces(database: Database) -> None:
    trace = a_trace(TraceStore(database, ADA))
    assert Shelf(database, ADA).find(5).total == 1
    assert Shelf(database, BEN).find(5).total == 0
    refuse_everything(Shelf(database, BEN), trace, TraceNotFound)


@pytest.mark.parametrize("access", [Access.VIEW, Access.EDIT])
def test_who_was_given_a_link_may_do_what_it_says(access: Access, database: Database) -> None:
    trace, copy, token = a_trace(TraceStore(database, ADA)), token_urlsafe(16), token_urlsafe(24)
    links = LinkStore(database, ADA)
    links.make(trace, token, access, NOON)
    LinkStore(database, BEN).redeem(token, NOON)
    shelf = Shelf(database, BEN)
    assert [one.access for one in shelf.find(5).traces] == [access]
    shelf.copy(trace, copy, counted, NOON + MINUTE)
    assert [one.access for one in shelf.find(5).traces] == [Access.OWN, access]
    with pytest.raises(NotAllowed):
        shelf.archive(trace, NOON)
    if access is Access.EDIT:
        shelf.rename(trace, "Renamed", counted, NOON)
        assert TraceStore(database, ADA).load(trace).trace.facts["name"] == "Renamed"
        return
    with pytest.raises(NotAllowed):
        shelf.rename(trace, "Renamed", counted, NOON)


def test_what_fails_in_the_middle_leaves_nothing_behind(store: TraceStore, shelf: Shelf) -> None:
    trace, copy = a_trace(store, ANSWERED), token_urlsafe(16)

    def broken(_: Trace) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        shelf.copy(trace, copy, broken, NOON)  # type: ignore[arg-type]
    with pytest.raises(ZeroDivisionError):
        shelf.rename(trace, "New", broken, NOON)  # type: ignore[arg-type]
    assert names(shelf) == ["Blog"]
    assert store.load(trace).trace == ANSWERED
