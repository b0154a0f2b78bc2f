"""Curves on plain axes: what figures of rates and losses have in common."""

from matplotlib.axes import Axes

from bpviz.views.figure.sheet import COLORS

STYLES = (("forward", "-"), ("negative", "--"), ("update", "-."), ("backward", ":"))
"""Colour and dashes of one curve after the other: no two differ by colour alone."""


def plain_axes(axes: Axes, title: str, below: str) -> None:
    """Give axes their title, the name of what runs to the right, and a logarithmic scale upwards."""
    axes.set_title(title, color=COLORS["ink"], fontsize=11)
    axes.set_xlabel(below, color=COLORS["muted"])
    axes.set_yscale("log")
    axes.grid(color=COLORS["line"], linewidth=0.6)
    axes.tick_params(colors=COLORS["muted"], labelsize=9)
    for side, spine in axes.spines.items():
        spine.set_visible(side in ("left", "bottom"))
        spine.set_color(COLORS["edge"])
