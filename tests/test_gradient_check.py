"""Gradient checks: every rule that is a gradient passes, and the one that is not says which weights."""

import dataclasses

import pytest
from hypothesis import assume, given, settings
from strategies import givens_of_case2

import bpviz
from bpviz.calculation.gradient_check import TOLERANCE, GradientCheck, GradientRow, check_gradients
from bpviz.calculation.missing_slopes import missing_slopes
from bpviz.networks.wiring import ACTIVATIONS

PARAMETERS = ["i1", "i2", *(f"w{k}" for k in range(1, 9)), "b1", "b2", "target_o1", "target_o2"]


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("biases", [False, True])
def test_the_simultaneous_rule_uses_gradients(activation, biases):
    check = bpviz.case2(train_biases=biases, activation=activation).check_gradients()
    assert [row.name for row in check.rows] == PARAMETERS
    assert check.worst == max(row.error for row in check.rows) < 1e-6
    assert check.agrees
    assert check.verdict.startswith("All 14 gradients agree")


@pytest.mark.parametrize("activation", ACTIVATIONS)
@settings(max_examples=12)
@given(givens=givens_of_case2)
def test_the_simultaneous_rule_uses_gradients_anywhere(activation, givens):
    ex = bpviz.case2(train_biases=True, activation=activation)
    trace = ex.run(**givens)
    # a central difference across the corner of a ReLU says nothing, nor where all slopes drown in rounding
    assume(activation != "relu" or all(abs(trace[f"net_{n}"]) > 0.01 for n in ("h1", "h2", "o1", "o2")))
    check = ex.check_gradients(**givens)
    assert check.agrees, check
    for row in check.rows:
        assert row.analytic == pytest.approx(trace.gradient(row.name), rel=1e-12, abs=1e-300)


@pytest.mark.parametrize("biases", [False, True])
def test_the_sequential_rule_is_no_gradient_for_the_hidden_layer(biases):
    check = bpviz.case2("sequential", train_biases=biases).check_gradients()
    wrong = [row.name for row in check.rows if not row.agrees]
    assert wrong == ["w1", "w2", "w3", "w4"] + (["b1"] if biases else [])
    assert not check.agrees
    assert check.worst > 0.01
    assert check.verdict.startswith(f"Not a gradient: what the update uses for {', '.join(wrong)} differs")
    assert all(row.error < TOLERANCE for row in check.rows if row.name not in wrong)


def test_the_check_takes_other_givens_and_refuses_bad_ones():
    ex = bpviz.case2()
    assert ex.check_gradients(w5=-1.0).rows[6].analytic != ex.check_gradients().rows[6].analytic
    with pytest.raises(KeyError, match="w9"):
        ex.check_gradients(w9=1)
    with pytest.raises(TypeError, match=r"a gradient check starts from one value .* w5 is an array of shape \(2,\)"):
        ex.check_gradients(w5=[1.0, 2.0])


def test_gradients_that_are_all_zero_agree():
    # every neuron shut: nothing moves the error but the targets, and with reached targets not even they
    check = bpviz.case2(activation="relu").check_gradients(b1=-2, b2=-2, target_o1=0, target_o2=0, w1=-1)
    assert [row.analytic for row in check.rows] == [0.0] * 14
    assert check.agrees


def test_a_small_error_beside_large_gradients_is_measured_against_them():
    assert GradientRow("w", 1.0, 1.0 + 2e-6, 2e-6).agrees is False
    assert GradientRow("w", 1.0, 1.0, 0.0).agrees is True


@pytest.mark.parametrize(
    ("givens", "message"),
    [
        ({"w5": 1e200}, r"E_total is inf with w5 = 1e\+200"),
        ({"w5": 5e151, "i1": 1000}, r"the gradient by w1 is inf with i1 = 1000, w5 = 5e\+151"),
    ],
)
def test_a_loss_that_is_not_finite_has_no_verdict(givens, message):
    with pytest.raises(ValueError, match=f"a gradient check needs finite numbers, but {message}"):
        bpviz.case2(activation="identity").check_gradients(**givens)


@pytest.mark.parametrize("shift", [0.0, 1e-7, -1e-7])
@pytest.mark.parametrize("update", ["simultaneous", "sequential"])
def test_at_a_kink_differences_tell_nothing(update, shift):
    # net_h1 = 0.5·0.2 + 0.25·0.4 − 0.2 is 0 but for the shift
    zero = {"i1": 0.5, "w1": 0.2, "i2": 0.25, "w2": 0.4, "w3": 0.9, "b1": -0.2 + shift}
    ex = bpviz.case2(update, activation="relu")
    assert abs(ex.run(**zero)["net_h1"] - shift) < 1e-16
    check = ex.check_gradients(**zero)
    kinks = [row for row in check.rows if row.kink]
    assert {row.name for row in kinks} == {"i1", "i2", "w1", "w2", "b1"}
    assert all(row.agrees and row.error > TOLERANCE for row in kinks)
    assert check.worst == max(row.error for row in check.rows if not row.kink)
    assert repr(check).count("a kink: no one slope") == len(kinks)
    if update == "simultaneous":
        assert check.verdict.startswith(f"All {14 - len(kinks)} gradients agree")
    else:
        assert not any(row.kink for row in bpviz.case2("sequential", activation="relu").check_gradients().rows)


def test_a_wrong_gradient_is_no_kink():
    for activation in ACTIVATIONS:
        check = bpviz.case2("sequential", activation=activation).check_gradients()
        assert not any(row.kink for row in check.rows)
        assert [row.name for row in check.rows if not row.agrees] == ["w1", "w2", "w3", "w4"]


def test_only_what_the_update_uses_is_blamed_on_it():
    rows = (GradientRow("w1", 1.0, 2.0, 0.5), GradientRow("i1", 1.0, 4.0, 0.75, used=False))
    assert GradientCheck(rows).verdict.startswith("Not a gradient: what the update uses for w1 differs")
    assert GradientCheck(rows).verdict.endswith("by up to 50% of the larger one.")
    assert GradientCheck(rows[1:]).verdict.startswith("The chain rule's slope by i1 differs")
    ex = bpviz.case2("sequential")
    program = dataclasses.replace(ex.program, gradients={"w5": ex.program.gradients["w6"]})
    check = check_gradients(program, program.values_of_givens({}))
    assert [row.name for row in check.rows if row.used] == ["w5"]
    assert "for w5 differs" in check.verdict


def test_the_table_prints_every_row_and_the_verdict():
    lines = repr(bpviz.case2().check_gradients()).splitlines()
    assert len(lines) == 1 + 14 + 1
    assert lines[7].split()[:2] == ["w5", "0.082167040564"]
    assert lines[-1].startswith("All 14 gradients agree with central differences; worst relative error")


@pytest.mark.parametrize("update", ["simultaneous", "sequential"])
def test_tables_without_a_missing_slope_have_no_column_for_it(update):
    ex = bpviz.case2(update)
    check = ex.check_gradients()
    assert all(missing_slopes(ex.program, w) == () for w in ex.program.gradients)
    assert check.header() == ["given", "by the chain rule", "central difference", "relative error"]
    assert "missing" not in repr(check)
    assert "leaves out" not in check.verdict
