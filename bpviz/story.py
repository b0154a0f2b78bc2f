"""Stories: the beats of a worked example, as data; the prose itself stands in `bpviz.words`."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bpviz.program import Phase
from bpviz.scene import Chip


@dataclass(frozen=True)
class Text:
    """A sentence by its key in the words table; `params` maps a placeholder to a quantity, a neuron or plain text."""

    key: str
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Shown:
    """A step as a formula: one row in symbols per entry of `forms`, then a row of numbers.

    Each form is a set of earlier steps that are written out in place, so that ∂E/∂w5 can read δ · out as well as three
    factors. The numbers follow the last form.
    """

    step: str
    forms: tuple[frozenset[str], ...] = (frozenset(),)


@dataclass(frozen=True)
class Beat:
    """One frame of the story.

    `reveals`: the steps whose values appear here. `focus`: nodes with a ring. `lit`: nodes, edges and anchors in full
    strength (none = all). `forward`, `backward`: edges along which the signal or the error moves. `chips`: labels of
    this frame.
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


def index_of(beats: tuple[Beat, ...], which: str | int | None) -> int:
    """Return the index of a beat by its id, by a quantity it reveals, or by number; None means the last.

    Raises ValueError, naming the choices.
    """
    if which is None:
        return len(beats) - 1
    if isinstance(which, int) and not isinstance(which, bool) and -len(beats) <= which < len(beats):
        return which % len(beats)
    for k, beat in enumerate(beats):
        if which == beat.id or which in beat.reveals:
            return k
    choices = ", ".join(b.id for b in beats)
    raise ValueError(f"no beat {which!r}; beats are 0 to {len(beats) - 1}, or: {choices}")
