"""One neuron: forward, gradients and learning against the textbook, for every activation."""

import numpy as np
import pytest

import bpviz
from bpviz.networks.wiring import ACTIVATIONS

FUNCTIONS = {
    "sigmoid": (lambda x: 1 / (1 + np.exp(-x)), lambda y: y * (1 - y)),
    "tanh": (np.tanh, lambda y: 1 - y**2),
    "relu": (lambda x: max(0.0, x), lambda y: float(y > 0)),
    "leaky_relu": (lambda x: max(0.01 * x, x), lambda y: 1.0 if y > 0 else 0.01),
    "softplus": (lambda x: np.log(1 + np.exp(x)), lambda y: 1 - np.exp(-y)),
    "identity": (lambda x: x, lambda y: 1.0),
}


def by_hand(activation, x1=1.0, x2=0.5, w1=0.8, w2=-0.6, b=0.1, target=1.0, eta=0.5):
    """Output, error, delta and the three new parameters after one round."""
    f, slope = FUNCTIONS[activation]
    out = f(w1 * x1 + w2 * x2 + b)
    delta = (out - target) * slope(out)
    return out, 0.5 * (target - out) ** 2, delta, w1 - eta * delta * x1, w2 - eta * delta * x2, b - eta * delta


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("changes", [{}, {"w1": -2.0, "x2": 1.5}, {"target": 0.0, "eta": 2.0, "b": -1.0}])
def test_one_round_by_hand(activation, changes):
    trace = bpviz.neuron(activation).run(**changes)
    names = ("out_n", "E_n", "delta_n", "w1_next", "w2_next", "b_next")
    expected = by_hand(activation, **changes)
    ours = [trace[n] if n in trace else trace["dE_dout_n"] for n in names]  # identity: delta is what arrives
    assert ours == pytest.approx(expected, rel=1e-13, abs=1e-15)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_all_three_parameters_learn(activation):
    ex = bpviz.neuron(activation)
    assert dict(ex.program.feedback) == {"w1": "w1_next", "w2": "w2_next", "b": "b_next"}
    assert ex.check_gradients().worst < 1e-6
    history = ex.train(200)
    assert history.diverged_at is None
    assert history.losses[-1] < 0.1 * history.losses[0]
    expected = {}
    for _ in range(200):
        _, _, _, w1, w2, b = by_hand(activation, **expected)
        expected = {"w1": w1, "w2": w2, "b": b}
    assert {name: history.final[name] for name in expected} == pytest.approx(expected, rel=1e-12)


def test_it_has_its_own_words_and_nothing_published():
    ex = bpviz.neuron()
    assert ex.title() == "One neuron"
    assert ex.program.loss == "E_n"
    assert len(ex.published()) == 0


def test_every_given_has_a_slider_in_one_group():
    ex = bpviz.neuron()
    grouped = [name for group in ex.groups for name in group.givens]
    assert sorted(grouped) == sorted(g.name for g in ex.program.givens)


def test_an_activation_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match=r"no activation 'softmax' \(for n\); activations are sigmoid, tanh"):
        bpviz.neuron("softmax")


def test_the_neuron_stands_out_where_its_bias_gets_a_new_value():
    ex = bpviz.neuron()
    assert "n" in next(beat.lit for beat in ex.beats if beat.id == "b_next")
