"""Functions over lists: sum, mean, dot, max, min, softmax, log_softmax, for expressions, numbers and arrays alike."""

from collections.abc import Callable
from typing import Any

import numpy as np

from bpviz.algebra.expr import Expr, apply
from bpviz.algebra.lists import Listed, as_listed, has_expressions, operation, reduced, rowwise
from bpviz.ground.checked import real, shown


def _shifted(a: Listed) -> Listed:
    """Subtract the largest; it is taken for a number, since the result does not depend on what is subtracted."""
    return rowwise("sub", a, apply("fixed", reduced("max", a)))


def _softmax(a: Listed) -> Listed:
    powers = Listed.extend("exp", _shifted(a))
    return rowwise("div", powers, reduced("sum", powers))


def _log_softmax(a: Listed) -> Listed:
    shifted = _shifted(a)
    return rowwise("sub", shifted, apply("log", reduced("sum", Listed.extend("exp", shifted))))


def _softmax_array(a: np.ndarray) -> np.ndarray:
    powers = np.exp(a - a.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))


def _log_softmax_array(a: np.ndarray) -> np.ndarray:
    shifted = a - a.max(axis=-1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True)))


def _listed(name: str) -> Callable[[Listed], Expr]:
    return lambda a: reduced(name, a)


_OF_ONE: dict[str, tuple[Callable[[Listed], Expr], Callable[[np.ndarray], Any], str]] = {
    "sum": (_listed("sum"), lambda a: a.sum(axis=-1), "the sum"),
    "mean": (_listed("mean"), lambda a: a.mean(axis=-1), "the mean"),
    "max": (_listed("max"), lambda a: a.max(axis=-1), "the largest element"),
    "min": (_listed("min"), lambda a: a.min(axis=-1), "the smallest element"),
    "softmax": (_softmax, _softmax_array, "softmax, e to each element over the sum of these powers,"),
    "log_softmax": (_log_softmax, _log_softmax_array, "the logarithm of softmax"),
}


def over_list(name: str) -> Callable[[Any], Any]:
    """Return the function `name` of one list: of expressions, or of numbers; an array is reduced over its last axis.

    TypeError for what is no list, ValueError for one that is too large to be shown as a graph.
    """
    of_expressions, of_numbers, told = _OF_ONE[name]

    def call(a: Any) -> Any:
        if has_expressions(a):
            return of_expressions(as_listed(name, a))
        return _plain(of_numbers(_array(name, a)))

    call.__name__ = call.__qualname__ = name
    call.__doc__ = f"Return {told} of a list of expressions or numbers, or of every row (the last axis) of an array."
    return call


def over_list_or_two(name: str) -> Callable[..., Any]:
    """Return the function `name` of one list, or of two arguments element by element."""
    one, two = over_list(name), operation(name)

    def call(*arguments: Any) -> Any:
        return one(*arguments) if len(arguments) == 1 else two(*arguments)

    call.__name__ = call.__qualname__ = name
    call.__doc__ = f"{one.__doc__} Or {name}(x, y), element by element."
    return call


def dot(a: Any, b: Any) -> Any:
    """Return the sum of the products of two lists' elements; of rows, over the last axis."""
    if has_expressions(a) or has_expressions(b):
        return reduced("sum", Listed.extend("mul", as_listed("dot", a), as_listed("dot", b)))
    return _plain(np.asarray(_array("dot", a) * _array("dot", b)).sum(axis=-1))


def _array(name: str, a: Any) -> np.ndarray:
    array = real(f"the argument of {name}", a)
    if np.size(array) == 0 or not np.ndim(array):
        raise TypeError(f"{name} runs over a list of numbers, such as [1, 2, 3], not over {shown(a)}")
    return np.asarray(array)


def _plain(value: Any) -> Any:
    return float(value) if np.ndim(value) == 0 else value
