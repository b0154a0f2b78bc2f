"""Where a graph stands: givens left, result right, a circle for each operation, its sign above it."""

import math
from dataclasses import dataclass

from bpviz.algebra.expr import Apply, Const, Expr
from bpviz.algebra.traversal import references
from bpviz.calculation.program import Program
from bpviz.calculation.quantities import Phase
from bpviz.graphs.layering import layered
from bpviz.ground.numbers import MINUS, format_number
from bpviz.telling.chips import Chip, Piece
from bpviz.telling.scene import Edge, Node, Point, Scene, beside, edge_id, under

GIVEN, OPERATION = 54.0, 62.0
MANY, CLOSER = 6, 0.75
"""With more layers than these they stand closer, so that numbers can still be read."""

SIGNS = {"add": "+", "sub": MINUS, "mul": "×", "div": "÷", "neg": MINUS, "square": "²", "reciprocal": "1 ÷"}


@dataclass(frozen=True)
class Spacing:
    """Distances in model units: from layer to layer, within a layer, and round all; `down`: layers go downwards."""

    along: float = 150.0
    across: float = 140.0
    margin: float = 62.0
    down: bool = False


USUAL, LARGE, TALL = Spacing(), Spacing(along=190.0, across=130.0), Spacing(along=140.0, across=112.0, down=True)


def graph_scene(program: Program, spacing: Spacing = USUAL) -> Scene:
    """Return the scene of a program whose forward steps are single operations."""
    steps = [step for step in program.steps if step.phase is Phase.FORWARD]
    reads: dict[str, list[str]] = {g.name: [] for g in program.givens if g.quantity.place} | {
        s.name: list(dict.fromkeys(references(s.expr))) for s in steps
    }
    place = _centers(layered(reads), spacing)
    nodes = {
        n: Node(n, "circle", place[n], _size(OPERATION if n in program and reads[n] else GIVEN), (n,)) for n in reads
    }
    edges = [_edge(nodes[source], nodes[name]) for name, sources in reads.items() for source in sources]
    anchors = {e.id: ((e.start[0] + e.end[0]) / 2, (e.start[1] + e.end[1]) / 2) for e in edges}
    for name, (x, y) in place.items():
        anchors[under(name)[0]] = (x, y + 55)
    for step in steps:
        x, y = place[step.name]
        anchors[beside("sign", step.name)] = (x, y - 43)
    signs = (Chip(beside("sign", s.name), "plain", ((Piece("text", sign_of(s.expr), bold=True),),)) for s in steps)
    width = max(x for x, _ in place.values()) + spacing.margin
    height = max(y for _, y in place.values()) + 1.4 * spacing.margin
    return Scene(width, height, tuple(nodes.values()), tuple(edges), anchors, tuple(signs))


def sign_of(expr: Expr) -> str:
    """Return what stands above an operation: its sign, with the number that it works with."""
    if not isinstance(expr, Apply):
        return "="
    sign = SIGNS.get(expr.op, expr.op.replace("leaky_relu", "LeakyReLU"))
    numbers = [
        format_number(a.value) if a.value != int(a.value) else str(int(a.value))
        for a in expr.args
        if isinstance(a, Const)
    ]
    if not numbers:
        return "^" if expr.op == "pow" else sign
    if expr.op == "pow":
        return f"^ {numbers[0]}" if isinstance(expr.args[1], Const) else f"{numbers[0]} ^"
    if expr.op in ("sub", "div") and isinstance(expr.args[0], Const):
        return f"{numbers[0]} {sign}"
    return f"{sign} {numbers[0]}"


def _centers(placed: dict[str, tuple[int, float]], spacing: Spacing) -> dict[str, Point]:
    least = min(across for _, across in placed.values())
    many = max(layer for layer, _ in placed.values()) > MANY
    step = spacing.along * (CLOSER if many and not spacing.down else 1)
    centers = {}
    for node, (layer, across) in placed.items():
        along, aside = spacing.margin + step * layer, spacing.margin + spacing.across * (across - least)
        centers[node] = (aside, along) if spacing.down else (along, aside)
    return centers


def _size(diameter: float) -> tuple[float, float]:
    return diameter, diameter


def _edge(a: Node, b: Node) -> Edge:
    """From border to border, on the line between two centres."""
    (x1, y1), (x2, y2) = a.center, b.center
    length = math.hypot(x2 - x1, y2 - y1)
    dx, dy = (x2 - x1) / length, (y2 - y1) / length
    ra, rb = a.size[0] / 2, b.size[0] / 2
    return Edge(edge_id(a.id, b.id), a.id, b.id, (x1 + ra * dx, y1 + ra * dy), (x2 - rb * dx, y2 - rb * dy))
