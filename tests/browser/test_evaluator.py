"""Python and the shipped JavaScript compute the same, on random programs over all operations."""

import json
import random

import numpy as np
import pytest
from player_driver import agree
from shipped import pack
from strategies import random_program

from bpviz.algebra.ops import OPS
from bpviz.calculation.program import Program
from bpviz.calculation.quantities import Phase
from bpviz.calculation.trace import Trace
from bpviz.telling.scene import Scene
from bpviz.telling.story import Beat, Text
from bpviz.views.score.check import check_score
from bpviz.views.score.score import score
from bpviz.worked import WorkedExample
from bpviz.writing.notation import Notation
from bpviz.writing.symbols import Symbol

PROGRAMS = 500
NOT_ROUNDED_EXACTLY = ("pow", "exp", "log", "sin", "cos", "tanh", "sigmoid", "softplus")
"""Operations that IEEE 754 does not fix to the last bit: two mathematical libraries may differ by an ulp or two."""
NUDGE = 4 * 2.0**-52
STILL = 1e-13
EXTREMES = (0.0, -0.0, 1.0, -1.0, 709.9, -709.9, 746.0, -746.0, 1e16, 1e154, -1e154, 1e308, -1e308, 1e-300, 5e-324)

RUN = """([scores, packed]) => {
  const rows = scores.map((score, k) => {
    const problem = scoreProblem(score);
    if (problem) throw new Error(problem);
    const names = score.givens.map(given => given.name);
    const machine = createMachine(score.variants[0].program, names);
    return packed[k].map(doubles => {
      const values = unpackDoubles(doubles);
      machine.run(name => values[names.indexOf(name)]);
      return Object.keys(score.variants[0].program.names).map(name => [name, machine.value(name)]);
    });
  });
  return rows;
}"""


def whole_score(program: Program) -> dict:
    """The score of a program, through the door every worked example takes."""
    beat = Beat(
        "all", Phase.FORWARD, Text("titles.done"), Text("captions.done"), reveals=tuple(s.name for s in program.steps)
    )
    notation = Notation({name: Symbol(name) for name in program.names})
    made = score(WorkedExample("neuron", program, notation, Scene(1, 1, (), (), {}, ()), (beat,), ()))
    check_score(made)
    return made


def stands_still(program: Program, givens: dict[str, float]) -> dict[str, bool]:
    """Name → whether its value hardly moves when every operation that may differ by an ulp is nudged by four."""
    rng = np.random.default_rng(len(program.steps))
    values = [np.full(9, x) for x in givens.values()] + [None] * (program.tape.registers - len(givens))
    for register, constant in program.tape.constants.items():
        values[register] = np.full(9, constant)
    with np.errstate(all="ignore"):
        for op, target, sources in program.tape.code:
            values[target] = OPS[op].array(*(values[s] for s in sources))
            if op in NOT_ROUNDED_EXACTLY:
                values[target] = values[target] * (1 + NUDGE * np.r_[0, rng.choice((-1, 1), 8)])
    return {name: _is_still(values[register]) for name, register in program.tape.names.items()}


def _is_still(nudged: np.ndarray) -> bool:
    first = nudged[0]
    if not np.isfinite(first):
        return bool(np.isnan(nudged).all() if np.isnan(first) else (nudged == first).all())
    return bool((np.abs(nudged - first) <= STILL * max(1.0, abs(first))).all())


def fair_programs() -> list[Program]:
    """500 programs whose every value stands still on the default givens, so that 1e-12 asks for no luck."""
    rng = random.Random(500)
    found: list[Program] = []
    while len(found) < PROGRAMS:
        program = random_program(rng)
        if all(stands_still(program, program.values_of_givens({})).values()):
            found.append(program)
    return found


def inputs(program: Program, rng: random.Random) -> list[dict[str, float]]:
    """The defaults, ordinary values and extreme ones."""
    names = [given.name for given in program.givens]
    return [
        program.values_of_givens({}),
        {name: rng.uniform(-3, 3) for name in names},
        {name: rng.choice(EXTREMES) for name in names},
        {name: rng.choice((rng.choice(EXTREMES), rng.gauss(0, 1))) for name in names},
    ]


@pytest.fixture(scope="module")
def programs() -> list[Program]:
    return fair_programs()


def test_every_operation_occurs(programs):
    assert {op for program in programs for op, _, _ in program.tape.code} == set(OPS)


def test_five_hundred_programs(shipped, programs):
    rng = random.Random(12)
    asked = [inputs(program, rng) for program in programs]
    scores = [json.loads(json.dumps(whole_score(program), allow_nan=False)) for program in programs]
    answers = shipped.evaluate(RUN, [scores, [[pack(list(givens.values())) for givens in runs] for runs in asked]])
    compared = skipped = 0
    for program, runs, answer in zip(programs, asked, answers, strict=True):
        for k, (givens, shown) in enumerate(zip(runs, answer, strict=True)):
            trace, still = Trace(program, givens), stands_still(program, givens)
            for name, value in shown:
                if k == 0 or still[name]:
                    compared += 1
                    assert agree(value, trace[name]), (
                        f"{name}: browser {value!r}, Python {trace[name]!r}, {givens}\n{program.steps}"
                    )
                else:
                    skipped += 1
    assert 100 * skipped < compared, f"only {compared} of {compared + skipped} values could be compared fairly"
