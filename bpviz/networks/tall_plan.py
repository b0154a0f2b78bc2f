"""Distances of a portrait: how wide it is, where the neurons of a layer stand across it, and where edges dock."""

import math
from dataclasses import dataclass

from bpviz.networks.bands import Band
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
LETTER, SHORT = 6.0, 2
"""The width of a letter of a name, and how long a bias's name may be that leaves room for its old value."""
LINE_GAP = 20.0
"""Between the lines of a layer: two rings, and room between them."""
MOST_IN_LINE, MOST_INPUTS, PAIR = 3, 5, 2
"""More neurons of a layer stand in lines of two, more inputs in several: side by side, their numbers would be small."""
ERROR_GAP = 34.0
"""The length of an edge from an output down to its error, and between errors."""


@dataclass(frozen=True)
class Plan:
    """What the whole scene has in common: its axis, the width that a row is spread over, and a neuron's height."""

    width: float
    axis: float
    spread: float
    most: int
    neuron: float
    stacked: bool

    @classmethod
    def of(cls, wiring: Wiring) -> "Plan":
        """Return the plan of a network: of its widest line of neurons or of inputs."""
        widest = max(map(len, wiring.layers[1:]))
        most = widest if widest <= MOST_IN_LINE else PAIR
        stacked = bool(wiring.biases) and most > 2
        left, right = (BIAS_ROOM, NOTE_ROOM) if wiring.biases and not stacked else (0.0, LEAST_NOTE_ROOM)
        pitch = left + NEURON + right
        longest = max((len(name) for name in wiring.biases.values()), default=0)
        width, more = (
            max(NARROWEST, most * pitch + MARGIN),
            2 * LETTER * max(longest - SHORT, 0) * bool(left and most > 1),
        )
        axis = (width + left - right + MARGIN * (not left)) / 2 + more if most > 1 else width / 2
        width += more
        half = MARGIN + RADIUS + INPUT_PITCH * (min(len(wiring.inputs), MOST_INPUTS) - 1) / 2
        row = 3 if stacked else 2
        height = row * CHIP[1] + (row - 2) * BAND.gap + 2
        return cls(max(width, 2 * half), max(axis, half), max(most, 2) * pitch, max(most, 2), height, stacked)

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
