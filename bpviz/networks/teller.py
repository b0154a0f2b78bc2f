"""What every part of the story of a layered network needs: what has been told, what waits, what stays on screen."""

from collections.abc import Iterable

from bpviz.calculation.program import Program
from bpviz.calculation.quantities import Phase, Step
from bpviz.networks.wiring import Wiring
from bpviz.telling.scene import Chip
from bpviz.telling.story import Beat, Shown, Text


class Teller:
    """Walks over the steps of a program; a step that needs no frame of its own waits in `pending` for the next one."""

    def __init__(self, wiring: Wiring, program: Program) -> None:
        """Start before the first step."""
        self.wiring = wiring
        self.program = program
        self.pending: list[str] = []
        self.told: set[str] = set()
        self.standing: dict[str, Chip] = {}

    def once(self, key: str) -> bool:
        """True the first time `key` is asked for."""
        new = key not in self.told
        self.told.add(key)
        return new

    def beat(
        self,
        step: Step,
        title: Text,
        caption: Text,
        *,
        forms: tuple[frozenset[str], ...] = (frozenset(),),
        chips: Iterable[Chip] = (),
        **where: tuple[str, ...],
    ) -> Beat:
        """Return the beat that shows `step` and whatever waited for it, with the chips that stay from earlier beats."""
        shown = {chip.anchor: chip for chip in (*self.standing_in(step.phase), *chips)}
        reveals, self.pending = (*self.pending, step.name), []
        formulas = (Shown(step.name, forms),)
        return Beat(step.name, step.phase, title, caption, formulas, reveals, chips=tuple(shown.values()), **where)

    def standing_in(self, phase: Phase) -> tuple[Chip, ...]:
        """Chips that stay from earlier beats: deltas while the error goes back, changed weights from then on."""
        return tuple(c for c in self.standing.values() if c.tone == "update" or phase is Phase.BACKWARD)

    def first_in_layer(self, neuron: str) -> bool:
        """True for the neuron that a layer's calculation is shown on in detail."""
        return neuron == self.wiring.layers[self.wiring.layer_of(neuron)][0]

    def downstream(self, neuron: str) -> tuple[str, ...]:
        """Ids of every edge from `neuron` to the total error."""
        if neuron in self.wiring.outputs:
            return (f"{neuron}→E", f"{self.wiring.error(neuron)}→E")[: 2 if len(self.wiring.outputs) > 1 else 1]
        edges = dict.fromkeys(w for _, w in self.wiring.out_of(neuron))
        for target, _ in self.wiring.out_of(neuron):
            edges |= dict.fromkeys(self.downstream(target))
        return tuple(edges)

    def nodes_downstream(self, neuron: str) -> tuple[str, ...]:
        """Ids of `neuron` and every node its signal reaches."""
        if neuron in self.wiring.outputs:
            return (neuron, self.wiring.error(neuron), self.wiring.loss)
        found = {neuron: None}
        for target, _ in self.wiring.out_of(neuron):
            found |= dict.fromkeys(self.nodes_downstream(target))
        return tuple(found)
