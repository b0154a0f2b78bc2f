"""The scene's part of a score: where everything in the diagram stands, and what chips say."""

from typing import Any

from bpviz.example.example import Example
from bpviz.telling.chips import Chip, Piece
from bpviz.telling.scene import Edge, Node, Scene, flatter
from bpviz.writing.notation import Notation

Json = dict[str, Any]

FLATTER = 0.81
"""Beside formula and caption, 800 units of width then fill a screen of 16:9."""


def scene(example: Example, chips: list[Json]) -> Json:
    """Return the scene of an example as JSON; `chips` are those that its beats show."""
    scene, notation = example.scene, example.notation
    return {
        **_canvas(scene),
        "nodes": [_node(n, notation) for n in scene.nodes],
        "edges": [_edge(e) for e in scene.edges],
        "labels": [chip_of(c, notation) for c in scene.labels],
        "chips": chips,
        "large": _places(example.large_scene or flatter(scene, FLATTER)),
        "tall": _places(example.tall_scene or scene),
    } | {name: True for name in ("labels_yield", "compact") if getattr(scene, name)}


def chip_of(chip: Chip, notation: Notation) -> Json:
    """Return a chip as JSON, its symbols written out."""
    return {
        "anchor": chip.anchor,
        "tone": chip.tone,
        "lines": [[r for p in line for r in _piece(p, notation)] for line in chip.lines],
    } | ({"stays": [str(phase) for phase in chip.stays]} if chip.stays else {})


def _piece(piece: Piece, notation: Notation) -> list[Any]:
    style = {"style": "b"} if piece.bold else {}
    if piece.show == "symbol":
        return notation[piece.what].rich
    if piece.show == "short":
        return notation[piece.what].short.rich
    return [{"bp": piece.what} | style] if piece.show == "value" else [[style.get("style", ""), piece.what]]


def _node(node: Node, notation: Notation) -> Json:
    cells = [{"bp": name, "label": notation[name].rich} for name in node.cells]
    (x, y), (w, h) = node.center, node.size
    sign = {"sign": node.sign} if node.sign else {}
    return {"id": node.id, "shape": node.shape, "x": x, "y": y, "w": w, "h": h, "cells": cells} | sign


def _edge(edge: Edge) -> Json:
    bends = {"via": [list(point) for point in edge.via]} if edge.via else {}
    ends = [edge.source, edge.target]
    return {
        "id": edge.id,
        "ends": ends,
        "start": list(edge.start),
        "end": list(edge.end),
        "carries": edge.carries,
    } | bends


def _canvas(scene: Scene) -> Json:
    return {
        "width": scene.width,
        "height": scene.height,
        "anchors": {name: list(point) for name, point in scene.anchors.items()},
    }


def _places(scene: Scene) -> Json:
    """Where a scene's parts stand, without what they are."""
    return {
        **_canvas(scene),
        "nodes": {n.id: [*n.center, *n.size] for n in scene.nodes},
        "edges": {e.id: [list(point) for point in e.points] for e in scene.edges},
    }
