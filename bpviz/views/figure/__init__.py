"""Stills: any beat of a worked example, or its training, as a matplotlib figure. The only room with matplotlib."""

from bpviz.views.figure.comparison import draw_comparison
from bpviz.views.figure.drawing import draw, png
from bpviz.views.figure.graphs import draw_graphs
from bpviz.views.figure.losses import draw_losses
from bpviz.views.figure.schedules import draw_schedules
from bpviz.views.figure.surface import draw_surface

__all__ = ["draw", "draw_comparison", "draw_graphs", "draw_losses", "draw_schedules", "draw_surface", "png"]
