"""What each step of a layered network lights in the diagram, and the chips that it puts there."""

from collections.abc import Iterator
from dataclasses import replace

from bpviz.calculation.quantities import Kind, Step
from bpviz.networks.telling_sorts import SortedTelling
from bpviz.telling.chips import Chip, Piece, name_over_value, old_to_new, staying
from bpviz.telling.picture import Picture
from bpviz.telling.scene import edge_id, under
from bpviz.telling.tell import Group


class PicturedTelling(SortedTelling):
    """Draws each beat."""

    def picture(self, group: Group, default: Picture) -> Picture:
        """The default picture with chips for what is told; an error is followed to its end, a bias has its neurons."""
        n, sort = self.neuron(group.last), self.sort(group.last)
        if sort == "dout":
            nodes, edges = self.scene.downstream(n)
            default = replace(default, lit=(*nodes, *edges, self.wiring.targets[n]), backward=edges)
        elif sort == "dnet":
            sources = (e.source for e in self.scene.into[n] if e.carries == group.last.role.by)
            default = replace(default, focus=tuple(sources))
        elif sort == "update":
            biases = {step.role.of for step in group.steps}
            theirs = (n for n, bias in self.wiring.biases.items() if bias in biases)
            default = replace(default, lit=tuple(dict.fromkeys((*default.lit, *theirs))))
        return replace(default, chips=tuple(self._chips(group.last)))

    def _chips(self, step: Step) -> Iterator[Chip]:
        sort, n, where = self.sort(step), self.neuron(step), self.scene.where(self.about(step).name)
        left, right = under(n)
        if sort == "dout":
            yield name_over_value(right, step.name, "backward")
        elif sort in ("dnet", "gradient", "use", "gradient_bias", "gradient_shared"):
            at = [a for a in where.anchors or where.edges if sort != "use" or self.scene.edge[a].target == n]
            yield from (name_over_value(anchor, step.name, "backward") for anchor in at)
        elif sort == "update":
            stays = bool(where.anchors)
            yield from (old_to_new(a, step.role.of, step.name, stays) for a in where.anchors or where.edges)
        elif sort in ("term", "sum", "sum_one"):
            yield from self._terms(n, step.role.over)
        if sort in ("local", "delta"):
            yield staying(left, step.name) if sort == "delta" else name_over_value(left, step.name, "backward")
        if sort in ("local", "delta", "sum", "sum_one"):
            arrived = self.program.find(Kind.GRADIENT, by=self.wiring.signal(n))
            yield from [name_over_value(right, arrived.name, "backward")] if arrived else []

    def _terms(self, n: str, until: str = "") -> Iterator[Chip]:
        """The term on every edge out of n, as far as the one over `until`: delta · weight above its value."""
        for c, _ in self.wiring.out_of(n):
            over = self.wiring.net(c)
            term = self.program.find(Kind.TERM, by=self.wiring.signal(n), over=over)
            if term:
                delta = self.program.at(Kind.DELTA, by=over).name
                above = (Piece("symbol", delta), Piece("text", " · "), Piece("symbol", self.weight_read(c, n)))
                yield Chip(edge_id(n, c), "backward", (above, (Piece("value", term.name, bold=True),)))
            if over == until:
                return
