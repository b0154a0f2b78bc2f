"""Where there is little room: labels stand nearby or give way, so that nothing covers a node or another label.

The player settles its labels by the same rule (`js/stage/settle.js`).
"""

import math
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cache

from bpviz.telling.scene import Point, Scene
from bpviz.views.figure.arrow_ends import End, Watch
from bpviz.views.figure.chips import Box, meet
from bpviz.views.figure.circles import circle_of, moved
from bpviz.views.figure.crossings import length_inside
from bpviz.views.figure.label_place import Label, Leader, Place, place_of
from bpviz.views.look import SETTLE


def settle(
    labels: Iterable[Label], scene: Scene, focus: Collection[str], lit: Collection[str], ends: Iterable[End] = ()
) -> tuple[list[Point | None], list[Leader]]:
    """Return how far each label moves, None for one that gives way, and the leaders of those that stand elsewhere.

    `labels`: what matters most first; `focus`: nodes with a ring; `lit`: what the beat is about;
    `ends`: of what runs back, of each arrow one at least should be seen. Parts that need not stand there and would not
    add up, since another one gives way, all do.
    """
    labels = list(labels)
    ways, leaders = _settle_all(labels, scene, focus, lit, ends)
    target = {edge.id: edge.source for edge in scene.edges}
    incomplete = {target.get(label.anchor) for label, way in zip(labels, ways, strict=True) if not way} - {None}
    kept = [k for k, label in enumerate(labels) if label.needed or target.get(label.anchor) not in incomplete]
    if len(kept) < len(labels):
        found, leaders = _settle_all([labels[k] for k in kept], scene, focus, lit, ends)
        ways = [found[kept.index(k)] if k in kept else None for k in range(len(labels))]
    return ways, leaders


def _settle_all(
    labels: list[Label], scene: Scene, focus: Collection[str], lit: Collection[str], ends: Iterable[End]
) -> tuple[list[Point | None], list[Leader]]:
    circles = [circle_of(node, SETTLE["gap"] + (node.id in focus) * SETTLE["ring"]) for node in scene.nodes]
    edges = [edge for edge in scene.edges if edge.id in lit]
    steps = _steps()
    near = [step for step in steps if _length(step) <= SETTLE["nearby"]]
    needed = [label.anchor for label in labels if label.needed]
    ways: list[Point | None] = [None] * len(labels)
    room = _Room(scene, [], [], Watch(ends))

    def put(at: int, may_wait: bool) -> bool:
        label = labels[at]
        place = place_of(label, scene, circles, edges, needed)
        way = _way(place, near, steps, room)
        box = moved(label.home, way or (0.0, 0.0))
        led = way is not None and not place.is_by_its_own(box)
        if may_wait and led:
            return False
        ways[at] = way
        if way:
            room.take(box, place.leader(box) if led else None)
        return True

    parts = [k for k, label in enumerate(labels) if label.needed and label.anchor in scene.edge]
    waiting = [k for k in parts if not put(k, True)]  # what finds no place by its arrow does not take that of another
    for k in (*waiting, *(k for k in range(len(labels)) if k not in parts)):
        put(k, False)
    return ways, room.leaders


@dataclass(frozen=True)
class _Room:
    """What stands already in the scene: labels, leaders, and what labels hide of arrows."""

    scene: Scene
    taken: list[Box]
    leaders: list[Leader]
    watch: Watch

    def take(self, box: Box, leader: Leader | None) -> None:
        """Let a label stand there, with its line if it has one."""
        self.taken.append(box)
        self.watch.take(box)
        if leader:
            self.leaders.append(leader)

    def has(self, place: Place, box: Box) -> bool:
        """Return whether a label there is in the scene and covers neither a circle nor another label."""
        gap, (left, top, right, bottom) = SETTLE["gap"], box
        if min(left, top) < gap or right > self.scene.width - gap or bottom > self.scene.height - gap:
            return False
        wider = left - SETTLE["apart"], top, right + SETTLE["apart"], bottom  # side by side they do not touch
        covers = any(circle.gap(box) < 0.0 for circle in place.circles)
        return not covers and not any(meet(wider, other, 0.0) for other in self.taken)

    def is_off_leaders(self, box: Box) -> bool:
        """Return whether a label there lies on no line from another one."""
        return not any(length_inside(line.ends, box) for line in self.leaders)


def _way(place: Place, near: list[Point], steps: list[Point], room: _Room) -> Point | None:
    """Return the shortest way to a place by its own, or, of what is needed, to one from where a leader can be seen."""
    needed = place.label.needed
    far = steps if needed else near
    # several rounds ask about the same boxes
    free, off = cache(lambda box: room.has(place, box)), cache(room.is_off_leaders)
    off_ends = cache(lambda box: place.edge is not None or room.watch.is_off_ends(box))
    bare = cache(lambda box: needed or place.label.free or (place.is_aside(box) and off_ends(box)))
    quiet = cache(lambda box: bare(box) and place.is_by_its_own(box))
    seen = cache(lambda box: place.leader(box).length >= SETTLE["leader"])
    clear = cache(lambda box: place.is_clear(box, room.taken))
    beside, others, apart = cache(place.is_beside), cache(place.is_off_others), cache(place.is_apart)
    spares, fair = room.watch.spares, room.watch.is_fair
    close, led = (off, quiet), (off, seen)
    Round = tuple[list[Point], tuple[Callable[[Box], bool], ...]]
    aside: list[Round] = [(near, (*led, fair, clear, beside, apart)), (far, (*led, fair, clear, beside, apart))]
    over: list[Round] = [(near, (*close, spares)), (far, (*close, fair))]
    rounds: list[Round] = [
        (near, (*close, spares, beside)),
        (far, (*close, fair, beside)),
        (near, (*close, spares, others)),
        (far, (*close, fair, others)),
        *([*over, *aside] if place.edge else [*aside, *over]),
        (near, (*led, fair, clear, beside)),
        (near, (*led, fair, clear)),
        (far, (*led, fair, clear)),
        (far, (*led, fair)),
        (far, close),
        (far, led),
        (far, (seen,)),
    ]
    farther = (over if place.label.stays else rounds[4:]) if needed else []
    for ways, asked in [*rounds[:4], *farther]:
        for way in ways:
            box = moved(place.label.home, way)
            if free(box) and all(holds(box) for holds in asked):
                return way
    return None


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
