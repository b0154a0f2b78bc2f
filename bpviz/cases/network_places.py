"""Neurons of a network of your own, named by layer and number, and the edges that skip layers; checked."""

from collections.abc import Mapping, Sequence
from operator import index
from typing import Any

from bpviz.ground.checked import shown
from bpviz.networks.names import Place

Skip = tuple[Place, Place]


def whole(what: str, value: Any, least: int) -> int:
    """Return a whole number from `least` on; TypeError or ValueError, naming it as `what`, for anything else."""
    try:
        if isinstance(value, bool):
            raise TypeError
        number = index(value)
    except TypeError:
        raise TypeError(f"{what} must be a whole number, not {shown(value)}") from None
    if number < least:
        raise ValueError(f"{what} must be {least} or more, not {number}")
    return number


def checked_skips(skips: Any, sizes: tuple[int, ...]) -> list[Skip]:
    """Return edges as ((layer, neuron), (layer, neuron)); those of a mapping are its keys."""
    if isinstance(skips, str) or not isinstance(skips, Sequence | Mapping):
        raise TypeError(f"skips must be a list such as [((0, 1), (2, 1))], not {shown(skips)}")
    found: list[Skip] = []
    for skip in skips:
        if isinstance(skip, str) or not isinstance(skip, Sequence) or len(skip) != 2:
            raise TypeError(f"a skip is ((layer, neuron), (layer, neuron)), not {shown(skip)}")
        source, target = (checked_place("a skip", place, sizes) for place in skip)
        if target[0] - source[0] < 2:
            last = len(sizes) - 1
            choices = f"layers {source[0] + 2} to {last}" if source[0] + 2 <= last else "no layer"
            raise ValueError(
                f"the skip {(source, target)} skips no layer; from layer {source[0]} one leads to {choices}"
            )
        if (source, target) in found:
            raise ValueError(f"the skip {(source, target)} is given twice")
        found.append((source, target))
    return found


def checked_place(what: str, place: Any, sizes: tuple[int, ...]) -> Place:
    """Return (layer, neuron); TypeError or ValueError, showing the neurons, for what is none of them."""
    if isinstance(place, str) or not isinstance(place, Sequence) or len(place) != 2:
        raise TypeError(f"{what} names a neuron as (layer, neuron), not {shown(place)}")
    layer, k = (whole(f"a number in {what}", number, 0) for number in place)
    if layer >= len(sizes) or not 1 <= k <= sizes[layer]:
        there = ", ".join(f"{n} in layer {number}" for number, n in enumerate(sizes))
        raise ValueError(f"{what} names {(layer, k)}, which is no neuron; there are {there}, counted from 1")
    return layer, k
