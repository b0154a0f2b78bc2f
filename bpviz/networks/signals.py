"""Error signals: how a layered network sends its error back and changes its weights, by one of two rules.

An error signal δ belongs to a neuron's output. At the output of the network it is target − output; from there it goes
back along the weights. The rule as it is often drawn ("illustrated") multiplies by weights alone, and by the slope f′
of an activation only where a weight changes. The "exact" rule multiplies by f′ of every neuron on the way, so that
δ = −∂E/∂y. Source of the drawn rule: M. Bernacki and P. Włodarczyk, "Principles of training multi-layer neural network
using backpropagation", AGH University (2004).
"""

from dataclasses import dataclass, field, replace

from bpviz.algebra.expr import Const, Expr, Ref
from bpviz.algebra.traversal import partial
from bpviz.calculation.program import Program
from bpviz.calculation.quantities import Kind, Phase, Quantity, Role, Step
from bpviz.ground.checked import shown
from bpviz.networks.wiring import Wiring

RULES = ("illustrated", "exact")


def signal_name(wiring: Wiring, neuron: str) -> str:
    """Return the name of the error signal of `neuron`."""
    return "delta" if neuron in wiring.outputs else f"delta{neuron}"


def term_name(wiring: Wiring, neuron: str, over: str) -> str:
    """Return the name of the part of a neuron's error signal that comes back from the neuron `over`."""
    return f"{signal_name(wiring, neuron)}_from_{over}"


def slope_name(wiring: Wiring, neuron: str) -> str:
    """Return the name of the slope of the activation of `neuron` at its net input."""
    return f"d{wiring.signal(neuron)}_d{wiring.net(neuron)}"


def rule_gradient_name(weight: str) -> str:
    """Return the name of what the rule uses as the gradient by `weight`: minus its change without the learning rate."""
    return f"g_{weight}"


def with_error_signals(program: Program, wiring: Wiring, rule: str, eta: str = "eta") -> Program:
    """Return the forward `program` of one output with error signals, slopes and updates of every weight, by `rule`.

    w_next = w + η · δ · f′ · (the input on that weight). Raises ValueError for a rule that does not exist, for several
    outputs, for biases and for a weight on several edges, which the source does not have.
    """
    if not isinstance(rule, str) or rule not in RULES:
        raise ValueError(f"no rule {shown(rule)}; rules are {', '.join(RULES)}")
    if len(wiring.outputs) != 1 or wiring.biases:
        found = ", ".join([*wiring.outputs, *wiring.biases.values()])
        raise ValueError(f"error signals are for one output and no biases, not {found}")
    for weight, edges in wiring.edges.carrying.items():
        if len(edges) > 1:
            raise ValueError(f"error signals change each weight on its own edge, but {weight!r} is on {len(edges)}")
    back = _WayBack(program, wiring, exact=rule == "exact")
    back.send()
    back.measure()
    updates = [_update(wiring, edge, eta) for edge in back.edges()]
    return replace(
        program,
        steps=(*program.steps, *back.steps, *updates),
        feedback={w: f"{w}_next" for _, w in back.edges()},
        gradients={w: rule_gradient_name(w) for _, w in back.edges()},
    )


@dataclass
class _WayBack:
    program: Program
    wiring: Wiring
    exact: bool
    steps: list[Step] = field(default_factory=list)
    slopes: set[str] = field(default_factory=set)

    def edges(self) -> list[tuple[tuple[str, str], str]]:
        """Every edge with its weight, neuron by neuron."""
        return [((source, n), w) for n in self.wiring.neurons for source, w in self.wiring.into(n)]

    def send(self) -> None:
        """The signals: of the output, then layer by layer back; where several arrive, each term and then the sum."""
        (output,) = self.wiring.outputs
        self._signal(output, Ref(self.wiring.targets[output]) - Ref(self.wiring.signal(output)))
        for layer in self.wiring.layers[-2:0:-1]:
            for n in layer:
                parts = [self._part(n, over, weight) for over, weight in self.wiring.out_of(n)]
                self._signal(n, sum(parts, start=Const(0.0)))

    def _part(self, neuron: str, over: str, weight: str) -> Expr:
        part: Expr = Ref(weight) * Ref(signal_name(self.wiring, over))
        if self.exact:
            part = part * self._slope(over)
        if len(self.wiring.out_of(neuron)) == 1:
            return part
        role = Role(Kind.TERM, self.program.loss, self.wiring.signal(neuron), self.wiring.net(over))
        return self._step(term_name(self.wiring, neuron, over), (neuron, over), part, role)

    def _signal(self, neuron: str, expr: Expr) -> None:
        role = Role(Kind.ERROR_SIGNAL, self.program.loss, self.wiring.signal(neuron))
        self._step(signal_name(self.wiring, neuron), neuron, expr, role)

    def _slope(self, neuron: str) -> Ref:
        name, net, out = slope_name(self.wiring, neuron), self.wiring.net(neuron), self.wiring.signal(neuron)
        if name in self.slopes:
            return Ref(name)
        self.slopes.add(name)
        activation = self.program[out]
        expr = partial(activation.expr, net, Ref(out)) if isinstance(activation, Step) else Const(1.0)
        return self._step(name, neuron, expr, Role(Kind.LOCAL, out, net))

    def measure(self) -> None:
        """The slopes that are still missing, and what the rule uses as the gradient by every weight."""
        for (source, n), w in self.edges():
            change = Ref(signal_name(self.wiring, n)) * self._slope(n) * Ref(self.wiring.signal(source))
            self._step(rule_gradient_name(w), (source, n), -change, Role(Kind.GRADIENT, self.program.loss, w))

    def _step(self, name: str, place: str | tuple[str, str], expr: Expr, role: Role) -> Ref:
        self.steps.append(Step(Quantity(name, role.kind, place), expr, Phase.BACKWARD, role))
        return Ref(name)


def _update(wiring: Wiring, edge: tuple[tuple[str, str], str], eta: str) -> Step:
    (source, n), w = edge
    change = Ref(eta) * Ref(signal_name(wiring, n)) * Ref(slope_name(wiring, n)) * Ref(wiring.signal(source))
    return Step(Quantity(f"{w}_next", Kind.UPDATED, (source, n)), Ref(w) + change, Phase.UPDATE, Role(Kind.UPDATED, w))
