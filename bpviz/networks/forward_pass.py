"""The forward pass of a layered network as a program: what is given, and the steps from the inputs to the loss."""

from collections.abc import Iterator, Mapping

from bpviz.algebra.expr import Const, Expr, Ref, apply
from bpviz.calculation.quantities import Given, Kind, Phase, Quantity, Step
from bpviz.networks.losses import HALF_SQUARED, LARGEST, POWERS, output_error, total_error
from bpviz.networks.wiring import SOFTMAX, Wiring


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


def forward_steps(wiring: Wiring, loss: str = HALF_SQUARED) -> tuple[Step, ...]:
    """Return net input and activation of every neuron, layer by layer, then the outputs' errors and their total.

    net = Σ w·x + b, out = f(net), and the errors of `loss` (see `losses`). Softmax needs every net input of its layer
    first, then the largest, m, and the sum of the powers, S = Σ exp(net − m); out = exp(net − m) / S.
    """
    steps: list[Step] = []
    for layer in wiring.layers[1:]:
        nets = [Step(Quantity(wiring.net(n), Kind.NET, n), _net(wiring, n), Phase.FORWARD) for n in layer]
        outs = [
            Step(Quantity(wiring.signal(n), Kind.ACTIVATION, n), _activation(wiring, n), Phase.FORWARD) for n in layer
        ]
        if wiring.softmax and layer == wiring.outputs:
            steps += [*nets, *_softmax(wiring), *outs]
        else:
            steps += [step for pair in zip(nets, outs, strict=True) for step in pair]
    for n in wiring.outputs:
        error = Quantity(wiring.error(n), Kind.LOSS, n)
        steps.append(Step(error, output_error(wiring, n, loss), Phase.LOSS))
    if len(wiring.outputs) > 1:
        steps.append(Step(Quantity(wiring.loss, Kind.LOSS), total_error(wiring, loss), Phase.LOSS))
    return tuple(steps)


def _softmax(wiring: Wiring) -> Iterator[Step]:
    """The largest net input, and the sum of the powers."""
    first, *others = (Ref(wiring.net(n)) for n in wiring.outputs)
    largest: Expr = first
    for net in others:
        largest = apply("max", largest, net)
    yield Step(Quantity(LARGEST, Kind.VALUE), largest, Phase.FORWARD)
    powers: Expr = Const(0.0)
    for net in (first, *others):
        powers = powers + apply("exp", net - Ref(LARGEST))
    yield Step(Quantity(POWERS, Kind.VALUE), powers, Phase.FORWARD)


def _net(wiring: Wiring, neuron: str) -> Expr:
    total: Expr = Const(0.0)
    for source, weight in wiring.into(neuron):
        total = total + Ref(weight) * Ref(wiring.signal(source))
    return total + Ref(wiring.biases[neuron]) if neuron in wiring.biases else total


def _activation(wiring: Wiring, neuron: str) -> Expr:
    net, activation = Ref(wiring.net(neuron)), wiring.activations[neuron]
    if activation == SOFTMAX:
        return apply("exp", net - Ref(LARGEST)) / Ref(POWERS)
    return net if activation == "identity" else apply(activation, net)
