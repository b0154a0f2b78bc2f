"""Reads expressions from text: lines of a small language, parsed and never evaluated."""

import ast
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NoReturn

from bpviz.algebra.expr import Const, Expr, Ref, apply
from bpviz.algebra.lists import Listed, as_listed
from bpviz.algebra.reductions import dot, over_list, over_list_or_two
from bpviz.graphs.givens import named
from bpviz.ground.checked import shown

_OPERATIONS = ("abs", "cos", "exp", "leaky_relu", "log", "relu", "sigmoid", "sin", "softplus", "sqrt", "tanh")
FUNCTIONS: Mapping[str, Callable[..., Any]] = {name: partial(apply, name) for name in _OPERATIONS} | {
    **{name: over_list_or_two(name) for name in ("max", "min")},
    **{name: over_list(name) for name in ("sum", "mean", "softmax", "log_softmax")},
    "dot": dot,
}
"""What text can call by name."""

_OPERATORS: Mapping[type, str] = {ast.Add: "add", ast.Sub: "sub", ast.Mult: "mul", ast.Div: "div", ast.Pow: "pow"}
_LANGUAGE = (
    "there are names, numbers, lists in [], their elements a[0], + - * / **, parentheses and the functions "
    f"{', '.join(FUNCTIONS)}"
)
LONGEST = 10_000


def read(text: str, known: Mapping[str, Expr] | None = None) -> tuple[Expr, tuple[str, ...]]:
    """Return the last expression of `text` and every name in it that it does not define itself, in order.

    `known`: what names stand for that are more than references, such as lists.
    Parts are separated by ";" or stand on lines of their own: `t = x + y; t**2`. Raises ValueError, showing the place.
    """
    if len(text) > LONGEST:
        raise ValueError(f"the text has {len(text):,} characters; at most {LONGEST:,} can be read")
    try:
        parts = ast.parse(text.strip()).body
    except SyntaxError as problem:
        line = (problem.text or _start(text)).rstrip()
        place = " " * max((problem.offset or 1) - 1, 0) + "^"
        raise ValueError(f"cannot read line {problem.lineno or 1}: {problem.msg}\n{line}\n{place}") from None
    except (RecursionError, MemoryError):
        raise ValueError(_too_deep(text)) from None
    except ValueError as problem:  # a null character
        raise ValueError(f"cannot read the text: {problem}\n{_start(text)}") from None
    if not parts:
        raise ValueError("the text is empty: write an expression such as 'x1 * x2 + x3'")
    reader = _Reader(text.strip(), known or {})
    try:
        values = [reader.part(part) for part in parts]
    except RecursionError:
        raise ValueError(_too_deep(text)) from None
    return values[-1], tuple(reader.free)


def _too_deep(text: str) -> str:
    return f"the text is too deeply nested to read: give parts of it names, as in 't = x + y; t**2'\n{_start(text)}"


def _start(text: str) -> str:
    return shown(text.strip()[:60])


class _Reader:
    """Turns checked pieces of syntax into expressions; `defined` holds what the text has named so far."""

    def __init__(self, text: str, known: Mapping[str, Expr]) -> None:
        self.lines = text.splitlines()
        self.known = known
        self.defined: dict[str, Expr] = {}
        self.free: dict[str, None] = {}

    def part(self, part: ast.stmt) -> Expr:
        match part:
            case ast.Expr(value=value):
                return self.expr(value)
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                made = self.expr(value)
                if name in self.defined or name in self.free:
                    self.refuse(part, f"{name!r} has a value already; choose another name")
                self.defined[name] = self.made(part, lambda: named(name, made))
                return self.defined[name]
        return self.refuse(part, "write expressions, or 'name = expression'")

    def expr(self, node: ast.expr) -> Expr:
        match node:
            case ast.Constant(value=value) if type(value) in (int, float):
                return self.made(node, lambda: Const(0.0) + value)
            case ast.Name(id=name):
                if name not in self.defined:
                    self.free[name] = None
                return self.defined.get(name) or self.known.get(name, Ref(name))
            case ast.UnaryOp(op=ast.USub() | ast.UAdd() as sign, operand=operand):
                return (
                    self.call(node, partial(apply, "neg"), operand)
                    if isinstance(sign, ast.USub)
                    else self.expr(operand)
                )
            case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
                return self.call(node, partial(apply, _OPERATORS[type(op)]), left, right)
            case ast.Call(func=ast.Name(id=name), args=args, keywords=[]):
                if name not in FUNCTIONS:
                    self.refuse(node, f"no function {shown(name)}; functions are {', '.join(FUNCTIONS)}")
                return self.call(node, FUNCTIONS[name], *args)
            case ast.Subscript(value=value, slice=index):
                return self.element(node, self.expr(value), index)
            case ast.List(elts=items):
                parts = [self.expr(item) for item in items]
                return self.made(node, lambda: as_listed("a list", parts))
        return self.refuse(node, f"this is not in the language; {_LANGUAGE}")

    def element(self, node: ast.expr, whole: Expr, index: ast.expr) -> Expr:
        """Return an element of a list, or a row: a[0], a[0][1] or a[0, 1], counted from 0 as in Python."""
        if not isinstance(whole, Listed):
            self.refuse(node, "only a list has elements, as in a[0]")
        places = index.elts if isinstance(index, ast.Tuple) else [index]
        found = tuple(p.value for p in places if isinstance(p, ast.Constant) and type(p.value) is int)
        if len(found) < len(places) or not found:
            self.refuse(node, "an element of a list is a[0], of rows a[0][1]; they are counted from 0")
        return self.made(node, lambda: whole[found if len(found) > 1 else found[0]])

    def call(self, node: ast.expr, function: Callable[..., Any], *args: ast.expr) -> Expr:
        parts = [self.expr(arg) for arg in args]
        return self.made(node, lambda: function(*parts))

    def made(self, node: ast.stmt | ast.expr, make: Callable[[], Any]) -> Expr:
        try:
            return Const(value) if isinstance(value := make(), float) else value
        except (IndexError, TypeError, ValueError) as problem:
            return self.refuse(node, str(problem))

    def refuse(self, node: ast.stmt | ast.expr, why: str) -> NoReturn:
        line = self.lines[node.lineno - 1] if node.lineno <= len(self.lines) else ""
        before = len(line.encode()[: node.col_offset].decode(errors="ignore"))  # the parser counts bytes
        raise ValueError(f"cannot read line {node.lineno}: {why}\n{line}\n{' ' * before}^")
