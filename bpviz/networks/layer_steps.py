"""Which steps of a network of many neurons share a beat: those of a layer in a phase; which are the opened neuron's."""

from collections.abc import Hashable, Iterator
from copy import copy
from operator import itemgetter
from typing import Literal, Self

from bpviz.calculation.program import Program
from bpviz.calculation.quantities import Kind, Phase, Step
from bpviz.networks.telling import LayeredTelling
from bpviz.networks.wiring import Wiring
from bpviz.telling.scene import Scene
from bpviz.telling.tell import Group

Part = Literal["forward", "loss", "delta", "gradient", "update"]

OPENED_SORTS: dict[Part, tuple[str, ...]] = {
    "forward": ("net", "softmax", "out"),
    "loss": ("loss_part", "loss_total"),
    "delta": ("dout", "sum", "sum_one", "local", "delta"),
    "gradient": ("gradient", "gradient_shared", "gradient_bias"),
    "update": ("correction", "memory", "update"),
}
"""Which steps of the opened neuron are written as formulas: of each sort the first."""


class LayerSteps(LayeredTelling):
    """Knows to which layer and part of the story steps belong, and which are told of the opened neuron."""

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

    def _opened(self, layer: int) -> str:
        return self.opened[layer or -1]

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
