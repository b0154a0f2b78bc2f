"""Losses with the last layer's activation: from its net inputs z and the targets t to a number, or to ∂L/∂z.

half_squared_error ½ Σ (t − a)²; squared_error Σ (t − a)²; mean_squared_error (1/n) Σ (t − a)²; cross_entropy −Σ t ln a,
after softmax, whose t add up to 1; binary_cross_entropy −Σ (t ln a + (1 − t) ln(1 − a)), after the sigmoid. Σ runs over
the n outputs. The last two are computed from z, so that no logarithm of a rounded 0 is ever taken, and there
∂L/∂z = a − t.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from bpviz.matrices.activations import ACTIVATIONS, Array

ONLY_AFTER: Mapping[str, str] = {"cross_entropy": "softmax", "binary_cross_entropy": "sigmoid"}
"""The activation that a loss asks for, where it asks."""

_SQUARED: Mapping[str, Callable[[int], float]] = {
    "half_squared_error": lambda n: 0.5,
    "squared_error": lambda n: 1.0,
    "mean_squared_error": lambda n: 1.0 / n,
}
"""What the sum of the squares is multiplied by, for n outputs."""

LOSSES = (*_SQUARED, *ONLY_AFTER)


@dataclass(frozen=True)
class Head:
    """A loss on top of the last activation; arrays are (rows, outputs).

    `total(z, t)`: the losses of all rows, added up; z is spent. `delta(z, t)`: z becomes ∂L/∂z of each row's own loss.
    """

    total: Callable[[Array, Array], float]
    delta: Callable[[Array, Array], None]


def default_loss(output: str) -> str:
    """Return the loss that goes with an output's activation."""
    return next((loss for loss, after in ONLY_AFTER.items() if after == output), "half_squared_error")


def head(output: str, loss: str) -> Head:
    """Return the head of a known pair of activation and loss."""
    if loss in _SQUARED:
        return _squared(output, _SQUARED[loss])
    apply = ACTIVATIONS[output].apply

    def delta(z: Array, t: Array) -> None:
        apply(z)
        z -= t

    return Head(_cross_entropy if loss == "cross_entropy" else _binary_cross_entropy, delta)


def _squared(output: str, scale: Callable[[int], float]) -> Head:
    activation = ACTIVATIONS[output]

    def total(z: Array, t: Array) -> float:
        activation.apply(z)
        z -= t
        np.square(z, out=z)
        return scale(z.shape[1]) * float(z.sum(dtype=np.float64))

    def delta(z: Array, t: Array) -> None:
        activation.apply(z)
        da = z - t
        da *= 2.0 * scale(z.shape[1])
        activation.back(da, z)
        z[...] = da

    return Head(total, delta)


def _cross_entropy(z: Array, t: Array) -> float:
    z -= z.max(axis=1, keepdims=True)
    chosen = np.einsum("ij,ij->i", z, t)
    np.exp(z, out=z)
    return float((np.log(z.sum(axis=1)) - chosen).sum(dtype=np.float64))


def _binary_cross_entropy(z: Array, t: Array) -> float:
    # ln(1 + exp(z)) − t z, written so that exp never overflows
    return float((np.maximum(z, 0.0) - z * t + np.log1p(np.exp(-np.abs(z)))).sum(dtype=np.float64))
