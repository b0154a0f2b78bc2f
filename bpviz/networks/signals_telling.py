"""The telling of error signals in the order of the classic illustrations: neuron by neuron."""

from collections.abc import Hashable, Iterator
from dataclasses import replace

from bpviz.calculation.program import Program
from bpviz.calculation.quantities import Kind, Phase, Step
from bpviz.networks.signals import signal_name, slope_name
from bpviz.networks.wiring import Wiring
from bpviz.telling.chips import Chip, Piece, name_over_value, old_to_new, staying
from bpviz.telling.picture import Picture, Pictures
from bpviz.telling.scene import Scene, edge_id, under
from bpviz.telling.story import Beat, Shown, Text
from bpviz.telling.tell import Group, Telling


class SignalsTelling(Telling):
    """Tells one neuron opened, every neuron forward, the error, its way back, and every neuron's new weights."""

    def __init__(self, wiring: Wiring, program: Program, scene: Scene, rule: str) -> None:
        """Tell `program`, which has error signals by `rule`, one of `signals.RULES`, on its scene."""
        self.wiring, self.program, self.scene, self.rule = wiring, program, scene, rule

    def beat_of(self, step: Step) -> Hashable:
        """What a neuron does forward, what reaches it, its weights; slopes and terms wait for where they are used."""
        place = step.quantity.place
        if step.role.kind is Kind.LOSS or (place in self.wiring.outputs and step.role.kind is Kind.ERROR_SIGNAL):
            return "error"
        sort = {Kind.NET: "forward", Kind.ACTIVATION: "forward", Kind.ERROR_SIGNAL: "back"}
        sort |= {Kind.GRADIENT: "update", Kind.UPDATED: "update"}
        return (sort[step.role.kind], self._neuron(step)) if step.role.kind in sort else None

    def _neuron(self, step: Step) -> str:
        place = step.quantity.place
        return place if isinstance(place, str) else place[1]

    def _sort(self, group: Group) -> str:
        key = self.beat_of(group.last)
        return key[0] if isinstance(key, tuple) else str(key)

    def name_of(self, group: Group) -> str:
        """The id of the last step, but of an update the neuron's."""
        return f"update_{self._neuron(group.last)}" if self._sort(group) == "update" else group.last.name

    def phase_of(self, group: Group) -> Phase:
        """The error is told before it goes back."""
        return Phase.LOSS if self._sort(group) == "error" else group.last.phase

    def sort_of(self, group: Group) -> Hashable:
        """What is explained once: forward in each layer, back for each number of ways."""
        sort, n = self._sort(group), self._neuron(group.last)
        if sort == "forward":
            return sort, self.wiring.layer_of(n), n in self.wiring.outputs
        return (sort, len(self.wiring.out_of(n))) if sort == "back" else sort

    def words(self, group: Group, first: bool) -> tuple[Text, Text]:
        """Title and caption of what the neuron does."""
        sort, n = self._sort(group), self._neuron(group.last)
        params = {"n": n, "net": self.wiring.net(n), "out": self.wiring.signal(n), "delta": signal_name(self.wiring, n)}
        params |= {"eta": "eta", "loss": self.program.loss, "target": self.wiring.targets.get(n, ""), "slope": f"f{n}′"}
        key = f"{sort}{'_first' * first}"
        if sort == "forward" and (first or n in self.wiring.outputs):
            deeper = "deeper" if self.wiring.layer_of(n) > 1 else "first"
            key = f"forward_{'last' if n in self.wiring.outputs else deeper}"
        elif sort == "error":
            key = "error"
        elif sort == "back":
            ways = self.wiring.out_of(n)
            params |= {"w": ways[0][1], "c": ways[0][0], "count": str(len(ways))}
            params |= {"delta": signal_name(self.wiring, ways[0][0]), "slope": f"f{ways[0][0]}′"}
            key = f"meet{'_first' * first}" if len(ways) > 1 else f"{key}_{self.rule}"
        return Text(f"signals.titles.{sort}", params), Text(f"signals.captions.{key}", params)

    def formulas(self, group: Group, first: bool) -> tuple[Shown, ...]:
        """A row for each step that matters here; slopes and activations also by the letters of the illustrations."""
        shown = []
        for step in group.steps:
            n, kind = self._neuron(step), step.role.kind
            if kind is Kind.LOCAL:
                shown.append(Shown(step.name, numbers="beside", also=f"df{n}/de"))
            elif kind is Kind.ACTIVATION:
                shown.append(Shown(step.name, numbers="beside", also=f"f{n}"))
            elif kind is Kind.LOSS:
                shown.append(Shown(step.name, numbers="beside"))
            elif kind is Kind.ERROR_SIGNAL:
                shown.insert(0 if self._sort(group) == "error" else len(shown), Shown(step.name, (self._terms(group),)))
            elif kind in (Kind.NET, Kind.UPDATED):
                again = kind is Kind.UPDATED and any(s.step != step.name and s.numbers == "below" for s in shown)
                shown.append(Shown(step.name, numbers="beside" if again else "below"))
        return tuple(shown)

    def _terms(self, group: Group) -> frozenset[str]:
        return frozenset(step.name for step in group.steps if step.role.kind is Kind.TERM)

    def picture(self, group: Group, default: Picture) -> Picture:
        """The default picture with the chips of what is told; a neuron with new weights, and the error, in focus."""
        n, sort = self._neuron(group.last), self._sort(group)
        if sort == "update":
            default = replace(default, focus=(n,))
        elif sort == "error":
            nodes, edges = self.scene.downstream(n)
            default = Picture(nodes, (*nodes, *edges, self.wiring.targets[n]), forward=edges)
        return replace(default, chips=tuple(self._chips(group)))

    def _chips(self, group: Group) -> Iterator[Chip]:
        sort, n = self._sort(group), self._neuron(group.last)
        (left, right), delta = under(n), signal_name(self.wiring, n)
        if sort == "back":
            yield from (self._on_edge(n, over, weight) for over, weight in self.wiring.out_of(n))
        if sort in ("back", "error"):
            yield staying(right, delta)
        if sort == "update":
            for source, w in self.wiring.into(n):
                yield old_to_new(edge_id(source, n), w, self.program.at(Kind.UPDATED, of=w).name)
            yield name_over_value(left, slope_name(self.wiring, n), "backward", "symbol")
            yield name_over_value(right, delta, "backward", "symbol")

    def _on_edge(self, n: str, over: str, weight: str) -> Chip:
        """What comes back over an edge: weight · error signal (· slope) above its value."""
        above = [Piece("symbol", weight), Piece("text", "·"), Piece("symbol", signal_name(self.wiring, over))]
        if self.rule == "exact":
            above += [Piece("text", "·"), Piece("symbol", f"f{over}′")]
        term = self.program.find(Kind.TERM, by=self.wiring.signal(n), over=self.wiring.net(over))
        value = term.name if term else signal_name(self.wiring, n)
        return Chip(edge_id(n, over), "backward", (tuple(above), (Piece("value", value, bold=True),)))

    def opening(self) -> Iterator[Beat]:
        """The network, then what the two halves of its first neuron do."""
        yield from super().opening()
        n = self.wiring.neurons[0]
        net, out = self.program.at(Kind.NET, of=n), self.program.at(Kind.ACTIVATION, of=n)
        around = Pictures(self.program, self.scene).of((net, out))
        (source, w), *_ = self.wiring.into(n)
        params = {"net": net.name, "out": out.name, "n": n, "w": w, "x": self.wiring.signal(source)}
        formulas = (Shown(net.name, numbers="none"), Shown(out.name, numbers="none", also=f"f{n}"))
        words = Text("signals.titles.neuron"), Text("signals.captions.neuron", params)
        works = zip(under(n), (Piece("text", "Σ w·x"), Piece("symbol", f"f{n}")), (net.name, out.name), strict=True)
        chips = tuple(Chip(a, "forward", ((w,), (Piece("text", "→ "), Piece("symbol", r)))) for a, w, r in works)
        where = around.focus, around.lit, around.forward
        yield Beat("neuron", Phase.FORWARD, *words, formulas, (), *where, chips=chips)
