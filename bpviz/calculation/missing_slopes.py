"""What a rule leaves out of a gradient: the slopes of activations on the way to the loss."""

from bpviz.algebra.traversal import references
from bpviz.calculation.program import Program
from bpviz.calculation.quantities import Kind, Step


def missing_slopes(program: Program, name: str) -> tuple[str, ...]:
    """Return the slopes of activations on the ways from the given `name` to the loss that its gradient step leaves out.

    They are steps of the program, in its order. A slope that is the same everywhere, as of the identity, never counts.
    """
    behind_loss, used = _behind(program, program.loss), _behind(program, program.gradients[name])
    return tuple(
        step.name
        for step in program.steps
        if _is_slope(program, step)
        and step.role.of in behind_loss
        and name in _behind(program, step.role.of)
        and step.name not in used
    )


def _is_slope(program: Program, step: Step) -> bool:
    """True for the derivative of an activation by its net input that can have other values elsewhere."""
    if step.role.kind is not Kind.LOCAL or not any(references(step.expr)):
        return False
    kinds = tuple(program[name].quantity.kind for name in (step.role.of, step.role.by))
    return kinds == (Kind.ACTIVATION, Kind.NET)


def _behind(program: Program, name: str) -> frozenset[str]:
    """Return the name with every name that its value depends on."""
    found, waiting = {name}, [name]
    while waiting:
        item = program[waiting.pop()]
        new = set(references(item.expr)) - found if isinstance(item, Step) else set()
        found |= new
        waiting += new
    return frozenset(found)
