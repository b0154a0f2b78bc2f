"""A beat as a still: header, diagram, formula and caption on one sheet."""

import math
from typing import TYPE_CHECKING

from matplotlib.lines import Line2D

from bpviz.calculation.trace import Trace
from bpviz.example.example import Example
from bpviz.ground.words import words
from bpviz.telling.story import Text, chips_in, index_of
from bpviz.views.figure.arrow_ends import ends_of
from bpviz.views.figure.chips import PlacedChip, box_of, chip_lines, draw_chip, draw_leader, keep_apart
from bpviz.views.figure.edges import draw_edge
from bpviz.views.figure.equations import Aligned, aligned, draw_equations, equations
from bpviz.views.figure.nodes import draw_node
from bpviz.views.figure.settling import Label, settle
from bpviz.views.figure.sheet import COLORS, POINTS, Sheet, plain_style, rounded
from bpviz.views.figure.text import LINE, Line, balanced, fitted, spans, width, wrapped
from bpviz.views.look import EDGE
from bpviz.writing.prose import plain, rich
from bpviz.writing.shown import formula_rows, values_in

if TYPE_CHECKING:
    from bpviz.views.figure.still import Still

HEADER, TALLEST_FOOT, MARGIN, GAP = 50.0, 238.0, 24.0, 16.0
NARROWEST = 760.0
"""Height of what stands above the diagram, most of what stands below, space round it, least width; in model units."""

FAULT = 22.0
"""From a node's border down to the words that say what is wrong there."""

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
        self.example, self.words, self.trace = example, words(lang), trace
        self.scene, self.beat = example.scene, example.beats[index]
        self.chips = chips_in(example.beats, index)
        shown = [name for beat in example.beats[: index + 1] for name in beat.reveals]
        self.values = {name: trace[name] for name in (*(g.name for g in example.program.givens), *shown)}
        wide = max(NARROWEST, self.scene.width)
        self.caption, self.caption_size = self._caption(wide - 2 * MARGIN)
        self.rows = [row for shown in self.beat.formulas for row in formula_rows(example.program, shown)]
        self.read = {name for row in self.rows for name in values_in(row)}
        self.formula = self._formula(wide - 2 * MARGIN)
        beside = (wide - self.scene.width) / 2
        self.sheet = Sheet(-beside, -HEADER, self.scene.width + beside, self.scene.height + self._foot_height())

    def drawn(self) -> Sheet:
        """Return the sheet with everything on it."""
        self._header()
        self._diagram()
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

    def _diagram(self) -> None:
        scene, beat, sheet, notation = self.scene, self.beat, self.sheet, self.example.notation
        nodes = {node.id: node for node in scene.nodes}
        sheet.slim = min(1.0, math.sqrt(EDGE["crowd"] / max(len(scene.edges), 1)))
        for edge in scene.edges:
            draw_edge(sheet, edge, nodes, beat, self.values, self._dim(edge.id))
        for node in scene.nodes:
            draw_node(sheet, node, notation, self.values, node.id in beat.focus, self._dim(node.id))
        chips = self._chips()
        if scene.labels_yield:
            chips = self._settled(self._by_weight(chips))
        else:
            keep_apart(chips, scene.nodes, sheet)
        for chip in chips:
            draw_chip(sheet, chip)
        self._faults()

    def _settled(self, chips: list[PlacedChip]) -> list[PlacedChip]:
        """Return the chips that have room, in their places; draw lines from those that stand elsewhere."""
        labels = [
            Label(chip.chip.anchor, box_of(chip.center, chip.size), chip.told or self._is_read(chip)) for chip in chips
        ]
        beat, back = self.beat, [edge for edge in self.scene.edges if edge.id in self.beat.backward]
        ways, leaders = settle(labels, self.scene, beat.focus, beat.lit, ends_of(back, beat.focus))
        for leader in leaders:
            draw_leader(self.sheet, leader.anchor, leader.start, leader.end)
        for chip, way in zip(chips, ways, strict=True):
            if way:
                chip.center = chip.center[0] + way[0], chip.center[1] + way[1]
        return [chip for chip, way in zip(chips, ways, strict=True) if way]

    def _faults(self) -> None:
        """Where the calculation goes wrong, the node says so."""
        for step, sentence in self.trace.faults_in(self.words.lang):
            for node in self.scene.nodes if step in self.values else ():
                if step in node.cells:
                    (x, y), line = node.center, spans([["b", sentence]], TAB_SIZE, {})
                    self.sheet.write(line, (x, y + node.size[1] / 2 + FAULT), "loss")

    def _chips(self) -> list[PlacedChip]:
        """The beat's chips, and the labels whose places they do not take."""
        taken = {chip.anchor for chip in self.chips}
        labels = [chip for chip in self.scene.labels if chip.anchor not in taken]
        return [
            PlacedChip(
                chip=chip,
                center=self.scene.anchors[chip.anchor],
                lines=chip_lines(chip, self.example.notation, self.values),
                label=k < len(labels),
                dim=self._dim(chip.anchor),
                told=chip in self.beat.chips,
                close=self.scene.labels_yield,
                compact=self.scene.compact,
            )
            for k, chip in enumerate([*labels, *self.chips])
        ]

    def _by_weight(self, chips: list[PlacedChip]) -> list[PlacedChip]:
        """What the beat tells, what it reads, what else it is about, earlier chips, the latest first, other labels."""
        labels, later = [chip for chip in chips if chip.label], [chip for chip in chips if not chip.label]
        others = [*(chip for chip in reversed(later) if not chip.told), *labels]

        def rank(chip: PlacedChip) -> int:
            return 0 if self._is_read(chip) else 1 if chip.chip.anchor in self.beat.lit else 2

        return [*(chip for chip in later if chip.told), *sorted(others, key=rank)]

    def _is_read(self, chip: PlacedChip) -> bool:
        return any(piece.show == "value" and piece.what in self.read for line in chip.chip.lines for piece in line)

    def _dim(self, what: str) -> bool:
        return bool(self.beat.lit) and what not in self.beat.lit

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
        high = TALLEST_FOOT - 3 * GAP - self._caption_height()
        return aligned(equations(self.rows, self.example.notation, self.values), (room, high))

    def _caption(self, room: float) -> tuple[list[Line], float]:
        """Return the caption's lines and its size, smaller where it is so long that it would leave the sheet."""
        size = CAPTION_SIZE
        while len(lines := wrapped(self._prose(self.beat.caption, size), room)) * size * LINE > TALLEST_FOOT / 2:
            size *= 0.8
        lines = balanced(self._prose(self.beat.caption, size), room) if size == CAPTION_SIZE else lines
        return [fitted(line, room) for line in lines], size

    def _prose(self, text: Text, size: float, bold: bool = False) -> Line:
        return spans(rich(text, self.words, self.example.notation), size, self.values, bold)
