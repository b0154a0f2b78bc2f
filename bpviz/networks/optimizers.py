"""Optimizers: what becomes of a gradient before it changes its weight, with all that they remember, as named steps.

The formulas are those of PyTorch's documentation, torch.optim.SGD, RMSprop and Adam, by their defaults: dampening and
weight decay are 0. Sources: B. Polyak (1964), momentum; I. Sutskever et al. (2013), "On the importance of
initialization and momentum in deep learning", Nesterov's in the form that PyTorch takes; T. Tieleman and G. Hinton
(2012), lecture 6.5, RMSprop; D. Kingma and J. Ba (2015), "Adam: a method for stochastic optimization".
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from bpviz.algebra.expr import Const, Expr, Ref, apply
from bpviz.calculation.program import Program
from bpviz.calculation.quantities import Given, Kind, Phase, Quantity, Role, Step
from bpviz.calculation.updates import with_updates
from bpviz.ground.checked import shown
from bpviz.writing.symbols import Symbol

EPSILON = 1e-8
"""Keeps a division by a root apart from 0."""

ETA = "eta"

DECAYS: Mapping[str, Mapping[str, float]] = {
    "plain": {},
    "momentum": {"mu": 0.9},
    "nesterov": {"mu": 0.9},
    "rmsprop": {"alpha": 0.99},
    "adam": {"beta1": 0.9, "beta2": 0.999},
}
"""Optimizer → how much of each memory is kept from round to round, by name."""

MEMORIES: Mapping[str, str] = {"momentum": "v", "nesterov": "v", "rmsprop": "v", "adam": "mv"}
"""Optimizer → the letters of what it remembers of every trained value."""

CORRECTIONS: Mapping[str, str] = {"c1": "beta1", "c2": "beta2"}
"""Memories of Adam's own: a mean of so many ones as there were rounds, begun with 0 like the others. Divided by it, a
mean is as if it had not begun with 0: c = 1 − β^t."""

SYMBOLS: Mapping[str, Symbol] = {
    "mu": Symbol("μ"),
    "alpha": Symbol("α"),
    "beta1": Symbol("β", "1"),
    "beta2": Symbol("β", "2"),
    "c1": Symbol("c", "1"),
    "c2": Symbol("c", "2"),
    "c1_next": Symbol("c", "1", "+"),
    "c2_next": Symbol("c", "2", "+"),
}


def with_optimizer(program: Program, optimizer: str) -> Program:
    """Return `program` with new values for every name in its gradients, all at once, and its feedback.

    Memories are givens m_w.., v_w.. and begin at 0. Raises ValueError for an optimizer that does not exist.
    """
    if not isinstance(optimizer, str) or optimizer not in DECAYS:
        raise ValueError(f"no optimizer {shown(optimizer)}; optimizers are {', '.join(DECAYS)}")
    if optimizer == "plain":
        return with_updates(program)
    decays = DECAYS[optimizer]
    givens = [Given(Quantity(name, Kind.VALUE), value, 0.0, 0.999, 0.001) for name, value in decays.items()]
    corrections = [name for name, decay in CORRECTIONS.items() if decay in decays]
    givens += [Given(Quantity(name, Kind.MEMORY), 0.0) for name in corrections]
    steps = [_memory_step(name, _kept(CORRECTIONS[name], name, Const(1.0)), "") for name in corrections]
    for name in program.gradients:
        place = program[name].quantity.place
        givens += [Given(Quantity(f"{m}_{name}", Kind.MEMORY, place), 0.0) for m in MEMORIES[optimizer]]
        steps += _RULES[optimizer](program, name)
    remembered = [given.name for given in givens if given.quantity.kind is Kind.MEMORY]
    feedback = {name: _next(name) for name in (*remembered, *program.gradients)}
    return replace(program, givens=(*program.givens, *givens), steps=(*program.steps, *steps), feedback=feedback)


def remembered(optimizer: str, trained: Iterable[str]) -> tuple[str, ...]:
    """Return the givens that an optimizer adds: its decays, and all that it remembers."""
    decays = DECAYS[optimizer]
    corrections = [name for name, decay in CORRECTIONS.items() if decay in decays]
    memories = [f"{letter}_{name}" for name in trained for letter in MEMORIES.get(optimizer, "")]
    return (*decays, *corrections, *memories)


def _next(name: str) -> str:
    return f"{name}_next"


def _memory_step(name: str, expr: Expr, place: str | tuple[str, str]) -> Step:
    return Step(Quantity(_next(name), Kind.MEMORY, place), expr, Phase.UPDATE, Role(Kind.MEMORY, name))


def _update(program: Program, name: str, direction: Expr) -> Step:
    quantity = Quantity(_next(name), Kind.UPDATED, program[name].quantity.place)
    return Step(quantity, Ref(name) - Ref(ETA) * direction, Phase.UPDATE, Role(Kind.UPDATED, name))


def _mean(program: Program, letter: str, name: str, decay: str, of: Expr) -> Step:
    """A running mean: a part of the old one, and the rest of what is new."""
    memory = f"{letter}_{name}"
    return _memory_step(memory, _kept(decay, memory, of), program[name].quantity.place)


def _kept(decay: str, memory: str, of: Expr) -> Expr:
    return Ref(decay) * Ref(memory) + (1.0 - Ref(decay)) * of


def _momentum(program: Program, name: str) -> Iterator[Step]:
    velocity, gradient = f"v_{name}", Ref(program.gradients[name])
    yield _memory_step(velocity, Ref("mu") * Ref(velocity) + gradient, program[name].quantity.place)
    yield _update(program, name, Ref(_next(velocity)))


def _nesterov(program: Program, name: str) -> Iterator[Step]:
    velocity, gradient = f"v_{name}", Ref(program.gradients[name])
    yield _memory_step(velocity, Ref("mu") * Ref(velocity) + gradient, program[name].quantity.place)
    yield _update(program, name, gradient + Ref("mu") * Ref(_next(velocity)))


def _rmsprop(program: Program, name: str) -> Iterator[Step]:
    gradient = Ref(program.gradients[name])
    yield _mean(program, "v", name, "alpha", apply("square", gradient))
    yield _update(program, name, gradient / (apply("sqrt", Ref(f"v_{name}_next")) + EPSILON))


def _adam(program: Program, name: str) -> Iterator[Step]:
    gradient = Ref(program.gradients[name])
    yield _mean(program, "m", name, "beta1", gradient)
    yield _mean(program, "v", name, "beta2", apply("square", gradient))
    size = apply("sqrt", Ref(f"v_{name}_next") / Ref("c2_next")) + EPSILON
    yield _update(program, name, (Ref(f"m_{name}_next") / Ref("c1_next")) / size)


_RULES: Mapping[str, Callable[[Program, str], Iterator[Step]]] = {
    "momentum": _momentum,
    "nesterov": _nesterov,
    "rmsprop": _rmsprop,
    "adam": _adam,
}
