"""The calculation by hand in its order, whatever it is written in."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from bpviz.algebra.traversal import references
from bpviz.calculation.trace import Trace
from bpviz.example.example import Example
from bpviz.ground.words import Words
from bpviz.telling.story import Beat, Shown, Text
from bpviz.writing.markup import Writer
from bpviz.writing.shown import FormulaRow, formula_rows, right_side

Row = tuple[str, str]
"""Left and right of an equals sign; the left one may be empty."""


class HandCalculation(ABC):
    """The calculation in order; a subclass for each format says how its pieces are written."""

    def __init__(self, example: Example, table: Words, trace: Trace) -> None:
        self.example, self.words, self.trace = example, table, trace
        self.symbols, self.numbers = self.writer(), self.writer(trace)
        self.needed = {name for step in example.program.steps for name in references(step.expr)}

    def document(self) -> str:
        """Return the whole text."""
        return "\n\n".join(self._blocks()) + "\n"

    def _blocks(self) -> Iterator[str]:
        title = self.words["solution.title"].format(title=self.example.title(self.words.lang))
        yield self.heading(1, self.literal(title))
        yield self.heading(2, self.literal(self.words["solution.givens"]))
        groups = self.example.groups
        yield self.listing([self._givens(g.heading(self.words), g.givens) for g in groups])
        if self.example.program.trained:
            yield self.literal(self.words[f"solution.rule_{self.example.rule}"])
        yield self.literal(self.words["solution.rounded"])
        told = (beat for beat in self.example.beats if beat.reveals or beat.formulas)
        for number, (phase, beats) in enumerate(groupby(told, key=lambda beat: beat.phase), start=1):
            yield self.heading(2, self.literal(f"{number}. {self.words[f'phases.{phase}']}"))
            for beat in beats:
                yield self.heading(3, self.text(beat.title))
                yield self.aligned([self._row(row) for row in self._rows(beat)])

    def _givens(self, label: str, names: Iterable[str]) -> str:
        values = (f"{self.symbols.symbol(n)} = {self.numbers.number(n, wrap=False)}" for n in names)
        return f"{self.literal(label)}: {', '.join(map(self.inline, values))}"

    def _rows(self, beat: Beat) -> Iterator[FormulaRow]:
        """Yield a beat's formula; where it reveals several steps, a formula for each that is told or needed.

        Behind one with letters come those of the steps that are not written out in it.
        """
        told = {shown.step: shown.also for shown in beat.formulas}
        each = [Shown(name, also=told.get(name, "")) for name in beat.reveals if name in told or name in self.needed]
        if any(name not in self.example.program for name in told):
            written = set(told).union(*(form for shown in beat.formulas for form in shown.forms))
            each = [*beat.formulas, *(Shown(name) for name in beat.reveals if name not in written)]
        for shown in each if len(each) > 1 else beat.formulas:
            yield from formula_rows(self.example.program, shown)

    def _row(self, row: FormulaRow) -> Row:
        return self.symbols.symbol(row.left) if row.left else "", right_side(row, self.symbols, self.numbers)

    @abstractmethod
    def writer(self, values: Trace | None = None) -> Writer[str]:
        """Return the writer of formulas: in symbols, or with numbers."""

    @abstractmethod
    def literal(self, text: str) -> str:
        """Return `text` on one line, with nothing in it that could be taken for markup."""

    @abstractmethod
    def text(self, text: Text) -> str:
        """Return an entry of the words table with its symbols and numbers."""

    @abstractmethod
    def heading(self, level: int, text: str) -> str:
        """Return a heading, `level` 1 to 3."""

    @abstractmethod
    def inline(self, formula: str) -> str:
        """Return a formula inside a line of text."""

    @abstractmethod
    def listing(self, lines: Sequence[str]) -> str:
        """Return lines as a list."""

    @abstractmethod
    def aligned(self, rows: Sequence[Row]) -> str:
        """Return rows one below the other, aligned at their equals signs."""
