"""Chips: small labels in the diagram, as wide as what they say, kept clear of each other and of the nodes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import combinations

from matplotlib.lines import Line2D

from bpviz.telling.chips import Chip, Piece
from bpviz.telling.scene import Node, Point
from bpviz.views.figure.sheet import COLORS, POINTS, Sheet, rounded
from bpviz.views.figure.text import Line, Span, fitted, number, scaled, spans, width
from bpviz.views.look import CHIP, COMPACT, LEADER, STROKE, TEXT
from bpviz.writing.notation import Notation

WIDEST = 240.0
"""A wider line of a chip is written smaller; in model units."""
GAP = 3.0
"""Least distance between two chips, or a chip and a node, in model units."""
SMALLEST = 0.4
"""A chip is never drawn at less than this part of its full size."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass
class PlacedChip:
    """What a chip says and where, in model units.

    `label`: it is always there; `told`: by this beat; `close`: with less room beside its words than usual; `compact`:
    with least room and no frame; `scale`: its size, 1 = full.
    """

    chip: Chip
    center: Point
    lines: list[Line]
    label: bool
    dim: bool
    told: bool = False
    close: bool = False
    compact: bool = False
    scale: float = 1.0

    @property
    def past(self) -> bool:
        """True for a chip of an earlier beat that this one is not about, where labels yield."""
        return self.dim and self.close and not self.label and not self.told

    @property
    def size(self) -> tuple[float, float]:
        """Width and height."""
        usual = CHIP["margin" if len(self.lines) > 1 else "close_margin" if self.close else "round_margin"]
        close = COMPACT["margin"], COMPACT["padding"] + COMPACT["named"] * self.chip.is_named
        margin, padding = close if self.compact else (usual, CHIP["padding"])
        wide = max(width(line) for line in self.lines) + 2 * margin
        return self.scale * wide, self.scale * (len(self.lines) * CHIP["line"] + padding)


def chip_lines(chip: Chip, notation: Notation, values: Mapping[str, float]) -> list[Line]:
    """Return what a chip says, line by line."""
    return [fitted(_line(line, notation, values), WIDEST) for line in chip.lines]


def _line(pieces: Iterable[Piece], notation: Notation, values: Mapping[str, float]) -> Line:
    """Return the pieces side by side, with a gap where a text and a number, or two numbers, meet."""
    line: Line = []
    for piece in pieces:
        more = _piece(piece, notation, values)
        if line and (line[-1].name or piece.show == "value"):
            line.append(Span(" ", TEXT["gap_to_number"] / TEXT["digit_width"], mono=True))
        line += more
    return line


def _piece(piece: Piece, notation: Notation, values: Mapping[str, float]) -> Line:
    if piece.show == "value":
        value = number(piece.what, CHIP["number"], values, piece.bold)
        return scaled([value], min(1.0, CHIP["most_letters"] / len(value.text)))
    if piece.show == "text":
        return spans([["", piece.what]], TEXT["size"], values)
    symbol = notation[piece.what]
    return spans((symbol.short if piece.show == "short" else symbol).rich, TEXT["size"], values, piece.bold)


def keep_apart(chips: list[PlacedChip], nodes: Iterable[Node], sheet: Sheet) -> None:
    """Make chips smaller until none meets another one, a node or the border of the sheet."""
    bodies = [box_of(node.center, node.size) for node in nodes]
    while crowded := [chip for chip in _crowded(chips, bodies, sheet) if chip.scale > SMALLEST]:
        for chip in crowded:
            chip.scale *= 0.96


def _crowded(chips: list[PlacedChip], bodies: list[Box], sheet: Sheet) -> list[PlacedChip]:
    boxes = [box_of(chip.center, chip.size) for chip in chips]
    crowded = {k for k, box in enumerate(boxes) if box[0] < sheet.left or box[2] > sheet.right}
    crowded |= {k for k, box in enumerate(boxes) if any(meet(box, body) for body in bodies)}
    for j, k in combinations(range(len(boxes)), 2):
        if meet(boxes[j], boxes[k]):
            crowded |= {j, k}
    return [chips[k] for k in sorted(crowded)]


def box_of(center: Point, size: tuple[float, float]) -> Box:
    """Return the box of this middle and size."""
    return center[0] - size[0] / 2, center[1] - size[1] / 2, center[0] + size[0] / 2, center[1] + size[1] / 2


def meet(a: Box, b: Box, gap: float = GAP) -> bool:
    """Return whether two boxes are nearer to each other than a gap."""
    return a[0] < b[2] + gap and b[0] < a[2] + gap and a[1] < b[3] + gap and b[1] < a[3] + gap


def draw_chip(sheet: Sheet, placed: PlacedChip) -> None:
    """Draw a chip where it was placed."""
    (x, y), (wide, high), scale = placed.center, placed.size, placed.scale
    frame, fill, text = _colors(placed)
    layer = "labels" if placed.label else "chips"
    corner = high / 2 if len(placed.lines) == 1 else CHIP["corner"] * scale
    box = rounded((x, y), (wide, high), corner, fill, frame, STROKE["label" if placed.label else "chip"])
    sheet.put(box, layer, f"chip {placed.chip.anchor}")
    for k, line in enumerate(placed.lines):
        baseline = (k - (len(placed.lines) - 1) / 2) * CHIP["line"] + CHIP["baseline"]
        thin = [replace(span, bold=span.bold and not placed.past) for span in line]
        sheet.write(scaled(thin, scale), (x, y + scale * baseline), text, layer)


def draw_leader(sheet: Sheet, anchor: str, start: Point, end: Point) -> None:
    """Draw a line from a chip that stands elsewhere to what it belongs to."""
    xs, ys = zip(start, end, strict=True)
    thickness, dash = LEADER["thickness"], LEADER["dash"] / LEADER["thickness"]
    line = Line2D(xs, ys, color=COLORS["muted"], linewidth=thickness * POINTS, linestyle=(0, (dash, dash)))
    sheet.put(line, "leaders", f"leader {anchor}")


def _colors(placed: PlacedChip) -> tuple[str, str, str]:
    """Return the names of the colours of frame, ground and text."""
    if placed.label:
        frame = "none" if placed.compact else "line" if placed.dim else "edge"
        return (frame, "paper", "muted" if placed.dim else "ink")
    tone = placed.chip.tone
    if placed.past:
        return tone, "paper", tone
    return ("muted", "panel", "muted") if tone == "plain" else (tone, f"{tone}-soft", tone)
