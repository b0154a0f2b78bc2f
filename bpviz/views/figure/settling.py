"""Where there is little room: labels stand nearby or give way, so that nothing covers a node or another label.

The player settles its labels by the same rule (`js/stage/settle.js`).
"""

import math
from collections.abc import Callable, Collection, Iterable
from functools import cache

from bpviz.telling.scene import Point, Scene
from bpviz.views.figure.arrow_ends import End, Watch
from bpviz.views.figure.chips import Box, meet
from bpviz.views.figure.circles import circle_of, moved
from bpviz.views.figure.label_place import Label, Leader, Place, place_of
from bpviz.views.look import SETTLE


def settle(
    labels: Iterable[Label], scene: Scene, focus: Collection[str], lit: Collection[str], ends: Iterable[End] = ()
) -> tuple[list[Point | None], list[Leader]]:
    """Return how far each label moves, None for one that gives way, and the leaders of those that stand elsewhere.

    `labels`: what matters most first; `focus`: nodes with a ring; `lit`: what the beat is about;
    `ends`: of what runs back, of each arrow one at least should be seen.
    """
    circles = [circle_of(node, SETTLE["gap"] + (node.id in focus) * SETTLE["ring"]) for node in scene.nodes]
    edges = [edge for edge in scene.edges if edge.id in lit]
    steps = _steps()
    near = [step for step in steps if _length(step) <= SETTLE["nearby"]]
    taken: list[Box] = []
    watch = Watch(ends)
    ways: list[Point | None] = []
    leaders = []
    for label in labels:
        place = place_of(label, scene, circles, edges)
        way = _way(place, near, steps, taken, watch, scene)
        ways.append(way)
        if way:
            box = moved(label.home, way)
            taken.append(box)
            watch.take(box)
            if not place.is_by_its_own(box):
                leaders.append(place.leader(box))
    return ways, leaders


def _way(
    place: Place, near: list[Point], steps: list[Point], taken: list[Box], watch: Watch, scene: Scene
) -> Point | None:
    """Return the shortest way to a place by its own, or, of what is needed, to one from where a leader can be seen."""
    needed = place.label.needed
    far = steps if needed else near

    def is_close(box: Box) -> bool:
        return (needed or place.is_aside(box)) and place.is_by_its_own(box)

    def is_led(box: Box) -> bool:
        return place.leader(box).length >= SETTLE["leader"]

    # several rounds ask about the same boxes
    free, clear = cache(lambda box: _is_free(place, box, taken, scene)), cache(lambda box: place.is_clear(box, taken))
    close, led, beside, apart = cache(is_close), cache(is_led), cache(place.is_beside), cache(place.is_apart)
    spares, fair = watch.spares, watch.is_fair
    rounds: list[tuple[list[Point], tuple[Callable[[Box], bool], ...]]] = [
        (near, (close, spares, beside)),
        (far, (close, fair, beside)),
        (near, (close, spares)),
        (far, (close, fair)),
        (near, (led, fair, clear, beside, apart)),
        (far, (led, fair, clear, beside, apart)),
        (near, (led, fair, clear, beside)),
        (near, (led, fair, clear)),
        (far, (led, fair, clear)),
        (far, (led, fair)),
        (far, (close,)),
        (far, (led,)),
    ]
    for ways, asked in rounds if needed else rounds[:4]:
        for way in ways:
            box = moved(place.label.home, way)
            if free(box) and all(holds(box) for holds in asked):
                return way
    return None


def _is_free(place: Place, box: Box, taken: list[Box], scene: Scene) -> bool:
    """Return whether a label there is in the scene and covers neither a circle nor another label."""
    gap = SETTLE["gap"]
    if min(box[:2]) < gap or box[2] > scene.width - gap or box[3] > scene.height - gap:
        return False
    return not any(meet(box, other, 0.0) for other in taken) and all(c.gap(box) >= 0.0 for c in place.circles)


def _steps() -> list[Point]:
    """Steps in every direction, the shortest first."""
    across, down = (int(SETTLE["farthest"] // SETTLE[way]) for way in ("aside", "down"))
    steps = [
        (x * SETTLE["aside"], y * SETTLE["down"]) for x in range(-across, across + 1) for y in range(-down, down + 1)
    ]
    return sorted((step for step in steps if _length(step) <= SETTLE["farthest"]), key=_length)


def _length(step: Point) -> float:
    """One to the left counts as more than one to the right, and one up or down too."""
    x, y = step
    return math.hypot(SETTLE["left"] * x if x < 0 else x, SETTLE["steep"] * y)
