"""Formulas generated from expressions: in symbols or with today's numbers, in any markup."""

from collections.abc import Callable
from typing import Any

from bpviz.algebra.expr import Apply, Const, Expr, Ref
from bpviz.algebra.ops import OPS
from bpviz.algebra.traversal import terms
from bpviz.ground.numbers import MINUS, format_number
from bpviz.writing.general import DOTS, INDEX_SUM
from bpviz.writing.markup import T, Writer
from bpviz.writing.symbols import Derivative

SUM, PRODUCT, POWER, ATOM = 1, 2, 3, 4
"""How tightly a piece holds together; a looser piece inside a tighter one gets parentheses."""
MOST_TERMS = 7
"""Of a longer sum the first two and the last term are written."""


def write(writer: Writer[T], expr: Expr) -> T:
    """Return `expr` in the writer's markup: numbers where the writer's `values` are set, else symbols."""
    return _write(writer, expr, SUM)


def _write(writer: Writer[T], expr: Expr, tightness: int) -> T:
    match expr:
        case Ref(name):
            numbers = writer.values is not None
            if tightness == ATOM and (numbers or isinstance(writer.notation[name], Derivative)):
                return writer.parens(_write(writer, expr, SUM))
            return writer.number(name, wrap=tightness > SUM) if numbers else writer.symbol(name)
        case Const(value):
            piece, own = _constant(writer, value)
            return writer.parens(piece) if own < tightness else piece
        case Apply(op, args):
            rule, own = _form(op)
            piece = rule(writer, op, *args)
            return writer.parens(piece) if own < tightness else piece
    raise TypeError(f"not an expression: {expr!r}")


def _form(op: str) -> tuple[Callable[..., Any], int]:
    """How an operation is written, and how tightly that holds; one that no table knows, such as f, is a function."""
    return _SIGNS.get(op) or _FORMS[OPS[op].form if op in OPS else "function"]


def _constant(w: Writer[T], value: float) -> tuple[T, int]:
    """Return a constant and how tightly it holds together."""
    size = abs(value)
    if value == 0.5:
        return w.fraction(w.text("1"), w.text("2")), PRODUCT
    digits = str(int(size)) if size < 10 and size == int(size) else format_number(size)
    if value < 0:
        return w.join(MINUS, w.text(digits)), SUM
    return w.text(digits), PRODUCT if "×" in digits else ATOM


def _sum(w: Writer[T], op: str, a: Expr, b: Expr) -> T:
    if len(parts := terms(Apply(op, (a, b)))) > MOST_TERMS:
        one, two, end = (_write(w, term, PRODUCT) for term in (*parts[:2], parts[-1]))
        return w.join(one, "+", two, "+", w.text("…"), "+", end)
    if isinstance(b, Apply) and b.op in ("add", "sub"):
        # a + (b + c) reads a + b + c, and every term but the first is then a later one
        first, rest = b.args
        return _write(w, Apply(b.op, (Apply("add", (a, first)), rest)), SUM)
    # a later term that starts with a minus sign needs parentheses
    return w.join(_write(w, a, SUM), "+", _write(w, b, PRODUCT))


def _difference(w: Writer[T], op: str, a: Expr, b: Expr) -> T:
    return w.join(_write(w, a, SUM), f" {MINUS} ", _write(w, b, PRODUCT))


def _product(w: Writer[T], op: str, a: Expr, b: Expr) -> T:
    at_end = isinstance(b, Apply) and b.op == INDEX_SUM  # a sum sign that ends a product needs no parentheses
    left, right = _write(w, a, PRODUCT), _write(w, b, SUM if at_end else PRODUCT)
    together = isinstance(a, Const) and (at_end or _opens(b, PRODUCT))
    return w.join(left, right) if together else w.join(left, "·", right)


def _index_sum(w: Writer[T], op: str, letter: Expr, most: Expr, term: Expr) -> T:
    return w.index_sum(_write(w, letter, SUM), _write(w, most, SUM), _write(w, term, PRODUCT))


def _opens(expr: Expr, tightness: int) -> bool:
    """True where an operation is written from an opening parenthesis on, so that a number before it needs no dot."""
    if not isinstance(expr, Apply):
        return False
    return _form(expr.op)[1] < tightness or (expr.op in ("square", "pow") and _opens(expr.args[0], ATOM))


def _negative(w: Writer[T], op: str, a: Expr) -> T:
    return w.join(MINUS, _write(w, a, PRODUCT))


def _sigmoid(w: Writer[T], op: str, a: Expr) -> T:
    bottom = w.join(w.text("1"), "+", _exponential(w, "exp", Apply("neg", (a,))))
    return w.fraction(w.text("1"), bottom)


def _exponential(w: Writer[T], op: str, a: Expr) -> T:
    """A power of e; where e is a symbol of the source, too, the function exp."""
    if "e" in w.notation.letters:
        return _function(w, op, a)
    return w.power(w.text("e"), _write(w, a, SUM))


def _relu(w: Writer[T], op: str, a: Expr) -> T:
    return w.join(w.text("max"), "(", w.text("0"), ", ", _write(w, a, SUM), ")")


def _indicator(w: Writer[T], op: str, a: Expr) -> T:
    return w.join("[", _write(w, a, SUM), " > ", w.text("0"), "]")


def _function(w: Writer[T], op: str, *args: Expr) -> T:
    first, *others = (_write(w, a, SUM) for a in _unnested(op, args))
    inside = w.join(first, *(part for other in others for part in (", ", other))) if others else first
    return w.join(w.text(_WRITTEN.get(op, op)), w.parens(inside))


def _unnested(op: str, args: tuple[Expr, ...]) -> list[Expr]:
    """max(max(a, b), c) reads max(a, b, c)."""
    first = args[0]
    if op in ("max", "min") and isinstance(first, Apply) and first.op == op:
        return [*_unnested(op, first.args), *args[1:]]
    return list(args)


_WRITTEN = {"leaky_relu": "LeakyReLU"}
"""Operations that are written otherwise than they are called."""

_FORMS: dict[str, tuple[Callable[..., Any], int]] = {
    "sum": (_sum, SUM),
    "difference": (_difference, SUM),
    "product": (_product, PRODUCT),
    "fraction": (lambda w, op, a, b: w.fraction(_write(w, a, SUM), _write(w, b, SUM)), PRODUCT),
    "power": (lambda w, op, a, b: w.power(_write(w, a, ATOM), _write(w, b, SUM)), POWER),
    "negative": (_negative, SUM),
    "square": (lambda w, op, a: w.power(_write(w, a, ATOM), w.text("2")), POWER),
    "reciprocal": (lambda w, op, a: w.fraction(w.text("1"), _write(w, a, SUM)), PRODUCT),
    "root": (lambda w, op, a: w.root(_write(w, a, SUM)), POWER),
    "exponential": (_exponential, POWER),
    "function": (_function, ATOM),
    "sigmoid": (_sigmoid, PRODUCT),
    "relu": (_relu, ATOM),
    "indicator": (_indicator, ATOM),
    "itself": (lambda w, op, a: _write(w, a, PRODUCT), PRODUCT),
}

_SIGNS: dict[str, tuple[Callable[..., Any], int]] = {
    INDEX_SUM: (_index_sum, SUM),
    DOTS: (lambda w, op: w.text(DOTS), ATOM),
}
"""What formulas have beside operations."""
