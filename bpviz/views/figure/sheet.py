"""The sheet that a beat is drawn on: measured in the scene's own units, y downwards."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Any, Literal

import matplotlib
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.patches import FancyBboxPatch, Rectangle
from matplotlib.text import Text
from matplotlib.transforms import Bbox, BboxBase, BboxTransform

from bpviz.ground.palette import LIGHT_AND_DARK
from bpviz.telling.scene import Point
from bpviz.views.figure.few_colors import small_png
from bpviz.views.figure.text import Line, Span, face, width

COLORS = {name: light for name, (light, _) in LIGHT_AND_DARK.items()} | {"none": "none"}
DPI = 100
POINTS = 72 / DPI
"""Points per model unit: one unit is one pixel at the figure's own resolution."""

LAYERS = ("edges", "edges lit", "nodes", "labels", "leaders", "chips")
Align = Literal["left", "center", "right"]
_BEFORE = {"left": 0.0, "center": 0.5, "right": 1.0}

LETTERS: Any = {"text.hinting": "none"}
"""Letters are drawn as wide as they were measured, at any resolution."""

_PLAIN: Any = {name: value for name, value in matplotlib.rcParamsDefault.items() if not name.startswith("backend")}


def plain_style(**changes: Any) -> AbstractContextManager[None]:
    """Return a context in which matplotlib has its own style and these `changes`, for the reader's must not be seen.

    `matplotlib.style` would do that too, but reads two dozen files before.
    """
    style: dict[Any, Any] = {**_PLAIN, **changes}
    return matplotlib.rc_context(style)


def rounded(
    center: Point, size: tuple[float, float], corner: float, fill: str, frame: str = "none", thickness: float = 0.0
) -> FancyBboxPatch:
    """Return a rectangle with round corners; lengths in model units, colours by name."""
    (x, y), (w, h) = center, size
    return FancyBboxPatch(
        (x - w / 2, y - h / 2),
        w,
        h,
        boxstyle=f"round,pad=0,rounding_size={corner}",
        facecolor=COLORS[fill],
        edgecolor=COLORS[frame],
        linewidth=thickness * POINTS,
    )


class _Page:
    """What a text asks of the figure on which it stands."""

    dpi = DPI

    def get_figure(self, root: bool = True) -> "_Page":
        return self


class Sheet:
    """Marks in layers, in model units, which become a figure or, quicker, a small file.

    `slim`: what part of its thickness an edge at rest has.
    """

    slim = 1.0

    def __init__(self, left: float, top: float, right: float, bottom: float) -> None:
        """Take the edges in model units."""
        self.left, self.right, self.middle = left, right, (left + right) / 2
        self.size = right - left, bottom - top
        self._room = Bbox([[left, bottom], [right, top]])
        self._marks: list[Artist] = []

    def small_png(self, colors: int) -> bytes:
        """Return what is on the sheet as the bytes of a PNG file, one pixel a unit, in so many colours at most."""
        size = int(self.size[0]), int(self.size[1])
        renderer: Any = RendererAgg(*size, DPI)  # type: ignore[no-untyped-call]
        page: Any = _Page()
        paper = Rectangle((0, 0), *size, facecolor=COLORS["paper"], edgecolor="none")
        with matplotlib.rc_context(LETTERS):
            for mark in [paper, *sorted(self.placed(Bbox([[0, 0], self.size])), key=Artist.get_zorder)]:
                mark.set_figure(page)
                mark.draw(renderer)
        return small_png(bytes(renderer.buffer_rgba()), size, colors)

    def placed(self, onto: BboxBase) -> Iterator[Artist]:
        """Yield the marks where they stand on a box of pixels, of one figure or picture."""
        units = BboxTransform(self._room, onto)
        for mark in self._marks:
            mark.set_transform(units)
            yield mark

    def put(self, mark: Artist, layer: str, label: str) -> None:
        """Add a mark; `label` says what it is."""
        mark.set_zorder(LAYERS.index(layer) + 1)
        mark.set_label(label)
        self._marks.append(mark)

    def write(self, line: Line, at: Point, color: str, layer: str = "chips", align: Align = "center") -> None:
        """Write a line of text with its baseline at a point.

        Its numbers are labelled "value NAME"; they keep the colour of ink where the words are coloured.
        """
        left, baseline = at[0] - _BEFORE[align] * width(line), at[1]
        for span in line:
            if not span.blank:
                self._write_span(span, (left + span.lead, baseline + span.shift), color, layer)
            left += span.width

    def _write_span(self, span: Span, at: Point, color: str, layer: str) -> None:
        shade = "ink" if span.name and color != "muted" else color
        font = face(span.text, span.bold, span.italic, span.mono)
        font.set_size(span.size * POINTS)
        text = Text(*at, span.text, color=COLORS[shade], fontproperties=font)
        # a dollar sign is a dollar sign
        text.set_parse_math(False)
        self.put(text, layer, f"value {span.name}" if span.name else "text")
