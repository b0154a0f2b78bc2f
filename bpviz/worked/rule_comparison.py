"""Two rules side by side, as a table and a figure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bpviz.example.rule_comparison import ComparedRules

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True, repr=False, eq=False)
class RuleComparison(ComparedRules):
    """Two rules compared that a person can see: in a notebook the table, and the figure under it."""

    def draw(self) -> Figure:
        """Return a matplotlib figure: the changes of every weight side by side, and both curves of the loss."""
        from bpviz.views.figure.comparison import draw_comparison

        return draw_comparison(self)

    def _ipython_display_(self) -> None:
        from IPython.display import display

        bundle: dict[str, Any] = {"text/plain": repr(self), "text/markdown": self._repr_markdown_()}
        display(bundle, raw=True)  # type: ignore[no-untyped-call]
        display(self.draw())  # type: ignore[no-untyped-call]
