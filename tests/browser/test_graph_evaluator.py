"""Python and the shipped JavaScript compute the same on random graphs with lists, and find the same faults."""

import json
import random

from graph_recipes import fair_examples
from player_driver import agree
from shipped import pack
from test_evaluator import RUN, stands_still, whole_score

import bpviz
from bpviz.calculation.faults import faults

COUNT = 500

FAULTS = """([score, runs]) => {
  const {program} = score.variants[0], names = score.givens.map(given => given.name);
  const steps = Object.keys(program.names).filter(name => !names.includes(name));
  const find = createFaultFinder(program, names, steps);
  return runs.map(values => [...find(name => values[name])]);
}"""


def test_random_graphs(shipped):
    rng = random.Random(16)
    programs = [example.program for _, _, example in fair_examples(COUNT, seed=61)]
    near = [
        {g.name: g.default + (k and rng.uniform(-0.3, 0.3)) for g in program.givens}
        for program in programs
        for k in (0, 1)
    ]
    asked = [near[2 * k : 2 * k + 2] for k in range(COUNT)]
    scores = [json.loads(json.dumps(whole_score(program), allow_nan=False)) for program in programs]
    answers = shipped.evaluate(RUN, [scores, [[pack(list(givens.values())) for givens in runs] for runs in asked]])
    compared = skipped = 0
    for program, runs, answer in zip(programs, asked, answers, strict=True):
        for givens, shown in zip(runs, answer, strict=True):
            still = stands_still(program, givens)
            registers = program.tape.run([givens[g.name] for g in program.givens])
            for name, value in shown:
                if still[name]:
                    compared += 1
                    assert agree(value, float(registers[program.tape.names[name]])), (name, givens, program.steps)
                else:
                    skipped += 1
    assert 20 * skipped < compared, f"only {compared} of {compared + skipped} values could be compared fairly"


def test_faults_are_the_same(shipped):
    for text in ("log(x)*2 + y/x", "sqrt(x)*y + x**y", "mean(log([x, y, x - y]))", "exp(x)*y + y**x", "1/(x*x)/y"):
        ex = bpviz.graph(text, name="out", x=1, y=1)
        runs = [{"x": x, "y": y} for x in (0.0, -1.0, 1.0, 1e3, -2.5) for y in (0.0, 1.0, -0.5, 2.0)]
        found = shipped.evaluate(FAULTS, [json.loads(json.dumps(whole_score(ex.program))), runs])
        expected = [[list(f) for f in faults(ex.program, ex.program.tape.run([r["x"], r["y"]]))] for r in runs]
        assert found == expected, text
        assert any(expected)
