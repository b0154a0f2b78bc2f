"""The losses of a training over its epochs."""

from collections.abc import Mapping

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.ticker import MaxNLocator

from bpviz.ground.words import words
from bpviz.views.figure.axes import STYLES, plain_axes
from bpviz.views.figure.sheet import COLORS, DPI, plain_style
from bpviz.views.figure.still import Still

SIZE = (6.4, 3.6)
LABELS = {"training": "mlp.training", "validation": "mlp.validation_rows"}


def draw_losses(curves: Mapping[str, np.ndarray], told: str, lang: str) -> Still:
    """Return a figure of "training" and maybe "validation" losses, one value before the first epoch and after each.

    `told`: what the picture shows, in words, for those who do not see it. Epochs of nan are left out.
    """
    table = words(lang)
    with plain_style():
        figure = Still(figsize=SIZE, dpi=DPI, facecolor=COLORS["paper"], layout="constrained")
        FigureCanvasAgg(figure)
        axes = figure.subplots()
        for (name, losses), (color, dashes) in zip(curves.items(), STYLES, strict=False):
            shown = np.isfinite(losses)
            mark = "o" if shown.sum() == 1 else ""
            epochs = np.arange(len(losses))[shown]
            axes.plot(epochs, losses[shown], dashes, marker=mark, color=COLORS[color], label=table[LABELS[name]])
        plain_axes(axes, table["mlp.title"], table["mlp.epochs"])
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        if len(curves) > 1:
            axes.legend(frameon=False, labelcolor=COLORS["ink"])
    figure.set_label(table["mlp.title"])
    figure.description = f"{table['mlp.title']}\n{told}"
    return figure
