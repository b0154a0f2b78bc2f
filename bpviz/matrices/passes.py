"""The two passes in matrix form, for a whole batch at once.

With one row of X for each example (so that the column vectors of the books lie here as rows):
z[l] = a[l−1] W[l]ᵀ + b[l], a[l] = g(z[l]), a[0] = X;
dz[L] = ∂L/∂a[L] · g′(z[L]), dz[l] = (dz[l+1] W[l+1]) · g′(z[l]);
dW[l] = dz[l]ᵀ a[l−1], db[l] = Σ over rows of dz[l]; over a batch: the mean.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from bpviz.matrices.activations import Activation, Array
from bpviz.matrices.losses import Head


@dataclass(frozen=True)
class Layers:
    """What computes: weights[l] (to, from), biases[l] (to,), the activation of hidden layers, and the head."""

    weights: list[Array]
    biases: list[Array]
    hidden: Activation
    output: Activation
    head: Head


class Passes:
    """Forward and backward over at most `rows` rows at a time, in arrays that are made once and used again.

    The forward pass keeps the activations of the hidden layers, which the backward pass needs, and nothing else.
    """

    def __init__(self, layers: Layers, rows: int) -> None:
        self._layers, self._rows = layers, rows
        self._signals = [np.empty((rows, len(b)), b.dtype) for b in layers.biases]
        self._deltas = [np.empty_like(a) for a in self._signals[:-1]]

    def forward(self, X: Array) -> list[Array]:
        """Return the activations of every hidden layer and the net inputs of the last; valid until the next call."""
        signals = self._signals if len(X) == self._rows else [a[: len(X)] for a in self._signals]
        here = X
        for W, b, z in zip(self._layers.weights, self._layers.biases, signals, strict=True):
            np.dot(here, W.T, out=z)
            np.add(z, b, out=z)
            if z is not signals[-1]:
                self._layers.hidden.apply(z)
            here = z
        return signals

    def backward(
        self, X: Array, signals: list[Array], T: Array, dW: list[Array], db: list[Array], factor: float = 1.0
    ) -> None:
        """Write the rows' mean gradients, times `factor`, into dW (to, from) and db (to,); `signals` are spent."""
        dz = signals[-1]
        self._layers.head.delta(dz, T)
        dz *= factor / len(X)
        for layer in range(len(dW) - 1, -1, -1):
            before = signals[layer - 1] if layer else X
            np.dot(dz.T, before, out=dW[layer])
            np.add.reduce(dz, axis=0, out=db[layer])
            if layer:
                back = np.dot(dz, self._layers.weights[layer], out=self._deltas[layer - 1][: len(X)])
                self._layers.hidden.back(back, before)
                dz = back

    def loss(self, X: Array, T: Array) -> float:
        """Return the mean loss over any number of rows."""
        total = sum(self._layers.head.total(self.forward(X[part])[-1], T[part]) for part in self._parts(len(X)))
        return total / len(X)

    def outputs(self, X: Array) -> Array:
        """Return the activations of the last layer, (rows, outputs), for any number of rows."""
        found = np.empty((len(X), len(self._layers.biases[-1])), self._layers.biases[-1].dtype)
        for part in self._parts(len(X)):
            found[part] = self.forward(X[part])[-1]
        self._layers.output.apply(found)
        return found

    def _parts(self, rows: int) -> Iterator[slice]:
        return (slice(k, k + self._rows) for k in range(0, rows, self._rows))
