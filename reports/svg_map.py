"""The trace map as SVG."""

from collections.abc import Sequence

from reports.chartdata import MapSpec
from reports.map_parts import MapArrow, MapBox, MapText
from reports.palette import Palette
from reports.routes import Point
from reports.svg_marks import state_badge
from reports.svg_text import document, number, path, rect, text

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
_CLOSED = ("met", "not_applicable", "")
_THICK = {"unknown": 1.5, "not_applicable": 0.6}


def map_svg(spec: MapSpec, palette: Palette) -> str:
    """Draw the trace map: arrows first, boxes over them, then signs and words."""
    parts = [
        *(_arrow(arrow, palette) for arrow in spec.arrows),
        *(_box(box, spec.badge, palette) for box in spec.boxes),
        *(_arrow_sign(arrow, spec.badge, palette) for arrow in spec.arrows),
    ]
    for sign in spec.signs:
        ink = palette.role(sign.state)
        if sign.line:
            start = sign.x - spec.badge - 1 - sign.line
            way = [(start, sign.y), (sign.x, sign.y)]
            parts.append(_line(way, sign.state, palette.role(sign.role)))
        parts.append(state_badge(sign.state, sign.x, sign.y, spec.badge, ink, palette.paper))
    parts.extend(_words(line, palette) for line in spec.texts)
    return document(spec.title, spec.alt, spec.width, spec.height, parts)


def _words(line: MapText, palette: Palette) -> str:
    return text(line.words, line.x, line.y, line.size, palette.role(line.role), bold=line.bold)


def _box(box: MapBox, badge: float, palette: Palette) -> str:
    shape = rect(
        box.x,
        box.y,
        box.width,
        box.height,
        5,
        fill=palette.role(box.fill),
        stroke=palette.role(box.frame),
        stroke_width=0.8,
        stroke_dasharray="3 2.6" if box.state not in _CLOSED else None,
        stroke_linecap="round",
    )
    words = "".join(_words(line, palette) for line in box.texts)
    if not box.state:
        return shape + words
    ink = palette.role(box.state)
    x, y = box.x + badge + 1.5, box.y
    return shape + words + state_badge(box.state, x, y, badge, ink, palette.paper)


def _arrow(arrow: MapArrow, palette: Palette) -> str:
    """A line with rounded corners that ends where its head begins."""
    ink = palette.role(arrow.role)
    (x1, y1), (x2, y2) = arrow.points[-2:]
    length = abs(x2 - x1) + abs(y2 - y1)
    right, down = (x2 - x1) / length, (y2 - y1) / length
    neck = (x2 - right * _HEAD, y2 - down * _HEAD)
    head = (
        f"M{number(x2)} {number(y2)}"
        f"L{number(neck[0] - down * 2.4)} {number(neck[1] + right * 2.4)}"
        f"L{number(neck[0] + down * 2.4)} {number(neck[1] - right * 2.4)}Z"
    )
    return _line([*arrow.points[:-1], neck], arrow.state, ink) + path(head, fill=ink)


def _line(points: Sequence[Point], state: str, ink: str) -> str:
    return path(
        _rounded(points),
        fill="none",
        stroke=ink,
        stroke_width=_THICK.get(state, 1.2),
        stroke_dasharray=_DASHES[state],
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


def _arrow_sign(arrow: MapArrow, radius: float, palette: Palette) -> str:
    words = _words(arrow.number, palette) if arrow.number else ""
    if arrow.badge is None:
        return words
    ink = palette.role(arrow.state)
    return state_badge(arrow.state, *arrow.badge, radius, ink, palette.paper) + words
