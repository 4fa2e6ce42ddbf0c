"""The trace map as chart data: every box, arrow and word at its place.

Arrows carry a number and the sign of their state; what a number stands for is said in the key
below, since names of arrows do not fit between boxes that stay readable on paper.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from reports.content import Report
from reports.flow import FlowNode, FlowState, TraceMap
from reports.lettering import clean, width, wrap
from reports.map_badges import place_badges
from reports.map_key import is_named, key, legend
from reports.map_parts import (
    LINES,
    STATES,
    TALL,
    WIDE,
    MapArrow,
    MapBox,
    MapSpec,
    MapText,
    Style,
)
from reports.routes import Grid, Place, routes
from reports.wording import count, listed

MOST_DRAWN = 5_000
"""Boxes times arrows. Beyond, arrows are only told in the key: nobody could follow them, and
leading them apart takes longer than a reader waits."""

_SHORT = (FlowState.MISSING, FlowState.UNKNOWN)
_LEADING = 1.19
_MOST_NAMED = 4


def map_spec(report: Report, columns_wide: bool = True) -> MapSpec:
    """Place the trace map of a report.

    Args:
        report: The report.
        columns_wide: The flow runs from left to right, 482 units wide: 170 mm of paper at one
            point a unit. Else it runs downwards, 358 units wide: a phone at one pixel a unit.

    Returns:
        The picture. Where more columns stand side by side than stay readable, the flow goes on
        below, as lines of a text do.
    """
    flow = report.trace_map
    style = WIDE if columns_wide else TALL
    places = _places(flow.nodes, style, columns_wide=columns_wide)
    grid = _grid(flow, places, style)
    boxes = tuple(_box(node, places[node.id], grid, style) for node in flow.nodes)
    is_drawn = len(flow.nodes) * len(flow.links) <= MOST_DRAWN
    arrows = _arrows(flow, places, grid, style) if is_drawn else ()
    bottom = grid.tops[-1] + grid.heights[-1] + grid.margin + 4
    words, signs, bottom = legend(flow, style, bottom)
    key_words, key_signs, bottom = key(flow, style, bottom)
    return MapSpec(
        title="How the work runs",
        alt=_alt(flow),
        width=style.width,
        height=bottom,
        badge=style.badge,
        boxes=boxes,
        arrows=arrows,
        signs=(*signs, *key_signs),
        texts=(*words, *key_words),
    )


def _places(nodes: Sequence[FlowNode], style: Style, *, columns_wide: bool) -> dict[str, Place]:
    """A place for each node; columns and rows without a node take no room."""
    columns = sorted({node.column for node in nodes})
    rows = sorted({node.row for node in nodes})
    across = columns if columns_wide else rows
    bands = math.ceil(len(across) / style.most_columns)
    per_band = math.ceil(len(across) / bands)
    places = {}
    for node in nodes:
        column, row = columns.index(node.column), rows.index(node.row)
        if columns_wide:
            places[node.id] = (column % per_band, column // per_band * len(rows) + row)
        else:
            places[node.id] = (row % per_band, column * bands + row // per_band)
    return places


def _grid(flow: TraceMap, places: dict[str, Place], style: Style) -> Grid:
    """Make a grid as wide as the picture, each row as high as its fullest box."""
    columns = max(place[0] for place in places.values()) + 1
    rows = max(place[1] for place in places.values()) + 1
    free = style.width - 2 * style.margin
    narrowest, widest = style.box
    box = (free - style.gap[0] * (columns - 1)) / columns
    box = min(max(narrowest, box), widest)
    gap = min(style.gap[1], (free - box * columns) / (columns - 1)) if columns > 1 else 0.0
    left = (style.width - columns * box - (columns - 1) * gap) / 2
    heights = [0.0] * rows
    for node in flow.nodes:
        row = places[node.id][1]
        heights[row] = max(heights[row], _height(node, box, style))
    tops = accumulate(heights[:-1], lambda top, high: top + high + style.row_gap, initial=0.0)
    return Grid(
        lefts=tuple(left + column * (box + gap) for column in range(columns)),
        tops=tuple(style.margin + style.badge + top for top in tops),
        box_width=box,
        heights=tuple(heights),
        margin=style.margin,
    )


@dataclass(frozen=True)
class _Lines:
    """What is written in a box."""

    name: tuple[str, ...]
    state: tuple[str, ...]
    detail: tuple[str, ...]


def _lines(node: FlowNode, box: float, style: Style) -> _Lines:
    room = box - 2 * style.padding
    return _Lines(
        name=wrap(node.name, style.size, room, 3, bold=True),
        state=wrap(node.state_label, style.small, room, 2) if node.is_judged else (),
        detail=wrap(node.detail, style.small, room, 2),
    )


def _height(node: FlowNode, box: float, style: Style) -> float:
    lines = _lines(node, box, style)
    small = len(lines.state) + len(lines.detail)
    words = len(lines.name) * style.size * _LEADING + small * style.small * _LEADING
    return 2 * style.padding + style.badge + words


def _box(node: FlowNode, place: Place, grid: Grid, style: Style) -> MapBox:
    left, top, right, bottom = grid.area(place)
    x, room = left + style.padding, grid.box_width - 2 * style.padding
    y = top + style.padding + style.badge
    lines = _lines(node, grid.box_width, style)
    texts = []
    for role, size, found in (
        ("ink", style.size, lines.name),
        (node.state.value, style.small, lines.state),
        ("quiet", style.small, lines.detail),
    ):
        for words in found:
            y += size * _LEADING
            baseline = y - size * 0.28
            texts.append(MapText(words, x, baseline, size, role, room, bold=role == "ink"))
    return MapBox(
        node_id=node.id,
        x=left,
        y=top,
        width=right - left,
        height=bottom - top,
        state=node.state.value if node.is_judged else "",
        fill="wash" if node.state is FlowState.MET else "paper",
        frame="quiet" if node.state in _SHORT else "line",
        texts=tuple(texts),
    )


def _arrows(
    flow: TraceMap, places: dict[str, Place], grid: Grid, style: Style
) -> tuple[MapArrow, ...]:
    ends = tuple((places[link.from_], places[link.to]) for link in flow.links)
    ways = routes(grid, tuple(places.values()), ends)
    said = tuple(n for n, link in enumerate(flow.links) if is_named(link))
    numbers = {n: str(count) for count, n in enumerate(said, 1)}
    spots = place_badges(grid, tuple(places.values()), ways, said, style.badge, style.small)
    arrows = []
    for n, (link, way) in enumerate(zip(flow.links, ways, strict=True)):
        badge, number = None, None
        if n in numbers:
            spot = spots[n]
            badge = (spot.x, spot.y) if link.is_judged else None
            wide = width(numbers[n], style.small, bold=True)
            left = spot.number_x - (wide / 2 if spot.is_centred else wide * spot.is_left)
            number = MapText(numbers[n], left, spot.number_y, style.small, "ink", wide, bold=True)
        state = link.state.value if link.is_judged else ""
        arrows.append(MapArrow(link.id, way, state, LINES[link.state], badge, number))
    return tuple(arrows)


def _alt(flow: TraceMap) -> str:
    """How many parts are in which state, and which are missing."""
    parts = [part for part in (*flow.nodes, *flow.links) if part.is_judged]
    start = f"How the work runs, in {count(len(flow.nodes), 'box', 'boxes')}"
    arrows = count(len(flow.links), "arrow")
    if not parts:
        return f"{start} and {arrows}."
    found = Counter(part.state for part in parts)
    states = listed([f"{found[state]} {state.label}" for state in STATES if found[state]])
    missing = [clean(n.name) for n in flow.nodes if n.is_judged and n.state is FlowState.MISSING]
    more = len(missing) - _MOST_NAMED
    if more > 1:
        missing = [*missing[:_MOST_NAMED], f"{more} more"]
    named = f" Missing boxes: {listed(missing)}." if missing else ""
    return f"{start} and {arrows}: {states}.{named}"
