"""The surface: the loss over two trained values, and the path that training takes on it."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from bpviz.calculation.data_sets import Row
from bpviz.calculation.epochs import columns, train_on
from bpviz.calculation.lowest import Lowest, lower, lowest_place
from bpviz.calculation.program import Program
from bpviz.calculation.trace import Trace, refuse_arrays
from bpviz.calculation.training import train
from bpviz.ground.checked import checked_count, shown

Regime = Literal["never", "diverges", "grows", "still", "large", "small", "good", "above"]
Walk = Callable[[Mapping[str, float], int, int], tuple[np.ndarray, Mapping[str, float], int | None]]
"""From givens, after so many rounds, so many more: the losses, the givens then, and where training diverges."""

POINTS = 61
MOST_ROUNDS = 10_000
LARGEST = 1e300
"""Larger losses count as none: no scale could hold them."""

_SINGLE, _GROWTH = 100, 1.1
"""So many rounds are seen one by one, then ever fewer."""

_ROUNDING = 1e-9
"""Of the largest step: smaller ones are rounding."""

_ABOVE, _SETTLED = 0.01, 0.1
"""Of all that the loss could fall: less above the lowest place is at it. Of what is left: a slower fall has settled."""


@dataclass(frozen=True, eq=False)
class Path:
    """The way of training: `points` (one row a stop) are the trained values after so many `rounds`, before it diverges.

    `losses` (rounds + 1 values): before the first round and after each, nan after divergence. `diverged_at`: the first
    round after which the loss or a given is no finite number, or None.
    """

    names: tuple[str, ...]
    points: np.ndarray
    rounds: tuple[int, ...]
    losses: np.ndarray
    diverged_at: int | None

    @property
    def regime(self) -> Regime:
        """What the learning rate does to it."""
        if self.diverged_at is not None:
            return "diverges" if self.diverged_at else "never"
        last = len(self.losses) - 1
        first, half, end = (float(self.losses[k]) for k in (0, last // 2, last))
        if (self.losses == first).all():
            return "still"
        if end > first:
            return "grows"
        rises = np.diff(self.losses).clip(min=0.0).sum()
        if rises > first - self.losses.min() or self._turns_often():
            return "large"
        return "small" if 2 * (half - end) > first - half else "good"

    def _turns_often(self) -> bool:
        """Return whether most single steps go back on the one before, as far as they are more than rounding."""
        steps = np.diff(self.points, axis=0)[np.diff(self.rounds) == 1]
        sizes = np.linalg.norm(steps, axis=1)
        real = sizes > _ROUNDING * sizes.max(initial=0.0)
        pairs = real[1:] & real[:-1]
        turns = (steps[1:] * steps[:-1]).sum(axis=1)[pairs] < 0
        return bool(2 * turns.sum() > pairs.sum())


@dataclass(frozen=True, eq=False)
class Surface:
    """The loss (`losses`, up × across, nan where it is no number) over two trained values, and the path of training.

    `lowest`: no round that lies on the map is lower; None where the loss is nowhere a number.
    """

    names: tuple[str, str]
    across: np.ndarray
    up: np.ndarray
    losses: np.ndarray
    path: Path
    lowest: Lowest | None

    @property
    def regime(self) -> Regime:
        """What the learning rate does to the path; "above": it settles, but above the lowest place."""
        if self.path.regime != "good" or self.lowest is None:
            return self.path.regime
        losses = self.path.losses
        first, half, end = (float(losses[k]) for k in (0, (len(losses) - 1) // 2, -1))
        left = end - self.lowest.loss
        return "above" if left > _ABOVE * (first - self.lowest.loss) and half - end < _SETTLED * left else "good"

    def way(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the path's values of the two, one array each."""
        one, other = (self.path.points[:, self.path.names.index(name)] for name in self.names)
        return one, other


def surface(
    program: Program, names: Sequence[Any], rounds: Any, givens: Mapping[str, Any], rows: Sequence[Row] | None = None
) -> Surface:
    """Return the loss over two trained values from scalar `givens`, the others as they are, and the path from there.

    With `rows` of data the loss is its mean over them, and training goes by epochs, in order.
    Raises ValueError for names that are not two trained values, TypeError or ValueError for a number of rounds that is
    not a whole number from 0 to 10,000.
    """
    one, other = checked_names(program, names)
    count = checked_count("the number of rounds", rounds, MOST_ROUNDS)
    refuse_arrays("a surface", givens)
    across, up = (_values(program, name, float(givens[name])) for name in (one, other))
    path = _path(program, _walk(program, rows), count, givens)

    def losses_at(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        losses = _losses(program, {**givens, one: x, other: y}, rows)
        with np.errstate(invalid="ignore"):
            return np.where(np.abs(losses) < LARGEST, losses, np.nan)

    losses = losses_at(across, up[:, None])
    lowest = lowest_place(losses, across, up, losses_at)
    found = Surface((one, other), across, up, losses, path, lowest)
    return replace(found, lowest=lower(lowest, *found.way(), _losses_on_map(found, givens)))


def checked_names(program: Program, names: Sequence[Any]) -> tuple[str, str]:
    """Return two names; ValueError where they are not two different trained values, with the choices."""
    trained = program.trained
    if len(trained) < 2:
        which = f"only {trained[0]!r} learns" if trained else "nothing learns"
        raise ValueError(f"a surface needs two values that learn, but {which} here")
    for name in names:
        if name not in trained:
            raise ValueError(f"no surface over {shown(name)}: choose two of {', '.join(trained)}")
    one, other = names
    if one == other:
        raise ValueError(f"a surface needs two different values, not {one!r} twice; others are {', '.join(trained)}")
    return one, other


def _values(program: Program, name: str, here: float) -> np.ndarray:
    """Return the values of one axis: those of the slider, and as far as the value is now."""
    given = next(given for given in program.givens if given.name == name)
    low, high = min(given.low, here), max(given.high, here)
    return low + (high - low) * (np.arange(POINTS) / (POINTS - 1))


def _losses_on_map(found: Surface, givens: Mapping[str, Any]) -> np.ndarray:
    """Return the losses of the path's stops, nan off the map: what else learns must be as it is."""
    path, (x, y) = found.path, found.way()
    on = (x >= found.across[0]) & (x <= found.across[-1]) & (y >= found.up[0]) & (y <= found.up[-1])
    for name, values in zip(path.names, path.points.T, strict=True):
        if name not in found.names:
            on &= values == givens[name]
    return np.where(on, path.losses[list(path.rounds)], np.nan)


def _losses(program: Program, givens: Mapping[str, Any], rows: Sequence[Row] | None) -> np.ndarray:
    names = columns(program) if rows else ()
    total: Any = 0.0
    for row in rows or ((),):
        total = total + Trace(program, {**givens, **dict(zip(names, row, strict=True))})[program.loss]
    return np.asarray(total / len(rows or ((),)))


def _walk(program: Program, rows: Sequence[Row] | None) -> Walk:
    def by_rounds(here: Mapping[str, float], gone: int, count: int) -> Any:
        history = train(program, count, here)
        return history.losses, {name: float(history.final[name]) for name in here}, history.diverged_at

    def by_epochs(here: Mapping[str, float], gone: int, count: int) -> Any:
        history = train_on(program, rows, count, None, here, gone)
        return history.mean_losses, {**here, **history.weights, **history.memory}, history.diverged_at

    return by_epochs if rows else by_rounds


def _path(program: Program, walk: Walk, rounds: int, givens: Mapping[str, float]) -> Path:
    losses = np.full(rounds + 1, np.nan)
    found, stops = [givens], [0]
    losses[:1], _, diverged = walk(givens, 0, 0)
    while diverged is None and stops[-1] < rounds:
        last = stops[-1]
        step = min(1 if last < _SINGLE else math.ceil(last * _GROWTH) - last, rounds - last)
        losses[last : last + step + 1], after, bad = walk(found[-1], last, step)
        if bad is not None:
            diverged, step = last + bad, bad - 1
        if step:
            stops.append(last + step)
            found.append(after)
    points = np.array([[values[name] for name in program.trained] for values in found])
    return Path(program.trained, points, tuple(stops), losses, diverged)
