import json, random
import pytest
from graph_recipes import fair_examples
from player_driver import agree
from shipped import pack
from test_evaluator import RUN, stands_still, whole_score
COUNT = 250

@pytest.mark.parametrize("seed", range(1000, 1020))
def test_random_graphs(shipped, seed):
    rng = random.Random(seed)
    programs = [e.program for _, _, e in fair_examples(COUNT, seed=seed)]
    near = [{g.name: g.default + (k and rng.uniform(-0.3, 0.3)) for g in p.givens} for p in programs for k in (0, 1)]
    asked = [near[2 * k : 2 * k + 2] for k in range(COUNT)]
    scores = [json.loads(json.dumps(whole_score(p), allow_nan=False)) for p in programs]
    answers = shipped.evaluate(RUN, [scores, [[pack(list(g.values())) for g in runs] for runs in asked]])
    compared = skipped = wrong = 0; worst = 0.0; where = None
    for program, runs, answer in zip(programs, asked, answers, strict=True):
        for givens, shown in zip(runs, answer, strict=True):
            still = stands_still(program, givens)
            reg = program.tape.run([givens[g.name] for g in program.givens])
            for name, value in shown:
                if not still[name]: skipped += 1; continue
                compared += 1
                here = float(reg[program.tape.names[name]])
                if not agree(value, here): wrong += 1
                d = abs(value - here) / max(abs(value), abs(here), 1e-300) if value == value and here == here and abs(here) != float("inf") and value is not None else 0.0
                if d > worst: worst, where = d, (name, value, here)
    with open("/tmp/g16b/5000.log", "a") as f: f.write(f"{seed} compared {compared} skipped {skipped} wrong {wrong} worst {worst:.2e} {where}\n")
    assert not wrong
