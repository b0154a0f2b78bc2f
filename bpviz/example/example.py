"""Worked examples: program, notation, scene, beats and published figures, and the way into every view of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from inspect import signature
from typing import TYPE_CHECKING, Any

from bpviz.calculation.data_sets import Row
from bpviz.calculation.epochs import DataHistory, columns, train_on
from bpviz.calculation.gradient_check import GradientCheck, check_gradients
from bpviz.calculation.program import Program
from bpviz.calculation.trace import History, Trace, refuse_arrays, train
from bpviz.example.family import Family
from bpviz.example.published import Comparison, Comparisons, Published
from bpviz.ground.words import DEFAULT, words
from bpviz.telling.scene import Scene, Tone
from bpviz.telling.story import Beat, index_of
from bpviz.writing.notation import Notation, Symbol

if TYPE_CHECKING:
    from os import PathLike

    from matplotlib.figure import Figure

    from bpviz.views.player.player import Player


@dataclass(frozen=True)
class SliderGroup:
    """A group of givens under one heading: `label` is a key of the words table's groups."""

    label: str
    tone: Tone
    givens: tuple[str, ...]


@dataclass(frozen=True, repr=False)
class WorkedExample:
    """A program with everything that makes it a lesson.

    `rule` names the update rule, `name` the example's entry in the words table. `family`: its siblings in a player.
    `data`: rows for `train_on` and for the player's table of data, or None. `large_scene`: the scene for presenting,
    with the nodes, edges and anchors of `scene`; None: `scene` itself, a little flatter.
    ValueError for a given named like a parameter of a method that takes givens, such as `beat`.
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

    def __post_init__(self) -> None:
        views = (self.draw, self.draw_schedules, self.solution)
        taken = {
            name: method.__name__
            for method in (*views, self.train, self.train_on, self.check_gradients, self.run)
            for name in ("self", *signature(method).parameters)
            if name != "givens"
        }
        for name in (given.name for given in self.program.givens if given.name in taken):
            raise ValueError(
                f"no given can be called {name!r}: {taken[name]}() has a parameter of that name; "
                f"taken are {', '.join(sorted(taken))}"
            )

    def title(self, lang: str = DEFAULT) -> str:
        """Return the example's short title in a language."""
        return words(lang)[f"cases.{self.name}.title"]

    def siblings(self) -> tuple[WorkedExample, ...]:
        """Return this example, then every other member of its family: what the player's switches lead to."""
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
        """
        return train(self.program, rounds, self.program.values_of_givens(givens))

    def train_on(self, rows: Any, epochs: int, shuffle: int | None = None, **givens: float) -> DataHistory:
        """Return the history of so many epochs over a data set, from the defaults or the values given.

        `rows`: each a mapping such as {"x1": 0, "x2": 1, "z": 0.9}, or the numbers, inputs first; or the name of a set,
        such as "xor". Every row changes the weights once. `shuffle`: None for rows in order, a seed for another order
        in each epoch.
        Raises TypeError or ValueError for a table, a row, a seed or a number of epochs that cannot be (see
        `bpviz.calculation.epochs`), ValueError for a given that the rows set.
        """
        for name in (name for name in columns(self.program) if name in givens):
            raise ValueError(f"every row sets {name!r}: it cannot be given here")
        return train_on(self.program, rows, epochs, shuffle, self.program.values_of_givens(givens))

    def check_gradients(self, **givens: float) -> GradientCheck:
        """Return analytic and numeric gradient of every given side by side; see `bpviz.calculation.gradient_check`."""
        symbols = {name: s for name, s in self.notation.items() if isinstance(s, Symbol)}
        letters = {name: replace(s, argument=None).plain for name, s in symbols.items()}
        return check_gradients(self.program, self.program.values_of_givens(givens), letters)

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

    def player(
        self, lang: str = DEFAULT, start: str | int | None = None, panels: Sequence[str] | None = None
    ) -> Player:
        """Return a new player of this example; `start` is the id or number of the beat to show first (default: 0).

        `panels` is a list of what stands under the steps: "training", "slice", "truth", "data" (where the
        example has data), "schedules", "table", and "switches" beside the sliders (default: all but "schedules").
        Raises ValueError for an unknown beat, TypeError or ValueError for panels that are no such list.
        """
        from bpviz.views import figure
        from bpviz.views.player import player
        from bpviz.views.score import score
        from bpviz.views.text import description

        siblings = self.siblings()

        def still(variant: int, beat: int, givens: Mapping[str, float]) -> tuple[bytes, str]:
            example = siblings[variant]
            trace = example.run(**givens)
            return figure.png(example, beat, lang, trace), description.describe(example, beat, lang, trace)

        def trainer(variant: int, rounds: int, givens: Mapping[str, float]) -> History:
            return siblings[variant].train(rounds, **givens)

        def data_trainer(
            variant: int, table: Mapping[str, Any], before: int, epochs: int, givens: Mapping[str, float]
        ) -> DataHistory:
            seed = table["seed"] if table["shuffled"] else None
            return train_on(siblings[variant].program, table["rows"], epochs, seed, givens, before)

        shown = index_of(self.beats, 0 if start is None else start)
        return player.Player(
            score.score(self, lang), start=shown, panels=panels, still=still, trainer=trainer, data_trainer=data_trainer
        )

    def draw(self, beat: str | int | None = None, lang: str = DEFAULT, **givens: float) -> Figure:
        """Return a matplotlib figure of a beat: its id, a quantity it shows or its number (default: the last)."""
        from bpviz.views import figure

        return figure.draw(self, beat, lang, self._single_run("a figure", givens))

    def to_html(
        self,
        path: str | PathLike[str],
        title: str | None = None,
        lang: str = DEFAULT,
        start: str | int | None = None,
        panels: Sequence[str] | None = None,
    ) -> None:
        """Write the player as one file that needs no kernel and no network; it is written whole or not at all.

        `title` names the page, `start` and `panels` are those of `player`. Raises OSError where it cannot be written,
        TypeError or ValueError for what can be no path or no title, and what `player` raises.
        """
        from bpviz.views.player import page
        from bpviz.views.score import score

        shown = index_of(self.beats, 0 if start is None else start)
        page.write(path, page.html(score.score(self, lang), title, shown, panels))

    def draw_schedules(self, schedules: Mapping[str, Any], lang: str = DEFAULT, **givens: float) -> Figure:
        """Return a figure of learning rates over the rounds beside the loss they lead to (label → array of rates).

        `bpviz.schedules` makes such arrays. Raises TypeError or ValueError for schedules or a language that cannot be.
        """
        from bpviz.views import figure

        return figure.draw_schedules(self, schedules, lang, givens)

    def solution(self, format: str = "markdown", lang: str = DEFAULT, **givens: float) -> str:
        """Return the whole calculation by hand as "markdown", "latex" or "text", with the numbers of a run."""
        from bpviz.views.text import solution

        return solution.solution(self, format, lang, self._single_run("a solution", givens))

    def _single_run(self, task: str, givens: Mapping[str, Any]) -> Trace:
        values = self.program.values_of_givens(givens)
        refuse_arrays(task, values)
        return Trace(self.program, values)

    def __repr__(self) -> str:
        loss = self.program.loss
        counts = f"{len(self.program.steps)} steps, {len(self.beats)} beats"
        return f"<bpviz {self.name}: {counts}, {loss} = {self.run()[loss]:.9g}>"

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        return self.player()._repr_mimebundle_(**kwargs)
