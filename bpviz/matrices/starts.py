"""The weights that a network starts with; biases start at 0.

"xavier": uniform within ±√(6 / (from + to)) (Glorot and Bengio 2010, eq. 16). "he": normal with variance 2 / from
(He et al. 2015, eq. 10). "normal_001": N(0, 1) · 0.01. "zeros": all equal, so that hidden neurons never part.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

import numpy as np

from bpviz.matrices.activations import Array

Draw = Callable[[np.random.Generator, tuple[int, int]], Array]

STARTS: Mapping[str, Draw] = {
    "xavier": lambda rng, shape: (2.0 * rng.random(shape) - 1.0) * math.sqrt(6.0 / sum(shape)),
    "he": lambda rng, shape: rng.standard_normal(shape) * math.sqrt(2.0 / shape[1]),
    "normal_001": lambda rng, shape: rng.standard_normal(shape) * 0.01,
    "zeros": lambda rng, shape: np.zeros(shape),
}


def start(sizes: Sequence[int], init: str, seed: int, dtype: str) -> tuple[list[Array], list[Array]]:
    """Return weights[l] (to, from) and biases[l] (to,); both precisions draw the same numbers, then round them."""
    rng = np.random.default_rng(seed)
    shapes = [(to, origin) for origin, to in pairwise(sizes)]
    weights = [STARTS[init](rng, shape).astype(dtype) for shape in shapes]
    return weights, [np.zeros(to, dtype) for to, _ in shapes]
