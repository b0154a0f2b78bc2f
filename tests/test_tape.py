"""The tape: floats, arrays and the evaluated trees agree; nothing of a user's text gets into the source."""

import math
import re

import numpy as np
import oracles
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import any_floats, is_ordinary, plain_numbers, programs, random_programs

from bpviz.algebra.expr import Apply, Const, Ref
from bpviz.algebra.ops import OPS
from bpviz.algebra.tape import flatten
from bpviz.calculation.program import Program
from bpviz.calculation.quantities import Given, Kind, Phase, Quantity, Step

X, Y = Ref("x1"), Ref("x2")


def close(a, b):
    return (math.isnan(a) and math.isnan(b)) or a == b or abs(a - b) <= 1e-9 * max(1.0, abs(a), abs(b))


def values_for(program, numbers):
    """A value for each given, in the program's order."""
    names = program.tape.givens
    return st.tuples(*[numbers] * len(names)).map(lambda values: dict(zip(names, values, strict=True)))


def by_name(program, registers):
    return {name: registers[register] for name, register in program.tape.names.items()}


@given(program=programs(), data=st.data())
def test_floats_arrays_and_trees_agree_on_random_programs(program, data):
    values = data.draw(values_for(program, plain_numbers))
    for step in program.steps:
        assume(is_ordinary(step.expr, {**values, **oracles.run(program, values)}))
    on_floats = by_name(program, program.tape.run(values.values()))
    on_arrays = by_name(program, program.tape.run(np.full((2, 3), v) for v in values.values()))
    for name, expected in oracles.run(program, values).items():
        assert close(on_floats[name], float(expected)), name
        for element in np.broadcast_to(on_arrays[name], (2, 3)).flat:
            assert close(float(element), float(expected)), name


@given(program=programs(), data=st.data())
def test_no_value_of_a_given_makes_a_run_fail(program, data):
    values = data.draw(values_for(program, any_floats))
    on_floats = program.tape.run(values.values())
    on_arrays = program.tape.run(np.array([v]) for v in values.values())
    assert all(type(v) is float for v in on_floats)
    assert len(on_floats) == len(on_arrays) == program.tape.registers


def test_random_programs_use_every_operation_and_repeat():
    first, again = random_programs(60), random_programs(60)
    assert first == again
    assert {op for p in first for op, _, _ in p.tape.code} == set(OPS)


def test_equal_subexpressions_share_a_register():
    both = X * Y
    tape = flatten(["x1", "x2"], [("a", both + 1), ("b", both + 1), ("c", both * both)])
    assert [op for op, _, _ in tape.code] == ["mul", "add", "mul"]
    assert tape.names["a"] == tape.names["b"] != tape.names["c"]
    assert tape.registers == 2 + 1 + 3
    assert tape.run([2.0, 3.0])[tape.names["c"]] == 36.0


def test_a_step_that_is_a_bare_name_takes_no_register_of_its_own():
    tape = flatten(["x1"], [("a", X), ("b", Ref("a") + 0.5)])
    assert tape.names["a"] == tape.names["x1"] == 0
    assert tape.run([1.0])[tape.names["b"]] == 1.5


def test_constants_keep_the_sign_of_zero():
    steps = [(name, Apply("div", (X, Const(zero)))) for name, zero in (("up", 0.0), ("down", -0.0))]
    tape = flatten(["x1"], steps)
    for one in (1.0, np.ones(2)):
        up, down = (tape.run([one])[tape.names[n]] for n in ("up", "down"))
        assert np.all(up == math.inf)
        assert np.all(down == -math.inf)
    assert len(tape.constants) == 2


@pytest.mark.parametrize("constant", [0.1, 1e-320, 1.7976931348623157e308, -2.5e-7])
def test_constants_reach_the_source_with_every_digit(constant):
    tape = flatten(["x1"], [("y", Apply("mul", (X, Const(constant))))])
    assert tape.run([1.0])[-1] == constant


def test_arrays_broadcast():
    tape = flatten(["x1", "x2"], [("y", X * Y + 1)])
    column, row = np.array([[1.0], [2.0]]), np.array([10.0, 20.0, 30.0])
    y = tape.run([column, row])[tape.names["y"]]
    assert y.tolist() == [[11.0, 21.0, 31.0], [21.0, 41.0, 61.0]]
    assert tape.run([column, 3.0])[tape.names["y"]].shape == (2, 1)


HOSTILE = ["r0", "r1", "exp", "pow_", "run", "rounds", "state", "losses", "append", "n", "_", "math", "δ"]


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_of_a_user_reaches_the_source(name):
    steps = (
        Step(Quantity("y", Kind.NET), Apply("exp", (Ref(name) * Ref("other"),)), Phase.FORWARD),
        Step(Quantity("z", Kind.NET), Apply("pow", (Ref(name), Ref("y"))), Phase.FORWARD),
    )
    givens = tuple(Given(Quantity(n, Kind.INPUT), 0.5) for n in (name, "other"))
    program = Program(givens, steps, "z", feedback={name: "z"})
    code = program.tape.floats.__code__
    assert all(re.fullmatch(r"r\d+", variable) for variable in code.co_varnames)
    assert set(code.co_names) <= {"exp", "pow_"}
    registers = by_name(program, program.tape.run([0.5, 0.5]))
    assert registers["z"] == pytest.approx(0.5 ** math.exp(0.25))
    losses, state = [], [0.5, 0.5]
    program.tape.loop(program.feedback, program.loss)(1, losses, state)
    assert losses == [registers["z"]]
    assert state == [registers["z"], 0.5]


@given(program=programs(), data=st.data(), rounds=st.integers(0, 4))
def test_loop_is_run_and_feedback_again_and_again(program, data, rounds):
    values = data.draw(values_for(program, plain_numbers))
    expected_losses, expected = [], dict(values)
    for _ in range(rounds):
        try:
            registers = by_name(program, program.tape.floats(*expected.values()))
        except (ArithmeticError, ValueError):
            assume(False)
        expected_losses.append(registers[program.loss])
        expected |= {given_name: registers[step] for given_name, step in program.feedback.items()}
    losses, state = [], list(values.values())
    program.tape.loop(program.feedback, program.loss)(rounds, losses, state)
    assert np.array_equal(losses, expected_losses, equal_nan=True)
    assert np.array_equal(state, list(expected.values()), equal_nan=True)


def test_loop_swaps_two_givens_at_once():
    tape = flatten(["x1", "x2"], [("a", X + 0.0 * Y), ("b", Y + 0.0), ("loss", X - Y)])
    losses, state = [], [1.0, 2.0]
    tape.loop({"x1": "b", "x2": "a"}, "loss")(1, losses, state)
    assert state == [2.0, 1.0]


def test_loop_that_overflows_stops_before_that_round():
    tape = flatten(["x1"], [("next", Apply("exp", (X,)))])
    losses, state = [], [1.0]
    with pytest.raises(OverflowError):
        tape.loop({"x1": "next"}, "next")(10, losses, state)
    assert losses == [math.e, math.exp(math.e), math.exp(math.exp(math.e))]
    assert state == losses[-1:]


def test_loop_leaves_out_what_neither_loss_nor_feedback_needs():
    tape = flatten(["x1"], [("idle", Apply("log", (X,))), ("loss", X * X)])
    losses, state = [], [-1.0]
    tape.loop({}, "loss")(2, losses, state)
    assert losses == [1.0, 1.0]


def test_a_program_without_givens_runs_and_trains():
    tape = flatten([], [("loss", Apply("log", (Const(0.0),)))])
    assert tape.run([]) == [0.0, -math.inf]
    tape = flatten([], [("loss", Const(4.0))])
    losses, state = [], []
    tape.loop({}, "loss")(2, losses, state)
    assert losses == [4.0, 4.0]


def test_what_is_no_expression_is_refused():
    with pytest.raises(TypeError, match="not an expression: 'x1'"):
        flatten(["x1"], [("y", "x1")])
