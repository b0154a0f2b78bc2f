"""Random expressions, programs and numbers, for hypothesis and for plain seeded runs alike."""

import os
import random

import oracles
from hypothesis import settings
from hypothesis import strategies as st

from bpviz.algebra.expr import Apply, Const, Expr, Ref
from bpviz.algebra.ops import OPS
from bpviz.calculation.program import Program
from bpviz.calculation.quantities import Given, Kind, Phase, Quantity, Step

# The build machine draws the same examples every time; at home each run looks at new ones.
settings.register_profile("bpviz", deadline=None, max_examples=60, derandomize=os.environ.get("CI") == "true")
settings.load_profile("bpviz")

SMOOTH = tuple(name for name in OPS if name not in ("max", "min", "relu", "leaky_relu", "abs", "step", "fixed"))
TAME = ("add", "sub", "mul", "neg", "square", "sin", "cos", "tanh", "sigmoid")
"""Operations that keep numbers of ordinary size ordinary and have a derivative everywhere."""

CONSTANTS = (0.0, 1.0, -1.0, 0.5, 2.0, 3.0, -2.0, -0.25, 1.5, 10.0)

plain_numbers = st.integers(-300, 300).map(lambda n: n / 100)
"""Two decimals, so that what is displayed is exact."""

far_from_0 = st.floats(0.2, 3).flatmap(lambda x: st.sampled_from([x, -x]))
"""Numbers of ordinary size, of either sign."""

any_floats = st.one_of(
    st.floats(allow_nan=True, allow_infinity=True),
    st.floats(-3, 3),
    st.sampled_from([0.0, -0.0, 1.0, -1.0, 709.9, -709.9, 746.0, -746.0, 1e308, -1e308, 5e-324]),
)


json_junk = st.sampled_from([None, True, -1, 1.5, "", "x", [], {}, [[]], {"x": 1}, float("inf"), "__proto__", [None]])
"""What may stand in a damaged file where something else belongs."""

givens_of_case2 = st.fixed_dictionaries(
    {name: st.floats(-2, 2) for name in ("i1", "i2", *(f"w{k}" for k in range(1, 9)), "b1", "b2")}
    | {"target_o1": st.floats(-2, 2), "target_o2": st.floats(-2, 2), "eta": st.floats(0, 1)}
)
"""Values for all givens of CASE 2."""


def random_expr(rng: random.Random, names: list[str], depth: int = 3, ops: tuple[str, ...] = tuple(OPS)) -> Expr:
    """Return a random tree over `names`, exactly as drawn: nothing is folded or shortened."""
    if depth == 0 or rng.random() < 0.2:
        return Const(rng.choice(CONSTANTS)) if rng.random() < 0.2 else Ref(rng.choice(names))
    op = rng.choice(ops)
    return Apply(op, tuple(random_expr(rng, names, depth - 1, ops) for _ in range(OPS[op].arity)))


def random_program(rng: random.Random, ops: tuple[str, ...] = tuple(OPS)) -> Program:
    """Return a program of random steps, each over any earlier names; the last step is the loss."""
    givens = [f"x{k}" for k in range(1, rng.randint(1, 4) + 1)]
    steps: list[Step] = []
    for k in range(1, rng.randint(1, 6) + 1):
        name = f"s{k}"
        expr = random_expr(rng, givens + [s.name for s in steps], rng.randint(1, 3), ops)
        steps.append(Step(Quantity(name, Kind.ACTIVATION, name), expr, Phase.FORWARD))
    return Program(
        tuple(Given(Quantity(name, Kind.INPUT, name), rng.randint(-300, 300) / 100, -3, 3) for name in givens),
        tuple(steps),
        steps[-1].name,
        feedback={givens[0]: rng.choice(steps).name},
    )


def random_programs(count: int, seed: int = 2) -> list[Program]:
    """Return `count` programs, the same for the same seed, which together use every operation."""
    rng = random.Random(seed)
    return [random_program(rng) for _ in range(count)]


def programs(ops: tuple[str, ...] = tuple(OPS)) -> st.SearchStrategy[Program]:
    """Programs as hypothesis draws them."""
    return st.randoms(use_true_random=False).map(lambda rng: random_program(rng, ops))


def trees(ops: tuple[str, ...] = tuple(OPS), depth: int = 4) -> st.SearchStrategy[Expr]:
    """Trees over x1, x2 and x3, as drawn."""
    return st.randoms(use_true_random=False).map(lambda rng: random_expr(rng, ["x1", "x2", "x3"], depth, ops))


def points(numbers: st.SearchStrategy[float] = plain_numbers) -> st.SearchStrategy[dict[str, float]]:
    """A value for each of x1, x2 and x3."""
    return st.fixed_dictionaries(dict.fromkeys(("x1", "x2", "x3"), numbers))


def is_ordinary(expr: Expr, values: dict[str, float], most: float = 1e4) -> bool:
    """True where no subtree is infinite, undefined or huge, so that two ways of rounding stay close."""
    return all(abs(v) <= most for v in oracles.numbers_on_the_way(expr, values))
