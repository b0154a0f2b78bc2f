"""Inputs in several lines, each input between those of the line before, and edges that pass lines through the gaps."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bpviz.networks.skips import Pair

LANE = 8.0
"""Between edges that run beside each other, where there is room."""

Lines = Sequence[tuple[str, ...]]
"""A layer's neurons, line by line."""


def staggered(lines: Lines, middle: float, half: float) -> Iterator[tuple[str, float]]:
    """Yield where each input stands along its line, around a middle; `half`: half the distance of inputs."""
    first = [(k + len(line)) % 2 - (len(line) - 1) for k, line in enumerate(lines)]
    last = [start + 2 * (len(line) - 1) for start, line in zip(first, lines, strict=True)]
    aside = (min(first) + max(last)) / 2
    for start, line in zip(first, lines, strict=True):
        yield from ((n, middle + half * (start + 2 * k - aside)) for k, n in enumerate(line))


@dataclass(frozen=True)
class Gaps:
    """The gaps of staggered lines.

    `at`: where inputs stand along their lines; `half`: half their distance; `room`: for edges in a gap.
    """

    lines: Lines
    at: Mapping[str, float]
    half: float
    room: float

    def passing(self, ends: Mapping[Pair, float]) -> dict[Pair, tuple[float, ...]]:
        """Return where each edge passes the lines behind its own; `ends`: of all edges, by which they are in order."""
        gaps: dict[tuple[int, float], list[Pair]] = defaultdict(list)
        for number, line in enumerate(self.lines[:-1]):
            for n in line:
                place = self.at[n]
                for behind in range(number + 1, len(self.lines)):
                    place = self._gap(place, self.lines[behind])
                    gaps[behind, round(place, 6)] += [pair for pair in ends if pair[0] == n]
        found: dict[Pair, tuple[float, ...]] = defaultdict(tuple)
        for (_, place), pairs in sorted(gaps.items()):
            ordered = sorted(pairs, key=lambda pair: (self.at[pair[0]], ends[pair]))
            for pair, lane in zip(ordered, around(place, len(pairs), self.room), strict=True):
                found[pair] += (lane,)
        return dict(found)

    def _gap(self, place: float, line: tuple[str, ...]) -> float:
        """The gap of a line nearest to a place and then to the middle; beside the line, the place itself."""
        if all(abs(place - self.at[n]) > self.half / 2 for n in line):
            return place
        middle = (self.at[line[0]] + self.at[line[-1]]) / 2
        return place + (self.half if place < middle else -self.half)


def around(middle: float, count: int, room: float) -> list[float]:
    """Return so many places around a middle, as far apart as edges need, if there is room."""
    apart = min(LANE, room / max(count - 1, 1))
    return [middle + apart * (k - (count - 1) / 2) for k in range(count)]
