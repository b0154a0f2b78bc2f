"""Where a run goes wrong: the steps in which finite numbers give something that is none, and why.

`js/engine/faults.js` says the same of the same registers.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from bpviz.calculation.program import Program


def faults(program: Program, registers: Sequence[Any]) -> Iterator[tuple[str, str]]:
    """Yield step and fault, as its key in the words table, in order; `registers`: those of a run of the program's tape.

    Of a step it is the first fault; in arrays that of the first element with one.
    """
    told = set[str]()
    steps = step_of(program)
    for op, target, sources in program.tape.code:
        step = steps.get(target, "")
        if step in told:
            continue
        value, *read = np.broadcast_arrays(registers[target], *(registers[s] for s in sources))
        wrong = ~np.isfinite(value) & np.logical_and.reduce([np.isfinite(r) for r in read])
        if wrong.any():
            told.add(step)
            yield step, fault(op, *(float(r[wrong][0]) for r in read))


def step_of(program: Program) -> dict[int, str]:
    """Return the step that each register is computed for, by registers."""
    tape = program.tape
    ends, last = [(len(tape.givens) - 1, "")], len(tape.givens) - 1
    for step in program.steps:
        if tape.names[step.name] > last:
            last = tape.names[step.name]
            ends.append((last, step.name))
    return {register: name for (before, _), (end, name) in pairwise(ends) for register in range(before + 1, end + 1)}


def fault(op: str, a: float, b: float = 0.0) -> str:
    """Return what is wrong with an operation on finite numbers whose result is none."""
    if op == "log":
        return "log_of_zero" if a == 0.0 else "log_of_negative"
    if op == "sqrt":
        return "root_of_negative"
    if (op == "div" and b == 0.0) or (op == "reciprocal" and a == 0.0) or (op == "pow" and a == 0.0):
        return "division_by_zero"
    return "power_of_negative" if op == "pow" and a < 0.0 and b != int(b) else "overflow"
