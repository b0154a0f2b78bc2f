"""Updates: after the last gradient, or one after the other; which weights the error comes back through."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bpviz
from bpviz.algebra.expr import Ref, apply
from bpviz.algebra.traversal import references
from bpviz.calculation.chain_rule import with_gradients
from bpviz.calculation.program import Program
from bpviz.calculation.quantities import Given, Kind, Phase, Quantity, Step
from bpviz.calculation.trace import Trace
from bpviz.calculation.updates import with_sequential_updates, with_updates

VARIANTS = [(update, biases) for update in ("simultaneous", "sequential") for biases in (False, True)]


def formula(program, name):
    """What a step reads, for assertions about structure."""
    return list(references(program[name].expr))


@pytest.mark.parametrize(("update", "biases"), VARIANTS)
def test_which_weights_the_error_comes_back_through(update, biases):
    program = bpviz.case2(update, train_biases=biases).program
    reads = {
        f"dnet_{o}_dout_{h}": w
        for (h, o), w in zip(
            [("h1", "o1"), ("h2", "o1"), ("h1", "o2"), ("h2", "o2")], ["w5", "w6", "w7", "w8"], strict=True
        )
    }
    for local, w in reads.items():
        assert formula(program, local) == [w if update == "simultaneous" else f"{w}_next"]
    moved = [
        s.name for s in program.steps if s.phase is Phase.BACKWARD and any("_next" in n for n in references(s.expr))
    ]
    assert sorted(moved) == ([] if update == "simultaneous" else sorted(reads))
    trained = [f"w{k}" for k in range(1, 9)] + (["b1", "b2"] if biases else [])
    for w in trained:
        assert formula(program, f"{w}_next") == [w, "eta", f"dE_d{w}"]
    assert dict(program.feedback) == {w: f"{w}_next" for w in trained}


def test_simultaneous_updates_come_after_the_last_backward_step():
    phases = [s.phase for s in bpviz.case2().program.steps]
    order = [Phase.FORWARD, Phase.LOSS, Phase.BACKWARD, Phase.UPDATE]
    assert phases == sorted(phases, key=order.index)


def test_sequential_updates_change_the_output_layer_before_the_error_goes_on():
    names = [s.name for s in bpviz.case2("sequential").program.steps]
    assert names.index("w8_next") < names.index("dnet_o1_dout_h1") < names.index("w1_next")


def a_given(name, kind=Kind.INPUT):
    return Given(Quantity(name, kind, name), 2.0, -3, 3)


def a_step(name, expr, phase=Phase.FORWARD, kind=Kind.ACTIVATION):
    return Step(Quantity(name, kind, name), expr, phase)


@given(data=st.data())
@pytest.mark.parametrize("rule", [with_updates, with_sequential_updates])
def test_one_update_of_one_given_is_plain_gradient_descent(rule, data):
    eta = data.draw(st.floats(0, 1))
    givens = (a_given("x"), Given(Quantity("eta", Kind.LEARNING_RATE), eta, 0, 1))
    program = rule(with_gradients(Program(givens, (a_step("y", apply("square", Ref("x"))),), "y"), ["x"]))
    assert Trace(program, {"x": 2.0, "eta": eta})["x_next"] == pytest.approx(2.0 - eta * 4.0)
