"""The telling of a network of your own: any loss, softmax, and optimizers that remember."""

from collections.abc import Collection, Hashable, Iterable
from dataclasses import replace

from bpviz.algebra.traversal import operations
from bpviz.calculation.program import Program
from bpviz.calculation.quantities import Kind, Phase, Quantity, Step
from bpviz.networks.layer_steps import Part
from bpviz.networks.layer_telling import LayerTelling
from bpviz.networks.losses import HALF_SQUARED, LARGEST, shortcuts
from bpviz.networks.optimizers import CORRECTIONS
from bpviz.networks.telling import LayeredTelling
from bpviz.networks.wiring import SOFTMAX, Wiring
from bpviz.telling.chips import name_over_value
from bpviz.telling.picture import Picture
from bpviz.telling.scene import Scene
from bpviz.telling.story import Beat, Shown, Text
from bpviz.telling.tell import Group

_LOSS_WORDS = {"captions.loss_part_first", "captions.loss_part", "layers.captions.loss_first"}
"""Captions that say what an error is."""


class NetworkTelling(LayeredTelling):
    """Tells a network neuron by neuron, by its `loss` and its `optimizer`."""

    def __init__(
        self, wiring: Wiring, program: Program, scene: Scene, loss: str, optimizer: str, labelled: Collection[str] = ()
    ) -> None:
        """Tell `program`, which has the steps of both, on its scene; `labelled`: what has a name of its own there."""
        self.loss, self.optimizer, self.labelled = loss, optimizer, labelled
        self.closed = shortcuts(wiring, loss)
        self.first_updated = next(iter(program.gradients))
        super().__init__(wiring, program, scene)

    def about(self, step: Step) -> Quantity:
        """Return what a memory belongs to; of anything else what it always is."""
        if step.role.kind is Kind.MEMORY and step.role.of not in CORRECTIONS:
            return self.program[step.role.of.partition("_")[2]].quantity
        return super().about(step)

    def neuron(self, step: Step) -> str:
        """Return the first output for what all outputs, or all weights, have in common."""
        together = step.role.kind is Kind.VALUE or step.role.of in CORRECTIONS
        return self.wiring.outputs[0] if together else super().neuron(step)

    def sort(self, step: Step) -> str:
        """Softmax has steps of its own, and so has a memory."""
        if step.role.kind is Kind.VALUE:
            return "softmax"
        if step.role.kind is Kind.MEMORY:
            return "correction" if step.role.of in CORRECTIONS else "memory"
        return super().sort(step)

    def beat_of(self, step: Step) -> Hashable:
        """What softmax makes of all net inputs shares a beat, so do corrections; all but the first memories wait."""
        sort = self.sort(step)
        if sort == "memory":
            return step.name if self.about(step).name == self.first_updated else None
        return sort if sort in ("softmax", "correction") else super().beat_of(step)

    def words(self, group: Group, first: bool) -> tuple[Text, Text]:
        """Title and caption by the sort of the step, the loss and the optimizer."""
        step, sort = group.last, self.sort(group.last)
        if sort in ("softmax", "correction", "memory"):
            params = {"m": LARGEST, "S": step.name, "w": self.about(step).name, "memory": step.role.of}
            key = f"memory_{self._memory(step)}" if sort == "memory" else sort
            return Text(f"networks.titles.{sort}", params), Text(f"networks.captions.{key}", params)
        title, caption = super().words(group, first)
        key = self._key_of(caption.key, step, first)
        params = {**caption.params, "from": self.wiring.targets[self.wiring.outputs[0]]}
        return title, replace(caption, key=key, params=params) if key != caption.key else caption

    def _key_of(self, key: str, step: Step, first: bool) -> str:
        """The key of a caption that the loss, softmax or the optimizer says otherwise."""
        sort = self.sort(step)
        if key in _LOSS_WORDS and self.loss != HALF_SQUARED:
            return f"networks.{key}_{self.loss}"
        if key == "captions.loss_total" and self.loss == "mean_squared_error":
            return "networks.captions.loss_mean"
        if sort == "delta" and step.role.by in self.closed:
            return f"networks.captions.delta{'_first' if first else ''}_{self._closed_form()}"
        if sort == "update" and self.optimizer != "plain":
            return f"networks.captions.update_{self.optimizer if first else 'again'}"
        return key

    def _memory(self, step: Step) -> str:
        """What a memory keeps: gradients added up, their mean, or the mean of their squares."""
        if self.optimizer in ("momentum", "nesterov"):
            return "sum"
        return "mean" if step.role.of.startswith("m_") else "squares"

    def _closed_form(self) -> str:
        """How the outputs' deltas come to their closed form."""
        activation = self.wiring.activations[self.wiring.outputs[0]]
        if self.loss.endswith("cross_entropy"):
            return self.loss if activation != SOFTMAX else "softmax_cross_entropy"
        return "softmax"

    def path_key(self, neuron: str, ways: int) -> str:
        """Through softmax a weight acts on every output."""
        if neuron in self.wiring.outputs and self.wiring.softmax:
            return "path_softmax"
        return super().path_key(neuron, ways)

    def formulas(self, group: Group, first: bool) -> tuple[Shown, ...]:
        """What softmax makes of all net inputs, and what becomes of memories, each has its formula."""
        if self.sort(group.last) in ("softmax", "correction"):
            return tuple(Shown(step.name) for step in group.steps)
        if len(group.steps) > 1 and self.sort(group.last) == "update":
            return tuple(Shown(step.name, numbers="beside") for step in group.steps)
        return self._spelled(super().formulas(group, first))

    def _spelled(self, formulas: Iterable[Shown]) -> tuple[Shown, ...]:
        """Formulas where softplus, which no book writes, is also what it is short for."""
        return tuple(
            replace(shown, spelled="softplus") if self._has_softplus(shown.step) else shown for shown in formulas
        )

    def _has_softplus(self, name: str) -> bool:
        step = self.program[name]
        return isinstance(step, Step) and "softplus" in operations(step.expr)

    def picture(self, group: Group, default: Picture) -> Picture:
        """What softmax makes of all net inputs belongs to all outputs; a memory keeps the gradient of its weight."""
        if self.sort(group.last) == "softmax":
            return Picture(self.wiring.outputs, self.wiring.outputs)
        return self._remembering(group.last) if self.sort(group.last) == "memory" else super().picture(group, default)

    def _remembering(self, step: Step) -> Picture:
        weight = self.about(step).name
        where = self.scene.where(weight)
        ends = (n for e in where.edges for n in (self.scene.edge[e].source, self.scene.edge[e].target))
        gradient = self.program.gradients[weight]
        chips = tuple(name_over_value(anchor, gradient, "backward") for anchor in where.anchors)
        return Picture(lit=tuple(dict.fromkeys((*ends, *where.edges, *where.nodes, *where.anchors))), chips=chips)

    def opening(self) -> tuple[Beat, ...]:
        """Return the beat before the first step: how the first neuron is numbered, or a weight, or that neither is."""
        n = self.wiring.layers[1][0]
        w = next((w for w in self.wiring.into_layer(1) if w not in self.labelled), "")
        key = "network" if n not in self.labelled else "network_weights" if w else ""
        caption = Text(f"networks.captions.{key}", {"n": n, "w": w}) if key else Text("captions.network")
        return (Beat("network", Phase.FORWARD, Text("titles.network"), caption),)


class NetworkLayerTelling(NetworkTelling, LayerTelling):
    """Tells a network layer by layer, by its loss and its optimizer."""

    def _key(self, step: Step) -> tuple[Part, int]:
        """Corrections stand before the first new values."""
        if self.sort(step) == "correction":
            return "update", len(self.wiring.layers) - 1
        return super()._key(step)

    def layer_of(self, group: Group) -> int:
        """Corrections are the same for every neuron."""
        return -1 if self.sort(group.last) == "correction" else super().layer_of(group)

    def beat_of(self, step: Step) -> Hashable:
        """A beat for each part and layer, and one for corrections."""
        return "correction" if self.sort(step) == "correction" else LayerTelling.beat_of(self, step)

    def name_of(self, group: Group) -> str:
        """Return the part and the layer."""
        return "correction" if self.sort(group.last) == "correction" else super().name_of(group)

    def sort_of(self, group: Group) -> Hashable:
        """Corrections are no new values yet."""
        return "correction" if self.sort(group.last) == "correction" else super().sort_of(group)

    def words(self, group: Group, first: bool) -> tuple[Text, Text]:
        """Title and caption by the part of the story, the loss and the optimizer."""
        if self.sort(group.last) == "correction":
            return NetworkTelling.words(self, group, first)
        title, caption = LayerTelling.words(self, group, first)
        part, _ = self._key(group.last)
        key = caption.key
        if key in _LOSS_WORDS and self.loss != HALF_SQUARED:
            key = f"networks.{key}_{self.loss}"
        elif key.startswith("layers.captions.deltas_output") and self.closed:
            key = f"networks.{key}_{self._closed_form()}"
        elif part == "update" and first and self.optimizer != "plain":
            key = f"networks.layers.captions.update_{self.optimizer}"
        return title, replace(caption, key=key)

    def formulas(self, group: Group, first: bool) -> tuple[Shown, ...]:
        """Return those of the opened neuron, each in one row with its result."""
        return self._spelled(Shown(step.name, numbers="beside") for step in self._steps(group))

    def _owner(self, step: Step, sort: str) -> str:
        """Softmax and corrections belong to all."""
        return "" if sort in ("softmax", "correction") else super()._owner(step, sort)

    def _kind(self, step: Step, sort: str) -> str:
        """What softmax and memories need more than one step for is written out whole."""
        return step.name.partition("_")[0] if sort in ("softmax", "memory", "correction") else sort


def network_telling(by_layer: bool) -> type[NetworkTelling]:
    """Return what tells a network layer by layer or neuron by neuron."""
    return NetworkLayerTelling if by_layer else NetworkTelling
