"""Labels between two rows of neurons: each on its edge, in as few lines as keep them apart."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import NamedTuple

Point = tuple[float, float]
Line = tuple[Point, Point]

KEPT = 40
"""How many ways to share out the labels are followed at a time."""
HEIGHT_COSTS = 0.8
"""What a unit of height costs, in units of edges that labels hide."""
LOPSIDED_COSTS = 0.3
"""What a unit costs by which labels stand more to one side."""
STRETCHES = (0.0, 16.0, 32.0)
"""How much higher than its lines a band may be, so that they keep to where edges are further apart."""
MANY = 12
"""Of more edges, labels stand in a band that is no higher than its lines: to look for better takes seconds."""


@dataclass(frozen=True)
class Band:
    """The room between two rows.

    `clear`: above and below the lines, for arrowheads. `least`: the height of any band. `line`: a label's height.
    `gap`: between lines and between labels. `label`: the width of a label at rest; widths at their fullest are given
    with the edges.
    """

    clear: float = 22.0
    least: float = 78.0
    line: float = 35.0
    gap: float = 4.0
    label: float = 44.0

    def height(self, lines: int) -> float:
        """Return the least height of a band with so many lines of labels."""
        return max(2 * self.clear + lines * (self.line + self.gap) - self.gap, self.least)

    def middle(self, line: int, lines: int) -> float:
        """Return the middle of one of so many lines, from the top of a band of that height."""
        return self.height(lines) / 2 + (line - (lines - 1) / 2) * (self.line + self.gap)


@lru_cache
def place_labels(
    edges: tuple[tuple[float, float], ...], widths: tuple[float, ...], band: Band, within: tuple[float, float]
) -> tuple[float, tuple[Point, ...]]:
    """Return the height of the band and where each edge carries its label, from the top of the band.

    `edges`: where each begins above and ends below; `widths`: of their labels at their fullest; `within`: from where to
    where labels may reach. Labels that share a line are apart at their fullest; at rest they hide as little of other
    edges as can be had without much height.
    """
    best: _Way | None = None
    stretches = STRETCHES if len(edges) <= MANY else STRETCHES[:1]
    least = math.ceil(sum(widths) / (within[1] - within[0])) if edges else 0
    for lines in range(max(least, 1), len(edges) + 1):
        if best and HEIGHT_COSTS * band.height(lines) >= best.cost:
            break
        for stretch in stretches:
            for above in sorted({0.0, stretch}):
                way = _Lines(edges, widths, band, within, lines, stretch, above).best()
                best = min(filter(None, (best, way)), key=lambda way: way.cost, default=None)
    return (best.height, best.points) if best else (band.height(0), ())


class _Way(NamedTuple):
    cost: float
    height: float
    points: tuple[Point, ...]


@dataclass(frozen=True)
class _Lines:
    """So many lines in a band that is higher by `stretch`, `above` of which is above them."""

    edges: tuple[tuple[float, float], ...]
    widths: tuple[float, ...]
    band: Band
    within: tuple[float, float]
    lines: int
    stretch: float
    above: float

    def best(self) -> _Way | None:
        """The best way to share out the labels; None: they do not fit."""
        height = self.band.height(self.lines) + self.stretch
        spots = [[self._spot(edge, line, height) for line in range(self.lines)] for edge in self.edges]
        drawn: list[Line] = [((start, 0.0), (end, height)) for start, end in self.edges]
        costs = [
            [_hidden(spot, drawn[:k] + drawn[k + 1 :], self.widths[k], self.band) for spot in spots[k]]
            for k in range(len(drawn))
        ]
        order = sorted(range(len(drawn)), key=lambda k: (sum(self.edges[k]), self.edges[k]))
        middle = sum(map(sum, self.edges)) / 2 / len(drawn)
        ways = []
        for cost, chosen in _search(order, self.lines, costs, self._neighbours(spots)):
            points = tuple(spots[k][chosen[k]] for k in range(len(drawn)))
            aside = abs(sum(x - middle for x, _ in points))
            ways.append(_Way(cost + LOPSIDED_COSTS * aside + HEIGHT_COSTS * height, height, points))
        return min(ways, default=None)

    def _spot(self, edge: tuple[float, float], line: int, height: float) -> Point:
        y = self.above + self.band.middle(line, self.lines)
        return edge[0] + y / height * (edge[1] - edge[0]), y

    def _neighbours(self, spots: list[list[Point]]) -> set[tuple[int, int, int]]:
        """Every (edge, edge, line) whose labels fit side by side, each as far aside as the borders ask for."""
        left, right = self.within
        inside = [
            [min(max(x, left + width / 2), right - width / 2) for x, _ in places]
            for places, width in zip(spots, self.widths, strict=True)
        ]
        found = set()
        for (one, a), (other, b) in product(enumerate(inside), repeat=2):
            least = (self.widths[one] + self.widths[other]) / 2 + self.band.gap
            found |= {(one, other, line) for line in range(self.lines) if abs(a[line] - b[line]) >= least}
        return found


def _search(
    order: Sequence[int], lines: int, costs: list[list[float]], neighbours: set[tuple[int, int, int]]
) -> list[tuple[float, dict[int, int]]]:
    """Cheap ways to choose a line for each edge such that all on one line fit side by side."""
    ways: list[tuple[float, dict[int, int]]] = [(0.0, {})]
    for edge in order:
        longer = [
            (cost + costs[edge][line], {**chosen, edge: line})
            for (cost, chosen), line in product(ways, range(lines))
            if all((edge, other, line) in neighbours for other, taken in chosen.items() if taken == line)
        ]
        ways = sorted(longer, key=lambda way: (way[0], list(way[1].values())))[:KEPT]
    return ways


def _hidden(spot: Point, others: Sequence[Line], width: float, band: Band) -> float:
    """How much of other edges a label there hides: at rest, and to a tenth at its fullest."""
    shares = ((band.label, 1.0), (width, 0.1))
    return sum(share * length_inside(line, spot, (wide, band.line)) for wide, share in shares for line in others)


def length_inside(line: Line, middle: Point, size: tuple[float, float]) -> float:
    """Return how much of a line lies inside a box."""
    first, last = 0.0, 1.0
    for start, end, centre, extent in zip(*line, middle, size, strict=True):
        low, high, way = centre - extent / 2, centre + extent / 2, end - start
        if way:
            meets = sorted(((low - start) / way, (high - start) / way))
            first, last = max(first, meets[0]), min(last, meets[1])
        elif not low <= start <= high:
            return 0.0
    return max(last - first, 0.0) * math.dist(*line)
