"""Programs: immutable, checked when made, and every refusal names the culprit and the choices."""

import copy
import dataclasses
import math
import pickle
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import bpviz
from bpviz.algebra.expr import Const, Ref
from bpviz.calculation.program import Program
from bpviz.calculation.quantities import Given, Kind, Phase, Quantity, Step
from bpviz.ground.checked import finite

X = Ref("x1")


def a_given(name, default=1.0, kind=Kind.INPUT):
    return Given(Quantity(name, kind), default)


def a_step(name, expr, phase=Phase.FORWARD):
    return Step(Quantity(name, Kind.NET), expr, phase)


def a_program(**changes):
    parts = {"givens": (a_given("x1"), a_given("x2")), "steps": (a_step("y", X * Ref("x2")),), "loss": "y"}
    return Program(**{**parts, **changes})


@pytest.mark.parametrize("part", ["givens", "steps", "loss", "feedback", "gradients"])
def test_no_field_can_be_replaced(part):
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(a_program(), part, ())


def test_tables_are_read_only_copies():
    feedback = {"x1": "y"}
    program = a_program(feedback=feedback, gradients={"x1": "y"})
    feedback["x2"] = "y"
    assert dict(program.feedback) == {"x1": "y"}
    for table in (program.feedback, program.gradients):
        with pytest.raises(TypeError):
            table["x2"] = "y"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"givens": (a_given("x1"), a_given("x1"))}, "the name 'x1' is used twice"),
        ({"steps": (a_step("x1", X),)}, "the name 'x1' is used twice"),
        ({"steps": (a_step("y", X), a_step("y", X))}, "the name 'y' is used twice"),
        ({"steps": (a_step("y", Ref("z")), a_step("z", X))}, "'y' uses 'z', which is not a given or an earlier step"),
        ({"steps": (a_step("y", Ref("y")),)}, "'y' uses 'y', which is not a given or an earlier step"),
    ],
)
def test_a_program_is_checked_when_made(changes, message):
    with pytest.raises(ValueError, match=message):
        a_program(**changes)


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("loss", "z"),
        ("feedback", {"x1": "z"}),
        ("feedback", {"z": "y"}),
        ("gradients", {"x1": "z"}),
        ("gradients", {"z": "y"}),
    ],
)
def test_loss_feedback_and_gradients_name_what_exists(part, value):
    with pytest.raises(KeyError) as refusal:
        a_program(**{part: value})
    assert refusal.value.args[0] == "no quantity 'z'; there are x1, x2, y"


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        ("w9", "no quantity 'w9'; weights are w1..w8"),
        ("w0", "no quantity 'w0'; weights are w1..w8"),
        ("i3", "no quantity 'i3'; inputs are i1, i2"),
        ("b3", "no quantity 'b3'; biases are b1, b2"),
        ("net_h3", "no quantity 'net_h3'; net inputs are net_h1, net_h2, net_o1, net_o2"),
        ("E_o3", "no quantity 'E_o3'; losses are E_o1, E_o2, E_total"),
        ("target_o7", "no quantity 'target_o7'; targets are target_o1, target_o2"),
        ("dout_dnet_o7", None),
    ],
)
def test_an_unknown_name_gets_the_choices_of_its_sort(ask, message):
    program = bpviz.case2().program
    with pytest.raises(KeyError) as refusal:
        program[ask]
    said = refusal.value.args[0]
    if message is None:
        assert said.startswith("no quantity 'dout_dnet_o7'; local derivatives are dout_dnet_o1, dnet_o1_dw5, ")
    else:
        assert said == message


def test_a_wholly_unknown_name_gets_every_name():
    with pytest.raises(KeyError) as refusal:
        bpviz.case2().run()["banana"]
    assert refusal.value.args[0].startswith("no quantity 'banana'; there are i1, i2, w1, ")
    assert refusal.value.args[0].endswith(bpviz.case2().program.names[-1])


@pytest.mark.parametrize("ask", [["w5"], {"w5": 1}, np.array([1.0, 2.0]), None, 3, 10**4000, b"w5", ()])
def test_what_is_no_name_is_no_quantity(ask):
    ex = bpviz.neuron()
    assert ask not in ex.program
    for look in (ex.program.__getitem__, ex.run().__getitem__, ex.run().gradient):
        with pytest.raises(KeyError, match=r"no quantity .*; there are x1, x2, w1"):
            look(ask)


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        ("banana", "no quantity 'banana'; givens are x1, x2, w1, w2, b, target, eta"),
        ("net_n3", "no quantity 'net_n3'; givens are x1, x2, w1, w2, b, target, eta"),
        ("w9", "no quantity 'w9'; weights are w1, w2"),
    ],
)
def test_an_unknown_keyword_gets_the_givens_only(ask, message):
    with pytest.raises(KeyError) as refusal:
        bpviz.neuron().run(**{ask: 1})
    assert refusal.value.args[0] == message


def test_what_is_computed_cannot_be_given():
    with pytest.raises(KeyError) as refusal:
        bpviz.case2().run(out_h1=1)
    assert refusal.value.args[0].startswith("'out_h1' is computed, not given; givens are i1, i2, w1, ")


@pytest.mark.parametrize(
    ("value", "error", "message"),
    [
        ("0.5", TypeError, "w5 must be a number or an array of numbers, not '0.5'"),
        (None, TypeError, "w5 must be a number or an array of numbers, not None"),
        (True, TypeError, "w5 must be a number or an array of numbers, not True"),
        (1j, TypeError, "w5 must be a number or an array of numbers, not 1j"),
        ({"a": 1}, TypeError, "w5 must be a number or an array of numbers"),
        (np.array([True]), TypeError, "w5 must hold real numbers, not bool"),
        (np.array([1j]), TypeError, "w5 must hold real numbers, not complex128"),
        (["a"], TypeError, "w5 must hold real numbers"),
        ([None], TypeError, "w5 must hold real numbers, not None"),
        (10**400, ValueError, "w5 must be finite"),
        (-(10**4000), ValueError, "w5 must be finite"),
        (Fraction(10**400, 3), ValueError, "w5 must be finite"),
        (np.longdouble("1e400"), ValueError, "w5 must be finite"),
        (np.array([np.longdouble("-1e400")]), ValueError, "w5 must be finite"),
        ([10**400], ValueError, "w5 must be finite"),
        ([], ValueError, "w5 must hold at least one number"),
        (np.zeros((0, 3)), ValueError, "w5 must hold at least one number"),
        ([True, 0.5], TypeError, "w5 must hold real numbers, not True"),
        (Decimal("0.5"), TypeError, r"w5 must be a number or an array of numbers, not Decimal\('0.5'\)"),
        ([True, False], TypeError, "w5 must hold real numbers, not True"),
        (np.bool_(True), TypeError, "w5 must be"),
        ([[1.0], [1.0, 2.0]], ValueError, "w5 must be a number or an array with rows of equal length"),
        (math.nan, ValueError, "w5 must be finite, not nan"),
        (-math.inf, ValueError, "w5 must be finite, not -inf"),
        ([1.0, math.nan], ValueError, r"w5 must be finite, not \[1.0, nan\]"),
        (np.float32("inf"), ValueError, "w5 must be finite"),
    ],
)
def test_a_bad_value_is_refused_and_nothing_changes(value, error, message):
    ex = bpviz.case2()
    before = dict(ex.run())
    with pytest.raises(error, match=message):
        ex.run(w5=value)
    assert dict(ex.run()) == before


def test_shapes_that_do_not_broadcast_are_named():
    with pytest.raises(ValueError, match="do not broadcast together") as refusal:
        bpviz.case2().run(w1=[1, 2], w5=[1, 2, 3], w6=0.5)
    assert "w1: (2,), w5: (3,)" in str(refusal.value)
    assert "w6" not in str(refusal.value)


@pytest.mark.parametrize("value", [3, 3.0, np.float32(3), np.int8(3), np.array(3), Fraction(6, 2), np.longdouble(3)])
def test_every_sort_of_number_becomes_a_float(value):
    assert type(finite("w1", value)) is float
    assert finite("w1", value) == 3.0
    assert finite("w1", [value, Fraction(1, 2)]).tolist() == [3.0, 0.5]


def test_a_number_too_long_to_print_is_refused_too():
    with pytest.raises(ValueError, match="w5 must be finite, not so large a number"):
        finite("w5", 10**5000)
    with pytest.raises(KeyError, match="no quantity so large a number"):
        bpviz.neuron().run()[10**5000]


@given(numbers=st.lists(st.integers(-9, 9), min_size=1, max_size=4))
def test_lists_and_tuples_become_arrays_of_their_own(numbers):
    array = np.array(numbers, dtype=np.float64)
    for value in (numbers, tuple(numbers), array):
        checked = finite("w1", value)
        assert checked.dtype == np.float64
        assert checked.tolist() == numbers
    checked[0] += 1
    assert array[0] == numbers[0]


def test_a_program_of_nothing_has_no_loss():
    with pytest.raises(KeyError, match="no quantity 'y'"):
        Program((), (), "y")


def test_names_come_in_order_and_membership_is_asked_by_name():
    program = a_program()
    assert program.names == ("x1", "x2", "y")
    assert "y" in program
    assert "z" not in program
    assert None not in program


def test_defaults_stand_in_for_what_is_not_given():
    assert a_program().values_of_givens({"x2": 5}) == {"x1": 1.0, "x2": 5.0}
    assert a_program(givens=(a_given("x1", 2), a_given("x2"))).values_of_givens({})["x1"] == 2.0


@pytest.mark.parametrize("twin", [copy.copy, copy.deepcopy, lambda thing: pickle.loads(pickle.dumps(thing))])
def test_a_copy_is_as_good_and_as_closed(twin):
    ex = bpviz.neuron()
    for thing in (ex.program, twin(ex.program), twin(ex).program):
        assert thing == ex.program
        assert thing.values_of_givens({}) == ex.program.values_of_givens({})
        with pytest.raises(TypeError):
            thing.feedback["x1"] = "y"
    assert dict(twin(ex).run()) == dict(ex.run()) == dict(twin(ex.run()))
    array = twin(ex.run(w1=[0.1, 0.2]))["E_n"]
    assert array.tolist() == ex.run(w1=[0.1, 0.2])["E_n"].tolist()
    assert not array.flags.writeable
    assert twin(ex.train(3)).losses.tolist() == ex.train(3).losses.tolist()


def test_the_register_code_is_made_once():
    program = a_program(steps=(a_step("y", X + Const(1.0)),))
    assert program.tape is program.tape
