"""The widget: a score and its givens as traits, played in the browser. The only room that knows anywidget."""

import base64
import sys
from collections.abc import Sequence
from os import PathLike
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

from bpviz.calculation.epochs import DataHistory
from bpviz.calculation.training import History
from bpviz.ground import files
from bpviz.ground.checked import checked_count
from bpviz.ground.garbage import kept_for_later
from bpviz.ground.seeded import MOST_SEED
from bpviz.views.player import assets, page
from bpviz.views.player.moments import Moment
from bpviz.views.player.number_traits import Given, Rate
from bpviz.views.player.state import checked_opened, chosen_front, first_state
from bpviz.views.score.variants import beat_in, variant_with

if TYPE_CHECKING:
    from bpviz.views.player.changes import Standing, Variant

_READ_ONLY = {
    "rounds": "it counts the training so far; p.train(10) applies ten rounds more",
    "random_seed": "it is the last seed; p.randomise(15) takes another one",
    "history": "it is what undo goes through; p.train(10) and p.switch(...) add to it",
    "data": "the table is edited in the player; case1(data=[...]) begins with other rows",
    "panels": 'they are chosen when a player is made; ex.player(panels=["slice"])',
    "pytorch": "it is what PyTorch finds for the values as they are",
    "score": "it is the example itself; make another player for another one",
}


class Player(anywidget.AnyWidget):
    """A worked example to step through and touch; every given of its score is a synchronised attribute.

    `score` is a valid score (see score.schema.json); `start` is the number of a beat, −1 for the last;
    `playables`, one for each variant of the score, train here and draw for viewers that run no widgets. A `fresh` score
    comes straight from its maker; any other is checked.
    `rounds` counts the rounds of training applied, here or in the browser; changing a given by hand begins at 0 again.
    `history` is what undo and redo go through; it and `rounds` are read-only.
    `variant` is the one of the score's variants that is shown: what its switches stand at (see `switch`).
    `data` is the table of data: its rows, whether they are shuffled, and by which seed; it is read-only here.
    `random_seed` is the one that `randomise`, here or in the browser, was last given.
    `slice_of` is the given whose slice is shown, "" the story's own; `surface_x` and `surface_y` those of the surface,
    "" the first two that learn; `largest_rate` that of the panel of schedules.
    `opened` names the nodes that are opened in place of the first of their layers, with spaces between: "1_2 3_4".
    `pytorch` is what PyTorch finds for the values as they are: a row of the truth panel. It is read-only, and {} where
    PyTorch had not been imported before: it takes long, so no player does that.
    `panels` names what stands beside the story (see `bpviz.views.player.state`), `front` the one in front of others.
    A damaged score, an unknown beat, or a given named like an attribute of widgets raises ValueError.
    """

    _esm = assets.widget_module()
    _css = assets.style()
    score = traitlets.Dict(read_only=True).tag(sync=True)
    variant = traitlets.Int(read_only=True).tag(sync=True)
    beat = traitlets.Int().tag(sync=True)
    rounds = traitlets.Int(read_only=True).tag(sync=True)
    history = traitlets.Dict(read_only=True).tag(sync=True)
    slice_of = traitlets.Unicode().tag(sync=True)
    surface_x = traitlets.Unicode().tag(sync=True)
    surface_y = traitlets.Unicode().tag(sync=True)
    opened = traitlets.Unicode().tag(sync=True)
    data = traitlets.Dict(read_only=True).tag(sync=True)
    largest_rate = Rate(1.0).tag(sync=True)
    random_seed = traitlets.Int(read_only=True).tag(sync=True)
    panels: traitlets.List[str] = traitlets.List(read_only=True).tag(sync=True)
    front = traitlets.Unicode().tag(sync=True)
    pytorch = traitlets.Dict(read_only=True).tag(sync=True)

    def __init__(
        self,
        score: dict[str, Any],
        *,
        start: int = 0,
        panels: Sequence[str] | None = None,
        front: str | None = None,
        playables: Sequence["Variant"] = (),
        fresh: bool = False,
    ) -> None:
        first = first_state(score, start, panels, front, fresh)
        givens = {given["name"]: given["value"] for given in score["givens"]}
        for name in givens:
            if hasattr(Player, name):
                raise ValueError(f"no given can be called '{name}': every widget has an attribute of that name")
        self._playables = tuple(playables)
        self._givens, self._held = tuple(givens), (*first, *givens)
        for name in ("score", "variant", "rounds", "history", "panels", "data", "random_seed", "pytorch"):
            self.set_trait(name, first.pop(name))
        self.add_traits(**{name: Given(value).tag(sync=True) for name, value in givens.items()})
        super().__init__(**first)
        self.observe(self._begin_again, names=["variant", *givens])
        if "truth" in self.panels and self._ask_pytorch():
            self.observe(self._ask_pytorch, names=["variant", *givens])

    @traitlets.validate("variant")
    def _check_variant(self, proposal: dict[str, Any]) -> int:
        last = len(self.score["variants"]) - 1
        variant: int = proposal["value"]
        if isinstance(variant, bool) or not isinstance(variant, int) or not 0 <= variant <= last:
            raise traitlets.TraitError(f"'variant' must be 0 to {last}, not {variant!r}")
        return variant

    @traitlets.validate("beat")
    def _check_beat(self, proposal: dict[str, Any]) -> int:
        last = len(self.score["variants"][self.variant]["beats"]) - 1
        beat: int = proposal["value"]
        if isinstance(beat, bool) or not 0 <= beat <= last:
            raise traitlets.TraitError(f"'beat' must be 0 to {last}, not {beat}")
        return beat

    @traitlets.validate("rounds")
    def _check_rounds(self, proposal: dict[str, Any]) -> int:
        rounds: int = proposal["value"]
        if isinstance(rounds, bool) or rounds < 0:
            raise traitlets.TraitError(f"'rounds' must be a whole number, 0 or more, not {rounds!r}")
        return rounds

    @traitlets.validate("slice_of", "surface_x", "surface_y")
    def _check_trained(self, proposal: dict[str, Any]) -> str:
        name: str = proposal["value"]
        trained = {given: "" for variant in self.score["variants"] for given in variant["program"]["trained"]}
        if name and name not in trained:
            which, choices = proposal["trait"].name, ", ".join(trained)
            raise traitlets.TraitError(f"{which!r} must be '' or one of {choices}, not {name!r}")
        return name

    @traitlets.validate("opened")
    def _check_opened(self, proposal: dict[str, Any]) -> str:
        try:
            return checked_opened(self.score, proposal["value"])
        except ValueError as problem:
            raise traitlets.TraitError(str(problem)) from None

    @traitlets.validate("front")
    def _check_front(self, proposal: dict[str, Any]) -> str:
        try:
            return chosen_front(self.score, self.panels, proposal["value"]) if proposal["value"] else ""
        except ValueError as problem:
            raise traitlets.TraitError(str(problem)) from None

    def _begin_again(self, change: object) -> None:
        """Givens that no finished training left behind are the beginning of a new run."""
        if not Moment.now(self.history).is_at(self.variant, list(self._values().values())):
            self.set_trait("rounds", 0)

    def _ask_pytorch(self, change: object = None) -> bool:
        """Ask PyTorch about the values as they are, unless it was asked already; whether it answers."""
        here = self._values()
        known = self.pytorch.get("variant") == self.variant and self.pytorch["givens"] == list(here.values())
        if self._playables and not known:
            self.set_trait("pytorch", self._playables[self.variant].pytorch(self.variant, here))
        return bool(self.pytorch)

    def __setattr__(self, name: str, value: object) -> None:
        if name == "variant":
            self._show_variant(value)
            return
        if name in _READ_ONLY:
            raise AttributeError(f"{name!r} cannot be set: {_READ_ONLY[name]}")
        if not name.startswith("_") and not hasattr(self, name):
            raise AttributeError(f"this player has no {name!r}; its givens are {', '.join(self._givens)}")
        super().__setattr__(name, value)

    def train(self, rounds: int) -> History:
        """Apply so many rounds of training, as the player's own buttons do; one undo takes them back.

        Returns the history of these rounds; where they diverge, the player stops before. Raises TypeError or ValueError
        for a number that is not a whole number from 0 to ten million, RuntimeError for a player made of a score alone.
        """
        history, told = self._standing().trained(rounds)
        if history:
            self._change(history)
        return told

    def train_on(self, epochs: int) -> DataHistory:
        """Train so many epochs on the player's table of data, as its own buttons do; one undo takes them back.

        Returns the history of these epochs; where they diverge, the player stops before. Raises TypeError or ValueError
        for a number that cannot be, RuntimeError for a player without data or made of a score alone.
        """
        history, told = self._standing().trained_on(epochs)
        if history:
            self._change(history)
        return told

    def randomise(self, seed: int | None = None) -> None:
        """Give every value that the program trains a random one within its slider's range, as the player's button does.

        The same `seed` gives the same values; None takes the seed after the last one. One undo takes them back.
        Raises TypeError or ValueError for a seed that is not a whole number from 0 to 2³² − 1.
        """
        wanted = (
            (self.random_seed + 1) % (MOST_SEED + 1) if seed is None else checked_count("the seed", seed, MOST_SEED)
        )
        history = self._standing().randomised(wanted)
        with self.hold_sync():
            if history is not self.history:
                self._change(history)
            self.set_trait("random_seed", wanted)

    def switch(self, **choices: object) -> None:
        """Flip switches, as in the player: `switch(update="sequential")`; the others stay; one undo takes it back.

        Values and step stay. Rounds applied before are trained again by the other program, from where they began.
        Raises ValueError for an unknown switch or choice.
        """
        self.variant = variant_with(self.score, self.variant, choices)

    def _show_variant(self, variant: Any) -> None:
        variant = self._check_variant({"value": variant})
        if variant == self.variant:
            return
        self._change(self._standing().switched(variant))

    def _change(self, history: dict[str, Any]) -> None:
        """Go to the last moment of a history; the browser hears of it as one change."""
        now = Moment.now(history)
        beat = beat_in(self.score, self.variant, now.variant, self.beat)
        with self.hold_sync(), self.hold_trait_notifications():
            self.set_trait("history", history)
            for name, value in zip(self._givens, now.givens, strict=True):
                setattr(self, name, value)
            self.set_trait("data", now.table or {})
            self.set_trait("rounds", now.rounds)
            self.set_trait("variant", now.variant)
            self.beat = beat

    def _standing(self) -> "Standing":
        from bpviz.views.player.changes import Standing  # nothing asks for it before something changes

        here = self._values()
        return Standing(self.score, self._playables, self.history, self.variant, self.rounds, self.data, here)

    def _values(self) -> dict[str, float]:
        return {name: getattr(self, name) for name in self._givens}

    def to_html(self, path: str | PathLike[str], title: str | None = None) -> None:
        """Write the player as it stands now, with its undo history, as one file; whole or not at all.

        `title` names the page (default: the example's own). Raises OSError where the file cannot be written,
        TypeError or ValueError for what can be no path or no title.
        """
        files.write(path, page.html_of({name: getattr(self, name) for name in self._held}, title))

    def save(self, path: str | PathLike[str]) -> None:
        """Write the network as it stands now, trained, as a small file that `bpviz.load` reads; whole or not at all.

        Raises ValueError for an example that is no network, RuntimeError for a player made of a score alone, and what
        `to_html` raises.
        """
        if not self._playables:
            raise RuntimeError("this player was made of a score alone: there is no example to save")
        rows = self.data["rows"] if self.data else None
        files.write(path, self._playables[self.variant].saved(self._values(), rows))

    def __repr__(self) -> str:
        beats = self.score["variants"][self.variant]["beats"]
        return f"<Player of {self.score['title']}, step {self.beat + 1} of {len(beats)}>"

    @kept_for_later()
    def _repr_mimebundle_(self, **kwargs: dict[Any, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
        data, metadata = super()._repr_mimebundle_(**kwargs) or ({}, {})
        data["text/plain"] = repr(self)
        if self._playables and sys.platform != "emscripten":  # in a browser the widget always runs
            image, data["text/plain"] = self._playables[self.variant].still(self.beat, self._values())
            data["image/png"] = base64.b64encode(image).decode("ascii")
            metadata["image/png"] = {"alt": data["text/plain"]}
        return data, metadata
