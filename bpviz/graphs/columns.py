"""Lists of one length, and rows of a batch, in lanes: each list in a column of its own, what belongs together level."""

from collections.abc import Iterator
from dataclasses import dataclass

from bpviz.algebra.traversal import references
from bpviz.calculation.program import Program
from bpviz.calculation.quantities import Phase
from bpviz.graphs.layering import layers_of
from bpviz.graphs.lists import ETA, shape_of, units

APART = 0.25
"""So much farther apart than the elements of a row are rows, in units of the distance across."""

BESIDE = 0.35
"""A circle nearer to an edge that passes it moves aside by `ASIDE`."""

ASIDE = 0.4

Reads = dict[str, list[str]]


@dataclass(frozen=True)
class Columns:
    """The column of every list or single quantity, from 0, and the lane of every node, from 0 at the first element."""

    of: dict[str, int]
    lanes: dict[str, float]

    @property
    def count(self) -> int:
        """How many columns there are."""
        return len(self.of)

    @property
    def lanes_apart(self) -> float:
        """How far apart the first and the last lane are."""
        return max(self.lanes.values()) - min(self.lanes.values())


def reads_of(program: Program) -> Reads:
    """Return every given and forward step, and what it reads."""
    steps = [step for step in program.steps if step.phase is Phase.FORWARD]
    return {g.name: [] for g in program.givens if g.name != ETA} | {
        s.name: list(dict.fromkeys(references(s.expr))) for s in steps
    }


def reads_of_units(program: Program) -> Reads:
    """Return the same of what is drawn together: every list or single quantity, and what it reads."""
    unit_of = units(program)
    found: Reads = {unit: [] for unit in unit_of.values()}
    for name, sources in reads_of(program).items():
        found[unit_of[name]] += [u for s in sources if (u := unit_of[s]) not in found[unit_of[name]]]
    return found


def in_columns(program: Program) -> Columns | None:
    """Return where a batch, or lists of one length, stand; None for others, and where an edge runs over a circle."""
    members: dict[str, list[str]] = {}
    for name, unit in units(program).items():
        members.setdefault(unit, []).append(name)
    shapes = {unit: shape_of(program, unit) for unit in members}
    dimensions = max(map(len, shapes.values()))
    batches = {shape for shape in shapes.values() if shape and len(shape) == dimensions}
    if len(batches) != 1 or not set(shapes.values()) <= (places := _places(*batches.pop())).keys():
        return None
    reads = reads_of_units(program)
    layers = layers_of(reads)
    column = {unit: k for k, unit in enumerate(sorted(layers, key=lambda u: (layers[u], not reads[u], not shapes[u])))}
    found = Columns(column, {})
    for unit, names in members.items():
        order = program.lists[unit].names if unit in program.lists else names
        found.lanes.update({name: places[shapes[unit]][order.index(name)] for name in names})
    for unit in column:
        _move_aside(program, found, members[unit])
    return found if all(_is_passed(program, found, names) for names in members.values()) else None


def _places(rows: int, classes: int = 0) -> dict[tuple[int, ...], list[float]]:
    """Return the lanes of a batch, of what there is of each row, and of what there is of the whole.

    Without classes a batch is a list.
    """
    if not classes:
        return {(rows,): list(map(float, range(rows))), (): [(rows - 1) / 2]}
    level = [k + APART * (k // classes) for k in range(rows * classes)]
    ends = [(level[r * classes], level[(r + 1) * classes - 1]) for r in range(rows)]
    return {(rows, classes): level, (rows,): [(a + b) / 2 for a, b in ends], (): [level[-1] / 2]}


def _move_aside(program: Program, columns: Columns, names: list[str]) -> None:
    """Move a list a little, if edges would run over its circles and pass them then."""
    way = next((way for way in (0.0, -ASIDE, ASIDE) if _is_passed(program, columns, names, way)), 0.0)
    columns.lanes.update({n: columns.lanes[n] + way for n in names})


def _is_passed(program: Program, columns: Columns, names: list[str], way: float = 0.0) -> bool:
    """Return whether all edges run beside the circles of a list."""
    passing = list(_passing(program, columns, columns.of[units(program)[names[0]]]))
    return all(abs(columns.lanes[n] + way - lane) >= BESIDE for n in names for lane in passing)


def _passing(program: Program, columns: Columns, column: int) -> Iterator[float]:
    """Where edges pass a column."""
    unit_of = units(program)
    for name, sources in reads_of(program).items():
        for source in sources:
            first, last = columns.of[unit_of[source]], columns.of[unit_of[name]]
            if first < column < last:
                start, end = columns.lanes[source], columns.lanes[name]
                yield start + (end - start) * (column - first) / (last - first)
