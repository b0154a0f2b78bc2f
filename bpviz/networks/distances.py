"""Distances of a layered network's scene: the usual ones, and those of dense networks."""

from dataclasses import dataclass, replace

RADIUS = 27.0
"""Of an input's circle, in model units."""


@dataclass(frozen=True)
class Layout:
    """Distances of a scene in model units: between rows, between columns, and around them.

    `gaps`: from the inputs on, between hidden neurons, to the outputs, and to the errors. `margin`: left and right of
    all. `port`: between edges that dock on one side of a node. `above`: from a neuron up to its bias, from an error to
    its target; `below` and `under`: from a neuron down, left and right to its chips; `half_chip`: the room for the
    right one at an output. `stacked`: weights carry their value below the name. `error_above`: the error of a single
    output stands above it, by `rise`. `ladder`: the least distance of the weights between two layers, which then stand
    one below the other; 0: each stands where its edge has most room.
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
    above=38,
    below=46,
    half_chip=34,
    rise=55,
    ladder=38,
)
"""The same network with little room around its numbers, so that they are large on a wide screen."""
