"""The one gate for numbers: what a person hands in becomes a float or a float64 array, or is refused by its name."""

import math
import reprlib
from numbers import Real
from operator import index
from typing import Any

import numpy as np

_SEVERAL = (np.ndarray, list, tuple)


def real(what: str, value: Any) -> Any:
    """Return `value`, a real number or an array or list of them, as a float or a float64 array of its own.

    nan and inf pass. Raises TypeError for anything else (bool, None, text, complex), ValueError for rows of different
    lengths; both name `what`.
    """
    if isinstance(value, _SEVERAL):
        array = _array(what, value)
        return float(array) if array.ndim == 0 else array
    if isinstance(value, bool) or not isinstance(value, Real):
        raise TypeError(f"{what} must be a number or an array of numbers, not {shown(value)}")
    return _float(value)


def finite(what: str, value: Any) -> Any:
    """Return `value` as `real` does; ValueError also where it is empty, or holds nan, inf or too large a number.

    "Too large" is what float64 rounds to inf, such as 10**400.
    """
    numbers = real(what, value)
    if np.size(numbers) == 0:
        raise ValueError(f"{what} must hold at least one number")
    if not (math.isfinite(numbers) if isinstance(numbers, float) else np.isfinite(numbers).all()):
        raise ValueError(f"{what} must be finite, not {shown(value)}")
    return numbers


def finite_number(what: str, value: Any) -> float:
    """Return `value`, one finite real number, as a float; else raise TypeError or ValueError as `finite` does."""
    if isinstance(value, bool) or not isinstance(value, Real):
        raise TypeError(f"{what} must be one number, not {shown(value)}")
    return float(finite(what, value))


def checked_count(what: str, count: Any, most: int, least: int = 0) -> int:
    """Return `count` as an int; TypeError or ValueError, naming `what`, unless it is whole and `least` to `most`."""
    try:
        if isinstance(count, bool):
            raise TypeError
        n = index(count)
    except TypeError:
        raise TypeError(f"{what} must be a whole number, not {count!r}") from None
    if not least <= n <= most:
        found = f"{n:,}" if abs(n) < 10**18 else shown(n)
        raise ValueError(f"{what} must be from {least} to {most:,}, not {found}")
    return n


def shown(value: object) -> str:
    """Return `value` as a short piece of a message, whatever it is."""
    try:
        return " ".join(reprlib.repr(value).split())
    except ValueError:  # Python does not write out a whole number of more than 4300 digits
        return "so large a number"


def _float(value: Any) -> float:
    try:
        with np.errstate(over="ignore"):  # a long double beyond float64
            return float(value)
    except OverflowError:  # a whole number or a fraction beyond float64
        return math.inf if value > 0.0 else -math.inf


def _array(what: str, value: Any) -> np.ndarray:
    try:
        array = np.asarray(value)
    except ValueError:
        raise ValueError(f"{what} must be a number or an array with rows of equal length") from None
    if not isinstance(value, np.ndarray) or array.dtype == object:
        # NumPy would take True for 1 beside other numbers, and does not know fractions
        array = np.asarray(value, dtype=object)
        return np.array([_element(what, v) for v in array.flat], dtype=np.float64).reshape(array.shape)
    if array.dtype.kind not in "iuf":
        raise TypeError(f"{what} must hold real numbers, not {array.dtype}")
    with np.errstate(over="ignore"):
        return array.astype(np.float64)


def _element(what: str, value: Any) -> float:
    if isinstance(value, np.ndarray) and value.ndim == 0:
        value = value[()]
    if isinstance(value, bool) or not isinstance(value, Real):
        raise TypeError(f"{what} must hold real numbers, not {shown(value)}")
    return _float(value)
