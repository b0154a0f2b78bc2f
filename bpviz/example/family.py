"""Families: examples that differ only in what their switches choose, such as the update rule."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

Choice = str | bool


@dataclass(frozen=True)
class Switch:
    """A choice between examples: `name` is a keyword of what makes them and an entry of the words table's switches."""

    name: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Family:
    """What an example could be instead: `make` takes one choice per switch; `chosen` are the example's own."""

    switches: tuple[Switch, ...]
    chosen: tuple[Choice, ...]
    make: Callable[..., Any]

    def places(self) -> tuple[int, ...]:
        """Return the place of each own choice among the choices of its switch."""
        return tuple(s.choices.index(c) for s, c in zip(self.switches, self.chosen, strict=True))

    def others(self) -> Iterator[Mapping[str, Choice]]:
        """Yield the choices of every other member, by switch."""
        for choices in product(*(s.choices for s in self.switches)):
            if choices != self.chosen:
                yield dict(zip((s.name for s in self.switches), choices, strict=True))
