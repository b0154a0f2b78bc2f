"""Random networks over all activations, losses, shapes and options, and their gradients by complex steps."""

import random
from typing import Any

import numpy as np

import bpviz
from bpviz.algebra.expr import Apply, Const, Ref
from bpviz.calculation.program import Program
from bpviz.calculation.quantities import Phase
from bpviz.calculation.trace import Trace
from bpviz.cases.network import checked_network, network_program
from bpviz.networks.losses import ENTROPIES, SQUARES
from bpviz.networks.optimizers import DECAYS
from bpviz.networks.starts import STARTS
from bpviz.networks.wiring import ACTIVATIONS
from bpviz.worked import WorkedExample

STEP = 1e-30
"""Of a complex step: its square is nothing beside 1, so the slope has no error but that of rounding."""

COMPLEX = {
    "add": np.add,
    "sub": np.subtract,
    "mul": np.multiply,
    "div": np.divide,
    "neg": np.negative,
    "square": np.square,
    "exp": np.exp,
    "log": np.log,
    "tanh": np.tanh,
    "sigmoid": lambda z: np.where(z.real > 0, 1 / (1 + np.exp(-_above(z))), 1 - 1 / (1 + np.exp(-_above(-z)))),
    "softplus": lambda z: np.where(z.real > 0, z + np.log(1 + np.exp(-_above(z))), np.log(1 + np.exp(-_above(-z)))),
    "relu": lambda z: np.where(z.real > 0, z, 0),
    "leaky_relu": lambda z: np.where(z.real > 0, z, 0.01 * z),
    "max": lambda a, b: np.where(a.real > b.real, a, b),
}


def _above(z):
    return np.where(z.real >= 0, z, 0)


def random_network(seed: int) -> WorkedExample:
    """Return the network of this seed."""
    return bpviz.network(**random_options(seed))


def random_network_program(seed: int) -> Program:
    """Return the program of the same network, without its story."""
    return network_program(*checked_network(**random_options(seed)))


def random_options(seed: int) -> dict[str, Any]:
    """Return what `network` is asked for by this seed."""
    rng = random.Random(seed)
    depth = rng.randint(1, 4)
    sizes = [rng.randint(1, 5) for _ in range(depth + 1)]
    if rng.random() < 0.05:
        sizes = [rng.randint(4, 10) for _ in range(depth + 1)]
    pairs = [(loss, a) for loss in SQUARES for a in (*ACTIVATIONS, "softmax")] + list(ENTROPIES) * 3
    loss, last = rng.choice([pair for pair in pairs if sizes[-1] > 1 or pair[1] != "softmax"])
    shared = rng.random() < 0.2
    numbers = [[rng.gauss(0, 1) for _ in range(size)] for size in sizes[1:]]
    ways = [((i, j), (k, m)) for i in range(depth) for k in range(i + 2, depth + 1) for j in (1,) for m in (1,)]
    return dict(  # noqa: C408
        sizes=sizes,
        activation=[*(rng.choice(ACTIVATIONS) for _ in range(depth - 1)), last],
        loss=loss,
        biases=[row[0] for row in numbers] if shared else rng.choice([None, "init", numbers]),
        inputs=[rng.gauss(0, 1) for _ in range(sizes[0])],
        targets=rng.choice([[rng.random() for _ in range(sizes[-1])], None]),
        eta=rng.choice([0.01, 0.5]),
        optimizer=rng.choice(list(DECAYS)),
        init=rng.choice(STARTS),
        seed=rng.randint(0, 2**32 - 1),
        shared_biases=shared,
        skips=rng.sample(ways, min(len(ways), rng.randint(0, 2))),
        labels=rng.choice([None, {(1, 1): "first"}]),
        detail=rng.choice([None, None, "neuron", "layer"]),
    )


def gradients_by_complex_steps(program: Program, givens: dict[str, float]) -> dict[str, float]:
    """Return the slope of the loss by every trained given, one complex step for each, all at once."""
    names = list(program.gradients)
    values = {name: np.full(len(names), value, dtype=complex) for name, value in givens.items()}
    for k, name in enumerate(names):
        values[name][k] += 1j * STEP
    with np.errstate(all="ignore"):
        for step in program.steps:
            if step.phase in (Phase.FORWARD, Phase.LOSS):
                values[step.name] = _value(step.expr, values)
    return dict(zip(names, values[program.loss].imag / STEP, strict=True))


def _value(expr, values):
    match expr:
        case Ref(name):
            return values[name]
        case Const(value):
            return np.full_like(next(iter(values.values())), value)
        case Apply(op, args):
            return COMPLEX[op](*(_value(arg, values) for arg in args))


def worst_gradient(program: Program) -> float:
    """Return the largest difference from the complex steps, beside the largest gradient, or 1 if that is less."""
    givens = program.values_of_givens({})
    trace, expected = Trace(program, givens), gradients_by_complex_steps(program, givens)
    found = {name: trace[step] for name, step in program.gradients.items()}
    size = max(1.0, *map(abs, expected.values()))
    return max(abs(found[name] - slope) / size for name, slope in expected.items())
