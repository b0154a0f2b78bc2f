"""The table of operations: what every view knows about `+`, `exp`, `sigmoid` and the others stands here, once.

An operation is a row: how it runs on floats (a piece of Python source, put together by `tape`), how it runs on
arrays (NumPy), its derivative rule, and how it is typeset. Its name is also its opcode in the player.
"""

import math
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

Build = Callable[..., Any]
"""Derivative rules work on anything that overloads `+ - * /`; `bpviz.algebra.expr` hands them expressions."""


@dataclass(frozen=True)
class Op:
    """One operation of one or two arguments.

    `source` is a template over `{0}` and `{1}` for floats; it may raise ArithmeticError or ValueError where the IEEE
    answer is inf or nan. `array` is the same on NumPy arrays and never raises. `partials` holds one rule per argument,
    `rule(result, *arguments)`, or None where the derivative is zero everywhere it exists. `form` names the typeset form
    (see `bpviz.writing.formula`).
    """

    name: str
    arity: int
    source: str
    array: Callable[..., Any]
    partials: tuple[Build | None, ...]
    form: str


def _apply(name: str, *arguments: Any) -> Any:
    """Apply an operation to expressions without importing them: an expression knows how to extend itself."""
    return arguments[0].extend(name, *arguments)


def _sigmoid_array(x: Any) -> Any:
    return 1.0 / (1.0 + np.exp(-x))


def _relu_array(x: Any) -> Any:
    return np.maximum(x, 0.0)


def _step_array(x: Any) -> Any:
    return np.where(x > 0.0, 1.0, 0.0)


def _leaky_relu_array(x: Any) -> Any:
    return np.where(x > 0.0, x, LEAK * x)


def _softplus_array(x: Any) -> Any:
    return np.where(x > 0.0, x, 0.0) + np.log1p(np.exp(-np.abs(x)))


def _max_array(a: Any, b: Any) -> Any:
    return np.where(a > b, a, np.where(b >= a, b, a + b))  # nan of nan; of 0 and -0 the second, as on floats


def _min_array(a: Any, b: Any) -> Any:
    return np.where(a < b, a, np.where(b <= a, b, a + b))


LEAK = 0.01
"""The slope of a leaky ReLU below 0."""

_SIGMOID = f"(0.0 if {{0}} < {-math.log(sys.float_info.max)!r} else 1.0 / (1.0 + exp(-{{0}})))"
"""Below that bound exp(-x) is inf for an array, and an error for a float."""

_ROWS = (
    Op("add", 2, "{0} + {1}", np.add, (lambda r, a, b: 1.0, lambda r, a, b: 1.0), "sum"),
    Op("sub", 2, "{0} - {1}", np.subtract, (lambda r, a, b: 1.0, lambda r, a, b: -1.0), "difference"),
    Op("mul", 2, "{0} * {1}", np.multiply, (lambda r, a, b: b, lambda r, a, b: a), "product"),
    Op("div", 2, "{0} / {1}", np.divide, (lambda r, a, b: 1.0 / b, lambda r, a, b: -r / b), "fraction"),
    Op(
        "pow",
        2,
        "pow_({0}, {1})",
        np.power,
        (lambda r, a, b: b * a ** (b - 1.0), lambda r, a, b: r * _apply("log", a)),
        "power",
    ),
    Op(
        "max",
        2,
        "({0} if {0} > {1} else {1} if {1} >= {0} else {0} + {1})",
        _max_array,
        (lambda r, a, b: _apply("step", a - b), lambda r, a, b: 1.0 - _apply("step", a - b)),
        "function",
    ),
    Op(
        "min",
        2,
        "({0} if {0} < {1} else {1} if {1} <= {0} else {0} + {1})",
        _min_array,
        (lambda r, a, b: _apply("step", b - a), lambda r, a, b: 1.0 - _apply("step", b - a)),
        "function",
    ),
    Op("neg", 1, "-{0}", np.negative, (lambda r, a: -1.0,), "negative"),
    Op("square", 1, "{0} * {0}", np.square, (lambda r, a: 2.0 * a,), "square"),
    Op("reciprocal", 1, "1.0 / {0}", np.reciprocal, (lambda r, a: -_apply("square", r),), "reciprocal"),
    Op("sqrt", 1, "sqrt({0})", np.sqrt, (lambda r, a: 0.5 / r,), "root"),
    Op("exp", 1, "exp({0})", np.exp, (lambda r, a: r,), "exponential"),
    Op("log", 1, "log({0})", np.log, (lambda r, a: 1.0 / a,), "function"),
    Op("sin", 1, "sin({0})", np.sin, (lambda r, a: _apply("cos", a),), "function"),
    Op("cos", 1, "cos({0})", np.cos, (lambda r, a: -_apply("sin", a),), "function"),
    Op("tanh", 1, "tanh({0})", np.tanh, (lambda r, a: 1.0 - _apply("square", r),), "function"),
    Op("sigmoid", 1, _SIGMOID, _sigmoid_array, (lambda r, a: r * (1.0 - r),), "sigmoid"),
    Op(
        "relu",
        1,
        "({0} if {0} > 0.0 else 0.0 if {0} <= 0.0 else {0})",
        _relu_array,
        (lambda r, a: _apply("step", a),),
        "relu",
    ),
    Op(
        "leaky_relu",
        1,
        f"({{0}} if {{0}} > 0.0 else {LEAK!r} * {{0}})",
        _leaky_relu_array,
        (lambda r, a: LEAK + (1.0 - LEAK) * _apply("step", a),),
        "function",
    ),
    Op(
        "softplus",
        1,
        "(({0} if {0} > 0.0 else 0.0) + log1p(exp(-abs({0}))))",
        _softplus_array,
        (lambda r, a: _apply("sigmoid", a),),
        "function",
    ),
    Op("abs", 1, "abs({0})", np.abs, (lambda r, a: _apply("step", a) - _apply("step", -a),), "function"),
    Op("step", 1, "(1.0 if {0} > 0.0 else 0.0)", _step_array, (None,), "indicator"),
    Op("fixed", 1, "{0}", np.positive, (None,), "itself"),  # the derivative takes it for a number
)

OPS: dict[str, Op] = {op.name: op for op in _ROWS}


def op_named(name: str) -> Op:
    """Return the operation called `name`; KeyError names the choices."""
    try:
        return OPS[name]
    except KeyError:
        raise KeyError(f"no operation {name!r}; operations are {', '.join(OPS)}") from None
