"""The loss over two weights with the path of training, as contours or in three dimensions."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import LinearSegmentedColormap

from bpviz.calculation.surfaces import Regime, Surface, surface
from bpviz.example.example import Example
from bpviz.ground.checked import shown
from bpviz.ground.numbers import format_number
from bpviz.ground.words import Words, words
from bpviz.views.figure.sheet import COLORS, DPI, plain_style
from bpviz.views.figure.still import Still

SIZE = (6.4, 4.8)
LEVELS = 9
COARSE = 4
"""Levels are those of the player: of every fourth value."""

_WIDEST = 1e12
_SCALE = LinearSegmentedColormap.from_list("loss", [COLORS["paper"], COLORS["loss"]])
_DOTS: Any = {"marker": ".", "markersize": 5}
_RING: Any = {"markerfacecolor": COLORS["paper"], "markersize": 9}


def draw_surface(
    example: Example, names: Sequence[str], kind: str, rounds: int, lang: str, givens: Mapping[str, float]
) -> Still:
    """Return a figure of `kind` "contour" or "3d"; ValueError for another one, and what `surface` raises."""
    if kind not in _DRAWN:
        raise ValueError(f"no kind {shown(kind)} of surface; kinds are {', '.join(_DRAWN)}")
    table = words(lang)
    found = surface(example.program, names, rounds, example.program.values_of_givens(givens), example.data)
    symbols = [example.notation[name].plain for name in found.names]
    title = table["surface.title"].format(title=example.title(lang), x=symbols[0], y=symbols[1])
    with plain_style():
        figure = Still(figsize=SIZE, dpi=DPI, facecolor=COLORS["paper"], layout="constrained")
        FigureCanvasAgg(figure)
        error = table["surface.mean_error" if example.data else "surface.error"]
        axes = _DRAWN[kind](figure, found, error, table)
        axes.set_xlabel(symbols[0], color=COLORS["ink"], parse_math=False)
        axes.set_ylabel(symbols[1], color=COLORS["ink"], parse_math=False)
        axes.tick_params(colors=COLORS["muted"], labelsize=9)
        figure.legend(loc="outside upper center", ncols=3, frameon=False, labelcolor=COLORS["ink"], fontsize=9)
    figure.set_label(title)
    figure.description = f"{title}\n{_told(found, table, len(example.data or ()))}"
    return figure


def levels(losses: np.ndarray) -> np.ndarray:
    """Return the levels of contours: about even steps below the median, of ever larger ones above it."""
    known = np.sort(losses[np.isfinite(losses)])
    if not known.size or known[0] == known[-1]:
        return np.array([])
    low, median, high = known[0], known[known.size // 2], known[-1]
    scale = max(median - low, (high - low) / _WIDEST)
    top = np.log1p((high - low) / scale)
    return np.asarray(low + scale * np.expm1(top * np.arange(1, LEVELS + 1) / (LEVELS + 1)))


def _contour(figure: Still, found: Surface, error: str, table: Words) -> Axes:
    axes = figure.add_subplot()
    _ground(figure, axes, found, error)
    axes.set(xlim=found.across[[0, -1]], ylim=found.up[[0, -1]])
    x, y = found.way()
    axes.plot(x, y, color=COLORS["paper"], linewidth=4.0)
    axes.plot(x, y, color=COLORS["update"], linewidth=1.4, **_DOTS, label=table["surface.path"])
    axes.plot(x[0], y[0], "o", color=COLORS["update"], **_RING, label=table["surface.start"])
    if found.lowest:
        cross: Any = {"color": COLORS["ink"], "markersize": 11, "clip_on": False}
        axes.plot(*found.lowest.at, "+", **cross, label=table["surface.lowest"])
    return axes


def _ground(figure: Still, axes: Axes, found: Surface, label: str) -> None:
    """Draw the loss; a hatched ground where it is no number."""
    across, up, losses = found.across, found.up, found.losses
    axes.patch.set(hatch="///", edgecolor=COLORS["edge"])
    axes.pcolormesh(across, up, np.where(np.isfinite(losses), 0.0, np.nan), cmap=_SCALE, vmin=0.0, vmax=1.0)
    steps = levels(losses[::COARSE, ::COARSE])
    if found.lowest and steps.size:
        ends = np.unique([found.lowest.loss, *steps, np.nanmax(losses)])
        bands = axes.contourf(across, up, losses, ends, colors=_SCALE(np.linspace(0.0, 0.75, len(ends) - 1)))
        axes.contour(across, up, losses, steps, colors=COLORS["loss"], linewidths=0.6, linestyles="solid")
        figure.colorbar(bands, ax=axes, label=label, format=lambda x, _: format_number(x))


def _solid(figure: Still, found: Surface, error: str, table: Words) -> Axes:
    axes: Any = figure.add_subplot(projection="3d")
    across, up = np.meshgrid(found.across, found.up)
    axes.plot_surface(across, up, found.losses, cmap=_SCALE, edgecolor=COLORS["loss"], linewidth=0.2, alpha=0.85)
    x, y = found.way()
    inside = (x >= across[0, 0]) & (x <= across[0, -1]) & (y >= up[0, 0]) & (y <= up[-1, 0])
    x, y, z = np.where(inside, [x, y, found.path.losses[list(found.path.rounds)]], np.nan)
    axes.plot(x, y, z, color=COLORS["update"], linewidth=1.6, **_DOTS, zorder=10, label=table["surface.path"])
    axes.plot(x[:1], y[:1], z[:1], "o", color=COLORS["update"], **_RING, zorder=11, label=table["surface.start"])
    axes.set_zlabel(error, color=COLORS["ink"])
    drawn: Axes = axes
    return drawn


_DRAWN = {"contour": _contour, "3d": _solid}


def _told(found: Surface, table: Words, rows: int) -> str:
    """Return in words what the picture shows, as the player does; `rows` of data, if there are any."""
    path, last = found.path, found.path.rounds[-1]
    end = table["player.data_epochs" if rows else "player.rounds"].format(n=f"{last:,}")
    start = table["player.data_from" if rows > 1 else "player.surface_from"]
    told = [start.format(loss=format_number(path.losses[0]), rows=rows)]
    if last:
        told.append(table["player.surface_to"].format(end=end, loss=format_number(path.losses[last])))
    if found.lowest:
        told.append(table["player.surface_lowest"].format(loss=format_number(found.lowest.loss)) + ".")
    if not np.isfinite(found.losses).any():
        told.append(table["player.surface_nowhere"])
    keys = (_OF_DATA if rows else {}).get(found.regime, _REGIMES[found.regime])
    told += [table[f"player.{key}"].format(round=path.diverged_at) for key in keys]
    if len(path.names) > 2:
        told.append(table["player.surface_others"])
    return " ".join(told)


_REGIMES: Mapping[Regime, tuple[str, ...]] = {
    "never": ("never_a_number",),
    "diverges": ("surface_diverging", "diverges"),
    "grows": ("surface_diverging", "surface_grows"),
    **{name: (f"surface_{name}", f"surface_{name}_means") for name in ("still", "large", "small", "good", "above")},
}
_OF_DATA: Mapping[Regime, tuple[str, ...]] = {
    "diverges": ("surface_diverging", "data_diverges"),
    "above": ("surface_above", "data_above"),
}
