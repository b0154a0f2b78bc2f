"""The sheet a still is drawn on: a figure measured in the scene's own units, y downwards."""

import io
import re
from contextlib import AbstractContextManager
from os import PathLike, fspath
from typing import IO, Any, Literal

import matplotlib
from matplotlib import cbook
from matplotlib.artist import Artist
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch
from matplotlib.text import Text
from matplotlib.transforms import Bbox, BboxTransform

from bpviz.ground.palette import LIGHT_AND_DARK
from bpviz.telling.scene import Point
from bpviz.views.figure.few_colors import small_png
from bpviz.views.figure.text import Line, Span, face, width

COLORS = {name: light for name, (light, _) in LIGHT_AND_DARK.items()} | {"none": "none"}
DPI = 100
POINTS = 72 / DPI
"""Points per model unit: one unit is one pixel at the figure's own resolution."""

LAYERS = ("edges", "edges lit", "nodes", "labels", "chips")
Align = Literal["left", "center", "right"]
_BEFORE = {"left": 0.0, "center": 0.5, "right": 1.0}

_DATE_LINE = re.compile(rb"^%%CreationDate: .*\n", re.MULTILINE)
_UNDATED = {"pdf": {"CreationDate": None}, "svg": {"Date": None}, "png": {"Software": None}}


_PLAIN: Any = {name: value for name, value in matplotlib.rcParamsDefault.items() if not name.startswith("backend")}


def plain_style(**changes: Any) -> AbstractContextManager[None]:
    """Return a context in which matplotlib has its own style and these `changes`, for the reader's must not be seen.

    `matplotlib.style` would do that too, but reads two dozen files before.
    """
    style: dict[Any, Any] = {**_PLAIN, **changes}
    return matplotlib.rc_context(style)


class Still(Figure):
    """A figure that shows itself in a notebook though pyplot does not know it, and whose files carry no date.

    `description` is what it shows in words: a notebook keeps it as the picture's alternative text.
    """

    description = ""

    def __repr__(self) -> str:
        return f"<figure: {self.get_label()}>"

    def savefig(self, fname: str | PathLike[str] | IO[Any], **options: Any) -> None:
        """Write the figure as matplotlib's `Figure.savefig` does; the same figure gives the same file."""
        by_name = "" if hasattr(fname, "write") else fspath(fname).rpartition(".")[2]
        kind = (options.get("format") or by_name).lower()
        options.setdefault("metadata", _UNDATED.get(kind))
        # TrueType: some publishers refuse Type 3
        with matplotlib.rc_context(
            {"pdf.fonttype": 42, "pdf.use14corefonts": False, "ps.fonttype": 42, "ps.useafm": False}
        ):
            if kind not in ("ps", "eps"):
                super().savefig(fname, **options)
                return
            file = io.BytesIO()
            super().savefig(file, **options | {"format": kind})
        with cbook.open_file_cm(fname, "wb") as out:
            out.write(_DATE_LINE.sub(b"", file.getvalue()))

    def draw(self, renderer: RendererBase) -> None:
        """Draw the figure with letters as wide as they were measured, at any resolution."""
        with matplotlib.rc_context({"text.hinting": "none"}):
            super().draw(renderer)

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        return {"image/png": self.to_png()}, {"image/png": {"alt": self.description or self.get_label()}}

    def to_png(self, dpi: float = DPI, colors: int | None = None) -> bytes:
        """Return the figure as the bytes of a PNG file; `colors`: keep so many at most, for a small file."""
        file = io.BytesIO()
        if colors is None:
            self.savefig(file, format="png", dpi=dpi)
            return file.getvalue()
        self.savefig(file, format="rgba", dpi=dpi)
        width, height = (int(length * dpi) for length in self.get_size_inches())
        return small_png(file.getvalue(), (width, height), colors)


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


class Sheet:
    """A blank still; marks are put on it layer by layer. `slim`: what part of its thickness an edge at rest has."""

    slim = 1.0

    def __init__(self, left: float, top: float, right: float, bottom: float) -> None:
        """Take the edges in model units."""
        self.left, self.right, self.middle = left, right, (left + right) / 2
        size = ((right - left) / DPI, (bottom - top) / DPI)
        self.figure = Still(figsize=size, dpi=DPI, facecolor=COLORS["paper"])
        FigureCanvasAgg(self.figure)
        self._units = BboxTransform(Bbox([[left, bottom], [right, top]]), self.figure.bbox)

    def put(self, artist: Artist, layer: str, label: str) -> None:
        """Add an artist; `label` says what it is."""
        artist.set_zorder(LAYERS.index(layer) + 1)
        artist.set_label(label)
        artist.set_transform(self._units)
        self.figure.add_artist(artist)

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
