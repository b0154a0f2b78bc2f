"""Chips: small labels of a scene, made of symbols, live numbers and signs; and the usual ones."""

from dataclasses import dataclass, replace
from typing import Literal

from bpviz.calculation.quantities import Phase
from bpviz.ground.texts import one_line

Tone = Literal["forward", "loss", "backward", "update", "plain"]


@dataclass(frozen=True)
class Piece:
    """A piece of a chip's line: a quantity's symbol, whole or short, its live value, or a sign between them."""

    show: Literal["symbol", "short", "value", "text"]
    what: str
    bold: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "what", one_line(self.what))


@dataclass(frozen=True)
class Chip:
    """A small label centred on an anchor of the scene.

    It `stays` in later beats of these phases, until another one stays there.
    """

    anchor: str
    tone: Tone
    lines: tuple[tuple[Piece, ...], ...]
    stays: tuple[Phase, ...] = ()

    @property
    def is_named(self) -> bool:
        """True where a symbol, or letters, say whose it is."""
        words = (piece for line in self.lines for piece in line if piece.show != "value")
        return any(piece.show != "text" or any(map(str.isalpha, piece.what)) for piece in words)


def name_and_value(anchor: str, name: str, tone: Tone = "plain") -> Chip:
    """Return a one-line chip: short symbol and value."""
    return Chip(anchor, tone, ((Piece("short", name), Piece("text", " "), Piece("value", name)),))


def name_above_value(anchor: str, name: str, tone: Tone = "plain") -> Chip:
    """Return the same in two lines, for edges that stand close together."""
    return Chip(anchor, tone, ((Piece("short", name),), (Piece("value", name),)))


def name_over_value(anchor: str, name: str, tone: Tone, show: Literal["symbol", "short"] = "short") -> Chip:
    """Return a two-line chip: the symbol, whole or short, above its value."""
    return Chip(anchor, tone, ((Piece(show, name),), (Piece("value", name, bold=True),)))


def staying(anchor: str, name: str) -> Chip:
    """Return a delta's chip, whole symbol over value: it stays while the error goes back."""
    return replace(name_over_value(anchor, name, "backward", "symbol"), stays=(Phase.BACKWARD,))


def old_to_new(anchor: str, old: str, new: str, stays: bool = True) -> Chip:
    """Return a two-line chip: symbol and old value above an arrow and the new value; it may stay from then on."""
    above = (Piece("symbol", old), Piece("text", " "), Piece("value", old))
    below = (Piece("text", "→ "), Piece("value", new, bold=True))
    return Chip(anchor, "update", (above, below), stays=(Phase.BACKWARD, Phase.UPDATE) if stays else ())
