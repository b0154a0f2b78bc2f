"""Formulas in general: letters in place of numbers, a sum over a layer folded into one sum sign; and their tidying.

A fold is read off the program: where the terms of a sum differ in nothing but the numbers 1, 2, ..., m of one index, it
is the sum over that index of the one term with a letter in its place.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from math import prod

from bpviz.algebra.expr import Apply, Const, Expr, Ref
from bpviz.algebra.traversal import references, substitute, terms

INDEX_SUM = "Σ"
"""A sum sign as an operation of formulas, never computed: the letter, the letter that it goes up to, and the term."""
DOTS = "…"
"""What stands for the terms left out."""

SHORT_FOR: Mapping[str, Callable[..., Expr]] = {
    "softplus": lambda a: Apply("log", (Apply("add", (Const(1.0), Apply("exp", (a,)))),)),
}
"""Operation → what a book writes for it; so computed, it might overflow."""


@dataclass(frozen=True)
class Index:
    """A letter that numbers something from 1 to `size`; formulas write the letter `most` for that size."""

    letter: str
    most: str
    size: int


@dataclass(frozen=True)
class Lettered:
    """What a numbered name is called in general: its name with letters, and which letters these are."""

    name: str
    letters: frozenset[str] = frozenset()


def in_general(expr: Expr, names: Mapping[str, Lettered], free: frozenset[str], indices: Iterable[Index]) -> Expr:
    """Return `expr` with letters for numbers; terms with another letter than those that are `free` get a sum sign.

    `names`: name → what it is called in general; others stay. Raises ValueError where terms alike are not as many as
    the index has numbers: then they are no sum over it.
    """
    letters = {lettered.name: lettered.letters for lettered in names.values()}
    general = {name: Ref(lettered.name) for name, lettered in names.items()}
    total: Expr = Const(0.0)
    for form, alike in groupby(substitute(term, dict(general)) for term in terms(expr)):
        used = frozenset[str]().union(*(letters.get(name, ()) for name in references(form)))
        over = [index for index in indices if index.letter in used - free]
        count = len(list(alike))
        if count != prod(index.size for index in over):
            raise ValueError(f"{count} terms are no sum over {', '.join(i.letter for i in over) or 'nothing'}: {form}")
        folded = form
        for index in reversed(over):
            folded = Apply(INDEX_SUM, (Ref(index.letter), Ref(index.most), folded))
        total = total + folded
    return total


def tidied(expr: Expr) -> Expr:
    """Return `expr` with no minus sign before what has one already, and numbers before sum signs."""
    if not isinstance(expr, Apply):
        return expr
    expr = Apply(expr.op, tuple(map(tidied, expr.args)))
    if expr.op == "neg":
        return _without_minus(expr.args[0]) or expr
    if expr.op == INDEX_SUM and isinstance(term := expr.args[2], Apply) and term.op == "mul":
        number, rest = term.args
        if isinstance(number, Const):
            return Apply("mul", (number, Apply(INDEX_SUM, (*expr.args[:2], rest))))
    return expr


def spelled(expr: Expr, op: str) -> Expr:
    """Return `expr` with an operation written as what it is short for; KeyError for one that is short for nothing."""
    if not isinstance(expr, Apply):
        return expr
    args = tuple(spelled(arg, op) for arg in expr.args)
    return SHORT_FOR[op](*args) if expr.op == op else Apply(expr.op, args)


def _without_minus(expr: Expr) -> Expr | None:
    """Return minus `expr`, where that only takes its own minus sign away; else None."""
    match expr:
        case Apply("neg", (inside,)):
            return inside
        case Apply("mul", (a, b)):
            if (left := _without_minus(a)) is not None:
                return Apply("mul", (left, b))
            right = _without_minus(b)
            return right and Apply("mul", (a, right))
        case Apply("add", args):
            turned = [part for part in map(_without_minus, args) if part is not None]
            return Apply("add", tuple(turned)) if len(turned) == len(args) else None
        case Apply(op, (letter, most, term)) if op == INDEX_SUM:
            inner = _without_minus(term)
            return inner and Apply(INDEX_SUM, (letter, most, inner))
    return None


def shortened(expr: Expr, most: int | None) -> Expr:
    """Return `expr` with at most so many pieces in a sum, 3 or more: the first terms, dots and the last; None: all."""
    if most is None or not isinstance(expr, Apply):
        return expr
    if len(parts := terms(expr)) <= most:
        return Apply(expr.op, tuple(shortened(arg, most) for arg in expr.args))
    first, *others = (shortened(part, most) for part in parts[: most - 2])
    for part in (*others, Apply(DOTS, ()), shortened(parts[-1], most)):
        first = Apply("add", (first, part))
    return first
