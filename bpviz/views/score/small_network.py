"""The network beside its matrices as JSON: every neuron by itself, however many, where the player would bundle them."""

from collections.abc import Sequence
from typing import Any

from bpviz.example.example import Example

STEP = 150.0, 110.0
"""From one column to the next, and from one row to the next, in model units."""


def small_network(example: Example, sizes: Sequence[int]) -> dict[str, Any]:
    """Return width, height, nodes and edges of a network of layers, in model units.

    Each layer is a column; the parts of the loss and the loss stand in columns of their own behind them.
    """
    scene, notation, loss = example.scene, example.notation, example.program.loss
    columns = [[f"x{k}" if layer == 0 else f"{layer}_{k}" for k in range(1, n + 1)] for layer, n in enumerate(sizes)]
    known = {loss, *(name for column in columns for name in column)}
    columns += [rest for rest in ([n.id for n in scene.nodes if n.id not in known], [loss]) if rest]
    width, height = (len(columns) - 1) * STEP[0], (max(map(len, columns)) - 1) * STEP[1]
    places = {
        name: (k * STEP[0], (height + (2 * row - len(column) + 1) * STEP[1]) / 2)
        for k, column in enumerate(columns)
        for row, name in enumerate(column)
    }
    labels = {n.id: notation[n.cells[-1]].rich for n in scene.nodes}
    nodes = [{"id": name, "x": x, "y": y, "label": labels[name]} for name, (x, y) in places.items()]
    edges = [{"id": e.id, "source": e.source, "target": e.target} for e in scene.edges]
    return {"width": width, "height": height, "nodes": nodes, "edges": edges}
