"""A still: a figure of matplotlib that shows itself in a notebook, in a style of its own, its files undated."""

import io
import re
from os import PathLike, fspath
from typing import IO, Any

import matplotlib
from matplotlib import cbook
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from bpviz.views.figure.sheet import COLORS, DPI, LETTERS, Sheet

_DATE_LINE = re.compile(rb"^%%CreationDate: .*\n", re.MULTILINE)
_UNDATED = {"pdf": {"CreationDate": None}, "svg": {"Date": None}, "png": {"Software": None}}


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
        with matplotlib.rc_context(LETTERS):
            super().draw(renderer)

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        return {"image/png": self.to_png()}, {"image/png": {"alt": self.description or self.get_label()}}

    def to_png(self, dpi: float = DPI) -> bytes:
        """Return the figure as the bytes of a PNG file."""
        file = io.BytesIO()
        self.savefig(file, format="png", dpi=dpi)
        return file.getvalue()


def still_of(sheet: Sheet) -> Still:
    """Return what is on a sheet as a figure; a sheet becomes a figure once."""
    wide, high = sheet.size
    still = Still(figsize=(wide / DPI, high / DPI), dpi=DPI, facecolor=COLORS["paper"])
    FigureCanvasAgg(still)
    for mark in sheet.placed(still.bbox):
        still.add_artist(mark)
    return still
