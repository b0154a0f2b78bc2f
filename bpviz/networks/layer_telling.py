"""The telling of a network of many neurons: a beat for each layer in each phase, one neuron of the layer opened."""

from collections.abc import Hashable, Iterator
from copy import copy
from operator import itemgetter
from typing import Literal, Self

from bpviz.calculation.program import Program
from bpviz.calculation.quantities import Kind, Phase, Step
from bpviz.ground.checked import shown
from bpviz.networks.crowd import Detail, detail_of
from bpviz.networks.telling import LayeredTelling
from bpviz.networks.wiring import Wiring
from bpviz.telling.chips import Chip, name_over_value, old_to_new, staying
from bpviz.telling.picture import Picture
from bpviz.telling.scene import Scene, beside, edge_id, under
from bpviz.telling.story import Beat, Shown, Text
from bpviz.telling.tell import Group, Telling

Part = Literal["forward", "loss", "delta", "gradient", "update"]

OPENED_SORTS: dict[Part, tuple[str, ...]] = {
    "forward": ("net", "softmax", "out"),
    "loss": ("loss_part", "loss_total"),
    "delta": ("dout", "sum", "sum_one", "local", "delta"),
    "gradient": ("gradient", "gradient_shared", "gradient_bias"),
    "update": ("correction", "memory", "update"),
}
"""Which steps of the opened neuron are written as formulas: of each sort the first."""


def telling_of(wiring: Wiring, program: Program, scene: Scene, detail: Detail | None = None) -> Telling:
    """Return the telling of a layered network by "neuron" or by "layer"; None: by neuron where they are few.

    Raises ValueError for another detail.
    """
    tellings = {"neuron": LayeredTelling, "layer": LayerTelling}
    chosen = detail_of(wiring) if detail is None else detail
    if chosen not in list(tellings):
        raise ValueError(f"no detail {shown(chosen)}; a network is told by {', '.join(tellings)}")
    return tellings[chosen](wiring, program, scene)


class LayerTelling(LayeredTelling):
    """Tells signals, errors, deltas, gradients and updates layer by layer; formulas are those of the opened neuron."""

    def __init__(self, wiring: Wiring, program: Program, scene: Scene) -> None:
        """Tell `program` on its scene, the first neuron of each layer opened."""
        super().__init__(wiring, program, scene)
        self.opened = tuple(layer[0] for layer in wiring.layers)
        self._with_bias: dict[str, list[str]] = {}
        for n, bias in wiring.biases.items():
            self._with_bias.setdefault(bias, []).append(n)
        self._written: dict[str, dict[str, list[tuple[int, str, Step]]]] = {}

    def with_opened(self, layer: int, neuron: str, scene: Scene) -> Self:
        """Return the same telling with another neuron of a layer opened, on a scene that has its anchors."""
        other = copy(self)
        other.opened = (*self.opened[:layer], neuron, *self.opened[layer + 1 :])
        other.scene = scene
        return other

    def layer_of(self, group: Group) -> int:
        """Return the layer whose opened neuron a group tells."""
        part, layer = self._key(group.last)
        return len(self.wiring.layers) - 1 if part == "loss" else layer

    def _key(self, step: Step) -> tuple[Part, int]:
        """The part of the story that a step belongs to, and the layer."""
        sort = self.sort(step)
        if step.phase in (Phase.FORWARD, Phase.LOSS):
            part: Part = "forward" if step.phase is Phase.FORWARD else "loss"
            return part, self.wiring.layer_of(self.neuron(step)) if part == "forward" else 0
        layer = self.wiring.layer_of(self.neuron(step)) if self.about(step).place else self._deepest(step)
        if step.phase is Phase.UPDATE or step.role.kind is Kind.UPDATED:
            return "update", layer
        return ("delta" if sort in (*OPENED_SORTS["delta"], "term", "factor") else "gradient"), layer

    def _deepest(self, step: Step) -> int:
        """The layer of what stands on several edges, or at several neurons: the one next to the inputs."""
        name = self.about(step).name
        neurons = [*self._with_bias.get(name, ())]
        neurons += [target for _, target in self.wiring.edges.carrying.get(name, ())]
        return min(map(self.wiring.layer_of, neurons))

    def beat_of(self, step: Step) -> Hashable:
        """A beat for each part and layer."""
        return self._key(step)

    def name_of(self, group: Group) -> str:
        """Return the part and the layer."""
        part, layer = self._key(group.last)
        return f"{part}_{layer}" if layer else part

    def sort_of(self, group: Group) -> Hashable:
        """Each part is explained once; the way back to a hidden layer once more."""
        part, layer = self._key(group.last)
        return part, part == "delta" and layer == len(self.wiring.layers) - 1

    def words(self, group: Group, first: bool) -> tuple[Text, Text]:
        """Title and caption by the part of the story."""
        part, layer = self._key(group.last)
        n = self._opened(layer)
        told = {self.sort(s): s.name for s in self._steps(group)}
        delta = self.program.find(Kind.DELTA, by=self.wiring.net(n))
        error = self.program.find(Kind.GRADIENT, by=self.wiring.signal(n))
        weight, source = self._first_weight(n), self.wiring.into(n)[0][0]
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

    def _opened(self, layer: int) -> str:
        return self.opened[layer or -1]

    def _first_weight(self, n: str) -> str:
        return self.wiring.into(n)[0][1]

    def _steps(self, group: Group) -> Iterator[Step]:
        """The steps of the opened neuron that are written out: of each kind the first."""
        name = self.name_of(group)
        if name not in self._written:
            self._written[name] = self._owned(group)
        owned, n = self._written[name], self._opened(self._key(group.last)[1])
        kinds: dict[str, Step] = {}
        for _, kind, step in sorted((*owned.get("", ()), *owned.get(n, ())), key=itemgetter(0)):
            kinds.setdefault(kind, step)
        yield from kinds.values()

    def _owned(self, group: Group) -> dict[str, list[tuple[int, str, Step]]]:
        """Neuron → the steps of a group that can be written out for it, with their place and kind; "": for any."""
        owned: dict[str, list[tuple[int, str, Step]]] = {}
        for place, step in enumerate(group.steps):
            sort = self.sort(step)
            if sort in OPENED_SORTS[self._key(group.last)[0]]:
                owned.setdefault(self._owner(step, sort), []).append((place, self._kind(step, sort), step))
        return owned

    def _owner(self, step: Step, sort: str) -> str:
        """The neuron whose step it is, "" where it belongs to several."""
        about = self.about(step)
        if sort == "loss_total" or not about.place:
            neurons = self._with_bias.get(about.name, ())
            return neurons[0] if len(neurons) == 1 else ""
        return self.neuron(step)

    def _kind(self, step: Step, sort: str) -> str:
        return sort

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
