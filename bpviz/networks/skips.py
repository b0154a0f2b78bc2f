"""Where an edge that skips layers carries its weight: it runs past neurons and labels, and is to hide none of them."""

from collections.abc import Iterable, Mapping

from bpviz.telling.scene import Edge, Node, Point

CHIP = (72.0, 40.0)
"""The room of any label or chip."""
STEPS = 32


def clearest(edge: Edge, nodes: Iterable[Node], anchors: Mapping[str, Point]) -> Point:
    """Return the point of an edge that is farthest from all nodes and from the chips at all anchors, in model units."""
    boxes = [(n.center, n.size) for n in nodes] + [(point, CHIP) for point in anchors.values()]
    (x1, y1), (x2, y2) = edge.start, edge.end
    points = [(x1 + k / STEPS * (x2 - x1), y1 + k / STEPS * (y2 - y1)) for k in range(2, STEPS - 1)]
    return max(points, key=lambda point: min(_gap(point, *box) for box in boxes))


def _gap(point: Point, center: Point, size: tuple[float, float]) -> float:
    """How far a chip at a point is from a box; less than 0 where they overlap."""
    across, down = (abs(p - c) - (w + own) / 2 for p, c, w, own in zip(point, center, size, CHIP, strict=True))
    return max(across, down)
