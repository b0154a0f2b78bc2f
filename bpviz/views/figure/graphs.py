"""Graphs of a calculation side by side: circles in columns, the result at the right, as they are recorded."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg

from bpviz.ground.words import words
from bpviz.views.figure.sheet import COLORS, DPI, plain_style
from bpviz.views.figure.still import Still

Graph = Sequence[tuple[str, Sequence[int]]]
COLUMN, ROW, MARGIN = 1.05, 0.62, 0.5
"""Inches from one column or row to the next, and around them."""


def draw_graphs(graphs: Mapping[str, Graph], lang: str) -> Still:
    """Return a figure of graphs by their titles, one under the other; what a node reads stands left of it."""
    table = words(lang)
    places = {title: _places(graph) for title, graph in graphs.items()}
    columns = max(x for spots in places.values() for x, _ in spots) + 1
    heights = [max(y for _, y in spots) + 1 for spots in places.values()]
    size = (columns * COLUMN + MARGIN, sum(heights) * ROW + len(graphs) * MARGIN)
    with plain_style():
        figure = Still(figsize=size, dpi=DPI, facecolor=COLORS["paper"], layout="constrained")
        FigureCanvasAgg(figure)
        rooms = figure.subplots(len(graphs), 1, squeeze=False, height_ratios=heights)[:, 0]
        for axes, (title, graph), color in zip(rooms, graphs.items(), ("forward", "backward"), strict=False):
            axes.set_title(title, color=COLORS["ink"], fontsize=11, loc="left")
            _draw(axes, graph, [(columns - 1 - x, y) for x, y in places[title]], color)
            axes.set(xlim=(-0.6, columns - 0.4), ylim=(max(y for _, y in places[title]) + 0.5, -0.5))
            axes.axis("off")
    figure.set_label(table["frameworks.graphs"])
    figure.description = "\n".join([table["frameworks.graphs"], *(_told(title, g) for title, g in graphs.items())])
    return figure


def _places(graph: Graph) -> list[tuple[int, float]]:
    """Columns, counted from the result, each as far away as its longest path; rows in the order of their readers."""
    column = [0] * len(graph)
    for _ in graph:
        for at, (_, reads) in enumerate(graph):
            for origin in reads:
                column[origin] = max(column[origin], column[at] + 1)
    row = dict.fromkeys(range(len(graph)), 0.0)
    for _, group in groupby(sorted(range(len(graph)), key=lambda at: column[at]), key=lambda at: column[at]):
        readers = {at: [row[k] for k, (_, reads) in enumerate(graph) if at in reads] for at in group}
        taken = -1.0
        for at in sorted(readers, key=lambda at: sum(readers[at]) / max(len(readers[at]), 1)):
            row[at] = taken = max(min(readers[at], default=0.0), taken + 1.0)
    return [(column[at], row[at]) for at in range(len(graph))]


def _draw(axes: Axes, graph: Graph, places: list[tuple[int, float]], color: str) -> None:
    for at, (name, reads) in enumerate(graph):
        for origin in reads:
            ends = zip(places[origin], places[at], strict=True)
            axes.plot(*ends, color=COLORS["edge"], linewidth=1.0, zorder=1)
        frame = {"boxstyle": "round,pad=0.35", "fc": COLORS[f"{color}-soft"], "ec": COLORS[color]}
        text = name.replace("Backward0", "\nBackward0").replace("Grad ", "Grad\n").replace("Accumulate", "Accumulate\n")
        shown = axes.text(*places[at], text, ha="center", va="center", fontsize=8, color=COLORS["ink"], bbox=frame)
        shown.set_parse_math(False)  # a dollar sign is a dollar sign


def _told(title: str, graph: Graph) -> str:
    return f"{title}: " + "; ".join(
        f"{name} ← {', '.join(graph[k][0] for k in reads)}" if reads else name for name, reads in graph
    )
