"""What the check of a layer found, as a table and in sentences."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from bpviz.ground.numbers import format_number
from bpviz.ground.tables import Row, Table
from bpviz.ground.words import DEFAULT, words

LONGEST = 3
"""Arrays of up to so many numbers are shown whole; of a longer one, the number that is furthest off."""


@dataclass(frozen=True)
class LayerRow:
    """One input, or one of the layer's own weights: its gradient by `backward` and by central differences.

    `gradient` is None where none came back. `factor`: how many times the right one the gradient is, where one number
    says so. `slips`: keys of what likely went wrong; empty where the gradient is right. `kinks`: at how many numbers
    the layer has no one slope, so that nothing can be told.
    """

    name: str
    gradient: Any
    numeric: Any
    slips: tuple[str, ...] = ()
    factor: float | None = None
    kinks: int = 0

    @property
    def agrees(self) -> bool:
        """Whether the gradient is right."""
        return not self.slips


@dataclass(frozen=True, repr=False)
class LayerCheck(Table):
    """All rows, the `dout` that arrived, and `notes`: keys of what else is worth knowing of the layer."""

    layer: str
    rows: tuple[LayerRow, ...]
    dout: Any
    notes: tuple[str, ...] = ()
    lang: str = DEFAULT

    @property
    def agrees(self) -> bool:
        """Whether every gradient is right."""
        return all(row.agrees for row in self.rows)

    @property
    def verdict(self) -> str:
        """Sentences: the layer is right, or what likely went wrong with which gradient."""
        if self.agrees:
            told = [self._say("right", layer=self.layer, names=_names(self.rows))]
        else:
            told = [
                *self._slips(),
                *([self._say("arrived", dout=_shown(self.dout))] if np.size(self.dout) == 1 else []),
            ]
        told += [self._say("kinks", name=row.name, count=row.kinks) for row in self.rows if row.kinks]
        return " ".join([*told, *(self._say(f"notes.{note}") for note in self.notes)])

    def _slips(self) -> list[str]:
        """One sentence for each slip, with all the gradients that it is in."""
        found: dict[str, list[LayerRow]] = {}
        for row in self.rows:
            params = {"name": row.name, "shape": str(np.shape(row.numeric)), "found": str(np.shape(row.gradient))}
            factor = "" if row.factor is None else format_number(row.factor)
            for slip in row.slips:
                said = self._say(f"slips.{slip}", names="{names}", factor=factor, **params)
                found.setdefault(said, []).append(row)
        return [said.replace("{names}", _names(rows)) for said, rows in found.items()]

    def _say(self, key: str, **params: Any) -> str:
        return words(self.lang)[f"layer_check.{key}"].format(**params)

    def header(self) -> Row:
        """Return the column headings."""
        return [
            self._say(key) for key in ("columns.gradient", "columns.backward", "columns.numeric", "columns.verdict")
        ]

    def rows_as_text(self) -> Sequence[Row]:
        """Return one row for each gradient."""
        return [self._cells(row) for row in self.rows]

    def _cells(self, row: LayerRow) -> Row:
        place = _furthest(row)
        name = f"d{row.name}{list(place)}" if place else f"d{row.name}"
        found = self._say("nothing") if row.gradient is None else _shown(row.gradient, place)
        if row.agrees:
            verdict = self._say("agrees_but_kinks" if row.kinks else "agrees")
        elif row.factor is None:
            verdict = self._say("wrong")
        else:
            verdict = self._say("times", factor=format_number(row.factor))
        return [name, found, _shown(row.numeric, place), verdict]

    def summary(self) -> str:
        """Return the verdict."""
        return self.verdict


def _furthest(row: LayerRow) -> tuple[int, ...]:
    """Return the place of the number that is furthest off in an array too long to be shown; () for the whole."""
    if np.size(row.numeric) <= LONGEST and np.size(row.gradient) <= LONGEST:
        return ()
    if row.gradient is None or np.shape(row.gradient) != np.shape(row.numeric):
        return ()
    apart = np.abs(np.asarray(row.gradient) - np.asarray(row.numeric))
    return tuple(int(k) for k in np.unravel_index(int(np.argmax(apart)), apart.shape))


def _names(rows: Iterable[LayerRow]) -> str:
    return ", ".join(f"d{row.name}" for row in rows)


def _shown(value: Any, place: tuple[int, ...] = ()) -> str:
    array = np.asarray(value)
    if place:
        return format_number(float(array[place]))
    if array.ndim == 0:
        return format_number(float(array))
    return f"[{', '.join(map(format_number, array.flat))}]" if array.size <= LONGEST else f"{array.shape}"
