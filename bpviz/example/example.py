"""Examples as data: program, notation, scene, beats and published figures, and what can be computed from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

from bpviz.calculation.data_sets import Row
from bpviz.calculation.epochs import DataHistory, columns, train_on
from bpviz.calculation.program import Program
from bpviz.calculation.trace import Trace
from bpviz.calculation.training import History, train
from bpviz.example.family import Family
from bpviz.example.published import Comparison, Comparisons, Published
from bpviz.ground.words import DEFAULT, Words, words
from bpviz.telling.chips import Tone
from bpviz.telling.openings import Opening
from bpviz.telling.scene import Scene
from bpviz.telling.story import Beat, Text
from bpviz.writing.notation import Notation
from bpviz.writing.prose import plain
from bpviz.writing.symbols import Symbol

if TYPE_CHECKING:
    from bpviz.calculation.gradient_check import GradientCheck


@dataclass(frozen=True)
class SliderGroup:
    """A group of givens under one heading: `label` is a key of the words table's groups, or what a telling brings."""

    label: str | Text
    tone: Tone
    givens: tuple[str, ...]

    def heading(self, table: Words) -> str:
        """Return the heading in the language of the words table."""
        label = self.label if isinstance(self.label, Text) else Text(f"groups.{self.label}")
        return plain(label, table, Notation({}), {})


@dataclass(frozen=True, repr=False)
class Example:
    """A program with everything that makes it a lesson.

    `rule` names the update rule, `name` the example's entry in the words table, where `heading` does not say its title.
    `family`: its siblings in a player.
    `data`: rows for `train_on` and for the player's table of data, or None. `large_scene`: the scene for presenting,
    with the nodes, edges and anchors of `scene`; None: `scene` itself, a little flatter. `tall_scene`: the same for
    tall, narrow places; None: `scene` itself. `openings`: the nodes that can be opened in place of others.
    `read_rows`: makes rows of numbers, or mappings, of what `train_on` is given; None: it is given such rows.
    `kept`: what a saved file says of it beside its values, as JSON; None: it cannot be saved.
    """

    name: str
    program: Program
    notation: Notation
    scene: Scene
    beats: tuple[Beat, ...]
    groups: tuple[SliderGroup, ...]
    rule: str = "simultaneous"
    figures: tuple[Published, ...] = ()
    citation: str = ""
    family: Family | None = None
    data: tuple[Row, ...] | None = None
    large_scene: Scene | None = None
    tall_scene: Scene | None = None
    openings: tuple[Opening, ...] = ()
    heading: Text | None = None
    kept: Mapping[str, Any] | None = None
    read_rows: Callable[[Any], Any] | None = None

    def title(self, lang: str = DEFAULT) -> str:
        """Return the example's short title in a language."""
        return plain(self.heading or Text(f"cases.{self.name}.title"), words(lang), Notation({}), {})

    def siblings(self) -> tuple[Self, ...]:
        """Return this example, then every other member of its family: what the player's switches lead to."""
        return self._siblings

    @cached_property
    def _siblings(self) -> tuple[Self, ...]:
        others = self.family.others() if self.family else ()
        return (self, *(self.family.make(**choices) for choices in others if self.family))

    def run(self, **givens: Any) -> Trace:
        """Return the trace of one run; each keyword sets a given (a float, or an array that broadcasts).

        Raises KeyError for an unknown name, TypeError for what is no number, ValueError for nan, inf or wrong shapes.
        """
        return Trace(self.program, self.program.values_of_givens(givens))

    def train(self, rounds: int, **givens: Any) -> History:
        """Return the history of so many rounds of run, update and feedback, from the defaults or the values given.

        A learning rate may be an array with one rate for every round; see `bpviz.schedules`.
        Raises ValueError where nothing learns.
        """
        if not self.program.feedback:
            raise ValueError("nothing learns here: an example with learn=(...) trains the givens that it names")
        return train(self.program, rounds, self.program.values_of_givens(givens))

    def train_on(self, rows: Any, epochs: int, shuffle: int | None = None, **givens: float) -> DataHistory:
        """Return the history of so many epochs over a data set, from the defaults or the values given.

        `rows`: each a mapping such as {"x1": 0, "x2": 1, "z": 0.9}, or the numbers, inputs first; or the name of a set,
        such as "xor"; of a network, all that `network` takes as data. Every row changes the weights once. `shuffle`:
        None for rows in order, a seed for another order in each epoch.
        Raises TypeError or ValueError for a table, a row, a seed or a number of epochs that cannot be (see
        `bpviz.calculation.epochs`), ValueError for a given that the rows set.
        """
        for name in (name for name in columns(self.program) if name in givens):
            raise ValueError(f"every row sets {name!r}: it cannot be given here")
        told = self.read_rows(rows) if self.read_rows else rows
        return train_on(self.program, told, epochs, shuffle, self.program.values_of_givens(givens))

    def check_gradients(self, lang: str = DEFAULT, **givens: float) -> GradientCheck:
        """Return analytic and numeric gradient of every given side by side; see `bpviz.calculation.gradient_check`."""
        from bpviz.calculation.gradient_check import check_gradients  # no player needs it

        symbols = {name: s for name, s in self.notation.items() if isinstance(s, Symbol)}
        letters = {name: replace(s, argument=None).plain for name, s in symbols.items()}
        return check_gradients(self.program, self.program.values_of_givens(givens), letters, lang)

    def published(self, lang: str = DEFAULT) -> Comparisons:
        """Return every published figure beside ours, with the difference and, where they differ, the explanation."""
        after = {0: self.run()} | {n: self.train(n).final for n in {f.rounds for f in self.figures} - {0}}
        return Comparisons(
            (self._compared(f, after[f.rounds][f.name], lang) for f in self.figures), lang, self.citation
        )

    def _compared(self, figure: Published, ours: float, lang: str) -> Comparison:
        table = words(lang)
        agrees = figure.agrees(ours)
        note = figure.note(self.rule)
        verdict = (
            table["verdicts.agrees"] if agrees else table["verdicts.differs"] + (f": {table[note]}" if note else "")
        )
        return Comparison(
            figure.name, figure.rounds, figure.printed, ours, ours - float(figure.printed), agrees, verdict
        )

    def __repr__(self) -> str:
        loss = self.program.loss
        counts = f"{len(self.program.steps)} steps, {len(self.beats)} beats"
        return f"<bpviz {self.name}: {counts}, {loss} = {self.run()[loss]:.9g}>"
