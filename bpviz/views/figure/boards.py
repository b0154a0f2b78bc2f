"""Stills of boards: a layer as rectangles, and the matrices of both passes."""

from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.patches import Rectangle

from bpviz.ground.numbers import format_number
from bpviz.views.figure.sheet import COLORS, DPI, plain_style
from bpviz.views.figure.still import Still

SOFT = {"W": "forward-soft", "a": "loss-soft", "b": "panel", "z": "update-soft"}
GAP = 1.6
"""Between two rectangles, in cells."""
WIDTH = 1.15
"""Of a number in a matrix, in inches, and how high it is."""
HEIGHT = 0.27


def blank(label: str, size: tuple[float, float]) -> tuple[Still, Axes]:
    """Return a figure of a size in inches with one pane without axes, y downwards."""
    with plain_style():
        figure = Still(figsize=size, dpi=DPI, facecolor=COLORS["paper"])
        FigureCanvasAgg(figure)
        axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    axes.axis("off")
    figure.set_label(label)
    return figure, axes


def draw_shapes(sizes: Mapping[str, tuple[int, int]], fits: bool, label: str, told: str) -> Still:
    """Return rectangles of W, a, b and z (rows, columns) and what is `told` of them; a gap where z cannot be."""
    tall = max(rows for rows, _ in sizes.values())
    wide = sum(columns for _, columns in sizes.values()) + 3 * GAP
    figure, axes = blank(label, ((wide + 2) * 0.28, (tall + 3) * 0.28))
    axes.set(xlim=(-1, wide + 1), ylim=(tall + 1.4, -1.6), aspect="equal")
    x = 0.0
    for (name, (rows, columns)), sign in zip(sizes.items(), ("·", "+", "=", ""), strict=True):
        unknown = name == "z" and not fits
        for k in range(rows * columns):
            box = (x + k % columns, k // columns)
            fill, line = ("none", ":") if unknown else (COLORS[SOFT[name]], "-")
            axes.add_patch(Rectangle(box, 1, 1, edgecolor=COLORS["edge"], facecolor=fill, linestyle=line))
        middle = x + columns / 2
        axes.text(middle, -0.5, name, ha="center", style="italic", color=COLORS["ink"])
        axes.text(middle, rows + 0.9, "?" if unknown else f"{rows}×{columns}", ha="center", color=COLORS["ink"], size=9)
        axes.text(x + columns + GAP / 2, 0.8, sign, ha="center", color=COLORS["ink"])
        x += columns + GAP
    figure.description = f"{label}\n{told}"
    return figure


def draw_cells(formula: Mapping[str, Any], values: Mapping[str, float], label: str, told: Sequence[str]) -> Still:
    """Return the matrices of one formula, each below its name, and what is `told` of a cell, line by line."""
    parts = formula["parts"]
    wide = sum(len(part["rows"][0]) * WIDTH * 0.75 + 0.2 if "rows" in part else 0.35 for part in parts) + 0.4
    tall = max(len(part["rows"]) for part in parts if "rows" in part) * HEIGHT
    size = (max(wide, 6.0), tall + 0.75 + HEIGHT * len(told))
    figure, axes = blank(label, size)
    axes.set(xlim=(0, size[0]), ylim=(size[1], 0))
    x = 0.2
    for part in parts:
        if "rows" not in part:
            axes.text(x + 0.17, 0.5 + tall / 2, part["sign"], ha="center", va="center", color=COLORS["ink"])
            x += 0.35
            continue
        x += _matrix(axes, x, part["rows"], values, part["plain"]) + 0.2
    for k, line in enumerate(told):
        axes.text(0.2, 0.85 + tall + HEIGHT * k, line, color=COLORS["ink"], size=9, parse_math=False)
    figure.description = "\n".join([label, *told])
    return figure


def _matrix(axes: Axes, x: float, rows: Sequence[Sequence[str]], values: Mapping[str, float], name: str) -> float:
    """Draw a matrix with its name above; return how wide it is."""
    column = WIDTH * 0.75
    wide = column * len(rows[0])
    axes.text(x + wide / 2, 0.28, name, ha="center", color=COLORS["ink"], size=10, parse_math=False)
    for i, row in enumerate(rows):
        for j, quantity in enumerate(row):
            at = (x + column * (j + 1) - 0.06, 0.5 + HEIGHT * (i + 0.72))
            axes.text(
                *at, format_number(values[quantity]), ha="right", color=COLORS["ink"], size=8.5, family="monospace"
            )
    for side in (x, x + wide):
        axes.plot([side, side], [0.42, 0.5 + HEIGHT * len(rows)], color=COLORS["ink"], linewidth=1.2)
    return wide
