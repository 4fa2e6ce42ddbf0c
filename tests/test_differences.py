"""Two results side by side: what differs is found and said, and nothing else; reports that hold."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.cli.difference_words import words
from assessment.files.export_reader import read_export
from assessment.method.answers import Trace
from assessment.method.differences import differences
from assessment.method.gaps import assess
from assessment.method.questionnaire import Questionnaire
from assessment.method.record import record
from tests.cli_runs import EXPORT, run, written
from tests.invented import questionnaires, traces

RECORD: dict[str, Any] = {
    "id": "fern",
    "level": 2,
    "ceiling": 3,
    "evidenced": 1,
    "ahead": [4],
    "perception_gap": None,
    "stage_profile": {"water": 2, "light": 3},
    "next_step": {"question": "sun", "kind": "gate"},
    "blocking": ["sun"],
    "safeguards": [],
    "gaps": [
        {"question": "sun", "kind": "gate", "level": 3, "state": "open"},
        {"question": "pot", "kind": "road", "level": 4, "state": "unknown"},
    ],
    "patterns": ["drowned", "proud"],
    "readiness": {"handover": "yes"},
    "skills": {"watering": "forming"},
}

Change = Callable[[dict[str, Any]], object]
SUN = {"kind": "gate", "level": 3, "state": "open"}

CHANGES: list[tuple[str, Change, list[tuple[str, str, Any, Any]]]] = [
    ("nothing", lambda _: None, []),
    ("a level", lambda r: r.update(level=1), [("level", "", 2, 1)]),
    (
        "two values",
        lambda r: r.update(ceiling=2, perception_gap=1),
        [("ceiling", "", 3, 2), ("perception_gap", "", None, 1)],
    ),
    (
        "the next step, as one thing",
        lambda r: r["next_step"].update(kind="find_out"),
        [("next_step", "", RECORD["next_step"], {"question": "sun", "kind": "find_out"})],
    ),
    ("a gap that is gone", lambda r: r["gaps"].pop(0), [("gaps", "sun", SUN, None)]),
    (
        "a gap that is new",
        lambda r: r["gaps"].append({"question": "can", **SUN}),
        [("gaps", "can", None, SUN)],
    ),
    (
        "a gap of another kind",
        lambda r: r["gaps"][0].update(kind="pattern"),
        [("gaps", "sun", SUN, {**SUN, "kind": "pattern"})],
    ),
    (
        "gaps in another order",
        lambda r: r["gaps"].reverse(),
        [("gaps", "", RECORD["gaps"], RECORD["gaps"][::-1])],
    ),
    (
        "patterns",
        lambda r: r.update(patterns=["proud", "new"]),
        [("patterns", "new", None, "new"), ("patterns", "drowned", "drowned", None)],
    ),
    (
        "readings",
        lambda r: r.update(readiness={"handover": "no"}, skills={}),
        [("readiness", "handover", "yes", "no"), ("skills", "watering", "forming", None)],
    ),
    ("a stage", lambda r: r["stage_profile"].update(water=1), [("stage_profile", "water", 2, 1)]),
    ("a level ahead", lambda r: r.update(ahead=[]), [("ahead", "4", 4, None)]),
]


@pytest.mark.parametrize(("change", "found"), [c[1:] for c in CHANGES], ids=[c[0] for c in CHANGES])
def test_each_difference_is_found_once(
    change: Change, found: list[tuple[str, str, Any, Any]]
) -> None:
    after = copy.deepcopy(RECORD)
    change(after)
    told = [(d.part, d.subject, d.before, d.after) for d in differences(RECORD, after)]
    assert told == found


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Questionnaire, Trace, Trace]:
    questionnaire = draw(questionnaires())
    return questionnaire, draw(traces(questionnaire)), draw(traces(questionnaire))


@given(pairs())
def test_two_results_differ_exactly_where_their_records_do(
    pair: tuple[Questionnaire, Trace, Trace],
) -> None:
    questionnaire, *both = pair
    one, other = (record(assess(questionnaire, trace), "x") for trace in both)
    assert differences(one, one) == ()
    found = {difference.part for difference in differences(one, other)}
    assert found == {part for part in one if one[part] != other[part]}


def as_read(value: Any) -> Any:
    """A value as a file gives it: every number as text."""
    if isinstance(value, dict):
        return {key: as_read(one) for key, one in value.items()}
    if isinstance(value, list):
        return [as_read(one) for one in value]
    return value if value is None else str(value)


def test_a_number_written_as_text_is_no_difference() -> None:
    assert differences(as_read(RECORD), RECORD) == ()


JUNK: list[Any] = [None, [], {}, "x", 7, [[]], [{}], {"a": []}, [None, "x", "x"], {"question": 1}]


@pytest.mark.parametrize("junk", JUNK, ids=map(json.dumps, JUNK))
@pytest.mark.parametrize("part", [*RECORD, "unheard_of"])
def test_whatever_stands_in_a_record_is_compared(part: str, junk: Any) -> None:
    found = differences({**RECORD, part: junk}, RECORD)
    assert {one.part for one in found} == ({part} if RECORD.get(part) != junk else set())


# What `check` says of it


def tampered(change: Change, folder: Path) -> Path:
    document = json.loads(EXPORT.read_text(encoding="utf-8"))
    change(document["derived"])
    return written(folder / "report.json", json.dumps(document))


def test_a_result_that_holds_is_said_to() -> None:
    result = run("check", EXPORT)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "the result still holds, computed again with tiny 1.10" in plain(result.stdout)
    assert run("check", EXPORT, "--quiet").output == ""


def plain(text: str) -> str:
    """A text without its line breaks."""
    return " ".join(text.split())


SAID: list[tuple[Change, str]] = [
    (lambda r: r.update(level=3), "Level: 3, Thriving; now 2, Growing"),
    (lambda r: r.update(ceiling=1), "Ceiling: 1, Surviving; now 3, Thriving"),
    (lambda r: r.update(evidenced=9), "Level with evidence: 9; now 2, Growing"),
    (
        lambda r: r.update(next_step={"question": "sun", "kind": "gate"}),
        (
            "Next step: How far is the window? (sun; blocks the next level); "
            "now Where does the water go? (water.drain; to find out)"
        ),
    ),
    (lambda r: r.update(next_step={"question": None, "kind": "trace_again"}), "nothing is short"),
    (
        lambda r: r.update(gaps=[g for g in r["gaps"] if g["question"] != "sun"]),
        "Gap that is new: How far is the window? (sun; to find out, level 2, not known)",
    ),
    (
        lambda r: r["gaps"].append({"question": "moon", "kind": "gate"}),
        "Gap that is gone: A question (moon)",
    ),
    (
        lambda r: r["gaps"][0].update(kind="pattern"),
        "Gap of another kind, “Does harm now”; now “To find out”: Where does the water go?",
    ),
    (lambda r: r["gaps"].reverse(), "The gaps: in another order or form"),
    (lambda r: r.update(patterns=["drowned"]), "Pattern that shows no more: Drowned with care"),
    (lambda r: r["readiness"].update(handover="no"), "knows how (handover): Not yet; now Yes"),
    (lambda r: r["skills"].update(watering="absent"), "Not there yet; now Practised"),
    (lambda r: r["stage_profile"].update(light=1), "Highest level that Light (light) supports: 1"),
    (lambda r: r.update(unheard_of=1), "'unheard_of': in another order or form"),
]


@pytest.mark.parametrize(("change", "said"), SAID, ids=[said for _, said in SAID])
def test_a_result_that_no_longer_holds_is_said_with_what_differs(
    change: Change, said: str, tmp_path: Path
) -> None:
    path = tampered(lambda derived: change(derived["result"]), tmp_path)
    result = run("check", path)
    assert result.exit_code == 1
    assert f"{path}: the result no longer holds" in result.stderr
    assert said in plain(result.stderr)
    assert result.stdout == "1 file, no problems, 1 warning, 1 result that no longer holds\n"
    quiet = run("check", path, "-q")
    assert (quiet.exit_code, quiet.stdout) == (1, "")
    assert said in plain(quiet.stderr)


@pytest.mark.parametrize("part", ["", *RECORD])
def test_a_result_of_any_shape_is_told_apart_in_words(part: str, tmp_path: Path) -> None:
    for junk in JUNK:

        def spoil(derived: dict[str, Any], junk: Any = junk) -> None:
            if part:
                derived["result"][part] = junk
            else:
                derived["result"] = junk

        path = tampered(spoil, tmp_path)
        export = read_export(path.read_bytes(), path.name)
        tiny = export.use_case.read.questionnaire
        assert bool(list(words(export.differences, tiny, tiny, "now"))) != export.holds


def test_hostile_text_in_a_result_cannot_command_the_terminal(tmp_path: Path) -> None:
    hostile = "\x1b[31mred\x07\u202e" + "x" * 10_000
    path = tampered(lambda d: d["result"].update(patterns=[hostile], level=hostile), tmp_path)
    result = run("check", path)
    assert result.exit_code == 1
    assert not set("\x1b\x07\u202e") & set(result.output)
    assert len(result.output) < 2_000
