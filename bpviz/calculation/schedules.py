"""Schedules of the learning rate: one rate for every round of training, as an array that `train` takes for eta.

Both classic schedules are described in words by M. Bernacki and P. Włodarczyk, AGH University (2004): start large and
shrink; or start small, while the signs of the weights settle, grow, and shrink again at the end.

All raise TypeError or ValueError for a number of rounds that is not a whole number from 1 to ten million, and for a
rate that is not a number above 0.
"""

import math
from typing import Any

import numpy as np

from bpviz.calculation.training import MOST_ROUNDS
from bpviz.ground.checked import checked_count, finite_number

RISE = 0.3
"""The part of the rounds in which a growing schedule grows."""


def constant(rounds: int, rate: float) -> np.ndarray:
    """Return `rounds` times the same rate."""
    return np.full(_count(rounds), _rate("rate", rate))


def shrinking(rounds: int, start: float, end: float) -> np.ndarray:
    """Return `rounds` rates from `start` down to `end`, each the same part of the one before.

    Raises ValueError unless end <= start.
    """
    if not _rate("end", end) <= _rate("start", start):
        raise ValueError(f"a shrinking schedule ends at or below its start, but end is {end} and start is {start}")
    return np.geomspace(start, end, _count(rounds))


def growing_then_shrinking(rounds: int, start: float, peak: float, end: float) -> np.ndarray:
    """Return `rounds` rates that grow from `start` to `peak` in the first third or so and then shrink to `end`.

    Raises ValueError unless start and end are not above the peak.
    """
    for name, rate in (("start", start), ("end", end)):
        if not _rate(name, rate) <= _rate("peak", peak):
            raise ValueError(f"the peak of a schedule is its largest rate, but {name} is {rate} and peak is {peak}")
    growing = math.floor(RISE * _count(rounds) + 0.5)
    return np.concatenate([np.geomspace(start, peak, growing, endpoint=False), shrinking(rounds - growing, peak, end)])


def _count(rounds: Any) -> int:
    return checked_count("the number of rounds", rounds, MOST_ROUNDS, least=1)


def _rate(name: str, rate: Any) -> float:
    value = finite_number(f"the {name} of a schedule", rate)
    if value <= 0.0:
        raise ValueError(f"the {name} of a schedule must be above 0, not {rate!r}")
    return value
