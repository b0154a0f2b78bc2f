"""Gradients shaped like the parameters, and the same ones measured: a central difference for each parameter."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from bpviz.ground.checked import shown
from bpviz.ground.progress import Progress
from bpviz.matrices.activations import Array

STEP = float(np.finfo(np.float64).eps ** (1 / 3))
"""Relative step of a central difference in float64: truncation and rounding errors are about equal there."""


@dataclass(frozen=True)
class Gradients:
    """∂L by every parameter: weights[l] (to, from), biases[l] (to,).

    `gradients["w1_2_3"]` is that of the weight in layer 1 to neuron 2 from neuron 3, `gradients["b1_2"]` that of the
    bias of neuron 2 in layer 1, all counted from 1; KeyError for a name that is none.
    """

    weights: list[Array]
    biases: list[Array]

    def __getitem__(self, name: str) -> float:
        array, place = located(self.weights, self.biases, name)
        return float(array[place])


def located(weights: list[Array], biases: list[Array], name: Any) -> tuple[Array, tuple[int, ...]]:
    """Return the array that holds a parameter, and its place there; KeyError, naming the choices, for another name."""
    found = re.fullmatch(r"(?:w([1-9]\d*)_([1-9]\d*)_([1-9]\d*)|b([1-9]\d*)_([1-9]\d*))", str(name), re.ASCII)
    layer, *place = [int(k) - 1 for k in found.groups() if k] if found else (-1,)
    layers = weights if len(place) == 2 else biases
    if not found or layer >= len(layers) or any(k >= n for k, n in zip(place, layers[layer].shape, strict=True)):
        last = len(weights), *weights[-1].shape
        known = f"w1_1_1 to w{'_'.join(map(str, last))} and b1_1 to b{'_'.join(map(str, last[:2]))}"
        raise KeyError(f"no parameter {shown(name)}; parameters are {known} (layer, to, from)")
    return layers[layer], tuple(place)


def differences(
    loss: Callable[[], float], weights: list[Array], biases: list[Array], only: Iterable[str] | None, bar: bool
) -> Gradients:
    """Return the central differences of `loss()`, which reads these float64 arrays; nan for what is not in `only`.

    `bar`: whether one is shown where that takes long.
    """
    found = Gradients(*([np.full_like(array, np.nan) for array in arrays] for arrays in (weights, biases)))
    places: list[tuple[Array, Array, tuple[int, ...]]] = []
    if only is None:
        pairs = zip([*weights, *biases], [*found.weights, *found.biases], strict=True)
        places = [(array, into, place) for array, into in pairs for place in np.ndindex(array.shape)]
    else:
        for name in only:
            array, place = located(weights, biases, name)
            places.append((array, located(found.weights, found.biases, name)[0], place))
    with Progress(len(places), "parameters", bar) as progress:
        for done, (array, into, place) in enumerate(places, 1):
            into[place] = _difference(loss, array, place)
            progress.reach(done)
    return found


def _difference(loss: Callable[[], float], array: Array, place: tuple[int, ...]) -> float:
    here = float(array[place])
    h = STEP * max(1.0, abs(here))
    array[place] = up = here + h
    above = loss()
    array[place] = down = here - h
    below = loss()
    array[place] = here
    return (above - below) / (up - down)
