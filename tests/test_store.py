"""What the store keeps, the same on SQLite and on PostgreSQL."""

from datetime import datetime, timedelta, timezone
from secrets import token_urlsafe

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.exc import StatementError

from assessment.method.answers import Answer, FactValue, Trace
from assessment.store.database import Database
from assessment.store.errors import TraceNotFound
from assessment.store.packing import storable, storable_answer
from assessment.store.records import Change, ChangeKind, QuestionnaireText, StoredResult
from assessment.store.schema import answers, history, questionnaires, use_cases
from assessment.store.traces import TraceStore
from tests.store_samples import MINUTE, NOON, PAPER, a_trace, counted

pytest_plugins = ("tests.store_fixtures",)

FACTS: dict[str, FactValue] = {
    "name": "Ünïcode 漢字 🎉 <b>&amp;</b> שלום",
    "output_kind": ("content", "message"),
    "one_of_several": ("content",),
    "outputs_per_month": 40,
    "share": 0.25,
    "blank": "",
    "none_chosen": (),
}
FULL = Answer("named", "Maria", ("minutes of 3 May", "https://example.org/a?b=c#d"), "a\nb\tc\r\n")
NOBODY = Answer("nobody")


def test_a_trace_comes_back_as_it_was(store: TraceStore) -> None:
    trace = Trace(FACTS, {"ownership.output": FULL, "use.users": Answer("unknown")})
    use_case = a_trace(store, trace)
    stored = store.load(use_case)
    assert stored.trace == trace
    assert {fact: type(value) for fact, value in stored.trace.facts.items()} == {
        fact: type(value) for fact, value in FACTS.items()
    }
    assert stored.id == use_case
    assert stored.questionnaire == PAPER
    assert stored.result == counted(trace)
    assert stored.created == stored.changed == NOON
    assert stored.answered_at == {"ownership.output": NOON, "use.users": NOON}


def test_an_answer_is_one_row_that_the_next_one_replaces(
    store: TraceStore, database: Database
) -> None:
    use_case = a_trace(store)
    assert store.save_answer(use_case, "review.criteria", NOBODY, counted, NOON + MINUTE)
    assert store.save_answer(use_case, "review.criteria", FULL, counted, NOON + 2 * MINUTE)
    stored = store.load(use_case)
    assert stored.trace.answers == {"review.criteria": FULL}
    assert stored.result == counted(stored.trace)
    assert stored.created == NOON
    assert stored.changed == stored.answered_at["review.criteria"] == NOON + 2 * MINUTE
    with database.reading() as connection:
        assert connection.execute(select(func.count()).select_from(answers)).scalar_one() == 1


def test_what_changes_nothing_leaves_no_mark(store: TraceStore) -> None:
    use_case = a_trace(store, Trace({"name": "Blog"}, {"a": FULL}))
    before = store.load(use_case), store.history(use_case)
    later = NOON + MINUTE
    assert not store.save_answer(use_case, "a", FULL, counted, later)
    assert not store.save_answer(use_case, "b", Answer(), counted, later)
    assert not store.save_facts(use_case, {"name": "Blog", "tool": None}, counted, later)
    assert (store.load(use_case), store.history(use_case)) == before


def test_an_answer_can_be_taken_back(store: TraceStore) -> None:
    use_case = a_trace(store, Trace({}, {"a": FULL}))
    assert store.save_answer(use_case, "a", Answer(), counted, NOON + MINUTE)
    stored = store.load(use_case)
    assert stored.trace.answers == {}
    assert stored.answered_at == {}
    assert stored.result == counted(Trace())
    last = Change(NOON + MINUTE, ChangeKind.ANSWER, "a", FULL, Answer())
    assert store.history(use_case)[-1] == last


def test_not_asked_with_a_note_is_not_we_do_not_know(store: TraceStore) -> None:
    use_case = a_trace(store)
    store.save_answer(use_case, "noted", Answer(None, note="ask Maria"), counted, NOON)
    store.save_answer(use_case, "unknown", Answer("unknown"), counted, NOON)
    given = store.load(use_case).trace.answers
    assert given == {"noted": Answer(None, note="ask Maria"), "unknown": Answer("unknown")}


def test_two_tabs_that_change_different_parts_of_an_answer_keep_both(store: TraceStore) -> None:
    use_case = a_trace(store, Trace({}, {"a": NOBODY}))
    with_note = Answer("nobody", note="since May")
    store.change_answer(
        use_case, "a", lambda old: Answer(old.option, note="since May"), counted, NOON
    )
    store.change_answer(use_case, "a", lambda old: Answer("named", note=old.note), counted, NOON)
    assert store.load(use_case).trace.answer("a") == Answer("named", note="since May")
    assert [change.after for change in store.history(use_case)[-2:]] == [
        with_note,
        Answer("named", note="since May"),
    ]


def test_facts_are_set_one_by_one(store: TraceStore) -> None:
    use_case = a_trace(store, Trace({"name": "Blog", "tool": "X"}, {"a": FULL}))
    changes = {"tool": None, "outputs_per_month": 12, "name": "Blog"}
    assert store.save_facts(use_case, changes, counted, NOON + MINUTE)
    stored = store.load(use_case)
    assert stored.trace == Trace({"name": "Blog", "outputs_per_month": 12}, {"a": FULL})
    assert stored.result == counted(stored.trace)
    assert stored.changed == NOON + MINUTE
    assert stored.answered_at == {"a": NOON}
    assert store.history(use_case)[-1] == Change(
        NOON + MINUTE,
        ChangeKind.FACTS,
        None,
        {"tool": "X", "outputs_per_month": None},
        {"tool": None, "outputs_per_month": 12},
    )


def test_history_tells_everything_in_order_also_when_the_clock_was_set_back(
    store: TraceStore,
) -> None:
    use_case = a_trace(store, Trace({"name": "Blog", "kinds": ("a", "b")}, {"a": NOBODY}))
    store.save_answer(use_case, "a", FULL, counted, NOON - MINUTE)
    store.save_answer(use_case, "a", Answer("unknown"), counted, NOON - 2 * MINUTE)
    created: dict[str, FactValue] = {"name": "Blog", "kinds": ("a", "b")}
    assert store.history(use_case) == (
        Change(NOON, ChangeKind.CREATED, None, {}, created),
        Change(NOON, ChangeKind.ANSWER, "a", Answer(), NOBODY),
        Change(NOON - MINUTE, ChangeKind.ANSWER, "a", NOBODY, FULL),
        Change(NOON - 2 * MINUTE, ChangeKind.ANSWER, "a", FULL, Answer("unknown")),
    )


@pytest.mark.parametrize(
    "typed", ["", "short", "x" * 22, "../" * 10, "\0" * 22, "🎉" * 22, "a" * 5000, "a" * 22 + "\n"]
)
def test_an_unknown_address_is_said_to_be_one(store: TraceStore, typed: str) -> None:
    for ask in (
        lambda: store.load(typed),
        lambda: store.history(typed),
        lambda: store.save_answer(typed, "a", FULL, counted, NOON),
        lambda: store.save_facts(typed, {"name": "B"}, counted, NOON),
    ):
        with pytest.raises(TraceNotFound) as caught:
            ask()
        assert str(caught.value).startswith("There is no trace at this address.")


def test_what_cannot_be_begun_leaves_nothing(store: TraceStore, database: Database) -> None:
    use_case = a_trace(store)
    other_text = QuestionnaireText(PAPER.fingerprint, "paper", "1.0.0", "another text")
    trace = Trace({"name": "Blog"}, {"a": FULL})
    with pytest.raises(ValueError, match="needs 22 to 64"):
        store.create("t1", PAPER, trace, counted, NOON)
    with pytest.raises(ValueError, match="with this id already"):
        store.create(use_case, PAPER, trace, counted, NOON)
    with pytest.raises(ValueError, match="another questionnaire has this fingerprint"):
        store.create(token_urlsafe(16), other_text, trace, counted, NOON)
    with pytest.raises(ValueError, match="'share' must be a number"):
        store.create(token_urlsafe(16), PAPER, Trace({"share": float("inf")}), counted, NOON)
    with database.reading() as connection:
        for table, count in ((use_cases, 1), (answers, 0), (history, 1), (questionnaires, 1)):
            assert connection.execute(select(func.count()).select_from(table)).scalar_one() == count


def test_a_trace_keeps_the_questionnaire_it_was_answered_with(
    store: TraceStore, database: Database
) -> None:
    first, second = a_trace(store), a_trace(store, now=NOON + MINUTE)
    newer = QuestionnaireText("cd" * 32, "paper", "2.0.0", "id: paper\n")
    third = token_urlsafe(16)
    store.create(third, newer, Trace(), counted, NOON)
    assert store.load(first).questionnaire == store.load(second).questionnaire == PAPER
    assert store.load(third).questionnaire == newer
    with database.reading() as connection:
        seen = connection.execute(
            select(questionnaires.c.id, questionnaires.c.first_seen).order_by("version")
        ).all()
    assert [tuple(row) for row in seen] == [("paper", NOON), ("paper", NOON)]


def test_the_start_page_lists_what_changed_last(store: TraceStore) -> None:
    old = a_trace(store, Trace({"name": "Old"}, {"a": FULL, "b": Answer("unknown")}))
    new = a_trace(store, Trace({"name": "Ünï 🎉"}), NOON + MINUTE)
    nameless = a_trace(store, Trace(), NOON - MINUTE)
    assert [(line.id, line.name) for line in store.recent(10)] == [
        (new, "Ünï 🎉"),
        (old, "Old"),
        (nameless, ""),
    ]
    store.save_answer(old, "c", Answer(None, note="later"), counted, NOON + 2 * MINUTE)
    first = store.recent(1)
    assert len(first) == 1
    assert (first[0].id, first[0].changed) == (old, NOON + 2 * MINUTE)
    assert (first[0].level, first[0].ceiling, first[0].evidenced) == (1, 3, 0)
    assert first[0].answered == 2, "an answer of 'we don't know' counts, a mere note does not"


def test_an_answer_without_its_result_is_not_kept(store: TraceStore) -> None:
    use_case = a_trace(store)
    before = store.load(use_case), store.history(use_case)

    def broken(_: Trace) -> StoredResult:
        raise RuntimeError("a mistake in the method")

    with pytest.raises(RuntimeError, match="a mistake in the method"):
        store.save_answer(use_case, "a", FULL, broken, NOON + MINUTE)
    with pytest.raises(RuntimeError, match="a mistake in the method"):
        store.save_facts(use_case, {"name": "Other"}, broken, NOON + MINUTE)
    assert (store.load(use_case), store.history(use_case)) == before


def test_times_are_utc_whatever_the_clock_says(store: TraceStore) -> None:
    in_india = datetime(2026, 3, 1, 17, 30, 0, 123456, timezone(timedelta(hours=5, minutes=30)))
    use_case = a_trace(store, Trace({}, {"a": FULL}), in_india)
    stored, change = store.load(use_case), store.history(use_case)[0]
    for moment in (stored.created, stored.changed, stored.answered_at["a"], change.at):
        assert moment == in_india
        assert moment.utcoffset() == timedelta(0)


def test_a_time_without_a_zone_is_refused(store: TraceStore) -> None:
    use_case = a_trace(store)
    with pytest.raises(StatementError, match="a time needs its time zone"):
        store.save_answer(use_case, "a", FULL, counted, datetime(2026, 3, 1))  # noqa: DTZ001
    assert store.load(use_case).trace.answers == {}


ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=40)
ANY_ANSWER = st.builds(
    Answer,
    st.none() | st.sampled_from(["named", "nobody", "unknown"]),
    ANY_TEXT,
    st.lists(ANY_TEXT, max_size=3).map(tuple),
    ANY_TEXT,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answer=ANY_ANSWER)
@example(answer=Answer("named", note="ü🎉" * 5000))
@example(answer=Answer("named", "\0null\0", ("\ud800", "\udc00x"), "\ud83c\udf89 pair"))
def test_any_answer_comes_back(store: TraceStore, answer: Answer) -> None:
    use_case = a_trace(store)
    store.save_answer(use_case, "a", answer, counted, NOON)
    assert store.load(use_case).trace.answer("a") == storable_answer(answer)
    assert not store.save_answer(use_case, "a", answer, counted, NOON), "cleaning settles"


@given(ANY_TEXT)
def test_only_what_no_database_keeps_is_cleaned(text: str) -> None:
    clean = storable(text)
    assert "\0" not in clean
    assert clean.encode("utf-8").decode("utf-8") == clean
    if "\0" not in text and not any("\ud800" <= character <= "\udfff" for character in text):
        assert clean == text


@pytest.mark.parametrize(
    ("text", "clean"),
    [("a\0b", "ab"), ("\ud83c\udf89", "🎉"), ("\ud83cx", "\ufffdx"), ("x\udf89", "x\ufffd")],
)
def test_cleaning(text: str, clean: str) -> None:
    assert storable(text) == clean
