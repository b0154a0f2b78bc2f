"""Any expression as a worked example: `graph`."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import groupby
from typing import Any

from bpviz.algebra.expr import Expr, as_expr
from bpviz.algebra.lists import Listed, reduced_items
from bpviz.calculation.chain_rule import standard_naming, with_gradients
from bpviz.calculation.program import Program
from bpviz.calculation.quantities import Given, Kind, Phase, Quantity, Step
from bpviz.calculation.updates import with_updates
from bpviz.example.example import SliderGroup
from bpviz.graphs.givens import as_given, checked_name, checked_ranges, is_several, list_reference
from bpviz.graphs.inputs import inputs
from bpviz.graphs.layout import graph_scene
from bpviz.graphs.lists import ETA, gradient_lists, slider_groups, symbols, units
from bpviz.graphs.naming import Names
from bpviz.graphs.nodes import Nodes, lists_in
from bpviz.graphs.ordering import ordered
from bpviz.graphs.reading import read
from bpviz.graphs.styles import NARROW, PHONE
from bpviz.graphs.telling import GraphTelling
from bpviz.ground.checked import finite_number
from bpviz.telling.story import Text
from bpviz.telling.tell import tell
from bpviz.worked import WorkedExample
from bpviz.writing.notation import with_derived


def graph(
    expr: Any,
    name: str = "y",
    learn: Iterable[str] = (),
    eta: float = 0.1,
    ranges: Mapping[str, tuple[float, float]] | None = None,
    **values: Any,
) -> WorkedExample:
    """Return any expression as a worked example: one step for each operation, then every gradient of the result.

    `expr`: an expression over `bpviz.given(...)`, or text such as "t = x + y; t**2", whose last part is the result; it
    is called `name` unless it is named itself. `values`: those of the givens, numbers or lists; `ranges`: name → (low,
    high) of the slider, or of a list's, else they follow from the values. `learn`: givens that are trained at the rate
    `eta` to make the result small. Where the result is a list, gradients are those of the sum of its elements.
    Raises TypeError or ValueError, naming the culprit, for what cannot be.
    """
    listed = {n: list_reference(n, v) for n, v in values.items() if is_several(v)} if isinstance(expr, str) else {}
    root, free = read(expr, listed) if isinstance(expr, str) else (_single(expr), ())
    total = reduced_items("sum", tuple(root.elements.flat), root) if isinstance(root, Listed) else root
    nodes = Nodes()
    result = nodes.walk(total)
    if not isinstance(result, int):
        raise ValueError("the expression has no operation: give one such as x1 * x2 + x3")
    lists = lists_in(total)
    nodes.complete(lists)
    known = inputs(free, nodes.references.values(), [*(listed[n] for n in free if n in listed), *lists])
    names = Names(nodes, ordered(nodes, result, lists), {*known.references, *known.lists})
    called = names.give(result, checked_name(name), root, lists)
    steps = tuple(Step(Quantity(n, Kind.VALUE, n), e, Phase.FORWARD) for n, e in names.steps())
    trained = known.names((learn,) if isinstance(learn, str) else learn)
    givens = tuple(
        as_given(v, Kind.WEIGHT if v.name in trained else Kind.INPUT)
        for v in known.valued(values, checked_ranges(ranges))
    )
    program = Program(givens, steps, names.of[result], lists=known.lists | names.elements())
    return _example(_derived(program, called, trained, eta), called)


def _single(expr: Any) -> Expr:
    if isinstance(expr, (tuple, list)):
        raise TypeError(
            "graph takes one expression: unpack what bpviz.given(...) returns, as in 'x, = bpviz.given(x=3)'"
        )
    return as_expr(expr)


def _derived(program: Program, called: str, trained: tuple[str, ...], eta: float) -> Program:
    """Add the gradients of all operations from the result back, then those of the givens, then the updates."""
    rate = finite_number(ETA, eta)
    back = [step.name for step in reversed(program.steps) if step.name != program.loss]
    names = [given.name for given in program.givens]
    last_first = [n for _, inside in groupby(names, key=units(program).__getitem__) for n in reversed(list(inside))]
    if trained:
        learning_rate = Given(Quantity(ETA, Kind.LEARNING_RATE), rate, 0.0, max(1.0, 2 * rate))
        program = replace(program, givens=(*program.givens, learning_rate))
    program = with_gradients(program, [*back, *last_first], standard_naming(Quantity(called, Kind.VALUE)))
    lists = gradient_lists(program, called)
    program = replace(program, lists=lists, gradients={n: program.gradients[n] for n in trained or names})
    return with_updates(program) if trained else program


def _example(program: Program, called: str) -> WorkedExample:
    scene = graph_scene(program)
    groups = slider_groups(program)
    if program.feedback:
        groups = (*groups, SliderGroup("learning_rate", "update", (ETA,)))
    return WorkedExample(
        name="graph",
        program=program,
        notation=with_derived(symbols(program, called), program),
        scene=scene,
        large_scene=graph_scene(program, NARROW),
        tall_scene=graph_scene(program, PHONE),
        beats=tell(program, scene, GraphTelling(program, called)),
        groups=groups,
        heading=Text("graphs.title", {"y": called}),
    )
