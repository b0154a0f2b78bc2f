"""Where the labels of weights stand, on edges from left to right."""

from bpviz.networks.distances import FEW, RADIUS, Layout, in_rows, row_share, rows_of
from bpviz.networks.wide_edges import docks_apart, spread
from bpviz.networks.wiring import Wiring
from bpviz.telling.scene import Edge, Point

EVEN = (0.5, 0.31)
UNEVEN = (0.35, 0.65)


def on_edges(edges: tuple[Edge, ...], wiring: Wiring, layout: Layout) -> dict[str, Point]:
    """Return the places of the labels of edges that carry a weight."""
    anchors = {e.id: _on_edge(e, wiring, layout) for e in edges if e.carries}
    return _ladders(anchors, edges, wiring, layout) if layout.ladder else anchors


def share_of(wiring: Wiring, layer: int, layout: Layout) -> float:
    """Return at which part of the edges into a layer its weights stand one below the other."""
    before, behind = len(wiring.layers[layer - 1]), len(wiring.layers[layer])
    size = 2 * RADIUS if layer == 1 else layout.capsule[1]
    ports = (
        docks_apart(layer == 1, size, behind, layout.port),
        docks_apart(False, layout.capsule[1], before, layout.port),
    )
    rows = rows_of(wiring, layer - 1, layout), rows_of(wiring, layer, layout)
    return row_share((before, behind), rows, ports, layout.label_row)


def _on_edge(edge: Edge, wiring: Wiring, layout: Layout) -> Point:
    """Where an edge carries its label: clear of where edges cross, and of the labels beside it.

    Between layers of one size, crossing edges carry it nearer to their start; between others, nearer to the layer with
    more neurons, where the edges have more room; level edges in the middle, and those of a single neuron, if they are
    few. Where `in_rows` says so, the labels of all edges stand one below the other.
    """
    if wiring.layer_of(edge.target) > wiring.layer_of(edge.source) + 1:
        (x1, y1), (x2, y2) = edge.via[-2:]
        return (x1 + x2) / 2, (y1 + y2) / 2
    (x1, y1), (x2, y2) = edge.points[-2:]
    before, behind = (len(wiring.layers[wiring.layer_of(n)]) for n in (edge.source, edge.target))
    if in_rows(wiring, wiring.layer_of(edge.target), layout):
        t = share_of(wiring, wiring.layer_of(edge.target), layout)
    elif behind == 1 and before > FEW:
        t = UNEVEN[False]
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
            moved[name] = (x, (top + bottom) / 2 + spread(row, len(names), distance))
    return {**moved, **{name: point for name, point in anchors.items() if name not in moved}}


def _layers(edge: Edge, wiring: Wiring) -> tuple[int, int]:
    return wiring.layer_of(edge.source), wiring.layer_of(edge.target)
