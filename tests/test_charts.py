"""Charts: screen and paper say the same, nothing hostile breaks them, every word has its room."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import combinations, pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.files.questionnaires import find
from assessment.method.answers import Answer, Trace
from assessment.method.gaps import assess
from assessment.method.questionnaire import Questionnaire
from reports.charts.chartdata import (
    LadderSpec,
    MapSpec,
    ProfileSpec,
    ladder_spec,
    map_spec,
    profile_spec,
)
from reports.charts.flow import FlowLink, FlowNode, FlowQuestion, FlowState, TraceMap
from reports.charts.lettering import ELLIPSIS, shorten, width, wrap
from reports.charts.map_words import spoken
from reports.charts.plotly_charts import profile_figure
from reports.charts.svg_charts import ladder_svg, map_svg, profile_svg
from reports.content import Imprint, Report, write_report
from reports.fonts import advance_widths
from reports.palette import DARK, LIGHT
from tests.invented import traced
from tests.test_cases import CASES, OWN

TINY = find(Path(__file__).parent / "questionnaires/tiny.yaml").questionnaire
SVG = "{http://www.w3.org/2000/svg}"
IDS = [case.id for case in CASES]
WIDE = pytest.mark.parametrize("columns_wide", [True, False], ids=["wide", "tall"])

HOSTILE = {
    "markup": "</text><script>alert(1)</script>",
    "entities": "\"'&<>]]>&amp;<!--",
    "controls": "a\x00b\x01\x0b\x1b\ud800\ufffe\uffff\x85c",
    "overrides": "\u202egnp.exe\u202c \u2066x\u2069",
    "right-to-left": "مرحبا بالعالم",
    "emoji": "\U0001f600\U0001f469\u200d\U0001f4bb" * 40,
    "one long word": "x" * 10_000,
    "many words": "long words " * 1_000,
    "empty": "",
    "blank": " \n\t ",
}


def report_of(questionnaire: Questionnaire, trace: Trace) -> Report:
    return write_report(assess(questionnaire, trace), Imprint("id", "fingerprint"))


@lru_cache
def report_on(case_id: str) -> Report:
    return report_of(OWN, CASES[IDS.index(case_id)].trace)


def blank(questionnaire: Questionnaire) -> Report:
    return report_of(questionnaire, Trace({"name": "A use case"}))


def with_labels(report: Report, words: str) -> Report:
    """The same report, in which every text that a chart shows is another one."""
    flow = report.trace_map
    return replace(
        report,
        ladder=tuple(replace(rung, name=words) for rung in report.ladder),
        stages=tuple(replace(stage, title=words) for stage in report.stages),
        headline=replace(report.headline, text=words, weakest=words),
        trace_map=TraceMap(
            tuple(replace(node, name=words, detail=words) for node in flow.nodes),
            tuple(replace(link, name=words, detail=words) for link in flow.links),
        ),
    )


def pictures(report: Report) -> Iterator[str]:
    for palette in (LIGHT, DARK):
        yield ladder_svg(ladder_spec(report), palette)
        yield ladder_svg(ladder_spec(report, wide=False), palette)
        yield profile_svg(profile_spec(report), palette)
        yield map_svg(map_spec(report, columns_wide=True), palette)
        yield map_svg(map_spec(report, columns_wide=False), palette)
        yield map_svg(map_spec(report, key_beside=True), palette)


def texts(svg: str) -> list[str]:
    return [text.text or "" for text in ET.fromstring(svg).iter(f"{SVG}text")]  # noqa: S314


def assert_stands_alone(svg: str) -> None:
    """It parses, tells a screen reader what it shows, and no text leaves the picture."""
    root = ET.fromstring(svg)  # noqa: S314 - our own picture
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title")
    assert root.findtext(f"{SVG}desc")
    assert {e.tag.removeprefix(SVG) for e in root.iter()} <= {
        "svg",
        "g",
        "title",
        "desc",
        "text",
        "path",
        "rect",
        "circle",
    }
    _, _, wide, high = map(float, root.attrib["viewBox"].split())
    for text in root.iter(f"{SVG}text"):
        size, x, y = (float(text.attrib[name]) for name in ("font-size", "x", "y"))
        long = width(text.text or "", size, bold=text.get("font-weight") == "600")
        left = x - {"middle": long / 2, "end": long}.get(text.get("text-anchor", ""), 0)
        assert left >= -0.01, text.text
        assert left + long <= wide + 0.01, text.text
        assert 0.7 * size <= y <= high, text.text


# What every picture has


@pytest.mark.parametrize("case_id", IDS)
def test_every_worked_case_is_drawn(case_id: str) -> None:
    for svg in pictures(report_on(case_id)):
        assert_stands_alone(svg)


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_text_breaks_a_picture(words: str) -> None:
    report = with_labels(report_on("facts-missing"), words)
    for svg in pictures(report):
        assert_stands_alone(svg)
        assert "<script" not in svg
        assert len(svg) < 120_000
    profile_figure(profile_spec(report), LIGHT)


@given(traced())
def test_any_questionnaire_is_drawn(invented: tuple[Questionnaire, Trace]) -> None:
    report = report_of(*invented)
    for spec in (ladder_spec(report), profile_spec(report), map_spec(report, columns_wide=True)):
        assert spec.alt.strip()
    for svg in pictures(report):
        assert_stands_alone(svg)


@pytest.mark.parametrize("count", [1, 2, 9, 14])
def test_many_levels_and_stages_still_have_room(count: int) -> None:
    report = report_on(IDS[0])
    rung, stage = report.ladder[-1], report.stages[0]
    many = replace(
        report,
        ladder=(
            *(replace(r, level=r.level) for r in report.ladder),
            *(
                replace(rung, level=n, is_level=False, is_ceiling=False, is_guess=False)
                for n in range(len(report.ladder) + 1, count + 1)
            ),
        ),
        stages=tuple(replace(stage, stage_id=f"s{n}") for n in range(count)),
    )
    for svg in pictures(many):
        assert_stands_alone(svg)


@pytest.mark.parametrize("case_id", IDS)
def test_alt_texts_say_the_message_in_few_words(case_id: str) -> None:
    report = report_on(case_id)
    ladder, profile = ladder_spec(report), profile_spec(report)
    assert report.headline.text in ladder.alt
    assert report.headline.weakest in profile.alt
    for alt in (ladder.alt, profile.alt, map_spec(report, columns_wide=True).alt):
        assert 20 < len(alt) < 400
        assert alt.endswith(".")


# The ladder


@pytest.mark.parametrize("case_id", IDS)
def test_every_reading_stands_on_its_rung(case_id: str) -> None:
    report = report_on(case_id)
    standing = assess(OWN, CASES[IDS.index(case_id)].trace).standing
    spec = ladder_spec(report)
    stands_on = {marker.shape: rung.level for rung in spec.rungs for marker in rung.markers}
    expected = {"pin": standing.level, "cap": standing.ceiling, "diamond": standing.evidenced}
    if standing.perceived is not None:
        expected["ring"] = standing.perceived
    assert stands_on == expected
    assert [rung.level for rung in spec.rungs] == list(range(1, OWN.top + 1))


def test_until_all_is_asked_the_ladder_shows_an_interval() -> None:
    spec = ladder_spec(blank(OWN))
    words = {marker.label for rung in spec.rungs for marker in rung.markers}
    assert {"At least", "At most"} <= words
    assert "Shown" not in words
    assert "at least" in profile_spec(blank(OWN)).level_label


def test_several_readings_share_a_rung_without_touching() -> None:
    report = report_on(IDS[0])
    crowded = replace(report.ladder[0], is_level=True, is_ceiling=True)
    crowded = replace(crowded, is_evidenced=True, is_guess=True)
    others = (
        replace(rung, is_level=False, is_ceiling=False, is_evidenced=False, is_guess=False)
        for rung in report.ladder[1:]
    )
    report = replace(report, ladder=(crowded, *others))
    for wide in (True, False):
        spec = ladder_spec(report, wide=wide)
        assert [m.label for m in spec.rungs[0].markers] == [
            "Shown",
            "Possible",
            "With evidence",
            "Guessed",
        ]
        assert_no_text_overlaps(ladder_svg(spec, LIGHT))


def assert_no_text_overlaps(svg: str) -> None:
    areas = []
    for text in ET.fromstring(svg).iter(f"{SVG}text"):  # noqa: S314
        size, x, y = (float(text.attrib[name]) for name in ("font-size", "x", "y"))
        long = width(text.text or "", size, bold=text.get("font-weight") == "600")
        x -= {"middle": long / 2, "end": long}.get(text.get("text-anchor", ""), 0)
        areas.append((x, y - 0.7 * size, x + long, y + 0.2 * size, text.text))
    for one, other in combinations(areas, 2):
        apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
        assert apart, (one, other)


@pytest.mark.parametrize("case_id", IDS)
def test_no_two_texts_overlap(case_id: str) -> None:
    for svg in pictures(report_on(case_id)):
        assert_no_text_overlaps(svg)


# The profile


@pytest.mark.parametrize("case_id", IDS)
def test_figure_and_picture_and_data_say_the_same(case_id: str) -> None:
    report = report_on(case_id)
    spec = profile_spec(report)
    assert [bar.value for bar in spec.bars] == [stage.supports for stage in report.stages]
    figure = profile_figure(spec, LIGHT)
    (bars,) = figure.data
    assert list(bars.x) == [bar.value for bar in spec.bars]
    assert [text.split()[0] for text in bars.text] == [bar.value_text for bar in spec.bars]
    labels = [label.replace("<br>", " ") for label in figure.layout.yaxis.ticktext]
    assert labels == [bar.label for bar in spec.bars]
    assert figure.layout.shapes[0].x0 == spec.level
    assert figure.layout.annotations[0].text == spec.level_label
    assert list(bars.marker.color) == [LIGHT.role(bar.role) for bar in spec.bars]
    written = texts(profile_svg(spec, LIGHT))
    for bar in spec.bars:
        place = written.index(bar.label)
        assert written[place + 1] == bar.value_text
    assert spec.level_label in written


def bars_of(svg: str) -> list[float]:
    found = ET.fromstring(svg).iter(f"{SVG}rect")  # noqa: S314
    return [float(rect.attrib["width"]) for rect in found]


def test_bars_are_as_long_as_their_numbers_say() -> None:
    spec = profile_spec(report_on(IDS[0]))
    lengths = bars_of(profile_svg(spec, LIGHT))
    units = {round(long / bar.value, 1) for long, bar in zip(lengths, spec.bars, strict=True)}
    assert len(units) == 1


def test_the_weakest_stage_is_named_and_not_only_coloured() -> None:
    spec = profile_spec(report_on("editorial-workflow-draft"))
    weakest = [bar for bar in spec.bars if bar.is_weakest]
    assert weakest
    assert all(bar.note and bar.label in spec.weakest for bar in weakest)


def test_a_name_with_markup_stays_plain_on_the_page() -> None:
    report = with_labels(report_on(IDS[0]), "<b>bold</b> & <a href='x'>y</a>")
    figure = profile_figure(profile_spec(report), LIGHT)
    shown = [*figure.layout.yaxis.ticktext, *figure.data[0].hovertext]
    assert not any(re.search(r"<(?!br>)", text) for text in shown)


def test_the_figure_lets_the_page_show_through() -> None:
    figure = profile_figure(profile_spec(report_on(IDS[0])), DARK)
    assert figure.layout.paper_bgcolor == figure.layout.plot_bgcolor == "rgba(0,0,0,0)"
    assert figure.layout.yaxis.automargin
    assert figure.layout.dragmode is False


# The map


@WIDE
def test_tiny_is_drawn_with_its_one_arrow(columns_wide: bool) -> None:
    trace = Trace({}, {"water.rhythm": Answer("weekly", detail="Ann")})
    spec = map_spec(report_of(TINY, trace), columns_wide)
    assert [box.node_id for box in spec.boxes] == ["can", "pot"]
    assert [text.words for text in spec.boxes[0].texts] == ["Can", "in place", "Ann"]
    assert [text.words for text in spec.boxes[1].texts] == ["Pot"]  # nothing is asked of it
    (arrow,) = spec.arrows
    assert arrow.number is not None
    assert {"1", "pours", "not asked yet"} <= set(texts(map_svg(spec, LIGHT)))
    assert_clear(spec)


@WIDE
@pytest.mark.parametrize("stages", [1, 3, 9, 25])
def test_without_a_map_the_stages_run_on_like_lines_of_text(
    stages: int,
    columns_wide: bool,
) -> None:
    nodes = tuple(node(f"s{n}", n + 1, 1) for n in range(stages))
    links = tuple(link(one.id, other.id) for one, other in pairwise(nodes))
    spec = map_spec(replace(report_on(IDS[0]), trace_map=TraceMap(nodes, links)), columns_wide)
    assert_clear(spec)
    assert len(spec.arrows) == stages - 1


@WIDE
@pytest.mark.parametrize("case_id", IDS)
def test_the_map_of_every_case_is_clear(case_id: str, columns_wide: bool) -> None:
    spec = map_spec(report_on(case_id), columns_wide)
    assert_clear(spec)
    assert_numbers_are_clear(spec)


@WIDE
@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_text_leaves_its_box(words: str, columns_wide: bool) -> None:
    report = with_labels(report_on("facts-missing"), words)
    assert_clear(map_spec(report, columns_wide))


@WIDE
def test_every_state_is_told_by_a_word(columns_wide: bool) -> None:
    nodes = tuple(node(state.value, n + 1, 1, state) for n, state in enumerate(FlowState))
    links = tuple(link(one.id, other.id, one.state) for one, other in pairwise(nodes))
    spec = map_spec(replace(report_on(IDS[0]), trace_map=TraceMap(nodes, links)), columns_wide)
    legend = {text.words for text in spec.texts}
    assert {state.label for state in FlowState} <= legend
    for box, state in zip(spec.boxes, FlowState, strict=True):
        assert state.label in " ".join(text.words for text in box.texts)
    assert {sign.state for sign in spec.signs} == {state.value for state in FlowState}


@WIDE
def test_states_are_told_apart_without_any_colour(columns_wide: bool) -> None:
    """Each state has a kind of line and a sign of its own, and so has what comes later."""
    kinds = [
        *((state, False) for state in FlowState),
        (FlowState.MISSING, True),
        (FlowState.UNKNOWN, True),
    ]
    looks = set()
    for state, is_later in kinds:
        nodes = (node("a", 1, 1), node("b", 2, 2))
        links = (link("a", "b", state, is_later=is_later),)
        flow = TraceMap(nodes, links)
        spec = map_spec(replace(report_on(IDS[0]), trace_map=flow), columns_wide)
        svg = map_svg(spec, GREY)
        drawn = ET.fromstring(svg)  # noqa: S314
        (sign,) = (g for g in drawn.iter(f"{SVG}g") if g.get("data-part") == links[0].id)
        (line,) = (g for g in drawn.iter(f"{SVG}g") if g.get("data-line") == links[0].id)
        circle, glyph = list(sign)[:2]
        filled = circle.get("fill") == GREY.ink
        dashes, thick = (next(iter(line)).get(f"stroke-{name}") for name in ("dasharray", "width"))
        looks.add((glyph.get("d"), filled, dashes, thick))
        assert any(text.words == links[0].state_label for text in spec.texts)
    assert len(looks) == len(kinds)


GREY = replace(
    LIGHT,
    ink="#000000",
    quiet="#000000",
    line="#000000",
    met="#000000",
    missing="#000000",
    unknown="#000000",
    not_asked="#000000",
    not_applicable="#000000",
)
"""What is left of the picture for somebody who sees no colour, at worst."""


def test_what_is_short_by_now_stands_out_and_what_comes_later_steps_back() -> None:
    spec = map_spec(report_on("editorial-workflow-draft"))
    boxes = {box.node_id: box for box in spec.boxes}
    assert boxes["response"].is_pressing
    assert not boxes["response"].is_later
    assert boxes["decisions"].is_later
    assert "missing, later" in " ".join(text.words for text in boxes["decisions"].texts)
    said = " ".join(text.words for text in spec.texts)
    assert "short by now or for level 4" in said
    assert "only levels above 4 ask for it" in said
    assert "of them later" in spec.alt
    assert "Short by now: When it is paused" in spec.alt


@pytest.mark.parametrize("case_id", IDS)
def test_a_map_to_be_worked_with_shows_the_same_as_one_on_paper(case_id: str) -> None:
    report = report_on(case_id)
    said = spoken(report.trace_map)
    for spec in (map_spec(report), map_spec(report, columns_wide=False)):
        paper, page = (ET.fromstring(map_svg(spec, LIGHT, names)) for names in (None, said))  # noqa: S314
        assert parts_of(paper) == parts_of(page)
        assert [t.text for t in paper.iter(f"{SVG}text")] == [
            t.text for t in page.iter(f"{SVG}text")
        ]
        buttons = [g for g in page.iter(f"{SVG}g") if g.get("role") == "button"]
        assert [g.get("data-part") for g in buttons] == [p.id for p in report.trace_map.parts]
        assert all(g.get("tabindex") == "0" and g.get("aria-label") for g in buttons)
        reached = {e.get("data-for") for e in page.iter() if e.get("data-for")}
        assert reached == {drawn.id for drawn in report.trace_map.links}
        assert page.get("role") == "group"
        assert paper.find(f".//{SVG}g[@role='button']") is None


def parts_of(svg: ET.Element) -> list[tuple[str | None, ...]]:
    names = ("data-part", "data-state", "data-later")
    return [tuple(map(g.get, names)) for g in svg.iter(f"{SVG}g") if g.get("data-part")]


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_text_breaks_a_map_to_be_worked_with(words: str) -> None:
    report = with_labels(report_on("facts-missing"), words)
    svg = map_svg(map_spec(report), LIGHT, spoken(report.trace_map))
    root = ET.fromstring(svg)  # noqa: S314
    assert "<script" not in svg
    assert len([g for g in root.iter(f"{SVG}g") if g.get("role") == "button"]) > 20


def test_arrows_that_nobody_could_follow_are_only_told() -> None:
    nodes = tuple(node(f"{n}", n % 20 + 1, n // 20 + 1) for n in range(200))
    links = tuple(link("0", f"{n}") for n in range(1, 200))
    report = replace(report_on(IDS[0]), trace_map=TraceMap(nodes, links))
    spec = map_spec(report, columns_wide=True)
    assert spec.arrows == ()
    assert sum(text.words == "goes on" for text in spec.texts) == 199
    assert_clear(spec)


def test_letters_stay_readable_on_paper_and_on_a_phone() -> None:
    report = report_on(IDS[0])
    for columns_wide, smallest, wide in ((True, 8, 482), (False, 12, 358)):
        spec = map_spec(report, columns_wide)
        assert spec.width == wide
        svg = ET.fromstring(map_svg(spec, LIGHT))  # noqa: S314
        assert min(float(t.attrib["font-size"]) for t in svg.iter(f"{SVG}text")) >= smallest


def asked(state: FlowState, *, is_later: bool = False) -> tuple[FlowQuestion, ...]:
    return (FlowQuestion("q", "Is it so?", "Not asked yet", False, state, is_later),)


def node(
    name: str, column: int, row: int, state: FlowState = FlowState.MET, *, is_later: bool = False
) -> FlowNode:
    questions = asked(state, is_later=is_later)
    return FlowNode(name, f"Box {name}", state, "", questions, True, column, row)


def link(
    one: str, other: str, state: FlowState = FlowState.MET, *, is_later: bool = False, n: int = 1
) -> FlowLink:
    questions = asked(state, is_later=is_later)
    return FlowLink(f"{one}>{other}>{n}", "goes on", state, "", questions, True, one, other)


@st.composite
def flows(draw: st.DrawFn) -> TraceMap:
    """Any map that a file may hold: boxes anywhere on the grid, arrows between any two."""
    place = st.tuples(st.integers(1, 7), st.integers(1, 6))
    places = draw(st.lists(place, min_size=1, max_size=12, unique=True))
    nodes = tuple(
        node(f"n{n}", column, row, draw(st.sampled_from(FlowState)))
        for n, (column, row) in enumerate(places)
    )
    one_of = st.sampled_from([n.id for n in nodes])
    ends = draw(st.lists(st.tuples(one_of, one_of), max_size=10))
    links = tuple(
        link(one, other, draw(st.sampled_from(FlowState)), is_later=draw(st.booleans()), n=n)
        for n, (one, other) in enumerate(ends)
    )
    return TraceMap(nodes, links)


@given(flows(), st.booleans())
def test_arrows_of_any_map_lead_around_its_boxes(flow: TraceMap, columns_wide: bool) -> None:
    spec = map_spec(replace(report_on(IDS[0]), trace_map=flow), columns_wide)
    assert_clear(spec)
    assert_stands_alone(map_svg(spec, LIGHT))


def assert_clear(spec: MapSpec) -> None:
    """Boxes stand apart, words within theirs, arrows run from edge to edge and through nothing."""
    boxes = [(b.x, b.y, b.x + b.width, b.y + b.height) for b in spec.boxes]
    for one, other in combinations(boxes, 2):
        assert not meet(one, other)
    for box in spec.boxes:
        for text in box.texts:
            assert width(text.words, text.size, bold=text.bold) <= text.room + 0.01
            assert box.x < text.x
            assert text.x + text.room < box.x + box.width
            assert box.y + spec.badge < text.y - 0.6 * text.size
            assert text.y + 0.2 * text.size < box.y + box.height
    for text in spec.texts:
        assert width(text.words, text.size, bold=text.bold) <= text.room + 0.01
    for arrow in spec.arrows:
        for (x1, y1), (x2, y2) in pairwise(arrow.points):
            assert x1 == x2 or y1 == y2
            line = (min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))
            assert not any(meet(line, box) for box in boxes), arrow.link_id
            assert 0 <= line[0] <= line[2] <= spec.width
            assert 0 <= line[1] <= line[3] <= spec.height
        for end in (arrow.points[0], arrow.points[-1]):
            assert any(on_edge(end, box) for box in boxes)


def assert_numbers_are_clear(spec: MapSpec) -> None:
    """Badges and numbers lie on no box and on no other arrow's badge or number."""
    areas = [(b.x, b.y, b.x + b.width, b.y + b.height) for b in spec.boxes]
    for arrow in spec.arrows:
        assert arrow.badge is not None
        assert arrow.number is not None
        (x, y), number = arrow.badge, arrow.number
        badge = (x - spec.badge, y - spec.badge, x + spec.badge, y + spec.badge)
        long = width(number.words, number.size, bold=True)
        words = (number.x, number.y - 0.65 * number.size, number.x + long, number.y)
        for area in (badge, words):
            assert not any(meet(area, other) for other in areas), arrow.link_id
        areas.extend((badge, words))


Area = tuple[float, float, float, float]


def meet(one: Area, other: Area) -> bool:
    """Whether two areas share more than an edge."""
    slack = 0.01
    return (
        one[0] < other[2] - slack
        and other[0] < one[2] - slack
        and one[1] < other[3] - slack
        and other[1] < one[3] - slack
    )


def on_edge(point: tuple[float, float], box: Area) -> bool:
    x, y = point
    across = box[0] - 0.01 <= x <= box[2] + 0.01
    down = box[1] - 0.01 <= y <= box[3] + 0.01
    return (across and min(abs(y - box[1]), abs(y - box[3])) < 0.01) or (
        down and min(abs(x - box[0]), abs(x - box[2])) < 0.01
    )


# Lettering


def test_the_table_of_widths_belongs_to_the_fonts() -> None:
    shipped = Path(advance_widths.FOLDER / "widths.json").read_text(encoding="utf-8")
    assert shipped == advance_widths.widths_text()


@pytest.mark.parametrize(
    ("words", "wide"),
    [
        ("", 0),
        ("漢字", 20),
        ("\N{GRINNING FACE}", 14),
        ("e\N{COMBINING ACUTE ACCENT}", width("e", 10)),
    ],
)
def test_what_the_typeface_lacks_counts_as_a_full_square(words: str, wide: float) -> None:
    assert width(words, 10) == pytest.approx(wide)


@given(st.text(max_size=60), st.floats(20, 200), st.integers(1, 3), st.booleans())
def test_lines_fit_and_lose_nothing_without_saying_so(
    words: str,
    room: float,
    lines: int,
    bold: bool,
) -> None:
    found = wrap(words, 10, room, lines, bold=bold)
    assert len(found) <= lines
    assert all(width(line, 10, bold=bold) <= room for line in found)
    whole = "".join("".join(found).split())
    plain = "".join(shorten(words, 10, 1e9).split())
    assert whole == plain or whole.endswith(ELLIPSIS)


def test_short_specs_are_values() -> None:
    report = report_on(IDS[0])
    for spec in (ladder_spec(report), profile_spec(report), map_spec(report, columns_wide=True)):
        assert isinstance(spec, (LadderSpec, ProfileSpec, MapSpec))
        assert hash(spec) == hash(spec)
