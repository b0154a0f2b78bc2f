"""Scenes: where nodes, edges and chips stand, each bound to names of quantities; plain data in model units."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, TypeVar

from bpviz.ground.texts import one_line
from bpviz.telling.chips import Chip

T = TypeVar("T")

Point = tuple[float, float]
"""x to the right, y downwards, in model units (about one CSS pixel each)."""


def edge_id(source: str, target: str) -> str:
    """Return the id of the edge between two nodes, and of the anchor on it."""
    return f"{source}→{target}"


def beside(name: str, node: str) -> str:
    """Return the anchor where a quantity has its label beside a node."""
    return f"{name}@{node}"


def node_of(anchor: str) -> str:
    """Return the node that an anchor made by `beside` stands at, "" for any other anchor."""
    return anchor.partition("@")[2]


def under(node: str) -> tuple[str, str]:
    """Return the anchors below the two halves of a node."""
    return f"{node}.left", f"{node}.right"


@dataclass(frozen=True)
class Node:
    """A drawn node: a circle or a box with one cell, or a capsule with two; `cells` names quantities, left to right.

    A circle that is wider than high has round ends. With a `sign`, this stands in it, and its number elsewhere.
    """

    id: str
    shape: Literal["circle", "capsule", "box"]
    center: Point
    size: tuple[float, float]
    cells: tuple[str, ...]
    sign: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "sign", one_line(self.sign))


@dataclass(frozen=True)
class Edge:
    """A line from a node's border to another's; `carries` names the quantity on it, "" for a plain connection.

    `via`: where it bends on its way, in order; none: it is straight.
    One quantity may be on several edges. Its label stands on the anchor of the edge's own id.
    """

    id: str
    source: str
    target: str
    start: Point
    end: Point
    carries: str = ""
    via: tuple[Point, ...] = ()

    @property
    def points(self) -> tuple[Point, ...]:
        """Its start, its bends and its end."""
        return (self.start, *self.via, self.end)


@dataclass(frozen=True)
class Where:
    """Where a quantity stands: the nodes that hold it, the edges that carry it, the anchors of its labels."""

    nodes: tuple[str, ...] = ()
    edges: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Scene:
    """Nodes, edges, named anchor points for chips, and the chips that are always there, what matters most first.

    `labels_yield`: where they would meet a node or each other they stand nearby, or give way, the last first; so do the
    chips of earlier beats. `compact`: they are small and have no frames.
    Raises ValueError, naming the culprit, for an edge that begins or ends at no node, and for an id given twice.
    """

    width: float
    height: float
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    anchors: Mapping[str, Point]
    labels: tuple[Chip, ...]
    labels_yield: bool = False
    compact: bool = False

    def __post_init__(self) -> None:
        nodes = [node.id for node in self.nodes]
        known = set(nodes)
        for edge in self.edges:
            for end in (edge.source, edge.target):
                if end not in known:
                    raise ValueError(
                        f"the edge {edge.id!r} belongs to {end!r}, which is no node; nodes are {', '.join(nodes)}"
                    )
        seen: set[str] = set()
        for name in (*nodes, *(edge.id for edge in self.edges)):
            if name in seen:
                raise ValueError(f"the id {name!r} is given twice")
            seen.add(name)

    def where(self, name: str) -> Where:
        """Return where the quantity `name` stands; nowhere for one that the scene does not show."""
        return self._where.get(name, Where())

    @cached_property
    def _where(self) -> dict[str, Where]:
        nodes = _grouped((cell, node.id) for node in self.nodes for cell in node.cells)
        edges = _grouped((edge.carries, edge.id) for edge in self.edges if edge.carries)
        shown = ((piece.what, chip.anchor) for chip in self.labels for line in chip.lines for piece in line)
        anchors = _grouped((name, anchor) for name, anchor in dict.fromkeys(shown) if anchor in self.anchors)
        names = dict.fromkeys((*nodes, *edges, *anchors))
        return {name: Where(nodes.get(name, ()), edges.get(name, ()), anchors.get(name, ())) for name in names}

    @cached_property
    def edge(self) -> dict[str, Edge]:
        """Id → edge."""
        return {edge.id: edge for edge in self.edges}

    @cached_property
    def into(self) -> dict[str, tuple[Edge, ...]]:
        """Node → the edges that end there."""
        return _grouped((edge.target, edge) for edge in self.edges)

    @cached_property
    def out_of(self) -> dict[str, tuple[Edge, ...]]:
        """Node → the edges that begin there."""
        return _grouped((edge.source, edge) for edge in self.edges)

    def downstream(self, node: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return every node that a signal of `node` reaches, itself first, and every edge on the way."""
        nodes, edges = {node: None}, dict[str, None]()
        waiting = [node]
        for here in waiting:
            for edge in self.out_of.get(here, ()):
                edges[edge.id] = None
                if edge.target not in nodes:
                    nodes[edge.target] = None
                    waiting.append(edge.target)
        return tuple(nodes), tuple(edges)


def _grouped(pairs: Iterable[tuple[str, T]]) -> dict[str, tuple[T, ...]]:
    found: dict[str, list[T]] = {}
    for key, item in pairs:
        found.setdefault(key, []).append(item)
    return {key: tuple(items) for key, items in found.items()}


def flatter(scene: Scene, part: float) -> Scene:
    """Return the scene with only this `part` of its height: wider on a wide screen, with the same rooms for numbers.

    Capsules get lower too; circles and boxes keep their size, and edges end at their borders.
    """

    def at(point: Point) -> Point:
        return point[0], part * point[1]

    kept = {n.id: (1 - part) * n.center[1] for n in scene.nodes if n.shape != "capsule"}

    def end(node: str, point: Point) -> Point:
        return (point[0], point[1] - kept[node]) if node in kept else at(point)

    lower = tuple(replace(n, size=at(n.size)) if n.shape == "capsule" else n for n in scene.nodes)
    edges = tuple(
        replace(e, start=end(e.source, e.start), end=end(e.target, e.end), via=tuple(map(at, e.via)))
        for e in scene.edges
    )
    return replace(_moved(replace(scene, nodes=lower), at), edges=edges, height=part * scene.height)


def widened(scene: Scene, left: float, right: float, above: float = 0.0) -> Scene:
    """Return the scene with more room at its left and its right, and above."""
    moved = _moved(scene, lambda point: (point[0] + left, point[1] + above))
    return replace(moved, width=left + scene.width + right, height=above + scene.height)


def _moved(scene: Scene, at: Callable[[Point], Point]) -> Scene:
    return replace(
        scene,
        nodes=tuple(replace(n, center=at(n.center)) for n in scene.nodes),
        edges=tuple(replace(e, start=at(e.start), end=at(e.end), via=tuple(map(at, e.via))) for e in scene.edges),
        anchors={name: at(point) for name, point in scene.anchors.items()},
    )
