"""The sheet that a beat is drawn on: measured in the scene's own units, y downwards."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from operator import itemgetter
from typing import Any, Literal, NamedTuple

import matplotlib
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.font_manager import FontProperties
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
    """What a mark asks of the figure on which it stands."""

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
        self._marks: list[tuple[Artist | _Word, int, str]] = []

    def small_png(self, colors: int) -> bytes:
        """Return what is on the sheet as the bytes of a PNG file, one pixel a unit, in so many colours at most."""
        size = int(self.size[0]), int(self.size[1])
        renderer: Any = RendererAgg(*size, DPI)  # type: ignore[no-untyped-call]
        page: Any = _Page()
        units = self._units(Bbox([[0, 0], self.size]))
        paper = Rectangle((0, 0), *self.size, facecolor=COLORS["paper"], edgecolor="none")
        with matplotlib.rc_context(LETTERS):
            paper.set_figure(page)
            paper.draw(renderer)
            for mark, *_ in sorted(self._marks, key=itemgetter(1)):
                if isinstance(mark, _Word):
                    mark.draw(renderer, units)
                else:
                    mark.set_transform(units)
                    mark.set_figure(page)
                    mark.draw(renderer)
        return small_png(bytes(renderer.buffer_rgba()), size, colors)

    def placed(self, onto: BboxBase) -> Iterator[Artist]:
        """Yield the marks where they stand on a figure's box of pixels."""
        for mark, layer, label in self._marks:
            artist = mark.artist() if isinstance(mark, _Word) else mark
            artist.set_transform(self._units(onto))
            artist.set_zorder(layer)
            artist.set_label(label)
            yield artist

    def _units(self, onto: BboxBase) -> BboxTransform:
        return BboxTransform(self._room, onto)

    def put(self, mark: "Artist | _Word", layer: str, label: str) -> None:
        """Add a mark; `label` says what it is."""
        self._marks.append((mark, LAYERS.index(layer) + 1, label))

    def write(self, line: Line, at: Point, color: str, layer: str = "chips", align: Align = "center") -> None:
        """Write a line of text with its baseline at a point.

        Its numbers are labelled "value NAME"; they keep the colour of ink where the words are coloured.
        """
        left, baseline = at[0] - _BEFORE[align] * width(line), at[1]
        for span in line:
            if not span.blank:
                shade = "ink" if span.name and color != "muted" else color
                word = _Word(span, (left + span.lead, baseline + span.shift), COLORS[shade])
                self.put(word, layer, f"value {span.name}" if span.name else "text")
            left += span.width


class _Word(NamedTuple):
    """A span from the left end of its baseline, and its colour."""

    span: Span
    at: Point
    color: str

    def artist(self) -> Text:
        """Return it as a part of a figure; a dollar sign is a dollar sign."""
        return Text(*self.at, self.span.text, color=self.color, fontproperties=self._font(), parse_math=False)

    def draw(self, renderer: RendererAgg, units: BboxTransform) -> None:
        """Draw the same; matplotlib's own text would first be measured and laid out again."""
        x, y = units.transform(self.at)
        ink = renderer.new_gc()
        ink.set_foreground(self.color)
        renderer.draw_text(ink, x, renderer.height - y, self.span.text, self._font(), 0)  # type: ignore[no-untyped-call]
        ink.restore()

    def _font(self) -> FontProperties:
        span = self.span
        return face(span.text, span.size * POINTS, span.bold, span.italic, span.mono)
