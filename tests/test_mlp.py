"""Layers in matrix form: losses and gradients by other means, beside the scalar programs, and what is refused."""

import copy
import importlib.util

import layered
import numpy as np
import pytest
import strategies  # noqa: F401 - hypothesis's profile
from hypothesis import given
from hypothesis import strategies as st

import bpviz

RNG = np.random.default_rng
needs_torch = pytest.mark.skipif(not importlib.util.find_spec("torch"), reason="PyTorch is not installed")


def parameters(net):
    return [*net.weights, *net.biases]


def flat(arrays):
    return np.concatenate([np.ravel(a) for a in arrays])


def assert_close(found, wanted, rtol):
    """Every number within `rtol` of the largest one."""
    found, wanted = flat(found), flat(wanted)
    assert np.abs(found - wanted).max() <= rtol * max(np.abs(wanted).max(), 1e-3)


@st.composite
def networks(draw):
    """A small network of any kind with random biases, and a batch that it fits."""
    sizes = draw(st.lists(st.integers(1, 5), min_size=2, max_size=5))
    output = draw(st.sampled_from([o for o in layered.OUTPUTS if o != "softmax" or sizes[-1] > 1]))
    loss = draw(st.sampled_from(layered.fitting_losses(output)))
    seed = draw(st.integers(0, 10_000))
    net = bpviz.MLP(sizes, draw(st.sampled_from(layered.HIDDEN)), output, loss, seed=seed, init="he")
    rng = RNG(seed)
    for b in net.biases:
        b[:] = rng.normal(size=b.shape)
    X = rng.normal(size=(draw(st.integers(1, 6)), sizes[0]))
    if loss == "cross_entropy" or (sizes[-1] > 1 and draw(st.booleans())):
        labels = rng.integers(0, sizes[-1], len(X))
        return net, X, labels, layered.one_hot(labels, sizes[-1])
    T = rng.random((len(X), sizes[-1]))
    return net, X, T, T


def at_a_kink(net, X):
    return "relu" in net.hidden + net.output and layered.outputs(net, parameters(net), X)[1] < 1e-3


@given(networks())
def test_loss_and_gradients_are_those_of_complex_steps(case):
    net, X, y, T = case
    loss, found = net.loss_and_gradients(X, y)
    expected, slopes = layered.gradients(net, X, T)
    assert loss == pytest.approx(expected, rel=1e-11, abs=1e-13)
    assert_close(found.weights + found.biases, slopes, 1e-10)
    assert [g.shape for g in found.weights + found.biases] == [p.shape for p in parameters(net)]


@given(networks())
def test_gradients_are_those_of_differences(case):
    net, X, y, _ = case
    if at_a_kink(net, X):
        return
    (_, found), numeric = net.loss_and_gradients(X, y), net.numeric_gradients(X, y)
    assert_close(found.weights + found.biases, numeric.weights + numeric.biases, 1e-6)


@given(networks())
def test_outputs_are_those_of_einsum(case):
    net, X, _, _ = case
    np.testing.assert_allclose(net.predict(X), layered.outputs(net, parameters(net), X)[0].real, rtol=1e-11, atol=1e-13)


def in_torch(net, X, T):
    """The loss and the gradients by autograd, in the network's own precision."""
    import torch

    act = {
        "sigmoid": torch.sigmoid,
        "tanh": torch.tanh,
        "relu": torch.relu,
        "leaky_relu": torch.nn.functional.leaky_relu,
        "softplus": torch.nn.functional.softplus,
        "identity": lambda z: z,
        "softmax": lambda z: torch.softmax(z, 1),
    }
    functional = torch.nn.functional
    losses = {
        "half_squared_error": lambda z, t: ((act[net.output](z) - t) ** 2).sum() / 2,
        "squared_error": lambda z, t: functional.mse_loss(act[net.output](z), t, reduction="sum"),
        "mean_squared_error": lambda z, t: functional.mse_loss(act[net.output](z), t) * len(t),
        "cross_entropy": lambda z, t: functional.cross_entropy(z, t, reduction="sum"),
        "binary_cross_entropy": lambda z, t: functional.binary_cross_entropy_with_logits(z, t, reduction="sum"),
    }
    leaves = [torch.tensor(p, requires_grad=True) for p in parameters(net)]
    a, count = torch.tensor(X.astype(net.dtype)), len(net.weights)
    for W, b in zip(leaves[:count], leaves[count:], strict=True):
        z = functional.linear(a, W, b)
        a = act[net.hidden](z)
    loss = losses[net.loss](z, torch.tensor(T.astype(net.dtype))) / len(X)
    loss.backward()
    return loss.item(), [leaf.grad.numpy() for leaf in leaves]


def random_network(seed, dtype):
    rng = RNG(seed)
    output = layered.OUTPUTS[rng.integers(7)]
    sizes = [*rng.integers(1, 30, rng.integers(1, 5)), rng.integers(2, 12)]
    losses = layered.fitting_losses(output)
    hidden = layered.HIDDEN[rng.integers(6)]
    net = bpviz.MLP(sizes, hidden, output, losses[rng.integers(len(losses))], seed=seed, init="he", dtype=dtype)
    for b in net.biases:
        b[:] = rng.normal(size=b.shape)
    X, labels = rng.normal(size=(rng.integers(1, 40), sizes[0])), rng.integers(0, sizes[-1], 40)
    return net, X, labels[: len(X)], layered.one_hot(labels[: len(X)], sizes[-1])


@needs_torch
@pytest.mark.parametrize(("dtype", "rtol"), [("float64", 1e-11), ("float32", 2e-4)])
def test_gradients_of_200_networks_are_those_of_pytorch(dtype, rtol):
    for seed in range(200):
        net, X, y, T = random_network(seed, dtype)
        (loss, found), (expected, slopes) = net.loss_and_gradients(X, y), in_torch(net, X, T)
        assert loss == pytest.approx(expected, rel=rtol, abs=rtol), net
        assert_close(found.weights + found.biases, slopes, rtol)


def test_case_2_is_the_same_network():
    ex = bpviz.case2(train_biases=True)
    net = bpviz.MLP([2, 2, 2], output="sigmoid", loss="half_squared_error")
    eta, t = 0.5, ex.run()
    for _ in range(200):
        w = [t[f"w{j}"] for j in range(1, 9)]
        net.weights[0][:], net.weights[1][:] = np.reshape(w[:4], (2, 2)), np.reshape(w[4:], (2, 2))
        net.biases[0][:], net.biases[1][:] = t["b1"], t["b2"]
        loss, found = net.loss_and_gradients([[t["i1"], t["i2"]]], [[t["target_o1"], t["target_o2"]]])
        assert loss == pytest.approx(t["E_total"], rel=1e-12)
        expected = [t[f"dE_dw{j}"] for j in range(1, 9)]
        np.testing.assert_allclose(flat(found.weights), expected, rtol=1e-12)
        shared = [g.sum() for g in found.biases]  # one bias for both neurons of a layer
        np.testing.assert_allclose(shared, [t.gradient("b1"), t.gradient("b2")], rtol=1e-12)
        assert t["w5_next"] == pytest.approx(t["w5"] - eta * found["w2_1_1"], rel=1e-12)
        t = ex.run(**{name: t[f"{name}_next"] for name in ex.program.trained})


def test_case_1_without_biases_is_the_same_network():
    t = bpviz.case1("exact").run()
    net = bpviz.MLP([2, 3, 2, 1], output="sigmoid", loss="half_squared_error")
    named = [
        [[f"w_x{i}_{n}" for i in (1, 2)] for n in (1, 2, 3)],
        [[f"w{m}{n}" for m in (1, 2, 3)] for n in (4, 5)],
        [["w46", "w56"]],
    ]
    for W, names in zip(net.weights, named, strict=True):
        W[:] = [[t[name] for name in row] for row in names]
    loss, found = net.loss_and_gradients([[t["x1"], t["x2"]]], [t["z"]])
    assert net.predict([[t["x1"], t["x2"]]])[0, 0] == pytest.approx(t["y6"], rel=1e-12)
    for g, names in zip(found.weights, named, strict=True):
        np.testing.assert_allclose(g, [[t.gradient(name) for name in row] for row in names], rtol=1e-12)
    assert loss == pytest.approx((t["z"] - t["y6"]) ** 2 / 2, rel=1e-12)


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize(("output", "y"), [("softmax", [0]), ("sigmoid", [[1, 0]])])
@pytest.mark.parametrize("scale", [1e3, -1e3])
def test_losses_with_logarithms_are_safe_far_out(output, y, scale, dtype):
    net = bpviz.MLP([1, 2], output=output, dtype=dtype)
    net.weights[0][:] = [[scale], [-scale]]
    loss, found = net.loss_and_gradients([[1.0]], y)
    # softmax: 2 · 1000 apart; two sigmoids: 1000 off each
    assert loss == pytest.approx(0.0 if scale > 0 else 2000.0, abs=1e-30)
    wrong = 0.0 if scale > 0 else 1.0
    assert flat(found.weights).tolist() == pytest.approx([-wrong, wrong], abs=1e-30)
    assert np.isfinite(flat(found.biases)).all()


def test_float32_is_float64_within_its_precision():
    for seed in range(30):
        (wide, X, y, _), (net, *_) = random_network(seed, "float64"), random_network(seed, "float32")
        (loss, found), (expected, slopes) = net.loss_and_gradients(X, y), wide.loss_and_gradients(X, y)
        assert {g.dtype.name for g in found.weights + found.biases} == {"float32"}
        assert net.predict(X).dtype == np.float32
        assert loss == pytest.approx(expected, rel=1e-4, abs=1e-5)
        assert_close(found.weights + found.biases, slopes.weights + slopes.biases, 5e-4)
        numeric = net.numeric_gradients(X[:1], y[:1], only=["w1_1_1"])["w1_1_1"]
        exact = net.loss_and_gradients(X[:1], y[:1])[1]
        assert numeric == pytest.approx(exact["w1_1_1"], abs=1e-3 * float(np.abs(flat(exact.weights)).max()) + 1e-6)


def test_parameters_are_live_and_named():
    net = bpviz.MLP([3, 4, 2], init="zeros")
    assert net.predict([[1.0, 2.0, 3.0]]).tolist() == [[0.5, 0.5]]
    net.biases[1][0] = np.log(3.0)
    assert net.predict([[1.0, 2.0, 3.0]])[0] == pytest.approx([0.75, 0.25])
    net.weights[1] = np.full((2, 4), 0.25)
    net.weights[1][1, 2] = -1.0
    found = net.loss_and_gradients([[1.0, 2.0, 3.0]], [1])[1]
    assert found["w2_2_3"] == found.weights[1][1, 2] != found["w2_1_3"]
    assert found["b1_4"] == found.biases[0][3]
    for name in ("w1_5_1", "w0_1_1", "w3_1_1", "b1_5", "b1_1_1", "w1_1", "x", 3, "w1_1_1 ", "w1_1_٢"):
        with pytest.raises(KeyError, match=r"parameters are w1_1_1 to w2_2_4 and b1_1 to b2_2 \(layer, to, from\)"):
            found[name]


def test_differences_measure_only_what_is_asked():
    net, X, y = bpviz.MLP([3, 4, 2]), RNG(0).normal(size=(5, 3)), [0, 1, 1, 0, 1]
    before = copy.deepcopy(parameters(net))
    found, exact = net.numeric_gradients(X, y, only=["w1_2_3", "b2_1"]), net.loss_and_gradients(X, y)[1]
    assert np.isfinite(flat(found.weights + found.biases)).sum() == 2
    assert found["w1_2_3"] == pytest.approx(exact["w1_2_3"], rel=1e-7)
    assert found["b2_1"] == pytest.approx(exact["b2_1"], rel=1e-7)
    assert all(np.array_equal(a, b) for a, b in zip(before, parameters(net), strict=True))
    with pytest.raises(TypeError, match="only must be a list of names, not 'w1_2_3'"):
        net.numeric_gradients(X, y, only="w1_2_3")


def test_starts_have_their_spread():
    for init, spread in (("xavier", np.sqrt(2 / 600)), ("he", np.sqrt(2 / 400)), ("normal_001", 0.01), ("zeros", 0.0)):
        W = bpviz.MLP([400, 200], init=init).weights[0]
        assert W.std() == pytest.approx(spread, rel=0.02)
        assert abs(W.mean()) <= 0.02 * spread
        assert np.array_equal(W, bpviz.MLP([400, 200], init=init).weights[0])
        assert np.array_equal(W.astype("float32"), bpviz.MLP([400, 200], init=init, dtype="float32").weights[0])
    assert not np.array_equal(bpviz.MLP([4, 2], seed=1).weights[0], bpviz.MLP([4, 2], seed=2).weights[0])
    assert np.abs(bpviz.MLP([400, 200]).weights[0]).max() <= np.sqrt(6 / 600)


def test_one_row_one_output_and_every_form_of_data_will_do():
    net = bpviz.MLP([3, 2, 1], output="sigmoid")
    X, y = RNG(3).normal(size=(1, 3)), [1]
    loss = net.loss_and_gradients(X, y)[0]
    for same_X, same_y in ((X.tolist(), [[1]]), (np.asfortranarray(X), np.array([1.0])), (X[:, ::-1][:, ::-1], (1,))):
        assert net.loss_and_gradients(same_X, same_y)[0] == loss
    pictures = np.arange(12, dtype=np.uint8).reshape(4, 3)
    assert net.predict(pictures).shape == (4, 1)


def test_a_network_says_what_it_is():
    assert repr(bpviz.MLP([784, 50, 10])) == (
        "MLP 784-50-10: sigmoid, softmax, cross_entropy, 39,760 parameters, float64"
    )
    assert bpviz.MLP([2, 1], output="sigmoid").loss == "binary_cross_entropy"
    assert bpviz.MLP([2, 1], output="relu").loss == "half_squared_error"
