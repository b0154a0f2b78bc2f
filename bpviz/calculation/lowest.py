"""The lowest place of a map: from its lowest sample by ever smaller steps."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

LossesAt = Callable[[np.ndarray, np.ndarray], np.ndarray]
"""The losses at places, given across and up; nan where they are no number."""

FINEST = 15 * 2**13
"""The smallest step is this part of the map: a place is a whole number of them, the same here and in a browser."""

MOST_STEPS = 32
_TIE = 1e-12
"""Losses closer than that, relatively, count as equal: rounding would choose between them."""

_FARTHEST = 8
"""Steps to the bottom of a parabola: farther off it tells nothing."""

_AROUND = np.array([(x, y) for y in (0, -1, 1) for x in (0, -1, 1)])


@dataclass(frozen=True)
class Lowest:
    """A place on a map, across and up, and the loss there."""

    at: tuple[float, float]
    loss: float


def lowest_place(losses: np.ndarray, across: np.ndarray, up: np.ndarray, losses_at: LossesAt) -> Lowest | None:
    """Return the lowest place near the lowest sample (`losses`, up × across), or None where no loss is a number.

    The samples divide the map's sides evenly, into so many parts that they divide `FINEST`.
    """
    if not np.isfinite(losses).any():
        return None
    parts = len(across) - 1
    row, column = divmod(_first_lowest(losses.ravel()), len(across))
    place, step = np.array([column, row]) * (FINEST // parts), FINEST // parts // 2
    low, high = (np.array([across[end], up[end]]) for end in (0, -1))
    loss, bottom = float(losses[row, column]), place
    for _ in range(MOST_STEPS):
        if not step:
            break
        near = np.clip([*(place + _AROUND * step), bottom], 0, FINEST)
        found = losses_at(*(low + (high - low) * (near / FINEST)).T)
        best, bottom = _first_lowest(found), _bottom(found, place, step)
        place, loss, step = near[best], float(found[best]), step if best else step // 4
    x, y = low + (high - low) * (place / FINEST)
    return Lowest((float(x), float(y)), loss)


def _bottom(around: np.ndarray, place: np.ndarray, step: int) -> np.ndarray:
    """Return the bottom of the parabola through the losses around a place, or the place.

    Small steps across and up lead along no ravine.
    """
    here, west, east, south, south_west, south_east, north, north_west, north_east = around[:9].tolist()
    x, y = (east - west) / 2, (north - south) / 2
    xx, yy = east - 2 * here + west, north - 2 * here + south
    xy = (north_east - north_west - south_east + south_west) / 4
    size = xx * yy - xy * xy
    if not (xx > 0 and size > 0):
        return place
    way = np.array([xy * y - yy * x, xy * x - xx * y]) / size
    if not (np.abs(way) <= _FARTHEST).all():
        return place
    # a half, as it is where all is symmetric, goes up whatever its rounding
    return np.asarray(place + np.floor(way * step + 0.501).astype(int))


def lower(place: Lowest | None, x: np.ndarray, y: np.ndarray, losses: np.ndarray) -> Lowest | None:
    """Return the first lowest of more places, nan where there is none, if it is lower than `place`."""
    if not np.isfinite(losses).any():
        return place
    k = int(np.nanargmin(losses))
    return place if place and place.loss <= losses[k] else Lowest((float(x[k]), float(y[k])), float(losses[k]))


def _first_lowest(losses: np.ndarray) -> int:
    least = np.nanmin(losses)
    return int(np.argmax(losses <= least + _TIE * abs(least)))
