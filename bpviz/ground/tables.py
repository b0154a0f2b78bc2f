"""Small tables as text and as Markdown, for results that a notebook or a terminal shows."""

from collections.abc import Sequence
from html import escape

Row = Sequence[str]


class Table:
    """Mixin: `header()` and `rows_as_text()` give the cells; the result prints as text and is a table in a notebook."""

    def header(self) -> Row:
        """Return the column headings."""
        raise NotImplementedError

    def rows_as_text(self) -> Sequence[Row]:
        """Return the cells, row by row."""
        raise NotImplementedError

    def summary(self) -> str:
        """Return a sentence below the table, or ""."""
        return ""

    def __repr__(self) -> str:
        rows = [self.header(), *self.rows_as_text()]
        widths = [max(len(row[k]) for row in rows) for k in range(len(rows[0]))]
        lines = ["  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)).rstrip() for row in rows]
        return "\n".join(lines + ([self.summary()] if self.summary() else []))

    def _repr_markdown_(self) -> str:
        head, *body = [[_markdown(cell) for cell in row] for row in (self.header(), *self.rows_as_text())]
        lines = [f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *body)]
        return "\n".join(lines + (["", _markdown(self.summary())] if self.summary() else []))


def _markdown(cell: str) -> str:
    """A cell's text as Markdown that shows it letter by letter: no tags, no column borders, one line."""
    return " ".join(escape(cell, quote=False).replace("|", "\\|").split())
