"""Seeded chance that every language rolls alike: mulberry32 and Fisher–Yates; `js/engine/seeded.js` does the same."""

import math
from collections.abc import Iterator, Mapping

MOST_SEED = 2**32 - 1
_BITS = 0xFFFFFFFF
_APART = 0x9E3779B9
"""How far the seeds of two neighbouring epochs lie apart: 2³² over the golden ratio."""


def random_numbers(seed: int) -> Iterator[float]:
    """Yield numbers from 0 up to 1, endlessly: mulberry32 begun with the lowest 32 bits of `seed`."""
    state = seed & _BITS
    while True:
        state = (state + 0x6D2B79F5) & _BITS
        mixed = ((state ^ state >> 15) * (state | 1)) & _BITS
        mixed ^= (mixed + (mixed ^ mixed >> 7) * (mixed | 61)) & _BITS
        yield (mixed ^ mixed >> 14) / 2**32


def random_values(ranges: Mapping[str, tuple[float, float]], seed: int) -> dict[str, float]:
    """Return a number within its range, low to high, with two decimals, for every name; the same ones for one seed."""
    pairs = zip(ranges.items(), random_numbers(seed), strict=False)
    # not `round`: where a third decimal is exactly 5, JavaScript rounds another way
    return {name: math.floor(100 * (low + (high - low) * u) + 0.5) / 100 for (name, (low, high)), u in pairs}


def order(count: int, seed: int, epoch: int) -> list[int]:
    """Return 0..count − 1 as an epoch (from 0) presents them: shuffled by the seed and the epoch's number alone.

    So ten epochs at once and one epoch ten times show the same.
    """
    places, numbers = list(range(count)), random_numbers(seed + epoch * _APART)
    for last in range(count - 1, 0, -1):
        other = int(next(numbers) * (last + 1))
        places[last], places[other] = places[other], places[last]
    return places
