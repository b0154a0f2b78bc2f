"""Optimizers step by step against PyTorch's formulas, written again here with NumPy; their memory is on the screen."""

import importlib.util

import numpy as np
import pytest

import bpviz
from bpviz.calculation.quantities import Kind
from bpviz.networks.optimizers import DECAYS

W1 = np.array([[0.3, -0.7], [0.9, 0.2], [-0.5, 0.6]])
W2 = np.array([[0.4, -0.2, 0.8], [-0.6, 0.5, 0.1]])
X, T = np.array([0.5, -1.2]), np.array([1.0, 0.0])
ROUNDS = 100


def network(optimizer, eta):
    return bpviz.network(
        [2, 3, 2], ["tanh", "softmax"], "cross_entropy", [W1, W2], inputs=X, targets=T, eta=eta, optimizer=optimizer
    )


def gradients(w1, w2):
    hidden = np.tanh(w1 @ X)
    powers = np.exp(w2 @ hidden)
    delta = powers / powers.sum() - T
    return [np.outer((w2.T @ delta) * (1 - hidden**2), X), np.outer(delta, hidden)]


class Plain:
    def __init__(self, eta):
        self.eta, self.memory = eta, [{}, {}]

    def step(self, weights, t):
        slopes = gradients(*weights)
        return [w - self.change(g, m, t) for w, g, m in zip(weights, slopes, self.memory, strict=True)]

    def change(self, g, memory, t):
        return self.eta * g


class Momentum(Plain):
    nesterov = False

    def change(self, g, memory, t):
        memory["v"] = g if t == 1 else 0.9 * memory["v"] + g
        return self.eta * (g + 0.9 * memory["v"] if self.nesterov else memory["v"])


class Nesterov(Momentum):
    nesterov = True


class RMSprop(Plain):
    def change(self, g, memory, t):
        memory["v"] = 0.99 * memory.get("v", 0.0) + 0.01 * g * g
        return self.eta * g / (np.sqrt(memory["v"]) + 1e-8)


class Adam(Plain):
    def change(self, g, memory, t):
        memory["m"] = memory.get("m", 0.0) + 0.1 * (g - memory.get("m", 0.0))
        memory["v"] = 0.999 * memory.get("v", 0.0) + 0.001 * g * g
        size = np.sqrt(memory["v"]) / np.sqrt(1 - 0.999**t) + 1e-8
        return self.eta / (1 - 0.9**t) * memory["m"] / size


BY_HAND = {"plain": Plain, "momentum": Momentum, "nesterov": Nesterov, "rmsprop": RMSprop, "adam": Adam}


def trained(weights, prefix="w"):
    first, second = (np.array(w) for w in weights)
    named = {f"{prefix}1_{j}_{k}": first[j - 1, k - 1] for j in (1, 2, 3) for k in (1, 2)}
    return named | {f"{prefix}2_{j}_{k}": second[j - 1, k - 1] for j in (1, 2) for k in (1, 2, 3)}


@pytest.mark.parametrize("optimizer", DECAYS)
def test_a_hundred_steps_are_those_of_the_formulas(optimizer):
    weights, by_hand = [W1, W2], BY_HAND[optimizer](0.02)
    for t in range(1, ROUNDS + 1):
        weights = by_hand.step(weights, t)
    final = network(optimizer, 0.02).train(ROUNDS).final
    expected = trained(weights)
    assert {name: final[name] for name in expected} == pytest.approx(expected, rel=1e-11, abs=1e-13)


@pytest.mark.skipif(importlib.util.find_spec("torch") is None, reason="PyTorch is not installed")
@pytest.mark.parametrize("optimizer", DECAYS)
def test_a_hundred_steps_are_those_of_pytorch(optimizer):
    import torch

    parts = [torch.tensor(w, dtype=torch.float64, requires_grad=True) for w in (W1, W2)]
    makers = {
        "plain": lambda: torch.optim.SGD(parts, lr=0.02),
        "momentum": lambda: torch.optim.SGD(parts, lr=0.02, momentum=0.9),
        "nesterov": lambda: torch.optim.SGD(parts, lr=0.02, momentum=0.9, nesterov=True),
        "rmsprop": lambda: torch.optim.RMSprop(parts, lr=0.02),
        "adam": lambda: torch.optim.Adam(parts, lr=0.02),
    }
    stepper = makers[optimizer]()
    for _ in range(ROUNDS):
        stepper.zero_grad()
        scores = parts[1] @ torch.tanh(parts[0] @ torch.tensor(X))
        (-(torch.tensor(T) * torch.log_softmax(scores, 0)).sum()).backward()
        stepper.step()
    final = network(optimizer, 0.02).train(ROUNDS).final
    expected = trained([part.detach().numpy() for part in parts])
    assert {name: final[name] for name in expected} == pytest.approx(expected, rel=1e-11, abs=1e-13)


@pytest.mark.parametrize("optimizer", DECAYS)
def test_all_that_it_remembers_is_given_fed_back_and_not_trained(optimizer):
    program = network(optimizer, 0.02).program
    memories = [g for g in program.givens if g.quantity.kind is Kind.MEMORY]
    assert all(g.default == 0.0 and program.feedback[g.name] == f"{g.name}_next" for g in memories)
    assert set(program.trained) == set(trained([W1, W2]))
    letters = {"plain": "", "momentum": "v", "nesterov": "v", "rmsprop": "v", "adam": "mv"}[optimizer]
    expected = {f"{letter}_{name}" for letter in letters for name in program.trained}
    assert {g.name for g in memories} - {"c1", "c2"} == expected


@pytest.mark.parametrize(("optimizer", "memory"), [("momentum", "v"), ("adam", "m"), ("rmsprop", "v")])
def test_a_memory_lights_its_weight_and_shows_the_gradient_that_it_keeps(optimizer, memory):
    ex = bpviz.network([2, 1], "identity", optimizer=optimizer)
    beat = next(beat for beat in ex.beats if beat.id == f"{memory}_w1_1_1_next")
    assert set(beat.lit) == {"x1", "1_1", "x1→1_1"}
    assert [(chip.anchor, chip.lines[-1][0].what) for chip in beat.chips] == [("x1→1_1", "dL_dw1_1_1")]


def test_decays_have_sliders_and_change_the_steps():
    ex = network("adam", 0.02)
    assert ex.groups[0].givens == ("eta", "beta1", "beta2")
    assert ex.train(3, beta1=0.5).final["w1_1_1"] != ex.train(3).final["w1_1_1"]
    still = network("momentum", 0.02).train(20, mu=0.0).final
    assert still["w1_1_1"] == network("plain", 0.02).train(20).final["w1_1_1"]


def test_a_step_is_told_with_its_memories():
    ex = network("adam", 0.02)
    beats = {beat.id: beat for beat in ex.beats}
    first = ["c2_next", "m_w2_1_1_next", "v_w2_1_1_next", "w2_1_1_next"]
    assert [name for name in beats if name in first] == first
    assert beats["w2_1_1_next"].caption.key == "networks.captions.update_adam"
    again = ["m_w2_1_2_next", "v_w2_1_2_next", "w2_1_2_next"]
    assert [shown.step for shown in beats["w2_1_2_next"].formulas] == again
    symbols = [ex.notation[name].plain for name in ("m_w2_1_1", "m_w2_1_1_next", "c1_next", "beta2")]
    assert symbols == ["m_w11[2]", "m_w11[2]⁺", "c1⁺", "β2"]


def test_a_gradient_check_leaves_decays_and_memories_out():
    assert {row.name for row in network("adam", 0.02).check_gradients().rows} >= {"x1", "t2", "w1_1_1"}
    assert not {row.name for row in network("adam", 0.02).check_gradients().rows} & {"beta1", "c1", "m_w1_1_1"}
