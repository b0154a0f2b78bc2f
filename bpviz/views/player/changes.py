"""What training, random weights and switches make of a player's history, as js/state/history.js does it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from bpviz.calculation.epochs import DataHistory
from bpviz.calculation.training import History
from bpviz.ground.seeded import random_values
from bpviz.views.player.moments import Moment, Moments, added, settled


class Variant(Protocol):
    """What a player asks of a variant of its score, each time from values of the givens."""

    def train(self, rounds: int, givens: Mapping[str, float]) -> History:
        """Return the history of so many rounds of training."""

    def train_on(self, table: Mapping[str, Any], before: int, epochs: int, givens: Mapping[str, float]) -> DataHistory:
        """Return the history of so many epochs on the table of data, after those before."""

    def saved(self, givens: Mapping[str, float], rows: Sequence[Sequence[float]] | None) -> str:
        """Return the text of a file that keeps the variant with these values and rows."""

    def pytorch(self, variant: int, givens: Mapping[str, float]) -> dict[str, Any]:
        """Return `slopes` of the loss, by name, as PyTorch finds them, beside `variant` and the list `givens`.

        {} where nobody imported it.
        """

    def still(self, beat: int, givens: Mapping[str, float]) -> tuple[bytes, str]:
        """Return the picture of a beat, by its number, as a PNG, and its description."""


@dataclass(frozen=True)
class Standing:
    """Where a player stands: its variant, the rounds it counts, its table of data, its values `here`, its history."""

    score: Mapping[str, Any]
    playables: Sequence[Variant]
    history: Moments
    variant: int
    rounds: int
    table: Mapping[str, Any]
    here: dict[str, float]

    @cached_property
    def settled(self) -> Moments:
        """The history with `here` as its last moment."""
        return settled(self.history, self.variant, self.here, self._columns)

    @cached_property
    def now(self) -> Moment:
        """The moment to go on from; givens that were led away and back begin a new run."""
        now = Moment.now(self.settled)
        return now if self.rounds or now.epochs else now.fresh(self.variant, now.givens)

    @property
    def _columns(self) -> Sequence[str]:
        columns: Sequence[str] = self.score.get("data", {}).get("columns", ())
        return columns

    def trained(self, rounds: int) -> tuple[Moments | None, History]:
        """Return the history after so many rounds, None where none leaves finite numbers, and what they left behind."""
        told, done, after = self._rounds(self.variant, rounds, self.here)
        return added(self.settled, self.now.after(done, after)) if done > 0 else None, told

    def trained_on(self, epochs: int) -> tuple[Moments | None, DataHistory]:
        """Return the same of so many epochs on the table of data."""
        told, done, after = self._epochs(self.variant, self.now.epochs, epochs, self.here)
        return added(self.settled, self.now.after_epochs(done, after)) if done > 0 else None, told

    def randomised(self, seed: int) -> Moments:
        """Return the history with random values of what the variant trains as its last moment."""
        trained = self.score["variants"][self.variant]["program"]["trained"]
        ranges = {g["name"]: (g["low"], g["high"]) for g in self.score["givens"] if g["name"] in trained}
        after = self.here | random_values(ranges, seed)
        if after == self.here and not self.now.rounds and not self.now.epochs:
            return self.settled
        return added(self.settled, self.now.fresh(self.variant, list(after.values())))

    def switched(self, variant: int) -> Moments:
        """Return the history with another variant, trained as much from where this one began, as its last moment."""
        now = self.now
        first = now.fresh(variant, now.begun)
        start = dict(zip(self.here, first.givens, strict=True))
        if now.epochs:
            _, done, after = self._epochs(variant, 0, now.epochs, start)
            kept = {name: self.here[name] for name in self._columns}
            first = first.after_epochs(done, list((dict(zip(self.here, after, strict=True)) | kept).values()))
        elif now.rounds:
            _, done, after = self._rounds(variant, now.rounds, start)
            first = first.after(done, after) if done > 0 else first
        return added(self.settled, first)

    def _rounds(self, variant: int, rounds: int, start: dict[str, float]) -> tuple[History, int, list[float]]:
        """What training tells, how many rounds left finite numbers (−1: not even the start), and the givens then."""
        if not self.playables:
            raise RuntimeError("this player was made from a score alone: it trains in the browser only")
        told = self.playables[variant].train(rounds, start)
        done = len(told.losses) - 1 if told.diverged_at is None else told.diverged_at - 1
        return told, done, [told.final[name] for name in self.here]

    def _epochs(
        self, variant: int, gone: int, epochs: int, start: dict[str, float]
    ) -> tuple[DataHistory, int, list[float]]:
        """The same of epochs, after those `gone` before."""
        if not self.playables or not self.table:
            raise RuntimeError('this player has no data to train on; case1(data="xor") makes one that has')
        told = self.playables[variant].train_on(self.table, gone, epochs, start)
        done = len(told.mean_losses) - 1 if told.diverged_at is None else max(told.diverged_at - 1, 0)
        return told, done, list((self.here | start | dict(told.weights) | dict(told.memory)).values())
