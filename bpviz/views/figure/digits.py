"""Stills of digits: a sample with what is said of each, the pad with a network's answer, and times as squares."""

import math
from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg

from bpviz.matrices.digits import SIDE
from bpviz.views.figure.boards import blank
from bpviz.views.figure.sheet import COLORS, DPI, plain_style
from bpviz.views.figure.still import Still

IN_A_ROW = 10
IN_A_BAR = 250
"""How many of the shortest time make a whole row; more, where there would be too many rows."""
MOST_ROWS = 120


def draw_sample(images: np.ndarray, labels: Sequence[str], slopes: np.ndarray | None, label: str, told: str) -> Still:
    """Return pictures (count, 64) with a label above each and, as discs, the slope of a loss at every pixel."""
    columns = min(len(images), IN_A_ROW)
    rows = math.ceil(len(images) / columns)
    with plain_style():
        side = 0.85 if slopes is None else 2.6
        figure = Still(
            figsize=(side * columns, (side + 0.25) * rows), dpi=DPI, facecolor=COLORS["paper"], layout="constrained"
        )
        FigureCanvasAgg(figure)
        panes = np.atleast_1d(figure.subplots(rows, columns)).ravel()
    for k, axes in enumerate(panes):
        axes.axis("off")
        if k < len(images):
            _paint(axes, images[k])
            axes.set_title(labels[k], fontsize=9, color=COLORS["ink"], pad=2)
        if slopes is not None and k < len(images):
            _discs(axes, slopes[k])
    figure.set_label(label)
    figure.description = told
    return figure


def draw_pad(image: np.ndarray, shares: np.ndarray | None, label: str, told: str) -> Still:
    """Return what a network sees and how it shares 1 out among the digits; no bars where nothing is drawn."""
    with plain_style():
        figure = Still(figsize=(5.2, 2.4), dpi=DPI, facecolor=COLORS["paper"], layout="constrained")
        FigureCanvasAgg(figure)
        left, right = figure.subplots(1, 2)
    _paint(left, image)
    left.set(xticks=[], yticks=[])
    right.barh(range(10), np.zeros(10) if shares is None else shares, color=COLORS["forward"])
    right.set(xlim=(0, 1), yticks=range(10), ylim=(9.6, -0.6))
    right.tick_params(colors=COLORS["muted"], labelsize=8)
    for side in ("top", "right", "bottom"):
        right.spines[side].set_visible(False)
    figure.set_label(label)
    figure.description = told
    return figure


def draw_times(counts: Mapping[str, int], title: str, told: Sequence[str]) -> Still:
    """Return bars in rows: label → how many of the shortest; what is too long for one row goes on in the next.

    `title` has a gap for how many make a whole row; one line is told for each.
    """
    whole = max(IN_A_BAR, math.ceil(max(counts.values()) / MOST_ROWS))
    step = 0.036
    high = 0.55 + sum(0.4 + step * math.ceil(count / whole) for count in counts.values())
    label = title.format(count=f"{whole:,}")
    figure, axes = blank(label, (9.4, high))
    axes.set(xlim=(-0.2, 9.2), ylim=(high, 0))
    axes.text(0, 0.25, label, color=COLORS["ink"], size=10)
    y = 0.5
    for count, line, color in zip(counts.values(), told, ("forward", "negative") * len(counts), strict=False):
        axes.text(0, y + 0.2, line, color=COLORS["ink"], size=9, parse_math=False)
        lengths = [min(whole, count - k) * 9.0 / whole for k in range(0, count, whole)]
        places = [y + 0.28 + step * (row + 0.5) for row in range(len(lengths))]
        axes.barh(places, lengths, height=0.72 * step, color=COLORS[color])
        y += 0.4 + step * len(lengths)
    figure.description = "\n".join([label, *told])
    return figure


def _paint(axes: Axes, image: np.ndarray) -> None:
    axes.imshow(image.reshape(SIDE, SIDE), cmap="gray_r", vmin=0.0, vmax=1.0)


def _discs(axes: Axes, slopes: np.ndarray) -> None:
    """A disc for each pixel, its area the slope; + where more ink makes the loss smaller, − where less does."""
    rows, columns = np.divmod(np.arange(SIDE * SIDE), SIDE)
    most = float(np.abs(slopes).max()) or 1.0
    for more, color, sign in ((True, "forward", "+"), (False, "negative", "_")):
        here = (slopes < 0.0) == more
        size = np.abs(slopes[here]) / most
        axes.scatter(columns[here], rows[here], s=250 * size, color=COLORS[color], linewidths=0)
        axes.scatter(columns[here], rows[here], s=90 * size, color=COLORS["paper"], marker=sign, linewidths=1.4)
