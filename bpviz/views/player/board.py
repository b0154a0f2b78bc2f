"""A board: a small thing to touch that is no worked example; as a widget, a page, or a still."""

import base64
import sys
from collections.abc import Callable
from os import PathLike
from typing import Any

import anywidget
import traitlets

from bpviz.ground import files
from bpviz.views.figure.still import Still
from bpviz.views.player import assets, page


class Board(anywidget.AnyWidget):
    """What `content` says, to be touched in the browser without a kernel; `state` is what a person has done to it."""

    _esm = assets.board_module()
    _css = assets.style(assets.BOARD_SHEETS)
    content = traitlets.Dict(read_only=True).tag(sync=True)
    state = traitlets.Dict().tag(sync=True)

    def __init__(
        self, content: dict[str, Any], state: dict[str, Any], draw: Callable[[dict[str, Any]], Still], **traits: Any
    ) -> None:
        """Take both as JSON, and what draws a still of a state."""
        self.set_trait("content", content)
        self._draw = draw
        super().__init__(state=state, **traits)

    @property
    def figure(self) -> Still:
        """A matplotlib figure of the board as it stands."""
        return self._draw(self.state)

    def to_html(self, path: str | PathLike[str]) -> None:
        """Write the board as it stands as one file that needs no kernel and no network; OSError where it cannot be."""
        files.write(path, page.board_html(self.content, self.state))

    def __repr__(self) -> str:
        return self.figure.description

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        data, metadata = super()._repr_mimebundle_(**kwargs) or ({}, {})
        if sys.platform != "emscripten":  # in a browser the widget always runs
            still = self.figure
            data["image/png"] = base64.b64encode(still.to_png()).decode("ascii")
            data["text/plain"] = still.description
            metadata["image/png"] = {"alt": still.description}
        return data, metadata
