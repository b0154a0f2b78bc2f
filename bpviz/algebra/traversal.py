"""Walks through an expression: the names in it, others in their place, its partial derivatives."""

from collections.abc import Iterator

from bpviz.algebra.expr import Apply, Const, Expr, Ref, as_expr
from bpviz.algebra.ops import op_named


def references(expr: Expr) -> Iterator[str]:
    """Yield every name in `expr`, left to right, as often as it is used."""
    waiting = [expr]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Ref):
            yield part.name
        elif isinstance(part, Apply):
            waiting += part.args[::-1]


def terms(expr: Expr) -> list[Expr]:
    """Return what a sum adds up, in order; anything else is its own only term."""
    found: list[Expr] = []
    waiting = [expr]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Apply) and part.op == "add":
            waiting += part.args
        else:
            found.append(part)
    return found[::-1]


def operations(expr: Expr) -> Iterator[str]:
    """Yield the name of every operation in `expr`, outer ones first, as often as it is used."""
    if isinstance(expr, Apply):
        yield expr.op
        for arg in expr.args:
            yield from operations(arg)


def movers(expr: Expr) -> Iterator[str]:
    """Yield every name in `expr` whose derivative can be other than zero, left to right, as often as it is used."""
    match expr:
        case Ref(name):
            yield name
        case Apply(op, args):
            for arg, rule in zip(args, op_named(op).partials, strict=True):
                if rule is not None:
                    yield from movers(arg)


def substitute(expr: Expr, names: dict[str, Expr]) -> Expr:
    """Return `expr` with each reference in `names` replaced by its expression; the shape is kept as it is."""
    match expr:
        case Ref(name):
            return names.get(name, expr)
        case Apply(op, args):
            return Apply(op, tuple(substitute(a, names) for a in args))
    return expr


def partial(expr: Expr, name: str, result: Expr) -> Expr:
    """Return the partial derivative of `expr` by the reference `name`; see `partials`."""
    return partials(expr, result).get(name, Const(0.0))


def partials(expr: Expr, result: Expr) -> dict[str, Expr]:
    """Return the partial derivative of `expr` by each reference in it.

    `result` stands for the value of `expr` itself, so that a sigmoid's derivative reads `out (1 - out)` with the name
    at hand.
    """
    match expr:
        case Ref(found):
            return {found: Const(1.0)}
        case Apply(op, args):
            total: dict[str, Expr] = {}
            for arg, rule in zip(args, op_named(op).partials, strict=True):
                if rule is None or not (inner := partials(arg, arg)):
                    continue
                outer = as_expr(rule(result, *args))
                if not total and outer == Const(1.0):
                    total = inner  # a long sum is walked once
                    continue
                for name, slope in inner.items():
                    total[name] = total.get(name, Const(0.0)) + outer * slope
            return total
    return {}
