"""Where a layered network stands in a tall, narrow place: inputs on top, a row for every layer, errors at the bottom.

Neurons are capsules with the net input above the output, so that there is room beside them for what is told about each
half; weights stand in bands between the rows.
"""

from collections.abc import Iterator

from bpviz.networks.distances import labelled_edges
from bpviz.networks.skips import Pair, lanes, skips_of
from bpviz.networks.tall_errors import Sketch, error_aside, errors_below, total_error
from bpviz.networks.tall_lanes import Lanes
from bpviz.networks.tall_plan import (
    BAND,
    BOX,
    CHIP,
    ERROR_GAP,
    LETTER,
    MARGIN,
    NEURON,
    NOTE,
    RADIUS,
    RING,
    Plan,
    port,
    port_below,
)
from bpviz.networks.ways import Way, labelled, together, told
from bpviz.networks.wiring import Wiring
from bpviz.telling.chips import Chip, name_above_value
from bpviz.telling.scene import Node, Point, Scene, beside, edge_id, under, widened

TRACK = 14.0
"""The width of a lane beside the rows, for an edge that skips some."""
NUMBER, TERM = 46.0, 86.0
"""The widths of a number of six digits, and of a term of a sum, delta · weight."""


def portrait_scene(wiring: Wiring) -> Scene:
    """Return the scene of a layered network in rows from top to bottom, in model units.

    It is about 370 units wide, 400 with long names of biases: more than three neurons of a layer stand in pairs.
    """
    return _Portrait(wiring).scene()


class _Portrait:
    """Builds the scene from top to bottom."""

    def __init__(self, wiring: Wiring) -> None:
        self.wiring = wiring
        self.plan = Plan.of(wiring)
        self.sketch = Sketch(wiring, self.plan)
        self.lines = [self.plan.lines_of(layer, inputs=not k) for k, layer in enumerate(wiring.layers)]
        self.across = {n: x for k, lines in enumerate(self.lines) for n, x in self.plan.places(lines, inputs=not k)}
        whole = dict.fromkeys(range(len(wiring.layers)), (0.0, self.plan.width))
        self.past = lanes(skips_of(wiring, self.across), whole, TRACK / 2, TRACK)
        self.across |= {wiring.error(n): self.across[n] for n in wiring.outputs}
        self.lanes = Lanes(wiring, self.plan, self.lines, self.across, self.past)
        self.levels: list[tuple[float, float]] = []
        """From where down to where the lines of the last layer that stands already reach."""
        self.running: dict[Pair, tuple[Point, ...]] = {}
        self.labelled = labelled_edges(wiring)

    def scene(self) -> Scene:
        sketch = self.sketch
        for layer, lines in enumerate(self.lines):
            if layer:
                sketch.bottom += self._band(layer)
            self.levels = self._levels(layer)
            for k, line in enumerate(lines):
                sketch.bottom += self.plan.gap if k else 0.0
                self._line(layer, line)
        error_aside(sketch) if len(self.wiring.outputs) == 1 else total_error(sketch, self.lanes, self.levels)
        nodes, edges = tuple(sketch.nodes.values()), tuple(sketch.edges)
        labels = tuple(_labels(self.wiring, self.labelled))
        scene = Scene(self.plan.width, sketch.bottom + MARGIN, nodes, edges, sketch.anchors, labels)
        left = max((TRACK / 2 - x for x in self.past.values()), default=0.0)
        right = max((x + TRACK / 2 - scene.width for x in self.past.values()), default=0.0)
        return widened(scene, max(left, 0.0), max(right, 0.0))

    def _height(self, layer: int) -> float:
        return self.plan.neuron if layer else 2 * RADIUS

    def _line(self, layer: int, line: tuple[str, ...]) -> None:
        """A line of a layer below what stands already, with the errors of outputs."""
        xs, height = [self.across[n] for n in line], self._height(layer)
        for n, x in zip(line, xs, strict=True):
            self.sketch.nodes[n] = self._neuron(n, (x, self.sketch.bottom + height / 2))
        for n, after in zip(line, [*xs[1:], self.plan.width + RING + NEURON / 2], strict=True) if layer else ():
            self._beside(n, after - NEURON / 2)
        self.sketch.bottom += height
        if layer and len(self.wiring.outputs) > 1 and line[0] in self.wiring.outputs:
            errors_below(self.sketch, line)

    def _neuron(self, n: str, middle: Point) -> Node:
        if n in self.wiring.inputs:
            return Node(n, "circle", middle, (2 * RADIUS, 2 * RADIUS), (n,))
        return Node(n, "capsule", middle, (NEURON, self.plan.neuron), (self.wiring.net(n), self.wiring.signal(n)))

    def _levels(self, layer: int, bottom: float | None = None) -> list[tuple[float, float]]:
        """From where down to where each line of a layer reaches, errors included, below what stands already."""
        top = self.sketch.bottom if bottom is None else bottom
        height = self._height(layer)
        if layer == len(self.lines) - 1 and len(self.wiring.outputs) > 1:
            height += ERROR_GAP + BOX[1]
        return [(y, y + height) for k in range(len(self.lines[layer])) for y in [top + k * (height + self.plan.gap)]]

    def _band(self, layer: int) -> float:
        """The edges into a layer from the row above, with their weights; returns the height between the rows.

        Edges that skip rows set out here for their lane, with their weight, or arrive from it.
        """
        here, top = self.wiring.layers[layer], self.sketch.bottom
        pairs = [(s, t) for t in here for s, _ in self.wiring.into(t) if (s, t) not in self.past]
        pairs += [pair for pair in self.past if self.wiring.layer_of(pair[0]) == layer - 1]
        ways = {pair: self._way(pair, top) for pair in pairs}
        crossing = [Way(way[-1][0], 0.0, x, 0.0) for way, x in ways.values()]
        height, places = self._placed(pairs, crossing)
        low = top + height
        for (pair, (way, x)), (place, y) in zip(ways.items(), places, strict=True):
            on_it = pair in self.labelled
            self.sketch.anchors[edge_id(*pair)] = _on(way[-1], (x, low), top + y) if on_it else (place, top + y)
            if pair in self.past:
                self.running[pair] = (*way, (x, low))
        levels = self._levels(layer, low)
        for pair in [pair for pair in (*pairs, *self.past) if pair[1] in here]:
            way = (*self.running[pair], (self.past[pair], top)) if pair in self.past else ways[pair][0]
            start, *via = (*way, *self.lanes.into(pair, levels))
            end = (self._top_port(pair), levels[self.lanes.line[pair[1]]][0])
            self.sketch.edge(*pair, start, end, self.wiring.weights[pair], tuple(via))
        return height

    def _way(self, pair: Pair, top: float) -> tuple[tuple[Point, ...], float]:
        """An edge from its source down to a band, and how far right it leaves the band."""
        aside = self.past.get(pair, self.lanes.enters(pair))
        end = self._top_port(pair) if aside is None else aside
        return (self._port_of(pair), *self.lanes.out_of(pair, self.levels)), end

    def _placed(self, pairs: list[Pair], ways: list[Way]) -> tuple[float, list[Point]]:
        """The height of a band, and where its edges have their weights or what is told of them."""
        within = (2.0, self.plan.width - 2.0)
        if pairs and pairs[0] not in self.labelled:
            return told(ways, together(self.wiring, pairs), BAND, TERM, within)
        return labelled(ways, tuple(_fullest(self.wiring.weights[pair]) for pair in pairs), BAND, within)

    def _port_of(self, pair: Pair) -> Point:
        """Where an edge sets out below its neuron."""
        source, target = pair
        ahead = sorted((t for t, _ in self.wiring.out_of(source)), key=lambda t: self.lanes.start((source, t)))
        return port_below(self.sketch.nodes[source], ahead.index(target), len(ahead))

    def _top_port(self, pair: Pair) -> float:
        """How far right an edge arrives above its neuron."""
        source, target = pair
        behind = sorted((s for s, _ in self.wiring.into(target)), key=lambda s: self.lanes.end((s, target)))
        return self.across[target] + port(behind.index(source), len(behind), NEURON)

    def _beside(self, n: str, next_left: float) -> None:
        """A neuron's anchors: right of it what is told of its halves, left or above those its bias."""
        (x, y), (w, _) = self.sketch.nodes[n].center, self.sketch.nodes[n].size
        outward = self.plan.outward(x)
        right = x + w / 2
        aside = min(right + RING + 1 + NOTE / 2, (right + RING + next_left) / 2)
        if outward < 0:
            aside = x - w / 2 - RING - 1 - NOTE / 2
        step = CHIP[1] + BAND.gap
        stack = [y - step, y, y + step] if self.plan.stacked else [y - step / 2, y + step / 2]
        anchors = self.sketch.anchors
        anchors |= {anchor: (aside, level) for anchor, level in zip(under(n), stack[-2:], strict=True)}
        if n in self.wiring.biases:
            left = x - w / 2 - RING - 1 - BAND.label / 2
            anchors[beside(self.wiring.biases[n], n)] = (aside if self.plan.stacked else left, stack[0])


def _on(start: Point, end: Point, y: float) -> Point:
    """The point of a straight line at a height."""
    (x1, y1), (x2, y2) = start, end
    return x1 + (y - y1) / (y2 - y1) * (x2 - x1), y


def _fullest(name: str) -> float:
    """How wide a weight's chip gets: its name beside the old value."""
    return MARGIN + LETTER * len(name) + NUMBER


def _labels(wiring: Wiring, labelled: frozenset[Pair]) -> Iterator[Chip]:
    yield from (name_above_value(edge_id(*edge), w) for edge, w in wiring.weights.items() if edge in labelled)
    yield from (name_above_value(beside(b, n), b) for n, b in wiring.biases.items())
    yield from (name_above_value(t, t) for t in wiring.targets.values())
