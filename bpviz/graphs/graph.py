"""Any expression as a worked example: `graph`."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from bpviz.algebra.expr import Expr, as_expr
from bpviz.calculation.chain_rule import with_gradients
from bpviz.calculation.program import Program
from bpviz.calculation.quantities import Given, Kind, Phase, Quantity, Step
from bpviz.calculation.updates import with_updates
from bpviz.example.example import SliderGroup
from bpviz.graphs.givens import Variable, as_given, checked_name, variable
from bpviz.graphs.layout import LARGE, TALL, graph_scene
from bpviz.graphs.nodes import Nodes
from bpviz.graphs.reading import read
from bpviz.graphs.telling import GraphTelling
from bpviz.ground.checked import finite_number
from bpviz.telling.story import Text
from bpviz.telling.tell import tell
from bpviz.worked import WorkedExample
from bpviz.writing.notation import Symbol, with_derived

ETA = "eta"


def graph(expr: Any, name: str = "y", learn: Iterable[str] = (), eta: float = 0.1, **values: float) -> WorkedExample:
    """Return any expression as a worked example: one step for each operation, then every gradient of the result.

    `expr`: an expression over `bpviz.given(...)`, or text such as "t = x + y; t**2", whose last part is the result; it
    is called `name` unless it is named itself. `values`: those of the givens. `learn`: givens that are trained at the
    rate `eta` to make the result small.
    Raises TypeError or ValueError, naming the culprit, for what cannot be.
    """
    root, free = read(expr) if isinstance(expr, str) else (_single(expr), ())
    nodes = Nodes()
    result = nodes.walk(root)
    if not isinstance(result, int):
        raise ValueError("the expression has no operation: give one such as x1 * x2 + x3")
    steps = tuple(
        Step(Quantity(n, Kind.VALUE, n), e, Phase.FORWARD) for n, e in nodes.steps(result, checked_name(name), free)
    )
    references = {checked_name(n): nodes.references.get(n) for n in dict.fromkeys((*free, *nodes.references))}
    trained = _trained(learn, references)
    givens = tuple(as_given(v, Kind.WEIGHT if v.name in trained else Kind.INPUT) for v in _valued(references, values))
    return _example(_program(givens, steps, trained, eta))


def _single(expr: Any) -> Expr:
    if isinstance(expr, (tuple, list)):
        raise TypeError(
            "graph takes one expression: unpack what bpviz.given(...) returns, as in 'x, = bpviz.given(x=3)'"
        )
    return as_expr(expr)


def _valued(references: Mapping[str, Any], values: Mapping[str, float]) -> Iterable[Variable]:
    """Return every given with its value: that of `values`, or the one it carries."""
    for n in values:
        if n not in references:
            raise ValueError(f"{n!r} is not in the expression; givens are {', '.join(references) or 'none'}")
    missing = [n for n, ref in references.items() if n not in values and not isinstance(ref, Variable)]
    if missing:
        raise ValueError(f"no value for {', '.join(missing)}: add it, as in graph(..., {missing[0]}=1)")
    return [variable(n, values[n]) if n in values else ref for n, ref in references.items()]


def _trained(learn: Iterable[str], references: Mapping[str, Any]) -> tuple[str, ...]:
    names = (learn,) if isinstance(learn, str) else tuple(learn)
    for n in names:
        if n not in references:
            raise ValueError(f"{n!r} cannot learn: it is not in the expression; givens are {', '.join(references)}")
    return names


def _program(givens: tuple[Given, ...], steps: tuple[Step, ...], trained: tuple[str, ...], eta: float) -> Program:
    """The gradients of all operations from the result back, then those of the givens, then the updates."""
    rate = finite_number(ETA, eta)
    loss = steps[-1].name
    back = [step.name for step in reversed(steps[:-1])]
    names = [given.name for given in givens]
    if trained:
        givens = (*givens, Given(Quantity(ETA, Kind.LEARNING_RATE), rate, 0.0, max(1.0, 2 * rate)))
    program = with_gradients(Program(givens, steps, loss), [*back, *names])
    program = replace(program, gradients={n: program.gradients[n] for n in trained or names})
    return with_updates(program) if trained else program


def _example(program: Program) -> WorkedExample:
    scene = graph_scene(program)
    places = [g.name for g in program.givens] + [s.name for s in program.steps if s.phase is Phase.FORWARD]
    symbols = {n: Symbol("η") if n == ETA else _symbol(n) for n in places}
    groups = [SliderGroup("graph_givens", "forward", tuple(g.name for g in program.givens if g.name != ETA))]
    if program.feedback:
        groups.append(SliderGroup("learning_rate", "update", (ETA,)))
    return WorkedExample(
        name="graph",
        program=program,
        notation=with_derived(symbols, program),
        scene=scene,
        large_scene=graph_scene(program, LARGE),
        tall_scene=graph_scene(program, TALL),
        beats=tell(program, scene, GraphTelling(program)),
        groups=tuple(groups),
        heading=Text("graphs.title", {"y": program.loss}),
    )


def _symbol(name: str) -> Symbol:
    """x1 and w_in have a subscript; anything else stands as it is."""
    base, _, sub = name.partition("_")
    if base and sub:
        return Symbol(base, sub)
    letters = name.rstrip("0123456789")
    return Symbol(letters, name[len(letters) :])
