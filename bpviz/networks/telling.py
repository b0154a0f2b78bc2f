"""The story of a layered network: its program's steps, told one logical change at a time."""

from collections.abc import Callable, Iterable, Iterator

from bpviz.calculation.program import Program
from bpviz.calculation.quantities import Kind, Phase, Step
from bpviz.networks.backward import BackwardTeller
from bpviz.networks.wiring import Wiring
from bpviz.telling.scene import old_to_new
from bpviz.telling.story import Beat, Text


def layered_story(wiring: Wiring, program: Program) -> tuple[Beat, ...]:
    """Return the beats of `program`, which must be a layered network's, in the order of its steps."""
    return tuple(_StoryTeller(wiring, program).tell())


class _StoryTeller(BackwardTeller):
    def tell(self) -> Iterator[Beat]:
        yield Beat("network", Phase.FORWARD, Text("titles.network"), Text("captions.network"))
        tellers: dict[Kind, Callable[[Step], Iterable[Beat]]] = {
            Kind.NET: self._net,
            Kind.ACTIVATION: self._out,
            Kind.LOSS: self._loss,
            Kind.LOCAL: self.local,
            Kind.TERM: self.term,
            Kind.DELTA: self.delta,
            Kind.GRADIENT: self.gradient,
            Kind.UPDATED: self._update,
        }
        for step in self.program.steps:
            yield from tellers[step.quantity.kind](step)
        yield Beat(
            "done", Phase.UPDATE, Text("titles.done"), Text("captions.done"), chips=self.standing_in(Phase.UPDATE)
        )

    def _net(self, step: Step) -> Iterator[Beat]:
        n = str(step.quantity.place)
        edges = tuple(w for _, w in self.wiring.into(n))
        sources = tuple(s for s, _ in self.wiring.into(n))
        bias = self.wiring.biases.get(n)
        key = ("net_first" if self.once("net") else "net") + ("" if bias else "_no_bias")
        caption = Text(f"captions.{key}", {"n": n, "b": bias or ""})
        lit = (n, *sources, *edges, *([f"{bias}@{n}"] if bias else []))
        yield self.beat(step, Text("titles.net", {"n": n}), caption, focus=(n,), lit=lit, forward=edges)

    def _out(self, step: Step) -> Iterator[Beat]:
        n = str(step.quantity.place)
        activation = self.wiring.activations[n]
        key = f"out_first_{activation}" if self.once(f"out {activation}") else "out"
        caption = Text(f"captions.{key}", {"n": n, "net": self.wiring.net(n)})
        yield self.beat(step, Text("titles.out", {"n": n}), caption, focus=(n,), lit=(n,))

    def _loss(self, step: Step) -> Iterator[Beat]:
        n = str(step.quantity.place)
        if not n:
            edges = tuple(f"{self.wiring.error(o)}→E" for o in self.wiring.outputs)
            lit = (*edges, *(self.wiring.error(o) for o in self.wiring.outputs), step.name)
            title, caption = Text("titles.loss_total"), Text("captions.loss_total")
            yield self.beat(step, title, caption, focus=(step.name,), lit=lit, forward=edges)
            return
        caption = Text("captions.loss_part_first" if self.once("loss") else "captions.loss_part", {"n": n})
        lit = (n, step.name, f"{n}→E", self.wiring.targets[n])
        yield self.beat(
            step, Text("titles.loss_part", {"n": n}), caption, focus=(step.name,), lit=lit, forward=(f"{n}→E",)
        )

    def _update(self, step: Step) -> Iterator[Beat]:
        (w,) = step.subject
        place = step.quantity.place
        anchors = (
            (w,) if isinstance(place, tuple) else tuple(f"{b}@{n}" for n, b in self.wiring.biases.items() if b == w)
        )
        self.standing |= {anchor: old_to_new(anchor, w, step.name) for anchor in anchors}
        key = (
            "update" if not self.once("update") else "update_first_sequential" if self._sequential() else "update_first"
        )
        lit = (*anchors, *(place if isinstance(place, tuple) else ()))
        params = {"w": w, "eta": "eta"}
        yield self.beat(step, Text("titles.update", params), Text(f"captions.{key}", params), lit=lit)

    def _sequential(self) -> bool:
        """True where a weight changes before the last gradient is known."""
        phases = [s.phase for s in self.program.steps]
        return Phase.BACKWARD in phases[phases.index(Phase.UPDATE) :]
