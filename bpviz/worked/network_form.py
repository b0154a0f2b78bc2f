"""The form that builds a network, opened with what builds one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bpviz.views.player.network_form import NetworkForm


def form_of(build: Callable[..., Any], panels: Sequence[str] | None, lang: str) -> NetworkForm:
    """Return a form whose button calls `build` with the options of `bpviz.network`."""
    from bpviz.views.player.network_form import NetworkForm

    return NetworkForm(build, panels, lang)
