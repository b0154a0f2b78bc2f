"""Gradient checks: every gradient by the chain rule beside a central difference of the loss."""

import math
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
    """One given: the gradient the program uses, the central difference, and their relative error (all scalars).

    `used`: the update uses this gradient. `kink`: the loss has no one slope here, so that differences tell nothing.
    """

    name: str
    analytic: float
    numeric: float
    error: float
    used: bool = True
    kink: bool = False

    @property
    def agrees(self) -> bool:
        """True when the two agree as well as central differences can tell; at a kink they cannot tell."""
        return self.kink or self.error < TOLERANCE


@dataclass(frozen=True, repr=False)
class GradientCheck(Table):
    """All rows; `worst` is the largest relative error where the loss has a slope."""

    rows: tuple[GradientRow, ...]

    @property
    def worst(self) -> float:
        """The worst relative error of all rows but those at a kink."""
        return max((row.error for row in self.rows if not row.kink), default=0.0)

    @property
    def agrees(self) -> bool:
        """True when every row agrees."""
        return all(row.agrees for row in self.rows)

    @property
    def verdict(self) -> str:
        """One sentence: the gradients agree, or which ones the update uses are no gradients."""
        wrong = [row for row in self.rows if not row.agrees]
        if not wrong:
            count = sum(not row.kink for row in self.rows)
            return words()["gradient_check.agree"].format(count=count, worst=f"{self.worst:.1e}")
        used = [row for row in wrong if row.used]
        names, worst = ", ".join(row.name for row in used or wrong), max(row.error for row in used or wrong)
        return words()["gradient_check.differ" if used else "gradient_check.slip"].format(
            names=names, worst=f"{worst:.0%}"
        )

    def header(self) -> Row:
        """Return the column headings."""
        table = words()
        return [table[f"gradient_check.{key}"] for key in ("given", "analytic", "numeric", "error")]

    def rows_as_text(self) -> Sequence[Row]:
        """Return one row per given."""
        kink = words()["gradient_check.kink"]
        return [
            (r.name, f"{r.analytic:.12f}", f"{r.numeric:.12f}", kink if r.kink else f"{r.error:.1e}") for r in self.rows
        ]

    def summary(self) -> str:
        """Return the verdict."""
        return self.verdict


def check_gradients(program: Program, givens: Mapping[str, float]) -> GradientCheck:
    """Compare what the program takes for a gradient with a central difference, for every given but learning rates.

    A given without a gradient step of its own is checked by the chain rule on the forward steps.
    Relative error: |analytic − numeric| / max(|analytic|, |numeric|, floor). Below the floor a gradient is too small to
    tell from zero: beside the largest one, or beside the rounding errors of the loss.
    ValueError where the loss, a gradient or a difference is not finite; TypeError for an array among the givens.
    """
    refuse_arrays("a gradient check", givens)
    trace = Trace(program, givens)
    names = [g.name for g in program.givens if g.quantity.kind is not Kind.LEARNING_RATE]
    analytic = [trace[program.gradients[n]] if n in program.gradients else trace.gradient(n) for n in names]
    sides = [_differences(program, givens, trace[program.loss], n) for n in names]
    _refuse_not_finite(program, givens, trace, dict(zip(names, zip(analytic, sides, strict=True), strict=True)))
    noise = 10 * STEP**2 * (abs(trace[program.loss]) + STEP**2)
    largest = max(map(abs, [*analytic, *(s.central for s in sides)]))
    floor = max(1e-6 * largest, noise / TOLERANCE, np.finfo(float).tiny)
    return GradientCheck(
        tuple(_row(n, a, s, floor, n in program.gradients) for n, a, s in zip(names, analytic, sides, strict=True))
    )


@dataclass(frozen=True)
class _Differences:
    """The slope of the loss over a small step up and down, over both together, and how far the two sides differ."""

    central: float
    apart: float


def _differences(program: Program, givens: Mapping[str, float], loss: float, name: str) -> _Differences:
    here = givens[name]
    h = STEP * max(1.0, abs(here))
    up, down = here + h, here - h
    above, below = (Trace(program, {**givens, name: x})[program.loss] for x in (up, down))
    apart = abs((above - loss) / (up - here) - (loss - below) / (here - down))
    return _Differences(float((above - below) / (up - down)), float(apart))


def _row(name: str, analytic: float, sides: _Differences, floor: float, used: bool) -> GradientRow:
    difference = abs(analytic - sides.central)
    error = difference / max(abs(analytic), abs(sides.central), floor)
    # on a smooth curve the two sides hardly differ; at a kink they differ about as much as what is compared here
    kink = error >= TOLERANCE and difference <= 10 * sides.apart
    return GradientRow(name, analytic, sides.central, error, used, kink)


def _refuse_not_finite(
    program: Program, givens: Mapping[str, float], trace: Trace, rows: Mapping[str, tuple[float, _Differences]]
) -> None:
    found = {program.loss: trace[program.loss]}
    found |= {f"the gradient by {name}": analytic for name, (analytic, _) in rows.items()}
    found |= {f"the difference by {name}": sides.central for name, (_, sides) in rows.items()}
    for what, value in found.items():
        if not math.isfinite(value):
            changed = [f"{g.name} = {givens[g.name]:g}" for g in program.givens if givens[g.name] != g.default]
            where = f"with {', '.join(changed)}" if changed else "with the defaults"
            raise ValueError(f"a gradient check needs finite numbers, but {what} is {value} {where}")
