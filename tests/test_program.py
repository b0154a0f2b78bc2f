"""Programs: immutable, checked when made, and every refusal names the culprit and the choices."""

import dataclasses
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import bpviz
from bpviz.expr import Const, Ref
from bpviz.program import Given, Kind, Phase, Program, Quantity, Step, checked_number

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
    "name",
    ["", "1w", "w 1", "w-1", "w1;import os", "__import__('os')", "class", "None", "x\ny", "w.1", "{w1}", "<b>", "w1⁺"],
)
def test_a_name_is_an_identifier(name):
    with pytest.raises(ValueError, match="cannot be the name of a quantity: use letters, digits and '_'") as refusal:
        Quantity(name, Kind.WEIGHT)
    assert repr(name) in str(refusal.value)


def test_an_edge_is_asked_for_only_where_there_is_one():
    assert Quantity("w1", Kind.WEIGHT, ("i1", "h1")).edge == ("i1", "h1")
    with pytest.raises(TypeError, match="net_h1 has its place at 'h1', not on an edge"):
        _ = Quantity("net_h1", Kind.NET, "h1").edge


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"givens": (a_given("x1"), a_given("x1"))}, "the name 'x1' is used twice"),
        ({"steps": (a_step("x1", X),)}, "the name 'x1' is used twice"),
        ({"steps": (a_step("y", X), a_step("y", X))}, "the name 'y' is used twice"),
        ({"steps": (a_step("y", Ref("z")), a_step("z", X))}, "'y' uses 'z', which is not a given or an earlier step"),
        ({"steps": (a_step("y", Ref("y")),)}, "'y' uses 'y', which is not a given or an earlier step"),
        ({"givens": (a_given("x1", math.nan),)}, "the default of 'x1' is nan, not a finite number"),
        ({"givens": (a_given("x1", math.inf),)}, "the default of 'x1' is inf, not a finite number"),
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
        bpviz.case2().run(banana=1)
    assert refusal.value.args[0].startswith("no quantity 'banana'; there are i1, i2, w1, ")


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
        ([None], TypeError, "w5 must hold real numbers, not object"),
        (10**400, TypeError, "w5 must hold real numbers"),
        ([True, False], TypeError, "w5 must hold real numbers, not bool"),
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


@pytest.mark.parametrize("value", [3, 3.0, np.float32(3), np.int8(3), np.array(3)])
def test_every_sort_of_number_becomes_a_float(value):
    assert type(checked_number("w1", value)) is float
    assert checked_number("w1", value) == 3.0


@given(numbers=st.lists(st.integers(-9, 9), min_size=1, max_size=4))
def test_lists_and_tuples_become_arrays_of_their_own(numbers):
    array = np.array(numbers, dtype=np.float64)
    for value in (numbers, tuple(numbers), array):
        checked = checked_number("w1", value)
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


def test_the_register_code_is_made_once():
    program = a_program(steps=(a_step("y", X + Const(1.0)),))
    assert program.tape is program.tape
