"""The beats of a score: title, caption, formula, chips, and what is in focus; rows and chips stand in pools."""

from collections.abc import Mapping
from typing import Any

from bpviz.example.example import Example
from bpviz.ground.words import Words
from bpviz.telling.story import Beat
from bpviz.views.score.pools import Pools
from bpviz.views.score.scene import chip_of
from bpviz.writing.markup import MathML
from bpviz.writing.prose import rich
from bpviz.writing.shown import FormulaRow, formula_rows, right_side

Json = dict[str, Any]


_WHERE: Json = {key: [] for key in ("formula", "reveals", "focus", "lit", "forward", "backward")}


class _MarkedMathML(MathML):
    def __init__(self, example: Example, values: dict[str, float] | None = None) -> None:
        super().__init__(example.notation, values)
        self.program = example.program

    def symbol(self, name: str) -> list[Any]:
        """Return an empty row, marked: the quantity holds its own symbol; one with letters is no single quantity."""
        return ["mrow", {"ref": name}] if name in self.program else self.remark(name)


class BeatWriter:
    """Writes the beats of one example; what they share with others goes into the pools."""

    def __init__(self, example: Example, table: Words, pools: Pools) -> None:
        """Write in the language of the words table."""
        self.example, self.words, self.pools = example, table, pools
        self.symbols = _MarkedMathML(example)
        self.numbers = _MarkedMathML(example, values={})

    def places(self) -> list[list[Any]]:
        """Return the place of each beat, with the places of the chips that appear in it."""
        return [[self.pools.beats.place(self._beat(beat)), self._chips(beat)] for beat in self.example.beats]

    def retold(self, beats: Mapping[int, Beat]) -> list[list[Any]]:
        """Return what is told otherwise in beats given by their numbers: number, what differs, places of all chips."""
        found = []
        for number, beat in beats.items():
            usual, other = _WHERE | self._beat(self.example.beats[number]), _WHERE | self._beat(beat)
            found.append([number, {k: v for k, v in other.items() if v != usual[k]}, self._chips(beat)])
        return found

    def _beat(self, beat: Beat) -> Json:
        rows = [row for shown in beat.formulas for row in formula_rows(self.example.program, shown)]
        told = {
            "id": beat.id,
            "phase": str(beat.phase),
            "title": rich(beat.title, self.words, self.example.notation),
            "caption": rich(beat.caption, self.words, self.example.notation),
        }
        where = {
            "formula": [self.pools.rows.place(self._row(row)) for row in rows],
            "reveals": list(beat.reveals),
            "focus": list(beat.focus),
            "lit": list(beat.lit),
            "forward": list(beat.forward),
            "backward": list(beat.backward),
        }
        about = {"about": beat.about} if beat.about else {}
        return told | about | {key: names for key, names in where.items() if names}

    def _chips(self, beat: Beat) -> list[int]:
        return [self.pools.chips.place(chip_of(chip, self.example.notation)) for chip in beat.chips]

    def _row(self, row: FormulaRow) -> Json:
        left = self.symbols.symbol(row.left) if row.left else ["mrow"]
        return {"left": left, "right": right_side(row, self.symbols, self.numbers)}
