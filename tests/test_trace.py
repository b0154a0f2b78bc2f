"""Runs: read-only values, arrays, gradients by any name."""

import math

import numpy as np
import oracles
import pytest
from hypothesis import given, settings
from strategies import givens_of_case2

import bpviz
from bpviz.calculation.quantities import Phase
from bpviz.calculation.trace import Trace
from bpviz.calculation.training import train
from bpviz.networks.wiring import ACTIVATIONS

VARIANTS = [(u, b, a) for u in ("simultaneous", "sequential") for b in (False, True) for a in ACTIVATIONS]
every_variant = pytest.mark.parametrize(("update", "biases", "activation"), VARIANTS)


@pytest.fixture(scope="module")
def ex():
    return bpviz.case2()


def test_a_trace_is_a_read_only_mapping_of_floats(ex):
    trace = ex.run()
    assert list(trace) == list(ex.program.names)
    assert len(trace) == len(ex.program.names)
    assert all(type(v) is float for v in trace.values())
    assert "out_o1" in trace
    assert "out_o9" not in trace
    with pytest.raises(TypeError):
        trace["w5"] = 1.0
    with pytest.raises(TypeError):
        del trace["w5"]


def test_arrays_broadcast_and_cannot_be_written(ex):
    eta = np.array([0.1, 0.5, 1.0])
    trace = ex.run(eta=eta, w5=[[0.4], [0.9]])
    assert {v.shape for v in trace.values()} == {(2, 3)}
    for value in trace.values():
        with pytest.raises(ValueError, match="read-only"):
            value[0, 0] = 7.0
    eta[0] = 99.0
    assert trace["eta"][0, 0] == 0.1


@settings(max_examples=15)
@given(givens=givens_of_case2, other=givens_of_case2)
def test_a_run_on_arrays_is_the_runs_on_floats_side_by_side(givens, other):
    ex = bpviz.case2()
    both = ex.run(**{name: [givens[name], other[name]] for name in givens})
    for k, alone in enumerate((ex.run(**givens), ex.run(**other))):
        for name in alone:
            assert both[name][k] == pytest.approx(alone[name], rel=1e-13, abs=1e-300), name


def test_the_order_of_the_givens_does_not_matter(ex):
    values = ex.program.values_of_givens({"w5": 0.9})
    backwards = dict(reversed(values.items()))
    assert dict(Trace(ex.program, backwards)) == dict(Trace(ex.program, values))
    assert np.array_equal(train(ex.program, 3, backwards).losses, train(ex.program, 3, values).losses)


def test_an_unknown_name_is_refused_with_the_choices(ex):
    for ask in (ex.run().__getitem__, ex.run().gradient):
        with pytest.raises(KeyError) as refusal:
            ask("w9")
        assert refusal.value.args[0] == "no quantity 'w9'; weights are w1..w8"


@every_variant
@settings(max_examples=5)
@given(givens=givens_of_case2)
def test_gradient_by_any_given_or_forward_step(update, biases, activation, givens):
    ex = bpviz.case2(update, biases, activation)
    trace = ex.run(**givens)
    forward = [s for s in ex.program.steps if s.phase in (Phase.FORWARD, Phase.LOSS)]
    expected = oracles.reverse_gradients(forward, givens, "E_total")
    for name in [*givens, *(s.name for s in forward)]:
        assert trace.gradient(name) == pytest.approx(expected.get(name, 0.0), rel=1e-11, abs=1e-13), name
    assert trace.gradient("eta") == 0.0


def test_gradient_of_a_run_on_arrays(ex):
    w5 = np.linspace(-1, 1, 7)
    slopes = ex.run(w5=w5).gradient("w5")
    assert slopes.shape == (7,)
    assert slopes.tolist() == pytest.approx([ex.run(w5=w).gradient("w5") for w in w5], rel=1e-13)
    assert ex.run(w5=w5).gradient("eta").tolist() == [0.0] * 7


def test_gradient_by_a_backward_step_is_zero(ex):
    # the loss is made before any backward step, so none of them can move it
    assert ex.run().gradient("dE_dw5") == 0.0
    assert ex.run().gradient("w5_next") == 0.0


def test_repr_names_the_loss(ex):
    assert repr(ex.run()) == "<Trace of 70 values, E_total = 0.2983711087600027>"


def test_a_dead_relus_gradient_has_no_sign():
    ex = bpviz.case2(activation="relu")
    dead = {"b1": -3.0, "target_o1": 0.9, "target_o2": 0.9}
    trace = ex.run(**dead)
    zeros = [name for name in trace if trace[name] == 0.0]
    assert {"out_h1", "dE_dw1", "dE_dw5"} <= set(zeros)
    assert [name for name in zeros if math.copysign(1.0, trace[name]) < 0] == []
    assert math.copysign(1.0, trace.gradient("w1")) == 1.0
    rows = ex.run(**dead | {"b1": np.array([-3.0, -4.0])})
    assert not np.signbit(rows["dE_dw1"]).any()
