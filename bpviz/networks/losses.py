"""Losses: the error of every output, their total, and gradients by net inputs that have a short closed form.

Cross-entropies are computed from net inputs, by the logarithm of softmax or by softplus, so that no power overflows and
no logarithm meets 0.
"""

from collections.abc import Callable, Mapping
from functools import partial

from bpviz.algebra.expr import Const, Expr, Ref, apply
from bpviz.calculation.chain_rule import Shortcut
from bpviz.ground.checked import shown
from bpviz.networks.wiring import SOFTMAX, Wiring

LARGEST, POWERS = "m", "S"
"""Steps of a softmax: its largest net input, and the sum of the powers."""

HALF_SQUARED = "half_squared_error"

SQUARES: Mapping[str, Callable[[Expr, Expr], Expr]] = {
    HALF_SQUARED: lambda t, a: 0.5 * apply("square", t - a),
    "squared_error": lambda t, a: apply("square", t - a),
    "mean_squared_error": lambda t, a: apply("square", t - a),
}
"""Loss → the error of an output from its target and its activation; outputs of any activation have these."""

ENTROPIES: Mapping[tuple[str, str], Callable[[Expr, Expr], Expr]] = {
    ("cross_entropy", SOFTMAX): lambda t, z: -(t * (z - Ref(LARGEST) - apply("log", Ref(POWERS)))),
    ("cross_entropy", "sigmoid"): lambda t, z: t * apply("softplus", -z),
    ("binary_cross_entropy", "sigmoid"): lambda t, z: apply("softplus", z) - t * z,
}
"""(Loss, activation of the outputs) → the error of an output from its target and its net input.

−t log(softmax(z)) = −t (z − m − log S), −t log σ(z) = t softplus(−z), and with −(1 − t) log(1 − σ(z)) added to it,
softplus(z) − t z.
"""

LOSSES = (*SQUARES, *dict.fromkeys(loss for loss, _ in ENTROPIES))


def check_loss(loss: object, activation: str) -> None:
    """Raise ValueError, showing what goes, for a loss that does not exist or that outputs of `activation` do not have.

    Their activations: any for the squares, those of ENTROPIES for the others.
    """
    if not isinstance(loss, str) or loss not in LOSSES:
        raise ValueError(f"no loss {shown(loss)}; losses are {', '.join(LOSSES)}")
    if loss in SQUARES or (loss, activation) in ENTROPIES:
        return
    outputs = " or ".join(a for name, a in ENTROPIES if name == loss)
    losses = ", ".join([*SQUARES, *(name for name, a in ENTROPIES if a == activation)])
    raise ValueError(f"{loss} is for {outputs} outputs; for {activation} outputs there are {losses}")


def output_error(wiring: Wiring, output: str, loss: str) -> Expr:
    """Return the error of an output."""
    target = Ref(wiring.targets[output])
    if loss in SQUARES:
        return SQUARES[loss](target, Ref(wiring.signal(output)))
    return ENTROPIES[loss, wiring.activations[output]](target, Ref(wiring.net(output)))


def total_error(wiring: Wiring, loss: str) -> Expr:
    """Return the sum of the outputs' errors, or their mean."""
    total: Expr = Const(0.0)
    for output in wiring.outputs:
        total = total + Ref(wiring.error(output))
    return total / len(wiring.outputs) if loss == "mean_squared_error" else total


def shortcuts(wiring: Wiring, loss: str) -> Mapping[str, Shortcut]:
    """Return, by name, the gradients of the loss by the outputs' net inputs that have a closed form.

    Softmax with cross-entropy: a Σt − t, which is a − t where the targets add up to 1. Softmax with another loss:
    a_j (∂L/∂a_j − Σ_k a_k ∂L/∂a_k). Sigmoid with binary cross-entropy: a − t; with cross-entropy: t (a − 1).
    """
    activation = wiring.activations[wiring.outputs[0]]
    if (loss, activation) in ENTROPIES:
        form = _CLOSED[loss, activation]
    elif activation == SOFTMAX:
        form = _through_softmax
    else:
        return {}
    return {wiring.net(output): partial(form, wiring, output) for output in wiring.outputs}


def _softmax_cross_entropy(wiring: Wiring, output: str, _: Callable[[str], Expr]) -> Expr:
    targets = [Ref(target) for target in wiring.targets.values()]
    return Ref(wiring.signal(output)) * sum(targets[1:], start=targets[0]) - Ref(wiring.targets[output])


def _binary_cross_entropy(wiring: Wiring, output: str, _: Callable[[str], Expr]) -> Expr:
    return Ref(wiring.signal(output)) - Ref(wiring.targets[output])


def _cross_entropy(wiring: Wiring, output: str, _: Callable[[str], Expr]) -> Expr:
    return Ref(wiring.targets[output]) * (Ref(wiring.signal(output)) - 1.0)


def _through_softmax(wiring: Wiring, output: str, gradient: Callable[[str], Expr]) -> Expr:
    signals = [wiring.signal(n) for n in wiring.outputs]
    arriving = {signal: gradient(signal) for signal in signals}
    shared: Expr = Const(0.0)
    for signal in signals:
        shared = shared + Ref(signal) * arriving[signal]
    own = wiring.signal(output)
    return Ref(own) * (arriving[own] - shared)


_CLOSED: Mapping[tuple[str, str], Callable[[Wiring, str, Callable[[str], Expr]], Expr]] = {
    ("cross_entropy", SOFTMAX): _softmax_cross_entropy,
    ("cross_entropy", "sigmoid"): _cross_entropy,
    ("binary_cross_entropy", "sigmoid"): _binary_cross_entropy,
}
