"""Where edges pass other lines of a layer: between its two columns of neurons, or between the circles of inputs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from bpviz.networks.gaps import Gaps, Lines, around
from bpviz.networks.skips import Pair
from bpviz.networks.tall_plan import BOX, COLUMN, RADIUS, RING, STAGGERED, Plan
from bpviz.networks.wiring import Wiring
from bpviz.telling.scene import Point

CLEAR = 3.0
"""So far from the circle of an input an edge keeps at least."""

Levels = Sequence[tuple[float, float]]
"""From where down to where each line of a layer reaches."""


@dataclass(frozen=True)
class Lanes:
    """The edges that pass lines of the layer where they set out, or of that where they end.

    `lines`: of every layer; `across`: how far right each neuron and each error stands; `past`: and where each edge runs
    that skips layers.
    """

    wiring: Wiring
    plan: Plan
    lines: Sequence[Lines]
    across: Mapping[str, float]
    past: Mapping[Pair, float]

    def out_of(self, pair: Pair, levels: Levels) -> tuple[Point, ...]:
        """Return where an edge bends below its source, beside the lines that it passes there."""
        return _beside(self._out.get(pair, ()), levels[len(levels) - len(self._out.get(pair, ())) :])

    def into(self, pair: Pair, levels: Levels) -> tuple[Point, ...]:
        """Return where an edge bends above its target, beside the lines that it passes there."""
        passed = self.line[pair[1]]
        return _beside((self.past.get(pair, self._into.get(pair, 0.0)),) * passed, levels[:passed])

    def start(self, pair: Pair) -> float:
        """Return how far right an edge runs when it leaves its source."""
        return self._out[pair][0] if pair in self._out else self.past.get(pair, self._beyond(pair))

    def end(self, pair: Pair) -> float:
        """Return how far right an edge runs before it arrives at its target."""
        before = self._out[pair][-1] if pair in self._out else self.across[pair[0]]
        return self.past.get(pair, self._into.get(pair, before))

    def enters(self, pair: Pair) -> float | None:
        """Return how far right an edge arrives at the first line above its target; None: it passes none."""
        return self._into.get(pair)

    def _beyond(self, pair: Pair) -> float:
        return self._into.get(pair, self.across.get(pair[1], self.plan.axis))

    @cached_property
    def line(self) -> dict[str, int]:
        """Neuron or error → the number of its line in its layer."""
        numbers = {n: k for lines in self.lines for k, line in enumerate(lines) for n in line}
        return numbers | {self.wiring.error(n): numbers[n] for n in self.wiring.outputs}

    @cached_property
    def _into(self) -> dict[Pair, float]:
        return {pair: x for (pair, end), x in self._columns.items() if end == 1}

    @cached_property
    def _out(self) -> dict[Pair, tuple[float, ...]]:
        last = {n: len(lines) - 1 for lines in self.lines for line in lines for n in line}
        last |= {self.wiring.error(n): last[n] for n in self.wiring.outputs}
        found = {
            pair: (x,) * (last[pair[0]] - self.line[pair[0]]) for (pair, end), x in self._columns.items() if end == 0
        }
        return found | self._between_inputs()

    @cached_property
    def _columns(self) -> dict[tuple[Pair, int], float]:
        """At which x edges run between the columns of the layer at their begin (0) or their end (1)."""
        found: dict[tuple[Pair, int], float] = {}
        for layer, lines in enumerate(self.lines):
            passing = sorted(self._passing(layer, lines), key=lambda pass_: pass_[:3]) if layer else []
            room = self.plan.width - 2 * (COLUMN + BOX[0] / 2 + RING + 1)
            found |= dict(zip((p[3] for p in passing), around(self.plan.axis, len(passing), room), strict=True))
        return found

    def _passing(self, layer: int, lines: Lines) -> Iterator[tuple[float, float, float, tuple[Pair, int]]]:
        """Edges that pass lines of a layer of neurons, each after what it is sorted by.

        First its neuron's column; then how many lines it passes, so that the edges that pass more run nearer to the
        middle; then where its other end is.
        """
        last = len(lines) - 1
        pairs = [*self.wiring.weights, *((self.wiring.error(n), self.wiring.loss) for n in self.wiring.outputs)]
        above = {n for line in lines[:-1] for n in line}
        above |= {self.wiring.error(n) for n in above & set(self.wiring.outputs)}
        below = {n for line in lines[1:] for n in line}
        for pair in pairs:
            source, target = pair
            if source in above:
                side, passed = self.plan.outward(self.across[source]), last - self.line[source]
                yield side, -side * passed, self.past.get(pair, self.across.get(target, self.plan.axis)), (pair, 0)
            if target in below and pair not in self.past:
                side = self.plan.outward(self.across[target])
                yield side, -side * self.line[target], self.across[source], (pair, 1)

    def _between_inputs(self) -> dict[Pair, tuple[float, ...]]:
        """At which x edges of upper lines of inputs pass the others."""
        inputs = set(self.wiring.inputs)
        ends = {pair: self.past.get(pair, self._beyond(pair)) for pair in self.wiring.weights if pair[0] in inputs}
        return Gaps(self.lines[0], self.across, STAGGERED, 2 * (STAGGERED - RADIUS - CLEAR)).passing(ends)


def _beside(xs: Sequence[float], levels: Levels) -> tuple[Point, ...]:
    return tuple((x, y) for x, level in zip(xs, levels, strict=True) for y in level)
