"""The numbers of a network of your own, checked: weights, biases, inputs and targets, by the names of its givens."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from bpviz.cases.network_shape import Shape
from bpviz.ground.checked import finite_number, shown
from bpviz.networks.names import bias_name, neuron_name, target_name, weight_name

_LISTS = (list, tuple, np.ndarray)


def given_weights(weights: Any, shape: Shape) -> dict[str, float]:
    """Return the weights that are given: `weights[l][to][from]`; None, or None for a layer, leaves them out."""
    if weights is None:
        return {}
    sizes = shape.sizes
    if not isinstance(weights, list | tuple):
        raise TypeError(f"weights must be a list with a matrix for each layer, not {shown(weights)}")
    if len(weights) != len(sizes) - 1:
        raise ValueError(f"weights has {len(weights)} matrices, but {list(sizes)} needs {len(sizes) - 1}")
    found: dict[str, float] = {}
    for layer, matrix in enumerate(weights, 1):
        if matrix is None:
            continue
        rows = _matrix(f"weights[{layer - 1}]", matrix, sizes[layer], sizes[layer - 1])
        for to, row in enumerate(rows, 1):
            for source, value in enumerate(row, 1):
                name = weight_name((layer - 1, source), (layer, to))
                found[name] = finite_number(f"weights[{layer - 1}][{to - 1}][{source - 1}], {name},", value)
    return found


def named_weights(weights: Mapping[Any, Any], shape: Shape) -> dict[str, float]:
    """Return weights that are given by their names."""
    names = tuple(shape.wiring().edges.carrying)
    for name in weights:
        if name not in names:
            raise ValueError(f"no weight {shown(name)}; weights are {', '.join(names)}")
    return {name: finite_number(f"weights[{name!r}]", value) for name, value in weights.items()}


def given_skips(skips: Any, shape: Shape) -> dict[str, float]:
    """Return the weights of skips that are given as a mapping."""
    if not isinstance(skips, Mapping):
        return {}
    values = zip(shape.skips, skips.values(), strict=True)
    return {weight_name(*skip): finite_number(f"the weight of the skip {skip}", value) for skip, value in values}


def given_biases(biases: Any, shape: Shape) -> dict[str, float]:
    """Return every bias: `biases[l][to]`, or `biases[l]` where a layer shares one; "init" makes them 0."""
    if biases is None:
        return {}
    layers = range(1, len(shape.sizes))
    if isinstance(biases, str):
        if biases != "init":
            raise ValueError(f'biases can be None, "init" or numbers, not {biases!r}')
        return {bias_name((k, to), shape.shared_biases): 0.0 for k in layers for to in range(1, shape.sizes[k] + 1)}
    if not isinstance(biases, _LISTS):
        raise TypeError(f"biases must be a list with one list for each layer, not {shown(biases)}")
    if len(biases) != len(layers):
        raise ValueError(f"biases has {len(biases)} entries, but {list(shape.sizes)} needs {len(layers)}")
    if shape.shared_biases:
        return {
            bias_name((k, 1), True): finite_number(f"biases[{k - 1}], shared by layer {k},", value)
            for k, value in enumerate(biases, 1)
        }
    found: dict[str, float] = {}
    for k, row in enumerate(biases, 1):
        for to, value in enumerate(_vector(f"biases[{k - 1}]", row, shape.sizes[k]), 1):
            found[bias_name((k, to), False)] = finite_number(f"biases[{k - 1}][{to - 1}]", value)
    return found


def given_inputs(inputs: Any, shape: Shape) -> dict[str, float]:
    """Return the inputs that are given."""
    if inputs is None:
        return {}
    row = _vector("inputs", inputs, shape.sizes[0])
    return {neuron_name((0, k)): finite_number(f"inputs[{k - 1}]", value) for k, value in enumerate(row, 1)}


def given_targets(targets: Any, shape: Shape) -> dict[str, float]:
    """Return every target: numbers, or the index of the right output, from 0; None takes the first output as right."""
    values = target_row("targets", 0 if targets is None and shape.sizes[-1] > 1 else targets, shape.sizes[-1])
    return {target_name(k): value for k, value in enumerate(values, 1)}


def target_row(what: str, targets: Any, outputs: int) -> list[float]:
    """Return a target for every output: from so many numbers, or from an index, which becomes one-hot.

    Of a single output a number is its target, and None is 1. Raises TypeError or ValueError for what is neither.
    """
    if targets is None:
        return [1.0] * outputs
    if isinstance(targets, _LISTS) and np.ndim(targets):
        row = _vector(what, targets, outputs)
        return [finite_number(f"{what}[{k}]", value) for k, value in enumerate(row)]
    if outputs == 1:
        return [finite_number(what, targets)]
    number = finite_number(what, targets)
    if number != int(number) or not 0 <= number < outputs:
        raise ValueError(f"{what} must be {outputs} numbers, or an index from 0 to {outputs - 1}, not {shown(targets)}")
    return [float(k == number) for k in range(outputs)]


def _vector(what: str, value: Any, length: int) -> Iterator[Any]:
    if not isinstance(value, _LISTS) or not np.ndim(np.empty(0) if isinstance(value, list | tuple) else value):
        raise TypeError(f"{what} must be a list of {length} numbers, not {shown(value)}")
    if len(value) != length:
        raise ValueError(f"{what} must have {length} numbers, not {len(value)}")
    return iter(value.tolist() if isinstance(value, np.ndarray) else value)


def _matrix(what: str, value: Any, rows: int, columns: int) -> list[list[Any]]:
    wanted = f"{what} must be {rows} × {columns}, a row for each neuron and a number for each that it reads"
    if not isinstance(value, _LISTS):
        raise TypeError(f"{wanted}, not {shown(value)}")
    listed = value.tolist() if isinstance(value, np.ndarray) else list(value)
    lengths = [len(row) if isinstance(row, _LISTS) else None for row in listed]
    if lengths != [columns] * rows:
        raise ValueError(f"{wanted}, not {_size(lengths)}")
    return [row.tolist() if isinstance(row, np.ndarray) else list(row) for row in listed]


def _size(lengths: list[int | None]) -> str:
    if None in lengths or not lengths:
        return f"{len(lengths)} numbers" if lengths else "empty"
    if len(set(lengths)) == 1:
        return f"{len(lengths)} × {lengths[0]}"
    return f"rows of {', '.join(map(str, lengths))} numbers"
