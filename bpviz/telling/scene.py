"""Scenes: where nodes, edges and chips stand, each bound to names of quantities; plain data in model units."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from bpviz.ground.texts import one_line

Point = tuple[float, float]
"""x to the right, y downwards, in model units (about one CSS pixel each)."""

Tone = Literal["forward", "loss", "backward", "update", "plain"]


@dataclass(frozen=True)
class Node:
    """A drawn node: a circle or a box with one cell, or a capsule with two; `cells` names quantities, left to right."""

    id: str
    shape: Literal["circle", "capsule", "box"]
    center: Point
    size: tuple[float, float]
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Edge:
    """A line from a node's border to another's; `weight` names the quantity on it, "" for a plain connection."""

    id: str
    source: str
    target: str
    start: Point
    end: Point
    weight: str = ""


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
    """A small label centred on an anchor of the scene."""

    anchor: str
    tone: Tone
    lines: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True)
class Scene:
    """Nodes, edges, named anchor points for chips, and the chips that are always there."""

    width: float
    height: float
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    anchors: Mapping[str, Point]
    labels: tuple[Chip, ...]


def flatter(scene: Scene, part: float) -> Scene:
    """Return the scene with only this `part` of its height: wider on a wide screen, with the same rooms for numbers.

    Capsules get lower too, circles and boxes keep their size.
    """

    def at(point: Point) -> Point:
        return point[0], part * point[1]

    return replace(
        scene,
        height=part * scene.height,
        nodes=tuple(
            replace(n, center=at(n.center), size=at(n.size) if n.shape == "capsule" else n.size) for n in scene.nodes
        ),
        edges=tuple(replace(e, start=at(e.start), end=at(e.end)) for e in scene.edges),
        anchors={name: at(point) for name, point in scene.anchors.items()},
    )


def name_and_value(anchor: str, name: str, tone: Tone = "plain") -> Chip:
    """Return a one-line chip: short symbol and value."""
    return Chip(anchor, tone, ((Piece("short", name), Piece("text", " "), Piece("value", name)),))


def name_above_value(anchor: str, name: str, tone: Tone = "plain") -> Chip:
    """Return the same in two lines, for edges that stand close together."""
    return Chip(anchor, tone, ((Piece("short", name),), (Piece("value", name),)))


def name_over_value(anchor: str, name: str, tone: Tone, show: Literal["symbol", "short"] = "short") -> Chip:
    """Return a two-line chip: the symbol, whole or short, above its value."""
    return Chip(anchor, tone, ((Piece(show, name),), (Piece("value", name, bold=True),)))


def old_to_new(anchor: str, old: str, new: str) -> Chip:
    """Return a two-line chip: symbol and old value above an arrow and the new value."""
    above = (Piece("symbol", old), Piece("text", " "), Piece("value", old))
    return Chip(anchor, "update", (above, (Piece("text", "→ "), Piece("value", new, bold=True))))
