"""What the trace map is made of: its parts as data, and the measures they are placed by."""

from collections.abc import Mapping
from dataclasses import dataclass

from reports.charts.flow import FlowPart, FlowState
from reports.charts.routes import Point


@dataclass(frozen=True)
class MapText:
    """One line of text: `x` its left edge, `y` its baseline, `room` what it may take in width."""

    words: str
    x: float
    y: float
    size: float
    role: str
    room: float
    bold: bool = False


@dataclass(frozen=True)
class MapBox:
    """A box; `state` is empty where the questionnaire asks nothing of it.

    `fill` and `frame` are the roles of its colours. At most one of `is_pressing` and `is_later` is
    true: the first makes it stand out, the second steps back.
    """

    node_id: str
    x: float
    y: float
    width: float
    height: float
    state: str
    fill: str
    frame: str
    texts: tuple[MapText, ...]
    is_pressing: bool
    is_later: bool


@dataclass(frozen=True)
class MapArrow:
    """An arrow along its corners, `role` its colour.

    It has a number only where there is something to say of it, and a badge where it has a state.
    """

    link_id: str
    points: tuple[Point, ...]
    state: str
    role: str
    badge: Point | None
    number: MapText | None
    is_pressing: bool
    is_later: bool


@dataclass(frozen=True)
class MapSign:
    """A state's sign at its middle, with a piece of arrow before it where `line` is not 0.

    `role` is the colour of that piece.
    """

    state: str
    role: str
    x: float
    y: float
    is_pressing: bool
    is_later: bool
    line: float = 0.0


@dataclass(frozen=True)
class MapRow:
    """Where the key tells of an arrow."""

    link_id: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class MapSpec:
    """The whole picture; lengths in the unit of `width`, which is points or pixels.

    `order` names boxes and arrows as they are to be read; `reach` is how far from an arrow's sign
    a finger may be.
    """

    title: str
    alt: str
    width: float
    height: float
    badge: float
    boxes: tuple[MapBox, ...]
    arrows: tuple[MapArrow, ...]
    signs: tuple[MapSign, ...]
    texts: tuple[MapText, ...]
    rows: tuple[MapRow, ...]
    order: tuple[str, ...]
    reach: float


@dataclass(frozen=True)
class Style:
    """The measures of one orientation.

    `box` and `gap` are the least and the most of a box's width and of the room between two;
    `size` is the type size of names, `small` of all else, `badge` the radius of a sign. A detail
    takes up to `detail_lines`; `key_row` is the height of a line of the key, `reach` as in
    `MapSpec`.
    """

    width: float
    most_columns: int
    box: tuple[float, float]
    gap: tuple[float, float]
    row_gap: float
    margin: float
    padding: float
    size: float
    small: float
    badge: float
    key_columns: int
    key_row: float
    detail_lines: int
    reach: float


WIDE = Style(482, 6, (58, 104), (28, 60), 34, 10.4, 5, 8.6, 8, 4.4, 3, 15.3, 3, 14)
TALL = Style(358, 4, (65, 210), (26, 40), 44, 14, 5, 12.5, 12, 6.2, 1, 24.5, 3, 22.5)

_LINES: Mapping[FlowState, str] = {
    FlowState.MET: "quiet",  # what works stays calm, so that the rest is seen
    FlowState.MISSING: "missing",
    FlowState.UNKNOWN: "unknown",
    FlowState.NOT_ASKED: "not_asked",
    FlowState.NOT_APPLICABLE: "not_applicable",
}
"""The role of an arrow's colour."""


def line_role(part: FlowPart) -> str:
    """The role of the colour of an arrow, or of a box's frame where it has to stand out."""
    return "not_applicable" if part.is_later else _LINES[part.state]


def word_role(part: FlowPart) -> str:
    """The role of the colour in which a state is written."""
    return "quiet" if part.is_later else part.state.value


STATES = (
    FlowState.MET,
    FlowState.MISSING,
    FlowState.UNKNOWN,
    FlowState.NOT_ASKED,
    FlowState.NOT_APPLICABLE,
)
"""In the order in which a legend names them."""
