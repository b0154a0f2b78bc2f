"""The telling of a network of many neurons: a beat for each layer in each phase, one neuron of the layer opened."""

from collections.abc import Iterator

from bpviz.calculation.program import Program
from bpviz.calculation.quantities import Kind
from bpviz.ground.checked import shown
from bpviz.networks.crowd import Detail, detail_of
from bpviz.networks.layer_steps import LayerSteps, Part
from bpviz.networks.telling import LayeredTelling
from bpviz.networks.wiring import Wiring
from bpviz.telling.chips import Chip, name_over_value, old_to_new, staying
from bpviz.telling.picture import Picture
from bpviz.telling.scene import Scene, beside, edge_id, under
from bpviz.telling.story import Beat, Shown, Text
from bpviz.telling.tell import Group, Telling


def telling_of(wiring: Wiring, program: Program, scene: Scene, detail: Detail | None = None) -> Telling:
    """Return the telling of a layered network by "neuron" or by "layer"; None: by neuron where they are few.

    Raises ValueError for another detail.
    """
    tellings = {"neuron": LayeredTelling, "layer": LayerTelling}
    chosen = detail_of(wiring) if detail is None else detail
    if chosen not in list(tellings):
        raise ValueError(f"no detail {shown(chosen)}; a network is told by {', '.join(tellings)}")
    return tellings[chosen](wiring, program, scene)


class LayerTelling(LayerSteps):
    """Tells signals, errors, deltas, gradients and updates layer by layer; formulas are those of the opened neuron."""

    def words(self, group: Group, first: bool) -> tuple[Text, Text]:
        """Title and caption by the part of the story."""
        part, layer = self._key(group.last)
        n = self._opened(layer)
        told = {self.sort(s): s.name for s in self._steps(group)}
        delta = self.program.find(Kind.DELTA, by=self.wiring.net(n))
        error = self.program.find(Kind.GRADIENT, by=self.wiring.signal(n))
        source, weight = self.wiring.into(n)[0]
        params = {
            "k": str(layer),
            "count": str(len(self.wiring.layers[layer])),
            "n": n,
            "loss": self.program.loss,
            "net": self.wiring.net(n),
            "out": self.wiring.signal(n),
            "delta": delta.name if delta else error.name if error else "",
            "w": weight,
            "x": self.wiring.signal(source),
            "eta": self.eta,
            "error": told.get("loss_part", self.program.loss),
        }
        key = "deltas_output" if part == "delta" and layer == len(self.wiring.layers) - 1 else part
        ending = "_first" if first else ""
        return Text(f"layers.titles.{part}", params), Text(f"layers.captions.{key}{ending}", params)

    def formulas(self, group: Group, first: bool) -> tuple[Shown, ...]:
        """Return those of the opened neuron, each in one row with its result."""
        return tuple(Shown(step.name, numbers="beside") for step in self._steps(group))

    def picture(self, group: Group, default: Picture) -> Picture:
        """The opened neuron with its edges, and the layer around it."""
        part, layer = self._key(group.last)
        n, wiring = self._opened(layer), self.wiring
        into = tuple(edge_id(source, n) for source, _ in wiring.into(n))
        onward = tuple(edge_id(n, target) for target, _ in wiring.out_of(n))
        errors = tuple(wiring.error(o) for o in wiring.outputs)
        to_error = (edge_id(n, wiring.error(n)),) if n in wiring.outputs else ()
        labels = tuple(a for a in (*under(n), beside(wiring.biases.get(n, ""), n)) if a in self.scene.anchors)
        layer_nodes = wiring.layers[layer or -1]
        sources = tuple(source for source, _ in wiring.into(n))
        chips = tuple(self._told(part, group))
        if part == "forward":
            return Picture((n,), (*layer_nodes, *sources, *into, *labels), forward=into, chips=chips)
        if part == "loss":
            edges = [edge_id(o, e) for o, e in zip(wiring.outputs, errors, strict=True)]
            edges += [edge_id(e, wiring.loss) for e in errors if e != wiring.loss]
            lit = (*wiring.outputs, *errors, wiring.loss, *edges, wiring.targets[n])
            return Picture((wiring.loss,), tuple(dict.fromkeys(lit)), forward=tuple(edges), chips=chips)
        if part == "delta":
            ahead = tuple(target for target, _ in wiring.out_of(n)) or (wiring.error(n),)
            back = onward or to_error
            return Picture((n,), (*layer_nodes, *ahead, *back, *labels), backward=back, chips=chips)
        back = into if part == "gradient" else ()
        return Picture((n,), (*layer_nodes, *sources, *into, *labels), backward=back, chips=chips)

    def _told(self, part: Part, group: Group) -> Iterator[Chip]:
        """What is told of the opened neuron stands below it, or at its bias."""
        for step in self._steps(group):
            sort, n = self.sort(step), self.neuron(step) if self.about(step).place else ""
            left, right = under(n)
            if sort == "delta":
                yield staying(left, step.name)
            elif sort in ("dout", "sum", "sum_one"):
                yield name_over_value(right, step.name, "backward")
        bias = self.wiring.biases.get(self._opened(self._key(group.last)[1]), "")
        anchors = self.scene.where(bias).anchors
        for step in (step for step in group.steps if anchors and bias == (step.role.by or step.role.of)):
            if part == "update":
                yield from (old_to_new(anchor, step.role.of, step.name) for anchor in anchors)
            elif part == "gradient" and step.role.kind is Kind.GRADIENT:
                yield from (name_over_value(anchor, step.name, "backward") for anchor in anchors)

    def before(self, group: Group) -> Iterator[Beat]:
        """Nothing: no single path is told."""
        return iter(())
