"""The table of activation functions on whole layers: forward and back, in place, from the activations alone.

So a layer keeps its activations a and nothing else: each slope g′(z) is found from a = g(z).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating]

LEAK = 0.01
"""The slope of a leaky ReLU below 0."""


@dataclass(frozen=True)
class Activation:
    """One activation function g on arrays (rows, neurons).

    `apply(z)`: z becomes a = g(z). `back(da, a)`: ∂L/∂a becomes ∂L/∂z in `da`; `a` is spent.
    """

    apply: Callable[[Array], None]
    back: Callable[[Array, Array], None]


def _sigmoid(z: Array) -> None:
    np.negative(z, out=z)
    np.exp(z, out=z)  # inf far below 0, and then 1 / inf is the right 0
    z += 1.0
    np.reciprocal(z, out=z)


def _sigmoid_back(da: Array, a: Array) -> None:
    da *= a
    np.subtract(1.0, a, out=a)
    da *= a


def _tanh(z: Array) -> None:
    np.tanh(z, out=z)


def _tanh_back(da: Array, a: Array) -> None:
    np.square(a, out=a)
    np.subtract(1.0, a, out=a)
    da *= a


def _relu(z: Array) -> None:
    np.maximum(z, 0.0, out=z)


def _relu_back(da: Array, a: Array) -> None:
    np.sign(a, out=a)
    da *= a


def _leaky_relu(z: Array) -> None:
    np.maximum(z, LEAK * z, out=z)


def _leaky_relu_back(da: Array, a: Array) -> None:
    np.multiply(da, LEAK, out=da, where=a <= 0.0)


def _softplus(z: Array) -> None:
    np.logaddexp(0.0, z, out=z)


def _softplus_back(da: Array, a: Array) -> None:
    np.negative(a, out=a)
    np.expm1(a, out=a)  # the slope σ(z) is 1 − exp(−a)
    np.negative(a, out=a)
    da *= a


def _softmax(z: Array) -> None:
    z -= z.max(axis=1, keepdims=True)
    np.exp(z, out=z)
    z /= z.sum(axis=1, keepdims=True)


def _softmax_back(da: Array, a: Array) -> None:
    da -= np.einsum("ij,ij->i", da, a)[:, None]
    da *= a


def _nothing(*_: Array) -> None:
    """Leave what is there: the identity, whose slope is 1."""


ACTIVATIONS: Mapping[str, Activation] = {
    "sigmoid": Activation(_sigmoid, _sigmoid_back),
    "tanh": Activation(_tanh, _tanh_back),
    "relu": Activation(_relu, _relu_back),
    "leaky_relu": Activation(_leaky_relu, _leaky_relu_back),
    "softplus": Activation(_softplus, _softplus_back),
    "identity": Activation(_nothing, _nothing),
    "softmax": Activation(_softmax, _softmax_back),
}
HIDDEN = tuple(name for name in ACTIVATIONS if name != "softmax")
"""What a hidden layer may have; softmax stands in the last layer only."""
