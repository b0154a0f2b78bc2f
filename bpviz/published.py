"""Published figures: what a source prints, kept as printed, to be compared with what the program computes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from bpviz.tables import Row, Table
from bpviz.words import words


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
        """True when `ours`, rounded to as many decimals as are printed, gives the printed digits."""
        return round(Decimal(ours), self.decimals) == Decimal(self.printed)

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
    """The table of all comparisons; prints as text and shows as a table in a notebook."""

    def header(self) -> Row:
        """Return the column headings."""
        return tuple(words().section("published").values())

    def rows_as_text(self) -> Sequence[Row]:
        """Return one row per published figure."""
        return [(c.name, f"{c.rounds:,}", c.printed, f"{c.ours:.12g}", f"{c.difference:.1e}", c.verdict) for c in self]
