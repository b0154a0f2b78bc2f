"""The edges of a layered network from left to right: where they dock, and how they bend past layers."""

import math
from collections.abc import Mapping

from bpviz.networks.distances import RADIUS, Layout
from bpviz.networks.gaps import Gaps, Lines
from bpviz.networks.skips import Pair, lanes, skips_of
from bpviz.networks.wiring import Wiring
from bpviz.telling.scene import Edge, Node, Point, edge_id

LANE = 50.0
"""Between an edge that skips layers and what else runs or stands there: chips of two lines have room."""
BEND = 20.0
"""How far before and behind a neuron an edge past it bends."""
CLEAR = 10.0
"""So far from the circle of an input an edge keeps at least; a flatter scene leaves some of it."""


def lanes_past(wiring: Wiring, place: Mapping[str, Node], layout: Layout) -> dict[Pair, float]:
    """Return at which height each edge that skips layers runs past them."""
    border = {}
    for k, layer in enumerate(wiring.layers):
        above = layout.above + LANE / 2 if wiring.biases.keys() & set(layer) else layout.capsule[1] / 2
        ys = [place[n].center[1] for n in layer]
        border[k] = (min(ys) - above, max(ys) + layout.below + LANE / 2)
    skips = skips_of(wiring, {n: place[n].center[1] for layer in wiring.layers for n in layer})
    return lanes(skips, border, LANE / 2, LANE)


def gaps_between(
    wiring: Wiring, columns: Lines, place: Mapping[str, Node], past: Mapping[Pair, float]
) -> dict[Pair, tuple[Point, ...]]:
    """Return where edges of inputs in several columns bend to pass the columns right of their own."""
    ys = {n: place[n].center[1] for n in wiring.inputs}
    half = (ys[columns[0][1]] - ys[columns[0][0]]) / 2 if len(columns) > 1 else 0.0
    ends = {pair: past.get(pair, place[pair[1]].center[1]) for pair in wiring.weights if pair[0] in ys}
    lanes = Gaps(columns, ys, half, 2 * (half - RADIUS - CLEAR)).passing(ends)
    xs = [place[line[0]].center[0] for line in columns]
    return {
        pair: tuple((x + side, y) for x, y in zip(xs[-len(lane) :], lane, strict=True) for side in (-RADIUS, RADIUS))
        for pair, lane in lanes.items()
    }


def edges_of(
    wiring: Wiring,
    place: Mapping[str, Node],
    past: Mapping[Pair, float],
    layout: Layout,
    gaps: Mapping[Pair, tuple[Point, ...]],
) -> tuple[Edge, ...]:
    """Return the edges between nodes in their places.

    `past`: at which height those run that skip layers; `gaps`: where those bend that pass columns of inputs.
    """

    def height(pair: Pair, end: str) -> float:
        if pair in gaps and end == pair[0]:
            return gaps[pair][-1][1]
        return past.get(pair, place[end].center[1])

    edges = []
    for (source, target), weight in wiring.weights.items():
        a, b = place[source], place[target]
        ahead = sorted((t for t, _ in wiring.out_of(source)), key=lambda t: height((source, t), t))
        behind = sorted((s for s, _ in wiring.into(target)), key=lambda s: height((s, target), s))
        start = _port(a, _dock(a, ahead.index(target), len(ahead), layout.port), side=1)
        end = _port(b, _dock(b, behind.index(source), len(behind), layout.port), side=-1)
        via = gaps.get((source, target), ())
        if (source, target) in past:
            via += _bends(wiring, place, (source, target), past[source, target])
        edges.append(Edge(edge_id(source, target), source, target, start, end, weight, via))
    total = place[wiring.loss]
    for n in wiring.outputs:
        a, b = place[n], place[wiring.error(n)]
        edges.append(Edge(edge_id(n, b.id), n, b.id, *_to_error(a, b)))
        if b is total:
            continue
        edges.append(Edge(edge_id(b.id, total.id), b.id, total.id, *_to_total(b, total)))
    return tuple(edges)


def _to_total(error: Node, total: Node) -> tuple[Point, Point]:
    """From an output's error to the total, which stands above it or below, or right of it."""
    (ax, ay), (bx, by) = error.center, total.center
    if bx > ax:
        return _port(error, 0, 1), _port(total, math.copysign(min(abs(ay - by) / 8, total.size[1] / 3), ay - by), -1)
    down = math.copysign(total.size[1] / 2, by - ay)
    return (ax, ay + down), (bx, by - down)


def _bends(wiring: Wiring, place: Mapping[str, Node], pair: Pair, level: float) -> tuple[Point, Point]:
    """Where an edge past layers bends: before the first of them and behind the last."""
    first, last = (wiring.layers[wiring.layer_of(n) + beside] for n, beside in zip(pair, (1, -1), strict=True))
    left = min(place[n].center[0] - place[n].size[0] / 2 for n in first)
    right = max(place[n].center[0] + place[n].size[0] / 2 for n in last)
    return (left - BEND, level), (right + BEND, level)


def _to_error(output: Node, error: Node) -> tuple[Point, Point]:
    """From an output to its error, which stands right of it or above."""
    x, y = error.center
    if x > output.center[0] + output.size[0] / 2:
        return _port(output, 0, 1), _port(error, 0, -1)
    return (x, output.center[1] - output.size[1] / 2), (x, y + error.size[1] / 2)


def spread(k: int, n: int, distance: float) -> float:
    """Return how far from the middle the k-th of n things stands."""
    return distance * (k - (n - 1) / 2)


def _dock(node: Node, k: int, n: int, distance: float) -> float:
    """How far below the middle of a node the k-th of n edges docks; where they are many, they stand closer."""
    return spread(k, n, docks_apart(node.shape == "circle", node.size[1], n, distance))


def docks_apart(circle: bool, height: float, n: int, distance: float) -> float:
    """Return how far apart n edges dock on a side of a node; on a circle they keep clear of those above and below."""
    return min(distance, (0.6 if circle else 0.9) * height / max(n - 1, 1))


def _port(node: Node, offset: float, side: int) -> Point:
    """The point on the node's border where an edge docks: `side` 1 = right, -1 = left; `offset` below the middle."""
    half = math.sqrt(RADIUS**2 - offset**2) if node.shape == "circle" else node.size[0] / 2
    return node.center[0] + side * half, node.center[1] + offset
