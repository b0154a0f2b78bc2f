"""The gate for data: X and y as a person has them become arrays of the network's type, or are refused with both shapes.

What is handed in is never changed; it is copied only where its type or its order in memory asks for it.
"""

from numbers import Real
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bpviz.ground.checked import real, shown
from bpviz.matrices.activations import Array


def checked_inputs(what: str, X: Any, inputs: int, dtype: np.dtype[Any]) -> Array:
    """Return X as an array (batch, inputs), C-ordered; TypeError or ValueError, naming `what`, for anything else."""
    array = _numbers(what, X)
    if array.ndim != 2 or array.shape[1] != inputs:
        row = f"; one row is {what}[None]" if array.shape == (inputs,) else ""
        raise ValueError(f"{what} must have shape (batch, {inputs}), not {array.shape}{row}")
    if not len(array):
        raise ValueError(f"{what} must have at least one row: shape (batch, {inputs}), not {array.shape}")
    return _finite(what, array, dtype)


def checked_targets(what: str, y: Any, rows: int, outputs: int, loss: str, dtype: np.dtype[Any]) -> Array:
    """Return the targets as an array (rows, outputs).

    y is such an array or, of shape (rows,), the index of each row's class, counted from 0, or the targets of the only
    output. TypeError or ValueError, naming `what`, for anything else, and for targets that the loss cannot have.
    """
    array = _numbers(what, y)
    if array.shape == (rows,):
        array = array[:, None] if outputs == 1 else one_hot(what, array, outputs)
    if array.shape != (rows, outputs):
        known = f"({rows},) or ({rows}, {outputs})"
        raise ValueError(f"{what} must have shape {known} beside {rows} rows, not {array.shape}")
    targets = _finite(what, array, dtype)
    if loss in ("cross_entropy", "binary_cross_entropy"):
        _refuse(what, targets, (targets < 0.0) | (targets > 1.0), f"{loss} needs targets from 0 to 1")
    if loss == "cross_entropy":
        wrong = np.abs(targets.sum(axis=1) - 1.0) > 1e-5
        if wrong.any():
            row = int(wrong.argmax())
            total = float(targets[row].sum())
            raise ValueError(f"cross_entropy needs targets that add up to 1, but {what}[{row}] adds up to {total:g}")
    return targets


def one_row(what: str, value: Any, shape: tuple[int, ...], or_one: bool = False) -> NDArray[Any]:
    """Return a batch of this one row of numbers, of `shape` or, with `or_one`, one number; which ones is not looked at.

    TypeError or ValueError, with both shapes, for anything else.
    """
    array = _numbers(what, [value] if or_one and isinstance(value, Real) else value)
    if array.shape == shape:
        return array[None]
    if or_one and array.size == 1 and array.ndim < 2:
        return array.reshape(1)
    also = " or be one number" if or_one else ""
    raise ValueError(f"{what} must be one row of shape {shape}{also}, not of shape {array.shape}")


def one_hot(what: str, labels: NDArray[Any], classes: int) -> NDArray[np.int8]:
    """Return (rows, classes), 1 at each row's index; ValueError for an index that is not 0 to classes − 1."""
    wrong = ~((labels >= 0) & (labels < classes) & (labels == np.floor(labels)))
    if wrong.any():
        row = int(wrong.argmax())
        raise ValueError(
            f"{what} of shape {labels.shape} must hold classes from 0 to {classes - 1}, "
            f"but {what}[{row}] is {labels[row]:.15g}; "
            f"targets of {classes} outputs have shape ({len(labels)}, {classes})"
        )
    found = np.zeros((len(labels), classes), np.int8)
    found[np.arange(len(labels)), labels.astype(np.intp)] = 1
    return found


def _numbers(what: str, value: Any) -> NDArray[Any]:
    if not isinstance(value, np.ndarray) and hasattr(value, "__array__"):
        value = np.asarray(value)  # a table or a tensor
    if isinstance(value, np.ndarray) and value.dtype.kind in "iuf":
        return value
    if isinstance(value, np.ndarray | list | tuple):
        return np.asarray(real(what, value))
    raise TypeError(f"{what} must be an array of numbers, not {shown(value)}")


def _finite(what: str, array: NDArray[Any], dtype: np.dtype[Any]) -> Array:
    with np.errstate(over="ignore", invalid="ignore"):
        made = np.ascontiguousarray(array, dtype=dtype)
        squares = np.vdot(made, made)  # one quick look, without an array of its own, is enough for all but huge numbers
    if not np.isfinite(squares):
        _refuse(what, array, ~np.isfinite(made), f"{what} must hold finite numbers of type {dtype}")
    return made


def _refuse(what: str, array: NDArray[Any], wrong: Any, why: str) -> None:
    if wrong.any():
        row, column = (int(k) for k in np.argwhere(wrong)[0])
        value = array[row, column]
        raise ValueError(f"{why}, but {what}[{row}, {column}] is {value} (shape {array.shape})")
