"""Python and the shipped JavaScript compute the same on random networks, at their defaults."""

import json

from player_driver import agree
from random_networks import random_network_program
from shipped import pack
from test_evaluator import RUN, stands_still, whole_score

from bpviz.calculation.trace import Trace

COUNT = 200
AT_ONCE = 50


def test_random_networks(shipped):
    compared, skipped, worst = 0, 0, 0.0
    for first in range(0, COUNT, AT_ONCE):
        programs = [random_network_program(seed) for seed in range(first, first + AT_ONCE)]
        scores = [json.loads(json.dumps(whole_score(program), allow_nan=False)) for program in programs]
        defaults = [program.values_of_givens({}) for program in programs]
        answers = shipped.evaluate(RUN, [scores, [[pack(list(givens.values()))] for givens in defaults]])
        for program, givens, (shown,) in zip(programs, defaults, answers, strict=True):
            trace, still = Trace(program, givens), stands_still(program, givens)
            for name, value in shown:
                if not still[name]:
                    skipped += 1
                    continue
                compared += 1
                worst = max(worst, abs(value - trace[name]) / max(1.0, abs(trace[name])))
                assert agree(value, trace[name]), f"{name}: browser {value!r}, Python {trace[name]!r}"
    print(f"worst difference of {compared} values: {worst:.1e}")  # noqa: T201
    assert 100 * skipped < compared
