"""Error signals and changes of weights: what a book writes that steps down by δ = −∂E/∂net and Δw = −η ∂E/∂w.

Every other value stays what it is: a minus sign is exact.
"""

from dataclasses import replace

from bpviz.algebra.expr import Expr, Ref
from bpviz.algebra.traversal import substitute
from bpviz.calculation.program import Program
from bpviz.calculation.quantities import Kind, Phase, Quantity, Role, Step


def signal_of(place: str) -> str:
    """Return the name of the error signal of a neuron."""
    return f"delta{place}"


def change_of(weight: str) -> str:
    """Return the name of the change of a weight."""
    return f"change_{weight}"


def new_value_of(weight: str) -> str:
    """Return the name of a weight's new value."""
    return f"{weight}_next"


def with_error_signals(program: Program) -> Program:
    """Return `program`, which has gradients, with minus every delta as a step, which later steps read in its place."""
    steps: list[Step] = []
    signals: dict[str, Expr] = {}
    for step in program.steps:
        steps.append(replace(step, expr=substitute(step.expr, signals)))
        if step.role.kind is Kind.DELTA:
            place = str(step.quantity.place)
            role = Role(Kind.ERROR_SIGNAL, program.loss, step.role.by)
            steps.append(Step(Quantity(signal_of(place), role.kind, place), -Ref(step.name), Phase.BACKWARD, role))
            signals[step.name] = -Ref(signal_of(place))
    return replace(program, steps=tuple(steps))


def with_changes(program: Program, eta: str = "eta") -> Program:
    """Return `program` with change = −eta · gradient and w_next = w + change for every name in its gradients."""
    changes, updates = [], []
    for name, gradient in program.gradients.items():
        place = program[name].quantity.place
        change = Quantity(change_of(name), Kind.CHANGE, place)
        new = Quantity(new_value_of(name), Kind.UPDATED, place)
        changes.append(Step(change, -(Ref(eta) * Ref(gradient)), Phase.UPDATE, Role(Kind.CHANGE, name)))
        updates.append(Step(new, Ref(name) + Ref(change.name), Phase.UPDATE, Role(Kind.UPDATED, name)))
    feedback = {name: new_value_of(name) for name in program.gradients}
    return replace(program, steps=(*program.steps, *changes, *updates), feedback=feedback)
