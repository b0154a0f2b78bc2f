"""Layered networks by names: who feeds whom, and what its quantities are called."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from bpviz.ground.checked import shown
from bpviz.networks.edges import Edge, Edges, Ways

ACTIVATIONS = ("sigmoid", "tanh", "relu", "leaky_relu", "softplus", "identity")

SOFTMAX = "softmax"
"""An activation of the last layer only, and of all its neurons together."""


@dataclass(frozen=True)
class StepNames:
    """How the forward steps of a neuron are called; {} stands for the neuron, {k} for its number in its layer, from 1.

    `total`: the sum of several errors.
    """

    net: str = "net_{}"
    out: str = "out_{}"
    error: str = "E_{}"
    total: str = "E_total"


@dataclass(frozen=True)
class Wiring:
    """A layered network by names.

    `layers`: neurons from the inputs (first) to the outputs (last). `weights`: (from, to) → name, where an edge may
    skip layers. `biases`: neuron → name, where one name may serve several neurons. `targets`: output → name.
    `activations`: neuron → one of ACTIVATIONS, or, for all of several outputs, SOFTMAX. `names`: what its forward steps
    are called.
    Raises ValueError, naming the culprit and the choices, for edges that cannot be (see `Edges`), for a bias, a target
    or an activation of what has none or of nothing, and for an activation that does not exist or a missing one.
    """

    layers: tuple[tuple[str, ...], ...]
    weights: Mapping[Edge, str]
    biases: Mapping[str, str]
    targets: Mapping[str, str]
    activations: Mapping[str, str]
    names: StepNames = StepNames()
    edges: Edges = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "edges", Edges(self.layers, self.weights))
        self._check("bias", self.biases, self.neurons, needed=False)
        self._check("target", self.targets, self.outputs)
        self._check("activation", self.activations, self.neurons)
        together = self.outputs if self.softmax else ()
        for neuron, activation in self.activations.items():
            if neuron not in together and (not isinstance(activation, str) or activation not in ACTIVATIONS):
                raise ValueError(
                    f"no activation {shown(activation)} (for {neuron}); activations are {', '.join(ACTIVATIONS)}"
                )

    @staticmethod
    def _check(what: str, table: Mapping[str, str], neurons: tuple[str, ...], needed: bool = True) -> None:
        """Refuse a table of biases, targets or activations with others than these `neurons`, or without one of them."""
        allowed = set(neurons)
        for neuron in table:
            if neuron not in allowed:
                raise ValueError(f"no {what} can belong to {shown(neuron)}; it can to {', '.join(neurons)}")
        for neuron in neurons:
            if needed and neuron not in table:
                raise ValueError(f"{neuron} has no {what}; each of {', '.join(neurons)} needs one")

    @property
    def inputs(self) -> tuple[str, ...]:
        """The first layer."""
        return self.layers[0]

    @property
    def neurons(self) -> tuple[str, ...]:
        """Every neuron behind the inputs, layer by layer."""
        return tuple(n for layer in self.layers[1:] for n in layer)

    @property
    def outputs(self) -> tuple[str, ...]:
        """The last layer."""
        return self.layers[-1]

    @property
    def loss(self) -> str:
        """Return the name of the loss: the total of several outputs' errors, or the error of the only output."""
        return self.names.total if len(self.outputs) > 1 else self.error(self.outputs[0])

    @property
    def softmax(self) -> bool:
        """True where the outputs are several, and their activation is softmax."""
        return len(self.outputs) > 1 and all(self.activations[n] == SOFTMAX for n in self.outputs)

    def layer_of(self, neuron: str) -> int:
        """Return the number of the neuron's layer; inputs are layer 0."""
        return self.edges.layer_of[neuron]

    def into(self, neuron: str) -> Ways:
        """Return (source neuron, weight name) for every edge into `neuron`, those from the layer before first."""
        return self.edges.into[neuron]

    def out_of(self, neuron: str) -> Ways:
        """Return (target neuron, weight name) for every edge out of `neuron`, in the order of the layers."""
        return self.edges.out_of[neuron]

    def into_layer(self, layer: int) -> tuple[str, ...]:
        """Return the weights on the edges into a layer, each once, neuron by neuron."""
        return tuple(dict.fromkeys(weight for neuron in self.layers[layer] for _, weight in self.into(neuron)))

    def net(self, neuron: str) -> str:
        """Return the name of the net input of `neuron`."""
        return self.names.net.format(neuron)

    def signal(self, neuron: str) -> str:
        """Return the name of what `neuron` sends on: the input itself, or the neuron's output."""
        return self.names.out.format(neuron) if self.layer_of(neuron) else neuron

    def error(self, output: str) -> str:
        """Return the name of the error of an output."""
        return self.names.error.format(output, k=self.outputs.index(output) + 1)

    @cached_property
    def _ways(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for neuron in reversed(self.edges.layer_of):
            found[neuron] = (neuron in self.outputs) + sum(found[onward] for onward, _ in self.out_of(neuron))
        return found

    def ways(self, weight: str) -> int:
        """Return on how many ways, from neuron to neuron, a weight acts on the loss."""
        return sum(self._ways[target] for _, target in self.edges.carrying[weight])

    def trained(self, biases: bool) -> tuple[str, ...]:
        """Return the names that training changes: layer by layer from the output back, weights before biases."""
        names: dict[str, None] = {}
        for k in range(len(self.layers) - 1, 0, -1):
            names |= dict.fromkeys(self.into_layer(k))
            names |= dict.fromkeys(self.biases[n] for n in self.layers[k] if biases and n in self.biases)
        return tuple(names)
