"""What a player must show, beat by beat, worked out from the worked example in Python."""

from typing import Any

from player_driver import Slot, agree
from remember import Remembered

from bpviz.algebra.traversal import references
from bpviz.ground.numbers import format_number
from bpviz.ground.words import words
from bpviz.views.score.score import score
from bpviz.views.score.variants import chips_in, plain
from bpviz.writing.prose import rich
from bpviz.writing.shown import formula_rows, values_in

NOT_COMPUTED = "·"


def same(seen: Any, expected: Any, what: str, beat: int) -> None:
    """Fail with both sides; pytest explains only the assertions of test modules."""
    assert seen == expected, f"{what} at beat {beat}:\n  shown    {seen!r}\n  expected {expected!r}"


plain_score = Remembered(lambda example: plain(score(example)))


class Expected:
    """A worked example's beats as a player must show them, for the givens of one run."""

    def __init__(self, example: Any, **givens: float):
        self.example = example
        self.trace = example.run(**givens)
        self.score = plain_score(example)
        self.words = words()
        self.givens = {given.name for given in example.program.givens}

    def revealed(self, beat: int) -> set[str]:
        """Names whose values are known at a beat."""
        return self.givens.union(*(b.reveals for b in self.example.beats[: beat + 1]))

    def check_values(self, seen: dict[str, Any], beat: int) -> None:
        """Every element that shows a quantity carries Python's value, or a dot before it is computed."""
        known = self.revealed(beat)
        assert seen["slots"], "the player shows no quantity at all"
        kept = [slot.name for slot in seen["behind"] if slot.value is not None]
        same(kept, [], "panels that are not seen carry values", beat)
        for slot in seen["slots"]:
            self._check_slot(slot, known, beat)

    def _check_slot(self, slot: Slot, known: set[str], beat: int) -> None:
        where = f"{slot.name} at beat {beat} ({self.example.beats[beat].id})"
        if slot.name not in known:
            assert slot.value is None, f"{where} is not computed yet but carries {slot.value}"
            assert slot.text == NOT_COMPUTED, f"{where} is not computed yet but shows {slot.text!r}"
            return
        assert slot.value is not None, f"{where} carries no value"
        assert agree(slot.value, self.trace[slot.name]), f"{where}: {slot.value!r}, Python {self.trace[slot.name]!r}"
        if slot.exact:
            same(slot.text, format_number(slot.value, decimals=9), where, beat)
        elif not slot.active:
            texts = {format_number(slot.value), format_number(slot.value, wrap=True)}
            assert slot.text in texts, f"{where} shows {slot.text!r}, not one of {texts}"

    def check_beat(self, seen: dict[str, Any], beat: int) -> None:
        """Values, prose, formula, chips and marks of a beat are as the story says."""
        self.check_values(seen, beat)
        self._check_words(seen, beat)
        self._check_formula(seen, beat)
        self._check_chips(seen, beat)
        self._check_marks(seen, beat)

    def _check_words(self, seen: dict[str, Any], beat: int) -> None:
        told = self.example.beats[beat]
        total = len(self.example.beats)
        same(seen["step"], beat, "step", beat)
        same(seen["count"], f"step {beat + 1} of {total}", "count", beat)
        same(seen["title"], f"{self.example.title()} · {self._prose(told.title)}", "title", beat)
        hint = "" if beat else f" {self.words['player.begin_by_key']}"
        same(seen["caption"], self._prose(told.caption) + hint, "caption", beat)
        same(seen["phase"], [self.words[f"phases.{told.phase}"]], "phase", beat)
        displayed = {slot.name for slot in seen["slots"] if slot.visible and slot.value is not None and not slot.exact}
        missing = [name for name in told.reveals if name not in displayed and not self._written_out(name, displayed)]
        same(missing, [], "revealed but displayed nowhere", beat)

    def _written_out(self, name: str, displayed: set[str]) -> bool:
        """True for a step on the way to the beat's own one, shown by everything it is computed from."""
        return displayed.issuperset(references(self.example.program[name].expr))

    def _prose(self, text: Any) -> str:
        return self._text(rich(text, self.words, self.example.notation))

    def _text(self, runs: list[Any]) -> str:
        return "".join(run[1] if isinstance(run, list) else self._number(run["bp"]) for run in runs)

    def _number(self, name: str, wrap: bool = False) -> str:
        return format_number(self.trace[name], wrap=wrap)

    def _check_formula(self, seen: dict[str, Any], beat: int) -> None:
        rows = self.score["beats"][beat]["formula"]
        same(
            seen["maths"],
            "".join(f"{self._tree(row['left'])}={self._tree(row['right'])}" for row in rows),
            "maths",
            beat,
        )

    def _tree(self, tree: list[Any]) -> str:
        text = ""
        for child in tree[1:]:
            if isinstance(child, dict):
                text += self._number(child["bp"], child.get("wrap", False)) if "bp" in child else ""
                text += self._tree(["mrow", self.score["quantities"][child["ref"]]["symbol"]]) if "ref" in child else ""
            else:
                text += child if isinstance(child, str) else self._tree(child)
        return text

    def _check_chips(self, seen: dict[str, Any], beat: int) -> None:
        chips = chips_in(self.score["beats"], beat)
        same(seen["chips"], ["".join(self._text(line) for line in chip["lines"]) for chip in chips], "chips", beat)
        taken = {chip["anchor"] for chip in chips}
        same(seen["hiddenLabels"], [label.anchor in taken for label in self.example.scene.labels], "hiddenLabels", beat)

    def _is_read(self, label: Any, told: Any) -> bool:
        """Whether a formula of the beat is calculated with the label's value; networks keep theirs as they are."""
        program = self.example.program
        rows = (row for shown in told.formulas for row in formula_rows(program, shown))
        read = {name for row in rows for name in values_in(row)} if self.example.scene.labels_yield else set()
        return any(piece.show == "value" and piece.what in read for line in label.lines for piece in line)

    def _check_marks(self, seen: dict[str, Any], beat: int) -> None:
        told, scene = self.example.beats[beat], self.example.scene
        places = [*(node.id for node in scene.nodes), *(edge.id for edge in scene.edges)]
        same(set(seen["rings"]), set(told.focus), "rings", beat)
        same(set(seen["dim"]), ({p for p in places if p not in told.lit} if told.lit else set()), "dim", beat)
        bright = [label.anchor in told.lit or self._is_read(label, told) for label in scene.labels]
        same(seen["dimLabels"], [bool(told.lit) and not each for each in bright], "dimLabels", beat)
        arrows = {edge.id: list(edge.start) for edge in scene.edges if edge.id in told.forward}
        arrows |= {edge.id: list(edge.end) for edge in scene.edges if edge.id in told.backward}
        same(set(seen["arrows"]), set(arrows), "arrows", beat)
        if abs(seen["usual"] - scene.height) < 0.01:  # elsewhere the places are others
            same(seen["arrows"], arrows, "ways of the arrows", beat)
