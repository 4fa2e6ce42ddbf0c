"""YAML and JSON as data with positions: everything is text, and nothing but problems is raised."""

import json
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from assessment.files.documents import parse
from assessment.files.near_misses import UNPRINTABLE
from assessment.files.positioned_json import parse_json
from assessment.files.positioned_yaml import EMPTY, parse_yaml
from assessment.files.positions import DEEPEST, Data, Positioned
from assessment.files.problems import FileProblems, Position, Problem
from assessment.files.questionnaires import SHIPPED
from assessment.files.yaml_events import ReadApartError, exact_events, fast_events

SNIPPETS = (
    *("a", "b", "no", "~", "1.10", "é", "😀", "\u202e", "\x07", "\x85", "\u2028", "\ufeff", "\0"),
    *(" ", "  ", "\n", "\r\n", "\n  ", "\n- ", "\t", ": ", ":", "- ", "? ", ", ", "# "),
    *("{", "}", "[", "]", "'", '"', "|", ">", "|-\n", "&x ", "*x", "!t ", "!!int ", "<<", "%", "@"),
    *("---\n", "...\n", "%YAML 1.1\n", "\\", "\\x41", "\\ud83d", '"\\0"', "\\UFFFFFFFF", "``"),
)
"""What YAML is made of, and what it chokes on."""

odd_texts = st.lists(st.sampled_from(SNIPPETS), max_size=14).map("".join) | st.text(max_size=30)


def outcome_of(content: str | bytes, path: str) -> Positioned | tuple[Problem, ...]:
    """The data or what is wrong with it; anything else that is raised fails the test."""
    try:
        return parse(content, path)
    except FileProblems as found:
        return found.problems


def is_inside(position: Position, text: str) -> bool:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    is_line = 1 <= position.line <= len(lines)
    return is_line and 1 <= position.column <= len(lines[position.line - 1]) + 1


@given(content=odd_texts | st.binary(max_size=40), path=st.sampled_from(("x.yaml", "x.json", "x")))
def test_whatever_a_file_holds_nothing_but_its_problems_is_raised(
    content: str | bytes, path: str
) -> None:
    outcome = outcome_of(content, path)
    problems = outcome.problems if isinstance(outcome, Positioned) else outcome
    positions = outcome.positions.values() if isinstance(outcome, Positioned) else ()
    assert problems or positions
    for problem in problems:
        assert problem.message
        assert problem.fix
        assert UNPRINTABLE.search(problem.message + problem.fix) is None
    if isinstance(content, str):
        text = content.removeprefix("\ufeff")
        assert all(is_inside(one.position, text) for one in problems)
        assert all(is_inside(position, text) for position in positions)


def without_null(data: Any, tree: Any) -> Any:
    """What another reader found, with None where our reader found nothing unquoted."""
    if isinstance(data, dict):
        return {key: without_null(data[key], tree.get(key)) for key in data}
    if isinstance(data, list):
        return [without_null(one, other) for one, other in zip(data, tree, strict=True)]
    return None if tree is None and data in EMPTY else data


@given(text=odd_texts)
def test_what_both_accept_reads_as_other_readers_read_it(text: str) -> None:
    try:
        ours = parse_yaml(text, "x.yaml")
        theirs = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - makes text only
    except (FileProblems, yaml.YAMLError):
        return
    if not ours.problems:
        assert ours.data == without_null(theirs, ours.data)


tree = st.recursive(
    st.none() | st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(codec="utf-8", exclude_characters="\0")), inner)
    ),
    max_leaves=12,
)


@given(data=tree, indent=st.sampled_from((None, 1, "\t")))
def test_json_reads_back_as_it_was_written(data: Data, indent: int | str | None) -> None:
    for is_ascii in (True, False):
        text = json.dumps(data, indent=indent, ensure_ascii=is_ascii)
        assert parse_json(text, "x.json").data == data


def data_of(text: str, path: str = "x.yaml") -> Data:
    found = parse(text, path)
    assert found.problems == ()
    return found.data


@pytest.mark.parametrize(
    "written",
    [
        *("no", "No", "NO", "yes", "on", "off", "true", "False", "y"),
        *(
            "12:30",
            "1:2:3",
            "1.10",
            "1e3",
            "007",
            "0x1F",
            "1_000",
            ".5",
            "-1",
            "+1",
            ".inf",
            ".nan",
        ),
        *("2026-06-13", "2026-06-13 12:30:00", "2026-06-13T12:30:00Z", "=", "nan", "None"),
    ],
)
def test_a_value_stays_the_text_it_was_written_as(written: str) -> None:
    assert data_of(f"a: {written}\nb: [{written}]\n{written}: c") == {
        "a": written,
        "b": [written],
        written: "c",
    }


@pytest.mark.parametrize("written", sorted(EMPTY))
def test_nothing_is_nothing_unless_it_is_quoted(written: str) -> None:
    assert data_of(f"a: {written}\nb: '{written}'") == {"a": None, "b": written}


@pytest.mark.parametrize(
    "written", ["1.10", "1E400", "-0", "12345678901234567890", "true", "false"]
)
def test_a_json_value_stays_the_text_it_was_written_as(written: str) -> None:
    assert data_of(f'{{"a": {written}}}', "x.json") == {"a": written}


def test_every_part_knows_its_line_and_column() -> None:
    text = "a: 1\nb:\n  - c: x\n    d: [y, z]\n"
    positions = parse_yaml(text, "x.yaml").positions
    assert positions["a",] == Position(1, 1)
    assert positions["b", 0] == Position(3, 5)
    assert positions["b", 0, "d"] == Position(4, 5)
    assert positions["b", 0, "d", 1] == Position(4, 12)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_endings_and_a_byte_order_mark_change_no_position(ending: str) -> None:
    text = ending.join(("\ufeffa: 1", "b: é", "c: [1, 2]", ""))
    found = parse(text.encode(), "x.yaml")
    assert found.data == {"a": "1", "b": "é", "c": ["1", "2"]}
    assert found.positions["a",] == Position(1, 1)
    assert found.positions["c", 1] == Position(3, 8)


@pytest.mark.parametrize("path", ["x.yaml", "x.json"])
def test_a_key_written_twice_counts_as_it_was_written_first(path: str) -> None:
    found = parse('{"a": {"b": "1"}, "a": {"b": "2", "b": "3"}}', path)
    assert found.data == {"a": {"b": "1"}}
    assert [(p.message, p.position.column) for p in found.problems] == [
        ("'a' is written twice (first in line 1)", 19),
        ("'b' is written twice (first in line 1)", 35),
    ]
    assert found.positions["a", "b"] == Position(1, 8)


@pytest.mark.parametrize("bracket", ["[", "{a: ", '{"a": ', "- ", "[{a: "])
@pytest.mark.parametrize("path", ["x.yaml", "x.json", "x"])
def test_a_file_nested_without_end_is_refused_before_it_costs_anything(
    bracket: str, path: str
) -> None:
    with pytest.raises(FileProblems):
        parse(bracket * 100_000, path)


def test_nesting_as_deep_as_allowed_is_read() -> None:
    for path in ("x.yaml", "x.json"):
        assert parse("[" * DEEPEST + "]" * DEEPEST, path).problems == ()
        with pytest.raises(FileProblems, match="nested deeper than 40"):
            parse("[" * (DEEPEST + 1) + "]" * (DEEPEST + 1), path)


def test_a_yaml_bomb_is_refused_and_not_expanded() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)]
    with pytest.raises(FileProblems) as caught:
        parse("\n".join(lines), "bomb.yaml")
    assert len(caught.value.problems) == 30 + 29


def seen(event: yaml.Event) -> tuple[object, ...]:
    """Everything of an event that reading makes use of."""
    told = ("value", "style", "tag", "anchor")
    start = event.start_mark.index if event.start_mark else 0
    return type(event), start, *(getattr(event, name, None) for name in told)


def assert_read_alike(text: str) -> None:
    try:
        fast = list(map(seen, fast_events(text)))
    except (ReadApartError, yaml.YAMLError, ValueError, OverflowError):
        return  # which leaves it to the exact one
    assert fast == list(map(seen, exact_events(text)))


@given(text=odd_texts)
def test_what_the_fast_parser_takes_the_exact_one_reads_alike(text: str) -> None:
    assert_read_alike(text)


LINES = (SHIPPED / "coordination-trace.yaml").read_text(encoding="utf-8").splitlines()


@given(
    start=st.integers(0, len(LINES) - 1),
    count=st.integers(1, 12),
    place=st.floats(0, 1),
    odd=st.sampled_from(SNIPPETS),
    left_out=st.integers(0, 2),
)
def test_a_questionnaire_with_a_slip_reads_alike_with_both_parsers(
    start: int, count: int, place: float, odd: str, left_out: int
) -> None:
    text = "\n".join(LINES[start : start + count])
    at = int(place * len(text))
    assert_read_alike(text[:at] + odd + text[at + left_out :])


def test_our_own_files_are_read_by_the_fast_parser() -> None:
    for path in SHIPPED.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        assert list(map(seen, fast_events(text))) == list(map(seen, exact_events(text)))
