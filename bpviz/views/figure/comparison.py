"""Two rules side by side as a figure: the changes of every weight, and both curves of the loss."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg

from bpviz.example.rule_comparison import ComparedRules
from bpviz.ground.words import words
from bpviz.networks.signals import RULES
from bpviz.views.figure.sheet import COLORS, DPI, plain_style
from bpviz.views.figure.still import Still

STYLES = {"illustrated": ("negative", "////", "--"), "exact": ("update", "", "-")}
"""Rule → colour, hatching of its bars and dashes of its curve: what differs in colour differs in shape too."""


def draw_comparison(comparison: ComparedRules) -> Still:
    """Return the figure of a comparison, in its language."""
    with plain_style(**{"hatch.linewidth": 0.6}):
        table = words(comparison.lang)
        figure = Still(figsize=(9.2, 4.6), dpi=DPI, facecolor=COLORS["paper"], layout="constrained")
        FigureCanvasAgg(figure)
        figure.set_label(table["rule_comparison.figure"])
        figure.description = f"{figure.get_label()}. {comparison.summary()}"
        left, right = figure.subplots(1, 2, width_ratios=(1.15, 1))
        labels = {rule: table[f"switches.rule.{rule}"] for rule in RULES}
        _bars(left, comparison, labels)
        _curves(right, comparison, labels)
        left.set_title(table["rule_comparison.changes_title"], loc="left", size=11)
        right.set_title(table["rule_comparison.losses_title"], loc="left", size=11)
        right.set_xlabel(table["rule_comparison.rounds"])
        right.set_ylabel(table["rule_comparison.loss"])
        return figure


def _bars(axes: Axes, comparison: ComparedRules, labels: dict[str, str]) -> None:
    """Two bars per weight, the first weight on top; a weight that moves the wrong way says so."""
    places = np.arange(len(comparison.rows))
    changes = {"illustrated": [r.drawn for r in comparison.rows], "exact": [r.exact for r in comparison.rows]}
    for rule, shift in zip(RULES, (-0.2, 0.2), strict=True):
        color, hatch, _ = STYLES[rule]
        bars = axes.barh(places + shift, changes[rule], 0.4, facecolor=COLORS["paper" if hatch else color])
        bars.set_label(labels[rule])
        for bar in bars:
            bar.set(edgecolor=COLORS[color], hatch=hatch)
    opposite = words(comparison.lang)["rule_comparison.opposite"]
    for place, row in enumerate(comparison.rows):
        if row.direction == "opposite":
            axes.text(1.02, place, f"◂▸ {opposite}", transform=axes.get_yaxis_transform(), va="center", size=9)
    axes.set_yticks(places, [row.name for row in comparison.rows], parse_math=False)
    axes.invert_yaxis()
    axes.axvline(0, color=COLORS["ink"], linewidth=0.8)
    axes.legend(frameon=False, fontsize=9)


def _curves(axes: Axes, comparison: ComparedRules, labels: dict[str, str]) -> None:
    for rule in RULES:
        color, _, dashes = STYLES[rule]
        axes.plot(comparison.losses[rule], color=COLORS[color], linestyle=dashes, linewidth=2, label=labels[rule])
    losses = np.concatenate([comparison.losses[rule] for rule in RULES])
    if (losses > 0).any():
        axes.set_yscale("log")
    axes.grid(color=COLORS["line"], linewidth=0.6)
    axes.legend(frameon=False, fontsize=9)
