"""The telling of a graph: forward operation by operation, then back: local derivative times what arrives."""

from collections.abc import Collection, Hashable, Iterable, Iterator
from dataclasses import replace

from bpviz.algebra.expr import Apply
from bpviz.algebra.traversal import references
from bpviz.calculation.program import Program
from bpviz.calculation.quantities import Kind, Phase, Step
from bpviz.graphs.lists import units
from bpviz.graphs.signs import is_used_twice, reduction_of
from bpviz.graphs.styles import Style, style_of
from bpviz.telling.chips import Chip, Piece, name_above_value, name_and_value, old_to_new
from bpviz.telling.picture import Picture
from bpviz.telling.scene import beside, edge_id, under
from bpviz.telling.story import Beat, Shown, Text
from bpviz.telling.tell import Group, Telling

MOST_NAMES = 4
"""Of more names that a formula reads only its result has one in the diagram; the formula has them all."""


class GraphTelling(Telling):
    """Tells values, local derivatives, the parts of a gradient, gradients and updates; a list at once."""

    def __init__(self, program: Program, called: str) -> None:
        """Tell `program`, which has the chain rule's steps; `called`: what its result is called."""
        self.program, self.called = program, called
        self.units = units(program)
        self.style: Style = style_of(program)

    def over(self, step: Step) -> str:
        """Return the operation that a derivative comes back over; "" where it comes over several."""
        if step.role.kind is Kind.LOCAL:
            return step.role.of
        if step.role.over or not step.role.by:
            return step.role.over
        readers = self._readers(step.role.by)
        if len(readers) == 1:
            return readers[0]
        read = (self.program[name] for name in references(step.expr))  # where others bring nothing: the gradient of one
        brought = (s.role.by for s in read if isinstance(s, Step) and s.role.kind is Kind.GRADIENT)
        return next((name for name in brought if name in readers), "")

    def _readers(self, name: str) -> list[str]:
        return [s.name for s in self.program.readers[name] if s.phase is Phase.FORWARD]

    def sort(self, step: Step) -> str:
        """Return the ending of the keys of a step's words."""
        if step.role.kind is Kind.UPDATED:
            return "update"
        if not step.role.by:
            return "value"
        if over := self.over(step):
            return f"back_{self._rule(over, step.role.by)}"
        readers = self._readers(step.role.by)
        if not readers or not any(references(step.expr)):
            return "none"
        return "broadcast" if len({self.units[r] for r in readers}) == 1 else "sum"

    def _rule(self, name: str, by: str) -> str:
        """Return the rule of the way back over an operation: its own name, or "other" where that would not be true."""
        step = self.program[name]
        if not isinstance(step, Step) or not isinstance(step.expr, Apply) or is_used_twice(step.expr, by):
            return "other"
        return reduction_of(step.expr) or step.expr.op

    def beat_of(self, step: Step) -> Hashable:
        """A beat for each step, or for all of a list; a local derivative waits for the product that it leads to."""
        if step.role.kind is Kind.LOCAL:
            return None
        about = step.role.by or step.role.of
        return step.role.kind is Kind.UPDATED, bool(step.role.by), self._unit(about), self._unit(step.role.over)

    def _unit(self, name: str) -> str:
        return self.units.get(name, name)

    def name_of(self, group: Group) -> str:
        """A beat of a whole list is called after the list, or its gradient."""
        mains, role = self.mains(group), group.last.role
        unit = self._unit(role.by or role.of)
        if role.kind is Kind.UPDATED or role.over or len(mains) < len(self._members(unit)) or len(mains) == 1:
            return super().name_of(group)
        return f"d{self.called}_d{unit}" if role.by else unit

    def _members(self, unit: str) -> list[str]:
        return [name for name, own in self.units.items() if own == unit]

    def sort_of(self, group: Group) -> Hashable:
        """Each rule of the way back is explained once."""
        return self.sort(group.last)

    def mains(self, group: Group) -> list[Step]:
        """Return the steps that a beat is about, in the order of a list's elements."""
        order = {name: k for k, name in enumerate(self.units)}
        found = [step for step in group.steps if step.role.kind is not Kind.LOCAL]
        return sorted(found, key=lambda s: (order.get(s.role.by or s.role.of, 0), order.get(s.role.over, 0)))

    def words(self, group: Group, first: bool) -> tuple[Text, Text]:
        """Title and caption by the sort of the step."""
        step, sort = group.last, self.sort(group.last)
        is_of_all = self._is_of_all(group)
        by = self._unit(step.role.by) if is_of_all else step.role.by
        params = {"of": self._unit(step.role.of), "by": by, "over": self._unit(self.over(step))}
        params |= {"y": self.called, "one": step.name}
        title = "part" if step.role.over else "back" if sort.startswith("back") else sort
        again = "" if first or sort in ("none", "update") else "_again"
        sort = "back" if again and title in ("back", "part") else sort
        is_list = is_of_all and len(self.mains(group)) > 1
        several = "_list" if is_list and sort in ("value", "sum", "broadcast") else ""
        return Text(f"graphs.titles.{title}", params), Text(f"graphs.captions.{sort}{several}{again}", params)

    def _is_of_all(self, group: Group) -> bool:
        """Return whether what is said goes for all elements, not for one alone or one that alone has parts."""
        mains, step = self.mains(group), group.last
        if any(self._parts(step)):
            return all(any(self._parts(one)) for one in mains)
        return len(mains) > 1 or len(self._members(self._unit(step.role.by or step.role.of))) == 1

    def formulas(self, group: Group, first: bool) -> tuple[Shown, ...]:
        """Of a list, the last element stands for all; a local derivative has its symbol at the first of its sort."""
        step = group.last
        written = frozenset(group.waited).intersection(references(step.expr))
        forms = (frozenset[str](), written) if first and written else (written,)
        return (Shown(step.name, forms),)

    def picture(self, group: Group, default: Picture) -> Picture:
        """The default picture with the chips of what is told: a gradient stays below its node."""
        mains, one = self.mains(group), group.last
        if one.role.kind is Kind.UPDATED:
            chips = [old_to_new(beside("value", s.role.of), s.role.of, s.name) for s in mains]
        elif one.role.by:
            over = self.over(one)
            chips = [*self._gradients(mains, one), *self._named((one.role.by, over, *self._read(one)))]
        else:
            chips = list(self._named((one.name, *references(one.expr))))
        silent = set(self._silent(mains))
        lit = tuple(name for name in default.lit if name not in silent)
        backward = tuple(edge for edge in default.backward if edge not in silent)
        return replace(default, lit=lit, backward=backward, chips=tuple(chips))

    def _silent(self, mains: Collection[Step]) -> Iterator[str]:
        """What brings nothing here though other uses do, or no use does: edges, and the operations at their ends."""
        parts = (part for step in mains for part in self._parts(step))
        bringing = {*map(self.over, mains), *(part.role.over for part in parts)}
        ways = {edge_id(step.role.by, self.over(step)) for step in mains}
        for step in mains:
            for reader in self._readers(step.role.by) if step.role.by and not any(self._parts(step)) else ():
                if (edge := edge_id(step.role.by, reader)) not in ways:
                    yield edge
                    yield from () if step.role.over or reader in bringing else (reader,)

    def _named(self, names: Iterable[str]) -> Iterator[Chip]:
        """Names with the values of what a formula reads, where they do not stand there always and there is room.

        A given has its name in its node.
        """
        if not self.style.names:
            line = name_and_value if self.style.aside or self.style.compact else name_above_value
            told = [name for name in dict.fromkeys(filter(None, names)) if not self.program.is_given(name)]
            shown = told if len(told) <= MOST_NAMES else told[:1]
            yield from (line(beside("value", name), name) for name in shown)

    def _read(self, step: Step) -> Iterator[str]:
        """The operations whose values a derivative is calculated with, the local derivative written out."""
        for name in references(step.expr):
            item = self.program[name]
            if isinstance(item, Step) and item.role.kind is Kind.LOCAL:
                yield from self._read(item)
            elif isinstance(item, Step) and item.phase is Phase.FORWARD:
                yield name

    def _gradients(self, mains: list[Step], one: Step) -> Iterator[Chip]:
        for step in mains:
            yield from map(self._part, self._parts(step))  # each has its own arrow; their sum finds a place beside them
        for step in mains:
            yield self._part(step) if step.role.over else self._whole(step)

    def _parts(self, step: Step) -> Iterator[Step]:
        for name in references(step.expr):
            part = self.program[name]
            if isinstance(part, Step) and part.role.kind is Kind.TERM:
                yield part

    def _whole(self, step: Step) -> Chip:
        anchor = under(step.role.by)[0]
        stays = (Phase.BACKWARD, Phase.UPDATE) if step.role.by in self.program.trained else (Phase.BACKWARD,)
        if self.style.names:
            return replace(name_and_value(anchor, step.name, "backward"), stays=stays)
        is_sum = (Piece("text", "="),) if any(self._parts(step)) else ()
        return Chip(anchor, "backward", ((*is_sum, Piece("value", step.name, bold=True)),), stays)

    def _part(self, step: Step) -> Chip:
        return Chip(edge_id(step.role.by, step.role.over), "backward", ((Piece("value", step.name, bold=True),),))

    def opening(self) -> tuple[Beat, ...]:
        """Return the beat before the first step."""
        params = {"y": self.called}
        sort = "graph_lists" if self.called in self.program.lists else "graph"
        return (
            Beat("graph", Phase.FORWARD, Text("graphs.titles.graph", params), Text(f"graphs.captions.{sort}", params)),
        )

    def closing(self) -> tuple[Beat, ...]:
        """Return the beat after the last step."""
        params = {"y": self.called}
        if self.program.feedback:
            words = Text("graphs.titles.round", params), Text("graphs.captions.round", params)
            return (Beat("done", Phase.UPDATE, *words),)
        params = {"y": self.program.loss}  # where that is a list, the sum of its elements
        words = Text("graphs.titles.done", params), Text("graphs.captions.done", params)
        return (Beat("done", Phase.BACKWARD, *words),)
