"""An export holds a trace whole, and whatever is wrong with one is said before anything is used."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.files.export import (
    FORMAT_VERSION,
    LARGEST_EXPORT,
    TracedUseCase,
    write_export,
)
from assessment.files.export_reader import is_export, read_export
from assessment.files.problems import FileProblems
from assessment.files.questionnaires import find
from assessment.method.answers import NOT_ASKED, Answer, Trace
from assessment.method.gaps import assess
from assessment.method.questionnaire import Questionnaire
from assessment.method.record import record
from assessment.taken_on import NO_PLAN, Action, Plan, Terms
from tests.invented import answer_to, traces

HERE = Path(__file__).parent
OWN = find("coordination-trace")
TINY = find(HERE / "questionnaires/tiny.yaml")
FIRST = HERE / "exports/format-1.json"
STORED = HERE / "exports/format-2.json"
NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)

Change = Callable[[dict[str, Any]], object]


ACTION = Action(
    "water.drain",
    "saucer",
    "Put a saucer under each pot",
    Terms("Maria", date(2026, 12, 1), "Ask Tom"),
    NOW,
    {"Where": "On the sill"},
    NOW,
)


def tiny_export() -> TracedUseCase:
    answers = {"water.rhythm": Answer("weekly", "Maria", ("A log",), "Line one\nline two")}
    trace = Trace({"name": "The fern", "pests": ("cats",), "leaves_lost": 2.5}, answers)
    return TracedUseCase("fern", TINY, trace, NOW, {"water.rhythm": NOW}, Plan((ACTION,), 2))


def written(use_case: TracedUseCase | None = None) -> str:
    return write_export(use_case or tiny_export(), "coordination-audit 0.1.0", NOW)


def changed(change: Change) -> str:
    document = json.loads(written())
    change(document)
    return json.dumps(document, indent=2, ensure_ascii=False)


def problems_of(text: str) -> list[str]:
    with pytest.raises(FileProblems) as found:
        read_export(text, "fern.json")
    return [str(problem) for problem in found.value.problems]


def as_kept(trace: Trace) -> Trace:
    """The same trace without what says nothing: blank evidence, and answers left empty."""
    kept = {
        question: replace(answer, evidence=tuple(e for e in answer.evidence if e.strip()))
        for question, answer in trace.answers.items()
    }
    return Trace(dict(trace.facts), {q: a for q, a in kept.items() if a != NOT_ASKED})


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
moments = st.none() | st.datetimes(
    min_value=datetime(1970, 1, 1),  # noqa: DTZ001 - the zones are drawn apart
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=2))]),
)


@st.composite
def plans(draw: st.DrawFn, questionnaire: Questionnaire) -> Plan:
    some = st.lists(st.sampled_from(questionnaire.questions), max_size=3, unique_by=lambda q: q.id)
    actions = (
        Action(
            question=question.id,
            mark=draw(st.sampled_from(list(question.options))),
            words=draw(texts),
            terms=Terms(draw(texts.filter(str.strip)), draw(st.none() | st.dates()), draw(texts)),
            taken=draw(moments) or NOW,
            outcome=draw(st.dictionaries(texts, texts, max_size=2)),
            done=draw(moments),
        )
        for question in draw(some)
    )
    return Plan(tuple(actions), draw(st.none() | st.integers(1, questionnaire.top)))


@st.composite
def use_cases(draw: st.DrawFn) -> TracedUseCase:
    read = draw(st.sampled_from([OWN, TINY]))
    trace = draw(traces(read.questionnaire))
    question = draw(st.sampled_from(list(read.questionnaire.questions)))
    said = draw(answer_to(question))
    answer = replace(said, detail=draw(texts), note=draw(texts), evidence=(draw(texts),))
    name = draw(texts.filter(str.strip))
    facts = {**trace.facts, "name": name}
    number = next(f.id for f in read.questionnaire.profile if f.type == "number")
    facts[number] = draw(st.integers(0, 10**15) | st.floats(0, 10**15, allow_subnormal=False))
    answered_at = draw(moments)
    times = {question.id: answered_at} if answered_at else {}
    answers = {**trace.answers, question.id: answer}
    plan = draw(plans(read.questionnaire))
    return TracedUseCase(draw(texts), read, Trace(facts, answers), draw(moments), times, plan)


@given(use_case=use_cases())
def test_reading_it_back_gives_the_same_trace_and_the_same_result(use_case: TracedUseCase) -> None:
    text = write_export(use_case, "a program", NOW)
    export = read_export(text.encode(), "x.json")
    assert export.warnings == ()
    assert export.holds
    assert export.use_case.id == use_case.id
    assert export.use_case.read.text == use_case.read.text
    assert export.use_case.read.fingerprint == use_case.read.fingerprint
    assert export.use_case.trace == as_kept(use_case.trace)
    assert export.use_case.changed == use_case.changed
    assert dict(export.use_case.answered_at) == dict(use_case.answered_at)
    assert export.use_case.plan == use_case.plan
    assert (export.generator, export.exported_at) == ("a program", NOW)
    assert record(export.result, "") == record(
        assess(use_case.read.questionnaire, use_case.trace), ""
    )


@given(use_case=use_cases())
def test_what_was_read_is_written_as_it_was(use_case: TracedUseCase) -> None:
    once = read_export(write_export(use_case, "a program", NOW), "x.json").use_case
    text = write_export(once, "a program", NOW)
    assert write_export(read_export(text, "x.json").use_case, "a program", NOW) == text


def test_it_marks_what_is_derived_and_embeds_the_questionnaire() -> None:
    document = json.loads(written())
    use_case = tiny_export()
    result = assess(TINY.questionnaire, use_case.trace)
    assert document["format_version"] == FORMAT_VERSION
    assert document["derived"] == {"result": record(result, "fern")}
    assert document["questionnaire"] == {
        "id": "tiny",
        "version": "1.10",
        "fingerprint": TINY.fingerprint,
        "text": TINY.text,
    }
    assert list(document["answers"]) == list(TINY.questionnaire.by_id)


def test_hostile_text_is_kept_but_for_what_no_reader_takes() -> None:
    note = "<script>\u202e\U0001f600 \ud83d\0=1+1 " + "x" * 10_000
    trace = Trace({"name": "a"}, {"sun": Answer(None, note=note)})
    text = written(TracedUseCase("a", TINY, trace))
    kept = note.replace("\0", "").replace("\ud83d", "\ufffd")
    assert read_export(text, "x.json").use_case.trace.answer("sun").note == kept


def test_blanks_around_a_name_are_kept() -> None:
    trace = Trace({"name": "  The fern\n"})
    assert read_export(written(TracedUseCase("a", TINY, trace)), "x.json").use_case.trace == trace


def test_the_largest_notes_still_fit() -> None:
    long = "ä" * 10_000
    answers = {q.id: Answer(None, long, (long,), long) for q in OWN.questionnaire.questions}
    text = written(TracedUseCase("a", OWN, Trace({"name": "a"}, answers)))
    assert read_export(text, "x.json").use_case.trace.answers == answers
    (problem,) = problems_of(text + " " * LARGEST_EXPORT)
    assert "the file is larger than 4 MiB" in problem


@pytest.mark.parametrize("moment", [datetime(2026, 1, 1)])  # noqa: DTZ001 - that is the point
def test_a_time_without_its_zone_is_not_written(moment: datetime) -> None:
    with pytest.raises(ValueError, match="time zone"):
        write_export(tiny_export(), "a program", moment)


def test_a_file_of_the_first_format_stays_readable() -> None:
    export = read_export(FIRST.read_bytes(), FIRST.name)
    assert export.warnings == ()
    assert export.holds
    assert export.use_case.plan == NO_PLAN
    assert export.generator == "coordination-audit 0.1.0"
    assert export.exported_at == datetime(2026, 11, 20, 9, tzinfo=UTC)
    use_case = export.use_case
    assert use_case.id == "Vq3kW0yPp1fX8s2nT5uJ7A"
    assert use_case.changed == datetime(2026, 11, 19, 8, 30, 0, 123456, UTC)
    assert set(use_case.answered_at) == {"water.rhythm", "water.drain"}
    assert use_case.trace == Trace(
        {
            "name": "The fern 🌿 (السرخس)",
            "place": "office",
            "pests": ("greenfly", "cats"),
            "leaves_lost": 2.5,
            "guess": 3,
        },
        {
            "water.rhythm": Answer(
                "weekly", "Maria", ("A watering log", "The calendar"), "Line one\n=line two"
            ),
            "water.drain": Answer("unknown", note='Ask the "gardener"'),
        },
    )
    assert (export.result.standing.level, export.result.standing.ceiling) == (2, 3)


def test_the_second_format_is_still_what_is_written() -> None:
    """A change of the format needs a new version, an upgrade, and a stored file of its own."""
    export = read_export(STORED.read_bytes(), STORED.name)
    again = write_export(export.use_case, export.generator, export.exported_at)
    assert again == STORED.read_text(encoding="utf-8")


def test_a_newer_format_is_refused_with_the_way_out() -> None:
    newer = changed(lambda d: d.update(format_version=FORMAT_VERSION + 1, something_new=1))
    (problem,) = problems_of(newer)
    assert problem == (
        "fern.json:3:3: a newer version of this program wrote this file (format 3)\n"
        "    fix: update the program; this one reads up to format 2"
    )


@pytest.mark.parametrize("text", ["{}", "[]", '"text"', "7", '{"cases": []}', '{"format": "x"}'])
def test_another_file_is_refused(text: str) -> None:
    (problem,) = problems_of(text)
    assert "this is no export of a trace" in problem
    assert not is_export(text.encode())


@pytest.mark.parametrize("version", ["0", "-1", "1.5", '"one"', "null", "[]", "1" * 5000])
def test_a_format_version_that_is_none_is_refused(version: str) -> None:
    text = written().replace('"format_version": 2', f'"format_version": {version}')
    (problem,) = problems_of(text)
    assert problem.startswith("fern.json:3:3: 'format_version' must be a whole number")


def test_a_truncated_file_is_refused_wherever_it_ends() -> None:
    text = written()
    for end in range(0, len(text) - 2, 97):
        assert problems_of(text[:end])
    assert problems_of(text[:200])[0].startswith("fern.json:")


def test_a_questionnaire_that_was_changed_afterwards_is_refused() -> None:
    (problem,) = problems_of(written().replace("Watering the plants", "Drowning the plants"))
    assert "is not the one that this fingerprint was made of" in problem
    place = next(n for n, line in enumerate(written().splitlines(), 1) if '"fingerprint"' in line)
    assert problem.startswith(f"fern.json:{place}:5: ")


def test_line_endings_of_another_system_are_no_change() -> None:
    text = changed(
        lambda d: d["questionnaire"].update(text=d["questionnaire"]["text"].replace("\n", "\r\n"))
    )
    assert (
        read_export(text, "x.json").use_case.read == read_export(written(), "x.json").use_case.read
    )


WRONG: list[tuple[Change, str]] = [
    (lambda d: d.update(extra=1), "unknown key 'extra'"),
    (lambda d: d["use_case"].update(fact={}), "unknown key 'fact'\n    fix: did you mean 'facts'?"),
    (lambda d: d["answers"]["sun"].update(why="x"), "unknown key 'why'"),
    (lambda d: d["derived"].update(score=1), "unknown key 'score'"),
    (lambda d: d["questionnaire"].update(url="x"), "unknown key 'url'"),
    (lambda d: d.pop("derived"), "'derived' is missing"),
    (lambda d: d.pop("questionnaire"), "'questionnaire' is missing"),
    (lambda d: d.pop("exported_at"), "'exported_at' is missing"),
    (lambda d: d["answers"]["sun"].pop("note"), "'note' is missing"),
    (lambda d: d.update(use_case=[]), "'use_case' must have keys"),
    (lambda d: d.update(answers=[]), "'answers' must have keys"),
    (lambda d: d["answers"].update(sun="near"), "'sun' must have keys"),
    (lambda d: d["answers"].update(moon=d["answers"]["sun"]), "no question is called 'moon'"),
    (lambda d: d["answers"]["sun"].update(answer="nearby"), "has no option 'nearby'"),
    (lambda d: d["answers"]["sun"].update(answered_at="noon"), "must be a time with its zone"),
    (lambda d: d.update(exported_at="2026-11-21T09:30:00"), "must be a time with its zone"),
    (lambda d: d.update(exported_at=None), "must be a time with its zone"),
    (lambda d: d["use_case"].update(changed="0001-01-01T00:00:00+09:00"), "must be a time"),
    (lambda d: d["use_case"].update(id=None), "'id' must be a text"),
    (lambda d: d["use_case"]["facts"].update(leaves_lost=-1), "'leaves_lost' must be a number"),
    (lambda d: d["use_case"]["facts"].update(color="red"), "no fact is called 'color'"),
    (lambda d: d["questionnaire"].update(version="2"), "says that its version is '1.10'"),
    (lambda d: d["questionnaire"].update(id="other"), "says that its id is 'tiny'"),
    (lambda d: d["questionnaire"].update(text=["x"]), "'text' must be a text"),
    (lambda d: d["questionnaire"].update(fingerprint=None), "this fingerprint was made of"),
]


@pytest.mark.parametrize(("change", "said"), WRONG, ids=[said for _, said in WRONG])
def test_what_is_wrong_is_said_with_its_place_and_its_mend(change: Change, said: str) -> None:
    problems = problems_of(changed(change))
    assert any(said in problem for problem in problems), problems
    assert all(
        problem.startswith("fern.json:") and "\n    fix: " in problem for problem in problems
    )


def test_everything_that_is_wrong_is_said_at_once() -> None:
    def spoil(document: dict[str, Any]) -> None:
        document["extra"] = 1
        document["answers"]["sun"]["answer"] = "x"
        document["use_case"]["facts"]["guess"] = 9

    assert len(problems_of(changed(spoil))) == 3


def test_a_key_written_twice_is_refused() -> None:
    text = written().replace('"generator"', '"generator": "x", "generator"')
    assert any("'generator' is written twice" in problem for problem in problems_of(text))


def test_a_questionnaire_that_cannot_be_used_is_said_in_one_line() -> None:
    from hashlib import sha256

    broken = TINY.text.replace("at_least: weekly", "at_least: daily")

    def spoil(document: dict[str, Any]) -> None:
        fingerprint = sha256(broken.encode()).hexdigest()
        document["questionnaire"].update(text=broken, fingerprint=fingerprint)

    (problem,) = problems_of(changed(spoil))
    assert "its questionnaire cannot be used: line " in problem


def test_a_result_that_was_changed_by_hand_changes_nothing_and_is_said() -> None:
    export = read_export(changed(lambda d: d["derived"]["result"].update(level=3)), "x.json")
    assert not export.holds
    assert export.result.standing.level == 2
    (warning,) = export.warnings
    assert not warning.is_error
    assert "is not what the answers come to" in warning.message


def test_an_export_is_told_from_other_files() -> None:
    text = written()
    reordered = json.dumps(json.loads(text), sort_keys=True)
    for one in (text, "\ufeff" + text, "\n " + text, reordered, text[:60]):
        assert is_export(one.encode())
    assert not is_export(b"use_case: {name: x}")
    quoted = {"use_case": {"name": '"format": "coordination-audit/trace"'}}
    assert not is_export(json.dumps(quoted).encode())


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"question": "moon"}, "no question is called 'moon'"),
        ({"mark": "bucket"}, "question 'water.drain' has no option 'bucket'"),
        ({"owner": "  "}, "nobody owns this"),
        ({"owner": []}, "'owner' must be a text"),
        ({"due": "tomorrow"}, "'due' must be a day"),
        ({"due": "20261201"}, "'due' must be a day"),
        ({"taken": "2026-12-01"}, "'taken' must be a time with its zone"),
        ({"outcome": ["x"]}, "'outcome' must be texts under their labels"),
        ({"outcome": {"Where": 3.5, "x": []}}, "'outcome' must be texts under their labels"),
        ({"colour": "red"}, "unknown key 'colour'"),
    ],
)
def test_an_action_that_cannot_be_is_refused(wrong: dict[str, Any], said: str) -> None:
    problems = problems_of(changed(lambda d: d["plan"]["actions"][0].update(wrong)))
    assert any(said in problem for problem in problems)


@pytest.mark.parametrize("target", [0, 9, "high", [], 1.5])
def test_a_target_that_is_no_level_is_refused(target: Any) -> None:
    (problem,) = problems_of(changed(lambda d: d["plan"].update(target=target)))
    assert "'target' must be one of the levels" in problem


def test_the_same_cannot_be_taken_on_twice() -> None:
    (problem,) = problems_of(
        changed(lambda d: d["plan"]["actions"].append(d["plan"]["actions"][0]))
    )
    assert "this is taken on twice" in problem
