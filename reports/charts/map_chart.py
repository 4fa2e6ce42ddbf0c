"""The trace map as chart data: every box, arrow and word at its place.

Arrows carry a number and the sign of their state; what a number stands for is said in the key
below, since names of arrows do not fit between boxes that stay readable on paper.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from reports.charts.flow import FlowNode, FlowState, TraceMap
from reports.charts.lettering import clean, width, wrap
from reports.charts.map_badges import place_badges
from reports.charts.map_key import Below, below, numbered
from reports.charts.map_parts import (
    STATES,
    TALL,
    WIDE,
    MapArrow,
    MapBox,
    MapSpec,
    MapText,
    Style,
    line_role,
    word_role,
)
from reports.charts.routes import Grid, Place, routes
from reports.content import Report
from reports.wording import count, listed

MAP_TITLE = "How the work runs"

MOST_DRAWN = 5_000
"""Boxes times arrows. Beyond, arrows are only told in the key: nobody could follow them, and
leading them apart takes longer than a reader waits."""

_CALM = (FlowState.MET, FlowState.NOT_APPLICABLE)
_LEADING = 1.19
_MOST_NAMED = 4
_KEY = 214.0
"""How wide a key is that stands beside the map."""


def map_spec(report: Report, columns_wide: bool = True, *, key_beside: bool = False) -> MapSpec:
    """Place the trace map of a report.

    Args:
        report: The report.
        columns_wide: The flow runs from left to right, 482 units wide: 170 mm of paper at one
            point a unit. Else it runs downwards, 358 units wide: a phone at one pixel a unit.
        key_beside: Legend and key stand beside the map, not below: for a whole screen, as in a
            room. The picture is then wider by that.

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
    level = next((rung.name for rung in report.ladder if rung.level == flow.target), "")
    bottom = grid.tops[-1] + grid.heights[-1] + grid.margin + 4
    told = _beside(flow, level, style) if key_beside else below(flow, level, style, bottom)
    return MapSpec(
        title=MAP_TITLE,
        alt=_alt(flow),
        width=style.width + (_KEY if key_beside else 0),
        height=max(bottom, told.bottom),
        badge=style.badge,
        boxes=boxes,
        arrows=arrows,
        signs=told.signs,
        texts=told.texts,
        rows=told.rows,
        order=tuple(part.id for part in flow.parts),
        reach=style.reach,
    )


def _beside(flow: TraceMap, level: str, style: Style) -> Below:
    """Legend and key in a column of their own on the right."""
    narrow = replace(style, width=_KEY, key_columns=1)
    return below(flow, level, narrow, style.margin).moved(style.width)


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
        state=wrap(node.state_label, style.small, room, 2, bold=node.is_pressing)
        if node.is_judged
        else (),
        detail=wrap(node.detail, style.small, room, style.detail_lines),
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
    for role, size, bold, found in (
        ("quiet" if node.is_later else "ink", style.size, True, lines.name),
        (word_role(node), style.small, node.is_pressing, lines.state),
        ("quiet", style.small, False, lines.detail),
    ):
        for words in found:
            y += size * _LEADING
            texts.append(MapText(words, x, y - size * 0.28, size, role, room, bold=bold))
    return MapBox(
        node_id=node.id,
        x=left,
        y=top,
        width=right - left,
        height=bottom - top,
        state=node.state.value if node.is_judged else "",
        fill="wash" if node.state is FlowState.MET else "paper",
        frame="line" if node.state in _CALM or not node.is_judged else line_role(node),
        texts=tuple(texts),
        is_pressing=node.is_pressing,
        is_later=node.is_later,
    )


def _arrows(
    flow: TraceMap, places: dict[str, Place], grid: Grid, style: Style
) -> tuple[MapArrow, ...]:
    ends = tuple((places[link.from_], places[link.to]) for link in flow.links)
    ways = routes(grid, tuple(places.values()), ends)
    numbers = {link.id: str(n) for n, link in enumerate(numbered(flow), 1)}
    said = tuple(n for n, link in enumerate(flow.links) if link.id in numbers)
    spots = place_badges(grid, tuple(places.values()), ways, said, style.badge, style.small)
    arrows = []
    for n, (link, way) in enumerate(zip(flow.links, ways, strict=True)):
        badge, number = None, None
        if link.id in numbers:
            spot, words = spots[n], numbers[link.id]
            badge = (spot.x, spot.y) if link.is_judged else None
            wide = width(words, style.small, bold=True)
            left = spot.number_x - (wide / 2 if spot.is_centred else wide * spot.is_left)
            role = "quiet" if link.is_later else "ink"
            number = MapText(words, left, spot.number_y, style.small, role, wide, bold=True)
        arrows.append(
            MapArrow(
                link_id=link.id,
                points=way,
                state=link.state.value if link.is_judged else "",
                role=line_role(link),
                badge=badge,
                number=number,
                is_pressing=link.is_pressing,
                is_later=link.is_later,
            )
        )
    return tuple(arrows)


def _alt(flow: TraceMap) -> str:
    """How many parts are in which state, and which boxes are short by now."""
    parts = [part for part in flow.parts if part.is_judged]
    start = f"{MAP_TITLE}, in {count(len(flow.nodes), 'box', 'boxes')}"
    arrows = count(len(flow.links), "arrow")
    if not parts:
        return f"{start} and {arrows}."
    found = Counter(part.state for part in parts)
    later = Counter(part.state for part in parts if part.is_later)
    states = [
        f"{found[state]} {state.label}" + (f" ({later[state]} of them later)" * bool(later[state]))
        for state in STATES
        if found[state]
    ]
    short = [clean(node.name) for node in flow.nodes if node.is_pressing]
    more = len(short) - _MOST_NAMED
    if more > 1:
        short = [*short[:_MOST_NAMED], f"{more} more"]
    named = f" Short by now: {listed(short)}." if short else ""
    return f"{start} and {arrows}: {listed(states)}.{named}"
