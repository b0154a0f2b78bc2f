"""Gradient checks: every gradient by the chain rule beside a central difference of the loss."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bpviz.program import Kind, Program
from bpviz.tables import Row, Table
from bpviz.trace import Trace, refuse_arrays
from bpviz.words import words

STEP = float(np.finfo(float).eps ** (1 / 3))
"""Relative step of a central difference in float64: truncation and rounding errors are about equal there."""

TOLERANCE = 1e-6


@dataclass(frozen=True)
class GradientRow:
    """One given: the gradient the program uses, the central difference, and their relative error (all scalars)."""

    name: str
    analytic: float
    numeric: float
    error: float

    @property
    def agrees(self) -> bool:
        """True when the two agree as well as central differences can tell."""
        return self.error < TOLERANCE


@dataclass(frozen=True, repr=False)
class GradientCheck(Table):
    """All rows; `worst` is the largest relative error."""

    rows: tuple[GradientRow, ...]

    @property
    def worst(self) -> float:
        """The worst relative error."""
        return max(row.error for row in self.rows)

    @property
    def agrees(self) -> bool:
        """True when every row agrees."""
        return all(row.agrees for row in self.rows)

    @property
    def verdict(self) -> str:
        """One sentence: the gradients agree, or which ones the update uses are no gradients."""
        wrong = [row.name for row in self.rows if not row.agrees]
        if not wrong:
            return words()["gradient_check.agree"].format(count=len(self.rows), worst=f"{self.worst:.1e}")
        return words()["gradient_check.differ"].format(names=", ".join(wrong), worst=f"{self.worst:.0%}")

    def header(self) -> Row:
        """Return the column headings."""
        table = words()
        return [table[f"gradient_check.{key}"] for key in ("given", "analytic", "numeric", "error")]

    def rows_as_text(self) -> Sequence[Row]:
        """Return one row per given."""
        return [(r.name, f"{r.analytic:.12f}", f"{r.numeric:.12f}", f"{r.error:.1e}") for r in self.rows]

    def summary(self) -> str:
        """Return the verdict."""
        return self.verdict


def check_gradients(program: Program, givens: Mapping[str, float]) -> GradientCheck:
    """Compare what the program takes for a gradient with a central difference, for every given but learning rates.

    A given without a gradient step of its own is checked by the chain rule on the forward steps.
    Relative error: |analytic − numeric| / max(|analytic|, |numeric|, floor). Below the floor a gradient is too small to
    tell from zero: beside the largest one, or beside the rounding errors of the loss.
    """
    refuse_arrays("a gradient check", givens)
    trace = Trace(program, givens)
    names = [g.name for g in program.givens if g.quantity.kind is not Kind.LEARNING_RATE]
    analytic = [trace[program.gradients[n]] if n in program.gradients else trace.gradient(n) for n in names]
    numeric = [_central_difference(program, givens, n) for n in names]
    noise = 10 * STEP**2 * (abs(trace[program.loss]) + STEP**2)
    floor = max(1e-6 * max(map(abs, [*analytic, *numeric])), noise / TOLERANCE, np.finfo(float).tiny)
    rows = [
        GradientRow(n, a, d, abs(a - d) / max(abs(a), abs(d), floor))
        for n, a, d in zip(names, analytic, numeric, strict=True)
    ]
    return GradientCheck(tuple(rows))


def _central_difference(program: Program, givens: Mapping[str, float], name: str) -> float:
    h = STEP * max(1.0, abs(givens[name]))
    up, down = ({**givens, name: givens[name] + sign * h} for sign in (1, -1))
    difference = Trace(program, up)[program.loss] - Trace(program, down)[program.loss]
    return float(difference / (up[name] - down[name]))
