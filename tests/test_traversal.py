"""Walks through expressions: partial derivatives against complex steps, names, substitution."""

import math

import oracles
import pytest
from hypothesis import assume, given
from strategies import SMOOTH, is_ordinary, points, trees

from bpviz.algebra.expr import Apply, Const, Ref, apply
from bpviz.algebra.traversal import partial, references, substitute

X, Y = Ref("x1"), Ref("x2")


@given(tree=trees(SMOOTH), values=points())
def test_partial_against_complex_step(tree, values):
    assume(is_ordinary(tree, values, most=100))
    for name in values:
        derivative = partial(tree, name, tree)
        # near a pole or on a branch cut neither way has a meaning
        assume(is_ordinary(derivative, values, most=1e4))
        expected = oracles.complex_step(tree, values, name)
        assume(math.isfinite(expected))
        assume(_real_on_the_way(tree, values))
        assert float(oracles.evaluate(derivative, values)) == pytest.approx(expected, rel=1e-7, abs=1e-7)


def _real_on_the_way(tree, values):
    """No negative number under a root, in a logarithm or as the base of a power: there the complex answer differs."""
    if not isinstance(tree, Apply):
        return True
    if tree.op in ("sqrt", "log", "pow") and float(oracles.evaluate(tree.args[0], values)) < 1e-6:
        return False
    return all(_real_on_the_way(a, values) for a in tree.args)


def test_partial_reads_the_result_by_its_name():
    out, net = Ref("out"), Ref("net")
    assert partial(apply("sigmoid", net), "net", out) == out * (1.0 - out)
    assert partial(net, "net", out) == Const(1.0)
    assert partial(net, "other", out) == Const(0.0)


def test_partial_of_half_a_square_is_the_bare_difference():
    values = {"x1": 0.01, "x2": 0.75}
    slope = partial(0.5 * apply("square", X - Y), "x2", Ref("E"))
    assert float(oracles.evaluate(slope, values)) == pytest.approx(0.74)
    assert slope == Apply("neg", (X - Y,))


def test_references_and_substitute():
    expr = X * (Y + X)
    assert list(references(expr)) == ["x1", "x2", "x1"]
    assert substitute(expr, {"x1": Const(0.0)}) == Apply("mul", (Const(0.0), Apply("add", (Y, Const(0.0)))))
    assert expr == X * (Y + X)
