"""Training: rounds that equal rounds made by hand, losses before and after each, divergence."""

import math

import numpy as np
import oracles
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from strategies import givens_of_case2

import bpviz
from bpviz.algebra.expr import Ref, apply
from bpviz.calculation.program import Program
from bpviz.calculation.quantities import Given, Kind, Phase, Quantity, Step
from bpviz.calculation.training import MOST_ROUNDS, train
from bpviz.networks.wiring import ACTIVATIONS

VARIANTS = [(u, b, a) for u in ("simultaneous", "sequential") for b in (False, True) for a in ACTIVATIONS]
every_variant = pytest.mark.parametrize(("update", "biases", "activation"), VARIANTS)


@pytest.fixture(scope="module")
def ex():
    return bpviz.case2()


def rounds_by_hand(ex, n, givens):
    """Losses, last trace and first bad round of n rounds: run, feed back, run, ..."""
    state, traces = dict(givens), []
    for _ in range(n + 1):
        traces.append(ex.run(**state))
        state |= {name: traces[-1][step] for name, step in ex.program.feedback.items()}
        if not all(map(math.isfinite, state.values())):
            break
    return traces


@every_variant
@settings(max_examples=6)
@given(givens=givens_of_case2, n=st.integers(0, 12))
def test_training_is_rounds_made_by_hand(update, biases, activation, givens, n):
    ex = bpviz.case2(update, biases, activation)
    history = ex.train(n, **givens)
    traces = rounds_by_hand(ex, n, givens)
    assume(len(traces) == n + 1 and math.isfinite(traces[-1]["E_total"]))
    assert history.losses.tolist() == [t["E_total"] for t in traces]
    assert dict(history.final) == dict(traces[-1])
    assert history.diverged_at is None


@pytest.mark.parametrize("sequential", [False, True])
@pytest.mark.parametrize("biases", [False, True])
@pytest.mark.parametrize("eta", [0.5, 2.0])
def test_training_against_matrices(sequential, biases, eta):
    history = bpviz.case2("sequential" if sequential else "simultaneous", biases).train(1000, eta=eta)
    losses, outputs = oracles.train_case2(1000, eta, sequential, biases)
    assert history.losses.tolist() == pytest.approx(losses, rel=1e-11)
    assert [history.final["out_o1"], history.final["out_o2"]] == pytest.approx(outputs.tolist(), rel=1e-12)


def test_zero_rounds_are_one_run(ex):
    history = ex.train(0, w5=0.9)
    assert history.losses.tolist() == [ex.run(w5=0.9)["E_total"]]
    assert dict(history.final) == dict(ex.run(w5=0.9))


def test_losses_are_counted_from_before_the_first_round_and_cannot_be_written(ex):
    history = ex.train(5)
    assert history.losses.shape == (6,)
    assert history.losses.dtype == np.float64
    assert history.losses[0] == ex.run()["E_total"]
    assert history.losses[-1] == history.final["E_total"]
    with pytest.raises(ValueError, match="read-only"):
        history.losses[0] = 0.0


@pytest.mark.parametrize("rounds", [np.int64(3), 3])
def test_any_whole_number_of_rounds(ex, rounds):
    assert len(ex.train(rounds).losses) == 4


@pytest.mark.parametrize("rounds", [True, False, 3.0, "3", None, [3], math.nan, np.float64(3)])
def test_what_is_no_whole_number_of_rounds(ex, rounds):
    with pytest.raises(TypeError, match="the number of rounds must be a whole number, not"):
        ex.train(rounds)


@pytest.mark.parametrize("rounds", [-1, 10**9, MOST_ROUNDS + 1, 10**400])
def test_too_few_or_too_many_rounds(ex, rounds):
    with pytest.raises(ValueError, match="the number of rounds must be from 0 to 10,000,000, not"):
        ex.train(rounds)


def test_training_starts_from_single_values(ex):
    with pytest.raises(TypeError, match=r"training starts from one value for each given, but w5 is an array .*\(2,\)"):
        ex.train(3, w5=[0.1, 0.2])


@every_variant
def test_divergence_is_found_and_kept(update, biases, activation):
    ex = bpviz.case2(update, biases, activation)
    if activation in ("sigmoid", "tanh"):
        assert ex.train(300, eta=1e4, i1=3, w1=2).diverged_at is None
        return
    history = ex.train(2000, eta=8.0, i1=3.0, w1=2, w3=2)
    at = history.diverged_at
    if activation in ("relu", "softplus") and at is None:
        assert np.isfinite(history.losses).all()  # every neuron shut, or nearly: the loss stays where it is
        return
    traces = rounds_by_hand(ex, 2000, ex.program.values_of_givens({"eta": 8.0, "i1": 3.0, "w1": 2, "w3": 2}))
    assert 1 <= at <= len(traces)
    assert len(history.losses) == 2001
    assert np.isfinite(history.losses[:at]).all()
    assert np.isnan(history.losses[at + 1 :]).all()
    assert dict(history.final) == dict(traces[at - 1])
    assert all(math.isfinite(history.final[name]) for name in (*ex.program.tape.givens, "E_total"))


def quadratic(factor=1.0):
    """E = factor · w², trained with its gradient and a learning rate."""
    givens = (Given(Quantity("w", Kind.WEIGHT, "w"), 1.0), Given(Quantity("eta", Kind.LEARNING_RATE), 3.0))
    w, eta = Ref("w"), Ref("eta")
    steps = (
        Step(Quantity("E", Kind.LOSS), factor * apply("square", w), Phase.LOSS),
        Step(Quantity("w_next", Kind.UPDATED), w - eta * (2.0 * factor * w), Phase.UPDATE),
    )
    return Program(givens, steps, "E", {"w": "w_next"})


def test_the_round_of_divergence_is_the_first_whose_loss_is_not_finite():
    # each round multiplies w by −5, the loss by 25: 25^k passes 1.8e308 at k = 221
    history = train(quadratic(), 400, {"w": 1.0, "eta": 3.0})
    assert history.diverged_at == next(k for k in range(400) if 25.0 * 25.0 ** (k - 1) == math.inf) == 221
    assert history.losses[220] == pytest.approx(25.0**220)
    assert history.losses[221] == math.inf
    assert np.isnan(history.losses[222:]).all()
    assert history.final["w"] == pytest.approx(5.0**220)


def test_divergence_in_the_very_last_round_and_before_the_first():
    assert train(quadratic(), 221, {"w": 1.0, "eta": 3.0}).diverged_at == 221
    assert train(quadratic(), 220, {"w": 1.0, "eta": 3.0}).diverged_at is None
    start = train(quadratic(), 5, {"w": 1e200, "eta": 3.0})
    assert start.diverged_at == 0
    assert start.losses[0] == math.inf
    assert np.isnan(start.losses[1:]).all()
    assert start.final["w"] == 1e200


def test_a_weight_can_diverge_while_the_loss_stays_finite():
    program = quadratic(factor=0.0)
    runaway = Step(Quantity("w_next", Kind.UPDATED), 10.0 * Ref("w"), Phase.UPDATE)
    program = Program(program.givens, (program.steps[0], runaway), "E", {"w": "w_next"})
    history = train(program, 1000, {"w": 1.0, "eta": 0.0})
    assert history.diverged_at == 309
    assert history.final["w"] == pytest.approx(1e308)


@pytest.mark.parametrize("w1", [-1e5, 1e5])
def test_overflow_inside_a_sigmoid_is_no_divergence(ex, w1):
    history = ex.train(50, w1=w1, i1=1.0)
    assert history.diverged_at is None
    assert np.isfinite(history.losses).all()
    traces = rounds_by_hand(ex, 50, ex.program.values_of_givens({"w1": w1, "i1": 1.0}))
    assert history.losses.tolist() == [t["E_total"] for t in traces]
    assert history.losses[50] < history.losses[0]


def test_a_failed_call_leaves_the_example_as_it_was(ex):
    before = ex.train(3).losses.tolist()
    for bad in ({"rounds": -1}, {"rounds": 3, "w9": 1}, {"rounds": 3, "w5": math.nan}, {"rounds": 3, "w5": "a"}):
        with pytest.raises((KeyError, TypeError, ValueError)):
            ex.train(**bad)
    assert ex.train(3).losses.tolist() == before
