"""Two rules side by side: what each changes in every weight of one network, and where it leads."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from bpviz.calculation.program import Program
from bpviz.calculation.quantities import Kind
from bpviz.calculation.trace import Trace, refuse_arrays
from bpviz.calculation.training import History, train
from bpviz.ground.numbers import format_number
from bpviz.ground.tables import Row, Table
from bpviz.ground.words import DEFAULT, words
from bpviz.networks.signals import RULES


@dataclass(frozen=True)
class WeightChanges:
    """One weight: its change (new − old, scalar) by the rule as drawn and by the exact one."""

    name: str
    drawn: float
    exact: float

    @property
    def ratio(self) -> float:
        """How many times the exact change the drawn one is; nan where the exact one is 0."""
        return self.drawn / self.exact if self.exact else math.nan

    @property
    def direction(self) -> str:
        """Return "same", "opposite", or "none" where a rule leaves the weight alone."""
        if not self.drawn or not self.exact:
            return "none"
        return "same" if (self.drawn > 0) == (self.exact > 0) else "opposite"


@dataclass(frozen=True, repr=False, eq=False)
class ComparedRules(Table):
    """The changes of every weight, and the history of training by each rule, in the order of RULES."""

    rows: tuple[WeightChanges, ...]
    histories: tuple[History, ...]
    lang: str = DEFAULT

    @classmethod
    def of(cls, drawn: Program, exact: Program, givens: Mapping[str, float], rounds: int, lang: str = DEFAULT) -> Self:
        """Return the comparison of two programs that train the same weights, from scalar `givens`.

        Raises TypeError for an array among the givens, TypeError or ValueError for `rounds` as `train` does, and
        ValueError for a language that does not exist.
        """
        words(lang)
        refuse_arrays("a comparison of rules", givens)
        changes = _changes(drawn, givens), _changes(exact, givens)
        rows = tuple(WeightChanges(weight, *(of[weight] for of in changes)) for weight in drawn.trained)
        return cls(rows, tuple(train(program, rounds, givens) for program in (drawn, exact)), lang)

    @property
    def losses(self) -> dict[str, np.ndarray]:
        """Rule → the loss before the first round of training and after each; nan from divergence on."""
        return {rule: history.losses for rule, history in zip(RULES, self.histories, strict=True)}

    @property
    def angle(self) -> float:
        """The angle between the two updates in degrees, from 0 to 180; nan where a rule changes nothing."""
        drawn, exact = (_direction(changes) for changes in self._updates())
        # exact also for small angles, where a cosine says little
        return math.degrees(2 * math.atan2(_length(drawn - exact), _length(drawn + exact)))

    @property
    def cosine(self) -> float:
        """The cosine of that angle: 1 for the same direction, 0 for a right angle."""
        return math.cos(math.radians(self.angle))

    @property
    def ratio(self) -> float:
        """How many times as long as the exact update the drawn one is; nan where the exact one changes nothing."""
        drawn, exact = map(_length, self._updates())
        return drawn / exact if exact else math.nan

    @property
    def opposite(self) -> tuple[str, ...]:
        """The weights that the rule as drawn moves against the exact change."""
        return tuple(row.name for row in self.rows if row.direction == "opposite")

    def _updates(self) -> tuple[np.ndarray, np.ndarray]:
        return np.array([r.drawn for r in self.rows]), np.array([r.exact for r in self.rows])

    def header(self) -> Row:
        """Return the column headings."""
        table = words(self.lang)
        return [table[f"rule_comparison.{key}"] for key in ("weight", "drawn", "exact", "ratio", "direction")]

    def rows_as_text(self) -> Sequence[Row]:
        """Return one row per weight."""
        table = words(self.lang)
        none = table["rule_comparison.none"]
        return [
            (
                row.name,
                format_number(row.drawn, decimals=6),
                format_number(row.exact, decimals=6),
                none if math.isnan(row.ratio) else format_number(row.ratio, decimals=2),
                table[f"rule_comparison.{row.direction}"],
            )
            for row in self.rows
        ]

    def summary(self) -> str:
        """Return angle and lengths, the weights that move the wrong way, and the losses after training."""
        told = words(self.lang).section("rule_comparison")
        angle = format_number(self.angle, decimals=1)
        cosine, ratio = (format_number(x, decimals=2) for x in (self.cosine, self.ratio))
        first = told["still"] if math.isnan(self.angle) else told["angle"]
        wrong = told["some_opposite" if self.opposite else "all_same"]
        drawn, exact = map(self._end, self.histories)
        losses = self.histories[0].losses
        return " ".join(
            (
                first.format(angle=angle, cosine=cosine, ratio=ratio),
                wrong.format(count=len(self.opposite), all=len(self.rows), names=", ".join(self.opposite)),
                told["losses"].format(
                    rounds=f"{len(losses) - 1:,}", drawn=drawn, exact=exact, start=format_number(losses[0])
                ),
            )
        )

    def _end(self, history: History) -> str:
        """Say what training led to: the last loss, or the round from which it is no number."""
        if history.diverged_at is None:
            return format_number(history.losses[-1])
        return words(self.lang)["rule_comparison.diverged"].format(round=f"{history.diverged_at:,}")


def _changes(program: Program, givens: Mapping[str, float]) -> dict[str, float]:
    """Weight → −η · gradient: what is added to it. New minus old would lose a small change beside a large weight."""
    eta = next(g.name for g in program.givens if g.quantity.kind is Kind.LEARNING_RATE)
    trace = Trace(program, givens)
    return {weight: -trace[eta] * trace[gradient] for weight, gradient in program.gradients.items()}


def _length(changes: np.ndarray) -> float:
    """The length of an update; `hypot` neither overflows nor loses what is tiny."""
    return math.hypot(*changes)


def _direction(changes: np.ndarray) -> np.ndarray:
    length = _length(changes)
    return changes / length if length else changes * math.nan
