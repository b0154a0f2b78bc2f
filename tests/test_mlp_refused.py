"""What is no network in matrix form, and data that does not fit one: refused with the choices or with both shapes."""

import copy

import numpy as np
import pytest

import bpviz


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"sizes": [3]}, "sizes must list two or more layers"),
        ({"sizes": 3}, "sizes must list two or more layers"),
        ({"sizes": [3, 0, 2]}, r"sizes\[1\] must be from 1 to 1,000,000, not 0"),
        ({"sizes": [3, 1]}, "softmax of one output is always 1: it needs two classes or more"),
        ({"hidden": "softmax"}, "hidden must be one of sigmoid, tanh, relu, leaky_relu, softplus, identity, not 'soft"),
        ({"output": "step"}, "output must be one of .*softmax, not 'step'"),
        ({"loss": "mse"}, "loss must be one of half_squared_error, .*, not 'mse'"),
        (
            {"output": "tanh", "loss": "cross_entropy"},
            "cross_entropy stands after softmax, not after tanh; there:",
        ),
        ({"loss": "binary_cross_entropy"}, "stands after sigmoid, not after softmax; there: .*, cross_entropy$"),
        ({"init": "glorot"}, "init must be one of xavier, he, normal_001, zeros, not 'glorot'"),
        ({"dtype": "int8"}, "dtype must be one of float64, float32, not 'int8'"),
        ({"seed": -1}, "the seed must be from 0 to"),
    ],
)
def test_what_is_no_network_is_refused_with_the_choices(settings, words):
    with pytest.raises(ValueError, match=words):
        bpviz.MLP(**{"sizes": [3, 4, 2], **settings})


GOOD_X, GOOD_Y = np.random.default_rng(3).normal(size=(6, 3)), np.array([0, 1, 2, 1, 0, 2])
HOLE = np.where(np.arange(18).reshape(6, 3) == 7, np.nan, GOOD_X)
BAD_DATA = [
    (GOOD_X[0], [0], r"X must have shape \(batch, 3\), not \(3,\); one row is X\[None\]"),
    (GOOD_X[:, :2], GOOD_Y, r"X must have shape \(batch, 3\), not \(6, 2\)"),
    (GOOD_X[:0], GOOD_Y[:0], r"X must have at least one row: shape \(batch, 3\), not \(0, 3\)"),
    (GOOD_X, GOOD_Y[:5], r"y must have shape \(6,\) or \(6, 3\) beside 6 rows, not \(5,\)"),
    (GOOD_X, np.eye(4)[GOOD_Y], r"y must have shape \(6,\) or \(6, 3\) beside 6 rows, not \(6, 4\)"),
    (GOOD_X, GOOD_Y[:, None], r"not \(6, 1\)"),
    (GOOD_X, GOOD_Y + 1, r"y of shape \(6,\) must hold classes from 0 to 2, but y\[2\] is 3; .* have shape \(6, 3\)"),
    (GOOD_X, GOOD_Y - 1, r"but y\[0\] is -1"),
    (GOOD_X, [0, 1, 3, 1, 0, 2], r"but y\[2\] is 3;"),
    (GOOD_X, GOOD_Y + 0.5, r"but y\[0\] is 0.5"),
    (GOOD_X, np.where(GOOD_Y == 1, np.nan, 0), r"but y\[1\] is nan"),
    (HOLE, GOOD_Y, r"X must hold finite numbers of type float64, but X\[2, 1\] is nan \(shape \(6, 3\)\)"),
    (GOOD_X * np.inf, GOOD_Y, r"but X\[0, 0\] is -?inf"),
    (GOOD_X, np.full((6, 3), np.nan), r"y must hold finite numbers .*, but y\[0, 0\] is nan"),
    (GOOD_X, np.full((6, 3), 0.5), r"targets that add up to 1, but y\[0\] adds up to 1.5"),
    (GOOD_X, np.eye(3)[GOOD_Y] * 3 - 1, r"cross_entropy needs targets from 0 to 1, but y\[0, 0\] is 2"),
    ("abc", GOOD_Y, "X must be an array of numbers, not 'abc'"),
    (GOOD_X, [[True, False, False]] * 6, "y must hold real numbers"),
    (GOOD_X.astype(complex), GOOD_Y, "X must hold real numbers, not complex128"),
    ([[1, 2, 3], [1, 2]], GOOD_Y, "X must be a number or an array with rows of equal length"),
    (None, GOOD_Y, "X must be an array of numbers, not None"),
]


@pytest.mark.parametrize(("X", "y", "words"), BAD_DATA)
def test_bad_data_is_refused_with_both_shapes_and_changes_nothing(X, y, words):
    net = bpviz.MLP([3, 4, 3])
    before = copy.deepcopy(net)
    for ask in (net.loss_and_gradients, net.numeric_gradients, net.fit):
        with pytest.raises((ValueError, TypeError), match=words):
            ask(X, y)
    with pytest.raises((ValueError, TypeError), match="validation"):
        net.fit(GOOD_X, GOOD_Y, validation=(X, y))
    assert net.fit(GOOD_X, GOOD_Y, 3, 2).losses.tolist() == before.fit(GOOD_X, GOOD_Y, 3, 2).losses.tolist()


def test_numbers_too_large_for_float32_are_refused():
    with pytest.raises(ValueError, match=r"X must hold finite numbers of type float32, but X\[0, 1\] is 1e\+39"):
        bpviz.MLP([2, 2], dtype="float32").predict([[1.0, 1e39]])


def test_a_spoilt_network_is_refused_with_both_shapes():
    net = bpviz.MLP([3, 4, 2])
    net.weights[1] = np.zeros((4, 2))
    with pytest.raises(ValueError, match=r"weights\[1\] must be an array of float64 of shape \(2, 4\), not float64"):
        net.predict(GOOD_X)
    net.weights[1] = np.zeros((2, 4), "float32")
    with pytest.raises(ValueError, match=r"of float64 of shape \(2, 4\), not float32 \(2, 4\)"):
        net.predict(GOOD_X)
    net.weights.pop()
    with pytest.raises(ValueError, match="weights must be 2 arrays, not 1"):
        net.predict(GOOD_X)
