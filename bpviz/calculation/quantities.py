"""Quantities: names with a kind and a place, given by a person or computed by a step."""

import keyword
from dataclasses import dataclass
from enum import StrEnum

from bpviz.algebra.expr import Expr
from bpviz.ground.checked import finite_number, shown


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
    ERROR_SIGNAL = "error signal"
    GRADIENT = "gradient"
    DELTA = "delta"
    CHANGE = "change"
    UPDATED = "updated weight"
    VALUE = "value"
    MEMORY = "memory"


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
        if not isinstance(self.name, str):
            raise TypeError(f"the name of a quantity must be a text, not {shown(self.name)}")
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
    """A quantity that a person sets: its default (scalar) and the range and step of its slider.

    Raises TypeError or ValueError where one of them is no finite number, ValueError for a range or a step without size.
    """

    quantity: Quantity
    default: float
    low: float = -1.0
    high: float = 1.0
    step: float = 0.01

    def __post_init__(self) -> None:
        for part in ("default", "low", "high", "step"):
            object.__setattr__(self, part, finite_number(f"the {part} of {self.name!r}", getattr(self, part)))
        if self.low >= self.high:
            raise ValueError(f"the range of {self.name!r} must go up, not from {self.low} to {self.high}")
        if self.step <= 0.0:
            raise ValueError(f"the step of {self.name!r} must be more than 0, not {self.step}")

    @property
    def name(self) -> str:
        """The quantity's name."""
        return self.quantity.name


@dataclass(frozen=True)
class Elements:
    """The elements of a list of quantities: its shape and, in order, their names; a number where one is constant."""

    shape: tuple[int, ...]
    names: tuple[str | float, ...]


@dataclass(frozen=True)
class Role:
    """What a step is for in its program, by which it is found there: see `Program.at`.

    A derivative is `of` one name `by` another, and may be only the part that comes back `over` a third. A new value is
    `of` the given that it replaces. Any other step is `of` its place, or of its own name where it has none.
    """

    kind: Kind
    of: str = ""
    by: str = ""
    over: str = ""


@dataclass(frozen=True)
class Step:
    """A quantity that is computed: its expression over earlier names, its phase and its role."""

    quantity: Quantity
    expr: Expr
    phase: Phase
    role: Role = Role(Kind.VALUE)

    def __post_init__(self) -> None:
        if not self.role.of:
            place = self.quantity.place
            of = place if isinstance(place, str) and place else self.name
            object.__setattr__(self, "role", Role(self.quantity.kind, of))

    @property
    def name(self) -> str:
        """The quantity's name."""
        return self.quantity.name
