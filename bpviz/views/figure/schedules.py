"""Schedules of the learning rate side by side: the rates over the rounds, and the loss that training by them leaves."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg

from bpviz.calculation.quantities import Kind
from bpviz.example.example import Example
from bpviz.ground.checked import finite_number, shown
from bpviz.ground.numbers import format_number
from bpviz.ground.words import Words, words
from bpviz.views.figure.axes import STYLES, plain_axes
from bpviz.views.figure.sheet import COLORS, DPI, plain_style
from bpviz.views.figure.still import Still

SIZE = (9.2, 3.6)


def draw_schedules(example: Example, schedules: Mapping[str, Any], lang: str, givens: Mapping[str, float]) -> Still:
    """Return a figure of the learning rate of every schedule and of the loss after each round, side by side.

    `schedules` maps a label to a list of learning rates, one for every round. Raises TypeError for what is neither a
    mapping nor such a list, ValueError for none or more than four of them, for rates that are not above 0, for a
    learning rate among `givens`, and what `example.train` raises.
    """
    if not isinstance(schedules, Mapping):
        raise TypeError(f"schedules must be a mapping from a label to learning rates, not {shown(schedules)}")
    if not 1 <= len(schedules) <= len(STYLES):
        raise ValueError(f"a figure shows one to {len(STYLES)} schedules, not {len(schedules)}")
    eta = next(g.name for g in example.program.givens if g.quantity.kind is Kind.LEARNING_RATE)
    if eta in givens:
        raise ValueError(f"the schedules set {eta!r}: it cannot be given here")
    rates = {label: _checked(label, values) for label, values in schedules.items()}
    losses = {label: example.train(len(r), **givens, **{eta: r}).losses for label, r in rates.items()}
    table = words(lang)
    with plain_style():
        figure = Still(figsize=SIZE, dpi=DPI, facecolor=COLORS["paper"], layout="constrained")
        FigureCanvasAgg(figure)
        left, right = figure.subplots(1, 2)
        _curves(left, rates, table, table["schedules.rate"].format(eta=example.notation[eta].plain))
        loss = example.notation[example.program.loss].plain
        _curves(right, losses, table, table["schedules.loss"].format(loss=loss))
        legend = right.legend(handles=right.lines, labels=list(rates), frameon=False, labelcolor=COLORS["ink"])
        for text in legend.get_texts():
            text.set_parse_math(False)  # a dollar sign is a dollar sign
    title = table["schedules.title"].format(title=example.title(lang))
    figure.set_label(title)
    figure.description = "\n".join([title, *(_described(table, k, rates[k], losses[k]) for k in rates)])
    return figure


def _described(table: Words, label: str, rates: np.ndarray, losses: np.ndarray) -> str:
    first, last, loss = map(format_number, (rates[0], rates[-1], losses[-1]))
    return table["schedules.described"].format(label=label, first=first, last=last, loss=loss, rounds=f"{len(rates):,}")


def _checked(label: Any, values: Any) -> np.ndarray:
    if not isinstance(label, str):
        raise TypeError(f"the label of a schedule must be a text, not {shown(label)}")
    if not isinstance(values, list | tuple) and not (isinstance(values, np.ndarray) and values.ndim == 1):
        raise TypeError(f"the schedule {label!r} must be a list of learning rates, not {shown(values)}")
    if not len(values):
        raise ValueError(f"the schedule {label!r} has no rates")
    rates = [finite_number(f"rate {k} of the schedule {label!r}", rate) for k, rate in enumerate(values, 1)]
    if min(rates) <= 0.0:
        raise ValueError(f"the rates of the schedule {label!r} must be above 0, to be drawn on a logarithmic axis")
    return np.array(rates)


def _curves(axes: Axes, curves: Mapping[str, np.ndarray], table: Words, title: str) -> None:
    for (label, values), (color, dashes) in zip(curves.items(), STYLES, strict=False):
        axes.plot(np.arange(len(values)), values, dashes, color=COLORS[color], label=label, linewidth=1.8)
    plain_axes(axes, title, table["schedules.rounds"])
