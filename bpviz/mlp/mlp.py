"""`bpviz.MLP`: a layered network in matrix form that trains on real data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np

from bpviz.ground.checked import checked_count, shown
from bpviz.ground.seeded import MOST_SEED
from bpviz.matrices.activations import ACTIVATIONS, HIDDEN, Array
from bpviz.matrices.data import checked_inputs, checked_targets, one_row
from bpviz.matrices.gradients import Gradients, differences
from bpviz.matrices.losses import head
from bpviz.matrices.optimizers import OPTIMIZERS, Optimizer
from bpviz.matrices.passes import Layers, Passes
from bpviz.matrices.starts import STARTS, start
from bpviz.matrices.training import FEWEST_ROWS, Data, Plan, Trainer
from bpviz.mlp.checks import above_zero, checked_loss, checked_pair, checked_sizes, one_of
from bpviz.mlp.history import History
from bpviz.mlp.playing import check_room, example_of
from bpviz.worked import WorkedExample

DTYPES = ("float64", "float32")
MOST_EPOCHS = 10_000_000


class MLP:
    """A fully connected network of layers of `sizes`, inputs first, such as [784, 50, 10].

    `hidden`: the activation of every hidden layer; `output`: that of the last: sigmoid, tanh, relu, leaky_relu,
    softplus, identity, and in the last layer softmax. `loss`: half_squared_error, squared_error, mean_squared_error,
    cross_entropy (after softmax), binary_cross_entropy (after sigmoid); None takes the one that goes with the output:
    these two, else half_squared_error. Over a batch it is the mean. `init`: "xavier", "he" (normal; that of
    `bpviz.network` is uniform), "normal_001" or "zeros", drawn by `seed`; biases start at 0. `dtype`: "float64" or
    "float32".

    `weights[l]` (to, from) and `biases[l]` (to,) are live: changing them, or putting arrays of the same shape and type
    in their place, changes the network. In matrix form, with one row of X for each example, z[l] = a[l−1] W[l]ᵀ + b[l]
    and a[l] = g(z[l]); `bpviz.matrices.passes` has both passes.

    The same seeds give the same start and the same order of rows to the last bit everywhere; the same training to the
    last bit with one version of NumPy, one BLAS, one number of threads and one kind of processor. Elsewhere sums may be
    added up in another order: losses then agree to about 1e-10 in float64, 1e-4 in float32, while training is stable.
    TypeError or ValueError, naming the choices, for what cannot be such a network.
    """

    def __init__(  # noqa: PLR0913 - names of its own for all that a network is
        self,
        sizes: Sequence[int],
        hidden: str = "sigmoid",
        output: str = "softmax",
        loss: str | None = None,
        *,
        seed: int = 0,
        init: str = "xavier",
        dtype: str = "float64",
    ) -> None:
        self.sizes = checked_sizes(sizes, output)
        self.hidden = one_of("hidden", hidden, HIDDEN)
        self.output = one_of("output", output, tuple(ACTIVATIONS))
        self.loss = checked_loss(loss, self.output)
        self._dtype = np.dtype(one_of("dtype", dtype, DTYPES))
        seed = checked_count("the seed", seed, MOST_SEED)
        self.weights, self.biases = start(self.sizes, one_of("init", init, tuple(STARTS)), seed, dtype)
        self._optimizer: Optimizer | None = None
        self._epochs = 0

    @property
    def dtype(self) -> str:
        """The type of every number in the network."""
        return self._dtype.name

    def __repr__(self) -> str:
        shape, count = "-".join(map(str, self.sizes)), sum(p.size for p in (*self.weights, *self.biases))
        return f"MLP {shape}: {self.hidden}, {self.output}, {self.loss}, {count:,} parameters, {self.dtype}"

    def predict(self, X: Any) -> Array:
        """Return the activations of the last layer, (batch, outputs), for X (batch, inputs).

        TypeError or ValueError, with both shapes, for any other X.
        """
        rows = checked_inputs("X", X, self.sizes[0], self._dtype)
        with np.errstate(over="ignore", under="ignore"):
            return Passes(self._layers(), min(len(rows), FEWEST_ROWS)).outputs(rows)

    def loss_and_gradients(self, X: Any, y: Any) -> tuple[float, Gradients]:
        """Return the mean loss over the rows and its gradients, shaped like weights and biases.

        X (batch, inputs); y (batch, outputs), or (batch,) with the index of each row's class, counted from 0, or with
        the targets of the only output. Neither is ever changed. TypeError or ValueError, with both shapes, for others.
        """
        data, layers = self._data("X", X, "y", y), self._layers()
        found = Gradients(*([np.empty_like(p) for p in group] for group in (layers.weights, layers.biases)))
        passes = Passes(layers, len(data.X))
        with np.errstate(over="ignore", under="ignore"):
            signals = passes.forward(data.X)
            loss = layers.head.total(signals[-1].copy(), data.T) / len(data.X)
            passes.backward(data.X, signals, data.T, found.weights, found.biases)
        return loss, found

    def numeric_gradients(
        self, X: Any, y: Any, only: Iterable[str] | None = None, *, progress: bool = True
    ) -> Gradients:
        """Return central differences of the mean loss, in float64 whatever the network's type; two passes a parameter.

        `only`: the names of those that are wanted, such as ["w1_2_3", "b1_2"] (layer, to, from; from 1); the others
        are nan. X and y as in `loss_and_gradients`; KeyError for a name that is none. `progress`: whether what lasts
        longer than a second shows a bar.
        """
        if isinstance(only, str):
            raise TypeError(f"only must be a list of names, not {only!r}")
        data, own = self._data("X", X, "y", y), self._layers()
        weights: list[Array] = [W.astype(np.float64) for W in own.weights]
        biases: list[Array] = [b.astype(np.float64) for b in own.biases]
        passes = Passes(replace(own, weights=weights, biases=biases), min(len(data.X), FEWEST_ROWS))
        X64, T64 = data.X.astype(np.float64), data.T.astype(np.float64)
        with np.errstate(over="ignore", under="ignore"):
            return differences(lambda: passes.loss(X64, T64), weights, biases, only, progress)

    def fit(  # noqa: PLR0913 - likewise for a training
        self,
        X: Any,
        y: Any,
        epochs: int = 20,
        batch: int = 100,
        eta: float = 0.1,
        optimizer: str = "plain",
        *,
        validation: tuple[Any, Any] | None = None,
        l2: float = 0.0,
        seed: int | None = 0,
        progress: bool = True,
    ) -> History:
        """Train on X and y (as in `loss_and_gradients`) and return the history.

        Each epoch takes all rows once, `batch` at a time, in an order drawn by `seed` and the epoch's number (None: as
        they are; so a batch of all rows). `optimizer`: plain, momentum, nesterov, adam, rmsprop, as
        `bpviz.matrices.optimizers` writes them. `l2`: λ of ½ λ Σ w², which is added to what is made small, not to the
        losses that are told; biases are left out. `validation`: X and y on which only the loss is computed.
        `progress`: whether what lasts longer than a second shows a bar.

        Training ends early where a gradient or the loss is no longer finite, and on an interrupt: what is learnt stays,
        and the history says so. A further call goes on from there: 5 epochs twice are 10, as long as the optimizer is
        the same. TypeError or ValueError for what cannot be trained on, with both shapes; nothing is changed then.
        """
        data, layers = self._data("X", X, "y", y), self._layers()
        tested = checked_pair(validation)
        checking = self._data("validation X", tested[0], "validation y", tested[1]) if tested else None
        plan = Plan(
            checked_count("the number of epochs", epochs, MOST_EPOCHS),
            checked_count("batch", batch, 2**31, least=1),
            above_zero("eta", eta),
            above_zero("l2", l2, or_zero=True),
            None if seed is None else checked_count("the seed", seed, MOST_SEED),
            self._epochs,
            bool(progress),
        )
        name = one_of("optimizer", optimizer, tuple(OPTIMIZERS))
        if self._optimizer is None or self._optimizer.name != name:
            self._optimizer = Optimizer(name, [*layers.weights, *layers.biases])
        run = Trainer(layers, self._optimizer, data, plan).run(checking)
        self._epochs += run.begun
        return History(**vars(run))

    def as_example(
        self, x: Any, y: Any, eta: float = 0.1, optimizer: str = "plain", labels: Any = None, detail: str | None = None
    ) -> WorkedExample:
        """Return this network as `bpviz.network` makes one: a worked example that plays, for one row of data.

        x (inputs,); y (outputs,), or the index of the row's class, counted from 0, or the target of the only output.
        `eta`, `optimizer`, `labels` and `detail` are those of `network`. The example keeps the numbers of now, as
        float64: what is learnt afterwards does not change it. ValueError, saying what to do, for a network of more than
        60 neurons, inputs counted, or 720 weights; TypeError or ValueError, with both shapes, for other data.
        """
        check_room(self.sizes)
        rows = one_row("x", x, self.sizes[:1]), one_row("y", y, (self.sizes[-1],), or_one=True)
        data = self._data("x", rows[0], "y", rows[1])
        activations = [self.hidden] * (len(self.sizes) - 2) + [self.output]
        options = {"eta": eta, "optimizer": optimizer, "labels": labels, "detail": detail}
        return example_of(self._layers(), data, activations, self.loss, options)

    def _layers(self) -> Layers:
        """Return the parameters as they are now, checked: a person may have changed them."""
        for what, arrays, shapes in (
            ("weights", self.weights, [(to, origin) for origin, to in pairwise(self.sizes)]),
            ("biases", self.biases, [(n,) for n in self.sizes[1:]]),
        ):
            if len(arrays) != len(shapes):
                raise ValueError(f"{what} must be {len(shapes)} arrays, not {len(arrays)}")
            for k, (array, shape) in enumerate(zip(arrays, shapes, strict=True)):
                if not isinstance(array, np.ndarray) or array.dtype != self._dtype or array.shape != shape:
                    found = f"{array.dtype} {array.shape}" if isinstance(array, np.ndarray) else shown(array)
                    raise ValueError(f"{what}[{k}] must be an array of {self.dtype} of shape {shape}, not {found}")
        return Layers(
            self.weights, self.biases, ACTIVATIONS[self.hidden], ACTIVATIONS[self.output], head(self.output, self.loss)
        )

    def _data(self, named_X: str, X: Any, named_y: str, y: Any) -> Data:
        rows = checked_inputs(named_X, X, self.sizes[0], self._dtype)
        return Data(rows, checked_targets(named_y, y, len(rows), self.sizes[-1], self.loss, self._dtype))
