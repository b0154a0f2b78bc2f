"""The whole calculation by hand, step by step: as Markdown, as a LaTeX document, or as plain text."""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import ClassVar

from bpviz.algebra.traversal import references
from bpviz.calculation.trace import Trace
from bpviz.example.example import Example
from bpviz.ground.numbers import format_number
from bpviz.ground.texts import one_line, without_marks
from bpviz.ground.words import Words, words
from bpviz.telling.story import Beat, Shown, Text
from bpviz.writing.markup import Latex, Plain, Writer
from bpviz.writing.notation import LATEX_LETTERS
from bpviz.writing.prose import plain, rich
from bpviz.writing.shown import FormulaRow, formula_rows, right_side

Row = tuple[str, str]
"""Left and right of an equals sign; the left one may be empty."""


def solution(example: Example, format: str, lang: str, trace: Trace) -> str:
    """Return the calculation of `trace` (scalars) by hand; `format` is "markdown", "latex" or "text".

    A section for each phase, in order; in it each step in symbols, with numbers, and its result.
    Raises ValueError for a format or a language that does not exist.
    """
    if not isinstance(format, str) or format not in _FORMATS:
        raise ValueError(f"no format {format!r}; formats are {', '.join(_FORMATS)}")
    return _FORMATS[format](example, words(lang), trace).document()


class _Solution(ABC):
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
        yield self.listing([self._givens(self.words[f"groups.{g.label}"], g.givens) for g in groups])
        yield self.literal(self.words[f"solution.rule_{self.example.rule}"])
        yield self.literal(self.words["solution.rounded"])
        told = (beat for beat in self.example.beats if beat.reveals)
        for number, (phase, beats) in enumerate(groupby(told, key=lambda beat: beat.phase), start=1):
            yield self.heading(2, self.literal(f"{number}. {self.words[f'phases.{phase}']}"))
            for beat in beats:
                yield self.heading(3, self.text(beat.title))
                yield self.aligned([self._row(row) for row in self._rows(beat)])

    def _givens(self, label: str, names: Iterable[str]) -> str:
        values = (f"{self.symbols.symbol(n)} = {self.numbers.number(n, wrap=False)}" for n in names)
        return f"{self.literal(label)}: {', '.join(map(self.inline, values))}"

    def _rows(self, beat: Beat) -> Iterator[FormulaRow]:
        """Yield a beat's formula; where it reveals several steps, a formula for each that is told or needed."""
        told = {shown.step: shown.also for shown in beat.formulas}
        each = [Shown(name, also=told.get(name, "")) for name in beat.reveals if name in told or name in self.needed]
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


class _Plain(_Solution):
    """For a terminal: indented lines, headings underlined."""

    def writer(self, values: Trace | None = None) -> Writer[str]:
        return Plain(self.example.notation, values)

    def literal(self, text: str) -> str:
        return one_line(text).strip()

    def text(self, text: Text) -> str:
        return self.literal(plain(text, self.words, self.example.notation, self.trace))

    def heading(self, level: int, text: str) -> str:
        return text if level == 3 else f"{text}\n{'=-'[level - 1] * len(text)}"

    def inline(self, formula: str) -> str:
        return formula

    def listing(self, lines: Sequence[str]) -> str:
        return "\n".join(f"    {line}" for line in lines)

    def aligned(self, rows: Sequence[Row]) -> str:
        wide = max(len(left) for left, _ in rows)
        return "\n".join(f"    {left:<{wide}} = {right}" for left, right in rows)


class _Markup(_Solution):
    """What Markdown and LaTeX share: LaTeX formulas, and text whose special characters are escaped."""

    special: ClassVar[str]
    styles: ClassVar[dict[str, str]]

    @abstractmethod
    def escaped(self, character: str) -> str:
        """Return a special character as plain text."""

    def writer(self, values: Trace | None = None) -> Writer[str]:
        return Latex(self.example.notation, values)

    def literal(self, text: str) -> str:
        return re.sub(self.special, lambda found: self.escaped(found[0]), one_line(text))

    def text(self, text: Text) -> str:
        pieces = []
        for run in rich(text, self.words, self.example.notation):
            live = isinstance(run, dict)
            style, piece = (run["style"], format_number(self.trace[run["bp"]])) if live else run
            pieces.append(self.styles[style].format(self.literal(piece)))
        return "".join(pieces)

    def inline(self, formula: str) -> str:
        return f"${formula}$"

    def _lines(self, rows: Sequence[Row]) -> str:
        return " \\\\[4pt]\n".join(f"{left} &= {right}".lstrip() for left, right in rows)


class _Markdown(_Markup):
    """For notebooks and GitHub: formulas between dollar signs."""

    special = r"[\\`*_{}\[\]<>#|$~&!]"
    styles: ClassVar = {"": "{}", "i": "*{}*", "b": "**{}**", "sub": "<sub>{}</sub>", "sup": "<sup>{}</sup>"}

    def escaped(self, character: str) -> str:
        return f"\\{character}"

    def heading(self, level: int, text: str) -> str:
        return f"{'#' * level} {text}"

    def listing(self, lines: Sequence[str]) -> str:
        return "\n".join(f"- {line}" for line in lines)

    def aligned(self, rows: Sequence[Row]) -> str:
        return f"$$\n\\begin{{aligned}}\n{self._lines(rows)}\n\\end{{aligned}}\n$$"


class _LatexDocument(_Markup):
    """A small article that compiles as it is."""

    special = rf"[\\{{}}$&#%_^~−→·{''.join(LATEX_LETTERS)}]"
    styles: ClassVar = {
        "": "{}",
        "i": r"\textit{{{}}}",
        "b": r"\textbf{{{}}}",
        "sub": r"\textsubscript{{{}}}",
        "sup": r"\textsuperscript{{{}}}",
    }
    commands: ClassVar = {
        "\\": r"\textbackslash{}",
        "^": r"\textasciicircum{}",
        "~": r"\textasciitilde{}",
        "−": "$-$",
        "→": r"$\to$",
        "·": r"$\cdot$",
        **{letter: f"${command}$" for letter, command in LATEX_LETTERS.items()},
    }

    def literal(self, text: str) -> str:
        return super().literal(without_marks(text))

    def document(self) -> str:
        preamble = "\\documentclass{article}\n\\usepackage[T1]{fontenc}\n\\usepackage{amsmath}\n"
        return f"{preamble}\\begin{{document}}\n\n{super().document()}\n\\end{{document}}\n"

    def escaped(self, character: str) -> str:
        return self.commands.get(character, f"\\{character}")

    def heading(self, level: int, text: str) -> str:
        if level == 1:
            return f"\\title{{{text}}}\n\\author{{}}\n\\date{{}}\n\\maketitle"
        return f"\\{'sub' * (level - 2)}section*{{{text}}}"

    def listing(self, lines: Sequence[str]) -> str:
        items = "\n".join(f"\\item {line}" for line in lines)
        return f"\\begin{{itemize}}\n{items}\n\\end{{itemize}}"

    def aligned(self, rows: Sequence[Row]) -> str:
        return f"\\begin{{align*}}\n{self._lines(rows)}\n\\end{{align*}}"


_FORMATS: dict[str, type[_Solution]] = {"markdown": _Markdown, "latex": _LatexDocument, "text": _Plain}
