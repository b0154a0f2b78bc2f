"""The formula under the diagram: rows of mathtext, aligned at their equals signs, smaller where they would not fit."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from matplotlib.font_manager import FontProperties
from matplotlib.text import Text
from matplotlib.textpath import text_to_path

from bpviz.telling.scene import Point
from bpviz.views.figure.sheet import COLORS, POINTS, Align, Sheet
from bpviz.writing.markup import Latex
from bpviz.writing.notation import Notation
from bpviz.writing.shown import FormulaRow, right_side
from bpviz.writing.symbols import AnySymbol, Derivative

SIZE, ROW_GAP, SIGN_GAP = 19.0, 12.0, 10.0
"""Font size, space between rows and around the equals sign, in model units."""

LETTERS = 40
"""A word in a symbol is cut after so many."""

_SIGN = "="
_PRIME = re.compile(r"(\w)(_\{.*?\})?\^\{\\prime\}")
"""A letter whose prime mathtext would write too small; at the letter itself it has its full size."""
_READABLE = {r"\&": "&", r"\#": r"\# ", '"': "”", "`": "‘"}
"""Signs that mathtext cannot read as LaTeX writes them."""


@dataclass(frozen=True)
class Equation:
    """The two sides of a row as mathtext; the left one may be empty."""

    left: str
    right: str

    @property
    def above(self) -> float:
        """How far the row reaches above its baseline, in units of the font size."""
        return max(_extent(side)[1] for side in (self.left, _SIGN, self.right))

    @property
    def below(self) -> float:
        """How far the row reaches below its baseline, in units of the font size."""
        return max(_extent(side)[2] for side in (self.left, _SIGN, self.right))


class _Mathtext(Latex):
    """LaTeX as mathtext reads it, with fractions in full size."""

    def symbol(self, name: str) -> str:
        """Return the symbol's LaTeX."""
        latex = _cut(self.notation[name]).latex.replace(r"\frac", r"\dfrac")
        for sign, readable in _READABLE.items():
            latex = latex.replace(sign, readable)
        return _PRIME.sub(r"{\1\\prime}\2", latex)

    def fraction(self, above: str, below: str) -> str:
        """Return a full-size fraction."""
        return rf"\dfrac{{{above}}}{{{below}}}"


def _cut(symbol: AnySymbol) -> AnySymbol:
    """Return the symbol with its words at a length that a formula can hold."""
    if isinstance(symbol, Derivative):
        of, by = (replace(part, base=part.base[:LETTERS]) for part in (symbol.of, symbol.by))
        return replace(symbol, of=of, by=by)
    return replace(symbol, base=symbol.base[:LETTERS], sub=symbol.sub[:LETTERS], sup=symbol.sup[:LETTERS])


def equations(rows: Iterable[FormulaRow], notation: Notation, values: Mapping[str, float]) -> list[Equation]:
    """Return formula rows as equations; `values` must hold every number that they show."""
    symbols, numbers = _Mathtext(notation), _Mathtext(notation, values)
    return [Equation(symbols.symbol(row.left) if row.left else "", right_side(row, symbols, numbers)) for row in rows]


@dataclass(frozen=True)
class Aligned:
    """Equations under each other at a scale (1 = full size), with the widths of their columns; in model units."""

    rows: list[Equation]
    columns: tuple[float, float, float]
    scale: float = 1.0

    @property
    def width(self) -> float:
        """From the left end of the widest left side to the right end of the widest right side."""
        return self.scale * (SIZE * sum(self.columns) + 2 * SIGN_GAP)

    @property
    def height(self) -> float:
        """From above the first row to below the last; 0 without any."""
        rows = SIZE * sum(row.above + row.below for row in self.rows)
        return self.scale * (rows + ROW_GAP * max(0, len(self.rows) - 1))


def aligned(rows: list[Equation], room: tuple[float, float]) -> Aligned:
    """Return equations as they stand in a room of (width, height)."""
    if not rows:
        return Aligned([], (0.0, 0.0, 0.0))  # to measure the equals sign alone brings all fonts for mathematics
    left, sign, right = (
        max((_extent(text)[0] for text in column), default=0.0)
        for column in ([r.left for r in rows], [_SIGN], [r.right for r in rows])
    )
    full = Aligned(rows, (left, sign, right))
    return replace(full, scale=min(1.0, room[0] / full.width, room[1] / max(full.height, SIZE)))


def draw_equations(sheet: Sheet, equations: Aligned, top: float) -> None:
    """Draw equations centred below `top`."""
    size, gap = SIZE * equations.scale, SIGN_GAP * equations.scale
    left, sign, _ = equations.columns
    x, y = sheet.middle - equations.width / 2 + size * left, top
    for k, row in enumerate(equations.rows):
        y += size * row.above
        _write(sheet, row.left, (x, y), size, "right", f"formula {k} left")
        _write(sheet, _SIGN, (x + gap, y), size, "left", f"formula {k} sign")
        _write(sheet, row.right, (x + 2 * gap + size * sign, y), size, "left", f"formula {k} right")
        y += size * row.below + ROW_GAP * equations.scale


def _write(sheet: Sheet, mathtext: str, at: Point, size: float, align: Align, label: str) -> None:
    if mathtext:
        text = Text(*at, f"${mathtext}$", color=COLORS["ink"], fontproperties=_font(size * POINTS), ha=align)
        sheet.put(text, "chips", label)


def _font(size: float) -> FontProperties:
    return FontProperties(family="DejaVu Sans", size=size, math_fontfamily="stix")


@cache
def _extent(mathtext: str) -> tuple[float, float, float]:
    """Return width, height above and depth below the baseline, in units of the font size."""
    if not mathtext:
        return 0.0, 0.0, 0.0
    wide, high, deep = text_to_path.get_text_width_height_descent(f"${mathtext}$", _font(1), True)
    return float(wide), float(high - deep), float(deep)
