"""Layers of a graph: each node behind what it reads, in an order with few crossings, near to its neighbours."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

SWEEPS = 24
BEND = 0.4
"""How much room across a link needs that passes a layer, in units of the least distance."""

Reads = Mapping[str, Sequence[str]]
"""Node → the nodes it reads; every node is there, each after those it reads."""
Place = tuple[int, float]
"""A layer, and the place of a middle across it."""
Columns = list[list[str]]
"""The nodes of each layer in order, with the bends of links that pass it."""
Links = dict[str, list[str]]
"""Node or bend → those it is linked with, in the layers before and behind."""


@dataclass(frozen=True)
class Layered:
    """Layer, from 0, and place across it, in units of the least distance, of every node and of every link's bends."""

    nodes: dict[str, Place]
    bends: dict[tuple[str, str], tuple[Place, ...]]


def layered(reads: Reads, sizes: Mapping[str, float] | None = None) -> Layered:
    """Return where nodes stand, and where links that pass layers run through them.

    `sizes`: how much room nodes need across, in units of the least distance; 1 where it is not told.
    """
    layer = layers_of(reads)
    columns, links, bends = _with_bends(reads, layer)
    _order(columns, links)
    across = _places(columns, links, {n: BEND for n in links if n not in reads} | dict(sizes or {}))
    on_way = {
        link: tuple((layer[link[0]] + k, across[bend]) for k, bend in enumerate(inside, 1))
        for link, inside in bends.items()
    }
    return Layered({node: (layer[node], across[node]) for node in reads}, on_way)


def layers_of(reads: Reads) -> dict[str, int]:
    """Return the layer of every node: of operations the longest path to them; what reads nothing: before a reader."""
    layer: dict[str, int] = {}
    readers: dict[str, list[str]] = {node: [] for node in reads}
    for node, sources in reads.items():
        layer[node] = max((layer[s] + 1 for s in sources), default=0)
        for source in sources:
            readers[source].append(node)
    return {n: k if reads[n] or not readers[n] else min(layer[r] for r in readers[n]) - 1 for n, k in layer.items()}


def _with_bends(reads: Reads, layer: dict[str, int]) -> tuple[Columns, Links, dict[tuple[str, str], list[str]]]:
    """The nodes of each layer, who is linked with whom, and the bends of every link that keeps a place in layers."""
    bends: dict[tuple[str, str], list[str]] = {}
    columns: Columns = [[] for _ in range(max(layer.values(), default=0) + 1)]
    for node, k in layer.items():
        columns[k].append(node)
    links: Links = {node: [] for node in reads}
    for node, sources in reads.items():
        for source in sources:
            last = source
            for k in range(layer[source] + 1, layer[node]):
                bend = f"{source}→{node}.{k}"
                columns[k].append(bend)
                links[bend] = [last]
                links[last].append(bend)
                bends.setdefault((source, node), []).append(bend)
                last = bend
            links[last].append(node)
            links[node].append(last)
    return columns, links, bends


def _order(columns: Columns, links: Links) -> None:
    """Sort each layer by the mean place of its neighbours in the one before, forth and back; keep the best order."""
    best, least = list(columns), math.inf
    for sweep in range(SWEEPS):
        forth = sweep % 2 == 0
        for k in range(1, len(columns)) if forth else range(len(columns) - 2, -1, -1):
            beside = {n: float(i) for i, n in enumerate(columns[k - 1 if forth else k + 1])}
            own = {n: float(i) for i, n in enumerate(columns[k])}
            mean = {n: _mean([beside[m] for m in links[n] if m in beside], own[n]) for n in own}
            columns[k] = sorted(columns[k], key=mean.__getitem__)
        _swap(columns, links)
        if (count := sum(_crossings(columns, links, k) for k in range(len(columns)))) < least:
            best, least = list(columns), count
    columns[:] = best


def _swap(columns: Columns, links: Links) -> None:
    """Exchange neighbours in a layer where that makes fewer crossings."""
    for k, column in enumerate(columns):
        beside = [{n: i for i, n in enumerate(columns[j])} for j in (k - 1, k + 1) if 0 <= j < len(columns)]
        near = {n: [sorted(places[m] for m in links[n] if m in places) for places in beside] for n in column}
        for i in range(len(column) - 1):
            a, b = column[i : i + 2]
            if _crossed(near[a], near[b]) > _crossed(near[b], near[a]):
                columns[k][i : i + 2] = [b, a]


def _crossed(upper: list[list[int]], lower: list[list[int]]) -> int:
    """Count the crossings between the links of two neighbours, to the layers before and behind."""
    return sum(a > b for here, there in zip(upper, lower, strict=True) for a in here for b in there)


def _crossings(columns: Columns, links: Links, k: int) -> int:
    """Count the crossings between a layer and the next."""
    behind = {n: i for i, n in enumerate(columns[k + 1])} if k + 1 < len(columns) else {}
    near = [[[behind[m] for m in links[n] if m in behind]] for n in columns[k]]
    return sum(_crossed(a, b) for a, b in combinations(near, 2))


def _places(columns: Columns, links: Links, sizes: Mapping[str, float]) -> dict[str, float]:
    """Draw every node towards its neighbours; the order stays, and each has its room."""
    place = {n: i - (len(column) - 1) / 2 for column in columns for i, n in enumerate(column)}
    for _ in range(SWEEPS):
        for column in columns:
            wanted = [_mean([place[m] for m in links[n]], place[n]) for n in column]
            room = [sizes.get(n, 1.0) for n in column]
            apart = wanted[:1]
            for k, w in enumerate(wanted[1:], 1):
                apart.append(max(w, apart[-1] + (room[k - 1] + room[k]) / 2))
            shift = _mean([w - a for w, a in zip(wanted, apart, strict=True)], 0.0)
            place |= {n: a + shift for n, a in zip(column, apart, strict=True)}
    return place


def _mean(numbers: list[float], otherwise: float) -> float:
    return sum(numbers) / len(numbers) if numbers else otherwise
