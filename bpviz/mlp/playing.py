"""A small network in matrix form as one that plays: the same numbers, each with its name."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from bpviz.cases.network import network
from bpviz.cases.network_shape import MOST_NODES, MOST_WEIGHTS
from bpviz.matrices.passes import Layers
from bpviz.matrices.training import Data
from bpviz.worked import WorkedExample


def example_of(layers: Layers, data: Data, activations: list[str], loss: str, options: dict[str, Any]) -> WorkedExample:
    """Return the network of these layers, with the one row of `data`; `options` are further ones of `network`."""
    sizes = [layers.weights[0].shape[1], *map(len, layers.biases)]
    return network(
        sizes,
        activations,
        loss,
        [W.astype(float) for W in layers.weights],
        [b.astype(float) for b in layers.biases],
        data.X[0].astype(float),
        data.T[0].astype(float),
        **options,
    )


def check_room(sizes: Sequence[int]) -> None:
    """Raise ValueError, saying what can be done, for a network that is too large to play."""
    nodes, weights = sum(sizes), sum(a * b for a, b in pairwise(sizes))
    if nodes > MOST_NODES or weights > MOST_WEIGHTS:
        raise ValueError(
            f"{'-'.join(map(str, sizes))} is too large to play: {nodes:,} neurons, inputs counted, and {weights:,} "
            f"weights, but there is room for {MOST_NODES} and {MOST_WEIGHTS}; make a smaller one, such as "
            f"bpviz.MLP([{min(sizes[0], 4)}, 3, {min(sizes[-1], 3)}]), and look into this one with loss_and_gradients"
        )
