"""The history of a training: its losses, how it ended in words, and a picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bpviz.ground.numbers import format_number
from bpviz.ground.words import DEFAULT, words
from bpviz.matrices.training import Run

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(eq=False, repr=False)
class History(Run):
    """What `MLP.fit` leaves behind; it prints as one or two sentences.

    `losses` (epochs + 1 values): the mean over all rows before the first epoch and after each, without the part of
    `l2`; nan for epochs that were not finished. `validation`: the same on the validation rows, or None.
    `begun`: how many epochs were begun. `diverged_at`: the epoch in which a gradient was no longer finite, so that the
    weights before that step were kept, or after which the loss was not finite (0: before the first), or None.
    `interrupted_at`: the epoch in which an interrupt came (0: before the first), or None.
    """

    def told(self, lang: str = DEFAULT) -> str:
        """Return how training went, in words; ValueError for an unknown language."""
        table = words(lang)
        done = self.begun if self.diverged_at is None and self.interrupted_at is None else max(self.begun - 1, 0)
        losses = {"first": format_number(self.losses[0]), "last": format_number(self.losses[done])}
        said = [table["mlp.told"].format(done=done, epochs=len(self.losses) - 1, **losses)]
        if self.validation is not None:
            said.append(table["mlp.validation"].format(last=format_number(self.validation[done])))
        if self.diverged_at is not None:
            key = "diverged" if self.diverged_at else "no_start"
            said.append(table[f"mlp.{key}"].format(epoch=self.diverged_at))
        if self.interrupted_at is not None:
            said.append(table["mlp.interrupted"].format(epoch=self.interrupted_at))
        return " ".join(said)

    def plot(self, lang: str = DEFAULT) -> Figure:
        """Return a matplotlib figure of the losses over the epochs; ValueError for an unknown language."""
        from bpviz.views.figure.losses import draw_losses

        curves = {"training": self.losses}
        if self.validation is not None:
            curves["validation"] = self.validation
        return draw_losses(curves, self.told(lang), lang)

    def __repr__(self) -> str:
        return self.told()
