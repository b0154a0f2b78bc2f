"""The sign of an operation, as it stands in or above its circle."""

from bpviz.algebra.expr import Apply, Const, Expr, Ref
from bpviz.ground.numbers import MINUS, format_number

SIGNS = {"add": "+", "sub": MINUS, "mul": "×", "div": "÷", "neg": MINUS, "square": "²", "reciprocal": "1 /"}
SIGNS |= {"sqrt": "√", "sigmoid": "σ", "exp": "exp", "leaky_relu": "leaky", "softplus": "soft+"}

SLASH = "/"
"""Beside a number, where signs are so small that the dots of ÷ would not be seen."""


def reduction_of(expr: Expr) -> str:
    """Return "sum", "mean", "max" or "min" where an expression is that of a whole list, else ""."""
    match expr:
        case Apply("div", (Apply("add") as total, Const(count))) if count == _leaves(total, "add"):
            return "mean"
        case Apply(op, (Apply(inner), _)) if inner == op and op in ("add", "max", "min"):
            return "sum" if op == "add" else op
    return ""


def _leaves(expr: Expr, op: str) -> int:
    return sum(_leaves(a, op) for a in expr.args) if isinstance(expr, Apply) and expr.op == op else 1


def sign_of(expr: Expr) -> str:
    """Return the sign of an operation, with the number that it works with."""
    if reduction := reduction_of(expr):
        return {"sum": "Σ"}.get(reduction, reduction)
    if not isinstance(expr, Apply):
        return "="
    numbers = [_written(a.value) for a in expr.args if isinstance(a, Const)]
    sign = SLASH if numbers and expr.op == "div" else SIGNS.get(expr.op, expr.op)
    if not numbers:
        return "^" if expr.op == "pow" else sign
    if expr.op == "pow":
        return f"^ {numbers[0]}" if isinstance(expr.args[1], Const) else f"{numbers[0]} ^"
    if expr.op in ("sub", "div") and isinstance(expr.args[0], Const):
        return f"{numbers[0]} {sign}"
    return f"{sign} {numbers[0]}"


def _written(value: float) -> str:
    return str(int(value)) if value == int(value) and abs(value) < 1e6 else format_number(value)


def is_used_twice(expr: Expr, name: str) -> bool:
    """Return whether an operation reads a name in more than one place."""
    return isinstance(expr, Apply) and sum(a == Ref(name) for a in expr.args) > 1
