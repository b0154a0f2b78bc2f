"""Layers of a graph: each node behind what it reads, in an order with few crossings, near to its neighbours."""

from collections.abc import Mapping, Sequence

SWEEPS = 24

Reads = Mapping[str, Sequence[str]]
"""Node → the nodes it reads; every node is there, each after those it reads."""


def layered(reads: Reads, sizes: Mapping[str, float] | None = None) -> dict[str, tuple[int, float]]:
    """Return for every node its layer, from 0, and the place of its middle across it, in units of the least distance.

    `sizes`: how much room nodes need across, in these units; 1 where it is not told.
    """
    layer = layers_of(reads)
    columns, links = _with_bends(reads, layer)
    _order(columns, links)
    across = _places(columns, links, sizes or {})
    return {node: (layer[node], across[node]) for node in reads}


def layers_of(reads: Reads) -> dict[str, int]:
    """Return the layer of every node: of operations the longest path to them; what reads nothing: before a reader."""
    layer: dict[str, int] = {}
    readers: dict[str, list[str]] = {node: [] for node in reads}
    for node, sources in reads.items():
        layer[node] = max((layer[s] + 1 for s in sources), default=0)
        for source in sources:
            readers[source].append(node)
    return {n: k if reads[n] or not readers[n] else min(layer[r] for r in readers[n]) - 1 for n, k in layer.items()}


def _with_bends(reads: Reads, layer: dict[str, int]) -> tuple[list[list[str]], dict[str, list[str]]]:
    """The nodes of each layer and who is linked with whom; a link over several layers keeps a place in each."""
    columns: list[list[str]] = [[] for _ in range(max(layer.values(), default=0) + 1)]
    for node, k in layer.items():
        columns[k].append(node)
    links: dict[str, list[str]] = {node: [] for node in reads}
    for node, sources in reads.items():
        for source in sources:
            last = source
            for k in range(layer[source] + 1, layer[node]):
                bend = f"{source}→{node}.{k}"
                columns[k].append(bend)
                links[bend] = [last]
                links[last].append(bend)
                last = bend
            links[last].append(node)
            links[node].append(last)
    return columns, links


def _order(columns: list[list[str]], links: dict[str, list[str]]) -> None:
    """Sort each layer by the mean place of its neighbours in the one before, forth and back."""
    for sweep in range(SWEEPS):
        forth = sweep % 2 == 0
        for k in range(1, len(columns)) if forth else range(len(columns) - 2, -1, -1):
            beside = {n: float(i) for i, n in enumerate(columns[k - 1 if forth else k + 1])}
            own = {n: float(i) for i, n in enumerate(columns[k])}
            mean = {n: _mean([beside[m] for m in links[n] if m in beside], own[n]) for n in own}
            columns[k].sort(key=mean.__getitem__)


def _places(columns: list[list[str]], links: dict[str, list[str]], sizes: Mapping[str, float]) -> dict[str, float]:
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
