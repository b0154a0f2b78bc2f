"""Expressions: shortening keeps values, derivatives are right, and what is no number is refused."""

import dataclasses
import math
from decimal import Decimal
from fractions import Fraction

import numpy as np
import oracles
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import is_ordinary, points, trees

import bpviz
from bpviz.algebra.expr import Apply, Const, Expr, Ref, apply, as_expr
from bpviz.algebra.lists import operation
from bpviz.algebra.ops import OPS
from bpviz.algebra.traversal import references

X, Y = Ref("x1"), Ref("x2")


def shortened(expr):
    """The same tree built by `apply`, bottom up, so that every rule has its chance."""
    return apply(expr.op, *(shortened(a) for a in expr.args)) if isinstance(expr, Apply) else expr


def size(expr):
    return 1 + sum(size(a) for a in getattr(expr, "args", ()))


@given(tree=trees(), values=points())
def test_shortening_keeps_the_value(tree, values):
    assume(is_ordinary(tree, values))
    short = shortened(tree)
    assert float(oracles.evaluate(short, values)) == pytest.approx(
        float(oracles.evaluate(tree, values)), rel=1e-9, abs=1e-9
    )
    assert size(short) <= size(tree)
    assert set(references(short)) <= set(references(tree))


@pytest.mark.parametrize(
    ("long", "short"),
    [
        (lambda: X + 0, X),
        (lambda: 0.0 + X, X),
        (lambda: X - 0, X),
        (lambda: 0 - X, Apply("neg", (X,))),
        (lambda: 1 * X, X),
        (lambda: X * 1, X),
        (lambda: 0 * X, Const(0.0)),
        (lambda: X * 0, Const(0.0)),
        (lambda: -1 * X, Apply("neg", (X,))),
        (lambda: apply("neg", -X), X),
        (lambda: X / 1, X),
        (lambda: X**1, X),
        (lambda: X**2, Apply("square", (X,))),
        (lambda: 2 * (3 * X), Apply("mul", (Const(6.0), X))),
        (lambda: 2 * -X, Apply("mul", (Const(-2.0), X))),
        (lambda: -(0.5 * X), Apply("mul", (Const(-0.5), X))),
        (lambda: apply("exp", 0), Const(1.0)),
        (lambda: 3 - as_expr(5), Const(-2.0)),
        (lambda: 6 / as_expr(4), Const(1.5)),
    ],
)
def test_each_rule_once(long, short):
    assert long() == short


@pytest.mark.parametrize(
    ("expr", "shape"),
    [
        (X + Y, ("add", X, Y)),
        (X - Y, ("sub", X, Y)),
        (X * Y, ("mul", X, Y)),
        (X / Y, ("div", X, Y)),
        (X**Y, ("pow", X, Y)),
        (2 - X, ("sub", Const(2.0), X)),
        (2 / X, ("div", Const(2.0), X)),
    ],
)
def test_operands_keep_their_order(expr, shape):
    assert (expr.op, *expr.args) == shape


@pytest.mark.parametrize("op", ["log", "reciprocal"])
def test_what_has_no_finite_value_is_not_folded(op):
    assert apply(op, 0) == Apply(op, (Const(0.0),))


@pytest.mark.parametrize(("outer", "inner"), [(1e200, 1e200), (1e-200, 1e-200), (-1e300, 1e10)])
def test_constants_too_large_or_too_small_to_join_stay_apart(outer, inner):
    for x in (1e-150, 1e150):
        both = float(oracles.evaluate(outer * (inner * X), {"x1": x}))
        assert both == float(oracles.evaluate(Apply("mul", (Const(outer), Apply("mul", (Const(inner), X)))), {"x1": x}))


@pytest.mark.parametrize("what", [True, False, None, "1", b"1", [1.0], (1,), {}, 1j, Decimal(1), np.ones(()), object()])
def test_what_is_no_number_is_refused(what):
    for attempt in (lambda: X + what, lambda: what * X, lambda: X**what, lambda: as_expr(what)):
        with pytest.raises(TypeError):
            attempt()


def test_the_refusal_shows_the_culprit():
    with pytest.raises(TypeError, match=r"cannot use 'w1' in an expression: give a number or an expression"):
        X + "w1"


@pytest.mark.parametrize("what", [math.nan, math.inf, -math.inf, np.float64("nan"), 10**400, np.longdouble("1e400")])
def test_constants_are_finite(what):
    with pytest.raises(ValueError, match="a constant in an expression must be finite, not"):
        X * what


@pytest.mark.parametrize("what", [2, 2.0, np.float64(2), np.float32(2), np.int64(2), Fraction(2)])
def test_every_real_number_becomes_a_plain_float(what):
    constant = as_expr(what)
    assert constant == Const(2.0)
    assert type(constant.value) is float
    assert what * X == Apply("mul", (Const(2.0), X))


@pytest.mark.parametrize("array", [np.ones(2), np.ones((2, 2)), np.array([1, 2])])
def test_an_array_times_an_expression_is_refused(array):
    for attempt in (lambda: array * X, lambda: X * array, lambda: array + X, lambda: array / X):
        with pytest.raises(TypeError):
            attempt()


def test_wrong_number_of_arguments():
    with pytest.raises(TypeError, match=r"exp takes 1 argument\(s\), got 2"):
        apply("exp", X, Y)
    with pytest.raises(TypeError, match=r"add takes 2 argument\(s\), got 1"):
        apply("add", X)


def test_expressions_are_frozen_values():
    assert Ref("x1") * Ref("x2") + 1 == X * Y + 1
    assert hash(X * Y) == hash(Ref("x1") * Ref("x2"))
    for part, field in ((X, "name"), (Const(1.0), "value"), (X + Y, "op")):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(part, field, "other")


@pytest.mark.parametrize("name", [name for name, op in OPS.items() if op.arity == 1 and hasattr(bpviz, name)])
@given(numbers=st.lists(st.floats(-50, 50), min_size=1, max_size=5))
def test_operations_work_on_floats_arrays_and_expressions(name, numbers):
    call = getattr(bpviz, name)
    assert call(X) == Apply(name, (X,))
    on_array = call(np.array(numbers))
    assert on_array.dtype == np.float64
    assert np.array_equal(call(list(numbers)), on_array, equal_nan=True)
    for x, y in zip(numbers, on_array, strict=True):
        alone = call(x)
        expected = float(oracles.evaluate(Apply(name, (X,)), {"x1": x}))
        assert type(alone) is float
        assert alone == pytest.approx(expected, rel=1e-15, nan_ok=True)
        assert y == pytest.approx(expected, rel=1e-15, nan_ok=True)


def test_operations_of_two_arguments_broadcast():
    assert bpviz.max(2, 3) == 3.0
    assert bpviz.min([1, 5], 3).tolist() == [1.0, 3.0]
    assert bpviz.max(X, 0) == Apply("max", (X, Const(0.0)))
    assert bpviz.min(0, X) == Apply("min", (Const(0.0), X))
    assert abs(X) == bpviz.abs(X) == Apply("abs", (X,))
    assert Apply("pow", (Const(2.0), X)) == 2**X
    with pytest.raises(TypeError, match=r"max takes 2 argument\(s\), got 3"):
        bpviz.max(1, 2, 3)


@pytest.mark.parametrize("name", ["max", "min", "abs", "sin"])
def test_names_of_builtins_stay_out_of_a_star_import(name):
    assert (name in bpviz.__all__) == (name == "sin")


@pytest.mark.parametrize(("x", "softplus", "leaky"), [(-1e3, 0.0, -10.0), (1e3, 1e3, 1e3)])
def test_operations_are_stable_far_out(x, softplus, leaky):
    assert (bpviz.softplus(x), bpviz.leaky_relu(x)) == (softplus, leaky)
    assert bpviz.sigmoid(x) == (x > 0)
    assert bpviz.tanh(x) == math.copysign(1, x)


def test_operations_carry_their_name_and_take_integers():
    assert operation("sigmoid").__name__ == "sigmoid"
    assert bpviz.exp(0) == 1.0
    assert bpviz.sigmoid([[0, 0]]).tolist() == [[0.5, 0.5]]
    assert bpviz.log(0) == -math.inf


@pytest.mark.parametrize("what", [None, "0.5", True, np.True_, 1j, {}, [None], ["1"], [True, 1.0], np.array([True])])
def test_operations_refuse_what_is_no_number(what):
    with pytest.raises(TypeError, match="the argument of sigmoid must"):
        bpviz.sigmoid(what)


def test_operations_take_what_is_a_value():
    assert bpviz.sigmoid(math.inf) == 1.0
    assert math.isnan(bpviz.sigmoid(math.nan))
    assert bpviz.relu(Fraction(1, 2)) == 0.5
    assert bpviz.relu([Fraction(1, 2), -math.inf]).tolist() == [0.5, 0.0]


def test_every_expression_operator_is_in_the_table():
    assert {"add", "sub", "mul", "div", "pow", "neg"} <= set(OPS)
    assert isinstance(-X, Expr)
