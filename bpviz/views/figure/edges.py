"""Edges: as thick as their weight is large, dashed when it is negative, with an arrow the way something runs.

The error that runs back has a shape of its own: a diamond sets out, and the arrow is barbed.
"""

import math
from collections.abc import Mapping
from typing import Literal

from matplotlib.colors import to_hex, to_rgb
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon

from bpviz.telling.scene import Edge, Node, Point
from bpviz.telling.story import Beat
from bpviz.views.figure.nodes import meeting_point
from bpviz.views.figure.sheet import COLORS, POINTS, Sheet
from bpviz.views.look import DASH, DIAMOND, EDGE, FADE, HEAD, RING, THINNEST

UNDASHED = 0.5
"""So slim are edges where colour alone says that a weight is negative."""

Dashes = tuple[float, tuple[float, float]] | Literal["solid"]


def draw_edge(
    sheet: Sheet,
    edge: Edge,
    nodes: Mapping[str, Node],
    beat: Beat,
    values: Mapping[str, float],
    dim: bool,
) -> None:
    """Draw an edge as the beat has it: at rest, or with the signal or the error running along it."""
    weight = values.get(edge.carries, EDGE["plain_weight"])
    backward, forward = edge.id in beat.backward, edge.id in beat.forward
    color = _color(weight, forward, backward, dim)
    width = _thickness(weight, sheet.slim, forward, backward)
    layer = "edges" if dim else "edges lit"
    points, target = (edge.points[::-1], edge.source) if backward else (edge.points, edge.target)
    *before, end = points
    if forward or backward:
        reach = RING["reach"] if target in beat.focus else EDGE["clearance"]
        tip = meeting_point(nodes[target], before[-1], end, reach)
        size = 1.0 if edge.via else _size(math.dist(before[-1], tip), width, backward)
        corners, end = _arrowhead(before[-1], tip, width, size, barbed=backward)
        sheet.put(Polygon(corners, facecolor=color, edgecolor="none"), layer, f"head {edge.id}")
        if backward:
            diamond = _diamond(points[0], points[1] if edge.via else tip, width, size)
            sheet.put(Polygon(diamond, facecolor=color, edgecolor="none"), layer, f"diamond {edge.id}")
    dashes = _dashes(width) if weight < 0 and sheet.slim > UNDASHED else "solid"
    xs, ys = zip(*before, end, strict=True)
    line = Line2D(
        xs, ys, color=color, linewidth=width * POINTS, linestyle=dashes, solid_capstyle="butt", dash_capstyle="butt"
    )
    sheet.put(line, layer, f"edge {edge.id}")


def _thickness(weight: float, slim: float, forward: bool, backward: bool) -> float:
    thickness = min(THINNEST["resting"] + EDGE["per_weight"] * abs(weight), EDGE["thickest"])
    # a moving edge is never so thin that its colour cannot be seen
    moving = "backward" if backward else "forward"
    return max(slim * thickness, THINNEST[moving] if backward or forward else slim * THINNEST["resting"])


def _dashes(width: float) -> Dashes:
    """Return line and gap in widths of the line, as matplotlib measures them."""
    line = max(DASH["line_per_thickness"], DASH["least_line"] / width)
    return 0.0, (line, max(DASH["gap_per_thickness"], DASH["least_gap"] / width))


def _color(weight: float, forward: bool, backward: bool, dim: bool) -> str:
    if backward:
        return COLORS["backward"]
    if weight < 0:
        return _mixed("negative") if dim and not forward else COLORS["negative"]
    if forward:
        return COLORS["forward"]
    return _mixed("edge") if dim else COLORS["muted"]


def _mixed(name: str) -> str:
    """Return a faded colour on paper, opaque."""
    share = FADE[name]
    pairs = zip(to_rgb(COLORS[name]), to_rgb(COLORS["paper"]), strict=True)
    return to_hex(tuple(share * color + (1 - share) * paper for color, paper in pairs))  # type: ignore[arg-type]


def _size(way: float, width: float, backward: bool) -> float:
    """Return how large head and diamond are: smaller on a short way, so that some of the line is seen before them."""
    return min(1.0, way / (_length(width) + HEAD["shaft"] + (DIAMOND["far"] if backward else 0.0)))


def _arrowhead(start: Point, tip: Point, width: float, size: float, barbed: bool) -> tuple[list[Point], Point]:
    """Return the head's corners and where the line ends, under the head."""
    length, half = size * _length(width), size * _half(width)
    notch = length * (HEAD["notch"] if barbed else 1.0)
    head = _along(start, tip, tip, [(0, 0), (-length, half), (-notch, 0), (-length, -half), (1 - notch, 0)])
    return head[:-1], head[-1]


def _diamond(start: Point, tip: Point, width: float, size: float) -> list[Point]:
    """Return the corners of what sets out from the start."""
    half = size * _half(width)
    near, middle, far = (size * DIAMOND[place] for place in ("near", "middle", "far"))
    return _along(start, tip, start, [(near, 0), (middle, half), (far, 0), (middle, -half)])


def _length(width: float) -> float:
    return HEAD["length"] + HEAD["length_per_thickness"] * width


def _half(width: float) -> float:
    """Return how far head and diamond reach to each side."""
    return HEAD["half"] + HEAD["half_per_thickness"] * width


def _along(start: Point, tip: Point, origin: Point, places: list[tuple[float, float]]) -> list[Point]:
    """Return places that are so far ahead of `origin` and beside it, on the way from `start` to `tip`."""
    size = math.dist(start, tip) or 1.0
    ux, uy = (tip[0] - start[0]) / size, (tip[1] - start[1]) / size
    return [(origin[0] + ux * a - uy * b, origin[1] + uy * a + ux * b) for a, b in places]
