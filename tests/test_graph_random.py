"""Random graphs over numbers, lists and rows: values as NumPy has them, gradients as complex steps have them."""

import numpy as np
from graph_recipes import CALLED, ONE, OVER_LISTS, TWO, fair_examples, numbers, slopes

COUNT = 500
"""A tenth of those that were tried once."""


def operations(recipe):
    kind, *rest = recipe
    return {kind}.union(*(operations(r) for r in rest if isinstance(r, tuple)))


def worst_errors(count, seed=16):
    """Return the worst relative errors of values and of gradients, and which operations occurred."""
    worst, seen = [0.0, 0.0], set()
    for recipe, values, example in fair_examples(count, seed):
        seen |= operations(recipe)
        run = example.run()
        pairs = [(0, run["out"], numbers(recipe, values))]
        known = [name for name in values if name in run]
        pairs += [(1, run[f"dout_d{name}"], slopes(recipe, values, name)) for name in known]
        for what, ours, theirs in pairs:
            error = np.max(np.abs(ours - theirs) / np.maximum(1.0, np.abs(theirs)))
            assert error < (1e-12, 1e-9)[what], (recipe, values, ours, theirs)
            worst[what] = max(worst[what], float(error))
    return worst, seen


def test_random_graphs():
    _, seen = worst_errors(COUNT)
    assert seen >= {*ONE, *TWO, *OVER_LISTS, *CALLED, "dot"}
