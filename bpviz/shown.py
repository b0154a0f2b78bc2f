"""The formula rows of a beat: its steps in symbols, then with today's numbers; every view lays out the same rows."""

from collections.abc import Iterator
from dataclasses import dataclass

from bpviz.expr import Expr, Ref, references, substitute
from bpviz.program import Program, Step
from bpviz.story import Shown


@dataclass(frozen=True)
class FormulaRow:
    """One row: `left` is a step's name or "" (as above); `expr` in symbols or numbers; `result`: its value ends it."""

    left: str
    expr: Expr
    numbers: bool
    result: str = ""


def formula_rows(program: Program, shown: Shown) -> Iterator[FormulaRow]:
    """Yield the rows of one formula: each form in symbols, then the numbers and the result of the last form.

    Where the expression is a single name, its symbol and its value share a row.
    """
    expr: Expr = Ref(shown.step)
    for k, form in enumerate(shown.forms):
        expr = _written_out(program, _expr(program, shown.step), form)
        single = isinstance(expr, Ref)
        yield FormulaRow("" if k else shown.step, expr, numbers=False, result=shown.step if single else "")
    if not isinstance(expr, Ref) and any(references(expr)):
        yield FormulaRow("", expr, numbers=True, result=shown.step)


def _expr(program: Program, name: str) -> Expr:
    step = program[name]
    if not isinstance(step, Step):
        raise KeyError(f"{name!r} is given, it has no formula")
    return step.expr


def _written_out(program: Program, expr: Expr, names: frozenset[str]) -> Expr:
    """Return `expr` with the steps in `names` replaced by their own expressions, again and again."""
    while found := names.intersection(references(expr)):
        expr = substitute(expr, {name: _expr(program, name) for name in found})
    return expr
