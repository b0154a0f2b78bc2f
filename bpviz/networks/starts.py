"""Weights to start from: drawn by a seed, or all alike; the same to the last bit on every machine.

"uniform": from −1 to 1. "xavier": within ±√(6 / (n + m)) (X. Glorot and Y. Bengio, 2010), "he": within ±√(6 / n)
(K. He et al., 2015), both in their uniform form, for a layer of m neurons that reads n. "equal": all 0.5, "zeros": 0.
Drawn numbers are rounded to two decimals.
"""

import math
from collections.abc import Callable, Mapping
from typing import Any

from bpviz.ground.checked import checked_count, shown
from bpviz.ground.seeded import MOST_SEED, random_values
from bpviz.networks.wiring import Wiring

EQUAL = 0.5

REACH: Mapping[str, Callable[[int, int], float]] = {
    "uniform": lambda reads, neurons: 1.0,
    "xavier": lambda reads, neurons: math.sqrt(6 / (reads + neurons)),
    "he": lambda reads, neurons: math.sqrt(6 / reads),
}
"""Start → how far from 0 its weights are drawn."""

ALIKE: Mapping[str, float] = {"zeros": 0.0, "equal": EQUAL}

STARTS = (*REACH, *ALIKE)


def starting_weights(wiring: Wiring, init: str, seed: Any) -> dict[str, float]:
    """Return a value for every weight; TypeError or ValueError for a start or a seed that cannot be."""
    if not isinstance(init, str) or init not in STARTS:
        raise ValueError(f"no init {shown(init)}; weights can start by {', '.join(STARTS)}")
    checked = checked_count("the seed", seed, MOST_SEED)
    if init in ALIKE:
        return dict.fromkeys(wiring.edges.carrying, ALIKE[init])
    ranges: dict[str, tuple[float, float]] = {}
    for layer in wiring.layers[1:]:
        for n in layer:
            for _, weight in wiring.into(n):
                reach = REACH[init](len(wiring.into(n)), len(layer))
                ranges[weight] = (-reach, reach)
    return random_values(ranges, checked)


def starting_inputs(wiring: Wiring, seed: int) -> dict[str, float]:
    """Return a value from −1 to 1, with two decimals, for every input."""
    return random_values(dict.fromkeys(wiring.inputs, (-1.0, 1.0)), seed)
