"""What stands below the trace map: the legend of its signs, and the key to its numbers."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from reports.charts.flow import FlowLink, FlowPart, TraceMap
from reports.charts.lettering import clean, shorten, width, wrap
from reports.charts.map_parts import STATES, MapRow, MapSign, MapText, Style, line_role, word_role

_BETWEEN = 14
"""Between two columns of the key, and two entries of the legend."""


@dataclass(frozen=True)
class Below:
    """What stands below the map or beside it, and where it ends."""

    texts: tuple[MapText, ...]
    signs: tuple[MapSign, ...]
    rows: tuple[MapRow, ...]
    bottom: float

    def moved(self, right: float) -> "Below":
        """The same further to the right."""
        return Below(
            tuple(replace(text, x=text.x + right) for text in self.texts),
            tuple(replace(sign, x=sign.x + right) for sign in self.signs),
            tuple(replace(row, x=row.x + right) for row in self.rows),
            self.bottom,
        )


def is_named(link: FlowLink) -> bool:
    """Whether there is anything to say of an arrow."""
    return bool(link.is_judged or link.name or link.detail or link.questions)


def numbered(flow: TraceMap) -> tuple[FlowLink, ...]:
    """The arrows of which there is anything to say, in the order of their numbers."""
    return tuple(part for part in flow.parts if isinstance(part, FlowLink) and is_named(part))


def below(flow: TraceMap, level: str, style: Style, top: float) -> Below:
    """Place the legend, what it means that something comes later, and the key.

    Args:
        flow: What is drawn.
        level: The name of the level aimed at.
        style: The measures.
        top: Where it begins.
    """
    words, signs, bottom = _legend(flow, style, top)
    said, bottom = _aim(flow, level, style, bottom)
    key_words, key_signs, rows, bottom = _key(flow, style, bottom)
    return Below((*words, *said, *key_words), (*signs, *key_signs), tuple(rows), bottom)


def _sign(part: FlowPart, x: float, y: float, line: float = 0.0) -> MapSign:
    return MapSign(part.state.value, line_role(part), x, y, part.is_pressing, part.is_later, line)


def _kinds(parts: Iterable[FlowPart]) -> list[FlowPart]:
    """One part of each kind that occurs, in the order of a legend."""
    found = {(STATES.index(part.state), part.is_later): part for part in parts if part.is_judged}
    return [found[kind] for kind in sorted(found)]


def _legend(flow: TraceMap, style: Style, top: float) -> tuple[list[MapText], list[MapSign], float]:
    """What the signs and kinds of line mean, for the states that occur."""
    texts: list[MapText] = []
    signs: list[MapSign] = []
    on_arrows = {link.state_label for link in flow.links if link.is_judged}
    x, y = style.margin, top + style.small
    for part in _kinds((*flow.nodes, *flow.links)):
        label = part.state_label
        wide = width(label, style.small, bold=part.is_pressing)
        line = 20.0 if label in on_arrows else 0.0
        start = line + 2 * style.badge + 8
        if x + start + wide > style.width - style.margin:
            x, y = style.margin, y + style.small * 1.8
        signs.append(_sign(part, x + line + style.badge + 1, y, line))
        texts.append(
            MapText(
                label,
                x + start - 3,
                y + style.small * 0.34,
                style.small,
                word_role(part),
                wide,
                bold=part.is_pressing,
            )
        )
        x += start + wide + _BETWEEN
    return texts, signs, y + style.small if texts else top


def _aim(flow: TraceMap, level: str, style: Style, top: float) -> tuple[list[MapText], float]:
    """Say what stands out and what comes later, where the picture makes that difference."""
    said = aim(flow, level)
    room = style.width - 2 * style.margin
    lines = wrap(said, style.small, room, 3)
    first = top + style.small * 1.5
    leading = style.small * 1.35
    texts = [
        MapText(line, style.margin, first + n * leading, style.small, "quiet", room)
        for n, line in enumerate(lines)
    ]
    return texts, first + len(lines) * leading - style.small if texts else top


def aim(flow: TraceMap, level: str) -> str:
    """Say in a sentence or two what stands out and what comes later; empty where nothing does."""
    is_pressing = any(part.is_pressing for part in flow.parts)
    is_later = any(part.is_later for part in flow.parts)
    name = f"level {flow.target}, {level}" if level else f"level {flow.target}"
    strong = f"In bold: what is short by now or for {name}." if is_pressing else ""
    later = f"Later: only levels above {flow.target} ask for it." if is_later else ""
    return " ".join(filter(None, (strong, later))) if is_later else ""


def _key(
    flow: TraceMap, style: Style, top: float
) -> tuple[list[MapText], list[MapSign], list[MapRow], float]:
    """What each number stands for, in columns read downwards."""
    names = {node.id: node.name for node in flow.nodes}
    entries = numbered(flow)
    texts: list[MapText] = []
    signs: list[MapSign] = []
    places: list[MapRow] = []
    if not entries:
        return texts, signs, places, top
    columns = _key_columns(entries, names, style)
    rows = math.ceil(len(entries) / columns)
    wide = _key_width(columns, style)
    first = top + style.small * 1.9
    for n, link in enumerate(entries):
        left = style.margin + n // rows * (wide + _BETWEEN)
        y = first + n % rows * style.key_row
        middle = y - style.small * 0.34
        places.append(MapRow(link.id, left, middle - style.key_row / 2, wide, style.key_row))
        number = str(n + 1)
        number_wide = width(number, style.small, bold=True)
        x = left + style.small * 1.2
        role = "quiet" if link.is_later else "ink"
        texts.append(MapText(number, x - number_wide, y, style.small, role, number_wide, bold=True))
        x += 4
        if link.is_judged:
            signs.append(_sign(link, x + style.badge, middle))
        x += 2 * style.badge + 4
        texts.extend(_entry(link, _said(link, names), x, y, left + wide - x, style))
    return texts, signs, places, first + rows * style.key_row


def _key_width(columns: int, style: Style) -> float:
    return (style.width - 2 * style.margin - _BETWEEN * (columns - 1)) / columns


def _key_columns(entries: Sequence[FlowLink], names: Mapping[str, str], style: Style) -> int:
    """As many columns as leave every entry whole, up to what the style allows."""
    lead = style.small * 1.2 + 2 * style.badge + 8
    longest = max(
        width(_said(link, names), style.small)
        + width(f" {link.state_label}", style.small, bold=link.is_pressing)
        + 5
        for link in entries
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
    state_wide = width(state, style.small, bold=link.is_pressing)
    gap = 5 if state else 0
    said = shorten(name, style.small, room - state_wide - gap)
    said_wide = width(said, style.small)
    ink = "quiet" if link.is_later else "ink"
    texts = [MapText(said, x, y, style.small, ink, room - state_wide - gap)]
    if state:
        x += said_wide + gap
        texts.append(
            MapText(
                state,
                x,
                y,
                style.small,
                word_role(link),
                state_wide + 0.01,
                bold=link.is_pressing,
            )
        )
    return texts
