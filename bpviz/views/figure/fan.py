"""What comes back to one node over several edges: the middle ones of the fan have the least room, and come first.

The player orders its chips by the same rule (`js/stage/fan.js`).
"""

import math
from collections.abc import Sequence

from bpviz.telling.scene import Edge, Scene


def from_the_middle(anchors: Sequence[str], scene: Scene) -> list[str]:
    """Return the anchors of chips in another order: edges first, of each node's from the middle to the outer ones."""
    edges = [scene.edge[anchor] for anchor in anchors if anchor in scene.edge]

    def far(anchor: str) -> float:
        if anchor not in scene.edge:
            return math.inf
        own = scene.edge[anchor]
        fan = [_slope(edge) for edge in edges if edge.source == own.source]
        return abs(sum(slope < _slope(own) for slope in fan) - sum(slope > _slope(own) for slope in fan))

    return sorted(anchors, key=far)


def _slope(edge: Edge) -> float:
    """The direction in which it leaves its node, in radians."""
    (x, y), (next_x, next_y), *_ = edge.points
    return math.atan2(next_y - y, next_x - x)
