"""The telling of a graph: forward operation by operation, then back: local derivative times what arrives."""

from collections.abc import Hashable
from dataclasses import replace

from bpviz.algebra.expr import Apply
from bpviz.calculation.program import Program
from bpviz.calculation.quantities import Kind, Phase, Step
from bpviz.telling.chips import name_over_value, old_to_new, staying
from bpviz.telling.picture import Picture
from bpviz.telling.scene import edge_id, under
from bpviz.telling.story import Beat, Text
from bpviz.telling.tell import Group, Telling

EXPLAINED = ("add", "sub", "mul", "max", "min")
"""Operations whose way back has a rule of its own; of others it is told in general."""


class GraphTelling(Telling):
    """Tells values, local derivatives, the parts of a gradient, gradients and updates."""

    def __init__(self, program: Program) -> None:
        """Tell `program`, which has the chain rule's steps."""
        self.program = program

    def over(self, step: Step) -> str:
        """Return the operation that a derivative comes back over; "" where it comes over several."""
        if step.role.kind is Kind.LOCAL:
            return step.role.of
        if step.role.over or not step.role.by:
            return step.role.over
        readers = [s for s in self.program.readers[step.role.by] if s.phase is Phase.FORWARD]
        return readers[0].name if len(readers) == 1 else ""

    def sort(self, step: Step) -> str:
        """Return the ending of the keys of a step's words."""
        if step.role.kind is Kind.UPDATED:
            return "update"
        if not step.role.by:
            return "value"
        if step.role.kind is Kind.LOCAL:
            return "local"
        if over := self.over(step):
            op = self._op(over)
            return f"back_{op if op in EXPLAINED else 'other'}"
        reached = any(s.phase is Phase.FORWARD for s in self.program.readers[step.role.by])
        return "sum" if reached else "none"

    def _op(self, name: str) -> str:
        step = self.program[name]
        return step.expr.op if isinstance(step, Step) and isinstance(step.expr, Apply) else ""

    def beat_of(self, step: Step) -> Hashable:
        """A beat for each step; a local derivative waits for the product that it leads to."""
        return None if step.role.kind is Kind.LOCAL else step.name

    def sort_of(self, group: Group) -> Hashable:
        """Each rule of the way back is explained once."""
        return self.sort(group.last)

    def words(self, group: Group, first: bool) -> tuple[Text, Text]:
        """Title and caption by the sort of the step."""
        step, sort = group.last, self.sort(group.last)
        params = {"of": step.role.of, "by": step.role.by, "over": self.over(step), "y": self.program.loss}
        title = "part" if step.role.over else "back" if sort.startswith("back") else sort
        again = "" if first or sort in ("none", "update") else "_again"
        sort = "back" if again and title in ("back", "part") else sort
        return Text(f"graphs.titles.{title}", params), Text(f"graphs.captions.{sort}{again}", params)

    def picture(self, group: Group, default: Picture) -> Picture:
        """The default picture with the chip of what is told: a gradient stays below its node."""
        step = group.last
        if step.role.kind is Kind.UPDATED:
            return replace(default, chips=(old_to_new(under(step.role.of)[0], step.role.of, step.name),))
        if not step.role.by:
            return default
        if step.role.over:
            chip = name_over_value(edge_id(step.role.by, step.role.over), step.name, "backward", "symbol")
        else:
            chip = staying(under(step.role.by)[0], step.name)
        return replace(default, chips=(chip,))

    def opening(self) -> tuple[Beat, ...]:
        """Return the beat before the first step."""
        params = {"y": self.program.loss}
        return (
            Beat("graph", Phase.FORWARD, Text("graphs.titles.graph", params), Text("graphs.captions.graph", params)),
        )

    def closing(self) -> tuple[Beat, ...]:
        """Return the beat after the last step."""
        params = {"y": self.program.loss}
        if self.program.feedback:
            words = Text("graphs.titles.round", params), Text("graphs.captions.round", params)
            return (Beat("done", Phase.UPDATE, *words),)
        return (Beat("done", Phase.BACKWARD, Text("graphs.titles.done", params), Text("graphs.captions.done", params)),)
