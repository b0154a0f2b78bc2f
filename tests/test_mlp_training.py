"""Training in matrix form: optimizers, epochs that go on, ends before the end, seeds, and the history."""

import copy
import importlib.util
import math
import os
import pickle
import subprocess
import sys
from pathlib import Path

import layered
import numpy as np
import pytest
import strategies  # noqa: F401 - hypothesis's profile
from hypothesis import given
from hypothesis import strategies as st

import bpviz
from bpviz.ground import progress
from bpviz.matrices import training
from bpviz.matrices.optimizers import OPTIMIZERS

RNG = np.random.default_rng
X, Y = RNG(5).normal(size=(37, 4)), RNG(6).integers(0, 3, 37)
needs_torch = pytest.mark.skipif(not importlib.util.find_spec("torch"), reason="PyTorch is not installed")


def a_network(**settings):
    return bpviz.MLP([4, 6, 3], **settings)


def parameters(net):
    return [*net.weights, *net.biases]


def rate(optimizer):
    """A learning rate for 100 steps; rmsprop's steps at a minimum make much of rounding, so it stays before it."""
    return 0.002 if optimizer == "rmsprop" else 0.02


def same(a, b):
    return all(np.array_equal(p, q) for p, q in zip(parameters(a), parameters(b), strict=True))


def stepped(optimizer, eta, steps, l2=0.0):
    """The parameters after so many steps with all rows, each formula written out as it is published."""
    net = a_network()
    p = [q.copy() for q in parameters(net)]
    v, s = [np.zeros_like(q) for q in p], [np.zeros_like(q) for q in p]
    for t in range(1, steps + 1):
        for mine, new in zip(parameters(net), p, strict=True):
            mine[...] = new
        found = net.loss_and_gradients(X, Y)[1]
        for k, slope in enumerate(found.weights + found.biases):
            g = slope + l2 * p[k] if p[k].ndim == 2 else slope
            if optimizer == "plain":
                p[k] = p[k] - eta * g
            elif optimizer == "momentum":
                v[k] = 0.9 * v[k] + g
                p[k] = p[k] - eta * v[k]
            elif optimizer == "nesterov":
                v[k] = 0.9 * v[k] + g
                p[k] = p[k] - eta * (g + 0.9 * v[k])
            elif optimizer == "rmsprop":
                s[k] = 0.99 * s[k] + 0.01 * g**2
                p[k] = p[k] - eta * g / (np.sqrt(s[k]) + 1e-8)
            else:
                v[k], s[k] = 0.9 * v[k] + 0.1 * g, 0.999 * s[k] + 0.001 * g**2
                p[k] = p[k] - eta * (v[k] / (1 - 0.9**t)) / (np.sqrt(s[k] / (1 - 0.999**t)) + 1e-8)
    return p


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("l2", [0.0, 0.01])
def test_a_hundred_steps_are_those_of_the_formulas(optimizer, l2):
    net = a_network()
    net.fit(X, Y, 100, len(X), rate(optimizer), optimizer, l2=l2)
    for found, wanted in zip(parameters(net), stepped(optimizer, rate(optimizer), 100, l2), strict=True):
        np.testing.assert_allclose(found, wanted, rtol=1e-10, atol=1e-12)


@needs_torch
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_hundred_steps_are_those_of_pytorch(optimizer):
    import torch

    net = a_network()
    leaves = [torch.tensor(p, requires_grad=True) for p in parameters(net)]
    make = {
        "plain": lambda: torch.optim.SGD(leaves, 0.02),
        "momentum": lambda: torch.optim.SGD(leaves, 0.02, momentum=0.9),
        "nesterov": lambda: torch.optim.SGD(leaves, 0.02, momentum=0.9, nesterov=True),
        "adam": lambda: torch.optim.Adam(leaves, 0.02),
        "rmsprop": lambda: torch.optim.RMSprop(leaves, 0.002),
    }[optimizer]()
    inputs, classes = torch.tensor(X), torch.tensor(Y)
    for _ in range(100):
        make.zero_grad()
        hidden = torch.sigmoid(inputs @ leaves[0].T + leaves[2])
        torch.nn.functional.cross_entropy(hidden @ leaves[1].T + leaves[3], classes).backward()
        make.step()
    net.fit(X, Y, 100, len(X), rate(optimizer), optimizer)
    for found, leaf in zip(parameters(net), leaves, strict=True):
        np.testing.assert_allclose(found, leaf.detach().numpy(), rtol=1e-9, atol=1e-11)


@given(rows=st.integers(1, 37), batch=st.integers(1, 45), epochs=st.integers(0, 3), seed=st.sampled_from([None, 0, 7]))
def test_an_epoch_takes_every_row_once_in_batches(rows, batch, epochs, seed):
    net, plain = a_network(), a_network()
    history = net.fit(X[:rows], Y[:rows], epochs, batch, 0.3, seed=seed)
    losses = [plain.loss_and_gradients(X[:rows], Y[:rows])[0]]
    for epoch in range(epochs):
        order = np.arange(rows) if seed is None or batch >= rows else RNG([seed, epoch]).permutation(rows)
        assert sorted(order) == list(range(rows))
        for k in range(0, rows, batch):
            found = plain.loss_and_gradients(X[order[k : k + batch]], Y[order[k : k + batch]])[1]
            for p, g in zip(parameters(plain), found.weights + found.biases, strict=True):
                p[...] = p - 0.3 * g
        losses.append(plain.loss_and_gradients(X[:rows], Y[:rows])[0])
    np.testing.assert_allclose(history.losses, losses, rtol=1e-11)
    assert len(history.losses) == epochs + 1


def test_the_published_sample_run_hardly_learns():
    """Hidden layers of 10, 20, 30, two outputs, N(0, 1) · 0.01, η = 0.01, 1,000 iterations, the cost at every 100th."""
    inputs = RNG(1).normal(size=(50, 3))
    labels = (inputs.sum(axis=1) > 0).astype(int)
    net = bpviz.MLP([3, 10, 20, 30, 2], init="normal_001")
    p = [q.copy() for q in parameters(net)]
    costs, T = [], layered.one_hot(labels, 2)
    for _ in range(1_001):
        signals = [inputs]
        for W, b in zip(p[:3], p[4:7], strict=True):
            signals.append(1 / (1 + np.exp(-(signals[-1] @ W.T + b))))
        z = signals[-1] @ p[3].T + p[7]
        softmax = np.exp(z) / np.exp(z).sum(axis=1)[:, None]
        costs.append(-(T * np.log(softmax)).sum() / 50)
        dz = (softmax - T) / 50
        for layer in (3, 2, 1, 0):
            dW, db, back = dz.T @ signals[layer], dz.sum(axis=0), dz @ p[layer]
            dz = back * signals[layer] * (1 - signals[layer])
            p[layer], p[layer + 4] = p[layer] - 0.01 * dW, p[layer + 4] - 0.01 * db
    sizes = [np.abs(g).mean() for g in net.loss_and_gradients(inputs, labels)[1].weights]
    history = net.fit(inputs, labels, epochs=1_000, batch=50, eta=0.01)
    np.testing.assert_allclose(history.losses[::100], costs[::100], rtol=1e-12)
    assert 0 < history.losses[0] - history.losses[-1] < 0.02, "hardly learns"
    assert sizes[0] < 1e-4 * sizes[-1], "for its gradients vanish"


def test_five_epochs_twice_are_ten():
    for optimizer in OPTIMIZERS:
        whole, parts = a_network(), a_network()
        once = whole.fit(X, Y, 10, 8, 0.05, optimizer)
        twice = [parts.fit(X, Y, 5, 8, 0.05, optimizer).losses for _ in range(2)]
        assert same(whole, parts)
        assert once.losses.tolist() == [*twice[0], *twice[1][1:]]


def test_data_stays_as_it_is_and_may_be_read_only():
    for inputs, targets in ((X.copy(), Y.copy()), (X.copy(), np.eye(3)[Y]), (np.asfortranarray(X), Y.copy())):
        before = inputs.copy(), targets.copy()
        inputs.flags.writeable = targets.flags.writeable = False
        net = a_network(hidden="relu", output="sigmoid")
        net.fit(inputs, targets, 3, 8, validation=(inputs, targets))
        net.fit(inputs, targets, 3, len(X), seed=None)
        net.loss_and_gradients(inputs, targets)
        net.numeric_gradients(inputs, targets, only=["b1_1"])
        net.predict(inputs)
        assert np.array_equal(before[0], inputs)
        assert np.array_equal(before[1], targets)


def test_validation_is_looked_at_and_not_learnt():
    seen, alone = a_network(), a_network()
    history = seen.fit(X[:30], Y[:30], 6, 7, validation=(X[30:], Y[30:]))
    without = alone.fit(X[:30], Y[:30], 6, 7)
    assert same(seen, alone)
    assert (without.validation, len(history.validation)) == (None, 7)
    assert history.validation[-1] == pytest.approx(seen.loss_and_gradients(X[30:], Y[30:])[0], rel=1e-12)
    with pytest.raises(TypeError, match=r"validation must be a pair \(X, y\), not 3"):
        seen.fit(X, Y, validation=3)


def test_weight_decay_makes_weights_smaller_and_leaves_the_told_loss_alone():
    plain, decayed = a_network(), a_network()
    start = decayed.fit(X, Y, 200, 37, 0.3, l2=0.1).losses[0]
    assert start == plain.fit(X, Y, 200, 37, 0.3).losses[0]
    assert sum((W**2).sum() for W in decayed.weights) < 0.2 * sum((W**2).sum() for W in plain.weights)


@pytest.mark.parametrize("optimizer", ["plain", "momentum"])
def test_divergence_ends_training_in_words_and_leaves_numbers(optimizer):
    net = bpviz.MLP([4, 6, 3], hidden="relu", output="identity", init="he")
    history = net.fit(100 * X, np.eye(3)[Y], 50, 8, 10.0, optimizer)
    assert 1 <= history.diverged_at <= 5
    assert history.begun == history.diverged_at
    assert np.isnan(history.losses[history.diverged_at + 1 :]).all()
    assert all(np.isfinite(p).all() for p in parameters(net))
    assert f"Training diverged in epoch {history.diverged_at}" in repr(history)
    history.plot()


def test_a_start_without_a_finite_loss_trains_nothing():
    net = bpviz.MLP([4, 3], output="identity")
    net.weights[0][:] = 1e300
    before = copy.deepcopy(net)
    history = net.fit(X, np.eye(3)[Y], 5)
    assert (history.diverged_at, history.begun) == (0, 0)
    assert "Training did not begin" in repr(history)
    assert "learning rate" not in repr(history)
    assert same(net, before)


def test_an_interrupt_keeps_what_is_learnt_and_training_goes_on(monkeypatch):
    net = a_network()
    calls = []

    def interrupted(self, done):
        calls.append(done)
        if done == 23:  # of 5 batches an epoch: the third of the fifth epoch
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(progress.Progress, "reach", interrupted)
        history = net.fit(X, Y, 100, 8, 0.5, "adam")
    assert calls == list(range(1, 24))
    assert (history.interrupted_at, history.begun, history.diverged_at) == (5, 5, None)
    assert np.isfinite(history.losses).tolist() == [True] * 5 + [False] * 96
    assert "4 of 100 epochs" in repr(history)
    assert "interrupted in epoch 5" in repr(history)
    reached = net.loss_and_gradients(X, Y)[0]
    assert reached != history.losses[4]
    assert net.fit(X, Y, 100, 8, 0.05, "adam").losses[0] == pytest.approx(reached, rel=1e-12)


def test_an_interrupt_between_epochs_changes_nothing_in_the_end(monkeypatch):
    whole, parts = a_network(), a_network()
    whole.fit(X, Y, 9, 8, 0.05, "adam")
    looked = []
    loss = training.Passes.loss

    def interrupted(self, *data):
        looked.append(loss(self, *data))
        if len(looked) == 5:
            raise KeyboardInterrupt
        return looked[-1]

    with monkeypatch.context() as patch:
        patch.setattr(training.Passes, "loss", interrupted)
        assert parts.fit(X, Y, 9, 8, 0.05, "adam").interrupted_at == 4
    parts.fit(X, Y, 5, 8, 0.05, "adam")
    assert same(whole, parts)


def test_a_bar_shows_only_where_it_is_wanted(capsys, monkeypatch):
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    a_network().fit(X, Y, 3, 8)
    assert "15 batches" in capsys.readouterr().err.replace("/15", "15 batches")
    a_network().fit(X, Y, 3, 8, progress=False)
    done = capsys.readouterr()
    assert (done.out, done.err) == ("", "")


RUN = """
import bpviz, hashlib, numpy as np, sys
rng = np.random.default_rng(0)
X, y = rng.random((300, 60)), rng.integers(0, 10, 300)
net = bpviz.MLP([60, 40, 10], seed=3, dtype=sys.argv[1])
h = net.fit(X, y, 4, 32, 0.2, "momentum", seed=8)
print(h.losses.tobytes().hex(), hashlib.sha256(b"".join(p.tobytes() for p in net.weights)).hexdigest())
"""


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_seeds_give_the_same_run_to_the_last_bit(dtype):
    """On one machine with one number of threads; with another number, to 1e-10 (float64)."""

    def run(threads):
        env = {**os.environ, "OPENBLAS_NUM_THREADS": threads, "OMP_NUM_THREADS": threads, "MKL_NUM_THREADS": threads}
        env["PYTHONPATH"] = str(Path(bpviz.__file__).parents[1])
        code = [sys.executable, "-c", RUN, dtype]
        losses, digest = subprocess.run(code, env=env, capture_output=True, text=True, check=True).stdout.split()
        return np.frombuffer(bytes.fromhex(losses)), digest

    (once, digest), (again, same_digest), (two, _) = run("1"), run("1"), run("2")
    assert (once.tobytes(), digest) == (again.tobytes(), same_digest)
    np.testing.assert_allclose(two, once, rtol=1e-10 if dtype == "float64" else 1e-4)


def test_other_seeds_are_other_runs():
    a, b = a_network(), a_network()
    assert a.fit(X, Y, 2, 5, seed=1).losses.tolist() != b.fit(X, Y, 2, 5, seed=2).losses.tolist()


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"epochs": -1}, "the number of epochs must be from 0 to"),
        ({"epochs": 1.5}, "the number of epochs must be a whole number, not 1.5"),
        ({"batch": 0}, "batch must be from 1 to"),
        ({"eta": 0.0}, "eta must be above 0, not 0"),
        ({"eta": math.nan}, "eta must be finite"),
        ({"eta": "0.1"}, "eta must be one number, not '0.1'"),
        ({"l2": -0.1}, "l2 must be 0 or more, not -0.1"),
        ({"optimizer": "sgd"}, "optimizer must be one of plain, momentum, nesterov, adam, rmsprop, not 'sgd'"),
        ({"seed": 1.0}, "the seed must be a whole number"),
    ],
)
def test_what_is_no_training_is_refused_and_changes_nothing(settings, words):
    net = a_network()
    with pytest.raises((ValueError, TypeError), match=words):
        net.fit(X, Y, **settings)
    assert same(net, a_network())


def test_a_history_tells_plots_and_travels():
    net = a_network()
    history = net.fit(X, Y, 30, 8, validation=(X, Y))
    assert repr(history).startswith("30 of 30 epochs: the loss went from ")
    assert "On the validation rows it is" in repr(history)
    figure = history.plot()
    lines = figure.axes[0].get_lines()
    assert [line.get_label() for line in lines] == ["training", "validation"]
    assert lines[0].get_ydata().tolist() == history.losses.tolist()
    assert lines[0].get_linestyle() != lines[1].get_linestyle()
    assert repr(history) in figure.description
    assert len(a_network().fit(X, Y, 0).plot().axes[0].get_lines()) == 1
    again = pickle.loads(pickle.dumps((net, history)))
    assert again[1].losses.tolist() == history.losses.tolist()
    assert again[0].fit(X, Y, 2, 8).losses.tolist() == net.fit(X, Y, 2, 8).losses.tolist()
