"""Curves to look at beside a worked example: activation functions, losses, and a gradient from layer to layer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from bpviz.ground.words import DEFAULT

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from bpviz.views.player.line_fit import LineFit
    from bpviz.views.player.moving import Moving


def activations(x: float = 1.0, lang: str = DEFAULT) -> Figure:
    """Return a matplotlib figure of five activation functions and their slopes, at `x` (scalar, −3 to 3).

    Raises TypeError or ValueError for another x.
    """
    from bpviz.views.figure import curves

    return curves.draw_activations(x, lang)


def losses(prediction: float = 0.5, lang: str = DEFAULT) -> Figure:
    """Return a figure of two losses at a `prediction` (scalar, 0.01 to 0.99) whose target is 1, with their slopes.

    A third pane shows how each loss follows the net input of a sigmoid that makes the prediction. Raises TypeError or
    ValueError for another prediction.
    """
    from bpviz.views.figure import curves

    return curves.draw_losses(prediction, lang)


def depth(gradients: Mapping[str, Sequence[float]], lang: str = DEFAULT) -> Figure:
    """Return a figure of the size of a gradient at every layer: label → gradients at layer 1, 2, ..., up to four.

    Raises TypeError or ValueError for what is no such mapping, and for a gradient that is 0 or not finite.
    """
    from bpviz.views.figure import curves

    return curves.draw_depth(gradients, lang)


def fit(
    points: Sequence[tuple[float, float]] = ((0.5, 1.0), (1.5, 2.2), (2.5, 2.4), (3.5, 3.6), (4.5, 3.8)),
    slope: float = 0.0,
    intercept: float = 1.0,
    lang: str = DEFAULT,
) -> LineFit:
    """Return a cloud of points and a line, all to be dragged; the squares of the errors are drawn as squares.

    `points`: 2 to 12 of (x, y), each 0 to 5; `slope` is −2 to 2, `intercept` −2 to 5. Both are attributes, as is
    `error`, the sum of the squares. Raises TypeError or ValueError for what cannot be.
    """
    from bpviz.views.player.line_fit import LineFit

    return LineFit(points, slope, intercept, lang)


def move(figure: Callable[..., Any], **moved: tuple[float, float, float]) -> Moving:
    """Return a figure of these with a slider: `move(activations, x=(-3, 3, 1))` goes from −3 to 3 and begins at 1.

    Raises TypeError or ValueError for more than one number to move, and for ends and a start that cannot be.
    """
    from bpviz.views.player.moving import Moving

    if len(moved) != 1:
        raise TypeError(f"move takes one number to move, as x=(-3, 3, 1), not {len(moved)}")
    ((name, span),) = moved.items()
    return Moving(lambda value: figure(**{name: value}), name, span)
