"""Curves with a moving point: where the point stands, what its slope is, what is said in words, what is refused."""

import math

import numpy as np
import pytest

import bpviz
from bpviz import curves
from bpviz.views.figure.curves import ACTIVATIONS, STYLES


def points(pane, label):
    (line,) = [line for line in pane.lines if line.get_label() == label]
    return float(line.get_xdata()[0]), float(line.get_ydata()[0])


@pytest.mark.parametrize("x", [-3, -0.75, 0.5, 3])
def test_every_activation_has_its_value_and_its_slope_at_the_point(x):
    figure = curves.activations(x)
    assert len(figure.axes) == len(ACTIVATIONS)
    for pane, name in zip(figure.axes, ACTIVATIONS, strict=True):
        function = getattr(bpviz, name)
        slope = (function(x + 1e-6) - function(x - 1e-6)) / 2e-6
        assert points(pane, "point") == pytest.approx((x, function(x)))
        assert points(pane, "slope") == pytest.approx((x, slope), abs=1e-8)
        (low, high), (bottom, top) = pane.get_xlim(), pane.get_ylim()
        assert low < x < high
        assert bottom < min(function(x), slope)
        assert max(function(x), slope) < top


def test_the_tangent_touches_the_curve_at_the_point():
    for pane in curves.activations(-0.5).axes:
        (tangent,) = [line for line in pane.lines if line.get_label() == "tangent"]
        (x0, x1), (y0, y1) = tangent.get_xdata(), tangent.get_ydata()
        assert (y1 - y0) / (x1 - x0) == pytest.approx(points(pane, "slope")[1])
        assert ((x0 + x1) / 2, (y0 + y1) / 2) == pytest.approx(points(pane, "point"))


def test_numbers_stand_above_the_curves_and_in_words():
    figure = curves.activations(0)
    assert figure.axes[0].get_title() == "sigmoid\nvalue 0.50, slope 0.25"
    assert "leaky ReLU: value 0.00, slope 0.01" in figure.description
    assert figure.description.startswith("Activation functions and their slopes at x = 0.00\n")


@pytest.mark.parametrize("prediction", [0.01, 0.3, 0.99])
def test_both_losses_and_how_they_follow_the_net_input(prediction):
    squared, entropy, by_net = curves.losses(prediction).axes
    assert points(squared, "point") == pytest.approx((prediction, (1 - prediction) ** 2 / 2))
    assert points(entropy, "point") == pytest.approx((prediction, -math.log(prediction)))
    marks = [line.get_ydata()[0] for line in by_net.lines if len(line.get_xdata()) == 1]
    assert marks == pytest.approx([(prediction - 1) * prediction * (1 - prediction), prediction - 1])
    assert by_net.get_ylim()[0] < min(marks)


def test_where_the_prediction_is_wrong_only_cross_entropy_is_steep():
    told = curves.losses(0.01).description
    assert "half the squared error: its slope by the net input is −0.0098" in told.replace("−0.009801", "−0.0098")
    assert "cross-entropy: its slope by the net input is −0.99" in told


def test_gradients_by_layer_are_drawn_by_their_size():
    figure = curves.depth({"$a$": [-0.5, 1.0], "b": np.array([2.0, 4.0, 8.0])})
    (pane,) = figure.axes
    assert [list(line.get_ydata()) for line in pane.lines] == [[0.5, 1.0], [2.0, 4.0, 8.0]]
    assert pane.get_yscale() == "log"
    assert list(pane.get_xticks()) == [1, 2, 3]
    assert "$a$: 0.50 at the first layer, 1.00 at the last one." in figure.description
    assert len(figure._repr_mimebundle_()[0]["image/png"]) > 1000


def test_no_two_styles_differ_by_colour_alone():
    assert len({dashes for _, dashes, _ in STYLES}) == len({mark for *_, mark in STYLES}) == len(STYLES)


@pytest.mark.parametrize(
    ("attempt", "error", "message"),
    [
        (lambda: curves.activations(3.1), ValueError, "x must be from -3 to 3, not 3.1"),
        (lambda: curves.activations("1"), TypeError, "x must be one number"),
        (lambda: curves.activations(math.nan), ValueError, "x must be finite"),
        (lambda: curves.losses(0), ValueError, "prediction must be from 0.01 to 0.99, not 0"),
        (lambda: curves.losses(lang="xx"), ValueError, "no words for language 'xx'"),
        (lambda: curves.depth([1, 2]), TypeError, r"a mapping from a label to a list of numbers, not \[1, 2\]"),
        (lambda: curves.depth({}), ValueError, "one to 4 networks, not 0"),
        (lambda: curves.depth({key: [1] for key in "abcde"}), ValueError, "not 5"),
        (lambda: curves.depth({"a": [1, 0]}), ValueError, "'a' must be a list of gradients other than 0"),
        (lambda: curves.depth({"a": [[1, 2]]}), ValueError, "'a' must be a list of gradients"),
        (lambda: curves.move(curves.losses), TypeError, "move takes one number to move, as x=.*, not 0"),
        (lambda: curves.move(curves.activations, x=3), TypeError, r"x must be \(lowest, highest, first\), not 3"),
        (lambda: curves.move(curves.activations, x=(1, 0, 0)), ValueError, "in that order of size"),
        (lambda: curves.move(curves.activations, x=(0, 1, "a")), TypeError, "each part of x must be one number"),
        (lambda: curves.depth({"a": [1, math.inf]}), ValueError, "'a' must be finite"),
    ],
)
def test_what_cannot_be_is_refused_by_name(attempt, error, message):
    with pytest.raises(error, match=message):
        attempt()


def test_a_slider_moves_the_point_and_the_words():
    moving = curves.move(curves.activations, x=(-3, 3, 0.5))
    assert (moving.slider.min, moving.slider.max, moving.slider.value) == (-3, 3, 0.5)
    assert moving.slider.step == pytest.approx(0.05)
    before = moving.picture.value
    moving.slider.value = -1
    assert moving.picture.value != before
    assert 'alt="Activation functions and their slopes at x = −1.00' in moving.picture.value
    assert points(moving.figure.axes[0], "point")[0] == -1
    data, metadata = moving._repr_mimebundle_()
    assert {"image/png", "text/plain", "application/vnd.jupyter.widget-view+json"} <= set(data)
    assert data["text/plain"] == metadata["image/png"]["alt"] == repr(moving)


def test_what_a_figure_says_stays_text():
    figure = curves.depth({'"><script>': [1.0, 2.0]})
    moving = curves.move(lambda k: figure, k=(0, 1, 0))
    assert "<script>" not in moving.picture.value


def neuron(loss, **start):
    text = f"out = sigmoid(w*x + b); {loss}"
    return bpviz.graph(text, name="E", learn=("w", "b"), eta=0.15, x=1, t=0, **start)


SQUARED = "(out - t)**2 / 2"
ENTROPY = "-(t*log(out) + (1 - t)*log(1 - out))"


def test_the_saturated_neuron_of_nielsen_is_slow_with_squared_error_and_not_with_cross_entropy():
    # M. Nielsen, Neural Networks and Deep Learning, ch. 3; figures computed anew in float64
    near, far = (neuron(SQUARED, w=w, b=b).train(300).final for w, b in ((0.6, 0.9), (2, 2)))
    assert [near["w"], near["b"]] == pytest.approx([-1.2831324334215497, -0.9831324334215481], rel=1e-12)
    assert near["out"] == pytest.approx(0.09395569486364724, rel=1e-12)
    assert far["w"] == far["b"] == pytest.approx(-0.684292910952007, rel=1e-12)
    assert far["out"] == pytest.approx(0.2028484242677765, rel=1e-12)
    assert neuron(ENTROPY, w=2, b=2).train(300).final["out"] < 0.03


@pytest.mark.parametrize(
    ("w", "b", "gradients", "losses"),
    [(1, -1, [-4, -2], [2, 0.5]), (0.2, -1, [0, 0], [4.5, 4.5])],
)
def test_a_relu_neuron_learns_or_is_dead(w, b, gradients, losses):
    ex = bpviz.graph("(relu(w*x + b) - t)**2 / 2", name="E", learn=("w", "b"), eta=0.1, w=w, b=b, x=2, t=3)
    assert [ex.run()["dE_dw"], ex.run()["dE_db"]] == pytest.approx(gradients, abs=1e-12)
    assert list(ex.train(1).losses) == pytest.approx(losses)


def test_a_line_through_points_has_the_sum_of_the_squares():
    fit = curves.fit([(1, 1), (2, 4)], slope=1, intercept=1)
    assert fit.error == 2.0
    fit.slope = 2.0
    data, about = fit._repr_mimebundle_()
    assert data["text/plain"].endswith("slope 2.00, intercept 1.00: the squares together 5.00")
    assert about["image/png"]["alt"] == data["text/plain"]
    assert len(data["image/png"]) > 3000


@pytest.mark.parametrize(
    ("wrong", "error", "message"),
    [
        ({"points": [(1, 1)]}, ValueError, "2 to 12 pairs"),
        ({"points": [(1, 1), (6, 1)]}, ValueError, "x of point 2 must be from 0 to 5, not 6"),
        ({"points": [(1, 1), 3]}, TypeError, r"point 2 must be \(x, y\), not 3"),
        ({"slope": 3}, ValueError, "slope must be from -2 to 2"),
        ({"intercept": math.nan}, ValueError, "intercept"),
    ],
)
def test_a_line_that_cannot_be_is_refused(wrong, error, message):
    with pytest.raises(error, match=message):
        curves.fit(**wrong)
