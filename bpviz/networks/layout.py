"""Where a layered network stands: inputs left, split neurons in columns, the outputs' errors and their total right."""

from collections.abc import Iterator
from dataclasses import replace

from bpviz.networks.bands import Band
from bpviz.networks.distances import (
    FEW,
    RADIUS,
    USUAL,
    Layout,
    in_rows,
    labelled_edges,
    labelled_layers,
    meeting,
    roomier,
    rows_of,
)
from bpviz.networks.gaps import staggered
from bpviz.networks.ways import Way, lines_of, lines_told, together, told
from bpviz.networks.wide_edges import LANE, edges_of, gaps_between, lanes_past, spread
from bpviz.networks.wide_labels import on_edges, share_of
from bpviz.networks.wiring import Wiring
from bpviz.telling.chips import Chip, name_above_value, name_and_value
from bpviz.telling.scene import Edge, Node, Point, Scene, beside, edge_id, under

MOST_IN_COLUMN, LEAST_INPUTS = 12, 8
"""More neurons of a layer stand in several columns; so do more inputs than neurons are high, and than this,
where weights have no labels."""
INPUT_PITCH = 2 * RADIUS + 28.0
"""The least distance of inputs whose weights leave room for it; they stand apart in a flatter scene, too."""
RING = 16.0
"""Above and below the inputs, and the targets of several outputs; neurons have what is told of them there."""
COLUMN_GAP = 24.0
"""Between the columns of a layer."""
BAND = Band(clear=21.0, least=132.0, line=90.0, gap=4.0)
"""Between layers whose weights have no labels; a line is as wide as what is told of one of them."""
TOLD = 42.0
"""The height of what is told of a weight, with the room around it."""


def layered_scene(wiring: Wiring, layout: Layout = USUAL) -> Scene:
    """Return the scene of a layered network with an error box for every output, in model units."""
    layout = roomier(layout, wiring)
    grid = _Grid(wiring, layout)
    nodes = [grid.neuron(n) for layer in wiring.layers for n in layer]
    nodes += _errors(wiring, {n.id: n for n in nodes}, grid.middle, layout)
    past = lanes_past(wiring, {n.id: n for n in nodes}, layout)
    height = grid.height
    higher = max(0.0, LANE / 2 - min(past.values(), default=height))
    height = max(height, max(past.values(), default=0.0) + LANE / 2) + higher
    place = {n.id: replace(n, center=(n.center[0], n.center[1] + higher)) for n in nodes}
    past = {pair: lane + higher for pair, lane in past.items()}
    edges = edges_of(wiring, place, past, layout, gaps_between(wiring, grid.lines[0], place, past))
    anchors = _anchors(wiring, place, edges, layout)
    width = max(n.center[0] + n.size[0] / 2 + layout.margin for n in nodes)
    # the chip with the longest number, under an output
    width = max(width, *(anchors[f"{n}.right"][0] + layout.half_chip for n in wiring.outputs))
    return Scene(width, height, tuple(place.values()), edges, anchors, _labels(wiring, layout))


class _Grid:
    """Where inputs and neurons stand."""

    def __init__(self, wiring: Wiring, layout: Layout) -> None:
        self.wiring, self.layout = wiring, layout
        self.labelled = labelled_layers(wiring)
        close = 1 not in self.labelled or meeting(wiring, 1) == 1
        behind = range(1, len(wiring.layers))
        rows = max(min(len(wiring.layers[k]), MOST_IN_COLUMN) for k in behind)
        tall = max(rows_of(wiring, k, layout) * (min(len(wiring.layers[k]), rows) - 1) for k in behind)
        many = len(wiring.inputs) if 1 in self.labelled else max(int(tall // INPUT_PITCH) + 1, LEAST_INPUTS)
        self.lines = [lines_of(layer, MOST_IN_COLUMN if k else many) for k, layer in enumerate(wiring.layers)]
        most = len(self.lines[0][0])
        few = len(wiring.inputs) <= max(rows, FEW) or not close
        steps = most - 1 if len(self.lines[0]) == 1 else most - 0.5
        self.pitch = rows_of(wiring, 0, layout) if few else max(tall / steps, INPUT_PITCH)
        self.inputs = dict(staggered(self.lines[0], 0.0, self.pitch / 2))
        ends = max(self._inputs_end(), self._targets_end())
        self.middle = max(tall / 2 + layout.top, ends)
        self.height = self.middle + max(tall / 2 + layout.bottom, ends)
        self.places = dict(self._places())

    def _inputs_end(self) -> float:
        """From the middle to above the first input."""
        return max(abs(y) for y in self.inputs.values()) + RADIUS + RING

    def _targets_end(self) -> float:
        """From the middle to above the first target of several outputs."""
        steps = len(self.wiring.outputs) - 1
        rows = rows_of(self.wiring, len(self.wiring.layers) - 1, self.layout)
        return rows * steps / 2 + self.layout.above + RING if steps else 0.0

    def neuron(self, n: str) -> Node:
        """Return the circle of an input, or the capsule of a neuron."""
        if n in self.wiring.inputs:
            return Node(n, "circle", self.places[n], (2 * RADIUS, 2 * RADIUS), (n,))
        cells = (self.wiring.net(n), self.wiring.signal(n))
        return Node(n, "capsule", self.places[n], self.layout.capsule, cells)

    def _places(self) -> Iterator[tuple[str, Point]]:
        """Every input and neuron with its middle, from left to right."""
        right = self.layout.margin
        for k, lines in enumerate(self.lines):
            width = self.layout.capsule[0] if k else 2 * RADIUS
            right += self._gap(k) if k else 0.0
            beside_outputs = self.layout.gaps[3] + self.layout.box[0] if k == len(self.lines) - 1 else 0.0
            for j, line in enumerate(lines):
                right += width + (COLUMN_GAP + beside_outputs if j else 0.0)
                for i, n in enumerate(line):
                    down = spread(i, len(line), rows_of(self.wiring, k, self.layout)) if k else self.inputs[n]
                    yield n, (right - width / 2, self.middle + down)

    def _gap(self, k: int) -> float:
        """Between a layer and that before it."""
        first, between, last, _ = self.layout.gaps
        if k not in self.labelled:
            rows = ((self.lines[j], self.layout.row if j else self.pitch) for j in (k - 1, k))
            room = max(max(map(len, lines)) * row - row for lines, row in rows) + 4 * RADIUS
            count = len(self.wiring.layers[k]) if k > 1 else 1
            return BAND.height(lines_told(count, TOLD, room))
        gap = first if k == 1 else last if k == len(self.wiring.layers) - 1 else between
        share = share_of(self.wiring, k, self.layout) if in_rows(self.wiring, k, self.layout) else 0.5
        return max(gap, self.layout.beside_label / min(share, 1 - share))


def _errors(wiring: Wiring, place: dict[str, Node], middle: float, layout: Layout) -> list[Node]:
    """A box for every output's error, right of it, and one for the total; or above a single output's y.

    The total of two stands between them, that of more right of them.
    """
    if layout.error_above and len(wiring.outputs) == 1:
        x, y = place[wiring.outputs[0]].center
        return [_box(wiring.loss, (x + (layout.capsule[0] - layout.box[0]) / 2, y - layout.rise), layout)]
    aside = (layout.capsule[0] + layout.box[0]) / 2 + layout.gaps[3]
    boxes = [_box(wiring.error(n), (place[n].center[0] + aside, place[n].center[1]), layout) for n in wiring.outputs]
    if len(boxes) == 1:
        return boxes
    right = max(box.center[0] for box in boxes) + (layout.box[0] + layout.gaps[3] if len(boxes) > 2 else 0.0)
    return [*boxes, _box(wiring.loss, (right, middle), layout)]


def _box(name: str, center: Point, layout: Layout) -> Node:
    return Node(name, "box", center, layout.box, (name,))


def _anchors(wiring: Wiring, place: dict[str, Node], edges: tuple[Edge, ...], layout: Layout) -> dict[str, Point]:
    anchors = on_edges(edges, wiring, layout)
    for k in frozenset(range(1, len(wiring.layers))) - labelled_layers(wiring):
        anchors |= _told_between(wiring, k, place, edges)
    for n, node in place.items():
        x, y = node.center
        if node.shape == "capsule":
            places = zip(under(n), layout.under, strict=True)
            anchors |= {anchor: (x + aside, y + layout.below) for anchor, aside in places}
        if n in wiring.biases:
            anchors[beside(wiring.biases[n], n)] = (x, y - layout.above)
        if n in wiring.targets:
            x, y = place[wiring.error(n)].center
            outward = layout.above if y > place[wiring.loss].center[1] else -layout.above
            anchors[wiring.targets[n]] = (x, y + outward)
    return anchors


def _told_between(wiring: Wiring, k: int, place: dict[str, Node], edges: tuple[Edge, ...]) -> dict[str, Point]:
    """Where something is told of edges into a layer that have no labels."""
    before, behind = wiring.layers[k - 1 : k + 1]
    left = max(place[n].center[0] + place[n].size[0] / 2 for n in before)
    right = min(place[n].center[0] - place[n].size[0] / 2 for n in behind)
    between = [e for e in edges if e.source in before and e.target in behind]
    last = [e.points[-2] for e in between]
    ways = [Way(y, left - x, e.end[1], e.end[0] - right) for e, (x, y) in zip(between, last, strict=True)]
    ys = [place[n].center[1] for n in (*before, *behind)]
    within = (min(ys) - 2 * RADIUS, max(ys) + 2 * RADIUS)
    _, places = told(
        ways, together(wiring, [(e.source, e.target) for e in between]), replace(BAND, least=right - left), TOLD, within
    )
    return {e.id: (left + x, y) for e, (y, x) in zip(between, places, strict=True)}


def _labels(wiring: Wiring, layout: Layout) -> tuple[Chip, ...]:
    label = name_above_value if layout.stacked else name_and_value
    labelled = labelled_edges(wiring)
    weights = [label(edge_id(*edge), w) for edge, w in wiring.weights.items() if edge in labelled]
    biases = [name_and_value(beside(b, n), b) for n, b in wiring.biases.items()]
    return (*weights, *biases, *(name_and_value(t, t) for t in wiring.targets.values()))
