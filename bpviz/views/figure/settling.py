"""Where there is little room: labels stand nearby or give way, so that nothing covers a node or another label."""

import math
from collections.abc import Collection

from bpviz.telling.scene import Node, Point, Scene
from bpviz.views.figure.chips import Box, PlacedChip, box_of, meet
from bpviz.views.look import SETTLE


def settled(chips: list[PlacedChip], scene: Scene, focus: Collection[str]) -> list[PlacedChip]:
    """Return the chips that have room, in their places; `chips`: what matters most first, `focus`: what has a ring."""
    radius = {n.id: n.size[0] / 2 + SETTLE["gap"] + (SETTLE["ring"] if n.id in focus else 0.0) for n in scene.nodes}
    ways = _ways()
    taken: list[Box] = []
    found = []
    for chip in chips:
        own = _owner(chip, scene)
        owners = [own, None] if chip.told else [own]
        far = SETTLE["farthest" if chip.told else "nearby"]
        places = ((_moved(chip.center, way), owner) for owner in owners for way in ways if _length(way) <= far)
        for center, owner in places:
            box = box_of(center, chip.size)
            if not any(meet(box, other, 0.0) for other in taken) and _is_clear(box, scene, radius, owner):
                chip.center = center
                taken.append(box)
                found.append(chip)
                break
    return found


def _owner(chip: PlacedChip, scene: Scene) -> Node | None:
    """Return the node that a chip belongs to; None where it stands on an edge."""
    if chip.chip.anchor in scene.edge:
        return None
    return min(scene.nodes, key=lambda node: math.dist(node.center, chip.center))


def _ways() -> tuple[Point, ...]:
    """Steps in every direction, the shortest first."""
    across, down = (int(SETTLE["farthest"] // SETTLE[way]) for way in ("aside", "down"))
    ways = [
        (x * SETTLE["aside"], y * SETTLE["down"]) for x in range(-across, across + 1) for y in range(-down, down + 1)
    ]
    return tuple(sorted((way for way in ways if _length(way) <= SETTLE["farthest"]), key=_length))


def _length(way: Point) -> float:
    """One to the left counts as more than one to the right, and one up or down too."""
    x, y = way
    return math.hypot(SETTLE["left"] * x if x < 0 else x, SETTLE["steep"] * y)


def _moved(point: Point, way: Point) -> Point:
    return point[0] + way[0], point[1] + way[1]


def _is_clear(box: Box, scene: Scene, radius: dict[str, float], own: Node | None) -> bool:
    """True where the box is in the scene, covers no circle and, if it has one of its own, is no nearer to any other."""
    gap = SETTLE["gap"]
    if min(box[:2]) < gap or box[2] > scene.width - gap or box[3] > scene.height - gap:
        return False
    mine = _gap(box, own, radius) if own else 0.0
    return all((far := _gap(box, node, radius)) >= 0.0 and (own is None or far >= mine) for node in scene.nodes)


def _gap(box: Box, node: Node, radius: dict[str, float]) -> float:
    """From a box to a circle; less than 0 where they meet."""
    x, y = node.center
    return math.hypot(max(box[0] - x, 0.0, x - box[2]), max(box[1] - y, 0.0, y - box[3])) - radius[node.id]
