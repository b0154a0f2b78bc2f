"""Digits of 8 × 8 pixels: written by the package itself or by people, drawn by hand, and answered by a network."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from bpviz.ground.checked import checked_count, finite, shown
from bpviz.ground.seeded import MOST_SEED
from bpviz.ground.words import DEFAULT, words
from bpviz.matrices import digits as ink
from bpviz.matrices.digits import PEN, SIDE, SPAN, Line
from bpviz.mlp.mlp import MLP

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from bpviz.views.player.board import Board

CLASSES = 10
PIXELS = SIDE * SIDE
MOST_DIGITS = 100_000
MOST_SHOWN = 100


def written(count: int = 2000, seed: int = 0) -> tuple[Any, Any]:
    """Return `count` digits as pictures X (count, 64), from paper 0 to ink 1, and as numbers y (count,).

    They are written by a program, each a little differently; all digits come equally often, in an order drawn by
    `seed`. TypeError or ValueError for a count or a seed that cannot be.
    """
    return ink.written(checked_count("count", count, MOST_DIGITS, least=1), checked_count("the seed", seed, MOST_SEED))


def image(lines: Sequence[Line]) -> Any:
    """Return the picture (64,) of drawn lines, each a list of points (x, y), y downwards, in any unit.

    What is drawn is moved and scaled into the middle, as the digits of `written` are. TypeError or ValueError for what
    is no such list.
    """
    try:
        checked = [finite(f"line {k}", line) for k, line in enumerate(lines)]
    except TypeError:
        raise TypeError(f"lines must be lists of points (x, y), not {shown(lines)}") from None
    if any(np.ndim(line) != 2 or np.shape(line)[1] != 2 for line in checked):
        raise ValueError("every line must be a list of points (x, y)")
    return ink.image(checked) if checked else np.zeros(PIXELS)


def pad(net: MLP, lines: Sequence[Line] = (), lang: str = DEFAULT) -> Board:
    """Return a pad to draw a digit on, where `net` answers in the browser, with the weights that it has now.

    `net` takes 64 inputs and ends in softmax of 10; `lines`: what is drawn at first. `pad.state["lines"]` holds what
    a person has drawn, for `image`. TypeError or ValueError for another network or for no such lines.
    """
    from bpviz.views.player.board import Board

    if not isinstance(net, MLP):
        raise TypeError(f"pad takes a network, as bpviz.MLP(...) makes them, not {shown(net)}")
    if (net.sizes[0], net.sizes[-1], net.output) != (PIXELS, CLASSES, "softmax"):
        raise ValueError(f"the network must have {PIXELS} inputs and end in softmax of {CLASSES}, not {net}")
    image(lines)
    table = words(lang)
    section = table.section("boards.digits")
    learnt = {
        "weights": [W.astype(np.float64).tolist() for W in net.weights],
        "biases": [b.astype(np.float64).tolist() for b in net.biases],
        "hidden": net.hidden,
    }
    about = {"kind": "digits", "lang": lang, "title": section["title"], "needs_script": table["boards.needs_script"]}
    content = about | {"words": section, "side": SIDE, "span": SPAN, "pen": PEN} | learnt
    drawn = [[[float(x), float(y)] for x, y in line] for line in lines]
    return Board(content, {"lines": drawn, "wanted": None}, lambda now: _draw_pad(net, now["lines"], section))


def show(X: Any, labels: Sequence[Any], slopes: Any = None, lang: str = DEFAULT) -> Figure:
    """Return a figure of up to 100 pictures X (count, 64), each below its label.

    `slopes` (count, 64): discs show the slope of a loss at every pixel: + where more ink makes it smaller, − where less
    does. TypeError or ValueError for other shapes.
    """
    from bpviz.views.figure.digits import draw_sample

    pictures = _pictures("X", X, None)
    marks = None if slopes is None else _pictures("slopes", slopes, len(pictures))
    if len(labels) != len(pictures):
        raise ValueError(f"labels must be {len(pictures)}, one for each picture, not {len(labels)}")
    table = words(lang)
    title = table["boards.sample.title"].format(count=len(pictures), side=SIDE)
    named = [str(label) for label in labels]
    told = [title, ", ".join(named), *([] if marks is None else [table["boards.sample.slopes"]])]
    return draw_sample(pictures, named, marks, title, "\n".join(told))


def _pictures(what: str, X: Any, count: int | None) -> Any:
    array = np.asarray(finite(what, X))
    if (
        array.ndim != 2
        or array.shape[1] != PIXELS
        or not 1 <= len(array) <= MOST_SHOWN
        or count not in (None, len(array))
    ):
        wanted = f"({count or f'1 to {MOST_SHOWN}'}, {PIXELS})"
        raise ValueError(f"{what} must have shape {wanted}, not {array.shape}")
    return array


def _draw_pad(net: MLP, lines: Sequence[Line], table: dict[str, str]) -> Any:
    from bpviz.views.figure.digits import draw_pad

    seen = image(lines)
    if not lines:
        return draw_pad(seen, None, table["title"], table["nothing"])
    shares = net.predict(seen[None])[0]
    best = int(shares.argmax())
    told = table["told"].format(side=SIDE, digit=best, share=f"{shares[best]:.1%}")
    return draw_pad(seen, shares, table["title"], told)
