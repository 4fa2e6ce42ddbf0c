"""The profile of the stages as SVG."""

from reports.charts.chartdata import ProfileSpec
from reports.charts.lettering import width, wrap
from reports.charts.svg_text import document, element, number, rect, text
from reports.palette import Palette

WIDE = 482.0

_SIZE = 9.0
_TOP = 22.0
_ROW = 19.0
_BAR = 9.0
_WIDEST_LABEL = 150.0


def profile_svg(spec: ProfileSpec, palette: Palette) -> str:
    """Draw a bar for each stage over a grid of the levels, the use case's level as a line."""
    labels = [wrap(bar.label, _SIZE, _WIDEST_LABEL, 2, bold=bar.is_weakest) for bar in spec.bars]
    longest = max(
        width(line, _SIZE, bold=True) for lines in [(spec.axis,), *labels] for line in lines
    )
    left = longest + 12
    row = _ROW if all(len(lines) < 2 for lines in labels) else _ROW + 8
    unit = (WIDE - left - 26) / spec.top
    bottom = _TOP + row * len(spec.bars)
    parts = [_grid(spec, palette, left, unit, bottom)]
    for place, (bar, lines) in enumerate(zip(spec.bars, labels, strict=True)):
        middle = _TOP + row * (place + 0.5)
        first = middle + 3.1 - 5.3 * (len(lines) - 1)
        ink = palette.ink
        parts.extend(
            text(line, left - 10, first + 10.6 * n, _SIZE, ink, bold=bar.is_weakest, anchor="end")
            for n, line in enumerate(lines)
        )
        fill = palette.role(bar.role)
        parts.append(rect(left, middle - _BAR / 2, unit * bar.value, _BAR, 1.5, fill=fill))
        end = left + unit * bar.value + 6
        parts.append(text(bar.value_text, end, middle + 3.1, _SIZE, ink, bold=bar.is_weakest))
        beside = end + width(bar.value_text, _SIZE, bold=True) + 4
        parts.append(text(bar.note, beside, middle + 3.1, 8, palette.quiet) if bar.note else "")
    parts.append(_mark(spec, palette, left + unit * spec.level, bottom))
    return document(spec.title, spec.alt, WIDE, bottom + 20, parts)


def _grid(spec: ProfileSpec, palette: Palette, left: float, unit: float, bottom: float) -> str:
    lines = [
        _line(left + unit * value, _TOP, bottom, palette.line, 0.6)
        + text(written, left + unit * value, bottom + 13, 8, palette.quiet, anchor="middle")
        for value, written in spec.ticks
    ]
    name = text(spec.axis, left - 10, bottom + 13, 8, palette.quiet, anchor="end")
    return "".join([name, *lines, _line(left, _TOP, bottom, palette.quiet, 0.6)])


def _mark(spec: ProfileSpec, palette: Palette, x: float, bottom: float) -> str:
    half = width(spec.level_label, 8.5, bold=True) / 2
    middle = min(max(x, half), WIDE - half)
    line = _line(x, _TOP - 5, bottom, palette.ink, 1.2, "1 3")
    return line + text(
        spec.level_label, middle, _TOP - 9, 8.5, palette.ink, bold=True, anchor="middle"
    )


def _line(
    x: float, top: float, bottom: float, ink: str, thick: float, dash: str | None = None
) -> str:
    return element(
        "path",
        d=f"M{number(x)} {number(top)}V{number(bottom)}",
        stroke=ink,
        stroke_width=thick,
        stroke_dasharray=dash,
        stroke_linecap="round",
        fill="none",
    )
