"""Names for the operations and lists of a graph: a person's own, else v1, v2, ... in order, skipping taken ones."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from bpviz.algebra.expr import Const, Expr, Ref
from bpviz.algebra.lists import Listed
from bpviz.calculation.quantities import Elements
from bpviz.graphs.givens import element
from bpviz.graphs.nodes import Nodes, place
from bpviz.graphs.ordering import Order

Entry = Expr | int
"""An element of a list: a given, a constant, or the number of an operation."""


@dataclass
class Names:
    """The names of a walk's operations, by number, and of the lists in it; `taken` begins with those of the givens."""

    nodes: Nodes
    order: Order
    taken: set[str]
    of: dict[int, str] = field(default_factory=dict)
    lists: dict[str, tuple[tuple[int, ...], tuple[Entry, ...]]] = field(default_factory=dict)

    def give(self, result: int, name: str, root: Expr, lists: list[Listed]) -> str:
        """Name everything and return what the result is called: `name`, or the name that it has.

        Of a list `root` that is its name, and `result` the sum of its elements. ValueError for a name used twice.
        """
        own = self._of_result(result, name, root) | self.nodes.names
        for listed in lists:
            if listed.name and (entries := self.nodes.of_list(listed)) and listed.name not in self.taken:
                self.lists[listed.name] = (listed.shape, entries)
        for listed_name in self.lists:
            self._take(listed_name, of_result=listed_name == name)
        for number, found in own.items():
            self._take(found, of_result=number == result)
            self.of[number] = found
        self._number()
        return root.name or name if isinstance(root, Listed) else self.of[result]

    def steps(self) -> Iterator[tuple[str, Expr]]:
        """Yield name and expression of every operation, in order."""
        names: dict[Expr, Expr] = {place(k): Ref(own) for k, own in self.of.items()}
        for k in self.order.numbers:
            yield self.of[k], self.nodes.expr(k, names)

    def elements(self) -> dict[str, Elements]:
        """Return what the lists hold, by names."""
        return {
            name: Elements(shape, tuple(self._name(e) for e in entries))
            for name, (shape, entries) in self.lists.items()
        }

    def _name(self, entry: Entry) -> str | float:
        if isinstance(entry, int):
            return self.of[entry]
        return entry.value if isinstance(entry, Const) else getattr(entry, "name", "")

    def _of_result(self, result: int, name: str, root: Expr) -> dict[int, str]:
        if not isinstance(root, Listed):
            return {result: name}
        name, entries = root.name or name, self.nodes.of_list(root)
        self.lists[name] = (root.shape, entries)
        at = zip(np.ndindex(root.shape), entries, strict=True)
        found = {e: element(name, index) for index, e in reversed(list(at)) if isinstance(e, int)}
        return {result: f"{name}_sum"} | found

    def _take(self, name: str, of_result: bool) -> None:
        if name in self.taken:
            remedy = f'name the result, as in graph(..., name="{name}_out")' if of_result else "rename one"
            raise ValueError(f"the name {name!r} is used twice; {remedy}")
        self.taken.add(name)

    def _number(self) -> None:
        """Call what has no name v1, v2, ...; what stands in a list is called after it."""
        called: dict[int, str] = {}
        count = 0
        for number in self.order.numbers:
            if number in self.of:
                continue
            listed, index = self.order.at.get(number, (None, ()))
            if listed is None or id(listed) not in called:
                count, own = self._free(count, listed)
                self.taken.add(own)
                if listed is not None:
                    called[id(listed)] = own
                    self.lists[own] = (listed.shape, self.nodes.of_list(listed))
            self.of[number] = own if listed is None else element(called[id(listed)], index)
            self.taken.add(self.of[number])

    def _free(self, count: int, listed: Listed | None) -> tuple[int, str]:
        """Return the next number and name that are free, with those of a list's elements."""
        while True:
            count += 1
            own = f"v{count}"
            inside = [element(own, k) for k in np.ndindex(listed.shape)] if listed is not None else []
            if not self.taken.intersection([own, *inside]):
                return count, own
