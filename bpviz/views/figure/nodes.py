"""Neurons, inputs and errors: circles, capsules in two halves, and boxes with a number in every cell."""

import math
import re
from collections.abc import Mapping

from matplotlib.lines import Line2D
from matplotlib.patches import Circle, Patch, PathPatch
from matplotlib.path import Path

from bpviz.telling.scene import Node, Point
from bpviz.views.figure.sheet import COLORS, POINTS, Sheet, rounded
from bpviz.views.figure.text import Span, fitted, number, spans
from bpviz.views.look import CELL, CIRCLE, CORNER, RING, SIGN, STROKE, TEXT, WRITTEN
from bpviz.writing.notation import Notation

_NUMBER = re.compile(r"^\S*\d\S*(?= )|(?<= )\S*\d\S*$")
"""With which an operation works, in its sign."""


def draw_node(sheet: Sheet, node: Node, symbols: Notation, values: Mapping[str, float], focus: bool, dim: bool) -> None:
    """Draw a node; a cell whose quantity is not in `values` shows a dot."""
    frame = "edge" if dim else "ink"
    border, divider = (STROKE["dim" if dim else part] for part in ("body", "divider"))
    if focus:
        sheet.put(_outline(node, RING["distance"], "paper", "focus", STROKE["ring"]), "nodes", f"ring {node.id}")
    sheet.put(_outline(node, 0, "paper" if node.shape == "capsule" else "panel"), "nodes", f"body {node.id}")
    if node.sign or node.size[1] < WRITTEN["least"]:
        sheet.put(_outline(node, 0, "none", frame, border), "nodes", f"outline {node.id}")
        if node.sign:
            sign = sign_in(node)
            sheet.write([sign], (node.center[0], node.center[1] + sign.size / 3), "muted" if dim else "ink", "nodes")
        return
    if node.shape == "capsule":
        if all(name in values for name in node.cells):
            sheet.put(_right_half(node), "nodes", f"activation {node.id}")
        x, half = node.center[0], node.size[1] / 2
        ends = [node.center[1] - half, node.center[1] + half]
        line = Line2D([x, x], ends, color=COLORS[frame], linewidth=divider * POINTS)
        sheet.put(line, "nodes", f"divider {node.id}")
    sheet.put(_outline(node, 0, "none", frame, border), "nodes", f"outline {node.id}")
    _write_cells(sheet, node, symbols, values, "muted" if dim else "ink")


def sign_in(node: Node) -> Span:
    """Return a node's sign, smaller where it is long, and shortened where its letters could not be read."""
    letter, (wide, _), text = TEXT["digit_width"], node.size, node.sign
    most = int((wide - SIGN["border"]) / (letter * SIGN["least"]))
    if len(text) > most:
        text = _NUMBER.sub("…", text)
    if len(text) > most:
        text = text[: most - 1] + "…"
    size = max((wide - SIGN["aside"]) / (letter * len(text)), SIGN["least"])
    return Span(text, min(CELL["number"], size), mono=True)


def _write_cells(sheet: Sheet, node: Node, symbols: Notation, values: Mapping[str, float], ink: str) -> None:
    """Write symbol over value in every cell, smaller where they are too wide."""
    cell = node.size[0] / len(node.cells)
    inside = CIRCLE if node.shape == "circle" else CELL
    room = cell - inside["beside"]
    for k, name in enumerate(node.cells):
        x, y = node.center[0] + (k - (len(node.cells) - 1) / 2) * cell, node.center[1]
        label = fitted(spans(symbols[name].rich, TEXT["size"], values), room)
        sheet.write(label, (x, y + inside["label"]), "muted", "nodes")
        size = CELL["number" if name in values else "dot"]
        value = fitted([number(name, size, values, bold=k == 1)], room)
        sheet.write(value, (x, y + inside["value"]), ink, "nodes")


def _outline(node: Node, grow: float, fill: str, frame: str = "none", thickness: float = 0.0) -> Patch:
    """Return the node's shape, so much larger on every side."""
    (w, h), width = node.size, thickness * POINTS
    if node.shape == "circle" and w == h:
        return Circle(node.center, w / 2 + grow, facecolor=COLORS[fill], edgecolor=COLORS[frame], linewidth=width)
    corner = h / 2 if node.shape == "circle" else CORNER[node.shape]
    return rounded(node.center, (w + 2 * grow, h + 2 * grow), corner + grow, fill, frame, thickness)


def _right_half(node: Node) -> Patch:
    """Return the ground of the activation: the capsule right of its middle."""
    x, y, r = node.center[0], node.center[1], CORNER["capsule"]
    right, top, bottom = x + node.size[0] / 2, y - node.size[1] / 2, y + node.size[1] / 2
    points = [(x, top), (right - r, top), (right, top), (right, top + r)]
    points += [(right, bottom - r), (right, bottom), (right - r, bottom), (x, bottom)]
    line, curve = Path.LINETO, Path.CURVE3
    path = Path(points, [Path.MOVETO, line, curve, curve, line, curve, curve, line])
    return PathPatch(path, facecolor=COLORS["forward-soft"], edgecolor="none")


def meeting_point(node: Node, start: Point, end: Point, reach: float) -> Point:
    """Return where a line from `start`, outside, to `end`, on the border, comes as near as `reach` to the node."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    fx, fy = start[0] - node.center[0], start[1] - node.center[1]
    if node.shape == "circle":
        flat = (node.size[0] - node.size[1]) / 2
        fx -= min(max(fx, -flat), flat)  # to its nearest end
        a, b, c = dx * dx + dy * dy, fx * dx + fy * dy, fx * fx + fy * fy - (node.size[1] / 2 + reach) ** 2
        t = (-b - math.sqrt(max(b * b - a * c, 0))) / a
    else:
        sides = ((fx, dx, node.size[0] / 2), (fy, dy, node.size[1] / 2))
        t = max((-f - math.copysign(half + reach, d)) / d if d else 0.0 for f, d, half in sides)
    t = min(max(t, 0.0), 1.0)
    return start[0] + t * dx, start[1] + t * dy
