"""Worked examples: an example and the way into every view of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from inspect import signature
from typing import TYPE_CHECKING, Any

from bpviz.calculation.trace import Trace, refuse_arrays
from bpviz.example.example import Example
from bpviz.example.saving import saved_text
from bpviz.frameworks.recorded import Graph, calculated
from bpviz.ground import files
from bpviz.ground.garbage import kept_for_later
from bpviz.ground.words import DEFAULT, words
from bpviz.telling.story import index_of

if TYPE_CHECKING:
    from os import PathLike

    from matplotlib.figure import Figure

    from bpviz.views.player.player import Player


@dataclass(frozen=True, repr=False)
class WorkedExample(Example):
    """An example that a person can see: in a notebook it shows itself as the player.

    ValueError for a given named like a parameter of a method that takes givens, such as `beat`.
    """

    def __post_init__(self) -> None:
        taken = self.parameters()
        for name in (given.name for given in self.program.givens if given.name in taken):
            raise ValueError(
                f"no given can be called {name!r}: {taken[name]}() has a parameter of that name; "
                f"taken are {', '.join(sorted(taken))}"
            )

    @classmethod
    @cache
    def parameters(cls) -> Mapping[str, str]:
        """Return what no given can be called, since a method that takes givens has such a parameter: name → method."""
        views = (cls.draw, cls.draw_schedules, cls.draw_surface, cls.solution)
        methods = (*views, cls.train, cls.train_on, cls.check_gradients, cls.run)
        named = ((m, p) for m in methods for p in signature(m).parameters.values() if p.name != "givens")
        return {p.name: m.__name__ for m, p in named if p.kind is not p.POSITIONAL_ONLY}

    @kept_for_later()
    def player(
        self,
        lang: str = DEFAULT,
        start: str | int | None = None,
        panels: Sequence[str] | None = None,
        front: str | None = None,
    ) -> Player:
        """Return a new player of this example; `start` is the id or number of the beat to show first (default: 0).

        `panels` is a list of what stands beside the story: "training", "slice", "surface" (where two values
        learn), "truth", "data" (where the example has data), "schedules", "table", and "switches" above the sliders
        (default: all but "surface" and "schedules").
        Where they share one room, `front` is the one that is seen at first (default: the first). "truth" has a row for
        PyTorch where `import torch` came before: a player does not import it by itself.
        Raises ValueError for an unknown beat or for a `front` that is not there, TypeError or ValueError for panels
        that are no such list.
        """
        from bpviz.views.player import player
        from bpviz.views.score import score
        from bpviz.worked.playable import Playable

        playables = tuple(Playable(sibling, lang) for sibling in self.siblings())
        shown = index_of(self.beats, 0 if start is None else start)
        told = score.score(self, lang)
        return player.Player(told, start=shown, panels=panels, front=front, playables=playables, fresh=True)

    def draw(self, beat: str | int | None = None, lang: str = DEFAULT, **givens: float) -> Figure:
        """Return a matplotlib figure of a beat: its id, a quantity it shows or its number (default: the last)."""
        from bpviz.views.figure import drawing
        from bpviz.views.text import description

        trace = self._single_run("a figure", givens)
        still = drawing.draw(self, beat, lang, trace)
        still.description = description.describe(self, index_of(self.beats, beat), lang, trace)
        return still

    def to_html(
        self,
        path: str | PathLike[str],
        title: str | None = None,
        lang: str = DEFAULT,
        start: str | int | None = None,
        panels: Sequence[str] | None = None,
        front: str | None = None,
    ) -> None:
        """Write the player as one file that needs no kernel and no network; it is written whole or not at all.

        `title` names the page, `start`, `panels` and `front` are those of `player`. Raises OSError where it cannot be
        written, TypeError or ValueError for what can be no path or no title, and what `player` raises.
        """
        from bpviz.views.player import page
        from bpviz.views.score import score
        from bpviz.worked.playable import Playable

        shown = index_of(self.beats, 0 if start is None else start)
        own = {given.name: given.default for given in self.program.givens}
        known = Playable(self, lang).pytorch(0, own)
        files.write(path, page.html(score.score(self, lang), title, shown, panels, front, True, known))

    def save(self, path: str | PathLike[str]) -> None:
        """Write the example as a small JSON file that `bpviz.load` reads; it is written whole or not at all.

        Raises ValueError for an example that is no network, OSError where the file cannot be written, TypeError or
        ValueError for what can be no path.
        """
        files.write(path, saved_text(self))

    def draw_schedules(self, schedules: Mapping[str, Any], lang: str = DEFAULT, **givens: float) -> Figure:
        """Return a figure of learning rates over the rounds beside the loss they lead to (label → array of rates).

        `bpviz.schedules` makes such arrays. Raises TypeError or ValueError for schedules or a language that cannot be.
        """
        from bpviz.views.figure.schedules import draw_schedules

        return draw_schedules(self, schedules, lang, givens)

    def draw_recorded(self, recorded: Graph, lang: str = DEFAULT) -> Figure:
        """Return a figure of the graph of this calculation over the one that PyTorch recorded of it.

        `recorded` is what `bpviz.frameworks.recorded` returns. Raises ValueError for an unknown language.
        """
        from bpviz.views.figure.graphs import draw_graphs

        table = words(lang)
        graphs = {table["frameworks.ours"]: calculated(self.program), table["frameworks.theirs"]: recorded}
        return draw_graphs(graphs, lang)

    def draw_surface(
        self, across: str, up: str, /, kind: str = "contour", rounds: int = 100, lang: str = DEFAULT, **givens: float
    ) -> Figure:
        """Return a matplotlib figure of the loss over two values that learn, with the path of so many rounds from here.

        `kind`: "contour" or "3d". Where the example has data, the loss is its mean, and the path goes by epochs. Raises
        ValueError for a name that does not learn or another kind, and what `train` raises.
        """
        from bpviz.views.figure.surface import draw_surface

        return draw_surface(self, (across, up), kind, rounds, lang, givens)

    def solution(self, format: str = "markdown", lang: str = DEFAULT, **givens: float) -> str:
        """Return the whole calculation by hand as "markdown", "latex" or "text", with the numbers of a run."""
        from bpviz.views.text import solution

        return solution.solution(self, format, lang, self._single_run("a solution", givens))

    def _single_run(self, task: str, givens: Mapping[str, Any]) -> Trace:
        values = self.program.values_of_givens(givens)
        refuse_arrays(task, values)
        return Trace(self.program, values)

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        return self.player()._repr_mimebundle_(**kwargs)
