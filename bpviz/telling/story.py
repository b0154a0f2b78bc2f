"""Stories: the beats of a worked example, as data; the prose itself stands in `bpviz.ground.words`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from operator import index
from typing import Any, Literal

from bpviz.algebra.expr import Expr
from bpviz.calculation.quantities import Phase
from bpviz.ground.checked import shown
from bpviz.ground.texts import one_line
from bpviz.telling.chips import Chip


@dataclass(frozen=True)
class Text:
    """A sentence by its key in the words table; `params` maps a placeholder to a quantity, a neuron or plain text.

    With `said`, it is a sentence of its own, for which no table needs a key. `then`: the key of one that follows it.
    """

    key: str = ""
    params: Mapping[str, str] = field(default_factory=dict)
    said: str = ""
    then: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "said", one_line(self.said))
        object.__setattr__(self, "params", {gap: one_line(text) for gap, text in self.params.items()})


@dataclass(frozen=True)
class Shown:
    """A step as a formula: one row in symbols per entry of `forms`, then a row of numbers.

    Each form is a set of earlier steps that are written out in place, so that ∂E/∂w5 can read δ · out as well as three
    factors. The numbers follow the last form, "below" it in a row of their own; or only the result does, "beside" it;
    or "none". `also`: a symbol of the notation that the step equals, such as f1(e1), before its expression.
    `instead`: name → what is written in place of the program's own expression, or of a name that is in no program,
    such as z_j. `most`: sums with more terms are written with dots, in so many pieces; None: every term.
    `spelled`: an operation that one more form writes as what it is short for: softplus(z) as log(1 + e^z).
    """

    step: str
    forms: tuple[frozenset[str], ...] = (frozenset(),)
    numbers: Literal["below", "beside", "none"] = "below"
    also: str = ""
    instead: Mapping[str, Expr] = field(default_factory=dict)
    most: int | None = None
    spelled: str = ""


@dataclass(frozen=True)
class Beat:
    """One frame of the story.

    `reveals`: the steps whose values appear here. `focus`: nodes with a ring. `lit`: nodes, edges and anchors in full
    strength (none = all). `forward`, `backward`: edges along which the signal or the error moves. `chips`: labels that
    appear in this frame; some stay (see `chips_in`). `about`: the trained given that the frame is about, "" for none.
    """

    id: str
    phase: Phase
    title: Text
    caption: Text
    formulas: tuple[Shown, ...] = ()
    reveals: tuple[str, ...] = ()
    focus: tuple[str, ...] = ()
    lit: tuple[str, ...] = ()
    forward: tuple[str, ...] = ()
    backward: tuple[str, ...] = ()
    chips: tuple[Chip, ...] = ()
    about: str = ""


def chips_in(beats: Sequence[Beat], index: int) -> tuple[Chip, ...]:
    """Return the chips that are seen in the beat number `index`: those that stay from earlier beats, then its own."""
    standing: dict[str, Chip] = {}
    for beat in beats[:index]:
        standing |= {chip.anchor: chip for chip in beat.chips if chip.stays}
    here = beats[index]
    seen = {chip.anchor: chip for chip in standing.values() if here.phase in chip.stays}
    return tuple((seen | {chip.anchor: chip for chip in here.chips}).values())


def index_of(beats: tuple[Beat, ...], which: str | int | None) -> int:
    """Return the index of a beat by its id, by a quantity it reveals, or by number; None means the last.

    Raises ValueError, naming the choices.
    """
    number = len(beats) - 1 if which is None else number_of(which, len(beats))
    if number is not None:
        return number
    for k, beat in enumerate(beats):
        if isinstance(which, str) and (which == beat.id or which in beat.reveals):
            return k
    choices = ", ".join(b.id for b in beats)
    raise ValueError(f"no beat {shown(which)}; beats are 0 to {len(beats) - 1}, or: {choices}")


def number_of(which: Any, count: int) -> int | None:
    """Return `which` as the number of one of `count` beats, where −1 is the last; None where it is no such number."""
    if isinstance(which, bool):
        return None
    try:
        number = index(which)
    except TypeError:
        return None
    return number % count if -count <= number < count else None
