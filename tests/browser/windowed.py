"""A player in a window of a given size: what of it leaves the window, is cut, or cannot be reached (`windowed.js`)."""

from pathlib import Path
from typing import Any

from player_driver import PlayerDriver, open_in

import bpviz

EXAMPLES = {
    "case2": bpviz.case2,
    "drawn": bpviz.case1,
    "exact": lambda: bpviz.case1("exact"),
    "neuron": bpviz.neuron,
    "xor": lambda: bpviz.case1(data="xor"),
}
FINGERS = {"has_touch": True, "is_mobile": True}

_SCRIPT = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
EVERY_BEAT = f"{_SCRIPT}\nawait document.fonts.ready;\nreturn globalThis.windowed.everyBeat(...given);"
"""The same as `problems_at_every_beat` for `EnginePage.run`."""


def open_windowed(page: Any, tmp_path: Path, example: Any, **options: Any) -> PlayerDriver:
    """Open an example in the window as it is, ready to be measured."""
    player = open_in(page, tmp_path, example, **options)
    page.evaluate(_SCRIPT)
    player.settle()
    return player


def problems_at_every_beat(player: PlayerDriver, parts: list[str], least: float) -> dict[str, list[int]]:
    """What is wrong, with the numbers of the beats: parts out of sight, cut, overlapping, numbers too small."""
    return player.page.evaluate("([parts, least]) => windowed.everyBeat(parts, least)", [parts, least])


def unreachable(player: PlayerDriver, selector: str) -> list[str]:
    """What cannot be scrolled into sight."""
    return player.page.evaluate("selector => windowed.unreachable(selector)", selector)


def scrolling(player: PlayerDriver) -> dict[str, float]:
    """How far the page scrolls, `across` and `down`, in CSS pixels."""
    return player.page.evaluate("windowed.scrolling()")


def layout(player: PlayerDriver) -> str:
    """How the parts stand."""
    return player.page.locator(".bpviz").get_attribute("data-layout")


def shown_panels(player: PlayerDriver) -> list[str]:
    """The panels that are seen."""
    panels = player.root.locator(".bpviz-panel:not([hidden])")
    return panels.evaluate_all("all => all.map(panel => panel.dataset.panel)")
