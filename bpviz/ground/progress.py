"""Progress: a bar for a task that lasts longer than about a second, and nothing for the others."""

from time import monotonic
from typing import Any

PATIENCE = 1.0
"""Seconds that pass without a bar."""


class Progress:
    """How much of a task is done, out of `total` units; the bar goes when the task ends, whichever way it ends.

    `wanted`: False for a task that shows nothing, however long it lasts.
    """

    def __init__(self, total: int, unit: str, wanted: bool = True) -> None:
        self._total, self._unit, self._wanted = total, unit, wanted
        self._begun = monotonic()
        self._bar: Any = None

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *failure: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def reach(self, done: int) -> None:
        """Show that so many units are done, once the task has lasted long enough."""
        if self._bar is None:
            if not self._wanted or monotonic() - self._begun < PATIENCE:
                return
            from tqdm.auto import tqdm  # loaded only where somebody waits

            self._bar = tqdm(total=self._total, initial=done, unit=f" {self._unit}", leave=False)
        self._bar.update(done - self._bar.n)
