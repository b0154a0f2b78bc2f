"""The letters of a three-layer perceptron: x_i, v_ij, y_j, w_jk, o_k stand for all of their layers."""

from collections.abc import Mapping
from dataclasses import dataclass

from bpviz.algebra.expr import Expr
from bpviz.calculation.program import Program
from bpviz.calculation.quantities import Given, Kind, Quantity, Step
from bpviz.networks.error_signals import change_of, new_value_of, signal_of
from bpviz.networks.names import bias_name, network_naming, neuron_name, target_name, weight_name
from bpviz.networks.wiring import Wiring
from bpviz.writing.general import Index, Lettered, in_general

LETTERS, SIZES = "ijk", "nml"
"""The letter that numbers each layer, and the one for how many there are."""


def letter_name(letter: str) -> str:
    """Return what a letter itself is called in the notation."""
    return f"letter_{letter}"


@dataclass(frozen=True)
class General:
    """What a program's quantities are in general, with a letter in place of each number.

    `quantities`: name → the quantity with letters, with its place. `steps`: name with letters → its expression.
    """

    quantities: Mapping[str, Quantity]
    steps: Mapping[str, Expr]

    def name_of(self, name: str) -> str:
        """Return what a quantity is called in general; what has no number keeps its name."""
        return self.quantities[name].name if name in self.quantities else name


def indices(wiring: Wiring) -> tuple[Index, ...]:
    """Return the index of each layer."""
    layers = zip(LETTERS, SIZES, wiring.layers, strict=True)
    return tuple(Index(letter_name(letter), letter_name(most), len(layer)) for letter, most, layer in layers)


def general_of(wiring: Wiring, program: Program) -> General:
    """Return a three-layer network in general; ValueError where a sum is not one over a layer."""
    quantities = _Lettering(wiring, program).quantities
    letters = {name: Lettered(q.name, _letters(q.place)) for name, q in quantities.items()}
    over = indices(wiring)
    steps: dict[str, Expr] = {}
    for step in program.steps:
        general = letters.get(step.name, Lettered(step.name))
        if general.name not in steps:
            steps[general.name] = in_general(step.expr, letters, general.letters, over)
    return General(quantities, steps)


def _letters(place: str | tuple[str, str]) -> frozenset[str]:
    """The letters at a place: that of a neuron, both of an edge."""
    return frozenset(letter_name(neuron[-1]) for neuron in ((place,) if isinstance(place, str) else place))


class _Lettering:
    """Finds what every numbered quantity is called in general, by the same rules that named it."""

    def __init__(self, wiring: Wiring, program: Program) -> None:
        self.program = program
        self.neurons = {
            n: neuron_name((k, letter))
            for k, (letter, layer) in enumerate(zip(LETTERS, wiring.layers, strict=True))
            for n in layer
        }
        self.quantities: dict[str, Quantity] = {}
        for (source, target), weight in wiring.weights.items():
            layer = wiring.layer_of(target)
            name = weight_name((layer - 1, LETTERS[layer - 1]), (layer, LETTERS[layer]))
            self._add(weight, name, Kind.WEIGHT, (source, target))
        for n in wiring.inputs:
            self._add(n, self.neurons[n], Kind.INPUT, n)
        for n, target in wiring.targets.items():
            self._add(target, target_name(LETTERS[-1]), Kind.TARGET, n)
            if len(wiring.outputs) > 1:
                self._add(wiring.error(n), wiring.names.error.format(n, k=LETTERS[-1]), Kind.LOSS, n)
        for n in wiring.neurons:
            layer = wiring.layer_of(n)
            self._add(wiring.net(n), wiring.net(self.neurons[n]), Kind.NET, n)
            self._add(wiring.signal(n), wiring.names.out.format(self.neurons[n]), Kind.ACTIVATION, n)
            if n in wiring.biases:
                self._add(wiring.biases[n], bias_name((layer, LETTERS[layer]), False), Kind.BIAS, n)
        for step in program.steps:
            if step.name not in self.quantities and step.name != program.loss:
                self._add(step.name, self._derived(step), step.role.kind, step.quantity.place)

    def _add(self, name: str, general: str, kind: Kind, place: str | tuple[str, str]) -> None:
        found = self.neurons[place] if isinstance(place, str) else (self.neurons[place[0]], self.neurons[place[1]])
        self.quantities[name] = Quantity(general, kind, found)

    def _derived(self, step: Step) -> str:
        """What a derived step is called in general, by what it is of, by and over."""
        naming, role = network_naming(), step.role
        if role.kind is Kind.LOCAL:
            return naming.local(self._given(role.of), self._given(role.by))
        if role.kind is Kind.TERM:
            return naming.term(self._given(role.over), self._given(role.by))
        if role.kind is Kind.ERROR_SIGNAL:
            return signal_of(self.neurons[str(step.quantity.place)])
        if role.kind in (Kind.CHANGE, Kind.UPDATED):
            of = self._given(role.of).name
            return change_of(of) if role.kind is Kind.CHANGE else new_value_of(of)
        return naming.gradient(self._given(role.by))

    def _given(self, name: str) -> Given:
        """A quantity in general, as something that names are made for."""
        return Given(self.quantities[name], 0.0)
