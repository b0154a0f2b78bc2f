"""Where a network of many neurons stands in a tall, narrow place: a row for each layer, its opened neuron left."""

from bpviz.networks.crowd import DOT, PITCH, Cells, Shape, block, labels_of, opened
from bpviz.networks.wiring import Wiring
from bpviz.telling.scene import Edge, Node, Point, Scene, beside, edge_id, under

CIRCLE, CAPSULE, BOX = (48.0, 48.0), (60.0, 76.0), (60.0, 40.0)
AXIS, BIAS, NOTE = 96.0, 31.0, 165.0
"""How far right opened neurons stand, what is told of them on their left, and on their right."""
NOTES = (-19.0, 19.0)
"""From the middle of an opened neuron up and down to what is told of its halves."""
FIRST_DOT, MOST_IN_ROW = 214.0, 11
BAND, STEP = 58.0, 44.0
"""The height between layers, and from outputs to errors and on to their total."""
MARGIN = 10.0


def tall_crowd(wiring: Wiring) -> Scene:
    """Return the scene of `crowded_scene` in rows from top to bottom, in model units; always equally wide."""
    nodes: dict[str, Node] = {}
    shape: Shape = "circle"
    bottom = MARGIN - BAND
    for k, layer in enumerate(wiring.layers):
        cells: Cells = {n: (wiring.net(n), wiring.signal(n)) if k else (n,) for n in layer}
        bottom = _row(nodes, cells, shape, CAPSULE if k else CIRCLE, bottom + BAND)
        shape = "capsule"
    bottom = _row(nodes, {wiring.error(n): (wiring.error(n),) for n in wiring.outputs}, "box", BOX, bottom + STEP)
    if len(wiring.outputs) > 1:
        bottom = _row(nodes, {wiring.loss: (wiring.loss,)}, "box", BOX, bottom + STEP)
    anchors: dict[str, Point] = {}
    for n in opened(wiring)[1:]:
        y = nodes[n].center[1]
        anchors |= {anchor: (NOTE, y + down) for anchor, down in zip(under(n), NOTES, strict=True)}
        if n in wiring.biases:
            anchors[beside(wiring.biases[n], n)] = (BIAS, y)
    output = wiring.outputs[0]
    anchors[wiring.targets[output]] = (NOTE, nodes[wiring.error(output)].center[1])
    width = FIRST_DOT + PITCH * MOST_IN_ROW + MARGIN
    return Scene(width, bottom + MARGIN, tuple(nodes.values()), _edges(wiring, nodes), anchors, labels_of(wiring))


def _row(nodes: dict[str, Node], cells: Cells, shape: Shape, size: Point, top: float) -> float:
    """Add a row below `top`: the first one opened, the others as dots right of it; return where the row ends."""
    first, *others = cells
    places = list(block(len(others), MOST_IN_ROW))
    height = max(size[1], max((2 * across for across, _ in places), default=0.0) + DOT[1])
    y = top + height / 2
    middle = FIRST_DOT + PITCH * (MOST_IN_ROW - 1) / 2
    nodes[first] = Node(first, shape, (AXIS, y), size, cells[first])
    for n, (across, along) in zip(others, places, strict=True):
        nodes[n] = Node(n, "circle", (middle + along, y + across), DOT, cells[n])
    return top + height


def _edges(wiring: Wiring, nodes: dict[str, Node]) -> tuple[Edge, ...]:
    plain = [(n, wiring.error(n)) for n in wiring.outputs]
    if len(wiring.outputs) > 1:
        plain += [(wiring.error(n), wiring.loss) for n in wiring.outputs]
    carried = [*((a, b, weight) for (a, b), weight in wiring.weights.items()), *((a, b, "") for a, b in plain)]
    return tuple(
        Edge(edge_id(a, b), a, b, _port(nodes[a], nodes[b], 1), _port(nodes[b], nodes[a], -1), weight)
        for a, b, weight in carried
    )


def _port(node: Node, other: Node, side: int) -> Point:
    """Where an edge docks: on a node's upper or lower border, further right if it comes from there."""
    (x, y), (w, h) = node.center, node.size
    if node.shape == "circle":
        return x, y + side * h / 2
    share = min(max((other.center[0] - x) / 300.0, -1.0), 1.0)
    return x + 0.4 * w * share, y + side * h / 2
