"""Notation: the source's own symbol for every quantity, apart from the words the code uses."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from bpviz.calculation.program import Program
from bpviz.calculation.quantities import Kind, Step
from bpviz.writing.symbols import AnySymbol, Derivative, Symbol


class Notation(Mapping[str, AnySymbol]):
    """Name → symbol, for every quantity of a program and every neuron."""

    def __init__(self, symbols: Mapping[str, AnySymbol]) -> None:
        """Take the symbols by name."""
        self._symbols = dict(symbols)

    def __getitem__(self, name: str) -> AnySymbol:
        try:
            return self._symbols[name]
        except KeyError:
            raise KeyError(f"no symbol for {name!r}") from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._symbols)

    @cached_property
    def letters(self) -> frozenset[str]:
        """Every letter or word that symbols are made of, without subscripts."""
        return frozenset(symbol.base for symbol in self._symbols.values() if isinstance(symbol, Symbol))

    def __len__(self) -> int:
        return len(self._symbols)


def with_derived(symbols: Mapping[str, AnySymbol], program: Program) -> Notation:
    """Return the notation of `program`: `symbols` for givens, forward steps and neurons, and one for each derived step.

    A delta is δ with its neuron, an updated weight has a plus sign, everything else is a fraction ∂.../∂.... A part of
    a gradient is that of the only error it comes from; or an arrow tells over what it came: ∂E/∂w1←h1.
    """
    known = dict(symbols)
    for step in program.steps:
        if step.name not in known:
            known[step.name] = _derived(step, known, program)
    return Notation(known)


def _derived(step: Step, known: Mapping[str, AnySymbol], program: Program) -> AnySymbol:
    role = step.role
    if role.kind is Kind.DELTA:
        return Symbol("δ", str(step.quantity.place))
    if role.kind is Kind.UPDATED:
        old = _symbol(known, role.of)
        return replace(old, sup=old.sup + "+")
    if role.kind is not Kind.TERM:
        return Derivative(_symbol(known, role.of), _symbol(known, role.by))
    over = program[role.over].quantity
    error = program.find(Kind.LOSS, of=over.place) if over.place and isinstance(over.place, str) else None
    by = _symbol(known, role.by)
    if error and error.name != program.loss:
        return Derivative(_symbol(known, error.name), by)
    way = over.place if over.kind is Kind.NET else _in_index(_symbol(known, over.name))
    return Derivative(_symbol(known, role.of), replace(by, sub=f"{by.sub}←{way}"))


def _in_index(symbol: Symbol) -> str:
    """As it reads within an index, where no other index can stand: v41 for v with the index 41."""
    return symbol.base + symbol.sub if len(symbol.base) == 1 else symbol.plain


def _symbol(known: Mapping[str, AnySymbol], name: str) -> Symbol:
    found = known.get(name)
    if not isinstance(found, Symbol):
        raise KeyError(f"no symbol for {name!r}")
    return found
