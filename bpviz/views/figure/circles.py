"""What labels keep clear of: the circles of nodes, and where a box stands beside them."""

import math
from dataclasses import dataclass

from bpviz.telling.scene import Node, Point
from bpviz.views.figure.chips import Box


@dataclass(frozen=True)
class Circle:
    """A circle, or what is wider by `flat` at its left and its right."""

    center: Point
    radius: float
    flat: float = 0.0

    @property
    def box(self) -> Box:
        """The box around it."""
        (x, y), r, wide = self.center, self.radius, self.radius + self.flat
        return x - wide, y - r, x + wide, y + r

    def gap(self, box: Box) -> float:
        """From a box to the circle; less than 0 where they meet."""
        x, y = self._nearest(box)
        return math.hypot(max(box[0] - x, 0.0, x - box[2]), max(box[1] - y, 0.0, y - box[3])) - self.radius

    def leader(self, box: Box) -> tuple[Point, Point]:
        """From the border of a box to that of the circle."""
        x, y = self._nearest(box)
        start = min(max(x, box[0]), box[2]), min(max(y, box[1]), box[3])
        part = self.radius / (math.dist(start, (x, y)) or 1.0)
        return start, (x + part * (start[0] - x), y + part * (start[1] - y))

    def _nearest(self, box: Box) -> Point:
        (x, y), (middle, _) = self.center, middle_of(box)
        return min(max(middle, x - self.flat), x + self.flat), y


def circle_of(node: Node, around: float) -> Circle:
    """Return the circle of a node with so much around it, in model units."""
    wide, high = node.size
    return Circle(node.center, high / 2 + around, (wide - high) / 2)


def moved(box: Box, way: Point) -> Box:
    """Return the box so far away."""
    return box[0] + way[0], box[1] + way[1], box[2] + way[0], box[3] + way[1]


def middle_of(box: Box) -> Point:
    """Return the middle of a box."""
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
