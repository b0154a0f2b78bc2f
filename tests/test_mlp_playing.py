"""A small `bpviz.MLP` as a network that plays: the same numbers, on every size that both can do; or why it cannot."""

import copy

import layered
import numpy as np
import pytest

import bpviz

RNG = np.random.default_rng


def assert_the_same(net, x, y):
    """Loss, outputs and every gradient to 1e-12 of the largest, and one step of plain descent."""
    ex = net.as_example(x, y, eta=0.25)
    batch = np.array([x]), np.array([y])
    (loss, found), trace = net.loss_and_gradients(*batch), ex.run()
    assert trace["L"] == pytest.approx(loss, rel=1e-12, abs=1e-15)
    last = len(net.weights)
    outputs = [trace[f"a{last}_{k + 1}"] for k in range(net.sizes[-1])]
    np.testing.assert_allclose(outputs, net.predict(batch[0])[0], rtol=1e-12, atol=1e-15)
    named = dict(ex.program.gradients)
    assert len(named) == sum(p.size for p in (*net.weights, *net.biases))
    largest = max(abs(found[name]) for name in named)
    for name, gradient in named.items():
        assert trace[gradient] == pytest.approx(found[name], rel=1e-12, abs=1e-12 * largest), name
    stepped = copy.deepcopy(net)
    stepped.fit(*batch, epochs=1, batch=1, eta=0.25)
    assert trace["w1_1_1_next"] == pytest.approx(stepped.weights[0][0, 0], rel=1e-12)


@pytest.mark.parametrize("output", layered.OUTPUTS)
def test_values_and_gradients_are_the_same(output):
    for seed, loss in enumerate(layered.fitting_losses(output)):
        rng = RNG([seed, layered.OUTPUTS.index(output)])
        sizes = [*rng.integers(1, 6, rng.integers(1, 4)), rng.integers(2, 5)]
        net = bpviz.MLP(sizes, layered.HIDDEN[rng.integers(6)], output, loss, seed=seed, init="he")
        for b in net.biases:
            b[:] = rng.normal(size=b.shape)
        x, label = rng.normal(size=sizes[0]), int(rng.integers(sizes[-1]))
        assert_the_same(net, x, label)
        assert_the_same(net, x.tolist(), np.eye(sizes[-1])[label] if loss == "cross_entropy" else rng.random(sizes[-1]))


def test_the_largest_that_plays_has_the_same_numbers():
    assert_the_same(bpviz.MLP([20, 20, 16]), RNG(0).normal(size=20), 3)
    assert_the_same(bpviz.MLP([4, 1], output="sigmoid"), np.ones(4), 0.25)


def test_it_keeps_the_numbers_of_now_and_changes_nothing():
    net = bpviz.MLP([2, 3, 2], dtype="float32")
    before = copy.deepcopy(net)
    ex = net.as_example([0.5, -1.0], 1, labels=[["left", "right"], [None] * 3, ["no", "yes"]], optimizer="adam")
    assert "right" in ex.player(start=1)._repr_mimebundle_()[0]["text/plain"]
    assert ex.run()["w1_2_1"] == net.weights[0][1, 0]
    assert (ex.run()["t1"], ex.run()["t2"]) == (0.0, 1.0)
    assert all(np.array_equal(a, b) for a, b in zip(net.weights, before.weights, strict=True))
    net.weights[0][:] = 7.0
    assert ex.run()["w1_2_1"] == before.weights[0][1, 0]


@pytest.mark.parametrize(
    ("x", "y", "words"),
    [
        ([1, 2], 0, r"x must be one row of shape \(3,\), not of shape \(2,\)"),
        ([[1, 2, 3]], 0, r"x must be one row of shape \(3,\), not of shape \(1, 3\)"),
        ([1, 2, np.nan], 0, r"x must hold finite numbers of type float64, but x\[0, 2\] is nan"),
        ([1, 2, 3], 2, r"must hold classes from 0 to 1, but y\[0\] is 2"),
        ([1, 2, 3], [0, 0, 1], r"y must be one row of shape \(2,\) or be one number, not of shape \(3,\)"),
        ([1, 2, 3], [0.5, 0.2], r"targets that add up to 1, but y\[0\] adds up to 0.7"),
        ([1, 2, 3], None, "y must be an array of numbers, not None"),
        ([1, 2, 3], True, "y must hold real numbers, not True"),
    ],
)
def test_other_data_is_refused(x, y, words):
    with pytest.raises((TypeError, ValueError), match=words):
        bpviz.MLP([3, 4, 2]).as_example(x, y)


def test_too_large_a_network_says_what_to_do():
    told = (
        "784-50-10 is too large to play: 844 neurons, inputs counted, and 39,700 weights, but there is room for 60 "
        r"and 720; make a smaller one, such as bpviz.MLP\(\[4, 3, 3\]\), and look into this one with loss_and_gradients"
    )
    with pytest.raises(ValueError, match=told):
        bpviz.MLP([784, 50, 10]).as_example(np.ones(784), 0)
