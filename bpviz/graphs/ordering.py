"""The order in which operations are told: each after what it reads, those of a list one after the other."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np

from bpviz.algebra.lists import Listed
from bpviz.graphs.nodes import Nodes, number_of

At = tuple[Listed, tuple[int, ...]]
"""A list and the index of one of its elements."""


@dataclass
class Order:
    """Operations by their numbers, in order; `at` says in which list an operation stands."""

    numbers: list[int] = field(default_factory=list)
    at: dict[int, At] = field(default_factory=dict)


def ordered(nodes: Nodes, result: int, lists: Iterable[Listed]) -> Order:
    """Return the order of all operations that `result` needs.

    A list of which an element reads another, on whatever way, is none to be told at once: its operations stand alone.
    """
    at: dict[int, At] = {}
    for listed in lists:
        for index, entry in zip(np.ndindex(listed.shape), nodes.of_list(listed), strict=False):
            if isinstance(entry, int):
                at.setdefault(entry, (listed, index))
    while True:
        numbers: list[int] = []
        broken = _visit(nodes, at, result, numbers, set())
        if broken is None:
            return Order(numbers, at)
        at = {number: place for number, place in at.items() if id(place[0]) != id(broken)}


def _visit(nodes: Nodes, at: dict[int, At], number: int, done: list[int], open_lists: set[int]) -> Listed | None:
    """Append an operation, and those told with it, after what they read; return a list that waits for itself."""
    if number in done:
        return None
    listed = at[number][0] if number in at else None
    if listed is not None and id(listed) in open_lists:
        return listed
    inside = {id(listed)} if listed is not None else set()
    members = list(_members(at, number))
    for member in members:
        for read in (number_of(a) for a in nodes.operations[member][2]):
            if read is not None and (broken := _visit(nodes, at, read, done, open_lists | inside)) is not None:
                return broken
    done += members
    return None


def _members(at: dict[int, At], number: int) -> Iterator[int]:
    if number not in at:
        yield number
    else:
        yield from (k for k, (listed, _) in at.items() if listed is at[number][0])
