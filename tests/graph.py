"""Another family than networks in layers: a small expression graph, with the telling that any such graph could have."""

from dataclasses import replace

from bpviz.algebra.expr import Ref
from bpviz.calculation.chain_rule import with_gradients
from bpviz.calculation.program import Program
from bpviz.calculation.quantities import Given, Kind, Phase, Quantity, Step
from bpviz.example.example import SliderGroup
from bpviz.telling.chips import name_over_value, staying
from bpviz.telling.picture import Picture
from bpviz.telling.scene import Edge, Node, Scene, edge_id, under
from bpviz.telling.story import Beat, Text
from bpviz.telling.tell import Group, Telling, tell
from bpviz.worked import WorkedExample
from bpviz.writing.notation import with_derived
from bpviz.writing.symbols import Symbol

WORDS = {
    Kind.VALUE: ("A value: {of}", "Work out {of} from what leads to it."),
    Kind.LOCAL: ("How {of} follows {by}", "When {by} grows by a little, {of} grows **so many times** as much."),
    Kind.TERM: (
        "What comes back over {over}",
        "{by} is used more than once. This part of its gradient comes over {over}.",
    ),
    Kind.GRADIENT: ("How {of} follows {by}", "What comes back to {by}, over every use of it."),
}


class GraphTelling(Telling):
    def words(self, group: Group, first: bool) -> tuple[Text, Text]:
        role = group.last.role
        params = {"of": role.of, "by": role.by, "over": role.over}
        title, caption = WORDS[role.kind]
        return Text(params=params, said=title), Text(params=params, said=caption)

    def picture(self, group: Group, default: Picture) -> Picture:
        step = group.last
        if not step.role.by:
            return default
        if step.role.kind is Kind.GRADIENT:
            chip = staying(under(step.role.by)[0], step.name)
        else:
            chip = name_over_value(
                edge_id(step.role.by, step.role.over or step.role.of), step.name, "backward", "symbol"
            )
        return replace(default, chips=(chip,))

    def opening(self) -> tuple[Beat, ...]:
        return (Beat("graph", Phase.FORWARD, Text(said="The graph"), Text(said="A dot means “not computed yet”.")),)

    def closing(self) -> tuple[Beat, ...]:
        return (Beat("done", Phase.BACKWARD, Text(said="Done"), Text(said="Every gradient is known.")),)


def graph(steps: dict, places: dict, wrt: tuple[str, ...] = ("x1", "x2", "x3")) -> WorkedExample:
    """Return the example of named expressions over x1, x2 and x3, at these places; the last is the result."""
    givens = tuple(Given(Quantity(x, Kind.INPUT, x), k + 1.5, -5, 5) for k, x in enumerate(wrt))
    made = tuple(Step(Quantity(n, Kind.VALUE, n), expr, Phase.FORWARD) for n, expr in steps.items())
    program = with_gradients(Program(givens, made, made[-1].name), wrt)
    nodes = tuple(
        Node(n, "circle" if n in wrt else "box", at, (54, 54) if n in wrt else (86, 50), (n,))
        for n, at in places.items()
    )
    half = {node.id: node.size[0] / 2 for node in nodes}
    edges = []
    for name in steps:
        for source in (x for x in places if any(s.name == name for s in program.readers[x])):
            (x1, y1), (x2, y2) = places[source], places[name]
            start, end = (x1 + half[source], y1), (x2 - half[name], y2)
            edges.append(Edge(edge_id(source, name), source, name, start, end))
    anchors = {e.id: ((e.start[0] + e.end[0]) / 2, (e.start[1] + e.end[1]) / 2) for e in edges}
    anchors |= {under(n)[0]: (x, y + 58) for n, (x, y) in places.items()}
    scene = Scene(640, 420, nodes, tuple(edges), anchors, ())
    symbols = {name: Symbol(name[0], name[1:]) for name in places}
    return WorkedExample(
        "graph",
        program,
        with_derived(symbols, program),
        scene,
        tell(program, scene, GraphTelling()),
        (SliderGroup(Text(said="Inputs"), "forward", wrt),),
        heading=Text(said="An expression graph"),
    )


INPUTS = {"x1": (50, 60), "x2": (50, 190), "x3": (50, 330)}


def product_plus() -> WorkedExample:
    """Return y = x1·x2 + x3: the product's gradient is 1."""
    return graph({"p": Ref("x1") * Ref("x2"), "y": Ref("p") + Ref("x3")}, INPUTS | {"p": (270, 125), "y": (540, 200)})


def used_twice() -> WorkedExample:
    """Return y = (p + x3)·p with p = x1·x2: p is used twice."""
    steps = {"p": Ref("x1") * Ref("x2"), "s": Ref("p") + Ref("x3"), "y": Ref("s") * Ref("p")}
    return graph(steps, INPUTS | {"p": (220, 125), "s": (390, 270), "y": (560, 125)})
