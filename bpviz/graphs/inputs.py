"""The givens of a graph: which there are, in the order of their sliders, with their lists and values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from bpviz.algebra.expr import Expr, Ref
from bpviz.algebra.lists import Listed
from bpviz.calculation.quantities import Elements
from bpviz.graphs.givens import Variable, checked_name, is_several, variable
from bpviz.ground.checked import finite, shown


@dataclass
class Inputs:
    """Every given by its name, in order, and the lists that they are in; a name alone has no value yet."""

    references: dict[str, Ref] = field(default_factory=dict)
    lists: dict[str, Elements] = field(default_factory=dict)

    def add(self, ref: Ref) -> None:
        """Take a given; with the list that it is in, where there is one. ValueError for a name used twice."""
        if isinstance(ref, Variable) and ref.within is not None:
            self.add_list(ref.within)
        elif checked_name(ref.name) in (*self.lists, *self._in_lists()):
            raise ValueError(f"two givens are called {ref.name!r}, one of them by its list; rename one")
        else:
            self.references[ref.name] = ref

    def add_list(self, listed: Listed) -> None:
        """Take a list of givens."""
        items: list[Expr] = list(listed.elements.flat)
        refs = [e for e in items if isinstance(e, Variable)]
        elements = Elements(listed.shape, tuple(e.name for e in refs))
        mine = {ref.name: ref for ref in refs}
        known = {n: self.references[n] for n in (listed.name, *mine) if n in self.references}
        if self.lists.get(listed.name, elements) != elements or known not in ({}, mine):
            raise ValueError(f"two givens are called {listed.name!r}, or as its elements; rename one")
        self.lists[listed.name] = elements
        self.references |= mine

    def _in_lists(self) -> set[str | float]:
        return {n for elements in self.lists.values() for n in elements.names}

    def names(self, what: Iterable[str]) -> tuple[str, ...]:
        """Return the names of givens, those of a list in its place; ValueError for one that is none."""
        found: list[str] = []
        if not isinstance(what, Iterable):
            raise TypeError(f"learn takes the names of givens, as in learn=('w', 'b'), not {shown(what)}")
        for name in what:
            if name not in self.references and name not in self.lists:
                raise ValueError(f"{name!r} cannot learn: it is not in the expression; givens are {self._choices()}")
            found += [str(n) for n in self.lists[name].names] if name in self.lists else [name]
        return tuple(dict.fromkeys(found))

    def valued(self, values: Mapping[str, Any], ranges: Mapping[str, tuple[float, float]]) -> list[Variable]:
        """Return every given with its value and range: those that are named here, or those that it carries."""
        single = dict[str, Any]()
        for name, value in values.items():
            single |= self._elements(name, value) if name in self.lists else {name: value}
        for name in single:
            if name not in self.references:
                raise ValueError(f"{name!r} is not in the expression; givens are {self._choices()}")
            if is_several(single[name]):
                raise ValueError(f"{name} is one number in the expression: make it a list by bpviz.given({name}=[...])")
        missing = [n for n, ref in self.references.items() if n not in single and not isinstance(ref, Variable)]
        if missing:
            raise ValueError(f"no value for {', '.join(missing)}: add it, as in graph(..., {missing[0]}=1)")
        carried = {n: ref for n, ref in self.references.items() if isinstance(ref, Variable)}
        limits = dict[str, tuple[float, float]]()
        for name, limit in ranges.items():
            if name not in self.references and name not in self.lists:
                raise ValueError(f"a range for {name!r}, which is not in the expression; givens are {self._choices()}")
            limits |= {str(n): limit for n in (self.lists[name].names if name in self.lists else (name,))}
        return [
            variable(n, single.get(n, getattr(ref, "value", None)), limits.get(n))
            if n in single or n in limits
            else carried[n]
            for n, ref in self.references.items()
        ]

    def _elements(self, name: str, value: Any) -> dict[str, float]:
        elements, numbers = self.lists[name], finite(name, value)
        if np.shape(numbers) != elements.shape:
            raise ValueError(f"{name} must have its shape {elements.shape}, not {np.shape(numbers)}")
        return dict(zip(map(str, elements.names), np.ravel(numbers).tolist(), strict=True))

    def _choices(self) -> str:
        within = self._in_lists()
        return ", ".join([*(n for n in self.references if n not in within), *self.lists]) or "none"


def inputs(free: Iterable[str], references: Iterable[Ref], lists: Iterable[Listed]) -> Inputs:
    """Return the givens: those that a text names first, then those that an expression reads."""
    found = Inputs()
    known = {listed.name: listed for listed in lists if _is_given(listed)}
    by_name = {ref.name: ref for ref in references}
    for name in free:
        if name in known:
            found.add_list(known[name])
        else:
            found.add(by_name.get(name, Ref(name)))
    for ref in by_name.values():
        found.add(ref)
    for listed in known.values():
        found.add_list(listed)
    return found


def _is_given(listed: Listed) -> bool:
    return bool(listed.name) and all(isinstance(e, Variable) for e in listed.elements.flat)
