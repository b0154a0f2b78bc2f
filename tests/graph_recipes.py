"""Expressions for several tests: random ones, which NumPy alone works out too, and that of micrograd's README."""

import random
from collections.abc import Iterator
from typing import Any

import numpy as np
import oracles

import bpviz
from bpviz.algebra.expr import apply
from bpviz.worked import WorkedExample

Recipe = tuple[Any, ...]
"""("given", name), ("number", value), or (operation or reduction, recipe, ...)."""

ONE = ("neg", "square", "sqrt", "exp", "log", "sin", "cos", "tanh", "sigmoid", "relu", "leaky_relu", "softplus", "abs")
TWO = ("add", "sub", "mul", "div", "max", "min", "pow")
KINKS = ("relu", "leaky_relu", "abs", "max", "min")
NUMBERS = (0.5, 2.0, 3.0, -1.5, 1.0, 0.25)


def _softmax(a: np.ndarray) -> np.ndarray:
    powers = np.exp(a - a.real.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def _picked(name: str, a: np.ndarray) -> np.ndarray:
    at = (np.argmax if name == "max" else np.argmin)(a.real, axis=-1)
    return np.take_along_axis(a, at[..., None], axis=-1)[..., 0]


OVER_LISTS = {
    "sum": lambda a: a.sum(axis=-1),
    "mean": lambda a: a.mean(axis=-1),
    "largest": lambda a: _picked("max", a),
    "smallest": lambda a: _picked("min", a),
    "softmax": _softmax,
    "log_softmax": lambda a: np.log(_softmax(a)),
}
CALLED = {"largest": "max", "smallest": "min"}


def numbers(recipe: Recipe, values: dict[str, Any]) -> np.ndarray:
    """Return the value of a recipe, by NumPy, in the number type of the values."""
    kind, *rest = recipe
    if kind == "given":
        return np.asarray(values[rest[0]])
    if kind == "number":
        return np.asarray(rest[0])
    read = [numbers(r, values) for r in rest]
    if kind in OVER_LISTS:
        return OVER_LISTS[kind](read[0])
    if kind == "dot":
        return (read[0] * read[1]).sum(axis=-1)
    return _each(kind, *read)


def _each(op: str, *read: np.ndarray) -> np.ndarray:
    arrays = np.broadcast_arrays(*read)
    number = np.complex128 if any(np.iscomplexobj(a) for a in arrays) else np.float64
    with np.errstate(all="ignore"):
        made = [number(oracles.FUNCTIONS[op](*map(number, row))) for row in zip(*(a.flat for a in arrays), strict=True)]
    return np.array(made).reshape(arrays[0].shape)


def expression(recipe: Recipe, refs: dict[str, Any]) -> Any:
    """Return a recipe as an expression of bpviz."""
    kind, *rest = recipe
    if kind == "given":
        return refs[rest[0]]
    if kind == "number":
        return rest[0]
    read = [expression(r, refs) for r in rest]
    if kind in OVER_LISTS or kind == "dot":
        return getattr(bpviz, CALLED.get(kind, kind))(*read)
    return apply(kind, *read)


def is_fair(recipe: Recipe, values: dict[str, Any]) -> bool:
    """Return whether no part is huge or tiny, near a pole or a kink, or beyond a branch cut."""
    kind, *rest = recipe
    if kind in ("given", "number"):
        return True
    if not all(is_fair(r, values) for r in rest):
        return False
    read = [numbers(r, values) for r in rest]
    if kind in OVER_LISTS and (read[0].ndim == 0 or read[0].shape[-1] < 2):
        return False
    if kind in CALLED:
        ordered = np.sort(read[0], axis=-1)
        return bool((np.diff(ordered, axis=-1) > 1e-2).all())
    if kind == "dot" and (not read[0].ndim or read[0].shape != read[1].shape):
        return False
    if kind in KINKS and not (np.abs(read[0] - (read[1] if len(read) > 1 else 0.0)) > 1e-2).all():
        return False
    if kind == "pow" and not (read[0] > 0.05).all():
        return False
    size = np.abs(numbers(recipe, values))
    least = 0.0 if kind in OVER_LISTS or kind in ("softplus", "exp", "sigmoid", "relu") else 1e-2
    return bool(np.isfinite(size).all() and (size >= least).all() and (size < 1e3).all())


def random_recipe(rng: random.Random, names: list[str], depth: int) -> Recipe:
    """Return a random recipe over givens."""
    if depth == 0 or rng.random() < 0.15:
        return ("number", rng.choice(NUMBERS)) if rng.random() < 0.15 else ("given", rng.choice(names))
    kind = rng.choices((ONE, TWO, (*OVER_LISTS, "dot")), (3, 5, 3))[0]
    op = rng.choice(kind)
    count = 2 if op in TWO or op == "dot" else 1
    return (op, *(random_recipe(rng, names, depth - 1) for _ in range(count)))


def fair_examples(count: int, seed: int) -> Iterator[tuple[Recipe, dict[str, Any], Any]]:
    """Yield recipes with values and their graphs, until there are so many."""
    rng = random.Random(seed)
    while count:
        shape = rng.choice(((), (), (rng.randint(2, 4),), (2, rng.randint(2, 3))))
        shapes = {"p": shape, "q": shape[-1:] if rng.random() < 0.5 else shape, "r": ()}
        draw = {n: np.array([rng.randint(-300, 300) / 100 for _ in range(int(np.prod(s)))]) for n, s in shapes.items()}
        values = {n: draw[n].reshape(s) for n, s in shapes.items()}
        recipe = random_recipe(rng, list(values), rng.randint(2, 4))
        try:
            if not is_fair(recipe, values):
                continue
            made = {n: v.tolist() for n, v in values.items()}
            refs = dict(zip(made, bpviz.given(**made), strict=True))
            example = bpviz.graph(expression(recipe, refs), name="out")
        except (ValueError, TypeError):  # shapes that do not go together, no operation, too many
            continue
        count -= 1
        yield recipe, values, example


def slopes(recipe: Recipe, values: dict[str, Any], name: str) -> np.ndarray:
    """Return the derivative of the sum of the result by every element of a given: by complex steps."""
    found = np.zeros(values[name].size)
    for k in range(found.size):
        push = np.zeros(found.size, dtype=complex)
        push[k] = 1e-30j
        pushed = {**values, name: values[name] + push.reshape(values[name].shape)}
        found[k] = numbers(recipe, pushed).sum().imag / 1e-30
    return found.reshape(values[name].shape)


def micrograd():
    """The expression of micrograd's README (Karpathy, 2020), in which nodes are used many times."""
    a, b = bpviz.given(a=-4, b=2)
    c, d = a + b, a * b + b**3
    c = c + (c + 1)
    c = c + (1 + c + (-a))
    d = d + (d * 2 + bpviz.relu(b + a))
    d = d + (3 * d + bpviz.relu(b - a))
    f = (c - d) ** 2
    return bpviz.graph(f / 2.0 + 10.0 / f, name="g")


def at_random(operations: int, seed: int) -> WorkedExample:
    """A graph of so many operations in at most twelve layers or so, many of whose values are used several times."""
    rng = random.Random(seed)
    layers = [list(bpviz.given(**{f"x{k + 1}": rng.randint(5, 20) / 10 for k in range(4)}))]
    unread = list(layers[0])
    count = 0
    while count + len(unread) <= operations:
        below = [value for layer in layers for value in layer]
        layers.append([])
        for _ in range(min(8, operations + 1 - count - len(unread))):
            a, b = rng.choice(unread), rng.choice(below)
            made = rng.choice((a + b, a * b, a - b, bpviz.tanh(a)))
            layers[-1].append(made)
            count += 1
            unread = [value for value in unread if value is not a] + [made]
    while len(unread) > 1:
        unread = [a + b for a, b in zip(unread[::2], unread[1::2], strict=False)] + unread[len(unread) // 2 * 2 :]
    return bpviz.graph(unread[0])
