"""The note on rounding: each shown number is right to half of its last digit, and what is worked out from them fits."""

import itertools
import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import givens_of_case2

import bpviz
from bpviz.algebra.expr import Const, Ref
from bpviz.algebra.ops import OPS
from bpviz.ground.numbers import MINUS, format_number
from bpviz.ground.words import words
from bpviz.writing.shown import formula_rows

SUPERSCRIPTS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
DUST = Fraction(1, 10**12)
EXAMPLES = {"case2": bpviz.case2(), "case1": bpviz.case1("exact"), "tanh": bpviz.case2(activation="tanh")}
ROWS = {
    name: [(beat.id, row) for beat in ex.beats for shown in beat.formulas for row in formula_rows(ex.program, shown)]
    for name, ex in EXAMPLES.items()
}
FUNCTIONS = {
    "exp": math.exp,
    "sigmoid": lambda x: 1 / (1 + math.exp(-x)),
    "tanh": math.tanh,
    "square": lambda x: x * x,
    "neg": lambda x: -x,
    "relu": lambda x: max(x, 0.0),
}
PAIRS = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "div": lambda a, b: a / b,
}


def shown_within(text: str) -> tuple[float, float]:
    """The numbers that may stand behind one that is shown: within half of its last digit."""
    mantissa, _, exponent = text.strip("()").replace(MINUS, "-").partition("×10")
    power = int(exponent.translate(SUPERSCRIPTS)) if exponent else 0
    number = Fraction(mantissa) * Fraction(10) ** power
    half = Fraction(10) ** (power - len(mantissa.partition(".")[2])) / 2
    return number - half, number + half


def worked_out(expr, trace) -> tuple[float, float]:
    """Where the result of a formula must lie, by what is shown of the numbers in it."""
    if isinstance(expr, Const):
        return expr.value, expr.value
    if isinstance(expr, Ref):
        return tuple(map(float, shown_within(format_number(trace[expr.name]))))
    sides = [worked_out(arg, trace) for arg in expr.args]
    if expr.op in FUNCTIONS:
        low, high = sides[0]
        found = [FUNCTIONS[expr.op](x) for x in (low, high, *([0.0] if low < 0 < high else []))]
    else:
        found = [PAIRS[expr.op](a, b) for a, b in itertools.product(*sides)]
    slack = 1e-12 * max(1.0, *map(abs, found))
    return min(found) - slack, max(found) + slack


@given(x=st.floats(allow_nan=False, allow_infinity=False, max_value=1.79e308, min_value=-1.79e308))
def test_each_number_is_right_to_half_of_its_last_digit(x):
    low, high = shown_within(format_number(x))
    assert low - DUST <= Fraction(x) <= high + DUST


def test_an_example_of_what_the_note_is_for():
    """0.0364 · 0.2413 is 0.0088, not 0.008771; the bounds of the two factors allow it."""
    trace = EXAMPLES["case2"].run()
    assert [format_number(trace[n]) for n in ("dE_dout_h1", "dout_dnet_h1", "delta_h1")] == [
        "0.0364",
        "0.2413",
        "0.008771",
    ]
    low, high = worked_out(EXAMPLES["case2"].program["delta_h1"].expr, trace)
    assert low < 0.008771 < high
    assert not low < 0.0089 < high


@pytest.mark.parametrize("name", ["case2", "tanh"])
@given(givens=givens_of_case2)
@settings(max_examples=40)
def test_what_is_shown_adds_up_within_what_the_note_says(name, givens):
    check_rows(name, givens)


@given(seed=st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_what_case_1_shows_adds_up_too(seed):
    program = EXAMPLES["case1"].program
    check_rows("case1", {g.name: seed.uniform(g.low, g.high) for g in program.givens})


def check_rows(name: str, givens: dict[str, float]) -> None:
    trace = EXAMPLES[name].run(**givens)
    compared = 0
    for beat, row in ROWS[name]:
        if not row.numbers:
            continue
        low, high = worked_out(row.expr, trace)
        least, most = map(float, shown_within(format_number(trace[row.result])))
        assert max(low, least) <= min(high, most), f"{beat}: {low}..{high} is not {format_number(trace[row.result])}"
        compared += 1
    assert compared > 10


def test_the_note_says_so_and_every_operation_is_known():
    assert "at most half a unit of its last digit" in words()["player.rounded"]
    used = {e.op for name in EXAMPLES for s in EXAMPLES[name].program.steps for e in _parts(s.expr)}
    assert used <= set(FUNCTIONS) | set(PAIRS) <= set(OPS)


def _parts(expr):
    if not isinstance(expr, Const | Ref):
        yield expr
        for arg in expr.args:
            yield from _parts(arg)
