"""The trace map as SVG."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from reports.charts.chartdata import MapSpec
from reports.charts.map_parts import MapArrow, MapBox, MapSign, MapText
from reports.charts.routes import Point
from reports.charts.svg_marks import state_badge
from reports.charts.svg_text import FAMILY, document, element, number, path, rect, text
from reports.palette import Palette

_CORNER = 6.0
_HEAD = 4.6

_DASHES = {
    "met": None,
    "missing": "4.4 3.2",
    "unknown": "0.1 3.2",
    "not_asked": "2 3",
    "not_applicable": None,
    "": None,
}
_THICK = {"unknown": 1.5, "not_applicable": 0.6}
_PRESSING, _LATER, _LATER_DOTS = 1.5, 0.8, 1.2
"""How thick lines are where something is short by now, and where it comes later."""


def map_svg(spec: MapSpec, palette: Palette, names: Mapping[str, str] | None = None) -> str:
    """Draw the trace map: lines first, boxes and signs over them in reading order, then the key.

    Each box and each arrow's sign is a group that says which part it is (`data-part`) and in which
    state (`data-state`, `data-later`).

    Args:
        spec: The picture.
        palette: Its colours.
        names: For a picture to be worked with: the parts that can be chosen, by their id, with
            what a screen reader says of each. They become buttons with room for a finger. Without
            it the picture stands alone, as an image with a title and a description.
    """
    chosen = names or {}
    boxes = {box.node_id: box for box in spec.boxes}
    arrows = {arrow.link_id: arrow for arrow in spec.arrows}
    parts = [_line_of(arrow, palette) for arrow in spec.arrows]
    for part_id in spec.order:
        name = chosen.get(part_id)
        if part_id in boxes:
            parts.append(_box(boxes[part_id], spec.badge, palette, name))
        elif part_id in arrows:
            parts.append(_arrow_sign(arrows[part_id], spec.badge, palette, name))
    parts.extend(_reach(spec, chosen))
    whole = [element("g", *parts), _key(spec, palette, chosen)]
    if names is None:
        return document(spec.title, spec.alt, spec.width, spec.height, whole)
    return _board(spec, whole)


def key_svg(spec: MapSpec, palette: Palette, names: Mapping[str, str]) -> str:
    """Draw only what stands beside the map of a picture to be worked with; the rest is empty.

    The map itself is the same wherever its key stands, so that it need not be sent twice.
    """
    return _board(spec, [_key(spec, palette, names)])


def _board(spec: MapSpec, parts: Iterable[str]) -> str:
    return element(
        "svg",
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {number(spec.width)} {number(spec.height)}",
        role="group",
        aria_label=spec.title,
        font_family=FAMILY,
    )


def _key(spec: MapSpec, palette: Palette, names: Mapping[str, str]) -> str:
    """Legend and key, and over each line of the key where a pointer or finger chooses its arrow."""
    parts = [_sign(sign, spec.badge, palette) for sign in spec.signs]
    parts.extend(_words(line, palette) for line in spec.texts)
    parts.extend(
        rect(row.x, row.y, row.width, row.height, 4, class_="reach row", data_for=row.link_id)
        for row in spec.rows
        if row.link_id in names
    )
    return element("g", *parts, class_="key")


def _words(line: MapText, palette: Palette) -> str:
    return text(line.words, line.x, line.y, line.size, palette.role(line.role), bold=line.bold)


def _group(part: MapBox | MapArrow, part_id: str, inside: str, ring: str, name: str | None) -> str:
    """A part with its state; with a name it is a button, which a ring shows where it is."""
    is_button = name is not None
    return element(
        "g",
        (ring if is_button else "") + inside,
        class_="part" if is_button else None,
        data_part=part_id,
        data_state=part.state or None,
        data_later="true" if part.is_later else None,
        role="button" if is_button else None,
        tabindex="0" if is_button else None,
        aria_haspopup="dialog" if is_button else None,
        aria_label=name,
    )


def _sign(sign: MapSign, radius: float, palette: Palette) -> str:
    way = ""
    if sign.line:
        start = sign.x - radius - 1 - sign.line
        ends = [(start, sign.y), (sign.x, sign.y)]
        way = _line(ends, sign, palette.role(sign.role))
    return way + _badge(sign, sign.x, sign.y, radius, palette)


def _badge(
    part: MapBox | MapArrow | MapSign, x: float, y: float, radius: float, palette: Palette
) -> str:
    """A filled sign stands out: something is short by now."""
    ink = palette.role(part.state)
    return state_badge(part.state, x, y, radius, ink, palette.paper, is_filled=part.is_pressing)


def _box(box: MapBox, badge: float, palette: Palette, name: str | None) -> str:
    thick = 1.2 if box.is_pressing else 0.7
    shape = rect(
        box.x,
        box.y,
        box.width,
        box.height,
        5,
        fill=palette.role(box.fill),
        stroke=palette.role(box.frame),
        stroke_width=max(thick, 1.2) if box.state == "unknown" else thick,
        stroke_dasharray=_DASHES[box.state],
        stroke_linecap="round",
    )
    words = "".join(_words(line, palette) for line in box.texts)
    sign = _badge(box, box.x + badge * 0.75, box.y, badge, palette) if box.state else ""
    ring = rect(box.x - 3, box.y - 3, box.width + 6, box.height + 6, 8, class_="ring", fill="none")
    return _group(box, box.node_id, shape + words + sign, ring, name)


def _line_of(arrow: MapArrow, palette: Palette) -> str:
    """A line with rounded corners that ends where its head begins."""
    ink = palette.role(arrow.role)
    size = _HEAD * (1.15 if arrow.is_pressing else 1)
    (x1, y1), (x2, y2) = arrow.points[-2:]
    length = abs(x2 - x1) + abs(y2 - y1)
    right, down = (x2 - x1) / length, (y2 - y1) / length
    neck = (x2 - right * size, y2 - down * size)
    half = size * 0.52
    head = (
        f"M{number(x2)} {number(y2)}"
        f"L{number(neck[0] - down * half)} {number(neck[1] + right * half)}"
        f"L{number(neck[0] + down * half)} {number(neck[1] - right * half)}Z"
    )
    line = _line([*arrow.points[:-1], neck], arrow, ink)
    return element("g", line + path(head, fill=ink), data_line=arrow.link_id)


def _line(points: Sequence[Point], part: MapArrow | MapSign, ink: str) -> str:
    thick = _THICK.get(part.state, 1.2)
    if part.is_pressing:
        thick = _PRESSING
    elif part.is_later:
        thick = min(thick, _LATER_DOTS if part.state == "unknown" else _LATER)
    return path(
        _rounded(points),
        fill="none",
        stroke=ink,
        stroke_width=thick,
        stroke_dasharray=_DASHES[part.state],
        stroke_linecap="round",
    )


def _rounded(points: Sequence[Point]) -> str:
    d = [f"M{number(points[0][0])} {number(points[0][1])}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        enter, leave = _towards(corner, before), _towards(corner, after)
        d.append(f"L{number(enter[0])} {number(enter[1])}")
        d.append(f"Q{number(corner[0])} {number(corner[1])} {number(leave[0])} {number(leave[1])}")
    d.append(f"L{number(points[-1][0])} {number(points[-1][1])}")
    return "".join(d)


def _towards(corner: Point, other: Point) -> Point:
    """The point where a corner's rounding meets the stretch to a neighbour."""
    length = abs(corner[0] - other[0]) + abs(corner[1] - other[1])
    share = min(_CORNER, length / 2) / length if length else 0.0
    return (
        corner[0] + (other[0] - corner[0]) * share,
        corner[1] + (other[1] - corner[1]) * share,
    )


def _arrow_sign(arrow: MapArrow, radius: float, palette: Palette, name: str | None) -> str:
    middle = _middle(arrow)
    if middle is None or arrow.number is None:
        return ""
    sign = _badge(arrow, *middle, radius, palette) if arrow.badge else ""
    ring = _pill(arrow.number, middle, radius)
    return _group(arrow, arrow.link_id, sign + _words(arrow.number, palette), ring, name)


def _pill(words: MapText, middle: Point, radius: float) -> str:
    """A ring around a sign and its number."""
    x, y = middle
    left, right = min(x - radius, words.x) - 3, max(x + radius, words.x + words.room) + 3
    top, bottom = min(y - radius, words.y - words.size * 0.7) - 3, max(y + radius, words.y) + 3
    width, height = right - left, bottom - top
    return rect(left, top, width, height, min(width, height) / 2, class_="ring", fill="none")


def _middle(arrow: MapArrow) -> Point | None:
    """Where an arrow's sign is, or its number where it has none; None where it has neither."""
    if arrow.badge is None and arrow.number is not None:
        return arrow.number.x + arrow.number.room / 2, arrow.number.y - arrow.number.size * 0.34
    return arrow.badge


def _reach(spec: MapSpec, names: Mapping[str, str]) -> Iterator[str]:
    """Where a pointer or finger chooses an arrow beyond what is drawn of it: over everything else.

    Lines first, so that signs win over them; boxes lie below and win nowhere.
    """
    chosen = [arrow for arrow in spec.arrows if arrow.link_id in names]
    for arrow in chosen:
        yield path(_rounded(arrow.points), class_="reach line", data_for=arrow.link_id)
    for arrow in chosen:
        middle = _middle(arrow)
        if middle is not None:
            yield element(
                "circle",
                cx=middle[0],
                cy=middle[1],
                r=spec.reach,
                class_="reach",
                data_for=arrow.link_id,
            )
