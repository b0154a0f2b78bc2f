"""Layered networks as programs: who feeds whom, and the forward steps that follow from it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bpviz.algebra.expr import Const, Expr, Ref, apply
from bpviz.calculation.program import Kind, Phase, Quantity, Step
from bpviz.ground.checked import shown

ACTIVATIONS = ("sigmoid", "tanh", "relu", "identity")


@dataclass(frozen=True)
class StepNames:
    """How the forward steps of a neuron are called; {} stands for the neuron."""

    net: str = "net_{}"
    out: str = "out_{}"
    error: str = "E_{}"


@dataclass(frozen=True)
class Wiring:
    """A layered network by names.

    `layers`: neurons from the inputs (first) to the outputs (last). `weights`: (from, to) → name. `biases`: neuron →
    name, where one name may serve several neurons. `targets`: output → name. `activations`: neuron → one of
    ACTIVATIONS. `names`: what its forward steps are called.
    Raises ValueError for an activation that does not exist.
    """

    layers: tuple[tuple[str, ...], ...]
    weights: Mapping[tuple[str, str], str]
    biases: Mapping[str, str]
    targets: Mapping[str, str]
    activations: Mapping[str, str]
    names: StepNames = StepNames()

    def __post_init__(self) -> None:
        for neuron, activation in self.activations.items():
            if not isinstance(activation, str) or activation not in ACTIVATIONS:
                raise ValueError(
                    f"no activation {shown(activation)} (for {neuron}); activations are {', '.join(ACTIVATIONS)}"
                )

    @property
    def inputs(self) -> tuple[str, ...]:
        """The first layer."""
        return self.layers[0]

    @property
    def outputs(self) -> tuple[str, ...]:
        """The last layer."""
        return self.layers[-1]

    @property
    def loss(self) -> str:
        """Return the name of the loss: the total of several outputs' errors, or the error of the only output."""
        return "E_total" if len(self.outputs) > 1 else self.error(self.outputs[0])

    def layer_of(self, neuron: str) -> int:
        """Return the number of the neuron's layer; inputs are layer 0."""
        return next(k for k, layer in enumerate(self.layers) if neuron in layer)

    def into(self, neuron: str) -> Iterator[tuple[str, str]]:
        """Yield (source neuron, weight name) for every edge into `neuron`, in the order of the layer before."""
        for source in self.layers[self.layer_of(neuron) - 1]:
            if (source, neuron) in self.weights:
                yield source, self.weights[source, neuron]

    def out_of(self, neuron: str) -> Iterator[tuple[str, str]]:
        """Yield (target neuron, weight name) for every edge out of `neuron`."""
        for (source, target), weight in self.weights.items():
            if source == neuron:
                yield target, weight

    def net(self, neuron: str) -> str:
        """Return the name of the net input of `neuron`."""
        return self.names.net.format(neuron)

    def signal(self, neuron: str) -> str:
        """Return the name of what `neuron` sends on: the input itself, or the neuron's output."""
        return neuron if neuron in self.inputs else self.names.out.format(neuron)

    def error(self, output: str) -> str:
        """Return the name of the error of an output."""
        return self.names.error.format(output)

    def trained(self, biases: bool) -> tuple[str, ...]:
        """Return the names that training changes: layer by layer from the output back, weights before biases."""
        names: dict[str, None] = {}
        for layer in self.layers[:0:-1]:
            names |= dict.fromkeys(w for n in layer for _, w in self.into(n))
            names |= dict.fromkeys(self.biases[n] for n in layer if biases and n in self.biases)
        return tuple(names)


def forward_steps(wiring: Wiring) -> tuple[Step, ...]:
    """Return net input and activation of every neuron, layer by layer, then the outputs' errors and their total.

    net = Σ w·x + b, out = f(net), E_o = ½ (target − out)², E_total = Σ E_o.
    """
    steps = []
    for layer in wiring.layers[1:]:
        for n in layer:
            steps.append(Step(Quantity(wiring.net(n), Kind.NET, n), _net(wiring, n), Phase.FORWARD))
            steps.append(Step(Quantity(wiring.signal(n), Kind.ACTIVATION, n), _activation(wiring, n), Phase.FORWARD))
    total: Expr = Const(0.0)
    for n in wiring.outputs:
        error = 0.5 * apply("square", Ref(wiring.targets[n]) - Ref(wiring.signal(n)))
        steps.append(Step(Quantity(wiring.error(n), Kind.LOSS, n), error, Phase.LOSS))
        total = total + Ref(wiring.error(n))
    if len(wiring.outputs) > 1:
        steps.append(Step(Quantity(wiring.loss, Kind.LOSS), total, Phase.LOSS))
    return tuple(steps)


def _net(wiring: Wiring, neuron: str) -> Expr:
    total: Expr = Const(0.0)
    for source, weight in wiring.into(neuron):
        total = total + Ref(weight) * Ref(wiring.signal(source))
    return total + Ref(wiring.biases[neuron]) if neuron in wiring.biases else total


def _activation(wiring: Wiring, neuron: str) -> Expr:
    net, activation = Ref(wiring.net(neuron)), wiring.activations[neuron]
    return net if activation == "identity" else apply(activation, net)
