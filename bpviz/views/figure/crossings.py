"""Lines and boxes: how far a point is from a line, and whether a label would hide a part of one."""

import math
from collections.abc import Sequence
from itertools import pairwise

from bpviz.telling.scene import Edge, Point
from bpviz.views.figure.chips import Box


def distance_to(edge: Edge, point: Point) -> float:
    """Return how far a point is from an edge."""
    return min(_distance(a, b, point) for a, b in pairwise(edge.points))


def _distance(a: Point, b: Point, point: Point) -> float:
    """From a point to the straight line between two others."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    part = ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / (dx * dx + dy * dy or 1.0)
    near = min(max(part, 0.0), 1.0)
    return math.dist((a[0] + near * dx, a[1] + near * dy), point)


def length_inside(points: Sequence[Point], box: Box) -> float:
    """Return how much of a line lies inside a box."""
    return sum(_part_inside(a, b, box) * math.dist(a, b) for a, b in pairwise(points))


def _part_inside(a: Point, b: Point, box: Box) -> float:
    """What part of a straight line lies inside a box."""
    first, last = 0.0, 1.0
    for start, end, low, high in zip(a, b, box[:2], box[2:], strict=True):
        if way := end - start:
            meets = sorted(((low - start) / way, (high - start) / way))
            first, last = max(first, meets[0]), min(last, meets[1])
        elif not low <= start <= high:
            return 0.0
    return max(last - first, 0.0)
