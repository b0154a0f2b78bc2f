"""Both ends of an arrow: without either no one sees from where to where it goes.

The player watches them by the same rule (`js/stage/arrow_ends.js`).
"""

import math
from collections.abc import Collection, Iterable

from bpviz.telling.scene import Edge, Point
from bpviz.views.figure.chips import Box
from bpviz.views.look import DIAMOND, EDGE, HEAD, RING, SETTLE

End = tuple[str, Point]
"""An arrow and the middle of its diamond, or of its head."""


def ends_of(edges: Iterable[Edge], focus: Collection[str]) -> list[End]:
    """Return the ends of edges on which errors run back; `focus`: nodes with a ring, where arrows end earlier."""
    found = []
    for edge in edges:
        points = edge.points
        size = min(1.0, math.dist(edge.start, edge.end) / SETTLE["whole_arrow"])
        reach = RING["reach"] if edge.source in focus else EDGE["clearance"]
        found.append((edge.id, _towards(points[0], points[1], reach + size * HEAD["length"] / 2)))
        found.append((edge.id, _towards(points[-1], points[-2], size * DIAMOND["middle"])))
    return found


def forward_ends_of(edges: Iterable[Edge], focus: Collection[str]) -> list[End]:
    """Return where the heads of edges are on which the signal moves on, and where these set out."""
    found = []
    for edge in edges:
        points = edge.points
        reach = RING["reach"] if edge.target in focus else EDGE["clearance"]
        found.append((edge.id, _towards(points[-1], points[-2], reach + HEAD["length"] / 2)))
        found.append((edge.id, _towards(points[0], points[1], EDGE["clearance"])))
    return found


class Watch:
    """What labels hide of arrows, one label after the other."""

    def __init__(self, ends: Iterable[End]) -> None:
        """Take the ends, all of which are seen at first."""
        self._ends = list(ends)
        self._hidden: set[End] = set()

    def spares(self, box: Box) -> bool:
        """Return whether a label there hides no end."""
        return not self._hidden_by(box)

    def is_off_ends(self, box: Box) -> bool:
        """Return whether a label there does not even touch an end."""
        return not self._hidden_by(box, SETTLE["around_end"] + SETTLE["untouched"])

    def is_fair(self, box: Box) -> bool:
        """Return whether a label there leaves an end to every arrow that had one."""
        now = self._hidden_by(box)
        seen = {arrow for arrow, at in self._ends if (arrow, at) not in self._hidden | now}
        return all(arrow in seen for arrow, _ in now - self._hidden)

    def take(self, box: Box) -> None:
        """A label stands there now."""
        self._hidden |= self._hidden_by(box)

    def _hidden_by(self, box: Box, around: float | None = None) -> set[End]:
        around = SETTLE["around_end"] if around is None else around
        left, top, right, bottom = box[0] - around, box[1] - around, box[2] + around, box[3] + around
        return {(arrow, (x, y)) for arrow, (x, y) in self._ends if left < x < right and top < y < bottom}


def _towards(point: Point, other: Point, far: float) -> Point:
    part = far / (math.dist(point, other) or 1.0)
    return point[0] + part * (other[0] - point[0]), point[1] + part * (other[1] - point[1])
