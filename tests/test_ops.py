"""Every operation says the same thing on floats, on arrays and as an expression, and its derivative rule is right."""

import math
import sys

import numpy as np
import oracles
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import SMOOTH, any_floats

from bpviz.algebra.expr import Apply, Ref
from bpviz.algebra.ops import OPS, op_named
from bpviz.algebra.tape import flatten
from bpviz.algebra.traversal import partial
from bpviz.writing.formula import _FORMS

NAMES = ("x1", "x2")
INF, NAN = math.inf, math.nan


def tree(name):
    return Apply(name, tuple(Ref(n) for n in NAMES[: OPS[name].arity]))


def tape(name):
    return flatten(NAMES, [("y", tree(name))])


def same(a, b, ulps=4):
    """Equal to the last digits; nan equals nan; zeros have the same sign, for 1/0 must find the same infinity."""
    if math.isnan(a) or math.isnan(b):
        return math.isnan(a) and math.isnan(b)
    if a == b:
        return math.copysign(1, a) == math.copysign(1, b)
    return abs(a - b) <= ulps * max(np.spacing(abs(a)), np.spacing(abs(b))) if math.isfinite(a - b) else False


def test_every_operation_has_a_second_opinion():
    assert set(OPS) == set(oracles.FUNCTIONS) == set(oracles.DERIVATIVES)
    for op in OPS.values():
        assert op.arity == len(op.partials)
        assert op.form in _FORMS


@pytest.mark.parametrize("name", OPS)
@given(a=any_floats, b=any_floats)
def test_floats_arrays_and_oracle_agree_even_on_inf_and_nan(name, a, b):
    compiled = tape(name)
    on_floats = compiled.run([a, b])[-1]
    on_arrays = compiled.run([np.array([a, a]), np.array([b, b])])[-1]
    expected = float(oracles.evaluate(tree(name), {"x1": a, "x2": b}))
    assert type(on_floats) is float
    assert same(on_floats, expected), f"{name}({a}, {b}): floats {on_floats}, oracle {expected}"
    for element in on_arrays:
        assert same(on_floats, float(element)), f"{name}({a}, {b}): floats {on_floats}, arrays {element}"


@pytest.mark.parametrize(
    ("name", "arguments", "expected"),
    [
        ("exp", (710.0,), INF),
        ("exp", (-746.0,), 0.0),
        ("sigmoid", (-1e5,), 0.0),
        ("sigmoid", (-INF,), 0.0),
        ("sigmoid", (NAN,), NAN),
        ("sigmoid", (math.nextafter(-math.log(sys.float_info.max), -INF),), 0.0),
        ("sigmoid", (1e5,), 1.0),
        ("div", (1.0, 0.0), INF),
        ("div", (1.0, -0.0), -INF),
        ("div", (0.0, 0.0), NAN),
        ("reciprocal", (-0.0,), -INF),
        ("log", (0.0,), -INF),
        ("log", (-1.0,), NAN),
        ("sqrt", (-1.0,), NAN),
        ("sin", (INF,), NAN),
        ("pow", (-8.0, 1 / 3), NAN),
        ("pow", (0.0, -1.0), INF),
        ("pow", (10.0, 400.0), INF),
        ("pow", (NAN, 0.0), 1.0),
        ("square", (1e200,), INF),
        ("relu", (-0.0,), 0.0),
        ("relu", (0.0,), 0.0),
        ("relu", (NAN,), NAN),
        ("relu", (INF,), INF),
        ("relu", (-INF,), 0.0),
        ("max", (NAN, 1.0), NAN),
        ("max", (1.0, NAN), NAN),
        ("max", (0.0, -0.0), -0.0),
        ("max", (-INF, INF), INF),
        ("min", (1.0, NAN), NAN),
        ("min", (-0.0, 0.0), 0.0),
        ("softplus", (-1e3,), 0.0),
        ("softplus", (1e3,), 1e3),
        ("softplus", (NAN,), NAN),
        ("softplus", (-INF,), 0.0),
        ("leaky_relu", (-INF,), -INF),
        ("leaky_relu", (NAN,), NAN),
        ("abs", (-0.0,), 0.0),
        ("step", (0.0,), 0.0),
        ("step", (NAN,), 0.0),
        ("step", (INF,), 1.0),
        ("step", (5e-324,), 1.0),
    ],
)
def test_corners(name, arguments, expected):
    values = [*arguments, 0.0][:2]
    assert same(tape(name).run(values)[-1], expected, ulps=0)
    assert same(float(tape(name).run([np.array(values[0]), values[1]])[-1]), expected, ulps=0)


@pytest.mark.parametrize("x", [-1e308, -1e5, -709.8, math.nextafter(-math.log(sys.float_info.max), -INF)])
def test_a_shut_sigmoid_stays_in_the_compiled_code(x):
    assert tape("sigmoid").floats(x, 0.0)[-1] == 0.0


def test_a_sigmoid_is_more_than_0_as_far_as_exp_goes():
    edge = -math.log(sys.float_info.max)
    assert 0.0 < tape("sigmoid").floats(edge, 0.0)[-1] == float(OPS["sigmoid"].array(np.float64(edge))) < 1e-307


@pytest.mark.parametrize("name", SMOOTH)
@given(a=st.floats(-3, 3), b=st.floats(-3, 3))
def test_derivative_rules_against_complex_step(name, a, b):
    values = dict(zip(NAMES, (a, b), strict=True))
    expr = tree(name)
    # stay clear of poles, and of the branch cut where the base of a power is not positive
    assume(name != "pow" or a > 0.01)
    assume(name not in ("log", "sqrt") or a > 0.01)
    assume(name != "reciprocal" or abs(a) > 0.01)
    assume(name != "div" or abs(b) > 0.01)
    for variable in NAMES[: OPS[name].arity]:
        derived = float(oracles.evaluate(partial(expr, variable, expr), values))
        assert derived == pytest.approx(oracles.complex_step(expr, values, variable), rel=1e-11, abs=1e-12)


@given(a=st.floats(-3, 3))
def test_derivatives_of_relu_and_step_away_from_their_corner(a):
    assume(abs(a) > 1e-3)
    relu, step = tree("relu"), tree("step")
    slope = oracles.central_difference(lambda x: float(oracles.evaluate(relu, {"x1": x})), a)
    assert float(oracles.evaluate(partial(relu, "x1", relu), {"x1": a})) == pytest.approx(slope, abs=1e-8)
    assert float(oracles.evaluate(partial(step, "x1", step), {"x1": a})) == 0.0


@pytest.mark.parametrize("name", ["max", "min", "leaky_relu", "abs"])
@given(a=st.floats(-3, 3), b=st.floats(-3, 3))
def test_derivatives_of_what_has_a_corner_away_from_it(name, a, b):
    assume(abs(a) > 1e-3)
    assume(abs(a - b) > 1e-3)
    expr, values = tree(name), {"x1": a, "x2": b}
    for variable in NAMES[: OPS[name].arity]:
        slope = oracles.central_difference(
            lambda x, v=variable: float(oracles.evaluate(expr, {**values, v: x})), values[variable]
        )
        assert float(oracles.evaluate(partial(expr, variable, expr), values)) == pytest.approx(slope, abs=1e-8)


@pytest.mark.parametrize("name", ["max", "min"])
def test_at_a_tie_the_second_takes_all(name):
    expr, values = tree(name), {"x1": 2.0, "x2": 2.0}
    slopes = [float(oracles.evaluate(partial(expr, v, expr), values)) for v in NAMES]
    assert slopes == [0.0, 1.0]
    twice = Apply(name, (Ref("x1"), Ref("x1")))
    assert float(oracles.evaluate(partial(twice, "x1", twice), values)) == 1.0


def test_relu_has_slope_0_in_its_corner():
    relu = tree("relu")
    for zero in (0.0, -0.0):
        assert float(oracles.evaluate(partial(relu, "x1", relu), {"x1": zero})) == 0.0


def test_unknown_operation_names_the_choices():
    with pytest.raises(KeyError, match=r"no operation 'sinus'; operations are add, sub, .*relu, softplus, abs, step"):
        op_named("sinus")
