"""Where an edge that skips layers runs: past the outermost neurons of the layers between, in a lane of its own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bpviz.networks.wiring import Wiring

Pair = tuple[str, str]


@dataclass(frozen=True)
class Skip:
    """An edge that skips layers: between which neurons, past which layers, and on which side of them.

    `side`: -1 = above rows that run to the right, or left of rows that run down; 1 = the other side.
    """

    pair: Pair
    past: tuple[int, ...]
    side: int


def skips_of(wiring: Wiring, place: Mapping[str, float]) -> list[Skip]:
    """Return the edges that skip layers, the shortest first, by where their ends stand across the way of the signal.

    Each runs on the side that its ends are nearer to; where they are in the middle, the sides take turns.
    """
    past = {(s, t): tuple(range(wiring.layer_of(s) + 1, wiring.layer_of(t))) for s, t in wiring.weights}
    pairs = sorted((pair for pair in past if past[pair]), key=lambda pair: len(past[pair]))
    middle = (min(place.values()) + max(place.values())) / 2
    aside = {pair: round(place[pair[0]] + place[pair[1]] - 2 * middle) for pair in pairs}
    side: dict[Pair, int] = {}
    for pair in sorted(pairs, key=lambda pair: aside[pair] == 0):
        turn = -1 if sum(side.values()) >= 0 else 1
        side[pair] = turn if aside[pair] == 0 else -1 if aside[pair] < 0 else 1
    return [Skip(pair, past[pair], side[pair]) for pair in pairs]


def lanes(
    skips: Iterable[Skip], border: Mapping[int, tuple[float, float]], clear: float, apart: float
) -> dict[Pair, float]:
    """Return where each skip runs past its layers: `clear` of them, and `apart` from those before on the same way.

    `border`: from where to where a layer reaches, with all that stands beside its neurons.
    """
    taken: list[tuple[Skip, float]] = []
    for skip in skips:
        end = 0 if skip.side < 0 else 1
        beside = [skip.side * border[layer][end] + clear for layer in skip.past]
        beside += [
            skip.side * lane + apart
            for other, lane in taken
            if other.side == skip.side and {*other.past} & {*skip.past}
        ]
        taken.append((skip, skip.side * max(beside)))
    return {skip.pair: lane for skip, lane in taken}
