"""A network in matrix form to look at and to touch: shapes that must fit, cells that are known formulas, times."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from bpviz.example.example import Example
from bpviz.ground.checked import checked_count, finite_number, shown
from bpviz.ground.numbers import format_number
from bpviz.ground.words import DEFAULT, words

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from bpviz.views.player.board import Board

MOST = 6
"""Rows and columns that a rectangle can have."""


def shapes(neurons: int = 3, inputs: int = 2, batch: int = 1, lang: str = DEFAULT) -> Board:
    """Return a board of a layer W·a + b as rectangles whose sizes (1 to 6) can be dragged; what does not fit says so.

    TypeError or ValueError for other sizes.
    """
    from bpviz.views.player.board import Board

    for name, size in (("neurons", neurons), ("inputs", inputs), ("batch", batch)):
        checked_count(name, size, MOST, least=1)
    state = {"sizes": {"W": [neurons, inputs], "a": [inputs, batch], "b": neurons}}
    return Board(_content("shapes", lang, most=MOST), state, lambda now: _draw_shapes(now["sizes"], lang))


def cells(example: Example, start: str = "z1", lang: str = DEFAULT) -> Board:
    """Return a board of every matrix of both passes, where pointing at a cell shows its formula and its path.

    `example`: a network of layers without skips, as `bpviz.network` makes them, of up to 8 neurons a layer. `start`:
    the matrix shown first, such as "z1" or "dW2". TypeError or ValueError for another.
    """
    from bpviz.views.player.board import Board
    from bpviz.views.score.matrix_cells import matrix_cells

    if not isinstance(example, Example):
        raise TypeError(f"cells takes a network, as bpviz.network(...) makes them, not {shown(example)}")
    told = matrix_cells(example)
    title = words(lang)["boards.cells.title"].format(title=example.title(lang))
    content = _content("cells", lang, **told) | {"title": title}
    names = [f"{formula['key']}{formula['layer']}" for formula in told["formulas"]]
    if start not in names:
        raise ValueError(f"start must be one of {', '.join(names)}, not {shown(start)}")
    state = {"formula": names.index(start), "row": 0, "column": 0}
    return Board(content, state, lambda now: _draw_cells(content, now))


def times(seconds: Mapping[str, float], lang: str = DEFAULT) -> Figure:
    """Return a figure of durations (label → seconds) beside the shortest of them, as long as they are, row below row.

    TypeError or ValueError for what is no such mapping, a time that is not above 0, or one 250,000 times another.
    """
    from bpviz.views.figure.digits import draw_times

    if not isinstance(seconds, Mapping) or not seconds:
        raise TypeError(f"seconds must be a mapping from a label to seconds, not {shown(seconds)}")
    taken = {str(label): finite_number(f"{label!r}", value) for label, value in seconds.items()}
    shortest = min(taken.values())
    if shortest <= 0.0 or max(taken.values()) > 250_000 * shortest:
        raise ValueError("every time must be above 0, and at most 250,000 times the shortest")
    table = words(lang)
    counts = {label: round(value / shortest) for label, value in sorted(taken.items(), key=lambda pair: pair[1])}
    told = []
    for label, count in counts.items():
        time = table["boards.times.seconds"].format(number=format_number(taken[label]))
        key = "shortest" if count == 1 else "ratio"
        told.append(table[f"boards.times.{key}"].format(label=label, count=f"{count:,}", time=time))
    return draw_times(counts, table["boards.times.title"], told)


def _content(kind: str, lang: str, **more: Any) -> dict[str, Any]:
    table = words(lang)
    section = table.section(f"boards.{kind}")
    about = {"kind": kind, "lang": lang, "title": section["title"], "needs_script": table["boards.needs_script"]}
    return about | {"words": section} | more


def _draw_shapes(sizes: Mapping[str, Any], lang: str) -> Any:
    from bpviz.views.figure.boards import draw_shapes

    table = words(lang).section("boards.shapes")
    (rows, columns), (inputs, batch), biases = sizes["W"], sizes["a"], sizes["b"]
    numbers = {"rows": rows, "columns": columns, "inputs": inputs, "batch": batch, "biases": biases}
    wrong = [*(["misfit_inputs"] * (columns != inputs)), *(["misfit_biases"] * (rows != biases))]
    keys = wrong or ["fits", "fits_batch" if batch > 1 else "fits_one"]
    told = " ".join(table[key].format(**numbers) for key in keys)
    boxes = {"W": (rows, columns), "a": (inputs, batch), "b": (biases, 1), "z": (rows, batch)}
    return draw_shapes(boxes, not wrong, table["title"], told)


def _draw_cells(content: Mapping[str, Any], state: Mapping[str, int]) -> Any:
    from bpviz.views.figure.boards import draw_cells

    formula = content["formulas"][state["formula"]]
    cell = formula["cells"][state["row"]][state["column"]]
    told = [content["words"][f"told_{formula['told']}"], *cell["told"]]
    return draw_cells(formula, content["values"], content["title"], told)
