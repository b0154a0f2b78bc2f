"""Symbols of a three-layer perceptron, as its book has them: x_i, v_ij, y_j, w_jk, o_k, d_k, δʸ_j and δ°_k.

The letter above tells the layer by what it sends on: y of hidden neurons, o of outputs. Names with letters have theirs
too, and so have i, j, k and the sizes n, m, l.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from bpviz.calculation.program import Program
from bpviz.calculation.quantities import Kind, Step
from bpviz.networks.perceptron_letters import LETTERS, SIZES, General, letter_name
from bpviz.networks.wiring import Wiring
from bpviz.writing.notation import Notation
from bpviz.writing.symbols import AnySymbol, Derivative, Symbol

SIGNALS = "xyo"
"""The letter of what each layer sends on."""
INTO = " vw"
"""The letter of the weights into each layer."""


FUNCTION = "f"
"""The letter of the activation function."""


def function_of(net: str) -> str:
    """Return the name of f(net) in the notation."""
    return f"f_{net}"


def perceptron_notation(wiring: Wiring, program: Program, general: General) -> Notation:
    """Return the notation of a three-layer perceptron, of its numbered names and of those with letters."""
    symbols: dict[str, AnySymbol] = {wiring.loss: Symbol("E"), "eta": Symbol("η")}
    symbols |= {letter_name(letter): Symbol(letter) for letter in (*LETTERS, *SIZES, FUNCTION)}
    numbers = {n: str(k) for layer in wiring.layers for k, n in enumerate(layer, 1)}
    letters = {n: LETTERS[wiring.layer_of(n)] for n in numbers}
    for subs, names in ((numbers, {}), (letters, {name: q.name for name, q in general.quantities.items()})):
        for name, symbol in _given_and_forward(wiring, subs):
            symbols.setdefault(names.get(name, name), replace(symbol, counts=symbol.sub.isalpha()))
        for step in program.steps:
            if names.get(step.name, step.name) not in symbols:
                symbols[names.get(step.name, step.name)] = _Known(wiring, program, symbols, names).derived(step)
    nets = [(name, symbol) for name, symbol in symbols.items() if isinstance(symbol, Symbol) and symbol.base == "net"]
    return Notation(symbols | {function_of(name): Symbol(FUNCTION, argument=net) for name, net in nets})


def _given_and_forward(wiring: Wiring, subs: Mapping[str, str]) -> Iterator[tuple[str, Symbol]]:
    """The symbol of each given, neuron and forward step; `subs`: neuron → its number, or the letter of its layer."""
    for layer, neurons in enumerate(wiring.layers):
        for n in neurons:
            yield n, Symbol(SIGNALS[layer], subs[n])
            if layer:
                yield wiring.signal(n), Symbol(SIGNALS[layer], subs[n])
                yield wiring.net(n), Symbol("net", subs[n], SIGNALS[layer])
            if n in wiring.biases:
                yield wiring.biases[n], Symbol("b", subs[n], SIGNALS[layer])
            if n in wiring.targets:
                yield wiring.targets[n], Symbol("d", subs[n])
                yield wiring.error(n), Symbol("E", subs[n])
    for (source, target), weight in wiring.weights.items():
        yield weight, Symbol(INTO[wiring.layer_of(target)], subs[source] + subs[target])


@dataclass(frozen=True)
class _Known:
    """The symbols that are known; `names`: what a quantity is called here, where that is not its name."""

    wiring: Wiring
    program: Program
    symbols: Mapping[str, AnySymbol]
    names: Mapping[str, str]

    def derived(self, step: Step) -> AnySymbol:
        """The symbol of a derivative, an error signal, a change or a new value."""
        role = step.role
        if role.kind is Kind.ERROR_SIGNAL:
            return replace(self.symbol(role.by), base="δ")
        if role.kind is Kind.CHANGE:
            return replace(self.symbol(role.of), before="Δ")
        if role.kind is Kind.UPDATED:
            return replace(self.symbol(role.of), sup="+")
        over = self.program[role.over].quantity.place if role.kind is Kind.TERM else ""
        return Derivative(self.symbol(self.wiring.error(str(over)) if over else role.of), self.symbol(role.by))

    def symbol(self, name: str) -> Symbol:
        """The symbol of a quantity; KeyError where it has none, or none of its own."""
        found = self.symbols[self.names.get(name, name)]
        if not isinstance(found, Symbol):
            raise KeyError(f"no symbol for {name!r}")
        return found
