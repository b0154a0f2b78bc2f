"""The edges of a layered network: which neurons they join, each found without a search."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from bpviz.ground.checked import shown

Edge = tuple[str, str]
"""The neuron that an edge comes from, and the one that it leads to."""

Ways = tuple[tuple[str, str], ...]
"""Neurons at the other ends of edges, each with the name of the weight on the way."""


@dataclass(frozen=True)
class Edges:
    """The edges between `layers` of neurons by their `weights`: (from, to) → name.

    An edge leads to any later layer; one that skips layers is like every other.
    Raises ValueError, naming the culprit and the choices, for a neuron that stands in the layers twice, an edge of an
    unknown neuron or to no later layer, and a neuron behind the inputs that no edge leads to, or before the outputs
    that none leads on from. One weight may be on several edges.
    """

    layers: tuple[tuple[str, ...], ...]
    weights: Mapping[Edge, str]

    def __post_init__(self) -> None:
        for edge, weight in self.weights.items():
            self._check(edge, weight)
        for neuron, layer in self.layer_of.items():
            if layer > 0 and not self.into[neuron]:
                raise ValueError(f"no edge leads to {neuron}; one can come from {_listed(self._before(neuron))}")
            if 0 < layer < len(self.layers) - 1 and not self.out_of[neuron]:
                raise ValueError(f"no edge leads on from {neuron}; one can lead to {_listed(self._after(neuron))}")

    def _check(self, edge: Edge, weight: str) -> None:
        if not isinstance(edge, tuple) or len(edge) != 2:
            raise ValueError(f"the weight {weight!r} is on {shown(edge)}, which is no edge (from, to)")
        for neuron in edge:
            if not isinstance(neuron, str) or neuron not in self.layer_of:
                known = _listed(self.layer_of)
                raise ValueError(f"the weight {weight!r} is on an edge of {shown(neuron)}; neurons are {known}")
        source, target = edge
        if self.layer_of[source] >= self.layer_of[target]:
            choices = _listed(self._after(source)) or "none"
            raise ValueError(f"the weight {weight!r} leads from {source} to {target}; later than {source}: {choices}")

    def _before(self, neuron: str) -> list[str]:
        return [n for n, layer in self.layer_of.items() if layer < self.layer_of[neuron]]

    def _after(self, neuron: str) -> list[str]:
        return [n for n, layer in self.layer_of.items() if layer > self.layer_of[neuron]]

    @cached_property
    def layer_of(self) -> dict[str, int]:
        """Neuron → the number of its layer, in the order of the layers; inputs are layer 0."""
        found: dict[str, int] = {}
        for k, layer in enumerate(self.layers):
            for neuron in layer:
                if neuron in found:
                    raise ValueError(f"the neuron {neuron!r} stands in the layers twice")
                found[neuron] = k
        return found

    @cached_property
    def carrying(self) -> dict[str, list[Edge]]:
        """Weight → the edges that it is on, in order."""
        found: dict[str, list[Edge]] = {}
        for edge, weight in self.weights.items():
            found.setdefault(weight, []).append(edge)
        return found

    def place(self, weight: str) -> Edge | str:
        """Return the edge that a weight is on, "" where it is on several."""
        edges = self.carrying[weight]
        return edges[0] if len(edges) == 1 else ""

    @cached_property
    def into(self) -> dict[str, Ways]:
        """Neuron → (source, weight) of every edge into it: from the layer before first, then from ever earlier ones."""
        found: dict[str, list[tuple[str, str]]] = {neuron: [] for neuron in self.layer_of}
        for (source, target), weight in self.weights.items():
            found[target].append((source, weight))
        place = {n: (-layer, row) for row, (n, layer) in enumerate(self.layer_of.items())}
        return {n: tuple(sorted(ways, key=lambda way: place[way[0]])) for n, ways in found.items()}

    @cached_property
    def out_of(self) -> dict[str, Ways]:
        """Neuron → (target, weight) of every edge out of it, in the order of the layers."""
        found: dict[str, list[tuple[str, str]]] = {neuron: [] for neuron in self.layer_of}
        for (source, target), weight in self.weights.items():
            found[source].append((target, weight))
        place = {n: row for row, n in enumerate(self.layer_of)}
        return {n: tuple(sorted(ways, key=lambda way: place[way[0]])) for n, ways in found.items()}


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)
