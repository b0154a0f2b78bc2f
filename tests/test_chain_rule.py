"""Derived backward steps: right on random programs, every factor named, each rule reading the right weights."""

import math

import oracles
import pytest
from hypothesis import assume, given
from strategies import SMOOTH, TAME, is_ordinary, programs

import bpviz
from bpviz.algebra.expr import Ref, apply
from bpviz.algebra.traversal import references
from bpviz.calculation.chain_rule import Naming, with_gradients
from bpviz.calculation.program import Program
from bpviz.calculation.quantities import Given, Kind, Phase, Quantity, Role, Step
from bpviz.calculation.trace import Trace


def formula(program, name):
    """What a step reads, for assertions about structure."""
    return list(references(program[name].expr))


def gradients(program):
    """Name → gradient of the loss by each given, from the derived steps."""
    names = [g.name for g in program.givens]
    derived = with_gradients(program, names)
    trace = Trace(derived, derived.values_of_givens({}))
    return {name: trace[derived.gradients[name]] for name in names}


def defaults(program):
    return {g.name: g.default for g in program.givens}


def loss_over(program, name):
    return lambda x: float(oracles.run(program, {**defaults(program), name: x})[program.loss])


@given(program=programs(SMOOTH))
def test_gradients_of_random_programs_against_a_tape_walked_backwards(program):
    known = oracles.run(program, defaults(program))
    assume(all(is_ordinary(step.expr, known, most=50) for step in program.steps))
    expected = oracles.reverse_gradients(program.steps, defaults(program), program.loss)
    for name, gradient in gradients(program).items():
        assume(math.isfinite(expected.get(name, 0.0)) and abs(expected.get(name, 0.0)) < 1e6)
        assert gradient == pytest.approx(expected.get(name, 0.0), rel=1e-8, abs=1e-8), name


@given(program=programs(TAME))
def test_gradients_of_random_programs_against_central_differences(program):
    known = oracles.run(program, defaults(program))
    assume(all(is_ordinary(step.expr, known, most=20) for step in program.steps))
    for name, gradient in gradients(program).items():
        assume(abs(gradient) < 1e3)
        difference = oracles.central_difference(loss_over(program, name), known[name])
        assert gradient == pytest.approx(float(difference), rel=1e-4, abs=1e-4), name


@given(program=programs(TAME))
def test_deriving_again_changes_nothing(program):
    assert with_gradients(program, program.tape.givens) == with_gradients(program, program.tape.givens)
    assert with_gradients(program, program.tape.givens).steps[: len(program.steps)] == program.steps


@pytest.fixture(scope="module")
def case2():
    return bpviz.case2().program


@pytest.mark.parametrize("w", [f"w{k}" for k in range(5, 9)])
def test_one_path_is_three_named_factors(case2, w):
    o = "o1" if w in ("w5", "w6") else "o2"
    assert formula(case2, f"dE_d{w}") == [f"delta_{o}", f"dnet_{o}_d{w}"]
    assert formula(case2, f"delta_{o}") == [f"dE_dout_{o}", f"dout_dnet_{o}"]
    trace = bpviz.case2().run(eta=0.1, w5=0.9, w7=-0.3)
    factors = [trace[f"dE_dout_{o}"], trace[f"dout_dnet_{o}"], trace[f"dnet_{o}_d{w}"]]
    assert math.prod(factors) == pytest.approx(trace[f"dE_d{w}"], rel=1e-15)


@pytest.mark.parametrize(("h", "weights"), [("h1", ("w5", "w7")), ("h2", ("w6", "w8"))])
def test_two_paths_are_two_named_terms_and_their_sum(case2, h, weights):
    terms = [f"dE_{o}_dout_{h}" for o in ("o1", "o2")]
    assert formula(case2, f"dE_dout_{h}") == terms
    for term, o, w in zip(terms, ("o1", "o2"), weights, strict=True):
        assert case2[term].quantity.kind is Kind.TERM
        assert formula(case2, term) == [f"delta_{o}", f"dnet_{o}_dout_{h}"]
        assert formula(case2, f"dnet_{o}_dout_{h}") == [w]
    trace = bpviz.case2().run(w5=-0.4, w8=1.7)
    assert trace[terms[0]] + trace[terms[1]] == pytest.approx(trace[f"dE_dout_{h}"], rel=1e-15)
    for w, x in (("w1", "i1"), ("w2", "i2")) if h == "h1" else (("w3", "i1"), ("w4", "i2")):
        over_each_path = [trace[term] * trace[f"dout_dnet_{h}"] * trace[x] for term in terms]
        assert sum(over_each_path) == pytest.approx(trace[f"dE_d{w}"], rel=1e-14)


def test_a_shared_bias_sums_the_deltas_it_feeds():
    program = bpviz.case2(train_biases=True).program
    assert formula(program, "dE_db1") == ["delta_h1", "delta_h2"]
    assert formula(program, "dE_db2") == ["delta_o1", "delta_o2"]


def test_backward_steps_come_after_what_they_read_and_say_what_they_are(case2):
    kinds = {s.name: s.quantity.kind for s in case2.steps}
    assert kinds["dE_dout_o1"] is kinds["dE_dw5"] is kinds["dE_dout_h1"] is Kind.GRADIENT
    assert kinds["dout_dnet_o1"] is kinds["dnet_o1_dw5"] is kinds["dnet_o2_dout_h1"] is Kind.LOCAL
    assert kinds["delta_o1"] is kinds["delta_h2"] is Kind.DELTA
    assert {s.phase for s in case2.steps if s.quantity.kind in (Kind.LOCAL, Kind.TERM, Kind.DELTA)} == {Phase.BACKWARD}
    assert case2["dE_dw1"].role == Role(Kind.GRADIENT, "E_total", "w1")
    assert case2["dnet_o1_dw5"].role == Role(Kind.LOCAL, "net_o1", "w5")
    assert case2["dE_o2_dout_h1"].role == Role(Kind.TERM, "E_total", "out_h1", "net_o2")
    assert case2["dnet_o1_dw5"].quantity.place == ("h1", "o1")
    assert case2["dE_o2_dout_h1"].quantity.place == ("h1", "o2")
    assert case2["delta_h1"].quantity.place == "h1"


def a_given(name, kind=Kind.INPUT):
    return Given(Quantity(name, kind, name), 2.0, -3, 3)


def a_step(name, expr, phase=Phase.FORWARD, kind=Kind.ACTIVATION):
    return Step(Quantity(name, kind, name), expr, phase)


def test_no_dependence_is_a_gradient_of_zero_with_a_name():
    program = Program((a_given("x"), a_given("z")), (a_step("y", Ref("x") * 3),), "y")
    derived = with_gradients(program, ["z", "x"])
    trace = Trace(derived, derived.values_of_givens({}))
    assert (trace["dy_dz"], trace["dy_dx"]) == (0.0, 3.0)
    assert dict(derived.gradients) == {"z": "dy_dz", "x": "dy_dx"}


def test_the_gradient_by_the_loss_itself_is_one():
    program = Program((a_given("x"),), (a_step("y", Ref("x") * Ref("x")),), "y")
    derived = with_gradients(program, ["y", "x"])
    trace = Trace(derived, derived.values_of_givens({}))
    assert (trace["dy_dy"], trace["dy_dx"]) == (1.0, 4.0)


def test_a_step_that_does_not_reach_the_loss_adds_nothing():
    steps = (a_step("idle", Ref("x") * 100), a_step("y", Ref("x") * 3))
    derived = with_gradients(Program((a_given("x"),), steps, "y"), ["x", "idle"])
    trace = Trace(derived, derived.values_of_givens({}))
    assert (trace["dy_dx"], trace["dy_didle"]) == (3.0, 0.0)


def test_a_local_derivative_of_one_passes_the_gradient_on_without_a_step():
    steps = (a_step("s", Ref("x") + Ref("z")), a_step("y", apply("square", Ref("s"))))
    derived = with_gradients(Program((a_given("x"), a_given("z")), steps, "y"), ["x", "z"])
    added = [s.name for s in derived.steps[len(steps) :]]
    assert added == ["dy_ds", "dy_dx", "dy_dz"]
    trace = Trace(derived, derived.values_of_givens({}))
    assert trace[derived.gradients["x"]] == trace[derived.gradients["z"]] == 8.0


def test_a_name_used_twice_in_one_step_is_one_path():
    derived = with_gradients(Program((a_given("x"),), (a_step("y", Ref("x") * Ref("x")),), "y"), ["x"])
    assert Trace(derived, {"x": 5.0})["dy_dx"] == 10.0


def test_names_are_the_callers_choice():
    naming = Naming(lambda q: f"grad_{q.name}", lambda c, q: f"slope_{c.name}_{q.name}", lambda c, q: f"via_{c.name}")
    steps = (a_step("a", apply("sin", Ref("x"))), a_step("b", apply("cos", Ref("x"))), a_step("y", Ref("a") * Ref("b")))
    derived = with_gradients(Program((a_given("x"),), steps, "y"), ["x"], naming)
    added = {s.name for s in derived.steps[len(steps) :]}
    assert {"grad_x", "via_a", "via_b", "slope_a_x", "slope_b_x"} <= added
    assert Trace(derived, {"x": 0.3})["grad_x"] == pytest.approx(math.cos(0.6))


def test_an_unknown_name_is_refused():
    with pytest.raises(KeyError, match=r"no quantity 'w9'; weights are w1\.\.w8"):
        with_gradients(bpviz.case2().program, ["w9"])
