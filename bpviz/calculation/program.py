"""Programs: givens, named steps in order, and what is fed back; immutable and checked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from types import MappingProxyType
from typing import Any

import numpy as np

from bpviz.algebra.tape import Tape, flatten
from bpviz.algebra.traversal import references
from bpviz.calculation.quantities import Elements, Given, Kind, Step
from bpviz.ground.checked import finite, shown


@dataclass(frozen=True)
class Program:
    """An ordered list of named steps over givens, with feedback (given → step that replaces it) and the loss's name.

    `gradients` maps a given to the step that the update uses as its gradient. `asides`: steps that no story tells.
    `lists`: name → the quantities that are its elements.
    Raises ValueError for a name used twice or a reference to a later or unknown name.
    """

    givens: tuple[Given, ...]
    steps: tuple[Step, ...]
    loss: str
    feedback: Mapping[str, str] = field(default_factory=dict)
    gradients: Mapping[str, str] = field(default_factory=dict)
    asides: frozenset[str] = frozenset()
    lists: Mapping[str, Elements] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "feedback", MappingProxyType(dict(self.feedback)))
        object.__setattr__(self, "gradients", MappingProxyType(dict(self.gradients)))
        object.__setattr__(self, "lists", MappingProxyType(dict(self.lists)))
        known: set[str] = set()
        for given in self.givens:
            self._add_name(given.name, known)
        for step in self.steps:
            for name in references(step.expr):
                if name not in known:
                    raise ValueError(f"step {step.name!r} uses {name!r}, which is not a given or an earlier step")
            self._add_name(step.name, known)
        for table in (self.feedback, self.gradients):
            for given_name, step_name in table.items():
                self[given_name], self[step_name]
        elements = (n for e in self.lists.values() for n in e.names if isinstance(n, str))
        for name in (self.loss, *self.asides, *elements):
            self[name]
        for name in self.lists:
            self._add_name(name, known)

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
        except (KeyError, TypeError):  # a list or an array cannot be looked up at all
            raise KeyError(_unknown(name, self._by_name, "there are")) from None

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name in self._by_name

    def __reduce__(self) -> tuple[Any, ...]:
        """Copy and pickle by making the program again: what is derived from its parts does not travel."""
        tables = (dict(self.feedback), dict(self.gradients), self.asides, dict(self.lists))
        return Program, (self.givens, self.steps, self.loss, *tables)

    @property
    def names(self) -> tuple[str, ...]:
        """Every name, givens first, in order."""
        return tuple(self._by_name)

    @cached_property
    def trained(self) -> tuple[str, ...]:
        """What learning changes: the givens that are fed back, but no memory."""
        return tuple(name for name in self.feedback if self[name].quantity.kind is not Kind.MEMORY)

    @cached_property
    def readers(self) -> Mapping[str, tuple[Step, ...]]:
        """Name → the steps that read it, in order; every name is there."""
        found: dict[str, list[Step]] = {name: [] for name in self.names}
        for step in self.steps:
            for name in dict.fromkeys(references(step.expr)):
                found[name].append(step)
        return MappingProxyType({name: tuple(steps) for name, steps in found.items()})

    @cached_property
    def ways(self) -> Mapping[str, int]:
        """Name → on how many ways it acts on the loss, from step to step; names of the calculation's forward half."""
        found = dict.fromkeys(self.names, 0) | {self.loss: 1}
        for name in reversed(self.names):
            if name != self.loss:
                found[name] = sum(found[step.name] for step in self.readers[name])
        return MappingProxyType(found)

    @cached_property
    def _by_role(self) -> dict[tuple[str | None, ...], list[Step]]:
        found: dict[tuple[str | None, ...], list[Step]] = {}
        for step in self.steps:
            role = step.role
            for key in set(product((role.kind,), (role.of, None), (role.by, None), (role.over, None))):
                found.setdefault(key, []).append(step)
        return found

    def find(self, kind: Kind, of: str | None = None, by: str | None = None, over: str | None = None) -> Step | None:
        """Return the first step in this role, whatever is None being free; None where there is none."""
        found = self._by_role.get((kind, of, by, over))
        return found[0] if found else None

    def at(self, kind: Kind, of: str | None = None, by: str | None = None, over: str | None = None) -> Step:
        """Return the one step in this role, whatever is None being free.

        Raises KeyError, naming the role and the choices, where there is none or more than one.
        """
        found = self._by_role.get((kind, of, by, over), [])
        if len(found) == 1:
            return found[0]
        asked = ", ".join(f"{k}={v!r}" for k, v in {"of": of, "by": by, "over": over}.items() if v is not None)
        choices = [step.name for step in found or self._by_role.get((kind, None, None, None), [])]
        raise KeyError(
            f"{len(found) or 'no'} steps are a {kind} ({asked or 'any'}); {_plural(kind)} are {_listed(choices)}"
        )

    @cached_property
    def tape(self) -> Tape:
        """The register code of the whole program, compiled once."""
        return flatten([g.name for g in self.givens], [(s.name, s.expr) for s in self.steps])

    def values_of_givens(self, changes: Mapping[str, Any]) -> dict[str, Any]:
        """Return every given's value: the default, or the one in `changes` (scalar or array of floats).

        Raises KeyError for an unknown name or a step's name, TypeError for what is not a number, ValueError for nan,
        inf or shapes that do not broadcast. A list is given in its own shape; beside one there are no other arrays.
        """
        givens = {g.name: g for g in self.givens}
        changes = self._one_by_one(changes)
        for name in changes:
            if name not in givens:
                computed = f"{name!r} is computed, not given; givens are {_listed(givens)}"
                raise KeyError(computed if name in self else _unknown(name, givens, "givens are"))
        values = {n: finite(n, changes[n]) if n in changes else g.default for n, g in givens.items()}
        try:
            np.broadcast_shapes(*(np.shape(v) for v in values.values()))
        except ValueError:
            shapes = ", ".join(f"{n}: {np.shape(v)}" for n, v in values.items() if np.ndim(v))
            raise ValueError(f"the shapes of the givens do not broadcast together: {shapes}") from None
        return values

    def _one_by_one(self, changes: Mapping[str, Any]) -> dict[str, Any]:
        """Return `changes` with the elements of a list in its place."""
        found: dict[str, Any] = {}
        given_lists = [name for name in self.lists if self.is_given(name)]
        for name, value in changes.items():
            if name in given_lists:
                elements = self.lists[name]
                numbers = finite(name, value)
                if np.shape(numbers) != elements.shape:
                    raise ValueError(f"{name} must have its shape {elements.shape}, not {np.shape(numbers)}")
                new = dict(zip(map(str, elements.names), np.ravel(numbers).tolist(), strict=True))
            else:
                new = {name: value}
                if given_lists and np.ndim(value):
                    raise ValueError(f"{name} must be one number: beside the list {given_lists[0]} there are no arrays")
            if twice := found.keys() & new.keys():
                raise ValueError(f"{min(twice)} is given twice, by itself and in its list")
            found |= new
        return found

    def is_given(self, name: str) -> bool:
        """Return whether a quantity is given, or a list of such."""
        names = self.lists[name].names if name in self.lists else (name,)
        return all(isinstance(n, str) and isinstance(self[n], Given) for n in names)


def _unknown(name: object, choices: Mapping[str, Given | Step], otherwise: str) -> str:
    """Say that `name` is unknown, with the choices of its kind; `otherwise` leads to all, where no name is like it."""
    stem = name.rstrip("0123456789") if isinstance(name, str) else None
    like = next((c.quantity.kind for c in choices.values() if c.name.rstrip("0123456789") == stem), None)
    if like is None:
        return f"no quantity {shown(name)}; {otherwise} {_listed(choices)}"
    alike = [c.name for c in choices.values() if c.quantity.kind == like]
    return f"no quantity {shown(name)}; {_plural(like)} are {_listed(alike)}"


def _listed(names: Iterable[str]) -> str:
    names = list(names)
    if not names:
        return "none"
    return f"{names[0]}..{names[-1]}" if _is_run(names) else ", ".join(names)


def _plural(kind: Kind) -> str:
    return {Kind.LOSS: "losses", Kind.BIAS: "biases", Kind.TERM: "gradients over one path"}.get(kind, f"{kind}s")


def _is_run(names: list[str]) -> bool:
    """True for w1, w2, ..., w8: one stem, numbers counting up."""
    if len(names) < 3:
        return False
    stem = names[0].rstrip("0123456789")
    return names == [f"{stem}{k}" for k in range(1, len(names) + 1)]
