"""Networks of your own, built by a form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bpviz.cases.network import network
from bpviz.ground.words import DEFAULT
from bpviz.worked.network_form import form_of

if TYPE_CHECKING:
    from bpviz.views.player.network_form import NetworkForm


def network_form(panels: Sequence[str] | None = None, lang: str = DEFAULT) -> NetworkForm:
    """Return a form for a notebook that builds a network as `network` does, and shows its player below.

    `form.example` is what was built last, `form.line` the line of Python that builds it; `panels` are those of
    `player`. Raises TypeError or ValueError for panels or a language that cannot be.
    """
    return form_of(network, panels, lang)
