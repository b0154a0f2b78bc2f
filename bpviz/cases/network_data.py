"""The data of a network of your own: rows, or inputs and targets as two arrays, where a target may be an index."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from bpviz.calculation.data_sets import Row
from bpviz.calculation.epochs import data_set
from bpviz.calculation.program import Program
from bpviz.cases.network_numbers import target_row
from bpviz.cases.network_shape import Shape
from bpviz.ground.checked import shown

_LISTS = (list, tuple, np.ndarray)


def checked_data(data: Any, shape: Shape, program: Program) -> tuple[Row, ...]:
    """Return the rows of `data`: inputs, then targets, each row a list or a mapping; or (X, T), or the name of a set.

    A row with one number after the inputs, where there are several outputs, tells the index of the right one, from 0;
    so does a T that is a list of numbers. Raises TypeError or ValueError, showing both shapes, for what cannot be.
    """
    return data_set(program, with_targets(shape, data))


def with_targets(shape: Shape, data: Any) -> Any:
    """Return the rows of `data` (see `checked_data`) with a target for each output; anything else as it is."""
    if isinstance(data, tuple) and len(data) == 2 and _is_table(data[0]):
        return list(_joined(*data, shape))
    if isinstance(data, _LISTS):
        return [_with_targets(f"row {k}", row, shape) for k, row in enumerate(data, 1)]
    return data


def _is_table(value: Any) -> bool:
    return isinstance(value, _LISTS) and len(value) > 0 and isinstance(value[0], _LISTS)


def _joined(inputs: Any, targets: Any, shape: Shape) -> Iterator[list[Any]]:
    if not isinstance(targets, _LISTS):
        raise TypeError(f"T, in data=(X, T), must be a list of targets, not {shown(targets)}")
    if len(inputs) != len(targets):
        raise ValueError(f"X has {len(inputs)} rows, but T has {len(targets)}")
    for k, (row, target) in enumerate(zip(inputs, targets, strict=True), 1):
        if not isinstance(row, _LISTS) or len(row) != shape.sizes[0]:
            found = f"{len(row)} numbers" if isinstance(row, _LISTS) else shown(row)
            raise ValueError(f"row {k} of X must have {shape.sizes[0]} numbers, not {found}")
        yield [*_plain(row), *target_row(f"row {k} of T", _scalar(target), shape.sizes[-1])]


def _with_targets(what: str, row: Any, shape: Shape) -> Any:
    """A row with a target for each output; anything else as it is, for the check that names the columns."""
    inputs, outputs = shape.sizes[0], shape.sizes[-1]
    if isinstance(row, _LISTS) and outputs > 1 and len(row) == inputs + 1:
        *numbers, index = _plain(row)
        return [*numbers, *target_row(f"the target of {what}", index, outputs)]
    return row


def _plain(row: Any) -> list[Any]:
    return row.tolist() if isinstance(row, np.ndarray) else list(row)


def _scalar(value: Any) -> Any:
    return value.item() if isinstance(value, np.generic) else value
