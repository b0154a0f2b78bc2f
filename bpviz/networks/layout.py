"""Where a layered network stands: inputs left, split neurons in columns, the outputs' errors and their total right."""

import math
from collections.abc import Mapping
from dataclasses import replace

from bpviz.networks.distances import CROWDED, RADIUS, USUAL, Layout, even_share, meeting, roomier
from bpviz.networks.skips import Pair, lanes, skips_of
from bpviz.networks.wiring import Wiring
from bpviz.telling.chips import Chip, name_above_value, name_and_value
from bpviz.telling.scene import Edge, Node, Point, Scene, beside, edge_id, under

EVEN = (0.5, 0.31)
UNEVEN = (0.35, 0.65)
LANE = 50.0
"""Between an edge that skips layers and what else runs or stands there: chips of two lines have room."""
BEND = 20.0
"""How far before and behind a neuron an edge past it bends."""


def layered_scene(wiring: Wiring, layout: Layout = USUAL) -> Scene:
    """Return the scene of a layered network with an error box for every output, in model units."""
    layout = roomier(layout, wiring)
    columns = _columns(wiring, layout)
    middle = layout.top + layout.row * (max(map(len, wiring.layers)) - 1) / 2
    nodes = [
        _neuron(wiring, n, (x, middle + layout.row * (k - (len(layer) - 1) / 2)), layout)
        for layer, x in zip(wiring.layers, columns, strict=False)
        for k, n in enumerate(layer)
    ]
    nodes += _errors(wiring, {n.id: n for n in nodes}, (columns[-1], middle), layout)
    past = _lanes(wiring, {n.id: n for n in nodes}, layout)
    height = 2 * middle - layout.top + layout.bottom
    higher = max(0.0, LANE / 2 - min(past.values(), default=height))
    height = max(height, max(past.values(), default=0.0) + LANE / 2) + higher
    place = {n.id: replace(n, center=(n.center[0], n.center[1] + higher)) for n in nodes}
    edges = _edges(wiring, place, {pair: lane + higher for pair, lane in past.items()}, layout)
    anchors = _anchors(wiring, place, edges, layout)
    width = max(n.center[0] + n.size[0] / 2 + layout.margin for n in nodes)
    # the chip with the longest number, under an output
    width = max(width, *(anchors[f"{n}.right"][0] + layout.half_chip for n in wiring.outputs))
    return Scene(width, height, tuple(place.values()), edges, anchors, _labels(wiring, layout))


def _columns(wiring: Wiring, layout: Layout) -> list[float]:
    """The x of every layer's centre, then of the errors."""
    first, between, last, errors = layout.gaps
    xs = [layout.margin + RADIUS]
    right = layout.margin + 2 * RADIUS
    for k in range(1, len(wiring.layers)):
        gap = first if k == 1 else last if k == len(wiring.layers) - 1 else between
        share = _even_share(wiring, k, layout) if meeting(wiring, k) >= CROWDED else 0.5
        gap = max(gap, layout.beside_label / min(share, 1 - share))
        right += gap + layout.capsule[0]
        xs.append(right - layout.capsule[0] / 2)
    return [*xs, right + errors + layout.box[0] / 2]


def _neuron(wiring: Wiring, name: str, center: Point, layout: Layout) -> Node:
    if name in wiring.inputs:
        return Node(name, "circle", center, (2 * RADIUS, 2 * RADIUS), (name,))
    return Node(name, "capsule", center, layout.capsule, (wiring.net(name), wiring.signal(name)))


def _errors(wiring: Wiring, place: dict[str, Node], center: Point, layout: Layout) -> list[Node]:
    """A box for every output's error, around `center`, and one for the total; or above a single output's y.

    The total of two stands between them, that of more right of them.
    """
    if layout.error_above and len(wiring.outputs) == 1:
        x, y = place[wiring.outputs[0]].center
        return [_box(wiring.loss, (x + (layout.capsule[0] - layout.box[0]) / 2, y - layout.rise), layout)]
    boxes = [_box(wiring.error(n), (center[0], place[n].center[1]), layout) for n in wiring.outputs]
    aside = layout.box[0] + layout.gaps[3] if len(boxes) > 2 else 0.0
    return [*boxes, _box(wiring.loss, (center[0] + aside, center[1]), layout)] if len(boxes) > 1 else boxes


def _box(name: str, center: Point, layout: Layout) -> Node:
    return Node(name, "box", center, layout.box, (name,))


def _lanes(wiring: Wiring, place: dict[str, Node], layout: Layout) -> dict[Pair, float]:
    """At which height each edge that skips layers runs past them."""
    border = {}
    for k, layer in enumerate(wiring.layers):
        above = layout.above + LANE / 2 if wiring.biases.keys() & set(layer) else layout.capsule[1] / 2
        ys = [place[n].center[1] for n in layer]
        border[k] = (min(ys) - above, max(ys) + layout.below + LANE / 2)
    skips = skips_of(wiring, {n: place[n].center[1] for layer in wiring.layers for n in layer})
    return lanes(skips, border, LANE / 2, LANE)


def _edges(wiring: Wiring, place: dict[str, Node], past: Mapping[Pair, float], layout: Layout) -> tuple[Edge, ...]:
    def height(pair: Pair, end: str) -> float:
        return past.get(pair, place[end].center[1])

    edges = []
    for (source, target), weight in wiring.weights.items():
        a, b = place[source], place[target]
        ahead = sorted((t for t, _ in wiring.out_of(source)), key=lambda t: height((source, t), t))
        behind = sorted((s for s, _ in wiring.into(target)), key=lambda s: height((s, target), s))
        start = _port(a, _dock(a, ahead.index(target), len(ahead), layout.port), side=1)
        end = _port(b, _dock(b, behind.index(source), len(behind), layout.port), side=-1)
        via = _bends(wiring, place, (source, target), past[source, target]) if (source, target) in past else ()
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
    first, last = (wiring.layer_of(pair[0]) + 1, wiring.layer_of(pair[1]) - 1)
    (x1, w1), (x2, w2) = ((place[n].center[0], place[n].size[0]) for n in (wiring.layers[k][0] for k in (first, last)))
    return (x1 - w1 / 2 - BEND, level), (x2 + w2 / 2 + BEND, level)


def _to_error(output: Node, error: Node) -> tuple[Point, Point]:
    """From an output to its error, which stands right of it or above."""
    x, y = error.center
    if x > output.center[0] + output.size[0] / 2:
        return _port(output, 0, 1), _port(error, 0, -1)
    return (x, output.center[1] - output.size[1] / 2), (x, y + error.size[1] / 2)


def _spread(k: int, n: int, distance: float) -> float:
    """How far from the middle the k-th of n things stands."""
    return distance * (k - (n - 1) / 2)


def _dock(node: Node, k: int, n: int, distance: float) -> float:
    """How far below the middle of a node the k-th of n edges docks; where they are many, they stand closer."""
    return _spread(k, n, _apart(node.size[1], n, distance))


def _apart(height: float, n: int, distance: float) -> float:
    """How far apart n edges dock on a side of a node."""
    return min(distance, 0.9 * height / max(n - 1, 1))


def _port(node: Node, offset: float, side: int) -> Point:
    """The point on the node's border where an edge docks: `side` 1 = right, -1 = left; `offset` below the middle."""
    half = math.sqrt(RADIUS**2 - offset**2) if node.shape == "circle" else node.size[0] / 2
    return node.center[0] + side * half, node.center[1] + offset


def _anchors(wiring: Wiring, place: dict[str, Node], edges: tuple[Edge, ...], layout: Layout) -> dict[str, Point]:
    anchors = {e.id: _on_edge(e, wiring, layout) for e in edges if e.carries}
    if layout.ladder:
        anchors = _ladders(anchors, edges, wiring, layout)
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


def _even_share(wiring: Wiring, layer: int, layout: Layout) -> float:
    before, behind = len(wiring.layers[layer - 1]), len(wiring.layers[layer])
    size = 2 * RADIUS if layer == 1 else layout.capsule[1]
    ports = _apart(size, behind, layout.port), _apart(layout.capsule[1], before, layout.port)
    return even_share((before, behind), layout.row, ports)


def _on_edge(edge: Edge, wiring: Wiring, layout: Layout) -> Point:
    """Where an edge carries its label: clear of where edges cross, and of the labels beside it.

    Between layers of one size, crossing edges carry it nearer to their start; between others, nearer to the layer with
    more neurons, where the edges have more room; level edges and those of a single neuron in the middle. Between
    layers that are both crowded, where the labels of all edges stand one below the other at even distances.
    """
    (x1, y1), (x2, y2) = edge.via or (edge.start, edge.end)
    if edge.via:
        return (x1 + x2) / 2, (y1 + y2) / 2
    before, behind = (len(wiring.layers[wiring.layer_of(n)]) for n in (edge.source, edge.target))
    if min(before, behind) >= CROWDED:
        t = _even_share(wiring, wiring.layer_of(edge.target), layout)
    elif before == behind or 1 in (before, behind):
        t = EVEN[before == behind and abs(y1 - y2) > 2 * RADIUS]
    else:
        t = UNEVEN[before < behind]
    return x1 + t * (x2 - x1), y1 + t * (y2 - y1)


def _ladders(anchors: dict[str, Point], edges: tuple[Edge, ...], wiring: Wiring, layout: Layout) -> dict[str, Point]:
    """Put the weights between two layers one below the other, half-way, in the order in which they stand on edges."""
    moved: dict[str, Point] = {}
    for k in range(len(wiring.layers) - 1):
        column = [e for e in edges if e.carries and _layers(e, wiring) == (k, k + 1)]
        if not column:
            continue
        names = sorted((e.id for e in column), key=lambda name: anchors[name][1])
        top, bottom = anchors[names[0]][1], anchors[names[-1]][1]
        distance = max(layout.ladder, (bottom - top) / max(len(names) - 1, 1))
        x = (column[0].start[0] + column[0].end[0]) / 2
        for row, name in enumerate(names):
            moved[name] = (x, (top + bottom) / 2 + _spread(row, len(names), distance))
    return {**moved, **{name: point for name, point in anchors.items() if name not in moved}}


def _layers(edge: Edge, wiring: Wiring) -> tuple[int, int]:
    return wiring.layer_of(edge.source), wiring.layer_of(edge.target)


def _labels(wiring: Wiring, layout: Layout) -> tuple[Chip, ...]:
    label = name_above_value if layout.stacked else name_and_value
    weights = [label(edge_id(*edge), w) for edge, w in wiring.weights.items()]
    biases = [name_and_value(beside(b, n), b) for n, b in wiring.biases.items()]
    return (*weights, *biases, *(name_and_value(t, t) for t in wiring.targets.values()))
