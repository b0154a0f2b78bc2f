"""How a graph is drawn, by how much there is: labels give way before numbers get too small to be read."""

import math
from collections import Counter
from dataclasses import dataclass, replace

from bpviz.calculation.program import Program
from bpviz.graphs.columns import Columns, in_columns, reads_of, reads_of_units
from bpviz.graphs.layering import layers_of
from bpviz.graphs.lists import shape_of, units

LEAST_LETTER, LETTER, ROUND = 5.2, 6.0, 6.0
"""Of a sign: how wide a letter is that can just be read, and one easy to read; what the ends of its node take."""

SHORTEST, CLOSEST, WIDEST = 16.0, 6.0, 66.0
"""What wide nodes leave between layers, what beside each other, and how wide they are at most."""


@dataclass(frozen=True)
class Style:
    """Sizes in model units: circles, distances from layer to layer and across, what lies round all.

    Values stand right of a circle by `aside`, above the edges that leave it by `off`, gradients below them as far, the
    name of a list above its first circle by `above`. `names`: values stand with their names. `compact`: in little room,
    without frames. `down`, `beside`: the distances where layers go down. `behind`: how much farther the first layer is
    from the second. `columns`: those of a batch.
    """

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
    above: float = 16.0
    compact: bool = False
    behind: float = 0.0
    columns: Columns | None = None

    def width(self, sign: str, down: bool) -> float:
        """Return how wide the node of a sign is: a circle that holds it, else as wide as it wants, as there is room."""
        if LEAST_LETTER * len(sign) <= self.circle - 2:
            return self.circle
        most = min(self.beside - CLOSEST if down else self.along - SHORTEST, WIDEST)
        return max(self.circle, min(LETTER * len(sign) + ROUND, most))

    def lanes(self, shape: tuple[int, ...], count: int) -> list[float]:
        """Return where the elements of a list stand, in units of the distance across; rows stand a little apart."""
        columns = shape[1] if len(shape) == 2 else count
        return [k + 0.4 * (k // columns) for k in range(count)]

    def room(self, shape: tuple[int, ...], count: int) -> float:
        """Return the room across that a list needs, with its name above it; 1 for what is none."""
        lanes = self.lanes(shape, count)
        label = (50.0 if self.compact else 20.0) / self.across  # numbers above the edges leave room for it
        return lanes[-1] + 1 + (label if shape else 0.0)

    def scale(self, layers: int, lanes: float, screen: "Screen") -> float:
        """Return how large so much gets on a screen."""
        if screen.down:
            return screen.width / (self.left + self.beside * (lanes - 1) + self.right)
        width = self.left + self.along * (layers - 1) + self.behind + self.right
        return min(screen.width / width, screen.height / self.height(lanes))

    def height(self, lanes: float) -> float:
        """Return how high so many lanes are, with what lies above and below."""
        return self.top + self.across * (lanes - 1) + self.bottom


@dataclass(frozen=True)
class Screen:
    """What a diagram has beside panels, above a formula of three rows, in CSS pixels.

    `least`: the scale below which a player's numbers would be too small, `whole`: the one below which not all is seen
    at once; `down`: layers go downwards.
    """

    width: float
    height: float
    least: float
    whole: float
    down: bool = False


LAPTOP, NARROW = Screen(760, 265, 0.733, 0.757), Screen(586, 265, 0.71, 0.706)
PHONE = Screen(366, math.inf, 0.94, 0.94, down=True)

MOST_STRETCHED = 1.5
"""So much farther apart than usual are layers at most, where there is width to spare."""

SECOND_LINE = 26.0

MANY_USES, FOR_PARTS = 3, 57.0
"""Where values have no names, a given that is used so often needs so much room behind it, for its parts."""

MANY_LANES = 3
"""Where a list has so many elements, arrows leave no room for names between them."""

ROOMY = Style(True, 36.0, 76.0, 15.0, 172.0, 58.0, 92.0, 112.0, 138.0)
WIDE = Style(False, 24.0, 50.0, 12.5, 100.0, 50.0, 70.0, 84.0, 90.0, top=42.0, bottom=28.0)
HIGH = Style(False, 26.0, 0.0, 25.0, 74.0, 74.0, 84.0, 78.0, 44.0, top=56.0, bottom=44.0, above=40.0)
CROWDED = Style(False, 24.0, 0.0, 21.0, 60.0, 36.0, 62.0, 50.0, 44.0, top=50.0, bottom=38.0, above=28.0, compact=True)

LEVEL = Style(
    False, 21.0, 44.0, 17.0, 80.0, 52.5, 58.0, 36.0, 72.0, left=14.0, top=46.0, bottom=27.0, above=25.5, compact=True
)
CLOSE = Style(
    False, 18.0, 0.0, 19.2, 62.0, 56.8, 58.0, 50.0, 36.0, left=36.0, top=48.0, bottom=29.0, above=29.5, compact=True
)


def style_of(program: Program, screen: Screen = LAPTOP) -> Style:
    """Return the roomiest style in which a graph's numbers can be read on a screen, else the crowded one."""
    unit_of = units(program)
    layers = layers_of(reads_of_units(program))
    along = max(layers.values()) + 1
    counts = {unit: sum(u == unit for u in unit_of.values()) for unit in layers}

    def lanes(style: Style) -> float:
        rooms = {unit: style.room(shape_of(program, unit), counts[unit]) for unit in layers}
        return max(sum(rooms[u] for u in layers if layers[u] == k) for k in range(along))

    uses = Counter(source for reads in reads_of(program).values() for source in reads if program.is_given(source))
    used = max(uses.values(), default=0)
    behind = FOR_PARTS if used >= MANY_USES else 0.0
    usual = (HIGH, WIDE) if max(counts.values()) >= MANY_LANES else (ROOMY, WIDE, HIGH)
    styles = [style if style.names else replace(style, behind=behind) for style in usual]
    scales = {style: style.scale(along, lanes(style), screen) for style in styles}
    readable = next((style for style, scale in scales.items() if scale >= screen.least), None)
    if not readable and (columns := in_columns(program)) and (batch := _batch(columns, screen)):
        return batch
    if not readable:
        return _crowded(along, lanes(CROWDED), screen, behind)
    return readable if screen.down else _stretched(readable, scales[readable], along, lanes(readable), screen)


def _batch(columns: Columns, screen: Screen) -> Style | None:
    """Return the style in which all numbers of a batch have room; None where it is too large."""
    span = columns.lanes_apart
    for style in (LEVEL,) if screen.down else (LEVEL, CLOSE):
        width = screen.width / screen.whole - style.left - style.right
        beside, along = width / span, width / (columns.count - 1)
        if screen.down and beside >= style.beside:
            return replace(style, beside=beside, aside=beside / 2 - 0.2, columns=columns)
        across = (screen.height / screen.whole - style.top - style.bottom) / span
        if not screen.down and along >= style.along:
            aside = min(style.aside, along / 2 - 0.2)
            return replace(style, along=along, across=max(across, style.across), aside=aside, columns=columns)
    return None


def _stretched(style: Style, scale: float, layers: int, lanes: float, screen: Screen) -> Style:
    """Return the style with its layers as far apart as the width has room for, where the height sets the scale.

    Where the width sets it, what stands above and below all has a second line for labels that make room for others.
    """
    along = (screen.width / scale - style.left - style.right - style.behind) / max(layers - 1, 1)
    spare = _within(0.0, (screen.height / scale - style.height(lanes)) / 2, SECOND_LINE)
    return replace(
        style,
        along=_within(style.along, along, MOST_STRETCHED * style.along),
        top=style.top + spare,
        bottom=style.bottom + spare,
    )


def _crowded(layers: int, lanes: float, screen: Screen, behind: float) -> Style:
    """Return the crowded style so close together that small numbers can still be read."""
    wide, high = screen.width / screen.least, screen.height / screen.least
    width, height = wide - CROWDED.left - CROWDED.right - behind, high - CROWDED.top - CROWDED.bottom
    across = _within(19.0, height / lanes, 60.0)
    along = _within(26.0, width / layers, 110.0)
    beside = _within(22.0, width / lanes, 60.0)
    circle = min(24.0, beside - 3.0) if screen.down else min(24.0, across - 3.0, along - 8.0)
    down = _within(34.0, 460.0 / layers, 66.0)
    off = circle / 2 + 9.0
    return replace(CROWDED, along=along, across=across, down=down, beside=beside, circle=circle, off=off, behind=behind)


def _within(least: float, wanted: float, most: float) -> float:
    return min(max(least, wanted), most)
