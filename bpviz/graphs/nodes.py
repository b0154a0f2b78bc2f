"""From an expression to operations, each once; equal subexpressions are one, at a cost linear in nodes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bpviz.algebra.expr import Apply, Const, Expr, Ref
from bpviz.algebra.lists import Listed, Reduced
from bpviz.graphs.givens import Named, Variable

MOST = 60
"""More operations than these cannot be read on one screen."""

Key = tuple[bool, str, tuple[Expr, ...]]
"""Whether it is a reduction, which one or which operation, and what it reads."""


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

    def complete(self, lists: Iterable[Listed]) -> None:
        """Walk through all elements of lists that a person has named, where some are needed."""
        for listed in lists:
            if listed.name and any(id(e) in self.done for e in listed.elements.flat):
                for e in listed.elements.flat:
                    self.walk(e)

    def of_list(self, listed: Listed) -> tuple[Expr | int, ...]:
        """Return what each element of a list is; () where the expression leaves some of them out."""
        found = [e if isinstance(e, Const) else self.done.get(id(e)) for e in listed.elements.flat]
        return () if None in found else tuple(e for e in found if e is not None)

    def _made(self, expr: Expr) -> Expr | int:
        match expr:
            case Named(name, inner):
                return self._named(name, self.done[id(inner)])
            case Apply("fixed", args):
                return Apply("fixed", self._places(args))  # it computes nothing, so it makes no node
            case Apply(op, args):
                return self._operation((False, op, self._places(args)))
            case Reduced(op, args):
                return self._operation((True, op, self._places(args)))
            case Ref(name):
                return self._reference(expr)
            case Const():
                return expr
        raise TypeError(f"not an expression: {expr!r}")

    def _places(self, args: tuple[Expr, ...]) -> tuple[Expr, ...]:
        found = (self.done[id(a)] for a in args)
        return tuple(place(a) if isinstance(a, int) else a for a in found)

    def _reference(self, ref: Ref) -> Ref:
        known = self.references.setdefault(ref.name, ref)
        if isinstance(known, Variable) and isinstance(ref, Variable):
            if known.within is not ref.within:
                raise ValueError(f"two givens are called {ref.name!r}, one of them by its list; rename one")
            if known != ref:
                values = f"{known.value:g} and {ref.value:g}"
                raise ValueError(f"two givens are called {ref.name!r}, with the values {values}; rename one")
        return Ref(ref.name)

    def _operation(self, key: Key) -> int:
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

    def expr(self, number: int, names: Mapping[Expr, Expr]) -> Expr:
        """Return an operation with names for the places in it."""
        is_reduction, op, args = self.operations[number]
        found = tuple(
            Apply(a.op, tuple(names.get(inner, inner) for inner in a.args)) if isinstance(a, Apply) else names.get(a, a)
            for a in args
        )
        return Reduced(op, found).written(found) if is_reduction else Apply(op, found)


def place(number: int) -> Ref:
    """Stand for an operation until it has a name; no name of a person begins with a dot."""
    return Ref(f".{number}")


def number_of(expr: Expr) -> int | None:
    """Return the number of the operation that `expr` is the place of; None where it is another's."""
    if isinstance(expr, Apply):
        return number_of(expr.args[0])
    return int(expr.name[1:]) if isinstance(expr, Ref) and expr.name.startswith(".") else None


def lists_in(root: Expr) -> list[Listed]:
    """Return every list that an expression was made from, each after its own parts."""
    found, seen, waiting = dict[int, Listed](), set[int](), [root]
    while waiting:
        expr = waiting[-1]
        parts = expr.parts if isinstance(expr, Listed) else _parts(expr)
        of = (expr.of,) if isinstance(expr, Reduced) and expr.of else ()
        missing = [] if id(expr) in seen else [e for e in (*parts, *of) if id(e) not in seen]
        seen.add(id(expr))
        if missing:
            waiting += reversed(missing)
            continue
        waiting.pop()
        if isinstance(expr, Listed):
            found[id(expr)] = expr
    return list(found.values())


def _parts(expr: Expr) -> tuple[Expr, ...]:
    match expr:
        case Named(_, inner):
            return (inner,)
        case Apply(_, args) | Reduced(_, args):
            return args
    return ()
