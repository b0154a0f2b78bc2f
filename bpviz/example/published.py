"""Published figures: what a source prints, kept as printed, to be compared with what the program computes."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Self

from bpviz.ground.tables import Row, Table
from bpviz.ground.words import DEFAULT, words

LAST_BITS = 1e-15


@dataclass(frozen=True)
class Published:
    """One printed figure: its quantity, the digits as printed, and after how many rounds of training.

    `notes` explains a difference: update rule → key in the words table ("" serves every rule).
    """

    name: str
    printed: str
    rounds: int = 0
    notes: Mapping[str, str] = field(default_factory=dict)

    def agrees(self, ours: float) -> bool:
        """True when `ours`, rounded to as many decimals as are printed, gives the printed digits.

        Where all digits of a float64 are printed, its last bits may differ, as they do from machine to machine.
        """
        rounded = round(Decimal(ours), self.decimals) == Decimal(self.printed)
        return rounded or math.isclose(ours, float(self.printed), rel_tol=LAST_BITS)

    def note(self, rule: str) -> str:
        """Return the key of the words that explain a difference under an update rule, or ""."""
        return self.notes.get(rule, self.notes.get("", ""))

    @property
    def decimals(self) -> int:
        """Number of decimals printed."""
        return len(self.printed.partition(".")[2])


@dataclass(frozen=True)
class Comparison:
    """A published figure beside ours.

    `difference` is ours − printed; `verdict` is "agrees", or "differs" with the explanation.
    """

    name: str
    rounds: int
    printed: str
    ours: float
    difference: float
    agrees: bool
    verdict: str


class Comparisons(Table, tuple[Comparison, ...]):
    """The table of all comparisons in a language; prints as text and shows as a table in a notebook."""

    lang: str
    source: str

    def __new__(cls, comparisons: Iterable[Comparison], lang: str = DEFAULT, source: str = "") -> Self:
        """Hold the comparisons in order; `source` is the citation of the printed figures."""
        self = super().__new__(cls, comparisons)
        self.lang, self.source = lang, source
        return self

    def header(self) -> Row:
        """Return the column headings."""
        return tuple(words(self.lang).section("published.columns").values())

    def rows_as_text(self) -> Sequence[Row]:
        """Return one row per published figure."""
        return [(c.name, f"{c.rounds:,}", c.printed, f"{c.ours:.12g}", f"{c.difference:.1e}", c.verdict) for c in self]

    def summary(self) -> str:
        """Return where the printed figures come from, or that there are none."""
        table = words(self.lang)
        if not self:
            return table["published.none"]
        return table["published.source"].format(source=self.source) if self.source else ""
