"""Where a graph stands: givens left, result right, a circle for each operation, a list in a column of lanes."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from bpviz.algebra.traversal import references
from bpviz.calculation.program import Program
from bpviz.calculation.quantities import Phase, Step
from bpviz.graphs.layering import layered
from bpviz.graphs.lists import ETA, list_of, shape_of, size, symbol_of, units
from bpviz.graphs.signs import sign_of
from bpviz.graphs.styles import Style, style_of
from bpviz.telling.chips import Chip, Piece, name_and_value
from bpviz.telling.scene import Edge, Node, Point, Scene, beside, edge_id, under


@dataclass(frozen=True)
class Spacing:
    """How much wider than a style has it: from layer to layer, within a layer; `down`: layers go downwards."""

    along: float = 1.0
    across: float = 1.0
    down: bool = False


USUAL, LARGE, TALL = Spacing(), Spacing(across=1.2), Spacing(down=True)

BY_NAME = 18.0
"""So much farther right stands a value with its name."""

Reads = dict[str, list[str]]


def graph_scene(program: Program, spacing: Spacing = USUAL) -> Scene:
    """Return the scene of a program whose forward steps are single operations."""
    style = style_of(program)
    reads = _reads(program)
    place = _Placing(program, reads, style, spacing).centers()
    within = list_of(program)
    nodes = {n: _node(program, style, n, within.get(n, ""), place[n]) for n in reads}
    edges = [_edge(nodes[source], nodes[name]) for name, sources in reads.items() for source in sources]
    anchors = {e.id: ((e.start[0] + e.end[0]) / 2, (e.start[1] + e.end[1]) / 2) for e in edges}
    for name, (x, y) in place.items():
        anchors[under(name)[0]] = (x + style.aside, y + style.off)
        anchors[beside("value", name)] = (x + style.aside + (0 if style.values else BY_NAME), y - style.off)
    labels = [*_labels(program, style), *_shapes(program, style, place, anchors)]
    width = max(x for x, _ in place.values()) + style.right
    height = max(y for _, y in place.values()) + style.bottom
    return Scene(width, height, tuple(nodes.values()), tuple(edges), anchors, tuple(labels))


def _reads(program: Program) -> Reads:
    """Every given and forward step, and what it reads."""
    steps = [step for step in program.steps if step.phase is Phase.FORWARD]
    return {g.name: [] for g in program.givens if g.name != ETA} | {
        s.name: list(dict.fromkeys(references(s.expr))) for s in steps
    }


@dataclass(frozen=True)
class _Placing:
    """Puts the middles of all nodes: lists by layers, then their elements across them."""

    program: Program
    reads: Reads
    style: Style
    spacing: Spacing

    def centers(self) -> dict[str, Point]:
        unit_of = units(self.program)
        inside: dict[str, list[str]] = {}
        for name, unit in unit_of.items():
            inside.setdefault(unit, []).append(name)
        reads: Reads = {unit: [] for unit in inside}
        for name, sources in self.reads.items():
            reads[unit_of[name]] += [u for s in sources if (u := unit_of[s]) not in reads[unit_of[name]]]
        shapes = {unit: (shape_of(self.program, unit), len(names)) for unit, names in inside.items()}
        placed = layered(reads, {unit: self.style.room(*shape) for unit, shape in shapes.items()})
        lanes = {unit: self.style.lanes(*shape) for unit, shape in shapes.items()}
        across = {
            name: placed[unit][1] + lane - lanes[unit][-1] / 2
            for unit, names in inside.items()
            for name, lane in zip(names, lanes[unit], strict=True)
        }
        least = min(across.values())
        return {n: self._point(placed[unit_of[n]][0], a - least) for n, a in across.items()}

    def _point(self, layer: int, across: float) -> Point:
        style, spacing = self.style, self.spacing
        if spacing.down:
            return style.left + style.beside * across, style.top + style.down * layer
        return style.left + style.along * spacing.along * layer, style.top + style.across * spacing.across * across


def _node(program: Program, style: Style, name: str, within: str, center: Point) -> Node:
    item = program[name]
    symbol = symbol_of(name, within)
    sign = sign_of(item.expr) if isinstance(item, Step) else symbol.base + symbol.sub
    return Node(name, "circle", center, (style.circle, style.circle), (name,), sign)


def _labels(program: Program, style: Style) -> Iterator[Chip]:
    """The values that always stand above the edges; a given's name stands in its circle."""
    for name in _reads(program) if style.values else ():
        is_named = style.names and isinstance(program[name], Step)
        anchor = beside("value", name)
        yield name_and_value(anchor, name) if is_named else Chip(anchor, "plain", ((Piece("value", name),),))


def _shapes(program: Program, style: Style, place: dict[str, Point], anchors: dict[str, Point]) -> Iterator[Chip]:
    """Above each list its name and its shape."""
    seen = set[str]()
    for name, unit in units(program).items():
        if unit != name and unit not in seen:
            seen.add(unit)
            (x, y), anchor = place[name], beside("shape", name)
            anchors[anchor] = (x, y - style.circle / 2 - 16 - (0 if style.aside else 24))
            text = f"{symbol_of(unit).plain}: {size(shape_of(program, unit))}"
            yield Chip(anchor, "plain", ((Piece("text", text),),))


def _edge(a: Node, b: Node) -> Edge:
    """From border to border, on the line between two centres."""
    (x1, y1), (x2, y2) = a.center, b.center
    length = math.hypot(x2 - x1, y2 - y1)
    dx, dy = (x2 - x1) / length, (y2 - y1) / length
    ra, rb = a.size[0] / 2, b.size[0] / 2
    return Edge(edge_id(a.id, b.id), a.id, b.id, (x1 + ra * dx, y1 + ra * dy), (x2 - rb * dx, y2 - rb * dy))
