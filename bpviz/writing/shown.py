"""The formula rows of a beat: its steps in symbols, then with today's numbers; every view lays out the same rows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bpviz.algebra.expr import Expr, Ref
from bpviz.algebra.traversal import references, substitute
from bpviz.calculation.program import Program
from bpviz.calculation.quantities import Step
from bpviz.telling.story import Shown
from bpviz.writing.formula import write
from bpviz.writing.general import shortened, spelled, tidied
from bpviz.writing.markup import T, Writer


@dataclass(frozen=True)
class FormulaRow:
    """One row: `left` is a step's name or "" (as above); `expr` in symbols or numbers; `result`: its value ends it.

    `also`: a symbol between the equals sign and the expression.
    """

    left: str
    expr: Expr
    numbers: bool
    result: str = ""
    also: str = ""


def right_side(row: FormulaRow, symbols: Writer[T], numbers: Writer[T]) -> T:
    """Return what stands to the right of a row's first equals sign, in the markup of the writers."""
    right = write(numbers if row.numbers else symbols, row.expr)
    if row.also:
        right = symbols.join(symbols.remark(row.also), "=", right)
    return symbols.join(right, "=", numbers.number(row.result, wrap=False, bold=True)) if row.result else right


def values_in(row: FormulaRow) -> Iterator[str]:
    """Yield the quantities that a row with numbers is calculated from, and its result."""
    if row.numbers or row.result:
        yield from references(row.expr)
    if row.result:
        yield row.result


def formula_rows(program: Program, shown: Shown) -> Iterator[FormulaRow]:
    """Yield the rows of one formula: each form in symbols, then the numbers and the result of the last form.

    Where the expression is a single name, its symbol and its value share a row.
    """
    expr: Expr = Ref(shown.step)
    forms = list(_forms(program, shown))
    for k, whole in enumerate(forms):
        expr = shortened(tidied(whole), shown.most)
        beside = shown.numbers == "beside" or (isinstance(expr, Ref) and shown.numbers == "below")
        result = shown.step if beside and k == len(forms) - 1 else ""
        yield FormulaRow("" if k else shown.step, expr, numbers=False, result=result, also="" if k else shown.also)
    if shown.numbers == "below" and not isinstance(expr, Ref) and any(references(expr)):
        yield FormulaRow("", expr, numbers=True, result=shown.step)


def _forms(program: Program, shown: Shown) -> Iterator[Expr]:
    """The step's expression in each of its forms."""
    whole = _expr(program, shown.step, shown.instead)
    for form in shown.forms:
        yield (last := _written_out(program, whole, form, shown.instead))
    if shown.spelled:
        yield spelled(last, shown.spelled)


def _expr(program: Program, name: str, instead: Mapping[str, Expr]) -> Expr:
    if name in instead:
        return instead[name]
    step = program[name]
    if not isinstance(step, Step):
        raise KeyError(f"{name!r} is given, it has no formula")
    return step.expr


def _written_out(program: Program, expr: Expr, names: frozenset[str], instead: Mapping[str, Expr]) -> Expr:
    """Return `expr` with the steps in `names` replaced by their own expressions, again and again."""
    while found := names.intersection(references(expr)):
        expr = substitute(expr, {name: _expr(program, name, instead) for name in found})
    return expr
