"""Symbols of a network by numbers, as in books: a neuron's number below its letter, its layer in brackets above."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from bpviz.algebra.expr import Apply
from bpviz.calculation.program import Program
from bpviz.calculation.quantities import Given, Kind, Step
from bpviz.networks.losses import LARGEST, POWERS
from bpviz.networks.names import Place
from bpviz.networks.optimizers import SYMBOLS
from bpviz.networks.wiring import Wiring
from bpviz.writing.notation import Notation, with_derived
from bpviz.writing.symbols import AnySymbol, Derivative, Symbol

NEURON = "n"
"""The letter of a neuron itself."""


def network_notation(
    wiring: Wiring, program: Program, labels: Mapping[Place, str], names: Mapping[str, str]
) -> Notation:
    """Return the notation of a network by numbers; a neuron with a label stands with it, in place of its number.

    `names`: what weights and biases are called instead: "w1" and "w_x1" are a letter with an index.
    """
    symbols = {**dict(_symbols(wiring, labels)), **{name: _lettered(text) for name, text in names.items()}}
    symbols |= {name: SYMBOLS.get(name, Symbol(name)) for name in (LARGEST, POWERS, *SYMBOLS) if name in program}
    items: list[Given | Step] = [*program.givens, *program.steps]
    for item in items:
        if item.name not in symbols and item.quantity.kind is Kind.MEMORY:
            symbols[item.name] = _memory(item, symbols)
    terms = (step for step in program.steps if step.role.kind is Kind.TERM)
    symbols |= {step.name: _term(step, program, wiring, symbols) for step in terms}
    return with_derived(symbols, program)


def _symbols(wiring: Wiring, labels: Mapping[Place, str]) -> Iterator[tuple[str, AnySymbol]]:
    several = len(wiring.outputs) > 1
    yield wiring.loss, Symbol("L")
    yield "eta", Symbol("η")
    for layer, neurons in enumerate(wiring.layers):
        for k, n in enumerate(neurons, 1):
            label = labels.get((layer, k), "")
            if not layer:
                yield n, Symbol(label) if label else Symbol("x", str(k))
                continue
            sub, above = (label, "") if label else (str(k), f"[{layer}]")
            yield n, Symbol(label) if label else Symbol(NEURON, sub, above)
            yield wiring.net(n), Symbol("z", sub, above)
            yield wiring.signal(n), Symbol("a", sub, above)
            yield f"d{wiring.net(n)}", Symbol("δ", sub, above)
            if n in wiring.biases:
                shared = wiring.biases[n] == f"b{layer}"
                yield wiring.biases[n], Symbol("b", "" if shared else str(k), f"[{layer}]")
            if n in wiring.targets:
                yield wiring.targets[n], Symbol("t", str(k) if several else "")
                if several:
                    yield wiring.error(n), Symbol("L", label or str(k))
    for (source, target), weight in wiring.weights.items():
        yield weight, _weight(wiring, source, target)


def _weight(wiring: Wiring, source: str, target: str) -> Symbol:
    """To and from as two digits, with a comma from ten on; where layers are skipped, both stand above."""
    before, layer = wiring.layer_of(source), wiring.layer_of(target)
    numbers = [wiring.layers[k].index(n) + 1 for k, n in ((layer, target), (before, source))]
    sub = ("," if max(numbers) > 9 else "").join(map(str, numbers))
    return Symbol("w", sub, f"[{layer}]" if before == layer - 1 else f"[{layer}←{before}]")


def _lettered(text: str) -> Symbol:
    """A letter with an index where the text is one, else a word."""
    parts = re.fullmatch(r"(\w)(\d+|_.+)", text)
    return Symbol(parts[1], parts[2].removeprefix("_")) if parts else Symbol(text)


def _memory(item: Given | Step, known: Mapping[str, AnySymbol]) -> Symbol:
    """The letter of a memory, at the numbers of what it belongs to; new ones have a plus sign."""
    name = item.role.of if isinstance(item, Step) else item.name
    letter, _, of = name.partition("_")
    owner = _symbol(known, of)
    return Symbol(letter, owner.base + owner.sub, owner.sup + ("+" if isinstance(item, Step) else ""))


def _term(step: Step, program: Program, wiring: Wiring, known: Mapping[str, AnySymbol]) -> Derivative:
    """The part of a gradient that comes over a neuron: that of its error, or with an arrow."""
    by, loss, place = (
        _symbol(known, step.role.by),
        _symbol(known, program.loss),
        str(program[step.role.over].quantity.place),
    )
    total = program[wiring.loss]
    is_sum = isinstance(total, Step) and isinstance(total.expr, Apply) and total.expr.op == "add"
    if place in wiring.outputs and not wiring.softmax and is_sum and len(wiring.outputs) > 1:
        return Derivative(_symbol(known, wiring.error(place)), by)
    over = _symbol(known, place)
    return Derivative(loss, replace(by, sub=f"{by.sub}←{over.sub or over.base}"))


def _symbol(known: Mapping[str, AnySymbol], name: str) -> Symbol:
    found = known[name]
    if not isinstance(found, Symbol):
        raise KeyError(f"no symbol for {name!r}")
    return found
