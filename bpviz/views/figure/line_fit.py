"""A line through a cloud of points, with the squares of its errors drawn as squares."""

from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.patches import Rectangle

from bpviz.ground.checked import finite_number, shown
from bpviz.ground.numbers import format_number
from bpviz.ground.words import words
from bpviz.views.figure.sheet import COLORS, DPI, plain_style
from bpviz.views.figure.still import Still

ENDS: Mapping[str, tuple[float, float]] = {"x": (0, 5), "y": (0, 5), "slope": (-2, 2), "intercept": (-2, 5)}
"""Of both axes, and of what the line may be."""
MOST_POINTS = 12


def draw_line(points: Sequence[Any], slope: float, intercept: float, lang: str) -> Still:
    """Return a figure of points, the line intercept + slope · x, and the squares of its errors."""
    table = words(lang).section("line_fit")
    with plain_style():
        figure = Still(figsize=(5.2, 4.2), dpi=DPI, facecolor=COLORS["paper"], layout="constrained")
        FigureCanvasAgg(figure)
        axes = figure.subplots()
        for x, y in points:
            error = intercept + slope * x - y
            square = Rectangle((x, y), abs(error), error, facecolor=COLORS["loss-soft"], edgecolor=COLORS["loss"])
            axes.add_patch(square)
            axes.plot(x, y, "o", color=COLORS["forward"])
        axes.plot(ENDS["x"], [intercept + slope * x for x in ENDS["x"]], color=COLORS["ink"])
        axes.set(xlim=ENDS["x"], ylim=ENDS["y"], aspect="equal")
    figure.set_label(table["title"])
    numbers = {"slope": slope, "intercept": intercept, "sum": error_of(points, slope, intercept)}
    told = table["told"].format(**{name: format_number(number) for name, number in numbers.items()})
    figure.description = f"{table['title']}\n{told}"
    return figure


def error_of(points: Sequence[Any], slope: float, intercept: float) -> float:
    """Return the sum of the squared errors of the line intercept + slope · x."""
    return float(sum((y - (intercept + slope * x)) ** 2 for x, y in points))


def checked_points(points: Any) -> list[list[float]]:
    """Return 2 to 12 points as lists [x, y]; TypeError or ValueError names one that lies outside the picture."""
    if not isinstance(points, list | tuple) or not 2 <= len(points) <= MOST_POINTS:
        raise ValueError(f"points must be 2 to {MOST_POINTS} pairs (x, y), not {shown(points)}")
    return [_checked(f"point {k}", point) for k, point in enumerate(points, 1)]


def _checked(where: str, point: Any) -> list[float]:
    if not isinstance(point, list | tuple) or len(point) != 2:
        raise TypeError(f"{where} must be (x, y), not {shown(point)}")
    pair = [finite_number(f"{name} of {where}", value) for name, value in zip("xy", point, strict=True)]
    for name, value in zip("xy", pair, strict=True):
        low, high = ENDS[name]
        if not low <= value <= high:
            raise ValueError(f"{name} of {where} must be from {low:g} to {high:g}, not {value:g}")
    return pair
