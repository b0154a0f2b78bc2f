"""Where a portrait has its errors: below the outputs, or beside the only one."""

from dataclasses import dataclass, field

from bpviz.networks.tall_lanes import Lanes, Levels
from bpviz.networks.tall_plan import BOX, CHIP, ERROR_GAP, MARGIN, RING, Plan, port
from bpviz.networks.wiring import Wiring
from bpviz.telling.scene import Edge, Node, Point, edge_id

ERROR_ASIDE, ERROR_BESIDE_BIAS = 40.0, 76.0
"""The length of an edge from a single output to its error beside it, and where a bias stands between them."""


@dataclass
class Sketch:
    """What stands already, from the top to `bottom`."""

    wiring: Wiring
    plan: Plan
    nodes: dict[str, Node] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)
    anchors: dict[str, Point] = field(default_factory=dict)
    bottom: float = MARGIN

    def box(self, name: str, middle: Point) -> Node:
        """Add the box of an error."""
        self.nodes[name] = Node(name, "box", middle, BOX, (name,))
        return self.nodes[name]

    def edge(
        self, source: str, target: str, start: Point, end: Point, carries: str = "", via: tuple[Point, ...] = ()
    ) -> None:
        """Add an edge."""
        self.edges.append(Edge(edge_id(source, target), source, target, start, end, carries, via))


def error_aside(sketch: Sketch) -> None:
    """Add the error of a single output left of it, the target above the error."""
    wiring = sketch.wiring
    (n,) = wiring.outputs
    (x, y), (w, h) = sketch.nodes[n].center, sketch.nodes[n].size
    left = x - w / 2
    bias = n in wiring.biases and not sketch.plan.stacked
    border = left - (ERROR_BESIDE_BIAS if bias else ERROR_ASIDE)
    level = y + h / 4
    box = sketch.box(wiring.loss, (border - BOX[0] / 2, level))
    sketch.edge(n, box.id, (left, level), (border, level))
    above = level - (BOX[1] + CHIP[1]) / 2 - RING - 1
    sketch.anchors[wiring.targets[n]] = (box.center[0], above)
    sketch.bottom += sketch.plan.overhang


def errors_below(sketch: Sketch, line: tuple[str, ...]) -> None:
    """Add a box for the error of every output of a line, with its target."""
    wiring, middle = sketch.wiring, sketch.bottom + ERROR_GAP + BOX[1] / 2
    boxes = []
    for n in line:
        x, low = sketch.nodes[n].center[0], sketch.bottom
        boxes.append(sketch.box(wiring.error(n), (x, middle)))
        sketch.edge(n, boxes[-1].id, (x, low), (x, low + ERROR_GAP))
    sketch.bottom = middle + BOX[1] / 2
    for n, point in zip(line, _targets(sketch, [box.center for box in boxes]), strict=True):
        sketch.anchors[wiring.targets[n]] = point


def _targets(sketch: Sketch, errors: list[Point]) -> list[Point]:
    """Where targets stand: outside of two errors or, where that is too narrow, below; beside each of more."""
    aside = (BOX[0] + CHIP[0]) / 2 + RING + 1
    if len(sketch.wiring.outputs) > 2:
        return [(x + sketch.plan.outward(x) * aside, y) for x, y in errors]
    (x1, y), (x2, _) = errors
    if x1 - aside - CHIP[0] / 2 >= 0 and x2 + aside + CHIP[0] / 2 <= sketch.plan.width:
        return [(x1 - aside, y), (x2 + aside, y)]
    below = y + (BOX[1] + CHIP[1]) / 2 + RING + 1
    sketch.bottom = below + CHIP[1] / 2
    return [(x, below) for x, _ in errors]


def total_error(sketch: Sketch, lanes: Lanes, levels: Levels) -> None:
    """Add the total of several errors: between two of them, below more, whose edges pass the lines at `levels`."""
    wiring = sketch.wiring
    boxes = [sketch.nodes[wiring.error(n)] for n in wiring.outputs]
    middle = boxes[0].center[1]
    if len(boxes) == 2:
        total = sketch.box(wiring.loss, (sketch.plan.axis, middle))
        for box, side in zip(boxes, (1, -1), strict=True):
            start, end = box.center[0] + side * BOX[0] / 2, total.center[0] - side * BOX[0] / 2
            sketch.edge(box.id, total.id, (start, middle), (end, middle))
        return
    top = sketch.bottom + ERROR_GAP
    total = sketch.box(wiring.loss, (sketch.plan.axis, top + BOX[1] / 2))
    for k, box in enumerate(sorted(boxes, key=lambda box: lanes.end((box.id, total.id)))):
        end = total.center[0] + port(k, len(boxes), BOX[0])
        via = lanes.out_of((box.id, total.id), levels)
        sketch.edge(box.id, total.id, (box.center[0], box.center[1] + BOX[1] / 2), (end, top), via=via)
    sketch.bottom = top + BOX[1]
