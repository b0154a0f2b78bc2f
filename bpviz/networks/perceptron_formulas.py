"""The formulas of a three-layer perceptron's beats: in general, with sum signs, then written out for one neuron."""

from collections.abc import Iterable, Mapping

from bpviz.algebra.expr import Apply, Expr, Ref
from bpviz.algebra.traversal import substitute
from bpviz.calculation.program import Program
from bpviz.calculation.quantities import Kind
from bpviz.networks.error_signals import change_of, new_value_of, signal_of
from bpviz.networks.perceptron_letters import General
from bpviz.networks.perceptron_symbols import FUNCTION, function_of
from bpviz.networks.wiring import Wiring
from bpviz.telling.story import Shown

HIDDEN, OUTPUT = 1, 2

SHORT, SHORTER = 4, 3
"""Pieces of a sum with numbers, and of sums inside sums."""

_DERIVED = (Kind.LOCAL, Kind.TERM, Kind.GRADIENT, Kind.DELTA)
"""What is written out, so that error signals, signals, targets and weights are left."""

Rows = tuple[Shown, ...]


class PerceptronFormulas:
    """Writes them, by the program and by what it is in general."""

    def __init__(self, wiring: Wiring, program: Program, general: General) -> None:
        self.wiring, self.program, self.general, self.loss = wiring, program, general, program.loss
        self.derived = frozenset(step.name for step in program.steps if step.role.kind in _DERIVED)
        self.by_f: Mapping[str, Expr] = {
            wiring.signal(n): Apply(FUNCTION, (Ref(wiring.net(n)),)) for n in wiring.neurons
        }
        names: dict[str, Expr] = {name: Ref(q.name) for name, q in general.quantities.items()}
        lettered = {general.name_of(name): substitute(expr, names) for name, expr in self.by_f.items()}
        self.letters_by_f = {**general.steps, **lettered}

    def first(self, layer: int) -> str:
        """Return the first neuron of a layer, which stands for the others."""
        return self.wiring.layers[layer][0]

    def first_weight(self, layer: int) -> str:
        """Return the first weight into a layer."""
        return self.wiring.into(self.first(layer))[0][1]

    def first_error(self) -> str:
        """Return the error of the first output."""
        return self.wiring.error(self.first(OUTPUT))

    def sum(self, layer: int) -> Rows:
        """The net input of any neuron of a layer."""
        return (self._in_letters(self.wiring.net(self.first(layer))),)

    def net(self, layer: int) -> Rows:
        """The same for the first one."""
        return (*self.sum(layer), Shown(self.wiring.net(self.first(layer)), most=SHORT))

    def output(self, layer: int) -> Rows:
        """The activation function, for any neuron and for the first one."""
        n = self.first(layer)
        general = self._in_letters(self.wiring.signal(n), also=function_of(self.general.name_of(self.wiring.net(n))))
        return general, Shown(self.wiring.signal(n), also=function_of(self.wiring.net(n)))

    def signals_forward(self, layer: int) -> Rows:
        """What every neuron of a layer does."""
        return (*self.sum(layer), self.output(layer)[0])

    def error(self) -> Rows:
        """E as a sum over the outputs."""
        return (self._in_letters(self.loss, self._errors()),)

    def error_terms(self) -> Rows:
        """The same for every output."""
        return (*self.error(), Shown(self.loss, (self._errors(),), most=SHORT))

    def error_by(self, layer: int) -> Rows:
        """E with what the outputs are made of put in, down to this layer's net inputs; the form before it, first."""
        behind = self._errors() | (self._made_of(OUTPUT) if layer == HIDDEN else frozenset())
        return (self._in_letters(self.loss, behind, behind | self._made_of(layer), by_f=True),)

    def error_by_terms(self, layer: int) -> Rows:
        """The same for the error of the first output."""
        made = self._made_of(OUTPUT, self.wiring.outputs[:1])
        made |= self._made_of(HIDDEN) if layer == HIDDEN else frozenset()
        most = SHORTER if layer == HIDDEN else SHORT
        return (Shown(self.first_error(), (made,), instead=self.by_f, most=most),)

    def rule(self) -> Rows:
        """How any weight changes: against the slope."""
        return tuple(self._in_letters(change_of(self.first_weight(layer))) for layer in (OUTPUT, HIDDEN))

    def signal(self, layer: int) -> Rows:
        """The error signal of any neuron: what it is, for outputs by the chain rule, and what is left."""
        name, delta = signal_of(self.first(layer)), self.program.at(Kind.DELTA, by=self.wiring.net(self.first(layer)))
        between = (frozenset((delta.name,)),) if layer == OUTPUT else ()
        return (self._in_letters(name, frozenset(), *between, self.derived),)

    def signal_terms(self, layer: int) -> Rows:
        """The error signal of the first neuron."""
        name = signal_of(self.first(layer))
        return self._in_letters(name, self.derived), Shown(name, (self.derived,), most=SHORT)

    def change(self, layer: int) -> Rows:
        """The change of any weight, and what it comes to."""
        return (self._in_letters(change_of(self.first_weight(layer)), frozenset(), self.derived),)

    def change_numbers(self, layer: int) -> Rows:
        """The change of the first weight."""
        name = change_of(self.first_weight(layer))
        return self._in_letters(name, self.derived), Shown(name, (self.derived,))

    def new_value(self, layer: int) -> Rows:
        """The new value of any weight, and of the first one."""
        name = new_value_of(self.first_weight(layer))
        return self._in_letters(name), Shown(name)

    def _errors(self) -> frozenset[str]:
        """The errors of single outputs, where there are several."""
        return frozenset(map(self.wiring.error, self.wiring.outputs)) - {self.loss}

    def _made_of(self, layer: int, neurons: Iterable[str] = ()) -> frozenset[str]:
        """Outputs and net inputs of these neurons, or of all in the layer."""
        chosen = tuple(neurons) or self.wiring.layers[layer]
        return frozenset(name for n in chosen for name in (self.wiring.signal(n), self.wiring.net(n)))

    def _in_letters(self, name: str, *forms: frozenset[str], by_f: bool = False, also: str = "") -> Shown:
        """A step in general: in each form with these numbered names written out, or what they are in general."""
        lettered = tuple(frozenset(map(self.general.name_of, form)) for form in forms or (frozenset[str](),))
        instead = self.letters_by_f if by_f else self.general.steps
        return Shown(self.general.name_of(name), lettered, "none", also, instead)
