"""Find a spot on each arrow for its badge and number, clear of boxes, other arrows and badges."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from reports.charts.routes import Grid, Place, Point

_HEAD = 7.0
"""The arrow's head and a little line before it stay visible."""

_SHARES = (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8)

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True)
class Spot:
    """The middle of a badge, and where its number stands.

    A number beside a line is centred on `number_x`; beside an upright one it begins there, or ends
    there where `is_left`. `number_y` is its baseline.
    """

    x: float
    y: float
    number_x: float
    number_y: float
    is_centred: bool
    is_left: bool
    area: Box


@lru_cache(maxsize=64)
def place_badges(
    grid: Grid,
    boxes: tuple[Place, ...],
    ways: tuple[tuple[Point, ...], ...],
    said: tuple[int, ...],
    radius: float,
    size: float,
) -> dict[int, Spot]:
    """Place the badges of some arrows.

    Args:
        grid: Where the boxes stand.
        boxes: The places that hold one.
        ways: Every arrow's corners.
        said: Which arrows get a badge, as indexes of `ways`.
        radius: Of a badge.
        size: The type size of a number.

    Returns:
        For each of those arrows the spot with the fewest collisions; none wherever possible.
    """
    walls = [*(grid.area(place) for place in boxes), *_outside(grid)]
    stretches = [[_thin(a, b) for a, b in pairwise(way)] for way in ways]
    spots: dict[int, Spot] = {}
    shortest_first = sorted(said, key=lambda n: (_length(ways[n]), n))
    for n in shortest_first:
        others = [line for m, lines in enumerate(stretches) if m != n for line in lines]
        taken = [*walls, *others, *(spot.area for spot in spots.values())]
        spots[n] = _clearest(ways[n], taken, radius, size)
    return spots


def _clearest(way: Sequence[Point], taken: Sequence[Box], radius: float, size: float) -> Spot:
    """The first spot on an arrow that meets nothing, else the one that shares least.

    The longest stretch comes first, and on each the middle.
    """
    stretches = list(pairwise(way))
    around = radius + 2 * size
    found: list[tuple[float, Spot]] = []
    for start, end in sorted(stretches, key=lambda ends: -_length(ends)):
        left, top, right, bottom = _thin(start, end)
        area = (left - around, top - around, right + around, bottom + around)
        near = [other for other in taken if _meet(area, other)]
        head = _HEAD if end == way[-1] else 2
        for spot in _candidates(start, end, head, radius, size):
            shared = sum(_meet(spot.area, other) for other in near)
            if shared == 0:
                return spot
            found.append((shared, spot))
    return min(found, key=lambda pair: pair[0])[1]


def _outside(grid: Grid) -> tuple[Box, Box, Box, Box]:
    """What lies around the map, on its four sides."""
    left, top = grid.lefts[0] - grid.margin, grid.tops[0] - grid.margin
    right = grid.lefts[-1] + grid.box_width + grid.margin
    bottom = grid.tops[-1] + grid.heights[-1] + grid.margin
    far = 1e4
    return (
        (-far, -far, left, far),
        (right, -far, far, far),
        (-far, -far, far, top),
        (-far, bottom, far, far),
    )


def _candidates(
    start: Point, end: Point, head: float, radius: float, size: float
) -> Iterator[Spot]:
    """Spots on a stretch, the best first; `head` is what stays free at its end."""
    length = _length((start, end))
    first, last = radius + 2, length - radius - head
    for share in _SHARES:
        at = min(max(share * length, first), last) if first < last else length / 2
        x = start[0] + (end[0] - start[0]) * at / length
        y = start[1] + (end[1] - start[1]) * at / length
        beside = _beside_flat if start[1] == end[1] else _beside_upright
        yield from beside(x, y, radius, size)


def _beside_flat(x: float, y: float, radius: float, size: float) -> Iterator[Spot]:
    half = max(radius, size * 0.56)
    above = (x - half, y - radius - size, x + half, y + radius)
    yield Spot(x, y, x, y - radius - 2, is_centred=True, is_left=False, area=above)
    below = (x - half, y - radius, x + half, y + radius + size)
    yield Spot(x, y, x, y + radius + size * 0.82, is_centred=True, is_left=False, area=below)


def _beside_upright(x: float, y: float, radius: float, size: float) -> Iterator[Spot]:
    wide, base = size * 1.15 + 2, y + size * 0.34
    right = (x - radius, y - radius, x + radius + wide, y + radius)
    yield Spot(x, y, x + radius + 2, base, is_centred=False, is_left=False, area=right)
    left = (x - radius - wide, y - radius, x + radius, y + radius)
    yield Spot(x, y, x - radius - 2, base, is_centred=False, is_left=True, area=left)


def _length(way: Sequence[Point]) -> float:
    return sum(abs(a[0] - b[0]) + abs(a[1] - b[1]) for a, b in pairwise(way))


def _thin(a: Point, b: Point) -> Box:
    return min(a[0], b[0]) - 1, min(a[1], b[1]) - 1, max(a[0], b[0]) + 1, max(a[1], b[1]) + 1


def _meet(one: Box, other: Box) -> float:
    """How much two areas share."""
    if one[0] >= other[2] or other[0] >= one[2] or one[1] >= other[3] or other[1] >= one[3]:
        return 0.0
    wide = min(one[2], other[2]) - max(one[0], other[0])
    return wide * (min(one[3], other[3]) - max(one[1], other[1]))
