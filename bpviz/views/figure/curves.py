"""Activation functions and losses as curves with one moving point, and how a gradient changes from layer to layer."""

from collections.abc import Mapping, Sequence
from typing import Any

import matplotlib.style
import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg

from bpviz.algebra.expr import Apply, Expr, Ref, apply
from bpviz.algebra.tape import flatten
from bpviz.algebra.traversal import partial
from bpviz.ground.checked import finite, finite_number, shown
from bpviz.ground.numbers import format_number
from bpviz.ground.words import Words, words
from bpviz.views.figure.sheet import COLORS, DPI
from bpviz.views.figure.still import Still

ACTIVATIONS = ("sigmoid", "tanh", "relu", "leaky_relu", "softplus")
FARTHEST = 3.0
"""The curves of activation functions go from minus this to this."""

PLACES = np.linspace(-FARTHEST, FARTHEST, 241)

X = Ref("x")
LOSSES: Mapping[str, Expr] = {"squared": (1.0 - X) * (1.0 - X) * 0.5, "cross_entropy": -apply("log", X)}
"""The losses of a prediction x whose target is 1."""

STYLES = (("forward", "-", "o"), ("negative", "--", "s"), ("update", "-.", "^"), ("backward", ":", "D"))
"""Colour, dashes and marks of one curve after the other: no two differ by colour alone."""


def draw_activations(x: float, lang: str) -> Still:
    """Return every activation function with its slope, at `x` (scalar, −3 to 3); TypeError, ValueError for another."""
    at, table = _within("x", x, -FARTHEST, FARTHEST), words(lang)
    figure, panes = _figure((11.0, 2.4), len(ACTIVATIONS), table["curves.activations"].format(x=format_number(at)))
    told = []
    for axes, name in zip(panes, ACTIVATIONS, strict=True):
        value, slope = _drawn(axes, Apply(name, (X,)), at, PLACES)
        axes.plot(PLACES, _at(Apply(name, (X,)), PLACES)[1], "--", color=COLORS["backward"], linewidth=1.3)
        axes.plot(at, slope, "D", color=COLORS["backward"], markersize=5, label="slope")
        told.append(_titled(axes, table, name, value, slope))
        axes.set(xlim=(-FARTHEST - 0.2, FARTHEST + 0.2), ylim=(-1.3, 3.3), aspect="equal")
        axes.axhline(0, color=COLORS["edge"], linewidth=0.6, zorder=0)
    return _described(figure, told)


def draw_losses(prediction: float, lang: str) -> Still:
    """Return two losses of a sigmoid's `prediction` (scalar, 0.01 to 0.99; target 1), also by its net input.

    TypeError or ValueError for another prediction.
    """
    at, table = _within("prediction", prediction, 0.01, 0.99), words(lang)
    label = table["curves.losses"].format(prediction=format_number(at))
    figure, (*panes, last) = _figure((11.0, 3.3), 3, label)
    told = []
    for axes, (name, loss) in zip(panes, LOSSES.items(), strict=True):
        told.append(_titled(axes, table, name, *_drawn(axes, loss, at, np.linspace(0.01, 0.99, 197))))
        axes.set(xlim=(0, 1), ylim=(-1.2, 4.8), xlabel=table["curves.prediction"])
    for (name, loss), (color, dashes, mark) in zip(LOSSES.items(), STYLES, strict=False):
        places = np.linspace(0.01, 0.99, 197)
        by_net = [_at(loss, p)[1] * p * (1.0 - p) for p in (places, at)]
        last.plot(places, by_net[0], dashes, color=COLORS[color], label=table[f"curves.{name}"])
        last.plot(at, by_net[1], mark, color=COLORS[color])
        told.append(table["curves.by_net_at"].format(name=table[f"curves.{name}"], slope=format_number(by_net[1])))
    last.set(xlim=(0, 1), ylim=(-1.1, 0.1), xlabel=table["curves.prediction"])
    last.set_title(table["curves.by_net"] + "\n", fontsize=10, color=COLORS["ink"])
    last.legend(frameon=False, fontsize=9)
    return _described(figure, told)


def draw_depth(gradients: Mapping[str, Sequence[float]], lang: str) -> Still:
    """Return the size of a gradient at every layer, for up to four networks: label → gradient at layer 1, 2, ...

    Raises TypeError or ValueError for what is no such mapping, and for a gradient that is 0 or not finite.
    """
    table, checked = words(lang), _checked(gradients)
    figure, (axes,) = _figure((8.0, 3.4), 1, table["curves.depth"])
    told = []
    for (label, sizes), (color, dashes, mark) in zip(checked.items(), STYLES, strict=False):
        layers = range(1, len(sizes) + 1)
        axes.plot(layers, sizes, dashes, marker=mark, color=COLORS[color], linewidth=1.6, label=label)
        first, last = format_number(sizes[0]), format_number(sizes[-1])
        told.append(table["curves.depth_at"].format(label=label, first=first, last=last))
    axes.set(yscale="log", xlabel=table["curves.layer"], ylabel=table["curves.size"])
    axes.set_xticks(range(1, max(map(len, checked.values())) + 1))
    for text in axes.legend(frameon=False, fontsize=9).get_texts():
        text.set_parse_math(False)  # a dollar sign is a dollar sign
    return _described(figure, told)


def _within(what: str, value: float, low: float, high: float) -> float:
    number = finite_number(what, value)
    if not low <= number <= high:
        raise ValueError(f"{what} must be from {low:g} to {high:g}, not {number:g}")
    return number


def _checked(gradients: Any) -> dict[str, np.ndarray]:
    if not isinstance(gradients, Mapping):
        raise TypeError(f"gradients must be a mapping from a label to a list of numbers, not {shown(gradients)}")
    if not 1 <= len(gradients) <= len(STYLES):
        raise ValueError(f"a figure shows one to {len(STYLES)} networks, not {len(gradients)}")
    sizes = {str(label): np.abs(np.atleast_1d(finite(f"{label!r}", g))) for label, g in gradients.items()}
    for label, found in sizes.items():
        if found.ndim != 1 or not found.all():
            raise ValueError(f"{label!r} must be a list of gradients other than 0, for a logarithmic axis")
    return sizes


def _at(expr: Expr, x: Any) -> tuple[Any, Any]:
    """Return value and slope of an expression over x."""
    tape = flatten(["x"], [("value", expr), ("slope", partial(expr, "x", Ref("value")))])
    registers = tape.run([np.asarray(x, dtype=np.float64)])
    value, slope = (np.broadcast_to(registers[tape.names[name]], np.shape(x)) for name in ("value", "slope"))
    return value, slope


def _figure(size: tuple[float, float], panes: int, label: str) -> tuple[Still, list[Axes]]:
    with matplotlib.style.context("default"):
        figure = Still(figsize=size, dpi=DPI, facecolor=COLORS["paper"], layout="constrained")
        FigureCanvasAgg(figure)
        figure.set_label(label)
        axes = list(np.atleast_1d(figure.subplots(1, panes)))
    for pane in axes:
        pane.grid(color=COLORS["line"], linewidth=0.6)
        pane.tick_params(colors=COLORS["muted"], labelsize=9)
        for side, spine in pane.spines.items():
            spine.set_visible(side in ("left", "bottom"))
            spine.set_color(COLORS["edge"])
    return figure, axes


def _drawn(axes: Axes, expr: Expr, at: float, places: np.ndarray) -> tuple[float, float]:
    """Draw a curve with a point and its tangent; return value and slope at the point."""
    value, slope = map(float, _at(expr, at))
    axes.plot(places, _at(expr, places)[0], color=COLORS["forward"], linewidth=1.8)
    half = (places[-1] - places[0]) / 8 / np.hypot(1.0, slope)
    ends = np.array([at - half, at + half])
    axes.plot(ends, value + slope * (ends - at), color=COLORS["ink"], linewidth=1.4, label="tangent")
    axes.plot(at, value, "o", color=COLORS["forward"], markersize=7, label="point")
    return value, slope


def _titled(axes: Axes, table: Words, name: str, value: float, slope: float) -> str:
    """Write name, value and slope above a pane; return them as a sentence."""
    params = {"name": table[f"curves.{name}"], "value": format_number(value), "slope": format_number(slope)}
    axes.set_title(table["curves.title"].format(**params), fontsize=10, color=COLORS["ink"])
    return table["curves.at"].format(**params)


def _described(figure: Still, told: Sequence[str]) -> Still:
    figure.description = "\n".join([str(figure.get_label()), *told])
    return figure
