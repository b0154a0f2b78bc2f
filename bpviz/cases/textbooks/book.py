"""What is kept of a source: who wrote it, the options of its network, and the figures that it prints."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from bpviz.example.published import Published


@dataclass(frozen=True)
class Page:
    """One network of a source: the options of `network`, and what is printed of it."""

    options: Mapping[str, Any]
    figures: tuple[Published, ...]


@dataclass(frozen=True)
class Book:
    """A source with one network or with several.

    `citation` is as short as a panel needs it, `work` has author, title and year; "" for what nobody signed.
    `switches`: keywords that choose among its pages, whose keys have a choice for each; the first page is the default.
    """

    citation: str
    work: str
    pages: Mapping[tuple[str, ...], Page]
    switches: tuple[str, ...] = ()

    def choices(self, switch: str) -> tuple[str, ...]:
        """Return the choices of a switch, the default first; none where the source has no such switch."""
        if switch not in self.switches:
            return ()
        place = self.switches.index(switch)
        return tuple(dict.fromkeys(key[place] for key in self.pages))


def lettered(sizes: Sequence[int]) -> dict[str, str]:
    """Return w1, w2, ... for the weights of a network, in the order of weights[l][to][from], by their names."""
    layers = enumerate(pairwise(sizes), 1)
    names = [f"w{k}_{to}_{of}" for k, (before, n) in layers for to in range(1, n + 1) for of in range(1, before + 1)]
    return {name: f"w{number}" for number, name in enumerate(names, 1)}


def neurons(layers: Sequence[Sequence[str] | None]) -> dict[tuple[int, int], str]:
    """Return what the neurons of each layer are called, by their places."""
    return {(layer, k): text for layer, texts in enumerate(layers) for k, text in enumerate(texts or (), 1)}


def printed(figures: Mapping[str, str], rounds: int = 0, note: str = "") -> tuple[Published, ...]:
    """Return printed figures by name, with the key of the words that explain a difference."""
    notes = {"": f"textbooks.{note}"} if note else {}
    return tuple(Published(name, digits, rounds, notes) for name, digits in figures.items())
