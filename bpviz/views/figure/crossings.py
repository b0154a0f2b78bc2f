"""Lines and boxes: how far a point is from a line, how much of one a label would hide, and whether two cross."""

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


def lines_cross(one: Sequence[Point], other: Sequence[Point]) -> bool:
    """Return whether one goes to the other side of the other."""
    pairs = ((a, b) for a in pairwise(one) for b in pairwise(other))
    return any(_turn(*a, b[0]) * _turn(*a, b[1]) < 0 and _turn(*b, a[0]) * _turn(*b, a[1]) < 0 for a, b in pairs)


def _turn(start: Point, end: Point, point: Point) -> float:
    """Above 0 where a point lies on one side of a straight line, below 0 on the other."""
    return (end[0] - start[0]) * (point[1] - start[1]) - (end[1] - start[1]) * (point[0] - start[0])


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
