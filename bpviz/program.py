"""Programs: givens, named steps in order, and what is fed back; immutable and checked."""

import keyword
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import Any

import numpy as np

from bpviz.compile import Tape, flatten
from bpviz.expr import Expr, references


class Kind(StrEnum):
    """What a quantity is, in the field's standard terms."""

    INPUT = "input"
    TARGET = "target"
    WEIGHT = "weight"
    BIAS = "bias"
    LEARNING_RATE = "learning rate"
    NET = "net input"
    ACTIVATION = "activation"
    LOSS = "loss"
    LOCAL = "local derivative"
    TERM = "gradient over one path"
    GRADIENT = "gradient"
    DELTA = "delta"
    UPDATED = "updated weight"


class Phase(StrEnum):
    """The part of the calculation that a step belongs to."""

    FORWARD = "forward"
    LOSS = "loss"
    BACKWARD = "backward"
    UPDATE = "update"


@dataclass(frozen=True)
class Quantity:
    """A name with its kind and its place: a neuron's name, an edge as (from, to), or "" where it has none."""

    name: str
    kind: Kind
    place: str | tuple[str, str] = ""

    def __post_init__(self) -> None:
        if not self.name.isidentifier() or keyword.iskeyword(self.name):
            raise ValueError(
                f"{self.name!r} cannot be the name of a quantity: use letters, digits and '_', as in 'w5' or 'net_h1'"
            )

    @property
    def edge(self) -> tuple[str, str]:
        """The place as (from, to); TypeError where it is no edge."""
        if isinstance(self.place, str):
            raise TypeError(f"{self.name} has its place at {self.place!r}, not on an edge")
        return self.place


@dataclass(frozen=True)
class Given:
    """A quantity that a person sets: its default (scalar) and the range and step of its slider."""

    quantity: Quantity
    default: float
    low: float = -1.0
    high: float = 1.0
    step: float = 0.01

    @property
    def name(self) -> str:
        """The quantity's name."""
        return self.quantity.name


@dataclass(frozen=True)
class Step:
    """A quantity that is computed: its expression over earlier names, and its phase.

    `subject` says what the step is about: for a derivative (of what, by what), else ().
    """

    quantity: Quantity
    expr: Expr
    phase: Phase
    subject: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The quantity's name."""
        return self.quantity.name


@dataclass(frozen=True)
class Program:
    """An ordered list of named steps over givens, with feedback (given → step that replaces it) and the loss's name.

    `gradients` maps a given to the step that the update uses as its gradient.
    Raises ValueError for a name used twice, a reference to a later or unknown name, a default that is not finite.
    """

    givens: tuple[Given, ...]
    steps: tuple[Step, ...]
    loss: str
    feedback: Mapping[str, str] = field(default_factory=dict)
    gradients: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "feedback", MappingProxyType(dict(self.feedback)))
        object.__setattr__(self, "gradients", MappingProxyType(dict(self.gradients)))
        known: set[str] = set()
        for given in self.givens:
            self._add_name(given.name, known)
            if not math.isfinite(given.default):
                raise ValueError(f"the default of {given.name!r} is {given.default}, not a finite number")
        for step in self.steps:
            for name in references(step.expr):
                if name not in known:
                    raise ValueError(f"step {step.name!r} uses {name!r}, which is not a given or an earlier step")
            self._add_name(step.name, known)
        for table in (self.feedback, self.gradients):
            for given_name, step_name in table.items():
                self[given_name], self[step_name]
        self[self.loss]

    @staticmethod
    def _add_name(name: str, known: set[str]) -> None:
        if name in known:
            raise ValueError(f"the name {name!r} is used twice")
        known.add(name)

    @cached_property
    def _by_name(self) -> dict[str, Given | Step]:
        items: tuple[Given | Step, ...] = (*self.givens, *self.steps)
        return {item.name: item for item in items}

    def __getitem__(self, name: str) -> Given | Step:
        """Return the given or step called `name`; KeyError names the choices of the same sort."""
        try:
            return self._by_name[name]
        except KeyError:
            raise KeyError(self._unknown(name)) from None

    def __contains__(self, name: object) -> bool:
        return name in self._by_name

    @property
    def names(self) -> tuple[str, ...]:
        """Every name, givens first, in order."""
        return tuple(self._by_name)

    @cached_property
    def tape(self) -> Tape:
        """The register code of the whole program, compiled once."""
        return flatten([g.name for g in self.givens], [(s.name, s.expr) for s in self.steps])

    def values_of_givens(self, changes: Mapping[str, Any]) -> dict[str, Any]:
        """Return every given's value: the default, or the one in `changes` (scalar or array of floats).

        Raises KeyError for an unknown name or a step's name, TypeError for what is not a number, ValueError for nan,
        inf or shapes that do not broadcast.
        """
        for name in changes:
            if not isinstance(self[name], Given):
                raise KeyError(
                    f"{name!r} is computed, not given; givens are {self._listed([g.name for g in self.givens])}"
                )
        values = {
            g.name: checked_number(g.name, changes[g.name]) if g.name in changes else float(g.default)
            for g in self.givens
        }
        try:
            np.broadcast_shapes(*(np.shape(v) for v in values.values()))
        except ValueError:
            shapes = ", ".join(f"{n}: {np.shape(v)}" for n, v in values.items() if np.ndim(v))
            raise ValueError(f"the shapes of the givens do not broadcast together: {shapes}") from None
        return values

    def _unknown(self, name: object) -> str:
        stem = str(name).rstrip("0123456789")
        like = next((i.quantity.kind for i in self._by_name.values() if i.name.rstrip("0123456789") == stem), None)
        if like is None:
            return f"no quantity {name!r}; there are {self._listed(list(self._by_name))}"
        alike = [i.name for i in self._by_name.values() if i.quantity.kind == like]
        return f"no quantity {name!r}; {_plural(like)} are {self._listed(alike)}"

    @staticmethod
    def _listed(names: list[str]) -> str:
        return f"{names[0]}..{names[-1]}" if _is_run(names) else ", ".join(names)


def _plural(kind: Kind) -> str:
    return {Kind.LOSS: "losses", Kind.BIAS: "biases", Kind.TERM: "gradients over one path"}.get(kind, f"{kind}s")


def _is_run(names: list[str]) -> bool:
    """True for w1, w2, ..., w8: one stem, numbers counting up."""
    if len(names) < 3:
        return False
    stem = names[0].rstrip("0123456789")
    return names == [f"{stem}{k}" for k in range(1, len(names) + 1)]


def checked_number(name: str, value: Any) -> Any:
    """Return `value` as a float or a float64 array; TypeError or ValueError names `name` and what was wrong."""
    if not isinstance(value, np.ndarray | list | tuple | float | int | np.number) or isinstance(value, bool):
        raise TypeError(f"{name} must be a number or an array of numbers, not {value!r}")
    try:
        array = np.asarray(value)
    except ValueError:
        raise ValueError(f"{name} must be a number or an array with rows of equal length") from None
    if array.dtype.kind not in "iuf":
        raise TypeError(f"{name} must hold real numbers, not {array.dtype}")
    array = array.astype(np.float64)
    if not np.isfinite(array).all():
        raise ValueError(f"{name} must be finite, not {value!r}")
    return float(array) if array.ndim == 0 else array
