"""The widget: a score and its givens as traits, played in the browser. The only room that knows anywidget."""

import base64
import math
import numbers
from typing import Any

import anywidget
import traitlets

from bpviz.views import assets
from bpviz.views.check import beat_index, check_score, first_history


class Given(traitlets.TraitType[float, float]):
    """A finite number. Anything else raises TraitError naming the given, and the old value stays."""

    def validate(self, obj: traitlets.HasTraits, value: object) -> float:
        """Return the value as a float, or raise TraitError."""
        if isinstance(value, bool) or not isinstance(value, numbers.Real) or not math.isfinite(value):
            raise traitlets.TraitError(f"'{self.name}' needs a finite number, not {value!r}")
        return float(value)


class Player(anywidget.AnyWidget):
    """A worked example to step through and touch; every given of its score is a synchronised attribute.

    `score` is a valid score (see score.schema.json); `start` is a beat's id or index (default: the first);
    `rounds` counts the rounds of training applied in the browser; changing a given by hand begins at 0 again.
    `history` is what undo and redo go through; `slice_of` is the trained given whose slice is shown ("": the story's).
    `image` is a PNG and `text` a description for viewers that run no widgets.
    A damaged score, an unknown beat, or a given named like an attribute of widgets raises ValueError.
    """

    _esm = assets.widget_module()
    _css = assets.style()
    score = traitlets.Dict(read_only=True).tag(sync=True)
    beat = traitlets.Int().tag(sync=True)
    rounds = traitlets.Int().tag(sync=True)
    history = traitlets.Dict().tag(sync=True)
    slice_of = traitlets.Unicode().tag(sync=True)

    def __init__(
        self, score: dict[str, Any], *, start: str | int | None = None, image: bytes | None = None, text: str = ""
    ) -> None:
        check_score(score)
        givens = {given["name"]: given["value"] for given in score["givens"]}
        for name in givens:
            if hasattr(Player, name):
                raise ValueError(f"no given can be called '{name}': every widget has an attribute of that name")
        self._image, self._text = image, text
        self.set_trait("score", score)
        self.add_traits(**{name: Given(value).tag(sync=True) for name, value in givens.items()})
        super().__init__(beat=beat_index(score, start), history=first_history(score))
        self.observe(self._begin_again, names=list(givens))

    @traitlets.validate("beat")
    def _check_beat(self, proposal: dict[str, Any]) -> int:
        last = len(self.score["beats"]) - 1
        beat: int = proposal["value"]
        if not 0 <= beat <= last:
            raise traitlets.TraitError(f"'beat' must be 0 to {last}, not {beat}")
        return beat

    @traitlets.validate("rounds")
    def _check_rounds(self, proposal: dict[str, Any]) -> int:
        rounds: int = proposal["value"]
        if isinstance(rounds, bool) or rounds < 0:
            raise traitlets.TraitError(f"'rounds' must be a whole number, 0 or more, not {rounds!r}")
        return rounds

    @traitlets.validate("slice_of")
    def _check_slice_of(self, proposal: dict[str, Any]) -> str:
        name: str = proposal["value"]
        trained = self.score["program"]["feedback"]
        if name and name not in trained:
            raise traitlets.TraitError(f"'slice_of' must be '' or one of {', '.join(trained)}, not {name!r}")
        return name

    def _begin_again(self, change: object) -> None:
        """Givens that no finished training left behind are the beginning of a new run."""
        if [getattr(self, given["name"]) for given in self.score["givens"]] != self.history["now"]["givens"]:
            self.rounds = 0

    def __repr__(self) -> str:
        beats = self.score["beats"]
        return f"<Player of {self.score['title']}, step {self.beat + 1} of {len(beats)}>"

    def _repr_mimebundle_(self, **kwargs: dict[Any, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
        data, metadata = super()._repr_mimebundle_(**kwargs) or ({}, {})
        data["text/plain"] = self._text or self.score["title"]
        if self._image is not None:
            data["image/png"] = base64.b64encode(self._image).decode("ascii")
        return data, metadata
