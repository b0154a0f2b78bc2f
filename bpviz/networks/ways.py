"""Where edges between two layers have their labels or, where they are too many for that, what is told of one."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from bpviz.networks.bands import Band, place_labels
from bpviz.networks.skips import Pair
from bpviz.networks.wiring import Wiring
from bpviz.telling.scene import Point

FILLED = 0.75
"""Of a line, at most: so what is told need not stand far from its edge."""
ROUNDS = 2
"""How often a band and the way of edges across it are fitted to each other; each takes time."""


@dataclass(frozen=True)
class Way:
    """An edge: at which x it begins, how far above a band, and at which x and how far below it ends."""

    start: float
    above: float
    end: float
    below: float

    def at(self, y: float, height: float) -> float:
        """Return at which x the edge is in a band of a height, y below its top."""
        return self.start + (y + self.above) / (height + self.above + self.below) * (self.end - self.start)


def labelled(
    ways: Sequence[Way], widths: tuple[float, ...], band: Band, within: tuple[float, float]
) -> tuple[float, list[Point]]:
    """Return the height of the band and where each edge has its label, which is always there: on it (see `bands`)."""
    lines = ceil(sum(widths) / (within[1] - within[0]))
    height = band.height(lines)
    points: tuple[Point, ...] = ()
    for _ in range(ROUNDS):
        before = height
        crossing = tuple((way.at(0.0, height), way.at(height, height)) for way in ways)
        height, points = place_labels(crossing, widths, band, within)
        if height == before:
            break
    return height, [(way.at(y, height), y) for way, (_, y) in zip(ways, points, strict=True)]


def together(wiring: Wiring, pairs: Sequence[Pair]) -> list[Pair | str]:
    """Return for each edge what is told at the same time: of a neuron all that comes back, of an input one by one."""
    return [pair if pair[0] in wiring.inputs else pair[0] for pair in pairs]


def told(
    ways: Sequence[Way], sources: Sequence[Hashable], band: Band, width: float, within: tuple[float, float]
) -> tuple[float, list[Point]]:
    """Return the height of the band and a place near each edge; those of edges told together are side by side.

    `sources`: alike for edges that are told together. `width`: of what is told.
    """
    most = max(map(list(sources).count, sources))
    lines = lines_told(most, width, within[1] - within[0])
    height = band.height(lines)
    places: dict[int, Point] = {}
    for source in dict.fromkeys(sources):
        own = sorted((k for k, s in enumerate(sources) if s == source), key=lambda k: ways[k].at(height / 2, height))
        for line in range(lines):
            here, y = own[line::lines], band.middle(line, lines)
            xs = apart([ways[k].at(y, height) for k in here], width, within)
            places |= {k: (x, y) for k, x in zip(here, xs, strict=True)}
    return height, [places[k] for k in range(len(ways))]


def lines_of(layer: tuple[str, ...], most: int) -> list[tuple[str, ...]]:
    """Return a layer in as few lines of at most `most` as can be, equally long but for one."""
    count = ceil(len(layer) / most)
    bounds = [round(len(layer) * k / count) for k in range(count + 1)]
    return [layer[a:b] for a, b in pairwise(bounds)]


def lines_told(count: int, width: float, room: float) -> int:
    """Return how many lines it takes to tell so much, each of a width, side by side."""
    return ceil(count * width / room / FILLED)


def apart(wanted: Sequence[float], least: float, within: tuple[float, float]) -> list[float]:
    """Return places at least so far apart, in the same order and inside of borders, close to where they are wanted."""
    places, free = list[float](), within[0] + least / 2
    for place in wanted:
        places.append(max(place, free))
        free = places[-1] + least
    free = within[1] - least / 2
    for k in reversed(range(len(places))):
        places[k] = min(places[k], free)
        free = places[k] - least
    return places
