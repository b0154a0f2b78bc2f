"""What a beat draws if its telling says nothing else: the places of its steps, what they read, the edges between."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bpviz.algebra.traversal import references
from bpviz.calculation.program import Program
from bpviz.calculation.quantities import Kind, Phase, Role, Step
from bpviz.telling.chips import Chip
from bpviz.telling.scene import Edge, Scene, node_of


@dataclass(frozen=True)
class Picture:
    """Nodes with a ring, what is lit, the edges along which something moves, and the chips of a beat."""

    focus: tuple[str, ...] = ()
    lit: tuple[str, ...] = ()
    forward: tuple[str, ...] = ()
    backward: tuple[str, ...] = ()
    chips: tuple[Chip, ...] = ()


class Pictures:
    """Makes the default picture of any group of steps of a program, on its scene."""

    def __init__(self, program: Program, scene: Scene) -> None:
        """Take both."""
        self.program, self.scene = program, scene

    def nodes_of(self, name: str) -> tuple[str, ...]:
        """Return the nodes that a quantity belongs to: those that hold it, else those of the steps that read it."""
        if found := self.scene.where(name).nodes:
            return found
        return _once(n for step in self.program.readers[name] for n in self.scene.where(step.name).nodes)

    def edges_of(self, role: Role) -> tuple[str, ...]:
        """Return the edges that a derivative, or a new value, belongs to; none where that is a node."""
        about = role.by or role.of
        into = role.over or (role.of if role.kind is Kind.LOCAL else "")
        nodes = self.scene.where(into).nodes if into else ()
        if carried := self.scene.where(about).edges:
            return tuple(e for e in carried if not nodes or self.scene.edge[e].target in nodes)
        sources = self.scene.where(about).nodes
        ways = (edge for node in sources for edge in self.scene.out_of.get(node, ()))
        return tuple(edge.id for edge in ways if edge.target in nodes)

    def of(self, steps: tuple[Step, ...]) -> Picture:
        """Return the picture of a beat that tells these steps."""
        last = steps[-1]
        mains = [s for s in steps if s.phase is last.phase and s.role.kind is last.role.kind]
        edges = _once(e for step in mains for e in self._own_edges(step))
        focus = _once(n for step in mains for n in self._own_nodes(step, bool(edges)))
        ends = _once(n for e in edges for n in (self.scene.edge[e].source, self.scene.edge[e].target))
        read = (*self._read(steps, mains), *self._onward(mains))
        near = [where for name in read if (where := self.scene.where(name))]
        here = {*focus, *ends}
        nodes = _once((*focus, *ends, *(n for where in near for n in where.nodes)))
        shown = {*edges, *(e for where in near for e in where.edges), *self._between(here, nodes)}
        about = [step.role.by or step.role.of for step in mains]
        anchors = (a for name in (*read, *about) for a in self.scene.where(name).anchors)
        beside = _once(a for a in anchors if a not in self.scene.edge and (not here or node_of(a) in ("", *here)))
        lit = (*nodes, *(e.id for e in self._touching(nodes) if e.id in shown), *beside)
        return Picture(focus, lit, *self._moving(last, edges, focus, nodes))

    def _own_edges(self, step: Step) -> tuple[str, ...]:
        return () if self.scene.where(step.name).nodes else self.edges_of(step.role)

    def _own_nodes(self, step: Step, on_edge: bool) -> tuple[str, ...]:
        if found := self.scene.where(step.name).nodes:
            return found
        if step.role.kind is Kind.TERM:  # it arrives where the others meet it
            return self.scene.where(step.role.by).nodes
        return () if on_edge or step.role.kind is Kind.UPDATED else self.nodes_of(step.role.by or step.role.of)

    def _onward(self, mains: list[Step]) -> Iterator[str]:
        """Over which quantities a gradient comes back."""
        for step in mains:
            if step.role.by and step.role.kind not in (Kind.LOCAL, Kind.TERM):
                yield from (
                    s.name for s in self.program.readers[step.role.by] if s.phase in (Phase.FORWARD, Phase.LOSS)
                )

    def _read(self, steps: tuple[Step, ...], mains: list[Step]) -> tuple[str, ...]:
        """What the steps read, through those that are told with them."""
        told = {step.name: step for step in steps}
        found, waiting = dict[str, None](), list(mains)
        for step in waiting:
            for name in references(step.expr):
                if name not in found and name in told:
                    waiting.append(told[name])
                found[name] = None
        return tuple(found)

    def _touching(self, nodes: Iterable[str]) -> Iterator[Edge]:
        for node in nodes:
            yield from self.scene.into.get(node, ())

    def _between(self, here: set[str], nodes: tuple[str, ...]) -> Iterator[str]:
        """The edges between nodes of which one is here."""
        known = set(nodes)
        for node in here:
            yield from (e.id for e in self.scene.into.get(node, ()) if e.source in known)
            yield from (e.id for e in self.scene.out_of.get(node, ()) if e.target in known)

    def _moving(
        self, last: Step, edges: tuple[str, ...], focus: tuple[str, ...], nodes: tuple[str, ...]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The edges along which the signal moves on, and those along which the error comes back."""
        if last.phase in (Phase.FORWARD, Phase.LOSS):
            return tuple(e.id for n in focus for e in self.scene.into.get(n, ()) if e.source in nodes), ()
        if last.phase is not Phase.BACKWARD or last.role.kind is Kind.LOCAL:
            return (), ()
        return (), edges or tuple(e.id for n in focus for e in self.scene.out_of.get(n, ()) if e.target in nodes)


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
