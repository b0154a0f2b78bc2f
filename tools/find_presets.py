"""Find the givens of CASE 1's presets: `python tools/find_presets.py` prints what `bpviz/cases/case1_presets.py` holds.

It runs 400,000 random networks by both rules and keeps, for each preset, the one that shows its point best among
those that a reader can follow: numbers with one decimal, none of them tiny. The same seed finds the same presets.
"""

import numpy as np

import bpviz
from bpviz.calculation.quantities import Kind
from bpviz.calculation.trace import Trace

SEED, COUNT = 2004, 400_000
LEAST_SIGNAL = 0.01
"""An error signal below this is too small to read in the player; the exact ones shrink on their way."""


def candidates(seed: int, count: int) -> dict[str, np.ndarray]:
    """Return random values of every given but eta: inputs, weights and targets with one decimal, none of them 0."""
    random = np.random.default_rng(seed)
    low_high = {Kind.INPUT: (2, 15), Kind.WEIGHT: (2, 20), Kind.TARGET: (1, 9)}
    found = {}
    for given in bpviz.case1().program.givens:
        if given.quantity.kind in low_high:
            low, high = low_high[given.quantity.kind]
            sign = 1 if given.quantity.kind is Kind.TARGET else random.choice([-1, 1], count)
            found[given.name] = sign * random.integers(low, high + 1, count) / 10
    return found


def changes(trace: Trace) -> np.ndarray:
    """Return what a rule changes in every weight at eta = 1, as weights × networks."""
    names = [name for name in trace if name.startswith("g_")]
    return np.stack([-trace[name] for name in names])


def scores(drawn: Trace, exact: Trace) -> dict[str, np.ndarray]:
    """Return how well each network shows the point of each preset; -1 where a reader could not follow."""
    a, b = changes(drawn), changes(exact)
    length_a, length_b = np.linalg.norm(a, axis=0), np.linalg.norm(b, axis=0)
    cosine = (a * b).sum(axis=0) / (length_a * length_b)
    closeness = cosine * np.minimum(length_a, length_b) / np.maximum(length_a, length_b)
    closeness[(a * b <= 0).any(axis=0)] = -1
    against = np.where(a * b < 0, np.minimum(abs(a), abs(b)), 0).max(axis=0)
    signals = np.stack([abs(exact[name]) for name in exact if name in ("delta", "delta4", "delta5")])
    readable = (signals.min(axis=0) >= LEAST_SIGNAL) & (abs(exact["delta"]) >= 0.2)
    found = {"agree": closeness, "apart": -cosine, "wrong_way": against}
    return {name: np.where(readable, score, -1.0) for name, score in found.items()}


def search(seed: int = SEED, count: int = COUNT) -> dict[str, dict[str, float]]:
    """Return preset → name → value of the best network found for it."""
    givens = candidates(seed, count)
    found = scores(bpviz.case1("illustrated").run(**givens), bpviz.case1("exact").run(**givens))
    return {name: {given: float(v[score.argmax()]) for given, v in givens.items()} for name, score in found.items()}


def main() -> None:
    """Print every preset."""
    for name, givens in search().items():
        print(f"{name}: {givens}")


if __name__ == "__main__":
    main()
