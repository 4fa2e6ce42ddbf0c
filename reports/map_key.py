"""What stands below the trace map: the legend of its signs, and the key to its numbers."""

import math
from collections.abc import Mapping, Sequence

from reports.flow import FlowLink, TraceMap
from reports.lettering import clean, shorten, width
from reports.map_parts import LINES, STATES, MapSign, MapText, Style

_BETWEEN = 14
"""Between two columns of the key, and two entries of the legend."""


def is_named(link: FlowLink) -> bool:
    """Whether there is anything to say of an arrow."""
    return bool(link.is_judged or link.name or link.detail)


def legend(flow: TraceMap, style: Style, top: float) -> tuple[list[MapText], list[MapSign], float]:
    """What the signs and kinds of line mean, for the states that occur."""
    present = {part.state for part in (*flow.nodes, *flow.links) if part.is_judged}
    on_arrows = {link.state for link in flow.links if link.is_judged}
    texts: list[MapText] = []
    signs: list[MapSign] = []
    if not present:
        return texts, signs, top
    x, y = style.margin, top + style.small
    for state in (state for state in STATES if state in present):
        wide = width(state.label, style.small)
        line = 20.0 if state in on_arrows else 0.0
        start = line + 2 * style.badge + 8
        if x + start + wide > style.width - style.margin:
            x, y = style.margin, y + style.small * 1.8
        sign = x + line + style.badge + 1
        signs.append(MapSign(state.value, LINES[state], sign, y, line))
        words_x = x + start - 3
        baseline = y + style.small * 0.34
        texts.append(MapText(state.label, words_x, baseline, style.small, state.value, wide))
        x += start + wide + _BETWEEN
    return texts, signs, y + style.small


def key(flow: TraceMap, style: Style, top: float) -> tuple[list[MapText], list[MapSign], float]:
    """What each number stands for, in columns read downwards."""
    names = {node.id: node.name for node in flow.nodes}
    entries = [link for link in flow.links if is_named(link)]
    texts: list[MapText] = []
    signs: list[MapSign] = []
    if not entries:
        return texts, signs, top
    columns = _key_columns(entries, names, style)
    rows = math.ceil(len(entries) / columns)
    wide = _key_width(columns, style)
    row_height = style.small * 1.75
    first = top + style.small * 1.9
    for n, link in enumerate(entries):
        left = style.margin + n // rows * (wide + _BETWEEN)
        y = first + n % rows * row_height
        number = str(n + 1)
        number_wide = width(number, style.small, bold=True)
        x = left + style.small * 1.2
        texts.append(
            MapText(number, x - number_wide, y, style.small, "ink", number_wide, bold=True)
        )
        x += 4
        if link.is_judged:
            role, middle = LINES[link.state], y - style.small * 0.34
            signs.append(MapSign(link.state.value, role, x + style.badge, middle))
        x += 2 * style.badge + 4
        texts.extend(_entry(link, _said(link, names), x, y, left + wide - x, style))
    return texts, signs, first + rows * row_height


def _key_width(columns: int, style: Style) -> float:
    return (style.width - 2 * style.margin - _BETWEEN * (columns - 1)) / columns


def _key_columns(entries: Sequence[FlowLink], names: Mapping[str, str], style: Style) -> int:
    """As many columns as leave every entry whole, up to what the style allows."""
    lead = style.small * 1.2 + 2 * style.badge + 8
    longest = max(
        width(f"{_said(link, names)} {link.state_label}", style.small) + 5 for link in entries
    )
    for columns in range(style.key_columns, 1, -1):
        if lead + longest <= _key_width(columns, style):
            return columns
    return min(2, style.key_columns)


def _said(link: FlowLink, names: Mapping[str, str]) -> str:
    """An arrow in words: its name, else from where to where, with who or where to."""
    name = link.name or f"{names[link.from_]} to {names[link.to]}"
    return clean(f"{name} ({link.detail})" if link.detail else name)


def _entry(
    link: FlowLink, name: str, x: float, y: float, room: float, style: Style
) -> list[MapText]:
    """What an arrow is and its state, in one line; the state is never left out."""
    state = link.state_label if link.is_judged else ""
    state_wide = width(state, style.small)
    gap = 5 if state else 0
    said = shorten(name, style.small, room - state_wide - gap)
    said_wide = width(said, style.small)
    texts = [MapText(said, x, y, style.small, "ink", room - state_wide - gap)]
    if state:
        role = link.state.value
        texts.append(MapText(state, x + said_wide + gap, y, style.small, role, state_wide + 0.01))
    return texts
