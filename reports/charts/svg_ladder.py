"""The ladder of levels as SVG."""

from reports.charts.chartdata import LadderRung, LadderSpec
from reports.charts.lettering import shorten, width, wrap
from reports.charts.svg_marks import reading_mark
from reports.charts.svg_text import document, rect, text
from reports.palette import Palette

WIDE, NARROW = 482.0, 358.0

_GAP = 7.0
_LOWEST, _RISE = 66.0, 15.0
_PADDING = 8.0
_LINE = 12.0
_ROW = 58.0
_SMALLER = 0.68  # of a phone's row, so that the smallest text has 8.5 points on paper


def ladder_steps(spec: LadderSpec, palette: Palette) -> str:
    """Draw the levels as steps that rise from left to right, readings above them."""
    count = len(spec.rungs)
    wide = (WIDE - 2 - _GAP * (count - 1)) / count
    heights = [_LOWEST + _RISE * place for place in range(count)]
    above = [_LINE * len(rung.markers) + 8 for rung in spec.rungs]
    bottom = max(h + a for h, a in zip(heights, above, strict=True)) + 2
    parts = []
    for place, rung in enumerate(spec.rungs):
        left = 1 + place * (wide + _GAP)
        top = bottom - heights[place] - 1
        parts.append(_block(rung, count, palette, left, top, wide, heights[place]))
        first = top - 9 - _LINE * (len(rung.markers) - 1)
        for line, marker in enumerate(rung.markers):
            y, ink = first + line * _LINE, palette.role(marker.role)
            parts.append(reading_mark(marker.shape, left + 5, y, 0.85, ink))
            parts.append(text(marker.label, left + 13, y + 3, 8.5, ink, bold=True))
    return document(spec.title, spec.alt, WIDE, bottom, parts)


def _block(
    rung: LadderRung,
    top_level: int,
    palette: Palette,
    left: float,
    top: float,
    wide: float,
    high: float,
) -> str:
    fill, ink, stroke, dash = _look(rung, top_level, palette)
    shape = rect(
        left, top, wide, high, 4, fill=fill, stroke=stroke, stroke_width=1, stroke_dasharray=dash
    )
    words = text(rung.number, left + _PADDING, top + 22, 17, ink, bold=True)
    room = wide - 2 * _PADDING
    for line, part in enumerate(wrap(rung.name, 8.5, room, 3, bold=rung.reach == "shown")):
        y = top + 36 + line * 10.5
        words += text(part, left + _PADDING, y, 8.5, ink, bold=rung.reach == "shown")
    return shape + words


def ladder_rows(spec: LadderSpec, palette: Palette) -> str:
    """Draw the levels as rows, the highest on top, readings below the names."""
    count = len(spec.rungs)
    wide, scale = (WIDE, _SMALLER) if spec.wide else (NARROW, 1.0)
    step = (_ROW + 6) * scale
    parts = [
        _row(rung, count, palette, 1 + place * step, wide, scale)
        for place, rung in enumerate(reversed(spec.rungs))
    ]
    return document(spec.title, spec.alt, wide, count * step - 4 * scale, parts)


def _row(
    rung: LadderRung, top_level: int, palette: Palette, top: float, wide: float, scale: float
) -> str:
    fill, ink, stroke, dash = _look(rung, top_level, palette)
    side, high = 40 * scale, _ROW * scale
    block = rect(
        1,
        top,
        side,
        high,
        5 * scale,
        fill=fill,
        stroke=stroke,
        stroke_width=1,
        stroke_dasharray=dash,
    )
    parts = [block]
    middle, size = top + high / 2 + 7 * scale, 20 * scale
    parts.append(text(rung.number, 1 + side / 2, middle, size, ink, bold=True, anchor="middle"))
    is_shown = rung.reach == "shown"
    ink = palette.ink if rung.reach != "beyond" else palette.quiet
    baseline = top + (25 if rung.markers else _ROW / 2 + 5) * scale
    size, left = 15 * scale, 54 * scale
    name = shorten(rung.name, size, wide - left - 2, bold=is_shown)
    parts.append(text(name, left, baseline, size, ink, bold=is_shown))
    x, size = left + 4 * scale, 12.5 * scale
    for marker in rung.markers:
        ink = palette.role(marker.role)
        parts.append(reading_mark(marker.shape, x, top + 42 * scale, scale, ink))
        parts.append(text(marker.label, x + 8 * scale, top + 46.3 * scale, size, ink))
        x += width(marker.label, size) + 25 * scale
    return "".join(parts)


def _look(rung: LadderRung, top: int, palette: Palette) -> tuple[str, str, str, str | None]:
    """Fill, text colour, outline and dashes of a level."""
    if rung.reach == "shown":
        fill, ink = palette.level(rung.level, top)
        return fill, ink, fill, None
    if rung.reach == "possible":
        return palette.paper, palette.ink, palette.accent, "4 3"
    return palette.wash, palette.quiet, palette.line, None
