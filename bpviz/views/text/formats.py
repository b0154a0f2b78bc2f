"""What the calculation by hand can be written in: plain text, Markdown, LaTeX."""

import re
from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import ClassVar

from bpviz.calculation.trace import Trace
from bpviz.ground.numbers import format_number
from bpviz.ground.texts import one_line, without_marks
from bpviz.telling.story import Text
from bpviz.views.text.hand_calculation import HandCalculation, Row
from bpviz.writing.markup import Latex, Plain, Writer
from bpviz.writing.prose import plain, rich
from bpviz.writing.symbols import LATEX_LETTERS


class _PlainText(HandCalculation):
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


class _Markup(HandCalculation):
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
    styles: ClassVar = {
        "": "{}",
        "i": "*{}*",
        "b": "**{}**",
        "sub": "<sub>{}</sub>",
        "subi": "<sub>*{}*</sub>",
        "sup": "<sup>{}</sup>",
    }

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
        "subi": r"\textsubscript{{\textit{{{}}}}}",
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


FORMATS: Mapping[str, type[HandCalculation]] = {"markdown": _Markdown, "latex": _LatexDocument, "text": _PlainText}
