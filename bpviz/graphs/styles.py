"""How a graph is drawn, by how much there is: labels give way before numbers get too small to be read."""

from dataclasses import dataclass, replace

from bpviz.algebra.traversal import references
from bpviz.calculation.program import Program
from bpviz.calculation.quantities import Phase
from bpviz.graphs.layering import layers_of
from bpviz.graphs.lists import ETA, shape_of, units


@dataclass(frozen=True)
class Style:
    """Sizes in model units: circles, distances from layer to layer and across, what lies round all.

    Values stand right of a circle by `aside`, above the edges that leave it by `off`, gradients below them as far.
    `values`: they stand there always, and gradients stay; else a beat shows those that it tells. `names`: with their
    names. `down`, `beside`: the distances where layers go down.
    """

    values: bool
    names: bool
    circle: float
    aside: float
    off: float
    along: float
    across: float
    down: float
    beside: float
    right: float
    left: float = 36.0
    top: float = 44.0
    bottom: float = 30.0

    @property
    def chips(self) -> int:
        """For how many elements of a list there is room to write numbers beside them in one beat."""
        return 24 if self.values else 8 if self.across >= 26.0 else 1

    def lanes(self, shape: tuple[int, ...], count: int) -> list[float]:
        """Return where the elements of a list stand, in units of the distance across; rows stand a little apart."""
        columns = shape[1] if len(shape) == 2 else count
        return [k + 0.4 * (k // columns) for k in range(count)]

    def room(self, shape: tuple[int, ...], count: int) -> float:
        """Return the room across that a list needs, with its name above it; 1 for what is none."""
        lanes = self.lanes(shape, count)
        label = (20.0 if self.values else 30.0) / self.across  # numbers above the edges leave room for it
        return lanes[-1] + 1 + (label if shape else 0.0)

    def scale(self, layers: int, lanes: float) -> float:
        """Return how large so much gets on a laptop's screen."""
        width = self.left + self.along * (layers - 1) + self.right
        height = self.top + self.across * (lanes - 1) + self.bottom
        return min(ROOM[0] / width, ROOM[1] / height)


ROOM = 760.0, 265.0
"""What a laptop's screen has for a diagram beside its panels, above a formula of three rows, in CSS pixels."""
LEAST = 0.733
"""The scale below which a player's numbers would be too small, so that its diagram scrolls."""

MOST_STRETCHED = 1.5
"""So much farther apart than usual are layers at most, where there is width to spare."""

ROOMY = Style(True, True, 36.0, 76.0, 15.0, 172.0, 58.0, 92.0, 170.0, 138.0)
WIDE = Style(True, False, 24.0, 46.0, 12.5, 92.0, 50.0, 70.0, 100.0, 80.0, top=42.0, bottom=28.0)
HIGH = Style(True, False, 26.0, 0.0, 25.0, 74.0, 74.0, 84.0, 78.0, 44.0, top=56.0, bottom=44.0)
CROWDED = Style(False, False, 24.0, 42.0, 0.0, 60.0, 36.0, 62.0, 50.0, 80.0)


def style_of(program: Program) -> Style:
    """Return the roomiest style in which a graph's numbers can be read on a laptop's screen, else the crowded one."""
    unit_of = units(program)
    reads: dict[str, list[str]] = {unit: [] for unit in unit_of.values()}
    for step in program.steps:
        if step.phase is Phase.FORWARD:
            reads[unit_of[step.name]] += [unit_of[name] for name in references(step.expr) if name != ETA]
    layers = layers_of(reads)
    along = max(layers.values()) + 1
    counts = {unit: sum(u == unit for u in unit_of.values()) for unit in layers}

    def lanes(style: Style) -> float:
        rooms = {unit: style.room(shape_of(program, unit), counts[unit]) for unit in layers}
        return max(sum(rooms[u] for u in layers if layers[u] == k) for k in range(along))

    scales = {style: style.scale(along, lanes(style)) for style in (ROOMY, WIDE, HIGH)}
    readable = (_stretched(style, scale, along) for style, scale in scales.items() if scale >= LEAST)
    return next(readable, None) or _crowded(along, lanes(CROWDED))


def _stretched(style: Style, scale: float, layers: int) -> Style:
    """Return the style with its layers as far apart as the width has room for, where the height sets the scale."""
    room = (ROOM[0] / scale - style.left - style.right) / max(layers - 1, 1)
    return replace(style, along=_within(style.along, room, MOST_STRETCHED * style.along))


def _crowded(layers: int, lanes: float) -> Style:
    """Return the crowded style so close together that the numbers of a beat can still be read."""
    across = _within(17.0, 250.0 / lanes, 36.0)
    along = _within(26.0, 640.0 / layers, 110.0)
    return replace(
        CROWDED,
        along=along,
        across=across,
        down=_within(30.0, 270.0 / layers, 62.0),
        beside=_within(22.0, 640.0 / lanes, 50.0),
        circle=min(24.0, across - 1.0, along - 8.0),
    )


def _within(least: float, wanted: float, most: float) -> float:
    return min(max(least, wanted), most)
