"""From an expression to steps, one for each operation; equal subexpressions are one, at a cost linear in nodes."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from bpviz.algebra.expr import Apply, Const, Expr, Ref
from bpviz.graphs.givens import Named, Variable

MOST = 60
"""More operations than these cannot be read on one screen."""

Key = tuple[str, tuple[Expr, ...]]


@dataclass
class Nodes:
    """What a walk through an expression has found: operations over names and numbers, in order, and the givens."""

    references: dict[str, Ref] = field(default_factory=dict)
    operations: list[Key] = field(default_factory=list)
    numbers: dict[Key, int] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    done: dict[int, Expr | int] = field(default_factory=dict)

    def walk(self, root: Expr) -> Expr | int:
        """Return what `root` is: a reference, a constant, or the number of its operation."""
        waiting = [root]
        while waiting:
            expr = waiting[-1]
            missing = [] if id(expr) in self.done else [e for e in _parts(expr) if id(e) not in self.done]
            if missing:
                waiting += reversed(missing)
                continue
            waiting.pop()
            if id(expr) not in self.done:
                self.done[id(expr)] = self._made(expr)
        return self.done[id(root)]

    def _made(self, expr: Expr) -> Expr | int:
        match expr:
            case Named(name, inner):
                return self._named(name, self.done[id(inner)])
            case Apply(op, args):
                return self._operation(op, tuple(self.done[id(a)] for a in args))
            case Ref(name):
                return self._reference(expr)
            case Const():
                return expr
        raise TypeError(f"not an expression: {expr!r}")

    def _reference(self, ref: Ref) -> Ref:
        known = self.references.setdefault(ref.name, ref)
        if isinstance(known, Variable) and isinstance(ref, Variable) and known != ref:
            raise ValueError(
                f"two givens are called {ref.name!r}, with the values {known.value:g} and {ref.value:g}; rename one"
            )
        return Ref(ref.name)

    def _operation(self, op: str, args: tuple[Expr | int, ...]) -> int:
        key = (op, tuple(_place(a) if isinstance(a, int) else a for a in args))
        if key not in self.numbers:
            if len(self.operations) == MOST:
                raise ValueError(f"the expression has more than {MOST} operations, too many for one picture")
            self.numbers[key] = len(self.operations)
            self.operations.append(key)
        return self.numbers[key]

    def _named(self, name: str, what: Expr | int) -> Expr | int:
        if not isinstance(what, int):
            return what  # another name for a given or a number makes no node
        if self.names.setdefault(what, name) != name:
            raise ValueError(f"{self.names[what]!r} and {name!r} name the same operation; keep one of the names")
        return what

    def steps(self, result: int, name: str, others: tuple[str, ...]) -> Iterator[tuple[str, Expr]]:
        """Yield name and expression of every operation; those without a name of their own are v1, v2, ...

        `others`: names of givens that no operation reads.
        """
        names = {result: name} | self.names
        taken = {*self.references, *others}
        for k, own in names.items():
            if own in taken:
                remedy = f'name the result, as in graph(..., name="{own}_out")' if k == result else "rename one"
                raise ValueError(f"the name {own!r} is used twice; {remedy}")
            taken.add(own)
        free = (f"v{k}" for k in range(1, len(names) + len(self.operations) + len(taken) + 1))
        for k in range(len(self.operations)):
            if k not in names:
                names[k] = next(v for v in free if v not in taken)
        place: dict[Expr, Expr] = {_place(k): Ref(own) for k, own in names.items()}
        for k, (op, args) in enumerate(self.operations):
            yield names[k], Apply(op, tuple(place.get(a, a) for a in args))


def _place(number: int) -> Ref:
    """Stand for an operation until it has a name; no name of a person begins with a dot."""
    return Ref(f".{number}")


def _parts(expr: Expr) -> tuple[Expr, ...]:
    if isinstance(expr, Named):
        return (expr.expr,)
    return expr.args if isinstance(expr, Apply) else ()
