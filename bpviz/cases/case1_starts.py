"""Starts of CASE 1 for data sets: weights by seed, and what training from them does; the sets: `calculation.data_sets`.

All by sigmoids, η = 0.5, rows in order, 10,000 epochs. What happens depends on the start and on the rule alike. Neither
rule always learns XOR; AND is easier for both. A mean loss that stays at 0.04 means: two rows are right, and the other
two get the same answer, 0.5, the mean of their targets. The default weights of CASE 1 are slow: after 2,000 epochs
of XOR by the exact rule all four outputs are still near 0.5.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bpviz.cases.case1 import EDGES, weight_name
from bpviz.ground.seeded import random_values


@dataclass(frozen=True)
class Start:
    """Weights by a seed; `learns` names every (rule, data set) learnt from here, of both rules, "xor" and "and".

    Learnt: the mean loss falls below 0.001, and all four outputs are on their target's side of 0.5.
    """

    seed: int
    learns: frozenset[tuple[str, str]]

    @property
    def givens(self) -> Mapping[str, float]:
        """The weights, to hand on: `ex.train_on(XOR, 2_000, **start.givens)`."""
        return random_start(self.seed)


def random_start(seed: int) -> Mapping[str, float]:
    """Return a weight from −2 to 2, with two decimals, for every edge, as the player's random weights by this seed."""
    return MappingProxyType(random_values({weight_name(edge): (-2, 2) for edge in EDGES}, seed))


_AND = {("exact", "and"), ("illustrated", "and")}

STARTS: Mapping[str, Start] = MappingProxyType(
    {
        "both_learn": Start(15, frozenset({("exact", "xor"), ("illustrated", "xor")} | _AND)),
        "exact_learns": Start(20, frozenset({("exact", "xor")} | _AND)),
        "illustrated_learns": Start(28, frozenset({("illustrated", "xor")} | _AND)),
        "stuck": Start(13, frozenset(_AND)),
    }
)
"""By what happens with XOR. From "stuck" both rules are at 0.040 after 10,000 epochs."""
