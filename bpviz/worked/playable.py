"""What a player asks of Python: one variant that can be run, trained and drawn from any values of its givens."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bpviz.calculation.epochs import DataHistory, train_on
from bpviz.calculation.trace import Trace
from bpviz.calculation.training import History
from bpviz.example.example import Example
from bpviz.example.saving import saved_text
from bpviz.frameworks.autograd import autograd, is_imported
from bpviz.views.text import description


@dataclass(frozen=True)
class Playable:
    """An example as a player plays it, in a language."""

    example: Example
    lang: str

    def run(self, givens: Mapping[str, float]) -> Trace:
        """Return the trace of one run."""
        return self.example.run(**givens)

    def train(self, rounds: int, givens: Mapping[str, float]) -> History:
        """Return the history of so many rounds of training."""
        return self.example.train(rounds, **givens)

    def train_on(self, table: Mapping[str, Any], before: int, epochs: int, givens: Mapping[str, float]) -> DataHistory:
        """Return the history of so many epochs on a player's table of data, after those before."""
        seed = table["seed"] if table["shuffled"] else None
        return train_on(self.example.program, table["rows"], epochs, seed, givens, before)

    def saved(self, givens: Mapping[str, float], rows: Sequence[Sequence[float]] | None) -> str:
        """Return the text of a file that keeps the example with these values, and with a player's rows of data."""
        return saved_text(self.example, givens, rows)

    def pytorch(self, variant: int, givens: Mapping[str, float]) -> dict[str, Any]:
        """Return what autograd finds for these values: the `slopes` of the loss, by name, where they are finite.

        With them what they belong to: the number of the `variant`, and the `givens`. {} where nobody imported PyTorch.
        """
        if not is_imported():
            return {}
        found = autograd(self.example.program, givens, steps=True)
        slopes = {name: slope for name, slope in found.items() if math.isfinite(slope)}
        values = [givens[g.name] for g in self.example.program.givens]
        return {"variant": variant, "givens": values, "slopes": slopes}

    def still(self, beat: int, givens: Mapping[str, float]) -> tuple[bytes, str]:
        """Return the picture of a beat, by its number, as a PNG, and its description."""
        # matplotlib takes a while, and a player in the browser never asks for it
        from bpviz.views.figure import drawing

        trace = self.run(givens)
        image = drawing.png(self.example, beat, self.lang, trace)
        return image, description.describe(self.example, beat, self.lang, trace)
