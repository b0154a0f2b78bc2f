"""Where a layered network stands in a tall, narrow place: inputs on top, a row for every layer, errors at the bottom.

Neurons are capsules with the net input above the output, so that there is room beside them for what is told about each
half; weights stand in bands between the rows.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bpviz.networks.bands import Band, place_labels
from bpviz.networks.skips import Pair, lanes, skips_of
from bpviz.networks.wiring import Wiring
from bpviz.telling.chips import Chip, name_above_value
from bpviz.telling.scene import Edge, Node, Point, Scene, beside, edge_id, under, widened

RADIUS = 24.0
NEURON = 54.0
BOX = (60.0, 36.0)
CHIP = (52.0, 35.0)
"""The room of a target, and the height of any chip of two lines."""
BAND = Band()
INPUT_PITCH = 60.0
"""The least distance of inputs."""
PORT = 20.0
"""Between edges that dock beside each other, where there is room."""
MARGIN = 8.0
NARROWEST = 340.0
RING = 7.0
"""How far around a node its ring reaches."""
NOTE = 60.0
"""The width of a usual chip beside a neuron."""
BIAS_ROOM, NOTE_ROOM, LEAST_NOTE_ROOM = 64.0, 63.0, 66.0
ERROR_GAP = 34.0
"""The length of an edge from an output down to its error, and between errors."""
ERROR_ASIDE, ERROR_BESIDE_BIAS = 40.0, 76.0
"""The length of an edge from a single output to its error beside it, and where a bias stands between them."""
TRACK = 14.0
"""The width of a lane beside the rows, for an edge that skips some."""
LETTER, NUMBER = 6.0, 46.0
"""The widths of a letter of a weight's name, and of a number of six digits."""


@dataclass(frozen=True)
class _Plan:
    """What the whole scene has in common: its axis, the width that a row is spread over, and a neuron's height."""

    width: float
    axis: float
    spread: float
    most: int
    neuron: float
    stacked: bool

    @classmethod
    def of(cls, wiring: Wiring) -> "_Plan":
        most = max(map(len, wiring.layers[1:]))
        stacked = bool(wiring.biases) and most > 2
        left, right = (BIAS_ROOM, NOTE_ROOM) if wiring.biases and not stacked else (0.0, LEAST_NOTE_ROOM)
        pitch = left + NEURON + right
        width = max(NARROWEST, most * pitch + MARGIN)
        axis = (width + left - right + MARGIN * (not left)) / 2 if most > 1 else width / 2
        half = MARGIN + RADIUS + INPUT_PITCH * (len(wiring.inputs) - 1) / 2
        row = 3 if stacked else 2
        height = row * CHIP[1] + (row - 2) * BAND.gap + 2
        return cls(max(width, 2 * half), max(axis, half), max(most, 2) * pitch, max(most, 2), height, stacked)

    def xs(self, count: int) -> list[float]:
        """Where so many things stand beside each other: fewer further apart, but not over the whole width."""
        pitch = (self.spread / count + self.spread / max(self.most, count)) / 2
        most = 2 * (self.axis - MARGIN - RADIUS) / max(count - 1, 1)
        return [self.axis + min(pitch, most) * (k - (count - 1) / 2) for k in range(count)]


def portrait_scene(wiring: Wiring) -> Scene:
    """Return the scene of a layered network in rows from top to bottom, in model units.

    Up to three neurons in a row, it is about 370 units wide; more of them make it wider, never closer.
    """
    return _Portrait(wiring).scene()


class _Portrait:
    """Builds the scene from top to bottom."""

    def __init__(self, wiring: Wiring) -> None:
        self.wiring = wiring
        self.plan = _Plan.of(wiring)
        self.nodes: dict[str, Node] = {}
        self.edges: list[Edge] = []
        self.anchors: dict[str, Point] = {}
        self.bottom = MARGIN
        across = {n: x for layer in wiring.layers for n, x in zip(layer, self.plan.xs(len(layer)), strict=True)}
        skips = skips_of(wiring, across)
        whole = dict.fromkeys(range(len(wiring.layers)), (0.0, self.plan.width))
        self.past = lanes(skips, whole, TRACK / 2, TRACK)
        self.running: dict[Pair, tuple[Point, ...]] = {}

    def scene(self) -> Scene:
        for layer in self.wiring.layers:
            self._row(layer)
        single = len(self.wiring.outputs) == 1
        (self._error_aside if single else self._errors_below)()
        nodes, edges = tuple(self.nodes.values()), tuple(self.edges)
        scene = Scene(self.plan.width, self.bottom + MARGIN, nodes, edges, self.anchors, tuple(_labels(self.wiring)))
        left = max((TRACK / 2 - x for x in self.past.values()), default=0.0)
        right = max((x + TRACK / 2 - scene.width for x in self.past.values()), default=0.0)
        return widened(scene, max(left, 0.0), max(right, 0.0))

    def _row(self, layer: tuple[str, ...]) -> None:
        """A layer below what stands already, and the band above it."""
        height = 2 * RADIUS if layer == self.wiring.inputs else self.plan.neuron
        middles = dict(zip(layer, self.plan.xs(len(layer)), strict=True))
        top = self.bottom + self._band(middles) if self.nodes else self.bottom
        for n, x in middles.items():
            self.nodes[n] = self._neuron(n, (x, top + height / 2))
        for n, x in middles.items() if layer != self.wiring.inputs else ():
            after = [other for other in middles.values() if other > x]
            self._beside(n, min(after, default=self.plan.width + RING) - NEURON / 2)
        self.bottom = top + height

    def _neuron(self, n: str, middle: Point) -> Node:
        if n in self.wiring.inputs:
            return Node(n, "circle", middle, (2 * RADIUS, 2 * RADIUS), (n,))
        return Node(n, "capsule", middle, (NEURON, self.plan.neuron), (self.wiring.net(n), self.wiring.signal(n)))

    def _band(self, targets: Mapping[str, float]) -> float:
        """The edges from the row above into `targets`, with their weights; returns the height between the rows.

        Edges that skip rows set out here for their lane, with their weight, or arrive from it.
        """
        pairs = [(s, t) for t in targets for s, _ in self.wiring.into(t) if (s, t) not in self.past]
        layer = self.wiring.layer_of(next(iter(targets)))
        leaving = [pair for pair in self.past if self.wiring.layer_of(pair[0]) == layer - 1]
        all_pairs = pairs + leaving
        starts = [self._port_of(pair, targets) for pair in all_pairs]
        ends = [self._top_port(pair, targets) for pair in pairs] + [self.past[pair] for pair in leaving]
        names = [self.wiring.weights[pair] for pair in all_pairs]
        ways = tuple((start[0], end) for start, end in zip(starts, ends, strict=True))
        within = (2.0, self.plan.width - 2.0)
        height, places = place_labels(ways, tuple(map(_fullest, names)), BAND, within)
        low = self.bottom + height
        for pair, start, end, (_, y) in zip(all_pairs, starts, ends, places, strict=True):
            self.anchors[edge_id(*pair)] = _on(start, (end, low), self.bottom + y)
            if pair in self.past:
                self.running[pair] = (start, (end, low))
            else:
                self._edge(*pair, start, (end, low), self.wiring.weights[pair])
        for pair in (pair for pair in self.past if pair[1] in targets):
            start, bend = self.running[pair]
            via = (bend, (bend[0], self.bottom))
            self._edge(*pair, start, (self._top_port(pair, targets), low), self.wiring.weights[pair], via)
        return height

    def _port_of(self, pair: Pair, targets: Mapping[str, float]) -> Point:
        """Where an edge sets out below its neuron."""
        source, target = pair
        ahead = sorted(
            (t for t, _ in self.wiring.out_of(source)), key=lambda t: self.past.get((source, t), targets.get(t, 0.0))
        )
        return _port_below(self.nodes[source], ahead.index(target), len(ahead))

    def _top_port(self, pair: Pair, targets: Mapping[str, float]) -> float:
        """How far right an edge arrives above its neuron."""
        source, target = pair
        behind = sorted(
            (s for s, _ in self.wiring.into(target)),
            key=lambda s: self.past.get((s, target), self.nodes[s].center[0]),
        )
        return targets[target] + _port(behind.index(source), len(behind), NEURON)

    def _beside(self, n: str, next_left: float) -> None:
        """A neuron's anchors: right of it what is told of its halves, left or above those its bias."""
        (x, y), (w, _) = self.nodes[n].center, self.nodes[n].size
        right = x + w / 2
        aside = min(right + RING + 1 + NOTE / 2, (right + RING + next_left) / 2)
        step = CHIP[1] + BAND.gap
        stack = [y - step, y, y + step] if self.plan.stacked else [y - step / 2, y + step / 2]
        self.anchors |= {anchor: (aside, level) for anchor, level in zip(under(n), stack[-2:], strict=True)}
        if n in self.wiring.biases:
            left = x - w / 2 - RING - 1 - BAND.label / 2
            self.anchors[beside(self.wiring.biases[n], n)] = (aside if self.plan.stacked else left, stack[0])

    def _error_aside(self) -> None:
        """The error of a single output left of it, the target above the error."""
        (n,) = self.wiring.outputs
        (x, y), (w, h) = self.nodes[n].center, self.nodes[n].size
        left = x - w / 2
        bias = n in self.wiring.biases and not self.plan.stacked
        border = left - (ERROR_BESIDE_BIAS if bias else ERROR_ASIDE)
        level = y + h / 4
        box = self._box(self.wiring.loss, (border - BOX[0] / 2, level))
        self._edge(n, box.id, (left, level), (border, level))
        above = level - (BOX[1] + CHIP[1]) / 2 - RING - 1
        self.anchors[self.wiring.targets[n]] = (box.center[0], above)

    def _errors_below(self) -> None:
        """A box for every output's error below it; the total between two of them, below more."""
        middle = self.bottom + ERROR_GAP + BOX[1] / 2
        outputs = self.wiring.outputs
        boxes = []
        for n in outputs:
            x, low = self.nodes[n].center[0], self.bottom
            boxes.append(self._box(self.wiring.error(n), (x, middle)))
            self._edge(n, boxes[-1].id, (x, low), (x, low + ERROR_GAP))
        self.bottom = middle + BOX[1] / 2
        for n, point in zip(outputs, self._targets([box.center for box in boxes]), strict=True):
            self.anchors[self.wiring.targets[n]] = point
        if len(boxes) == 2:
            total = self._box(self.wiring.loss, (self.plan.axis, middle))
            for box, side in zip(boxes, (1, -1), strict=True):
                start, end = box.center[0] + side * BOX[0] / 2, total.center[0] - side * BOX[0] / 2
                self._edge(box.id, total.id, (start, middle), (end, middle))
            return
        total = self._box(self.wiring.loss, (self.plan.axis, middle + BOX[1] + ERROR_GAP))
        top = total.center[1] - BOX[1] / 2
        for k, box in enumerate(boxes):
            end = total.center[0] + _port(k, len(boxes), BOX[0])
            self._edge(box.id, total.id, (box.center[0], self.bottom), (end, top))
        self.bottom = total.center[1] + BOX[1] / 2

    def _targets(self, errors: list[Point]) -> list[Point]:
        """Where targets stand: outside of two errors or, where that is too narrow, below; right of each of more."""
        aside = (BOX[0] + CHIP[0]) / 2 + RING + 1
        if len(errors) > 2:
            return [(x + aside, y) for x, y in errors]
        (x1, y), (x2, _) = errors
        if x1 - aside - CHIP[0] / 2 >= 0 and x2 + aside + CHIP[0] / 2 <= self.plan.width:
            return [(x1 - aside, y), (x2 + aside, y)]
        below = y + (BOX[1] + CHIP[1]) / 2 + RING + 1
        self.bottom = below + CHIP[1] / 2
        return [(x, below) for x, _ in errors]

    def _box(self, name: str, middle: Point) -> Node:
        self.nodes[name] = Node(name, "box", middle, BOX, (name,))
        return self.nodes[name]

    def _edge(
        self, source: str, target: str, start: Point, end: Point, carries: str = "", via: tuple[Point, ...] = ()
    ) -> None:
        self.edges.append(Edge(edge_id(source, target), source, target, start, end, carries, via))


def _port(k: int, count: int, width: float) -> float:
    """How far from a node's middle the k-th of its edges docks."""
    distance = min(PORT, (width - 14) / max(count - 1, 1))
    return distance * (k - (count - 1) / 2)


def _port_below(node: Node, k: int, count: int) -> Point:
    (x, y), (w, h) = node.center, node.size
    aside = _port(k, count, w)
    drop = math.sqrt(RADIUS**2 - aside**2) if node.shape == "circle" else h / 2
    return x + aside, y + drop


def _on(start: Point, end: Point, y: float) -> Point:
    """The point of a straight line at a height."""
    (x1, y1), (x2, y2) = start, end
    return x1 + (y - y1) / (y2 - y1) * (x2 - x1), y


def _fullest(name: str) -> float:
    """How wide a weight's chip gets: its name beside the old value."""
    return MARGIN + LETTER * len(name) + NUMBER


def _labels(wiring: Wiring) -> Iterator[Chip]:
    yield from (name_above_value(edge_id(*edge), w) for edge, w in wiring.weights.items())
    yield from (name_above_value(beside(b, n), b) for n, b in wiring.biases.items())
    yield from (name_above_value(t, t) for t in wiring.targets.values())
