"""A worked example's gradients beside those of PyTorch's autograd."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from bpviz.calculation.program import Program
from bpviz.calculation.quantities import Kind
from bpviz.calculation.trace import Trace, refuse_arrays
from bpviz.frameworks.autograd import autograd
from bpviz.ground.tables import Row, Table
from bpviz.ground.words import DEFAULT, words

TOLERANCE = 1e-12
"""How far two float64 gradients may be apart, relative to the larger one or to the largest of all."""


class Calculated(Protocol):
    """What has a program: every worked example."""

    @property
    def program(self) -> Program:
        """The calculation."""


@dataclass(frozen=True)
class TorchRow:
    """One given: the gradient that the program uses, autograd's, and their relative difference (scalars)."""

    name: str
    ours: float
    torch: float
    difference: float

    @property
    def agrees(self) -> bool:
        """True when both are the same but for rounding."""
        return self.difference <= TOLERANCE


@dataclass(frozen=True, repr=False)
class TorchCheck(Table):
    """All rows, as a table; `worst` is the largest relative difference."""

    rows: tuple[TorchRow, ...]
    lang: str = DEFAULT

    @property
    def worst(self) -> float:
        """The largest relative difference."""
        return max((row.difference for row in self.rows), default=0.0)

    @property
    def agrees(self) -> bool:
        """True when every row agrees."""
        return all(row.agrees for row in self.rows)

    def header(self) -> Row:
        """Return the column headings."""
        return [words(self.lang)[f"torch_check.{key}"] for key in COLUMNS]

    def rows_as_text(self) -> Sequence[Row]:
        """Return one row per given."""
        return [(r.name, f"{r.ours:z.12f}", f"{r.torch:z.12f}", f"{r.difference:.1e}") for r in self.rows]

    def summary(self) -> str:
        """Return one sentence: they agree, or which do not."""
        table = words(self.lang)
        if self.agrees:
            return table["torch_check.agree"].format(count=len(self.rows), worst=f"{self.worst:.1e}")
        names = ", ".join(row.name for row in self.rows if not row.agrees)
        return table["torch_check.differ"].format(names=names)


COLUMNS = ("given", "ours", "torch", "difference")


def torch_check(ex: Calculated, lang: str = DEFAULT, **givens: Any) -> TorchCheck:
    """Return the gradients of a worked example beside PyTorch's, for every given (scalar) but learning rates.

    PyTorch gets the forward expressions alone and finds its own way back. ImportError where it is not installed;
    KeyError, TypeError or ValueError for givens as `ex.run` has them, and TypeError for an array.
    """
    program = ex.program
    values = program.values_of_givens(givens)
    refuse_arrays("a check with PyTorch", values)
    theirs, trace = autograd(program, values), Trace(program, values)
    names = [g.name for g in program.givens if g.quantity.kind is not Kind.LEARNING_RATE]
    ours = {n: float(trace[program.gradients[n]] if n in program.gradients else trace.gradient(n)) for n in names}
    floor = max((abs(theirs[n]) for n in names), default=0.0) or 1.0
    return TorchCheck(tuple(_row(n, ours[n], theirs[n], floor) for n in names), lang)


def _row(name: str, ours: float, theirs: float, floor: float) -> TorchRow:
    # what cancels to almost nothing is measured by the largest gradient, as its rounding errors are
    return TorchRow(name, ours, theirs, abs(ours - theirs) / max(abs(ours), abs(theirs), floor))
