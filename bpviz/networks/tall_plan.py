"""Distances of a portrait: how wide it is, where the neurons of a layer stand across it, and where edges dock."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from bpviz.networks.bands import Band
from bpviz.networks.gaps import Lines, staggered
from bpviz.networks.ways import lines_of
from bpviz.networks.wiring import Wiring
from bpviz.telling.scene import Node, Point

RADIUS = 24.0
NEURON = 54.0
BOX = (60.0, 36.0)
CHIP = (52.0, 35.0)
"""The room of a target, and the height of any chip of two lines."""
BAND = Band()
INPUT_PITCH = 60.0
"""The least distance of inputs."""
PORT = 20.0
"""Between edges that dock beside each other, where there is room."""
MARGIN = 8.0
NARROWEST = 340.0
RING = 7.0
"""How far around a node its ring reaches."""
NOTE = 60.0
"""The width of a usual chip beside a neuron."""
BIAS_ROOM, NOTE_ROOM, LEAST_NOTE_ROOM = 64.0, 63.0, 66.0
TWO_APART = 160.0
"""Two neurons without biases have width to spare: for a chip between them, and the total between their errors."""
LETTER, SHORT = 6.0, 2
"""The width of a letter of a name, and how long a bias's name may be that leaves room for its old value."""
LINE_GAP = 30.0
"""Between the lines of a layer: two rings, and room for edges that turn to the next line."""
MOST_IN_LINE, MOST_INPUTS, INPUTS_IN_LINE, PAIR = 3, 5, 4, 2
"""More neurons of a layer stand in lines of two, more inputs in lines of four: side by side, numbers would be small."""
STAGGERED = 34.0
"""How far aside inputs stand from those of the line above: half their distance."""
COLUMN = 97.0
"""How far the columns of pairs stand from the borders: what is told of a neuron has room outside."""
ERROR_GAP = 34.0
"""The length of an edge from an output down to its error, and between errors."""


@dataclass(frozen=True)
class Plan:
    """What the whole scene has in common: its axis, the width that a row is spread over, and a neuron's height.

    `pairs`: neurons stand in two columns, what is told of them outside, and edges have the room between. `stacked`: a
    bias stands above what is told of its neuron; beside pairs, these three are higher than the neuron.
    """

    width: float
    axis: float
    spread: float
    most: int
    neuron: float
    stacked: bool
    pairs: bool

    @classmethod
    def of(cls, wiring: Wiring) -> "Plan":
        """Return the plan of a network: of its widest line of neurons or of inputs."""
        widest = max(map(len, wiring.layers[1:]))
        pairs = widest > MOST_IN_LINE
        most = PAIR if pairs else widest
        stacked = bool(wiring.biases) and widest > 2
        left, right = (BIAS_ROOM, NOTE_ROOM) if wiring.biases and not stacked else (0.0, LEAST_NOTE_ROOM)
        pitch = left + NEURON + right if most > PAIR or left else TWO_APART
        longest = max((len(name) for name in wiring.biases.values()), default=0)
        width, more = (
            max(NARROWEST, most * pitch + MARGIN),
            2 * LETTER * max(longest - SHORT, 0) * bool(left and most > 1),
        )
        axis = (width + left - right + MARGIN * (not left)) / 2 + more if most > 1 and not pairs else width / 2
        width += more
        half = MARGIN + RADIUS + INPUT_PITCH * (min(len(wiring.inputs), MOST_INPUTS) - 1) / 2
        row = 3 if stacked and not pairs else 2
        height = row * CHIP[1] + (row - 2) * BAND.gap + 2
        spread = MOST_INPUTS * INPUT_PITCH if pairs else max(most, 2) * pitch
        return cls(max(width, 2 * half), max(axis, half), spread, max(most, 2), height, stacked, pairs)

    @property
    def gap(self) -> float:
        """Return the room between the lines of a layer."""
        return max(LINE_GAP, 2 * self.overhang + BAND.gap)

    @property
    def overhang(self) -> float:
        """Return how far above and below a neuron reaches what is told beside it."""
        return (3 * CHIP[1] + 2 * BAND.gap - self.neuron) / 2 if self.pairs and self.stacked else 0.0

    def lines_of(self, layer: tuple[str, ...], inputs: bool) -> list[tuple[str, ...]]:
        """Return a layer in lines: pairs, the last neuron alone if need be; inputs equally long but for one."""
        if inputs:
            return lines_of(layer, MOST_INPUTS if len(layer) <= MOST_INPUTS else INPUTS_IN_LINE)
        return [layer[k : k + self.most] for k in range(0, len(layer), self.most)]

    def places(self, lines: Lines, inputs: bool) -> Iterator[tuple[str, float]]:
        """Yield how far right each neuron of a layer stands: of inputs, the lines are staggered."""
        if inputs and len(lines) > 1:
            yield from staggered(lines, self.axis, STAGGERED)
            return
        for line in lines:
            columns = self.pairs and not inputs and (len(line) == PAIR or len(lines) > 1)
            yield from zip(line, (COLUMN, self.width - COLUMN) if columns else self.xs(len(line)), strict=False)

    def outward(self, x: float) -> int:
        """Return on which side of a neuron what is told of it stands: -1 left, 1 right."""
        return -1 if self.pairs and x < self.axis else 1

    def xs(self, count: int) -> list[float]:
        """Where so many things stand beside each other: fewer further apart, but not over the whole width."""
        pitch = (self.spread / count + self.spread / max(self.most, count)) / 2
        most = 2 * (self.axis - MARGIN - RADIUS) / max(count - 1, 1)
        return [self.axis + min(pitch, most) * (k - (count - 1) / 2) for k in range(count)]


def port(k: int, count: int, width: float) -> float:
    """Return how far from a node's middle the k-th of its edges docks."""
    distance = min(PORT, (width - 14) / max(count - 1, 1))
    return distance * (k - (count - 1) / 2)


def port_below(node: Node, k: int, count: int) -> Point:
    """Return where the k-th of the edges that set out below a node does."""
    (x, y), (w, h) = node.center, node.size
    aside = port(k, count, w)
    drop = math.sqrt(RADIUS**2 - aside**2) if node.shape == "circle" else h / 2
    return x + aside, y + drop
