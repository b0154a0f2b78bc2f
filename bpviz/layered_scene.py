"""Where a layered network stands: inputs left, split neurons in columns, the outputs' errors and their total right."""

import math

from bpviz.layered import Wiring
from bpviz.scene import Chip, Edge, Node, Point, Scene, name_and_value

MARGIN, ROW = 16.0, 190.0
RADIUS = 27.0
CAPSULE = (140.0, 60.0)
BOX = (86.0, 50.0)
GAPS = {"in": 132.0, "between": 178.0, "error": 40.0}
TOP, BOTTOM = 94.0, 88.0
ABOVE, BELOW = 58.0, 60.0
PORT = 16.0


def layered_scene(wiring: Wiring) -> Scene:
    """Return the scene of a layered network with an error box for every output, in model units."""
    columns = _columns(wiring)
    middle = (TOP + TOP + ROW * (max(map(len, wiring.layers)) - 1)) / 2
    nodes = [
        _neuron(wiring, n, (x, middle + ROW * (k - (len(layer) - 1) / 2)))
        for layer, x in zip(wiring.layers, columns, strict=False)
        for k, n in enumerate(layer)
    ]
    nodes += _errors(wiring, {n.id: n for n in nodes}, columns[-1], middle)
    place = {n.id: n for n in nodes}
    edges = _edges(wiring, place)
    height = 2 * middle - TOP + BOTTOM
    labels = _labels(wiring)
    return Scene(columns[-1] + BOX[0] / 2 + MARGIN, height, tuple(nodes), edges, _anchors(wiring, place, edges), labels)


def _columns(wiring: Wiring) -> list[float]:
    """The x of every layer's centre, then of the errors."""
    xs = [MARGIN + RADIUS]
    right = MARGIN + 2 * RADIUS
    for k in range(1, len(wiring.layers)):
        right += GAPS["in" if k == 1 else "between"] + CAPSULE[0]
        xs.append(right - CAPSULE[0] / 2)
    return [*xs, right + GAPS["error"] + BOX[0] / 2]


def _neuron(wiring: Wiring, name: str, center: Point) -> Node:
    if name in wiring.inputs:
        return Node(name, "circle", center, (2 * RADIUS, 2 * RADIUS), (name,))
    return Node(name, "capsule", center, CAPSULE, (f"net_{name}", f"out_{name}"))


def _errors(wiring: Wiring, place: dict[str, Node], x: float, middle: float) -> list[Node]:
    boxes = [Node(f"E_{n}", "box", (x, place[n].center[1]), BOX, (f"E_{n}",)) for n in wiring.outputs]
    return [*boxes, Node(wiring.loss, "box", (x, middle), BOX, (wiring.loss,))] if len(boxes) > 1 else boxes


def _edges(wiring: Wiring, place: dict[str, Node]) -> tuple[Edge, ...]:
    edges = []
    for (source, target), weight in wiring.weights.items():
        a, b = place[source], place[target]
        ahead = sorted((t for t, _ in wiring.out_of(source)), key=lambda t: place[t].center[1])
        behind = sorted((s for s, _ in wiring.into(target)), key=lambda s: place[s].center[1])
        start = _port(a, _spread(ahead.index(target), len(ahead)), side=1)
        end = _port(b, _spread(behind.index(source), len(behind)), side=-1)
        edges.append(Edge(weight, source, target, start, end, weight))
    total = place[wiring.loss]
    for n in wiring.outputs:
        a, b = place[n], place[f"E_{n}"]
        edges.append(Edge(f"{n}→E", n, b.id, _port(a, 0, 1), _port(b, 0, -1)))
        if b is total:
            continue
        down = math.copysign(BOX[1] / 2, total.center[1] - b.center[1])
        edges.append(
            Edge(
                f"E_{n}→E", b.id, total.id, (b.center[0], b.center[1] + down), (total.center[0], total.center[1] - down)
            )
        )
    return tuple(edges)


def _spread(k: int, n: int) -> float:
    return PORT * (k - (n - 1) / 2)


def _port(node: Node, offset: float, side: int) -> Point:
    """The point on the node's border where an edge docks: `side` 1 = right, -1 = left; `offset` below the middle."""
    half = math.sqrt(RADIUS**2 - offset**2) if node.shape == "circle" else node.size[0] / 2
    return node.center[0] + side * half, node.center[1] + offset


def _anchors(wiring: Wiring, place: dict[str, Node], edges: tuple[Edge, ...]) -> dict[str, Point]:
    anchors = {e.weight: _on_edge(e) for e in edges if e.weight}
    for n, node in place.items():
        x, y = node.center
        if node.shape == "capsule":
            anchors |= {f"{n}.left": (x - 45, y + BELOW), f"{n}.right": (x + 38, y + BELOW)}
        if n in wiring.biases:
            anchors[f"{wiring.biases[n]}@{n}"] = (x, y - ABOVE)
        if n in wiring.targets:
            x, y = place[f"E_{n}"].center
            outward = ABOVE if y > place[wiring.loss].center[1] else -ABOVE
            anchors[wiring.targets[n]] = (x, y + outward)
    return anchors


def _on_edge(edge: Edge) -> Point:
    """Level edges carry their label in the middle; crossing ones nearer to their start, clear of the crossing."""
    (x1, y1), (x2, y2) = edge.start, edge.end
    t = 0.5 if abs(y1 - y2) < ROW / 2 else 0.31
    return x1 + t * (x2 - x1), y1 + t * (y2 - y1)


def _labels(wiring: Wiring) -> tuple[Chip, ...]:
    weights = [name_and_value(w, w) for w in wiring.weights.values()]
    biases = [name_and_value(f"{b}@{n}", b) for n, b in wiring.biases.items()]
    return (*weights, *biases, *(name_and_value(t, t) for t in wiring.targets.values()))
