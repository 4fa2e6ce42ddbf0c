"""Small shapes that carry meaning without colour: drawn, so that no font has to have them."""

from reports.charts.svg_text import element, path
from reports.palette import Palette

_STATES = {
    "met": "M-2.4 .1 -.8 1.8 2.4 -1.7",
    "missing": "M-1.9 -1.9 1.9 1.9 M-1.9 1.9 1.9 -1.9",
    "unknown": "M-1.5 -1.3 C-1.4 -3 1.7 -3 1.6 -1.1 C1.5 .1 0 .1 0 1.2",
    "not_asked": "",
    "not_applicable": "M-2.2 0 2.2 0",
}

_READINGS = {
    "pin": "M-4 -3.5 4 -3.5 0 3.5 Z",
    "cap": "M-4 3 -4 -3 4 -3 4 3",
    "diamond": "M0 -4.2 4.2 0 0 4.2 -4.2 0 Z",
    "ring": "M-3.4 0 A3.4 3.4 0 1 0 3.4 0 A3.4 3.4 0 1 0 -3.4 0 Z",
}
_FILLED = ("pin", "diamond")


def state_badge(
    state: str,
    x: float,
    y: float,
    radius: float,
    ink: str,
    paper: str,
    *,
    is_filled: bool | None = None,
) -> str:
    """Draw a state as a sign in a circle; empty if not asked.

    It is filled where something is missing, unless `is_filled` says which signs are to stand out.
    """
    is_filled = state == "missing" if is_filled is None else is_filled
    scale = radius / 4.6
    sign = ink if not is_filled else paper
    glyph = path(
        _STATES[state],
        transform=f"translate({x:.2f} {y:.2f}) scale({scale:.3f})",
        fill="none",
        stroke=sign,
        stroke_width=1.15,
        stroke_linecap="round",
        stroke_linejoin="round",
    )
    dot = (
        element("circle", cx=x, cy=y + 2.7 * scale, r=0.75 * scale, fill=sign)
        if state == "unknown"
        else ""
    )
    circle = element(
        "circle", cx=x, cy=y, r=radius, fill=ink if is_filled else paper, stroke=ink, stroke_width=1
    )
    return circle + glyph + dot


def state_mark(state: str, palette: Palette) -> str:
    """Draw the sign of a state as a picture of its own, to stand beside words that name it."""
    radius, side = 4.6, 10.4
    return element(
        "svg",
        state_badge(state, side / 2, side / 2, radius, palette.role(state), palette.paper),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {side} {side}",
    )


def reading_mark(shape: str, x: float, y: float, scale: float, ink: str) -> str:
    """Draw the shape of a reading on the ladder."""
    is_filled = shape in _FILLED
    return path(
        _READINGS[shape],
        transform=f"translate({x:.2f} {y:.2f}) scale({scale:.3f})",
        fill=ink if is_filled else "none",
        stroke=ink,
        stroke_width=1.3,
        stroke_linejoin="round",
    )
