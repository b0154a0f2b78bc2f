"""What a person writes expressions with: givens that carry their values, and names for what lies between."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from bpviz.algebra.expr import Expr, Ref, as_expr
from bpviz.algebra.lists import Listed, checked_shape
from bpviz.calculation.quantities import Given, Kind, Quantity
from bpviz.ground.checked import finite, finite_number, shown
from bpviz.worked import WorkedExample
from bpviz.worked.owned import is_owned

OWN = ("expr", "name", "learn", "eta", "ranges", "step")
"""Parameters of `graph` and `given`, and the field of a page's address: no given can be called so."""

LARGEST = 1e300
"""The largest number that a slider can stand at."""


@dataclass(frozen=True, slots=True)
class Variable(Ref):
    """A reference to a given that carries its value (scalar), the range of its slider and the list that it is in."""

    value: float
    low: float
    high: float
    within: Listed | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, eq=False)
class Named(Expr):
    """An expression whose value has a name of its own in the graph."""

    name: str
    expr: Expr


def given(ranges: Mapping[str, tuple[float, float]] | None = None, **values: Any) -> tuple[Any, ...]:
    """Return a reference for each value, in order, to write expressions with: `x, y = bpviz.given(x=3, y=1)`.

    A value is a number, a list of up to 8, or up to 4 rows of up to 6. The elements of a list a are called a_1, a_2,
    of rows a_1_1, a_1_2. `ranges`: name → (low, high) of its slider, or of a list's; else it follows from the value.
    Raises TypeError or ValueError, naming the culprit, for a value that is no finite number, for a name that cannot be,
    and for a range of no given or without its value.
    """
    ranges = checked_ranges(ranges)
    for name in ranges:
        if name not in values:
            raise ValueError(f"a range for {name!r}, which is not given; givens are {', '.join(values) or 'none'}")
    return tuple(reference(name, value, ranges.get(name)) for name, value in values.items())


def checked_ranges(ranges: Any) -> Mapping[str, tuple[float, float]]:
    """Return ranges by names, {} for None; TypeError for what is no such mapping."""
    if ranges is not None and not isinstance(ranges, Mapping):
        raise TypeError(f"ranges must map names to (low, high), as in ranges={{'x': (0, 1)}}, not {shown(ranges)}")
    return ranges or {}


def reference(name: str, value: Any, limits: tuple[float, float] | None = None) -> Variable | Listed:
    """Return what stands for a given in an expression: a variable, or a list of them."""
    return (list_reference if is_several(value) else variable)(name, value, limits)


def list_reference(name: str, value: Any, limits: tuple[float, float] | None = None) -> Listed:
    """Return a list of references of a checked name and checked values, in the range of all."""
    checked_name(name)
    numbers = finite(name, value)
    checked_shape(name, np.shape(numbers))
    span = _span(min(float(np.abs(numbers).max()), LARGEST))
    at = zip(np.ndindex(numbers.shape), numbers.flat, strict=True)
    made = [variable(element(name, index), float(v), (-span, span) if limits is None else limits) for index, v in at]
    whole = Listed(made, numbers.shape, name=name)
    return Listed([Variable(v.name, v.value, v.low, v.high, whole) for v in made], numbers.shape, (whole,), name)


def is_several(value: Any) -> bool:
    """Return whether a value is a list or an array, not a number."""
    return isinstance(value, (list, tuple)) or (isinstance(value, np.ndarray) and value.ndim > 0)


def element(name: str, index: tuple[int, ...]) -> str:
    """Return the name of a list's element, by its index from 0: a_1, of rows a_1_2."""
    return "_".join((name, *(str(k + 1) for k in index)))


def variable(name: str, value: Any, limits: tuple[float, float] | None = None) -> Variable:
    """Return the reference of a checked name and value, in its range."""
    checked_name(name)
    number = finite_number(name, value)
    if abs(number) > LARGEST:
        raise ValueError(f"{name} = {number:g} is too large for a slider: give at most {LARGEST:g}")
    low, high = _limits(name, limits) if limits is not None else (-_span(number), _span(number))
    made = as_given(Variable(name, number, low, high), Kind.INPUT)
    if not made.low <= number <= made.high:
        raise ValueError(f"{name} = {number:g} is outside its range, {low:g} to {high:g}")
    return Variable(name, made.default, made.low, made.high)


def named(name: str, expr: Any) -> Named | Listed:
    """Return `expr` with a name for its value in the graph; others are called v1, v2, ...

    The elements of a list are called as those of a given. Raises TypeError for what is no expression, ValueError for a
    name that cannot be.
    """
    checked_name(name)
    made = as_expr(expr)
    if not isinstance(made, Listed):
        return Named(name, made)
    items = [Named(element(name, k), e) for k, e in zip(np.ndindex(made.shape), made.elements.flat, strict=True)]
    return Listed(items, made.shape, (made,), name)


def checked_name(name: str) -> str:
    """Return `name`, or raise TypeError or ValueError where no quantity of a graph can be called so."""
    Quantity(name, Kind.VALUE)
    if is_free(name):
        return name
    free = [n for n in (f"{name.lstrip('_')}_1", f"my_{name.lstrip('_')}", f"{name}_value") if n.isidentifier()]
    choices = " or ".join(n for n in free if is_free(n))
    raise ValueError(
        f"no quantity can be called {shown(name)}: a player or a method owns that name; "
        f"choose another, such as {choices}"
    )


def is_free(name: str) -> bool:
    """Return whether neither a player nor a method nor a control owns a name."""
    return not (name.startswith("_") or name in OWN or name in WorkedExample.parameters() or is_owned(name))


def as_given(reference: Variable, kind: Kind) -> Given:
    """Return the given that a reference stands for; a slider has about 200 steps."""
    size = max(abs(reference.low), abs(reference.high), 1e-6)
    step = 10.0 ** (math.floor(math.log10(size)) - 2)
    return Given(Quantity(reference.name, kind, reference.name), reference.value, reference.low, reference.high, step)


def _limits(name: str, limits: Any) -> tuple[float, float]:
    if not isinstance(limits, (tuple, list)) or len(limits) != 2:
        raise TypeError(f"the range of {name!r} must be (low, high), not {shown(limits)}")
    return finite_number(f"the low end of {name!r}", limits[0]), finite_number(f"the high end of {name!r}", limits[1])


def _span(value: float) -> float:
    """Return 1, 2 or 5 times a power of ten, at least 1 and at least one and a half of the value's size."""
    wanted = max(1.0, 1.5 * abs(value))
    power = 10.0 ** math.floor(math.log10(wanted))
    return next(power * k for k in (1, 2, 5, 10) if power * k >= wanted)
