"""Training on a small data set: every row sets inputs and targets, then changes the weights once, epoch after epoch."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any

import numpy as np

from bpviz.calculation.data_sets import DATA_SETS, MOST_ROWS, Row
from bpviz.calculation.program import Program
from bpviz.calculation.quantities import Kind
from bpviz.calculation.trace import Trace, refuse_arrays
from bpviz.calculation.training import AT_ONCE, MOST_ROUNDS
from bpviz.ground.checked import checked_count, finite_number, shown
from bpviz.ground.progress import Progress
from bpviz.ground.seeded import MOST_SEED, order


@dataclass(frozen=True, eq=False)
class DataHistory:
    """What training on a data set left behind.

    `mean_losses` (epochs + 1 values, read-only): the mean over all rows before the first epoch and after each; nan from
    the epoch after divergence on. `weights`: every trained given after the last epoch. `final`: the trace of all rows
    at these weights, an array of one value per row for each name. `predictions`: the outputs there, one per row, or
    rows × outputs where there are several. `diverged_at`: the first epoch after which the mean loss or a trained value
    is not finite, or None; `weights` are then those of the epoch before. `memory`: what
    else is fed back from row to row.
    """

    mean_losses: np.ndarray
    weights: Mapping[str, float]
    final: Trace
    predictions: np.ndarray
    diverged_at: int | None
    memory: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.mean_losses.flags.writeable = self.predictions.flags.writeable = False
        for part in ("weights", "memory"):
            object.__setattr__(self, part, MappingProxyType(dict(getattr(self, part))))

    def __reduce__(self) -> tuple[Any, ...]:
        """Copy and pickle by making the history again, so that a copied array is as read-only as the original."""
        found = self.mean_losses, dict(self.weights), self.final, self.predictions, self.diverged_at, dict(self.memory)
        return DataHistory, found


def columns(program: Program) -> tuple[str, ...]:
    """Return the givens that a row of data sets: the inputs, then the targets, in the program's order."""
    kinds = [Kind.INPUT, Kind.TARGET]
    return tuple(g.name for kind in kinds for g in program.givens if g.quantity.kind is kind)


def outputs(program: Program) -> tuple[str, ...]:
    """Return the activation of the neuron of each target, in the order of the targets."""
    places = [g.quantity.place for g in program.givens if g.quantity.kind is Kind.TARGET]
    found = {s.quantity.place: s.name for s in program.steps if s.quantity.kind is Kind.ACTIVATION}
    return tuple(found[place] for place in places)


def checked_rows(program: Program, rows: Any) -> tuple[Row, ...]:
    """Return `rows`, each a mapping column → number or the numbers in the order of `columns`, as tuples of floats.

    A name in `data_sets.DATA_SETS`, such as "xor", stands for its rows. Raises ValueError for another name, an empty
    table or a row that sets more or less than the columns, TypeError for what is no table or no number; the message
    names the row, counted from 1.
    """
    if isinstance(rows, str):
        if rows not in DATA_SETS:
            raise ValueError(f"no data set {rows!r}; data sets are {', '.join(DATA_SETS)}")
        rows = DATA_SETS[rows]
    if not isinstance(rows, list | tuple) and not (isinstance(rows, np.ndarray) and rows.ndim):
        raise TypeError(f"rows must be a list of rows, not {shown(rows)}")
    if not len(rows):
        raise ValueError("a data set needs at least one row")
    names = columns(program)
    return tuple(_checked_row(program, names, f"row {k}", row) for k, row in enumerate(rows, 1))


def _checked_row(program: Program, names: tuple[str, ...], where: str, row: Any) -> Row:
    listed = ", ".join(names)
    if isinstance(row, Mapping):
        for name in row:
            if name not in names:
                kind = f", a {program[name].quantity.kind}" if name in program else ""
                raise ValueError(f"{where} sets {shown(name)}{kind}; a row sets {listed} and nothing else")
        missing = next((name for name in names if name not in row), None)
        if missing:
            raise ValueError(f"{where} has no {missing!r}; a row sets {listed}")
        row = [row[name] for name in names]
    if not isinstance(row, list | tuple) and not (isinstance(row, np.ndarray) and row.ndim == 1):
        raise TypeError(f"{where} must be a mapping or the numbers {listed}, not {shown(row)}")
    if len(row) != len(names):
        raise ValueError(f"{where} must have {len(names)} numbers, {listed}, not {len(row)}")
    return tuple(finite_number(f"{name} in {where}", value) for name, value in zip(names, row, strict=True))


def data_set(program: Program, data: Any) -> tuple[Row, ...]:
    """Return a data set for a player: 1 to 8 rows, or the name of a set, as `checked_rows` takes them.

    Raises ValueError for too many rows, and the errors of `checked_rows`.
    """
    rows = checked_rows(program, data)
    if len(rows) > MOST_ROWS:
        raise ValueError(f"a player's table has room for {MOST_ROWS} rows, not {len(rows)}")
    return rows


def beginning_with(program: Program, row: Row) -> Program:
    """Return the program with a row's numbers, in the order of `columns`, as the defaults of the givens it sets."""
    first = dict(zip(columns(program), row, strict=True))
    givens = tuple(replace(given, default=first.get(given.name, given.default)) for given in program.givens)
    return replace(program, givens=givens)


def checked_seed(seed: Any) -> int | None:
    """Return the seed of a shuffle, None for rows in order; TypeError or ValueError for what is neither."""
    return None if seed is None else checked_count("the seed of a shuffle", seed, MOST_SEED)


def train_on(
    program: Program, rows: Any, epochs: int, shuffle: int | None, givens: Mapping[str, Any], before: int = 0
) -> DataHistory:
    """Return the history of `epochs` epochs over `rows`, from scalar `givens`; see `checked_rows` for the rows.

    `shuffle`: None presents the rows in order, a seed (0 to 2³² − 1) in another order each epoch. `before`: how many
    epochs went before, for the order alone. What lasts longer than a second shows a progress bar.
    Raises TypeError or ValueError for a number of epochs that makes more than ten million rounds, or for an array.
    """
    lessons = _Lessons(program, checked_rows(program, rows), checked_seed(shuffle), before)
    n = checked_count("the number of epochs", epochs, MOST_ROUNDS // len(lessons.rows))
    refuse_arrays("training", givens)
    state = [float(givens[g.name]) for g in program.givens]
    curve, done, at_once = np.full(n + 1, math.nan), 0, max(AT_ONCE // len(lessons.rows), 1)
    with Progress(n, "epochs") as progress:
        while True:
            means, after = lessons.after(done, min(at_once, n - done), state)
            bad = None
            if not (np.isfinite(means).all() and lessons.is_finite(after)):
                bad, means, after = lessons.to_the_end(done, state)
            curve[done : done + len(means)] = means
            done, state = done + len(means) - 1, after
            if bad is not None or done == n:
                return lessons.history(curve, state, bad)
            progress.reach(done)


@dataclass(frozen=True)
class _Lessons:
    program: Program
    rows: tuple[Row, ...]
    shuffle: int | None
    before: int

    @cached_property
    def columns(self) -> tuple[str, ...]:
        return columns(self.program)

    def order(self, epoch: int) -> tuple[Row, ...]:
        if self.shuffle is None:
            return self.rows
        return tuple(self.rows[k] for k in order(len(self.rows), self.shuffle, self.before + epoch))

    def after(self, first: int, n: int, start: Iterable[float]) -> tuple[list[float], list[float]]:
        """Return the mean loss before the first of n epochs and after each, and the givens after them."""
        run = self.program.tape.epochs(self.program.feedback, self.program.loss, self.columns)
        orders = [*(self.order(first + k) for k in range(n)), ()]  # the last one only measures
        means: list[float] = []
        state = list(start)
        while len(means) <= n:
            try:
                run(orders[len(means) :], self.rows, means, state)
            except (ArithmeticError, ValueError):
                # one epoch by the arrays' rules, where overflow has an answer (exp(710) is inf); fast again
                presented = orders[len(means)]
                means.append(sum(self._at(row, state)[self.program.loss] for row in self.rows) / len(self.rows))
                for row in presented:
                    trace = self._at(row, state)
                    state = [trace[self.program.feedback.get(name, name)] for name in self.program.tape.givens]
        return means, state

    def _at(self, row: Row, state: list[float]) -> Trace:
        givens = dict(zip(self.program.tape.givens, state, strict=True))
        return Trace(self.program, givens | dict(zip(self.columns, row, strict=True)))

    def is_finite(self, state: list[float]) -> bool:
        return all(math.isfinite(value) for value in state)

    def to_the_end(self, first: int, state: list[float]) -> tuple[int, list[float], list[float]]:
        """Return the first epoch from `first` on that diverges, the mean losses up to it, the givens before it."""
        (mean,), here = self.after(first, 0, state)
        means = [mean]
        while math.isfinite(means[-1]):
            (_, mean), after = self.after(first + len(means) - 1, 1, here)
            means.append(mean)
            if not self.is_finite(after) or not math.isfinite(mean):
                break
            here = after
        return first + len(means) - 1, means, here

    def history(self, means: np.ndarray, state: list[float], diverged_at: int | None) -> DataHistory:
        values = dict(zip(self.program.tape.givens, state, strict=True))
        table = np.array(self.rows).T
        final = Trace(self.program, values | dict(zip(self.columns, table, strict=True)))
        predictions = np.stack([final[name] for name in outputs(self.program)], axis=-1)
        predictions = predictions[:, 0] if predictions.shape[1] == 1 else predictions
        weights = {name: values[name] for name in self.program.trained}
        memory = {name: values[name] for name in self.program.feedback if name not in weights}
        return DataHistory(means, weights, final, predictions, diverged_at, memory)
