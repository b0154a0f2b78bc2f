"""Gradient checks: what a program takes for a gradient beside a central difference of the loss."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from bpviz.calculation.missing_slopes import missing_slopes
from bpviz.calculation.program import Program
from bpviz.calculation.quantities import Kind
from bpviz.calculation.trace import Trace, refuse_arrays
from bpviz.ground.tables import Row, Table
from bpviz.ground.words import DEFAULT, Words, words

STEP = float(np.finfo(float).eps ** (1 / 3))
"""Relative step of a central difference in float64: truncation and rounding errors are about equal there."""

TOLERANCE = 1e-6

NOT_CHECKED = (Kind.LEARNING_RATE, Kind.MEMORY, Kind.VALUE)
"""Givens that no loss depends on: they only change the step."""


@dataclass(frozen=True)
class GradientRow:
    """One given: the gradient the program uses, the central difference, and their relative error (all scalars).

    `used`: the update uses this gradient. `kink`: the loss has no one slope here, so that differences tell nothing.
    `missing`: the slopes of activations that the gradient depends on and the program leaves out, as names of steps.
    """

    name: str
    analytic: float
    numeric: float
    error: float
    used: bool = True
    kink: bool = False
    missing: tuple[str, ...] = ()

    @property
    def agrees(self) -> bool:
        """True when the two agree as well as central differences can tell; at a kink they cannot tell."""
        return self.kink or self.error < TOLERANCE


@dataclass(frozen=True, repr=False)
class GradientCheck(Table):
    """All rows; `worst` is the largest relative error where the loss has a slope.

    `symbols`: how the table writes the slopes that are missing, by name. `lang`: the language of its words.
    """

    rows: tuple[GradientRow, ...]
    symbols: Mapping[str, str] = field(default_factory=dict)
    lang: str = DEFAULT

    @property
    def _words(self) -> Words:
        return words(self.lang)

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
            return self._words["gradient_check.agree"].format(count=count, worst=f"{self.worst:.1e}")
        used = [row for row in wrong if row.used]
        names, worst = ", ".join(row.name for row in used or wrong), max(row.error for row in used or wrong)
        told = self._words["gradient_check.differ" if used else "gradient_check.slip"].format(
            names=names, worst=f"{worst:.0%}"
        )
        return f"{told} {self._words['gradient_check.part']}" if self._left_out() else told

    def _left_out(self) -> bool:
        return any(row.missing for row in self.rows)

    def _missing(self, row: GradientRow) -> str:
        """Say in words which slopes a row leaves out, or that the rule does not change this given."""
        if not row.used:
            return self._words["gradient_check.not_trained"]
        if not row.missing:
            return ""
        *others, last = (self.symbols.get(name, name) for name in row.missing)
        if not others:
            return self._words["gradient_check.missing_one"].format(slope=last)
        return self._words["gradient_check.missing_several"].format(slopes=", ".join(others), last=last)

    def header(self) -> Row:
        """Return the column headings; slopes have a column where some are missing."""
        left_out = ("rule", "numeric", "error", "missing") if self._left_out() else ("analytic", "numeric", "error")
        return [self._words[f"gradient_check.{key}"] for key in ("given", *left_out)]

    def rows_as_text(self) -> Sequence[Row]:
        """Return one row per given."""
        kink = self._words["gradient_check.kink"]
        rows = [
            (r.name, f"{r.analytic:z.12f}", f"{r.numeric:z.12f}", kink if r.kink else f"{r.error:.1e}")
            for r in self.rows
        ]
        if not self._left_out():
            return rows
        return [(*cells, self._missing(r)) for cells, r in zip(rows, self.rows, strict=True)]

    def summary(self) -> str:
        """Return the verdict."""
        return self.verdict


def check_gradients(
    program: Program, givens: Mapping[str, float], symbols: Mapping[str, str] | None = None, lang: str = DEFAULT
) -> GradientCheck:
    """Compare what the program takes for a gradient with a central difference, for every given but learning
    rates, memories and their decays.

    A given without a gradient step of its own is checked by the chain rule on the forward steps.
    Relative error: |analytic − numeric| / max(|analytic|, |numeric|, floor). Below the floor a gradient is too small to
    tell from zero: beside the largest one, or beside the rounding errors of the loss.
    `symbols`: how the slopes of activations are written, by name; without one, the name stands for itself.
    `lang`: the language in which the check tells what it found.
    ValueError where the loss, a gradient or a difference is not finite; TypeError for an array among the givens.
    """
    refuse_arrays("a gradient check", givens)
    trace = Trace(program, givens)
    names = [g.name for g in program.givens if g.quantity.kind not in NOT_CHECKED]
    analytic = [trace[program.gradients[n]] if n in program.gradients else trace.gradient(n) for n in names]
    sides = [_differences(program, givens, trace[program.loss], n) for n in names]
    _refuse_not_finite(program, givens, trace, dict(zip(names, zip(analytic, sides, strict=True), strict=True)))
    noise = 10 * STEP**2 * (abs(trace[program.loss]) + STEP**2)
    largest = max(map(abs, [*analytic, *(s.central for s in sides)]))
    floor = max(1e-6 * largest, noise / TOLERANCE, np.finfo(float).tiny)
    rows = (_row(n, a, s, floor, n in program.gradients) for n, a, s in zip(names, analytic, sides, strict=True))
    missing = {n: missing_slopes(program, n) for n in program.gradients}
    told = (row if row.agrees else replace(row, missing=missing.get(row.name, ())) for row in rows)
    return GradientCheck(tuple(told), symbols or {}, lang)


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
