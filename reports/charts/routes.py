"""Lead arrows between boxes on a grid: along straight lines, around every box, apart from another.

The boxes stand in columns and rows with gutters between them. An arrow runs along tracks in the
gutters and through the middle of empty places; the cheapest way wins (A*), where bends,
crossings and stretches that another arrow already takes cost extra. The same boxes and arrows
always give the same ways.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import heapify, heappop, heappush
from itertools import pairwise

Point = tuple[float, float]
Place = tuple[int, int]
"""A column and a row, both from 0."""

_Node = tuple[int, int]
_Direction = tuple[int, int]
_State = tuple[_Node, _Direction]
_RIGHT, _LEFT, _DOWN, _UP = (1, 0), (-1, 0), (0, 1), (0, -1)

_BEND = 26.0
_CROSSING = 45.0
_TOUCHING = 160.0
_SHARED = 500.0
_OFF_CENTRE = 5.0
_TAKEN_PORT = 400.0
_AT_THE_HEAD = 20.0  # a bend right before the arrow's head


@dataclass(frozen=True)
class Grid:
    """Where columns and rows begin, and how large boxes are; lengths in the picture's unit.

    All boxes are as wide, those of a row as high as each other. `margin` is the room around the
    outermost boxes.
    """

    lefts: tuple[float, ...]
    tops: tuple[float, ...]
    box_width: float
    heights: tuple[float, ...]
    margin: float

    def area(self, place: Place) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of a place."""
        left, top = self.lefts[place[0]], self.tops[place[1]]
        return left, top, left + self.box_width, top + self.heights[place[1]]


@lru_cache(maxsize=64)
def routes(
    grid: Grid, boxes: tuple[Place, ...], arrows: tuple[tuple[Place, Place], ...]
) -> tuple[tuple[Point, ...], ...]:
    """Find the way of every arrow.

    Args:
        grid: Columns, rows and the size of the boxes.
        boxes: The places that hold a box.
        arrows: From which place to which, for each arrow.

    Returns:
        For each arrow its corners, from the edge of one box to the edge of the other.
    """
    router = _Router(grid, frozenset(boxes))
    found: dict[int, tuple[Point, ...]] = {}
    by_length = sorted(range(len(arrows)), key=lambda n: (_steps(*arrows[n]), n))
    for number in by_length:
        found[number] = router.lead(*arrows[number])
    return tuple(found[number] for number in range(len(arrows)))


def _steps(start: Place, end: Place) -> int:
    return abs(start[0] - end[0]) + abs(start[1] - end[1])


@dataclass(frozen=True)
class _Port:
    """Where an arrow may leave or reach a box: the edge, the node before it, the way outward."""

    edge: Point
    node: _Node
    outward: _Direction
    cost: float


class _Router:
    def __init__(self, grid: Grid, boxes: frozenset[Place]) -> None:
        self._grid = grid
        across = [(left, left + grid.box_width) for left in grid.lefts]
        down = [(top, top + h) for top, h in zip(grid.tops, grid.heights, strict=True)]
        self._xs = _tracks(across, grid.margin, apart=7)
        self._ys = _tracks(down, grid.margin, apart=9)
        self._blocked = frozenset(
            (i, j)
            for column, row in boxes
            for i in _inside(self._xs, across[column])
            for j in _inside(self._ys, down[row])
        )
        self._edges: set[tuple[_Node, _Node]] = set()
        self._passed: set[_Node] = set()
        self._turned: set[_Node] = set()
        self._ports: set[Point] = set()

    def lead(self, start: Place, end: Place) -> tuple[Point, ...]:
        leaving = list(self._ports_of(start))
        reaching = {port.node: port for port in self._ports_of(end)}
        nodes, first, last = self._cheapest(leaving, reaching, self._distances(end))
        self._take(nodes, first, last)
        points = [first.edge, *((self._xs[i], self._ys[j]) for i, j in nodes), last.edge]
        return tuple(_corners(points))

    def _ports_of(self, place: Place) -> Iterator[_Port]:
        """Three places on each side of a box, the middle one preferred."""
        left, top, right, bottom = self._grid.area(place)
        columns, rows = _inside(self._xs, (left, right)), _inside(self._ys, (top, bottom))
        for outward in (_RIGHT, _LEFT, _DOWN, _UP):
            for rank, i in enumerate(columns if outward[0] == 0 else rows):
                if outward[0] == 0:
                    j = rows[-1] + 1 if outward == _DOWN else rows[0] - 1
                    node, edge = (i, j), (self._xs[i], bottom if outward == _DOWN else top)
                else:
                    j = columns[-1] + 1 if outward == _RIGHT else columns[0] - 1
                    node, edge = (j, i), (right if outward == _RIGHT else left, self._ys[i])
                cost = (0.0 if rank == 1 else _OFF_CENTRE) + (
                    _TAKEN_PORT if edge in self._ports else 0.0
                )
                yield _Port(edge, node, outward, cost)

    def _distances(self, place: Place) -> Callable[[_Node], float]:
        """How far each node is from a box, which is the least that the way there can cost."""
        left, top, right, bottom = self._grid.area(place)
        across = [max(left - x, 0.0, x - right) for x in self._xs]
        down = [max(top - y, 0.0, y - bottom) for y in self._ys]
        # From the last node into the box costs nothing, so the way to that node is what counts.
        reach = min(n for n in across if n > 0), min(n for n in down if n > 0)
        spare = max(reach)
        return lambda node: max(across[node[0]] + down[node[1]] - spare, 0.0)

    def _cheapest(
        self,
        leaving: Sequence[_Port],
        reaching: Mapping[_Node, _Port],
        distance: Callable[[_Node], float],
    ) -> tuple[list[_Node], _Port, _Port]:
        """The cheapest way from one of the ports to one of the others.

        There always is one: gutters run around every box, and around all of them.
        """
        cheapest = {(port.node, port.outward): port.cost for port in leaving}
        came: dict[_State, _State | _Port] = {(port.node, port.outward): port for port in leaving}
        queue = [(cost + distance(at[0]), cost, at) for at, cost in cheapest.items()]
        heapify(queue)
        goal, whole = queue[0][2], float("inf")
        while queue and queue[0][0] < whole:
            _, cost, state = heappop(queue)
            if cost > cheapest[state]:
                continue
            arriving = cost + _arrival(reaching.get(state[0]), state[1])
            if arriving < whole:
                goal, whole = state, arriving
            for following, step in self._steps(*state):
                if cost + step < cheapest.get(following, float("inf")):
                    cheapest[following] = cost + step
                    came[following] = state
                    heappush(queue, (cost + step + distance(following[0]), cost + step, following))
        nodes, before = [goal[0]], came[goal]
        while not isinstance(before, _Port):
            nodes.append(before[0])
            before = came[before]
        return nodes[::-1], before, reaching[goal[0]]

    def _steps(self, node: _Node, direction: _Direction) -> Iterator[tuple[_State, float]]:
        """Where one may go on, and what that costs."""
        for turned in (_RIGHT, _LEFT, _DOWN, _UP):
            if turned == (-direction[0], -direction[1]):
                continue
            following = (node[0] + turned[0], node[1] + turned[1])
            if not self._is_free(following):
                continue
            length = abs(self._xs[following[0]] - self._xs[node[0]]) + abs(
                self._ys[following[1]] - self._ys[node[1]]
            )
            cost = length + (_BEND if turned != direction else 0.0)
            if (node, following) in self._edges:
                cost += _SHARED
            if following in self._turned:
                cost += _TOUCHING
            elif following in self._passed:
                cost += _CROSSING
            yield (following, turned), cost

    def _is_free(self, node: _Node) -> bool:
        i, j = node
        return 0 <= i < len(self._xs) and 0 <= j < len(self._ys) and node not in self._blocked

    def _take(self, nodes: Sequence[_Node], first: _Port, last: _Port) -> None:
        self._edges.update(pairwise(nodes))
        self._edges.update(pairwise(nodes[::-1]))
        self._passed.update(nodes)
        self._turned.update(
            here
            for before, here, after in zip(nodes, nodes[1:], nodes[2:], strict=False)
            if before[0] != after[0] and before[1] != after[1]
        )
        self._ports.update((first.edge, last.edge))


def _arrival(port: _Port | None, direction: _Direction) -> float:
    """What it costs to enter a box here; infinite where there is no port, or no room to turn."""
    if port is None or direction == port.outward:
        return float("inf")
    is_straight = (-direction[0], -direction[1]) == port.outward
    return port.cost + (0.0 if is_straight else _BEND + _AT_THE_HEAD)


def _tracks(spans: Sequence[tuple[float, float]], margin: float, apart: float) -> list[float]:
    """Where arrows may run across one direction: three lines in each span, and the gutters'."""
    inside = [a + (b - a) * share for a, b in spans for share in (0.25, 0.5, 0.75)]
    gutters = [spans[0][0] - margin / 2, spans[-1][1] + margin / 2]
    for (_, one), (following, _) in pairwise(spans):
        middle = (one + following) / 2
        beside = (-apart, 0.0, apart) if following - one > 3 * apart else (0.0,)
        gutters.extend(middle + shift for shift in beside)
    return sorted({*inside, *gutters})


def _inside(tracks: Sequence[float], span: tuple[float, float]) -> list[int]:
    return [n for n, at in enumerate(tracks) if span[0] <= at <= span[1]]


def _corners(points: Sequence[Point]) -> Iterator[Point]:
    """The first, the last, and each point at which the way turns."""
    yield points[0]
    for before, here, after in zip(points, points[1:], points[2:], strict=False):
        runs_on = (before[0] == here[0] == after[0]) or (before[1] == here[1] == after[1])
        if not runs_on:
            yield here
    yield points[-1]
