"""Where a graph stands: givens left, result right, a circle for each operation, a list in a column of lanes."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import cast

from bpviz.calculation.program import Program
from bpviz.calculation.quantities import Given, Step
from bpviz.graphs.columns import Columns, reads_of, reads_of_units
from bpviz.graphs.layering import Layered, layered
from bpviz.graphs.lists import is_numbered, list_of, shape_of, size, symbol_of, units
from bpviz.graphs.signs import sign_of
from bpviz.graphs.styles import LAPTOP, MOST_STRETCHED, Screen, Style, style_of
from bpviz.telling.chips import Chip, Piece, name_and_value
from bpviz.telling.scene import Edge, Node, Point, Scene, beside, edge_id, under, widened

BESIDE = 32.0
"""Half the width of a number, with its margins, where layers go down."""

BORDER = 8.0
"""What wide nodes, and edges that bend, leave free at the border."""

CLEAR = 3.0
"""So far from a circle that is not its own an edge keeps at least."""

APART = 0.25
"""So far from each other the lines of a list's elements bend, in units of the distance across."""

IN_SIGHT = 230.0
"""Where layers go down, the number of an edge is at most so far from the node that its gradient comes back to."""


def graph_scene(program: Program, screen: Screen = LAPTOP) -> Scene:
    """Return the scene of a program whose forward steps are single operations, with places for a screen."""
    style = style_of(program, screen)
    reads = reads_of(program)
    place, bends = _Placing(program, style, screen).places()
    within = list_of(program)
    nodes = {n: _node(program, style, screen, n, within.get(n, ""), place[n]) for n in reads}
    edges = [
        _edge(nodes[source], nodes[name], bends.get((source, name), ()), nodes.values())
        for name, sources in reads.items()
        for source in sources
    ]
    anchors = {e.id: _middle(e.points, IN_SIGHT if screen.down else math.inf) for e in edges}
    aside = min(style.aside, style.circle / 2 + BESIDE) if screen.down else style.aside
    for name, (x, y) in place.items():
        right = x + aside + (nodes[name].size[0] - style.circle) / 2 if aside else x
        anchors[under(name)[0]] = (right, y + style.off)
        anchors[beside("value", name)] = (right, y - style.off)
    labels = [*_shapes(program, style, place, anchors), *_labels(program, style)]
    drawn = tuple(nodes.values())
    left, top, right, bottom = _bounds(drawn, edges, style)
    scene = Scene(right, bottom, drawn, tuple(edges), anchors, tuple(labels), labels_yield=True, compact=style.compact)
    return widened(scene, -left, 0.0, -top)


@dataclass(frozen=True)
class _Placing:
    """Puts the middles of all nodes: lists by layers, then their elements across them."""

    program: Program
    style: Style
    screen: Screen

    def places(self) -> tuple[dict[str, Point], dict[tuple[str, str], list[Point]]]:
        """Return the middles of all nodes, and where the edges between single ones may bend."""
        placed, across = self._in_columns() if self.style.columns else self._in_layers()
        unit_of = units(self.program)
        on_way = [place for bends in placed.bends.values() for place in bends]
        all_across = [*across.values(), *(a for _, a in on_way)]
        least, style = min(all_across), self.style
        beside = self._beside(max(all_across) - least)

        def point(layer: int, at: float) -> Point:
            behind = style.behind if layer else 0.0
            if self.screen.down:
                return style.left + beside * (at - least), style.top + style.down * layer + behind
            return style.left + style.along * layer + behind, style.top + style.across * (at - least)

        points = {n: point(placed.nodes[unit_of[n]][0], a) for n, a in across.items()}
        links = ((source, name) for name, sources in reads_of(self.program).items() for source in sources)
        apart = self._apart()
        return points, {
            (source, name): [point(layer, at + (apart[source] or apart[name])) for layer, at in placed.bends[link]]
            for source, name in links
            if (link := (unit_of[source], unit_of[name])) in placed.bends
        }

    def _apart(self) -> dict[str, float]:
        """Return how far from the middle of a list's lines that of each element bends, across them."""
        lists = self._members().values()
        return {name: APART * (k - (len(names) - 1) / 2) for names in lists for k, name in enumerate(names)}

    def _members(self) -> dict[str, list[str]]:
        """Return the elements of each list, in order."""
        inside: dict[str, list[str]] = {}
        for name, unit in units(self.program).items():
            inside.setdefault(unit, []).append(name)
        return inside

    def _in_columns(self) -> tuple[Layered, dict[str, float]]:
        columns = cast(Columns, self.style.columns)
        return Layered({unit: (column, 0.0) for unit, column in columns.of.items()}, {}), columns.lanes

    def _in_layers(self) -> tuple[Layered, dict[str, float]]:
        """Return the layers of lists, and where their elements stand across them."""
        inside = self._members()
        shapes = {unit: (shape_of(self.program, unit), len(names)) for unit, names in inside.items()}
        rooms = {unit: self.style.room(*shape) for unit, shape in shapes.items()}
        placed = layered(reads_of_units(self.program), rooms)
        lanes = {unit: self.style.lanes(*shape) for unit, shape in shapes.items()}
        return placed, {
            name: placed.nodes[unit][1] + lane - lanes[unit][-1] / 2
            for unit, names in inside.items()
            for name, lane in zip(names, lanes[unit], strict=True)
        }

    def _beside(self, lanes: float) -> float:
        """Return how far apart nodes stand beside each other where layers go down: as far as there is room for."""
        style = self.style
        widest = (self.screen.width - style.left - style.right) / max(lanes, 1.0)
        return min(max(style.beside, widest), MOST_STRETCHED * style.beside)


def _node(program: Program, style: Style, screen: Screen, name: str, within: str, center: Point) -> Node:
    item = program[name]
    symbol = symbol_of(name, within)
    sign = sign_of(item.expr) if isinstance(item, Step) else symbol.base + symbol.sub
    return Node(name, "circle", center, (style.width(sign, screen.down), style.circle), (name,), sign)


def _labels(program: Program, style: Style) -> Iterator[Chip]:
    """The values above the edges, what matters most first: the result, what a person has named, other operations.

    Givens come last: their values stand beside their sliders too.
    """
    order = [program.loss, *sorted(reads_of(program), key=lambda n: (isinstance(program[n], Given), is_numbered(n)))]
    for name in dict.fromkeys(order):
        is_named = style.names and isinstance(program[name], Step)  # a given's name stands in its circle
        anchor = beside("value", name)
        yield name_and_value(anchor, name) if is_named else Chip(anchor, "plain", ((Piece("value", name),),))


def _shapes(program: Program, style: Style, place: dict[str, Point], anchors: dict[str, Point]) -> Iterator[Chip]:
    """Above each list its name and its shape."""
    seen = set[str]()
    for name, unit in units(program).items():
        if unit != name and unit not in seen:
            seen.add(unit)
            (x, y), anchor = place[name], beside("shape", name)
            anchors[anchor] = (x, y - style.circle / 2 - style.above)
            text = f"{symbol_of(unit).plain} ({size(shape_of(program, unit))})"
            yield Chip(anchor, "plain", ((Piece("text", text),),))


def _bounds(nodes: Iterable[Node], edges: Iterable[Edge], style: Style) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of all that is drawn, with the room round it."""
    bends = [(x - BORDER, y - BORDER, x + BORDER, y + BORDER) for edge in edges for x, y in edge.via]
    rooms = [
        (
            x - max(style.left, wide / 2 + BORDER),
            y - style.top,
            x + style.right + (wide - style.circle) / 2,
            y + style.bottom,
        )
        for (x, y), (wide, _) in ((node.center, node.size) for node in nodes)
    ]
    lefts, tops, rights, bottoms = zip(*rooms, *bends, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _edge(a: Node, b: Node, bends: Sequence[Point], nodes: Iterable[Node]) -> Edge:
    """From border to border, straight where no other circle is in the way, else over its bends."""
    others = [node for node in nodes if node not in (a, b)]
    first, last = _nearest(a, b.center), _nearest(b, a.center)
    is_free = all(_distance(p, first, last) > n.size[1] / 2 + CLEAR for n in others for p in _inside(n))
    via = () if is_free else tuple(bends)
    first, last = _nearest(a, via[0] if via else b.center), _nearest(b, via[-1] if via else a.center)
    points = [first, *via, last]
    start = _towards(first, points[1], a.size[1] / 2)
    return Edge(edge_id(a.id, b.id), a.id, b.id, start, _towards(last, points[-2], b.size[1] / 2), via=via)


def _inside(node: Node) -> set[Point]:
    """Return the middle of a circle, of a wider node points along its middle too."""
    (x, y), flat = node.center, (node.size[0] - node.size[1]) / 2
    return {(x + part * flat, y) for part in (-1.0, -0.5, 0.0, 0.5, 1.0)}


def _nearest(node: Node, point: Point) -> Point:
    """Return the middle of a node's nearest end: of a circle its own, of a wider one that of a round end or between."""
    (x, y), flat = node.center, (node.size[0] - node.size[1]) / 2
    return min(max(point[0], x - flat), x + flat), y


def _towards(point: Point, other: Point, far: float) -> Point:
    part = far / math.dist(point, other)
    return point[0] + part * (other[0] - point[0]), point[1] + part * (other[1] - point[1])


def _distance(point: Point, start: Point, end: Point) -> float:
    """From a point to the line between two others."""
    (px, py), (x, y), (dx, dy) = point, start, (end[0] - start[0], end[1] - start[1])
    part = min(max(((px - x) * dx + (py - y) * dy) / (dx * dx + dy * dy), 0.0), 1.0)
    return math.hypot(px - x - part * dx, py - y - part * dy)


def _middle(points: Sequence[Point], most: float) -> Point:
    """Return the middle of the straight piece of a line that its half lies on: it bends where circles stand.

    Where the half is farther than `most` from the first point, that is the point which is so far.
    """
    half = sum(map(math.dist, points, points[1:])) / 2
    left = min(half, most)
    for a, b in pairwise(points):
        if (length := math.dist(a, b)) >= left:
            return _towards(a, b, left if half > most else length / 2)
        left -= length
    return points[-1]
