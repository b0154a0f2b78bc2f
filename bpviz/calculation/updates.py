"""Updates: steps that change every trained given by its gradient, all at once or one after the other."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bpviz.algebra.expr import Expr, Ref
from bpviz.algebra.traversal import references, substitute
from bpviz.calculation.program import Program
from bpviz.calculation.quantities import Kind, Phase, Quantity, Role, Step


def with_updates(program: Program, eta: str = "eta") -> Program:
    """Return `program` with `w_next = w − eta · gradient` for every name in its gradients, and its feedback.

    Every gradient is read at the old weights.
    """
    updates = [_update(program, name, eta) for name in program.gradients]
    return replace(program, steps=(*program.steps, *updates), feedback=_feedback(program))


def with_sequential_updates(program: Program, eta: str = "eta") -> Program:
    """Return `program` with each weight changed as soon as its gradient is known; later steps read the changed weight.

    So the error goes back to earlier layers through weights that have already moved. This is not gradient descent; it
    is the rule that makes some of CASE 2's published closing figures.
    """
    by_gradient = {step: name for name, step in program.gradients.items()}
    waiting: dict[str, None] = {}
    moved: dict[str, Expr] = {}
    steps: list[Step] = []

    def flush() -> None:
        for name in waiting:
            steps.append(_update(program, name, eta))
            moved[name] = Ref(_next(name))
        waiting.clear()

    for step in program.steps:
        if step.phase is Phase.BACKWARD:
            if any(name in waiting for name in references(step.expr)):
                flush()
            steps.append(replace(step, expr=substitute(step.expr, moved)))
        else:
            steps.append(step)
        if step.name in by_gradient:
            waiting[by_gradient[step.name]] = None
    flush()
    return replace(program, steps=tuple(steps), feedback=_feedback(program))


UPDATE_RULES: Mapping[str, Callable[..., Program]] = {
    "simultaneous": with_updates,
    "sequential": with_sequential_updates,
}


def _next(name: str) -> str:
    return f"{name}_next"


def _feedback(program: Program) -> dict[str, str]:
    return {name: _next(name) for name in program.gradients}


def _update(program: Program, name: str, eta: str) -> Step:
    quantity = Quantity(_next(name), Kind.UPDATED, program[name].quantity.place)
    expr = Ref(name) - Ref(eta) * Ref(program.gradients[name])
    return Step(quantity, expr, Phase.UPDATE, Role(Kind.UPDATED, name))
