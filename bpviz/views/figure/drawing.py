"""A beat as a still: header, diagram, formula and caption on one sheet."""

from typing import TYPE_CHECKING

from matplotlib.lines import Line2D

from bpviz.calculation.trace import Trace
from bpviz.example.example import Example
from bpviz.ground.words import words
from bpviz.telling.story import Text, index_of
from bpviz.views.figure.diagram import Diagram
from bpviz.views.figure.equations import Aligned, aligned, draw_equations, equations
from bpviz.views.figure.sheet import COLORS, POINTS, Sheet, plain_style, rounded
from bpviz.views.figure.text import LINE, Line, balanced, fitted, spans, width, wrapped
from bpviz.writing.prose import plain, rich
from bpviz.writing.shown import formula_rows

if TYPE_CHECKING:
    from bpviz.views.figure.still import Still

HEADER, TALLEST_FOOT, MARGIN, GAP = 50.0, 238.0, 24.0, 16.0
NARROWEST = 760.0
"""Height of what stands above the diagram, most of what stands below, space round it, least width; in model units."""

TITLE_SIZE, TAB_SIZE, CAPTION_SIZE = 16.0, 13.0, 15.0
SMALL_COLORS = 64


def draw(example: Example, beat: str | int | None, lang: str, trace: Trace) -> "Still":
    """Return a beat of `example` as a figure with the numbers of `trace` (scalars); see `index_of` for `beat`.

    Raises ValueError for a beat or a language that does not exist.
    """
    from bpviz.views.figure.still import still_of  # axes take longer to load than all else that a player's still needs

    with plain_style():
        drawing = _Drawing(example, index_of(example.beats, beat), lang, trace)
        figure = still_of(drawing.drawn())
        figure.set_label(drawing.title())
        return figure


def png(example: Example, beat: str | int | None, lang: str, trace: Trace) -> bytes:
    """Return the same picture as a small PNG file (its bytes), which depends on nothing but the arguments."""
    with plain_style():
        return _Drawing(example, index_of(example.beats, beat), lang, trace).drawn().small_png(SMALL_COLORS)


class _Drawing:
    """One beat on its way to the sheet; `values` holds what is computed by then."""

    def __init__(self, example: Example, index: int, lang: str, trace: Trace) -> None:
        self.example, self.index, self.words = example, index, words(lang)
        self.scene, self.beat, self.faults = example.scene, example.beats[index], dict(trace.faults_in(lang))
        shown = [name for beat in example.beats[: index + 1] for name in beat.reveals]
        self.values = {name: trace[name] for name in (*(g.name for g in example.program.givens), *shown)}
        wide = max(NARROWEST, self.scene.width)
        self.caption, self.caption_size = self._caption(wide - 2 * MARGIN)
        self.formula = self._formula(wide - 2 * MARGIN)
        beside = (wide - self.scene.width) / 2
        self.sheet = Sheet(-beside, -HEADER, self.scene.width + beside, self.scene.height + self._foot_height())

    def drawn(self) -> Sheet:
        """Return the sheet with everything on it."""
        self._header()
        Diagram(self.sheet, self.example, self.index, self.values).draw(self.faults)
        self._foot()
        return self.sheet

    def title(self) -> str:
        """Return the example's title and the beat's."""
        told = plain(self.beat.title, self.words, self.example.notation, self.values)
        return f"{self.example.title(self.words.lang)} · {told}"

    def _header(self) -> None:
        """The title at the left, the phases at the right with the present one marked, a line below."""
        sheet, y = self.sheet, -HEADER / 2 + 6
        x = sheet.right - MARGIN
        told = {beat.phase for beat in self.example.beats}
        for phase, label in reversed(self.words.section("phases").items()):
            if phase in told:
                x -= self._tab(label, phase, x, y)
        title = spans([["", f"{self.example.title(self.words.lang)} · "]], TITLE_SIZE, {}, bold=True)
        title += self._prose(self.beat.title, TITLE_SIZE, bold=True)
        sheet.write(fitted(title, x - sheet.left - 2 * MARGIN), (sheet.left + MARGIN, y), "ink", align="left")
        rule = Line2D([sheet.left, sheet.right], [-GAP / 4] * 2, color=COLORS["line"], linewidth=POINTS)
        sheet.put(rule, "edges", "rule")

    def _tab(self, label: str, phase: str, right: float, y: float) -> float:
        """Write a phase's name, on a ground of its colour if it is the present one; return the room it takes."""
        now = phase == self.beat.phase
        line = spans([["", label]], TAB_SIZE, {}, bold=now)
        room = width(line) + 2 * 10
        if now:
            ground = rounded((right - room / 2, y - TAB_SIZE * 0.35), (room, 26), 13, f"{phase}-soft")
            self.sheet.put(ground, "labels", "phase")
        self.sheet.write(line, (right - room / 2, y), phase if now else "muted")
        return room

    def _foot(self) -> None:
        """The formula right under the diagram, the caption under it."""
        y = self.scene.height + GAP
        draw_equations(self.sheet, self.formula, y)
        y += self._formula_height()
        for line in self.caption:
            self.sheet.write(line, (self.sheet.middle, y + self.caption_size), "ink")
            y += self.caption_size * LINE

    def _foot_height(self) -> float:
        return GAP + self._formula_height() + self._caption_height() + GAP

    def _formula_height(self) -> float:
        """With the space below it; a beat without a formula leaves none."""
        return self.formula.height + GAP if self.formula.rows else 0.0

    def _caption_height(self) -> float:
        return len(self.caption) * self.caption_size * LINE

    def _formula(self, room: float) -> Aligned:
        rows = [row for shown in self.beat.formulas for row in formula_rows(self.example.program, shown)]
        high = TALLEST_FOOT - 3 * GAP - self._caption_height()
        return aligned(equations(rows, self.example.notation, self.values), (room, high))

    def _caption(self, room: float) -> tuple[list[Line], float]:
        """Return the caption's lines and its size, smaller where it is so long that it would leave the sheet."""
        size = CAPTION_SIZE
        while len(lines := wrapped(self._prose(self.beat.caption, size), room)) * size * LINE > TALLEST_FOOT / 2:
            size *= 0.8
        lines = balanced(self._prose(self.beat.caption, size), room) if size == CAPTION_SIZE else lines
        return [fitted(line, room) for line in lines], size

    def _prose(self, text: Text, size: float, bold: bool = False) -> Line:
        return spans(rich(text, self.words, self.example.notation), size, self.values, bold)
