"""A learner's layer is checked: right layers pass, and every slip that people make is told by its name."""

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from strategies import far_from_0

import bpviz
from bpviz.ground.words import words


class MulLayer:
    def __init__(self):
        self.x = self.y = None

    def forward(self, x, y):
        self.x, self.y = x, y
        return x * y

    def backward(self, dout):
        return dout * self.y, dout * self.x


class AddLayer:
    def forward(self, x, y):
        return x + y

    def backward(self, dout):
        return dout, dout


class Affine:
    def __init__(self, W, b):
        self.W, self.b = W, b
        self.dW = self.db = None

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, dout):
        self.dW = self.x.T @ dout
        self.db = dout.sum(axis=0)
        return dout @ self.W.T


class Sigmoid:
    def forward(self, x):
        self.x = x
        self.out = 1 / (1 + np.exp(-x))
        return self.out

    def backward(self, dout):
        return dout * self.out * (1 - self.out)


class ReLU:
    def forward(self, x):
        self.mask = x <= 0
        return np.where(self.mask, 0.0, x)

    def backward(self, dout):
        return np.where(self.mask, 0.0, dout)


class SoftmaxWithLoss:
    def forward(self, x, t):
        e = np.exp(x - x.max(axis=-1, keepdims=True))
        self.y, self.t = e / e.sum(axis=-1, keepdims=True), t
        return -np.log(self.y[np.arange(len(t)), t]).mean()

    def backward(self, dout=1):
        dx = self.y.copy()
        dx[np.arange(len(self.t)), self.t] -= 1
        return dx / len(self.t)


def changed(layer, **methods):
    """The layer with other methods."""
    layer.__class__ = type(type(layer).__name__, (type(layer),), methods)
    return layer


ROWS = np.array([[1.0, 2.0, 0.5], [0.3, -1.0, 1.5]])
WEIGHTS = np.array([[0.2, -0.4], [0.7, 0.1], [-0.3, 0.9]])
NUMBERS = (100, 2)
ARRAYS = ([100, 101, 102], [2, 3, 4])
BOTH = pytest.mark.parametrize("inputs", [NUMBERS, ARRAYS], ids=["numbers", "arrays"])


def found(check):
    return {row.name: row.slips for row in check.rows}


@pytest.mark.parametrize(
    ("layer", "inputs"),
    [
        (MulLayer(), NUMBERS),
        (MulLayer(), ARRAYS),
        (AddLayer(), NUMBERS),
        (AddLayer(), ARRAYS),
        (Sigmoid(), (0.5,)),
        (Sigmoid(), (ROWS,)),
        (ReLU(), (ROWS,)),
        (Affine(WEIGHTS, np.zeros(2)), (ROWS,)),
    ],
)
def test_a_right_layer_passes(layer, inputs):
    check = bpviz.check_layer(layer, *inputs)
    assert check.agrees, check
    assert all(np.shape(row.gradient) == np.shape(row.numeric) for row in check.rows)
    assert check.verdict.startswith(f"{type(layer).__name__} is right: d")
    assert {row.factor for row in check.rows} == {None}


def test_a_layers_own_weights_are_checked_and_its_inputs_that_it_keeps_are_not():
    assert list(found(bpviz.check_layer(Affine(WEIGHTS, np.zeros(2)), ROWS))) == ["x", "W", "b"]
    used = Affine(WEIGHTS, np.zeros(2))
    used.forward(2 * ROWS)
    used.backward(np.ones((2, 2)))
    assert list(found(bpviz.check_layer(used, ROWS))) == ["x", "W", "b"]
    assert list(found(bpviz.check_layer(MulLayer(), *NUMBERS))) == ["x", "y"]


def test_an_output_that_a_layer_keeps_is_no_weight():
    def backward(self, dout):
        self.dout = dout
        return Sigmoid.backward(self, dout)

    used = changed(Sigmoid(), backward=backward)
    used.forward(0.5)
    assert found(bpviz.check_layer(used, 0.5)) == {"x": ()}


PRODUCTS = {
    "no_dout": lambda self, dout: (self.y, self.x),
    "dout_twice": lambda self, dout: (dout * dout * self.y, dout * dout * self.x),
    "swapped": lambda self, dout: (dout * self.x, dout * self.y),
    "sign": lambda self, dout: (-dout * self.y, -dout * self.x),
    "only_dout": lambda self, dout: (dout, dout),
    "zero": lambda self, dout: (dout * 0, dout * 0),
    "none": lambda self, dout: (None, None),
    "nan": lambda self, dout: (dout * math.nan, dout * math.nan),
    "factor": lambda self, dout: (3 * dout * self.y, 3 * dout * self.x),
    "other": lambda self, dout: (dout * self.y + dout / 7 * self.y**2, dout * self.x + self.x**3),
}


@BOTH
@pytest.mark.parametrize("slip", PRODUCTS)
def test_every_slip_of_a_product_is_told(slip, inputs):
    layer = changed(MulLayer(), backward=PRODUCTS[slip])
    check = bpviz.check_layer(layer, *inputs)
    expected = "factor" if slip == "other" and inputs is NUMBERS else slip  # of one number any other is a multiple
    assert found(check) == {"x": (expected,), "y": (expected,)}
    assert not check.agrees
    assert check.verdict.startswith("dx, dy: " if expected != "factor" or slip == "factor" else "dx: ")


@BOTH
def test_only_the_wrong_gradient_is_blamed_and_by_its_factor(inputs):
    check = bpviz.check_layer(changed(MulLayer(), backward=lambda s, d: (d * s.y, 2.5 * d * s.x)), *inputs)
    assert found(check) == {"x": (), "y": ("factor",)}
    assert [row.factor for row in check.rows] == [None, 2.5]
    assert check.verdict.startswith("dy: 2.50 times what it should be.")


@BOTH
def test_two_slips_at_once_are_both_told(inputs):
    check = bpviz.check_layer(changed(MulLayer(), backward=lambda s, d: (-s.x, -s.y)), *inputs)
    assert found(check) == {"x": ("swapped", "no_dout", "sign"), "y": ("swapped", "no_dout", "sign")}


@BOTH
def test_the_gradient_of_another_input_is_told(inputs):
    check = bpviz.check_layer(changed(MulLayer(), backward=lambda s, d: (d * s.y, d * s.y)), *inputs)
    assert found(check) == {"x": (), "y": ("swapped",)}


def test_a_difference_with_the_sum_s_gradient_has_a_wrong_sign_and_nothing_swapped():
    layer = changed(AddLayer(), forward=lambda self, x, y: x - y)
    assert found(bpviz.check_layer(layer, 5, 3)) == {"x": (), "y": ("sign",)}


def test_nothing_returned_is_told_for_every_input():
    check = bpviz.check_layer(changed(MulLayer(), backward=lambda s, d: None), *NUMBERS)
    assert found(check) == {"x": ("none",), "y": ("none",)}
    assert "nothing" in repr(check)


def keeps_the_first(self, x, y):
    if self.x is None:
        self.x, self.y = x, y
    return x * y


@BOTH
def test_an_old_input_is_noticed(inputs):
    check = bpviz.check_layer(changed(MulLayer(), forward=keeps_the_first), *inputs)
    assert found(check) == {"x": ("kept",), "y": ("kept",)}


def test_an_old_input_is_noticed_in_a_layer_that_was_used_before():
    layer = changed(MulLayer(), forward=keeps_the_first)
    layer.forward(7, 8)
    assert found(bpviz.check_layer(layer, 3, 4)) == {"x": ("kept",), "y": ("kept",)}
    assert (layer.x, layer.y) == (7, 8)


def test_an_old_mask_is_noticed():
    def forward(self, x):
        self.mask = getattr(self, "mask", x <= 0)
        return np.where(x <= 0, 0.0, x)

    assert found(bpviz.check_layer(changed(ReLU(), forward=forward), ROWS)) == {"x": ("kept",)}


def test_a_constant_factor_is_no_old_input():
    class Triple:
        def forward(self, x):
            return 3 * x

        def backward(self, dout):
            return 2 * dout

    assert found(bpviz.check_layer(Triple(), 5)) == {"x": ("factor",)}


def test_gradients_added_to_those_of_an_earlier_pass_are_noticed():
    def backward(self, dout):
        self.dW = (0 if self.dW is None else self.dW) + self.x.T @ dout
        self.db = dout.sum(axis=0)
        return dout @ self.W.T

    check = bpviz.check_layer(changed(Affine(WEIGHTS, np.zeros(2)), backward=backward), ROWS)
    assert found(check) == {"x": (), "W": ("adds_up",), "b": ()}


AFFINE = {
    "not_summed": ("b", lambda s, d: d),
    "transposed": ("W", lambda s, d: d.T @ s.x),
    "shape": ("b", lambda s, d: d.sum(axis=0, keepdims=True)),
    "mean": ("b", lambda s, d: d.mean(axis=0)),
    "no_dout": ("W", lambda s, d: s.x.T @ np.ones_like(d)),
    "none": ("W", lambda s, d: None),
}


@pytest.mark.parametrize("slip", AFFINE)
def test_every_slip_of_weights_and_biases_is_told(slip):
    name, wrong = AFFINE[slip]

    def backward(self, dout):
        dx = Affine.backward(self, dout)
        setattr(self, f"d{name}", wrong(self, dout))
        return dx

    check = bpviz.check_layer(changed(Affine(WEIGHTS, np.zeros(2)), backward=backward), ROWS)
    assert found(check) == {"x": (), "W": (), "b": ()} | {name: (slip,)}


def test_a_square_matrix_is_told_transposed_too():
    class MatMul:
        def forward(self, x, y):
            self.x, self.y = x, y
            return x @ y

        def backward(self, dout):
            return (dout @ self.y.T).T, self.x.T @ dout

    check = bpviz.check_layer(MatMul(), [[1.0, 2.0], [3.0, 5.0]], [[0.5, -1.0], [2.0, 0.3]])
    assert found(check) == {"x": ("transposed",), "y": ()}


def test_what_was_broadcast_is_summed():
    x, column, one = ROWS, np.array([[2.0], [3.0]]), 4.0
    for other in (column, one):
        check = bpviz.check_layer(MulLayer(), x, other)
        assert found(check) == {"x": (), "y": ("not_summed",)}
        assert f"but y has the shape {np.shape(other)}" in check.verdict


@pytest.mark.parametrize(
    ("slip", "backward"),
    [
        ("out_squared", lambda s, d: d * s.out**2),
        ("net_for_out", lambda s, d: d * s.x * (1 - s.x)),
        ("only_dout", lambda s, d: d),
        ("no_dout", lambda s, d: s.out * (1 - s.out)),
    ],
)
@pytest.mark.parametrize("x", [0.7, ROWS], ids=["number", "array"])
def test_every_slip_of_an_activation_is_told(slip, backward, x):
    assert found(bpviz.check_layer(changed(Sigmoid(), backward=backward), x)) == {"x": (slip,)}


def test_the_slope_of_tanh_at_its_input_is_told():
    layer = changed(Sigmoid(), forward=lambda s, x: (setattr(s, "x", x), np.tanh(x))[1])
    layer.__class__.backward = lambda s, d: d * (1 - s.x**2)
    assert found(bpviz.check_layer(layer, 0.7)) == {"x": ("net_for_out",)}


def test_a_loss_may_leave_out_dout_where_it_is_1():
    scores, labels = [[1, 2, 0.5], [0, 1, 1]], [0, 1]
    check = bpviz.check_layer(SoftmaxWithLoss(), scores, labels=labels)
    assert check.agrees
    assert check.notes == ("last_layer",)
    published = [[-0.38438805, 0.31426586, 0.07012219], [0.0776812, -0.2888406, 0.2111594]]
    assert np.allclose(check.rows[0].gradient, published, atol=5e-9)
    assert np.allclose(check.rows[0].numeric, published, atol=1e-8)
    no_mean = changed(SoftmaxWithLoss(), backward=lambda s, dout=1: dout * len(s.t) * SoftmaxWithLoss.backward(s))
    assert found(bpviz.check_layer(no_mean, scores, labels=labels)) == {"x": ("not_mean",)}
    needs = changed(SoftmaxWithLoss(), backward=lambda s, dout: SoftmaxWithLoss.backward(s))
    assert found(bpviz.check_layer(needs, scores, labels=labels)) == {"x": ("no_dout",)}
    uses = changed(SoftmaxWithLoss(), backward=lambda s, dout=1: dout * SoftmaxWithLoss.backward(s))
    assert bpviz.check_layer(uses, scores, labels=labels).notes == ()


def test_at_a_kink_nothing_is_told():
    check = bpviz.check_layer(ReLU(), [0.0, 1.0, -1.0])
    assert check.agrees
    assert [row.kinks for row in check.rows] == [1]
    assert "1 of the numbers in x" in check.verdict
    assert not bpviz.check_layer(changed(ReLU(), backward=lambda s, d: 2 * d), [0.0, 1.0, -1.0]).agrees


def test_a_small_slope_on_a_curve_is_no_kink():
    class Parabola:
        def forward(self, x):
            self.x = x
            return (x - 1) * (x - 1)

        def backward(self, dout):
            return 2 * (self.x - 1)

    (row,) = bpviz.check_layer(Parabola(), 1.001).rows
    assert (row.slips, row.kinks) == (("no_dout",), 0)


def test_a_layer_that_changes_its_input_is_reported():
    def forward(self, x):
        self.mask = x <= 0
        x[self.mask] = 0
        return x

    mine = ROWS.copy()
    check = bpviz.check_layer(changed(ReLU(), forward=forward), mine)
    assert found(check) == {"x": ("changed",)}
    assert np.array_equal(mine, ROWS)


def test_a_backward_that_changes_dout_is_right_with_a_warning():
    def backward(self, dout):
        dout[self.mask] = 0
        return dout

    check = bpviz.check_layer(changed(ReLU(), backward=backward), ROWS)
    assert check.agrees
    assert "backward changes the array dout" in check.verdict


def test_layer_and_inputs_stay_as_they_are():
    layer, x = Affine(WEIGHTS.copy(), np.zeros(2)), ROWS.copy()
    bpviz.check_layer(layer, x)
    assert np.array_equal(layer.W, WEIGHTS)
    assert layer.dW is None
    assert not hasattr(layer, "x")
    assert np.array_equal(x, ROWS)


def test_inputs_that_bear_no_other_sign_are_no_trouble():
    class Log:
        def forward(self, x):
            if np.any(x <= 0):
                raise ValueError("no logarithm")
            self.x = x
            return np.log(x)

        def backward(self, dout):
            return dout / self.x

    assert bpviz.check_layer(Log(), [0.01, 1.0, 50.0]).agrees
    assert bpviz.check_layer(Log(), 0.001).agrees


class Star:
    def forward(self, *values):
        return math.prod(values)

    def backward(self, dout):
        return 0, 0, 0


def test_inputs_behind_a_star_are_numbered():
    assert list(found(bpviz.check_layer(Star(), 2, 3, 4))) == ["values_1", "values_2", "values_3"]


def unsteady(self, x, y):
    self.calls = getattr(self, "calls", 0) + 1
    return x * y + self.calls


class Slotted:
    __slots__ = ("x",)

    def forward(self, x):
        self.x = x
        return x * x

    def backward(self, dout):
        return 2 * dout * self.x


def test_a_layer_with_slots_is_checked():
    assert bpviz.check_layer(Slotted(), 3).agrees


class Uncopied(MulLayer):
    def __deepcopy__(self, memo):
        raise RuntimeError("only one")


@pytest.mark.parametrize(
    ("attempt", "error", "message"),
    [
        (lambda: bpviz.check_layer(MulLayer, 1, 2), TypeError, r"an object, not a class: MulLayer\(\) instead of"),
        (lambda: bpviz.check_layer(3, 1, 2), TypeError, "3 has no method 'forward'"),
        (lambda: bpviz.check_layer(changed(AddLayer(), backward=None), 1, 2), TypeError, "no method 'backward'"),
        (lambda: bpviz.check_layer(MulLayer()), ValueError, "needs the inputs of forward"),
        (
            lambda: bpviz.check_layer(MulLayer(), 1, 2, 3),
            ValueError,
            "forward takes 2 inputs: x, y; 3 were handed over",
        ),
        (lambda: bpviz.check_layer(MulLayer(), 1, "2"), TypeError, "the input y must be a number"),
        (lambda: bpviz.check_layer(MulLayer(), None, 2), TypeError, "the input x must be a number"),
        (lambda: bpviz.check_layer(MulLayer(), math.nan, 2), ValueError, "the input x must be finite, not nan"),
        (lambda: bpviz.check_layer(MulLayer(), [1, math.inf], 2), ValueError, "the input x must be finite"),
        (lambda: bpviz.check_layer(MulLayer(), [], 2), ValueError, "the input x must hold at least one number"),
        (lambda: bpviz.check_layer(MulLayer(), np.zeros(10_001), 2), ValueError, "x holds 10,001 numbers"),
        (
            lambda: bpviz.check_layer(changed(MulLayer(), backward=lambda s, d: d), 1, 2),
            ValueError,
            "backward returned 1 gradient, but forward has 2 inputs: x, y; return one for each, as a tuple",
        ),
        (
            lambda: bpviz.check_layer(changed(MulLayer(), backward=lambda s, d: (d, d, d)), 1, 2),
            ValueError,
            "backward returned 3 gradients",
        ),
        (
            lambda: bpviz.check_layer(changed(MulLayer(), backward=lambda s, d: ("a", d)), 1, 2),
            TypeError,
            "the gradient of x must be a number",
        ),
        (
            lambda: bpviz.check_layer(changed(MulLayer(), forward=lambda s, x, y: None), 1, 2),
            ValueError,
            "forward returned None: end it with 'return",
        ),
        (
            lambda: bpviz.check_layer(changed(MulLayer(), forward=lambda s, x, y: x * math.nan), 1, 2),
            ValueError,
            "the output of forward must be finite",
        ),
        (
            lambda: bpviz.check_layer(changed(MulLayer(), forward=lambda s, x, y: "xy"), 1, 2),
            TypeError,
            "the output of forward must be a number",
        ),
        (
            lambda: bpviz.check_layer(changed(MulLayer(), forward=lambda s, x, y: np.float32(x * y)), 1, 2),
            ValueError,
            "forward computes in float32",
        ),
        (
            lambda: bpviz.check_layer(changed(MulLayer(), forward=unsteady), 1, 2),
            ValueError,
            "another output for the same",
        ),
        (lambda: bpviz.check_layer(Uncopied(), 1, 2), TypeError, "Uncopied cannot be copied, .* only one"),
        (lambda: bpviz.check_layer(MulLayer(), 1, 2, lang="xx"), ValueError, "no words for language 'xx'"),
    ],
)
def test_bad_input_is_refused_by_name(attempt, error, message):
    with pytest.raises(error, match=message):
        attempt()


def test_an_error_of_the_learner_s_own_comes_through():
    def backward(self, dout):
        return self.nothing

    with pytest.raises(AttributeError, match="nothing"):
        bpviz.check_layer(changed(MulLayer(), backward=backward), 1, 2)


def test_every_slip_has_words_and_every_word_is_a_slip():
    slips = set(words().section("layer_check.slips"))
    assert slips == {*PRODUCTS, *AFFINE, "not_mean", "kept", "adds_up", "out_squared", "net_for_out", "changed"}


def test_the_table_shows_gradients_differences_and_what_arrived():
    check = bpviz.check_layer(changed(MulLayer(), backward=PRODUCTS["swapped"]), *NUMBERS)
    lines = repr(check).splitlines()
    assert lines[0].split() == ["gradient", "by", "backward", "central", "difference", "verdict"]
    assert lines[1].split()[0] == "dx"
    assert lines[1].endswith("wrong: 50 times as much")
    assert lines[-1].endswith(f"What arrived was dout = −{abs(check.dout):.4f}.")
    assert check._repr_markdown_().startswith("| gradient | by backward |")
    assert bpviz.check_layer(changed(MulLayer(), backward=PRODUCTS["swapped"]), *NUMBERS).dout == check.dout


def test_of_a_long_array_the_number_furthest_off_is_shown():
    layer = changed(MulLayer(), backward=lambda s, d: (d * s.y, d * s.x * np.array([1, 1, 1, 5, 1])))
    lines = repr(bpviz.check_layer(layer, np.arange(1.0, 6.0), np.full(5, 2.0))).splitlines()
    assert lines[2].startswith("dy[3]")


shapes = st.sampled_from([(), (3,), (2, 3)])


@st.composite
def layers(draw):
    """A layer a·x·y + b·x² + c·sin y, with values for its inputs, and functions for its slopes."""
    a, b, c = (draw(far_from_0) for _ in range(3))
    shape = draw(shapes)
    flat = st.lists(far_from_0, min_size=math.prod(shape), max_size=math.prod(shape))
    x, y = (np.reshape(draw(flat), shape) for _ in range(2))

    class Random:
        def forward(self, x, y):
            self.x, self.y = x, y
            return a * x * y + b * x * x + c * np.sin(y)

        def backward(self, dout):
            return dout * (a * self.y + 2 * b * self.x), dout * (a * self.x + c * np.cos(self.y))

    return Random(), x if shape else float(x), y if shape else float(y)


@settings(max_examples=30)
@given(layers())
def test_any_right_layer_passes(made):
    layer, x, y = made
    check = bpviz.check_layer(layer, x, y)
    assert check.agrees, check


@settings(max_examples=30)
@given(layers(), st.floats(-5, 5), st.sampled_from([0, 1]))
def test_any_factor_is_found(made, factor, place):
    layer, x, y = made
    assume(abs(factor - 1) > 1e-3 and abs(factor) > 1e-3)
    right = type(layer).backward

    def backward(self, dout):
        both = list(right(self, dout))
        both[place] = factor * both[place]
        return tuple(both)

    check = bpviz.check_layer(changed(layer, backward=backward), x, y)
    sizes = [np.max(np.abs(row.numeric)) for row in check.rows]
    assume(sizes[place] > 1e-2)
    assert [row.agrees for row in check.rows] == [place == 1, place == 0]
    assert check.rows[place].factor == pytest.approx(factor, rel=1e-3)


@settings(max_examples=30)
@given(layers())
def test_any_forgotten_dout_is_found(made):
    layer, x, y = made
    right = type(layer).backward
    check = bpviz.check_layer(changed(layer, backward=lambda s, dout: right(s, np.ones_like(dout))), x, y)
    assume(all(np.max(np.abs(row.numeric)) > 1e-2 for row in check.rows))
    assert found(check) == {"x": ("no_dout",), "y": ("no_dout",)}
