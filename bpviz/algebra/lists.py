"""Lists of expressions, and rows of them: operations go element by element, reductions run over the last axis."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

import numpy as np

from bpviz.algebra.expr import Const, Expr, apply, as_expr
from bpviz.algebra.ops import op_named
from bpviz.ground.checked import real, shown

LONGEST, ROWS, COLUMNS = 8, 4, 6
"""The most elements of a list, and the most rows and columns of several."""


class Listed(Expr):
    """Expressions side by side, or in rows of equal length; `parts` are what it was made from.

    `a[0]` is an element, or a row. Raises ValueError where it would be too large.
    """

    __slots__ = ("elements", "name", "parts")

    def __init__(
        self, items: Iterable[Expr], shape: tuple[int, ...], parts: tuple[Expr, ...] = (), name: str = ""
    ) -> None:
        checked_shape(name or "a list", shape)
        self.elements = _array(items, shape)
        self.parts = parts
        self.name = name

    @property
    def shape(self) -> tuple[int, ...]:  # type: ignore[override]
        """(elements,) or (rows, columns)."""
        return self.elements.shape

    @staticmethod
    def extend(name: str, *arguments: Any) -> "Listed":
        """Return the operation `name` element by element; numbers, lists and rows broadcast as in NumPy."""
        arrays = [_elements(a) for a in arguments]
        try:
            shape = np.broadcast_shapes(*(a.shape for a in arrays))
        except ValueError:
            shapes = " and ".join(_size(a.shape) for a in arrays)
            sizes = sorted((a.shape for a in arrays), key=len)
            one_each = len(sizes[0]) == 1 and len(sizes[-1]) == 2 and sizes[0][0] == sizes[-1][0]
            remedy = "; one number for each row is written as rows of one, [[1], [2]]" if one_each else ""
            raise ValueError(f"{name} cannot put {shapes} side by side{remedy}") from None
        columns = [np.broadcast_to(a, shape).flat for a in arrays]
        made = [apply(name, *items) for items in zip(*columns, strict=True)]
        return Listed(made, shape, tuple(a for a in arguments if isinstance(a, Expr)))

    def __len__(self) -> int:
        return self.shape[0]

    def __getitem__(self, index: Any) -> Expr:
        try:
            found = self.elements[index]
        except IndexError:
            raise IndexError(f"{self!r} has no element {shown(index)}; they are counted from 0") from None
        return Listed(found.flat, found.shape, (self,)) if isinstance(found, np.ndarray) else as_expr(found)

    def __repr__(self) -> str:
        return f"<{self.name or 'a list'}: {_size(self.shape)}>"


@dataclass(frozen=True, slots=True)
class Reduced(Expr):
    """One operation on all elements of a list, or of a row: see `REDUCERS`."""

    op: str
    args: tuple[Expr, ...]
    of: Listed | None = field(default=None, compare=False, repr=False)

    def written(self, args: Iterable[Expr]) -> Expr:
        """Return it over other arguments, as an expression of ordinary operations."""
        return REDUCERS[self.op](list(args))


REDUCERS: dict[str, Callable[[list[Expr]], Expr]] = {
    "sum": lambda args: reduce(lambda a, b: apply("add", a, b), args),
    "mean": lambda args: apply("div", REDUCERS["sum"](args), float(len(args))),
    "max": lambda args: reduce(lambda a, b: apply("max", a, b), args),
    "min": lambda args: reduce(lambda a, b: apply("min", a, b), args),
}
"""Reductions as expressions."""


def reduced(op: str, listed: Listed) -> Expr:
    """Return the reduction `op` over the last axis: an expression, or a list with one for each row."""
    if len(listed.shape) == 1:
        return reduced_items(op, tuple(listed.elements), listed)
    rows = [reduced_items(op, tuple(row), listed) for row in listed.elements]
    return Listed(rows, (len(rows),), (listed,))


def reduced_items(op: str, items: tuple[Expr, ...], of: Listed | None = None) -> Expr:
    """Return the reduction of expressions, shortened where a rule of arithmetic allows."""
    if op == "sum":
        items = tuple(e for e in items if e != Const(0.0)) or (Const(0.0),)
    if len(items) == 1:
        return items[0]
    if all(isinstance(e, Const) for e in items):
        return REDUCERS[op](list(items))
    return Reduced(op, items, of)


def rowwise(op: str, listed: Listed, of_rows: Expr) -> Listed:
    """Return the operation `op` on each element and what belongs to its row: an expression, or one of a list."""
    if not isinstance(of_rows, Listed):
        return Listed.extend(op, listed, of_rows)
    made = [apply(op, e, s) for row, s in zip(listed.elements, of_rows.elements, strict=True) for e in row]
    return Listed(made, listed.shape, (listed, of_rows))


def as_listed(what: str, value: Any) -> Listed:
    """Return a list, a tuple or an array of numbers and expressions, or rows of them; TypeError, ValueError else."""
    if isinstance(value, Listed):
        return value
    if not _is_several(value):
        raise TypeError(f"{what} runs over a list, such as bpviz.given(a=[1, 2, 3]), not over {shown(value)}")
    rows = [list(row) if _is_several(row) else row for row in value]
    lengths = {len(row) if isinstance(row, list) else 0 for row in rows}
    if len(lengths) > 1:
        raise ValueError(f"{what} needs rows of equal length, not {shown(value)}")
    is_flat = lengths <= {0}
    items = [as_expr(e) for row in rows for e in ([row] if is_flat else row)]
    shape = (len(rows),) if is_flat else (len(rows), *lengths)
    return Listed(items, shape, tuple(e for e in (*value, *items) if isinstance(e, Expr)))


def operation(name: str) -> Callable[..., Any]:
    """Return the operation `name` as a function of its one or two arguments: expressions, floats and arrays alike.

    Lists go element by element. TypeError, naming the operation, for what is no number; nan and inf are numbers here.
    """
    op = op_named(name)

    def call(*arguments: Any) -> Any:
        if len(arguments) != op.arity or any(has_expressions(x) for x in arguments):
            return apply(name, *(as_listed(name, x) if _is_several(x) else x for x in arguments))
        with np.errstate(all="ignore"):
            value = op.array(*(np.asarray(real(f"the argument of {name}", x)) for x in arguments))
        return float(value) if np.ndim(value) == 0 else value

    call.__name__ = name
    call.__qualname__ = name
    written = f"{name}({', '.join('xy'[: op.arity])})"
    call.__doc__ = f"Return {written} for an expression, a float or an array (element by element, float64)."
    return call


def has_expressions(value: Any) -> bool:
    """Return whether a value is an expression, or a list with one in it or in one of its rows."""
    if isinstance(value, (list, tuple)):
        return any(has_expressions(v) for v in value)
    return isinstance(value, Expr)


def checked_shape(what: str, shape: tuple[int, ...]) -> None:
    """Raise ValueError unless a list of `shape` can be shown: at most 8 elements, or 4 rows of 6."""
    one = len(shape) == 1 and 1 <= shape[0] <= LONGEST
    rows = len(shape) == 2 and 1 <= shape[0] <= ROWS and 1 <= shape[1] <= COLUMNS
    if not one and not rows:
        raise ValueError(f"{what} can have 1 to {LONGEST} elements, or up to {ROWS} rows of {COLUMNS}, not {shape}")


def _size(shape: tuple[int, ...]) -> str:
    if not shape:
        return "one number"
    return f"{shape[0]} elements" if len(shape) == 1 else f"{shape[0]} rows of {shape[1]}"


def _elements(value: Any) -> np.ndarray:
    if isinstance(value, Listed):
        return value.elements
    return as_listed("a list", value).elements if _is_several(value) else _array([as_expr(value)], ())


def _is_several(value: Any) -> bool:
    return isinstance(value, (list, tuple, Listed)) or (isinstance(value, np.ndarray) and value.ndim > 0)


def _array(items: Iterable[Expr], shape: tuple[int, ...]) -> np.ndarray:
    flat = list(items)
    array = np.empty(len(flat), dtype=object)
    for k, item in enumerate(flat):
        array[k] = item
    array = array.reshape(shape)
    array.flags.writeable = False
    return array
