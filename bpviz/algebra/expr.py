"""Expressions: frozen trees of constants, names and operations, with the rules that keep them short."""

import math
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from bpviz.algebra.ops import op_named
from bpviz.ground.checked import finite_number, shown


class Expr:
    """A formula that is data: print it, differentiate it, run it on floats, on arrays or in the browser.

    Arithmetic on expressions builds longer ones: `w1 * i1 + b1`. Python numbers become constants.
    """

    __slots__ = ()
    shape: tuple[int, ...] = ()
    __array_ufunc__ = None  # so that `array * expr` is refused here instead of building an array of expressions

    @staticmethod
    def extend(name: str, *arguments: "Expr | float") -> "Expr":
        """Return the operation `name` applied to `arguments`, shortened where a rule of arithmetic allows."""
        return apply(name, *arguments)

    def __add__(self, other: Any) -> "Expr":
        return apply("add", self, other)

    def __radd__(self, other: Any) -> "Expr":
        return apply("add", other, self)

    def __sub__(self, other: Any) -> "Expr":
        return apply("sub", self, other)

    def __rsub__(self, other: Any) -> "Expr":
        return apply("sub", other, self)

    def __mul__(self, other: Any) -> "Expr":
        return apply("mul", self, other)

    def __rmul__(self, other: Any) -> "Expr":
        return apply("mul", other, self)

    def __truediv__(self, other: Any) -> "Expr":
        return apply("div", self, other)

    def __rtruediv__(self, other: Any) -> "Expr":
        return apply("div", other, self)

    def __pow__(self, other: Any) -> "Expr":
        return apply("pow", self, other)

    def __rpow__(self, other: Any) -> "Expr":
        return apply("pow", other, self)

    def __abs__(self) -> "Expr":
        return apply("abs", self)

    def __neg__(self) -> "Expr":
        return apply("neg", self)


@dataclass(frozen=True, slots=True)
class Const(Expr):
    """A number that stands in the formula itself (scalar)."""

    value: float


@dataclass(frozen=True, slots=True)
class Ref(Expr):
    """A reference to a given or to an earlier step by its name."""

    name: str


@dataclass(frozen=True, slots=True)
class Apply(Expr):
    """An operation of the table `bpviz.algebra.ops.OPS` on its arguments, left to right."""

    op: str
    args: tuple[Expr, ...]


def as_expr(value: Any) -> Expr:
    """Return `value` as an expression; a finite real number becomes a constant.

    Anything else raises TypeError or ValueError.
    """
    if isinstance(value, Expr):
        return value
    try:
        return Const(finite_number("a constant in an expression", value))
    except TypeError:
        raise TypeError(f"cannot use {shown(value)} in an expression: give a number or an expression") from None


def apply(name: str, *arguments: Any) -> Expr:
    """Return operation `name` on `arguments`, after folding constants and dropping `1 *`, `0 +` and double signs."""
    op = op_named(name)
    if len(arguments) != op.arity:
        raise TypeError(f"{name} takes {op.arity} argument(s), got {len(arguments)}")
    for listed in arguments:
        if isinstance(listed, Expr) and listed.shape:
            return listed.extend(name, *arguments)
    args = tuple(as_expr(a) for a in arguments)
    if all(isinstance(a, Const) for a in args):
        return _fold(name, args)
    rule = _SHORTER.get(name)
    return (rule(*args) if rule else None) or Apply(name, args)


def _fold(name: str, args: tuple[Expr, ...]) -> Expr:
    with np.errstate(all="ignore"):
        value = float(op_named(name).array(*(a.value for a in args if isinstance(a, Const))))
    return Const(value) if math.isfinite(value) else Apply(name, args)


def _is(expr: Expr, value: float) -> bool:
    return isinstance(expr, Const) and expr.value == value


def _is_normal(value: float) -> bool:
    """True unless overflow or underflow has eaten digits."""
    return sys.float_info.min <= abs(value) <= sys.float_info.max


def _shorter_add(a: Expr, b: Expr) -> Expr | None:
    return b if _is(a, 0.0) else a if _is(b, 0.0) else None


def _shorter_sub(a: Expr, b: Expr) -> Expr | None:
    return apply("neg", b) if _is(a, 0.0) else a if _is(b, 0.0) else None


def _shorter_mul(a: Expr, b: Expr) -> Expr | None:
    if _is(a, 0.0) or _is(b, 0.0):
        return Const(0.0)
    if isinstance(b, Const):
        a, b = b, a
    if _is(a, 1.0):
        return b
    if _is(a, -1.0):
        return apply("neg", b)
    match a, b:
        case Const(outer), Apply("mul", (Const(inner), rest)) if _is_normal(outer * inner):
            return apply("mul", outer * inner, rest)
        case Const(outer), Apply("neg", (rest,)):
            return apply("mul", -outer, rest)
    return None


def _shorter_div(a: Expr, b: Expr) -> Expr | None:
    return a if _is(b, 1.0) else None


def _shorter_neg(a: Expr) -> Expr | None:
    match a:
        case Apply("neg", (inner,)):
            return inner
        case Apply("mul", (Const(factor), rest)):
            return apply("mul", -factor, rest)
    return None


def _shorter_pow(a: Expr, b: Expr) -> Expr | None:
    return a if _is(b, 1.0) else apply("square", a) if _is(b, 2.0) else None


_SHORTER: dict[str, Callable[..., Expr | None]] = {
    "add": _shorter_add,
    "sub": _shorter_sub,
    "mul": _shorter_mul,
    "div": _shorter_div,
    "neg": _shorter_neg,
    "pow": _shorter_pow,
}
