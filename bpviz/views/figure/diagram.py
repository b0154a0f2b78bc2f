"""The diagram of a beat on its sheet: edges, nodes, chips and labels in their places, and what goes wrong."""

import math
from collections.abc import Mapping

from bpviz.example.example import Example
from bpviz.telling.chips import Chip
from bpviz.telling.story import chips_in
from bpviz.views.figure.arrow_ends import ends_of, forward_ends_of
from bpviz.views.figure.chips import PlacedChip, box_of, chip_lines, draw_chip, draw_leader, keep_apart
from bpviz.views.figure.edges import draw_edge
from bpviz.views.figure.fan import from_the_middle
from bpviz.views.figure.label_place import Label, owner_of
from bpviz.views.figure.nodes import draw_node
from bpviz.views.figure.settling import settle
from bpviz.views.figure.sheet import Sheet
from bpviz.views.figure.text import spans
from bpviz.views.look import EDGE
from bpviz.writing.shown import formula_rows, values_in

FAULT, FAULT_SIZE = 22.0, 13.0
"""From a node's border down to the words that say what is wrong there, and their size; in model units."""


class Diagram:
    """A beat's diagram, `values` (scalars) being those computed by then."""

    def __init__(self, sheet: Sheet, example: Example, index: int, values: Mapping[str, float]) -> None:
        """Take the sheet, and the beat by its number."""
        self.sheet, self.values, self.notation = sheet, values, example.notation
        self.scene, self.beat = example.scene, example.beats[index]
        self.chips = chips_in(example.beats, index)
        rows = (row for shown in self.beat.formulas for row in formula_rows(example.program, shown))
        self.read = {name for row in rows for name in values_in(row)}
        self.free = self._free_parts()

    def draw(self, faults: Mapping[str, str]) -> None:
        """Draw it; `faults`: step → the sentence that its node says."""
        scene, beat, sheet = self.scene, self.beat, self.sheet
        nodes = {node.id: node for node in scene.nodes}
        sheet.slim = min(1.0, math.sqrt(EDGE["crowd"] / max(len(scene.edges), 1)))
        for edge in scene.edges:
            draw_edge(sheet, edge, nodes, beat, self.values, self._dim(edge.id))
        for node in scene.nodes:
            draw_node(sheet, node, self.notation, self.values, node.id in beat.focus, self._dim(node.id))
        chips = self._chips()
        if scene.labels_yield:
            chips = self._settled(self._by_weight(chips))
        else:
            keep_apart(chips, scene.nodes, sheet)
        for chip in chips:
            draw_chip(sheet, chip)
        self._draw_faults(faults)

    def _settled(self, chips: list[PlacedChip]) -> list[PlacedChip]:
        """Return the chips that have room, in their places; draw lines from those that stand elsewhere."""
        labels = [
            Label(
                chip.chip.anchor,
                box_of(chip.center, chip.size),
                chip.told or self._is_wanted(chip.chip),
                not chip.dim,
                chip.chip.is_named,
                self._stays(chip),
                chip.chip in self.free,
            )
            for chip in chips
        ]
        beat = self.beat
        back, on = ([edge for edge in self.scene.edges if edge.id in ids] for ids in (beat.backward, beat.forward))
        ends = [*ends_of(back, beat.focus), *forward_ends_of(on, beat.focus)]
        ways, leaders = settle(labels, self.scene, beat.focus, beat.lit, ends)
        for leader in leaders:
            draw_leader(self.sheet, leader.anchor, leader.start, leader.end)
        for chip, way in zip(chips, ways, strict=True):
            if way:
                chip.center = chip.center[0] + way[0], chip.center[1] + way[1]
        return [chip for chip, way in zip(chips, ways, strict=True) if way]

    def _draw_faults(self, faults: Mapping[str, str]) -> None:
        """Where the calculation goes wrong, the node says so."""
        for step, sentence in faults.items():
            for node in self.scene.nodes if step in self.values else ():
                if step in node.cells:
                    (x, y), line = node.center, spans([["b", sentence]], FAULT_SIZE, {})
                    self.sheet.write(line, (x, y + node.size[1] / 2 + FAULT), "loss")

    def _chips(self) -> list[PlacedChip]:
        """The beat's chips, and the labels whose places they do not take."""
        taken = {chip.anchor for chip in self.chips}
        labels = [chip for chip in self.scene.labels if chip.anchor not in taken]
        return [
            PlacedChip(
                chip=chip,
                center=self.scene.anchors[chip.anchor],
                lines=chip_lines(chip, self.notation, self.values),
                label=k < len(labels),
                dim=self._dim(chip.anchor) and not (self.scene.labels_yield and self._is_wanted(chip)),
                told=chip in self.beat.chips and chip not in self.free,
                close=self.scene.labels_yield,
                compact=self.scene.compact,
            )
            for k, chip in enumerate([*labels, *self.chips])
        ]

    def _free_parts(self) -> list[Chip]:
        """Where parts are added, those of elements that are not written out: they may give way."""
        parts = [chip for chip in self.chips if chip.anchor in self.scene.edge]
        added = [chip for chip in parts if self._is_calculated_with(chip)]
        return [chip for chip in parts if chip not in added] if len(added) > 1 else []

    def _by_weight(self, chips: list[PlacedChip]) -> list[PlacedChip]:
        """What the beat tells, reads, or is about else; then earlier chips, the latest first, and other labels."""
        labels, later = [chip for chip in chips if chip.label], [chip for chip in chips if not chip.label]
        if self.beat.lit:
            anchors = from_the_middle([chip.chip.anchor for chip in later], self.scene)
            later = sorted(later, key=lambda chip: anchors.index(chip.chip.anchor))
        others = [*(chip for chip in reversed(later) if not chip.told), *labels]
        return sorted([*(chip for chip in later if chip.told), *others], key=self._rank)

    def _rank(self, chip: PlacedChip) -> int:
        """What the beat needs comes first; of that, what says whose it is may stand farther away."""
        if chip.told or self._is_wanted(chip.chip):
            return int(chip.chip.is_named and not self._is_new(chip.chip))
        return 2 if chip.chip.anchor in self.beat.lit else 3

    def _stays(self, chip: PlacedChip) -> bool:
        """Return whether it rather gives way than stands far away: elsewhere it would seem another's.

        That is what only the ring asks for, without a name, and the sum of an element that is not written out.
        """
        sums = {self.scene.edge[part.anchor].source for part in self.free}
        if chip.told and self._node_of(chip.chip) in sums:
            return True
        wanted = chip.told or self._is_calculated_with(chip.chip) or self._is_new(chip.chip)
        return not wanted and not chip.chip.is_named

    def _is_wanted(self, chip: Chip) -> bool:
        """Return whether it is read, new, asked for at the end, or belongs to the one node in focus."""
        return self._is_calculated_with(chip) or self._is_new(chip) or self._is_of_focus(chip)

    def _is_new(self, chip: Chip) -> bool:
        return chip.tone == "update" or (not self.beat.lit and self._is_asked(chip))

    def _is_calculated_with(self, chip: Chip) -> bool:
        return any(piece.show == "value" and piece.what in self.read for line in chip.lines for piece in line)

    def _is_of_focus(self, chip: Chip) -> bool:
        """Return whether it belongs to the one node in focus, or is a new value of a list that is."""
        is_new = bool(self.beat.forward) and any(piece.show == "value" for line in chip.lines for piece in line)
        return (len(self.beat.focus) == 1 or is_new) and self._node_of(chip) in self.beat.focus

    def _is_asked(self, chip: Chip) -> bool:
        """Return whether it is the result, or a given before the first step, or a chip with a name or at a given."""
        node = self._node_of(chip)
        if node is None:
            return False
        if chip not in self.chips:
            return node not in (self.scene.out_of if self.chips else self.scene.into)
        return chip.is_named or node not in self.scene.into

    def _node_of(self, chip: Chip) -> str | None:
        """Return the id of the node that it belongs to; none where it belongs to an edge."""
        return None if chip.anchor in self.scene.edge else self.scene.nodes[owner_of(chip.anchor, self.scene)].id

    def _dim(self, what: str) -> bool:
        return bool(self.beat.lit) and what not in self.beat.lit
