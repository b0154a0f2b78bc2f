"""Distances of a layered network's scene: the usual ones, and those of dense networks."""

from collections import Counter
from dataclasses import dataclass, replace

from bpviz.networks.wiring import Wiring

RADIUS = 27.0
"""Of an input's circle, in model units."""


@dataclass(frozen=True)
class Layout:
    """Distances of a scene in model units: between rows, between columns, and around them.

    `gaps`: from the inputs on, between hidden neurons, to the outputs, and to the errors. `margin`: left and right of
    all. `port`: between edges that dock on one side of a node. `above`: from a neuron up to its bias, from an error to
    its target; `below` and `under`: from a neuron down, left and right to its chips; `half_chip`: the room for the
    right one at an output. `stacked`: weights carry their value below the name. `error_above`: the error of a single
    output stands above it, by `rise`. `beside_label`: from a node to the middle of a label on the edges between crowded
    layers. `label_row`: between any layers of several neurons the labels of all edges stand so far below each other
    at least; 0: each stands where its edge has most room. `pair`: the least distance of the two neurons of a layer;
    between the errors of two outputs the total stands. `ladder`: the least distance of the weights between two layers,
    which then stand one below the other; 0: as above.
    """

    row: float = 190.0
    gaps: tuple[float, float, float, float] = (132.0, 178.0, 178.0, 40.0)
    capsule: tuple[float, float] = (140.0, 60.0)
    box: tuple[float, float] = (86.0, 50.0)
    top: float = 94.0
    bottom: float = 88.0
    under: tuple[float, float] = (-45.0, 38.0)
    margin: float = 16.0
    port: float = 16.0
    above: float = 58.0
    below: float = 60.0
    half_chip: float = 48.0
    rise: float = 112.0
    ladder: float = 0.0
    stacked: bool = False
    error_above: bool = False
    beside_label: float = 0.0
    label_row: float = 0.0
    pair: float = 0.0


USUAL = Layout()
DENSE = Layout(
    row=176,
    gaps=(166, 182, 128, 34),
    capsule=(132, 60),
    box=(66, 46),
    top=44,
    under=(-41, 37),
    margin=6,
    stacked=True,
    error_above=True,
)
"""For networks with more than two columns of neurons, one output and no biases."""
DENSE_LARGE = replace(
    DENSE,
    row=98,
    gaps=(120, 128, 118, 34),
    capsule=(130, 49),
    box=(88, 44),
    top=33,
    bottom=66,
    under=(-38, 38),
    port=13,
    above=42,
    below=46,
    half_chip=34,
    rise=74,
    ladder=38,
)
"""The same network with little room around its numbers, so that they are large on a wide screen."""
LOW = replace(
    USUAL,
    row=104,
    gaps=(128, 178, 128, 25),
    capsule=(128, 49),
    box=(68, 44),
    top=32,
    bottom=68,
    under=(-38, 38),
    margin=6,
    above=42,
    below=49,
    beside_label=45,
    label_row=37.2,
    pair=136,
)
"""For layers of three between fewer neurons, none with a bias: all that is told has room, in little height."""

LOW_ROWS = 3
CROWDED = 3
"""From so many neurons on, in both of two layers, the labels between them need places of their own."""
LABEL = (38.0, 50.0)
"""The room of a label with its value below its name: from its middle to a node, and down to the next label."""


FEW, CLOSE_ROW = 4, 160.0
"""Rows of more neurons stand closer, with just the room for what is told above and below each."""
MOST_LABELLED = 12
"""Of more weights between two layers, none has a label: they could not be read."""


def labelled_layers(wiring: Wiring) -> frozenset[int]:
    """Return the layers into which weights carry their labels: all but those into which they are too many."""
    layer_of = wiring.layer_of
    counts = Counter(layer_of(t) for s, t in wiring.weights if layer_of(t) == layer_of(s) + 1)
    return frozenset(k for k in range(1, len(wiring.layers)) if counts[k] <= MOST_LABELLED)


def labelled_edges(wiring: Wiring) -> frozenset[tuple[str, str]]:
    """Return the edges that carry their weight's label; of those that skip layers, by the layer where they set out."""
    layers = labelled_layers(wiring)
    return frozenset((s, t) for s, t in wiring.weights if wiring.layer_of(s) + 1 in layers)


def sizes_at(wiring: Wiring, layer: int) -> tuple[int, int]:
    """Return how many neurons the layer before a layer has, and how many it has itself."""
    return len(wiring.layers[layer - 1]), len(wiring.layers[layer])


def meeting(wiring: Wiring, layer: int) -> int:
    """Return how many neurons the smaller one of a layer and of that before it has."""
    return min(sizes_at(wiring, layer))


def in_rows(wiring: Wiring, layer: int, layout: Layout) -> bool:
    """Return whether the labels of all edges into a layer stand one below the other.

    They do between crowded layers, between two neurons and more than three, in close rows between two and three, and
    between any layers of several neurons where the layout says so.
    """
    few, many = sorted(sizes_at(wiring, layer))
    if layout.label_row:
        return few > 1
    close = layout.row <= CLOSE_ROW and not layout.ladder
    return few >= CROWDED or (few == CROWDED - 1 and many >= (CROWDED if close else CROWDED + 1))


def roomier(layout: Layout, wiring: Wiring) -> Layout:
    """Return the layout with room for the labels between crowded layers, and rows that fit many neurons.

    It is the same one where neither is needed.
    """
    if max(map(len, wiring.layers[1:])) > FEW:
        layout = replace(layout, row=min(layout.row, CLOSE_ROW))
    most = max((meeting(wiring, k) for k in labelled_layers(wiring) if in_rows(wiring, k, layout)), default=0)
    if most < (CROWDED if layout.label_row else CROWDED - 1):
        return layout
    return replace(layout, stacked=True, beside_label=LABEL[0], row=max(layout.row, LABEL[1] * (1 + most)))


def fits_low(wiring: Wiring) -> bool:
    """Return whether there are layers of three, each between fewer neurons, and no bias or skip, as `LOW` wants it."""
    sizes = [len(layer) for layer in wiring.layers]
    adjacent = [min(sizes_at(wiring, k)) for k in range(1, len(sizes))]
    skips = any(wiring.layer_of(t) > wiring.layer_of(s) + 1 for s, t in wiring.weights)
    return max(sizes) == LOW_ROWS > max(adjacent) and not wiring.biases and not skips


def rows_of(wiring: Wiring, layer: int, layout: Layout) -> float:
    """Return how far apart the neurons of a layer stand in their column."""
    return max(layout.row, layout.pair) if len(wiring.layers[layer]) == 2 else layout.row


def row_share(
    sizes: tuple[int, int], rows: tuple[float, float], ports: tuple[float, float], least: float = 0.0
) -> float:
    """Return at which part of every edge between two layers the labels stand one below the other.

    `sizes`: how many neurons the layers have, `rows` apart. `ports`: how far apart edges dock, on the right of a neuron
    before and on the left of one behind. `least`: the least distance of labels; 0: all distances are even. The label of
    the edge from row i to row j stands at a·i + b·j, where a = (1 − t)·rows[0] + t·ports[1] and
    b = t·rows[1] + (1 − t)·ports[0]. Where the layer before is the larger one its labels are b apart, and a less all
    of these from one neuron's to the next one's: even means a = sizes[1]·b.
    """
    (before, behind), (first, last), (right, left) = sizes, rows, ports
    if behind > before:
        return 1 - row_share((behind, before), (last, first), (left, right), least)
    steps = behind - 1 if least else behind
    return (first - steps * right - least) / (first - left + steps * (last - right))
