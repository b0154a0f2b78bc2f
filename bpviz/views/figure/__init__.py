"""Stills: any beat of a worked example as a matplotlib figure. The only room that knows matplotlib."""

from bpviz.views.figure.drawing import draw, png

__all__ = ["draw", "png"]
