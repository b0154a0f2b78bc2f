"""What a person writes expressions with: givens that carry their values, and names for what lies between."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bpviz.algebra.expr import Expr, Ref, as_expr
from bpviz.calculation.quantities import Given, Kind, Quantity
from bpviz.ground.checked import finite_number, shown
from bpviz.worked.owned import is_owned

OWN = ("expr", "name", "learn", "eta", "ranges", "step")
"""Parameters of `graph` and `given`, and the field of a page's address: no given can be called so."""


@dataclass(frozen=True, slots=True)
class Variable(Ref):
    """A reference to a given that carries its value (scalar) and the range of its slider."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, eq=False)
class Named(Expr):
    """An expression whose value has a name of its own in the graph."""

    name: str
    expr: Expr


def given(ranges: Mapping[str, tuple[float, float]] | None = None, **values: float) -> tuple[Variable, ...]:
    """Return a reference for each value, in order, to write expressions with: `x, y = bpviz.given(x=3, y=1)`.

    `ranges`: name → (low, high) of its slider; else it follows from the value.
    Raises TypeError or ValueError, naming the culprit, for a value that is no finite number, for a name that cannot be,
    and for a range of no given or without its value.
    """
    ranges = ranges or {}
    for name in ranges:
        if name not in values:
            raise ValueError(f"a range for {name!r}, which is not given; givens are {', '.join(values) or 'none'}")
    return tuple(variable(name, value, ranges.get(name)) for name, value in values.items())


def variable(name: str, value: Any, limits: tuple[float, float] | None = None) -> Variable:
    """Return the reference of a checked name and value, in its range."""
    checked_name(name)
    number = finite_number(name, value)
    low, high = limits or (-_span(number), _span(number))
    made = as_given(Variable(name, number, low, high), Kind.INPUT)
    if not made.low <= number <= made.high:
        raise ValueError(f"{name} = {number:g} is outside its range, {low:g} to {high:g}")
    return Variable(name, made.default, made.low, made.high)


def named(name: str, expr: Any) -> Named:
    """Return `expr` with a name for its value in the graph; others are called v1, v2, ...

    Raises TypeError for what is no expression, ValueError for a name that cannot be.
    """
    return Named(checked_name(name), as_expr(expr))


def checked_name(name: str) -> str:
    """Return `name`, or raise TypeError or ValueError where no quantity of a graph can be called so."""
    Quantity(name, Kind.VALUE)
    if name.startswith("_") or name in OWN or is_owned(name):
        raise ValueError(
            f"no quantity can be called {shown(name)}: a player or a method owns that name; choose another"
        )
    return name


def as_given(reference: Variable, kind: Kind) -> Given:
    """Return the given that a reference stands for; a slider has about 200 steps."""
    size = max(abs(reference.low), abs(reference.high), 1e-6)
    step = 10.0 ** (math.floor(math.log10(size)) - 2)
    return Given(Quantity(reference.name, kind, reference.name), reference.value, reference.low, reference.high, step)


def _span(value: float) -> float:
    """Return 1, 2 or 5 times a power of ten, at least 1 and at least one and a half of the value's size."""
    wanted = max(1.0, 1.5 * abs(value))
    power = 10.0 ** math.floor(math.log10(wanted))
    return next(power * k for k in (1, 2, 5, 10) if power * k >= wanted)
