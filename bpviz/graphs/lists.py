"""What lists mean for a graph's program: their symbols, their sliders and the lists of their gradients."""

import re
from collections import Counter
from itertools import groupby

from bpviz.algebra.traversal import references
from bpviz.calculation.program import Program
from bpviz.calculation.quantities import Elements, Phase, Step
from bpviz.example.example import SliderGroup
from bpviz.telling.story import Text
from bpviz.writing.symbols import Symbol

ETA = "eta"


def gradient_lists(program: Program, called: str) -> dict[str, Elements]:
    """Return the program's lists with those of their gradients: dy_da beside a."""
    found = dict(program.lists)
    for name, elements in program.lists.items():
        gradients = tuple(_gradient(program, n) for n in elements.names)
        if (own := f"d{called}_d{name}") not in program:
            found[own] = Elements(elements.shape, gradients)
    return found


def _gradient(program: Program, name: str | float) -> str | float:
    """Return the step of an element's gradient; a number has none, and moves nothing."""
    if not isinstance(name, str):
        return 0.0
    return 1.0 if name == program.loss else program.gradients[name]


def list_of(program: Program) -> dict[str, str]:
    """Return the list that a quantity is an element of, by the quantity's name; it is called after it."""
    found: dict[str, str] = {}
    for name, elements in program.lists.items():
        for n in elements.names:
            if isinstance(n, str) and n.startswith(f"{name}_"):
                found.setdefault(n, name)
    return found


def units(program: Program) -> dict[str, str]:
    """Return for every given and forward step what it is drawn and told with: its list, or itself.

    A list whose elements read each other, or do not follow each other, is none to be told at once.
    """
    names = [g.name for g in program.givens if g.name != ETA]
    names += [s.name for s in program.steps if s.phase is Phase.FORWARD]
    within = list_of(program)
    found = {n: within.get(n, n) for n in names}
    blocks = Counter(unit for unit, _ in groupby(names, key=found.__getitem__))
    apart = {unit for unit, count in blocks.items() if count > 1}
    for name in names:
        item = program[name]
        if isinstance(item, Step) and found[name] in {found[r] for r in references(item.expr)}:
            apart.add(found[name])
    return {n: n if unit in apart else unit for n, unit in found.items()}


def slider_groups(program: Program) -> tuple[SliderGroup, ...]:
    """Return the sliders: numbers together, every list by itself."""
    within = list_of(program)
    names = [g.name for g in program.givens if g.name != ETA]
    single = tuple(n for n in names if n not in within)
    groups = [SliderGroup("graph_givens", "forward", single)] if single else []
    for name, inside in groupby((n for n in names if n in within), key=within.__getitem__):
        label = Text("graphs.groups.list", {"a": _as_written(name), "size": size(shape_of(program, name))})
        groups.append(SliderGroup(label, "forward", tuple(inside)))
    return tuple(groups)


def shape_of(program: Program, unit: str) -> tuple[int, ...]:
    """Return the shape of a list; () of what is none."""
    return program.lists[unit].shape if unit in program.lists else ()


def is_numbered(name: str) -> bool:
    """Return whether a name is one of those that are given in order, v1, v2, ..., or that of a list's element then."""
    return re.fullmatch(r"v\d+(_\d+)*", name) is not None


def size(shape: tuple[int, ...]) -> str:
    """Return a list's shape as it is written: 3, or 2 × 3."""
    return " × ".join(map(str, shape))


def symbols(program: Program, called: str) -> dict[str, Symbol]:
    """Return a symbol for every given, forward step and list."""
    within = list_of(program)
    places = [g.name for g in program.givens] + [s.name for s in program.steps if s.phase is Phase.FORWARD]
    found = {n: Symbol("η") if n == ETA else symbol_of(n, within.get(n, "")) for n in places}
    found |= {name: symbol_of(name) for name in program.lists if name not in found}
    if called in program.lists and program.loss not in within:
        found[program.loss] = Symbol(f"Σ{_as_written(called)}")
    return found


def symbol_of(name: str, within: str = "") -> Symbol:
    """x1 and w_in have a subscript; so has an element of the list `within`; anything else stands as it is."""
    if within:
        whole, index = symbol_of(within), name.removeprefix(f"{within}_").replace("_", ",")
        return Symbol(whole.base, f"{whole.sub},{index}" if whole.sub else index)
    base, _, sub = name.partition("_")
    if base and sub:
        return Symbol(base, sub)
    letters = name.rstrip("0123456789")
    return Symbol(letters, name[len(letters) :])


def _as_written(name: str) -> str:
    return symbol_of(name).plain
