"""Where a network of many neurons stands: one neuron of each layer opened above the others, which are dots."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Literal

from bpviz.networks.wiring import Wiring
from bpviz.telling.chips import Chip, name_and_value
from bpviz.telling.scene import Edge, Node, Point, Scene, beside, edge_id, under

Detail = Literal["neuron", "layer"]
Shape = Literal["circle", "capsule", "box"]
Cells = Mapping[str, tuple[str, ...]]
"""Node → the quantities it holds."""

MOST_TOLD = 12
"""How many neurons behind the inputs are told one by one, and drawn with all their numbers."""

CIRCLE, CAPSULE, BOX, DOT = (54.0, 54.0), (144.0, 58.0), (86.0, 50.0), (9.0, 9.0)
PITCH = 11.0
"""Of the dots in a column: they are told apart by it, and labelled nowhere."""
MOST_IN_COLUMN = 20
"""Dots of a layer; more of them stand in several columns."""
OPENED, FIRST_DOT = 78.0, 184.0
"""How far below the top the opened neurons stand, and the first dots of the largest layer."""
GAPS = (76.0, 84.0, 48.0)
"""Right of the inputs, of neurons, and of outputs and errors."""
MARGIN = 16.0
ABOVE, BELOW, ASIDE = 56.0, 58.0, (-38.0, 38.0)
"""From the middle of an opened neuron up to its bias; down, left and right to what is told of its halves."""


def detail_of(wiring: Wiring) -> Detail:
    """Return how a network is told if nobody says: neuron by neuron, or, where they are many, layer by layer."""
    return "neuron" if len(wiring.neurons) <= MOST_TOLD else "layer"


def opened(wiring: Wiring) -> tuple[str, ...]:
    """Return the neuron of each layer that stands for the others: its first one, inputs included."""
    return tuple(layer[0] for layer in wiring.layers)


def crowded_scene(wiring: Wiring) -> Scene:
    """Return the scene of a network of many neurons, in model units: no edge has a label, and no neuron but the opened.

    Errors stand right of the outputs, their total right of the dots among them.
    """
    nodes = _nodes(wiring)
    edges = _edges(wiring, nodes)
    height = max(n.center[1] + n.size[1] / 2 for n in nodes.values()) + MARGIN
    width = max(n.center[0] + n.size[0] / 2 for n in nodes.values()) + MARGIN
    labels = labels_of(wiring)
    return Scene(width, height, tuple(nodes.values()), edges, _anchors(wiring, nodes), labels)


def _nodes(wiring: Wiring) -> dict[str, Node]:
    most = min(max(map(len, wiring.layers)) - 1, MOST_IN_COLUMN)
    nodes: dict[str, Node] = {}
    left = MARGIN
    for k, layer in enumerate(wiring.layers):
        cells = {n: (wiring.net(n), wiring.signal(n)) if k else (n,) for n in layer}
        size = CAPSULE if k else CIRCLE
        nodes |= _column(cells, "capsule" if k else "circle", left + size[0] / 2, size, most)
        left += size[0] + GAPS[0 if k == 0 else 1]
    left += GAPS[2] - GAPS[1]
    errors = {wiring.error(n): (wiring.error(n),) for n in wiring.outputs}
    column = _column(errors, "box", left + BOX[0] / 2, BOX, most)
    if len(wiring.outputs) > 1:
        first, *dots = column.values()
        column = {n.id: n for n in (first, *(replace(n, center=(left, n.center[1])) for n in dots))}
        centre = (left + GAPS[2] + BOX[0] / 2, FIRST_DOT + PITCH * (most - 1) / 2)
        column[wiring.loss] = Node(wiring.loss, "box", centre, BOX, (wiring.loss,))
    return nodes | column


def _column(cells: Cells, shape: Shape, x: float, size: tuple[float, float], most: int) -> dict[str, Node]:
    """The first one opened, the others as dots below it, around the middle of a column of `most` dots."""
    first, *others = cells
    places = ((x + across, FIRST_DOT + PITCH * (most - 1) / 2 + along) for across, along in block(len(others), most))
    dots = {n: Node(n, "circle", place, DOT, cells[n]) for n, place in zip(others, places, strict=True)}
    return {first: Node(first, shape, (x, OPENED), size, cells[first]), **dots}


def block(count: int, most: int) -> Iterator[Point]:
    """Yield where dots stand around their middle, across and along: in lines of equal length, at most `most`."""
    lines = math.ceil(count / most) if count else 0
    long = math.ceil(count / lines) if lines else 0
    for k in range(count):
        line, place = divmod(k, long)
        in_line = min(long, count - line * long)
        yield PITCH * (line - (lines - 1) / 2), PITCH * (place - (in_line - 1) / 2)


def _edges(wiring: Wiring, nodes: dict[str, Node]) -> tuple[Edge, ...]:
    weighted = (_edge(nodes[a], nodes[b], weight) for (a, b), weight in wiring.weights.items())
    plain = (_edge(nodes[n], nodes[wiring.error(n)], "") for n in wiring.outputs)
    if len(wiring.outputs) == 1:
        return (*weighted, *plain)
    first, *others = map(wiring.error, wiring.outputs)
    (x, y), (total_x, total_y) = nodes[first].center, nodes[wiring.loss].center
    down = Edge(edge_id(first, wiring.loss), first, wiring.loss, (x, y + BOX[1] / 2), (total_x, total_y - BOX[1] / 2))
    return (*weighted, *plain, down, *(_edge(nodes[e], nodes[wiring.loss], "") for e in others))


def _edge(a: Node, b: Node, weight: str) -> Edge:
    return Edge(edge_id(a.id, b.id), a.id, b.id, _port(a, b, 1), _port(b, a, -1), weight)


def _port(node: Node, other: Node, side: int) -> Point:
    """Where an edge docks: on an opened node's border, lower if it comes from below; else on the dot's."""
    (x, y), (w, h) = node.center, node.size
    if node.size == DOT:
        return x + side * w / 2, y
    if node.shape == "circle":
        return x + side * w / 2, y
    share = min(max((other.center[1] - OPENED) / 300.0, -1.0), 1.0)
    return x + side * w / 2, y + 0.4 * h * share


def _anchors(wiring: Wiring, nodes: dict[str, Node]) -> dict[str, Point]:
    anchors: dict[str, Point] = {}
    for n in opened(wiring)[1:]:
        x, y = nodes[n].center
        anchors |= {anchor: (x + aside, y + BELOW) for anchor, aside in zip(under(n), ASIDE, strict=True)}
        if n in wiring.biases:
            anchors[beside(wiring.biases[n], n)] = (x, y - ABOVE)
    output = wiring.outputs[0]
    x, y = nodes[wiring.error(output)].center
    return anchors | {wiring.targets[output]: (x, y - ABOVE)}


def labels_of(wiring: Wiring) -> tuple[Chip, ...]:
    """What is always told: biases of opened neurons, and the target of an opened output."""
    return tuple(label for n in opened(wiring) for label in labels_at(wiring, n))


def labels_at(wiring: Wiring, n: str) -> Iterator[Chip]:
    """Yield what is always told of a neuron where it is opened: its bias, and the target of an output."""
    if n in wiring.biases:
        yield name_and_value(beside(wiring.biases[n], n), wiring.biases[n])
    if n in wiring.targets:
        yield name_and_value(wiring.targets[n], wiring.targets[n])
