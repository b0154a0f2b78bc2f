"""Where there is little room: labels stand nearby or give way, so that nothing covers a node or another label.

The player settles its labels by the same rule (`js/stage/settle.js`).
"""

import math
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from bpviz.telling.scene import Edge, Point, Scene, node_of
from bpviz.views.figure.arrow_ends import End, Watch
from bpviz.views.figure.chips import Box, meet
from bpviz.views.figure.circles import Circle, circle_of, middle_of, moved
from bpviz.views.figure.crossings import distance_to, length_inside, lines_cross
from bpviz.views.look import SETTLE


@dataclass(frozen=True)
class Label:
    """A label by its anchor; `home`: where it would stand if there were room; `needed`: by this beat."""

    anchor: str
    home: Box
    needed: bool


@dataclass(frozen=True)
class Leader:
    """A line from the label of an anchor to what it belongs to."""

    anchor: str
    start: Point
    end: Point

    @property
    def ends(self) -> tuple[Point, Point]:
        """Both."""
        return self.start, self.end

    @property
    def length(self) -> float:
        """From one to the other."""
        return math.dist(self.start, self.end)


@dataclass(frozen=True)
class _Place:
    """What lies round a label that looks for a place.

    `circle`: its node, None where it stands on an `edge`; `into`: what runs into its node.
    """

    label: Label
    circles: Sequence[Circle]
    circle: Circle | None
    edge: Edge | None
    into: Collection[Edge]
    lit: Collection[Edge]

    def is_by_its_own(self, box: Box) -> bool:
        """Return whether a label there is clearly nearer to its own node, or edge, than to any other of the beat.

        A value stands no lower than its node, and what comes back no higher, and neither on what runs into it.
        """
        if self.circle:
            mine = self.circle.gap(box)
            least = max(SETTLE["clearly"] * mine, mine + SETTLE["nearer"])
            apart = all(c is self.circle or c.gap(box) >= least for c in self.circles)
            return apart and self._is_in_order(box) and _is_off(self.into, box) and not self._is_behind(box)
        return not self.edge or self._is_nearest(self.edge, middle_of(box))

    def _is_behind(self, box: Box) -> bool:
        """Return whether an arrow of the beat runs between it and its node: it would seem to be that arrow's."""
        to_own = middle_of(box), self.leader(box).end
        return any(lines_cross(to_own, edge.points) for edge in self._foreign)

    def _is_in_order(self, box: Box) -> bool:
        assert self.circle
        here, usual = (middle_of(place)[1] - self.circle.center[1] for place in (box, self.label.home))
        return here <= SETTLE["level"] if usual < 0.0 else here >= -SETTLE["level"]

    def _is_nearest(self, own: Edge, point: Point) -> bool:
        for at, places in zip(point, zip(*own.points, strict=True), strict=True):
            if not min(places) - SETTLE["beside"] < at < max(places) + SETTLE["beside"]:
                return False
        mine = distance_to(own, point)
        return all(edge is own or distance_to(edge, point) > SETTLE["clearly"] * mine for edge in self.lit)

    def is_beside(self, box: Box) -> bool:
        """Return whether a label there covers nothing of the beat's other edges but a corner."""
        return _is_off(self._foreign, box)

    def is_aside(self, box: Box) -> bool:
        """Return whether a label there does not even touch them."""
        left, top, right, bottom = box
        room = SETTLE["untouched"]
        wider = left - room, top - room, right + room, bottom + room
        return not any(length_inside(edge.points, wider) for edge in self._foreign)

    @cached_property
    def _foreign(self) -> list[Edge]:
        return [edge for edge in self.lit if edge is not self.edge]

    def is_clear(self, box: Box, taken: Iterable[Box]) -> bool:
        """Return whether a leader from there runs through no other label, and no other node."""
        ends, others = self.leader(box).ends, (c.box for c in self.circles if c is not self.circle)
        return not any(length_inside(ends, other) for other in (*taken, *others))

    def leader(self, box: Box) -> Leader:
        """Return the line from a label there to its node or its place on the edge."""
        return Leader(self.label.anchor, *(self.circle or self._home).leader(box))

    @cached_property
    def _home(self) -> Circle:
        return Circle(middle_of(self.label.home), 0.0)


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
        edge = next((edge for edge in scene.edges if edge.id == label.anchor), None)
        at = None if edge else owner_of(label.anchor, scene)
        into = [] if at is None else [e for e in scene.edges if e.target == scene.nodes[at].id]
        place = _Place(label, circles, None if at is None else circles[at], edge, into, edges)
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
    place: _Place, near: list[Point], steps: list[Point], taken: list[Box], watch: Watch, scene: Scene
) -> Point | None:
    """Return the shortest way to a place by its own, or, of what is needed, to one from where a leader can be seen."""
    needed = place.label.needed
    far = steps if needed else near

    def first(ways: list[Point], *asked: Callable[[Box], bool]) -> Point | None:
        boxes = ((way, moved(place.label.home, way)) for way in ways)
        return next((way for way, box in boxes if is_free(box) and all(holds(box) for holds in asked)), None)

    @cache  # several rounds ask about the same boxes
    def is_free(box: Box) -> bool:
        return _is_free(place, box, taken, scene)

    @cache
    def is_close(box: Box) -> bool:
        return (needed or place.is_aside(box)) and place.is_by_its_own(box)

    def is_led(box: Box) -> bool:
        return place.leader(box).length >= SETTLE["leader"]

    def is_clear(box: Box) -> bool:
        return place.is_clear(box, taken)

    beside = cache(place.is_beside)
    clear = first(near, is_close, watch.spares, beside) or first(far, is_close, watch.is_fair, beside)
    close = clear or first(near, is_close, watch.spares) or first(far, is_close, watch.is_fair)
    if close or not needed:
        return close
    led = first(near, is_led, watch.is_fair, beside, is_clear) or first(near, is_led, watch.is_fair, is_clear)
    return led or first(steps, is_led, watch.is_fair) or first(steps, is_close) or first(steps, is_led)


def _is_free(place: _Place, box: Box, taken: list[Box], scene: Scene) -> bool:
    """Return whether a label there is in the scene and covers neither a circle nor another label."""
    gap = SETTLE["gap"]
    if min(box[:2]) < gap or box[2] > scene.width - gap or box[3] > scene.height - gap:
        return False
    return not any(meet(box, other, 0.0) for other in taken) and all(c.gap(box) >= 0.0 for c in place.circles)


def _is_off(edges: Iterable[Edge], box: Box) -> bool:
    """Return whether a label there covers no more than a corner of any."""
    return all(length_inside(edge.points, box) <= SETTLE["covers"] for edge in edges)


def owner_of(anchor: str, scene: Scene) -> int:
    """Return the place among the nodes of the one that an anchor is called after, else of the nearest."""
    ids = [node.id for node in scene.nodes]
    called = node_of(anchor) or anchor.removesuffix(".left").removesuffix(".right")
    if called in ids:
        return ids.index(called)
    return min(range(len(ids)), key=lambda k: math.dist(scene.nodes[k].center, scene.anchors[anchor]))


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
