"""What lies round a label that looks for a place: what it belongs to, and what it could be taken to belong to.

The player asks the same (`js/stage/label_place.js`).
"""

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from bpviz.telling.scene import Edge, Point, Scene, node_of
from bpviz.views.figure.chips import Box
from bpviz.views.figure.circles import Circle, middle_of
from bpviz.views.figure.crossings import distance_to, length_inside, lines_cross
from bpviz.views.look import SETTLE


@dataclass(frozen=True)
class Label:
    """A label by its anchor; `home`: where it would stand if there were room.

    `needed`: by this beat; `bright`: in full strength, as all that is needed is; `named`: it says whose it is;
    `stays`: rather gives way than takes a leader, though it is needed; `free`: a part that is not written out.
    """

    anchor: str
    home: Box
    needed: bool
    bright: bool = False
    named: bool = False
    stays: bool = False
    free: bool = False


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
class Place:
    """What lies round a label that looks for a place.

    `circle`: of its `node`, None where it stands on an `edge`; `into`: what runs into its node; `out_of`: what leaves
    that, where values have no frames; `homes`: where other labels of nodes stand if there is room.
    """

    label: Label
    circles: Sequence[Circle]
    node: str
    circle: Circle | None
    edge: Edge | None
    into: Collection[Edge]
    out_of: Collection[Edge]
    homes: Collection[Point]
    lit: Collection[Edge]

    def is_by_its_own(self, box: Box) -> bool:
        """Return whether a label there is clearly nearer to its own node, or edge, than to any other of the beat.

        A value stands no lower than its node, and what comes back no higher, and neither on what runs into it.
        """
        if self.circle:
            mine = self.circle.gap(box)
            least = max(SETTLE["clearly"] * mine, mine + SETTLE["nearer"])
            near = mine <= SETTLE["near"] and all(c is self.circle or c.gap(box) >= least for c in self.circles)
            ordered = near and self._is_in_order(box) and _is_off(self._barred, box) and not self._is_behind(box)
            return ordered and self.is_apart(box) and not self._has_minus(box)
        if not self.edge:
            return self.is_apart(box)
        on = self.label.needed or length_inside(self.edge.points, box) > 0.0
        return on and self.is_apart(box) and self._is_nearest(self.edge, middle_of(box))

    def is_apart(self, box: Box) -> bool:
        """Return whether it says whose it is, or no other label of a node stands there if there is room.

        What is bright does not stand at the left of its node either, but for a value with a name.
        """
        said = self.label.needed and self.label.named
        left, top, right, bottom = box
        apart = said or not any(left < x < right and top < y < bottom for x, y in self.homes)
        free = (said and not self._is_below) or not (self.label.needed or self.label.bright)
        return apart and (free or self._is_forward(box))

    def _has_minus(self, box: Box) -> bool:
        """Return whether a line ends at the left of a number without a frame as if it were its sign."""
        left, (_, y) = box[0], middle_of(box)
        before = left - 1.0, y - SETTLE["sign"], left, y + SETTLE["sign"]
        return not self._is_below and any(length_inside(edge.points, before) for edge in self.out_of)

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

    def is_off_others(self, box: Box) -> bool:
        """Return the same of those that do not end at its node."""
        return _is_off(self._strange, box)

    def _is_forward(self, box: Box) -> bool:
        """Return whether it stands not at the left of its node, where one reads what runs in, or stands there."""
        if not self.circle or middle_of(box)[0] >= self.circle.center[0] - SETTLE["level"]:
            return True
        first = all(circle.center[0] > self.circle.center[0] - SETTLE["level"] for circle in self.circles)
        return first and not self.into

    def is_aside(self, box: Box) -> bool:
        """Return whether a label there does not even touch them."""
        left, top, right, bottom = box
        room = SETTLE["untouched"]
        wider = left - room, top - room, right + room, bottom + room
        return not any(length_inside(edge.points, wider) for edge in self._foreign)

    @cached_property
    def _is_below(self) -> bool:
        """What comes back to its node."""
        return self.circle is not None and middle_of(self.label.home)[1] > self.circle.center[1]

    @cached_property
    def _foreign(self) -> list[Edge]:
        return [edge for edge in self.lit if edge is not self.edge]

    @cached_property
    def _strange(self) -> list[Edge]:
        """The beat's edges that are not its node's; of a sum of parts all: each of its node's has a part of its own."""
        if self._is_below and self._meet:
            return self._foreign
        return [edge for edge in self._foreign if self.node not in (edge.source, edge.target)]

    @cached_property
    def _meet(self) -> bool:
        """Whether parts come back to its node over several edges."""
        return sum(edge.source == self.node for edge in self._foreign) > 1

    @cached_property
    def _barred(self) -> list[Edge]:
        """What runs into its node; of what rather gives way also all edges of the beat, where parts meet."""
        stays = self._meet and self.label.needed and self.label.stays
        return [*self.into, *self._foreign] if stays else [*self.into]

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


def place_of(
    label: Label, scene: Scene, circles: Sequence[Circle], lit: Collection[Edge], needed: Collection[str]
) -> Place:
    """Return what lies round a label; `circles`: of the scene's nodes; `lit`: the edges of the beat.

    `needed`: the anchors of labels that the beat needs, which one on an edge leaves their places.
    """
    ids = {edge.id: edge for edge in scene.edges}
    if edge := ids.get(label.anchor):
        kept = [scene.anchors[anchor] for anchor in needed if anchor not in ids]
        return Place(label, circles, "", None, edge, (), (), kept, lit)
    at = owner_of(label.anchor, scene)
    into = [e for e in scene.edges if e.target == scene.nodes[at].id]
    out_of = [e for e in scene.edges if e.source == scene.nodes[at].id] if scene.compact else ()
    homes = [point for anchor, point in scene.anchors.items() if anchor != label.anchor and anchor not in ids]
    return Place(label, circles, scene.nodes[at].id, circles[at], None, into, out_of, homes, lit)


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
