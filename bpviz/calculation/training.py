"""Training: many rounds of run, update and feedback, and the history that they leave behind."""

import math
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from bpviz.calculation.program import Program
from bpviz.calculation.quantities import Kind
from bpviz.calculation.trace import Trace, in_order, refuse_arrays
from bpviz.ground.checked import checked_count
from bpviz.ground.progress import Progress

MOST_ROUNDS = 10_000_000
AT_ONCE = 50_000
"""Rounds between two looks at whether training has diverged, and at the clock: about 50 milliseconds."""


@dataclass(frozen=True, eq=False)
class History:
    """What training left behind; it diverges in the first round after which the loss or a trained value is not finite.

    `losses` (n + 1 values, read-only): the loss before the first round and after each; nan from the round after
    divergence on. `final`: the trace after the last round before divergence, with a finite loss and finite trained
    values; where the first loss of all is not finite, the trace of the start. `diverged_at`: that round of divergence,
    or None.
    """

    losses: np.ndarray
    final: Trace
    diverged_at: int | None

    def __post_init__(self) -> None:
        self.losses.flags.writeable = False

    def __reduce__(self) -> tuple[Any, ...]:
        """Copy and pickle by making the history again, so that a copied array is as read-only as the original."""
        return History, (self.losses, self.final, self.diverged_at)


def train(program: Program, rounds: int, givens: Mapping[str, Any]) -> History:
    """Return the history of `rounds` rounds (run, update, feed back) from scalar `givens`.

    A learning rate may also be an array of one rate for every round; the final trace then has the last of them.
    What lasts longer than a second shows a progress bar, and an interrupt ends it at once.
    Raises TypeError or ValueError for a number of rounds that is not a whole number from 0 to ten million, or for an
    array among the other givens; ValueError for a schedule that has another length.
    """
    n = checked_count("the number of rounds", rounds, MOST_ROUNDS)
    here = in_order(program, givens)
    schedule = _schedule(program, n, here)
    here |= {name: rates[0] for name, rates in schedule.items() if n}
    refuse_arrays("training", here)
    curve, done = np.full(n + 1, math.nan), 0
    with Progress(n, "rounds") as progress:
        while True:
            now = {name: rates[done : done + AT_ONCE] for name, rates in schedule.items()}
            losses, final = _after(program, min(AT_ONCE, n - done), here, now)
            curve[done : done + len(losses)] = losses
            bad = _first_not_finite(program, curve[done : done + len(losses)], final, here, now)
            if bad is not None:
                curve[done + bad + 1 :] = math.nan
                return History(curve, _after(program, max(bad - 1, 0), here, now)[1], done + bad)
            done += len(losses) - 1
            if done == n:
                return History(curve, final, None)
            here = in_order(program, final)
            progress.reach(done)


def _schedule(program: Program, n: int, givens: Mapping[str, Any]) -> dict[str, list[float]]:
    """Return the learning rates that are given as one value for every round, checked for their length."""
    schedule = {}
    for name, value in givens.items():
        if np.ndim(value) == 1 and program[name].quantity.kind is Kind.LEARNING_RATE:
            if len(value) != n:
                raise ValueError(f"{name} has {len(value)} values, but training takes {n} rounds: one value for each")
            schedule[name] = [float(rate) for rate in value]
    return schedule


def _after(
    program: Program, n: int, givens: Mapping[str, Any], schedule: Mapping[str, list[float]]
) -> tuple[list[float], Trace]:
    """Return the loss before the first of n rounds and after each, and the trace after them."""
    losses: list[float] = []
    state = [float(v) for v in givens.values()]
    rounds = program.tape.loop(program.feedback, program.loss)
    places = [(list(givens).index(name), rates) for name, rates in schedule.items()]
    while len(losses) < n:
        try:
            for place, rates in places:
                state[place] = rates[len(losses)]
            rounds(1 if places else n - len(losses), losses, state)
        except (ArithmeticError, ValueError):
            # one round by the arrays' rules, where overflow has an answer (exp(710) is inf); fast again
            trace = Trace(program, dict(zip(givens, state, strict=True)))
            losses.append(trace[program.loss])
            state = [trace[program.feedback.get(name, name)] for name in givens]
    final = Trace(program, dict(zip(givens, state, strict=True)))
    losses.append(final[program.loss])
    return losses, final


def _first_not_finite(
    program: Program,
    losses: np.ndarray,
    final: Trace,
    givens: Mapping[str, Any],
    schedule: Mapping[str, list[float]],
) -> int | None:
    """Return the first round after which the loss or a trained value is not finite, or None."""
    n = len(losses) - 1
    finite = np.isfinite(losses)
    bad = n + 1 if finite.all() else int(finite.argmin())
    if not _all_finite(final, givens):
        # a trained value that is inf or nan stays so, so the first such round can be found by halving
        bad = min(
            bad,
            bisect_left(
                range(n + 1), True, key=lambda k: not _all_finite(_after(program, k, givens, schedule)[1], givens)
            ),
        )
    return bad if bad <= n else None


def _all_finite(trace: Trace, givens: Mapping[str, Any]) -> bool:
    return all(math.isfinite(trace[name]) for name in givens)
