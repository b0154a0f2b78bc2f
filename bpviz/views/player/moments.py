"""The moments that undo and redo go between, and the history of them, as js/state/moments.js has them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

MOST_MOMENTS = 50
"""What one may take back, here and in js/state/moments.js."""

Moments = dict[str, Any]
"""Moments as JSON: those in the past, the one now, as it was after the last finished change, those in the future."""


@dataclass(frozen=True)
class Moment:
    """Where the givens of a variant stand, and the training that led there.

    `start` is where the rounds or the epochs began, None without any; `table` is the table of data, None without one.
    """

    variant: int
    givens: list[float]
    rounds: int = 0
    start: list[float] | None = None
    epochs: int = 0
    table: dict[str, Any] | None = None

    @classmethod
    def now(cls, history: Moments) -> Self:
        """Return the moment that a history stands at."""
        told = history["now"]
        return cls(
            told["variant"], told["givens"], told["rounds"], told["start"], told.get("epochs", 0), told.get("table")
        )

    @property
    def told(self) -> dict[str, Any]:
        """The moment as JSON: `epochs` and `table` only where there is a table."""
        told = {"variant": self.variant, "rounds": self.rounds, "start": self.start, "givens": self.givens}
        return told if self.table is None else told | {"epochs": self.epochs, "table": self.table}

    @property
    def begun(self) -> list[float]:
        """Where the training began; where the givens stand, without any."""
        return self.start or self.givens

    def is_at(self, variant: int, givens: list[float]) -> bool:
        """Return whether these givens of this variant are the moment's own."""
        return (self.variant, self.givens) == (variant, givens)

    def fresh(self, variant: int, givens: list[float]) -> Self:
        """Return the beginning of a new run on the same table."""
        return replace(self, variant=variant, givens=givens, rounds=0, epochs=0, start=None)

    def after(self, rounds: int, givens: list[float]) -> Self:
        """Return the moment after so many rounds more led to these givens."""
        total = self.rounds + rounds
        start = (self.begun if self.rounds else self.givens) if total else None
        return replace(self, givens=givens, rounds=total, epochs=0, start=start)

    def after_epochs(self, epochs: int, givens: list[float]) -> Self:
        """Return the moment after so many epochs more, on its table, led to these givens."""
        total = self.epochs + epochs
        start = (self.begun if self.epochs else self.givens) if total else None
        return replace(self, givens=givens, rounds=0, epochs=total, start=start)


def first_moments(moment: Moment) -> Moments:
    """Return the history that stands at its first moment."""
    return {"past": [], "now": moment.told, "future": []}


def added(history: Moments, moment: Moment) -> Moments:
    """Return a history that goes on to one more moment."""
    return {"past": [*history["past"], history["now"]][-MOST_MOMENTS:], "now": moment.told, "future": []}


def settled(history: Moments, variant: int, here: Mapping[str, float], columns: Sequence[str] = ()) -> Moments:
    """Return a history with `here` as its last moment; changed values are the beginning of a new run.

    Only `columns` of the table of data may change while its epochs go on.
    """
    values, now = list(here.values()), Moment.now(history)
    if now.is_at(variant, values):
        return history
    before = zip(here, now.givens, strict=True)
    same = now.variant == variant and all(name in columns or here[name] == value for name, value in before)
    return added(history, now.after_epochs(0, values) if same else now.fresh(variant, values))
