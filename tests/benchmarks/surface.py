"""The loss over two weights: one broadcast call beside the nested loop."""

import numpy as np

from bpviz.worked import WorkedExample


def broadcast(ex: WorkedExample, size: int) -> np.ndarray:
    """Return the losses, w5 down and w6 across, from one call."""
    grid = np.linspace(-2, 2, size)
    return ex.run(w5=grid[:, None], w6=grid)["E_total"]


def nested_loop(ex: WorkedExample, size: int) -> np.ndarray:
    """Return the same losses from one call for each point."""
    grid = np.linspace(-2, 2, size).tolist()
    return np.array([[ex.run(w5=a, w6=b)["E_total"] for b in grid] for a in grid])
