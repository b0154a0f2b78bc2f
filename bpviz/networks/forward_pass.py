"""The forward pass of a layered network as a program: what is given, and the steps from the inputs to the loss."""

from collections.abc import Mapping

from bpviz.algebra.expr import Const, Expr, Ref, apply
from bpviz.calculation.quantities import Given, Kind, Phase, Quantity, Step
from bpviz.networks.wiring import Wiring


def layered_givens(
    wiring: Wiring, defaults: Mapping[str, float], ranges: Mapping[Kind, tuple[float, float]], eta: str = "eta"
) -> tuple[Given, ...]:
    """Return inputs, weights, biases, targets and the learning rate `eta` as givens, each at its place in the network.

    `defaults`: name → scalar; `ranges`: kind → lowest and highest value of its sliders. KeyError for one that lacks.
    """
    quantities = [
        *(Quantity(n, Kind.INPUT, n) for n in wiring.inputs),
        *(Quantity(weight, Kind.WEIGHT, wiring.edges.place(weight)) for weight in wiring.edges.carrying),
        *(Quantity(bias, Kind.BIAS) for bias in dict.fromkeys(wiring.biases.values())),
        *(Quantity(target, Kind.TARGET, n) for n, target in wiring.targets.items()),
        Quantity(eta, Kind.LEARNING_RATE),
    ]
    return tuple(Given(q, defaults[q.name], *ranges[q.kind]) for q in quantities)


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
