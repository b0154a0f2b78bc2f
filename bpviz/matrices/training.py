"""Training: epochs of batches, each a step of the optimizer, until they are done, diverge or are interrupted."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from bpviz.ground.progress import Progress
from bpviz.matrices.activations import Array
from bpviz.matrices.optimizers import Optimizer
from bpviz.matrices.passes import Layers, Passes

FEWEST_ROWS = 100
"""Rows that are looked at together where only the loss is wanted, however small the batches."""


@dataclass(frozen=True)
class Plan:
    """How to train: epochs, rows in a batch, learning rate, weight decay, the seed of the order (None: in order)."""

    epochs: int
    batch: int
    eta: float
    l2: float
    seed: int | None
    first: int
    """The number of the first epoch, on which its order depends too."""
    bar: bool = True


@dataclass(frozen=True)
class Data:
    """Inputs (rows, inputs) and targets (rows, outputs)."""

    X: Array
    T: Array


@dataclass(eq=False)
class Run:
    """What training leaves behind; epochs that were not finished hold nan.

    `losses` (epochs + 1): the mean over all rows before the first epoch and after each, without the decay's part;
    `validation` the same on other rows, or None. `begun`: epochs that were begun.
    `diverged_at`: the epoch in which a gradient was no longer finite, which keeps the weights before that step, or
    after which the loss was not finite; None where there is no such epoch. `interrupted_at`: the epoch in which an
    interrupt came, or None.
    """

    losses: Array
    validation: Array | None
    begun: int = 0
    diverged_at: int | None = None
    interrupted_at: int | None = None


@dataclass
class Trainer:
    """Trains layers on data by an optimizer."""

    layers: Layers
    optimizer: Optimizer
    data: Data
    plan: Plan
    _passes: Passes = field(init=False)

    def __post_init__(self) -> None:
        self._rows = min(self.plan.batch, len(self.data.X))
        self._passes = Passes(self.layers, min(max(self._rows, FEWEST_ROWS), len(self.data.X)))
        self._parameters = [*self.layers.weights, *self.layers.biases]
        self._gradients = [np.empty_like(p) for p in self._parameters]

    def run(self, validation: Data | None) -> Run:
        """Train; an interrupt ends it and keeps what is learnt, and so does divergence."""
        epochs = self.plan.epochs
        run = Run(np.full(epochs + 1, math.nan), np.full(epochs + 1, math.nan) if validation else None)
        per_epoch = -(-len(self.data.X) // self._rows)
        with np.errstate(all="ignore"), Progress(epochs * per_epoch, "batches", self.plan.bar) as progress:
            try:
                self._look(run, 0, validation)
                while run.begun < epochs and run.diverged_at is None:
                    run.begun += 1
                    if self._epoch(run.begun, progress, (run.begun - 1) * per_epoch):
                        self._look(run, run.begun, validation)
                    else:
                        run.diverged_at = run.begun
            except KeyboardInterrupt:
                run.interrupted_at = run.begun
        return run

    def _look(self, run: Run, epoch: int, validation: Data | None) -> None:
        loss = self._passes.loss(self.data.X, self.data.T)
        if run.validation is not None and validation is not None:
            run.validation[epoch] = self._passes.loss(validation.X, validation.T)
        run.losses[epoch] = loss
        if not math.isfinite(loss):
            run.diverged_at = epoch

    def _epoch(self, epoch: int, progress: Progress, done: int) -> bool:
        """Take every batch once; False, before the parameters change, where a gradient is not finite."""
        plan, layers = self.plan, len(self.layers.weights)
        factor = self.optimizer.factor(plan.eta)
        dW, db = self._gradients[:layers], self._gradients[layers:]
        for k, (X, T) in enumerate(self._batches(plan.first + epoch - 1), 1):
            self._passes.backward(X, self._passes.forward(X), T, dW, db, factor)
            if plan.l2:
                for W, g in zip(self.layers.weights, dW, strict=True):
                    np.add(g, (factor * plan.l2) * W, out=g)
            # what is not finite in db is not finite in dW
            if not all(math.isfinite(np.vdot(g, g)) for g in dW):
                return False
            self.optimizer.step(self._parameters, self._gradients, plan.eta)
            progress.reach(done + k)
        return True

    def _batches(self, epoch: int) -> Iterator[tuple[Array, Array]]:
        X, T, rows = self.data.X, self.data.T, self._rows
        if self.plan.seed is None or rows == len(X):
            for k in range(0, len(X), rows):
                yield X[k : k + rows], T[k : k + rows]
            return
        order = np.random.default_rng([self.plan.seed, epoch]).permutation(len(X))
        chosen_X, chosen_T = (np.empty((rows, a.shape[1]), a.dtype) for a in (X, T))
        for k in range(0, len(X), rows):
            now = order[k : k + rows]
            # "clip" changes nothing here, but lets NumPy write without a copy in between
            yield (
                X.take(now, axis=0, out=chosen_X[: len(now)], mode="clip"),
                T.take(now, axis=0, out=chosen_T[: len(now)], mode="clip"),
            )
