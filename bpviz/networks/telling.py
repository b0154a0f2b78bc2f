"""The telling of a layered network: a beat a step; of each layer the first neuron in detail, the others at once."""

from collections.abc import Hashable, Iterator

from bpviz.calculation.program import Program
from bpviz.calculation.quantities import Phase, Step
from bpviz.networks.telling_pictures import PicturedTelling
from bpviz.networks.telling_words import WordedTelling
from bpviz.networks.wiring import Wiring
from bpviz.telling.scene import Scene, edge_id
from bpviz.telling.story import Beat, Text
from bpviz.telling.tell import Group


class LayeredTelling(WordedTelling, PicturedTelling):
    """Tells net inputs, outputs, errors, local derivatives, deltas, terms, sums, gradients and updates."""

    def __init__(self, wiring: Wiring, program: Program, scene: Scene) -> None:
        """Tell `program`, which has the chain rule's steps for the network of the wiring, on its scene."""
        super().__init__(wiring, program, scene)
        self.first_factor, self.overviews = "", dict[str, str]()
        for step in program.steps:
            if self.sort(step) == "dnet":
                self.first_factor = self.first_factor or step.name
            elif self.sort(step) in ("term", "dout", "sum", "sum_one"):
                layer = wiring.layers[wiring.layer_of(self.neuron(step))]
                if not any(n in self.overviews.values() for n in layer):
                    self.overviews[step.name] = self.neuron(step)

    def beat_of(self, step: Step) -> Hashable:
        """A beat for each step; factors and terms shown before on another neuron wait for what they lead to."""
        sort = self.sort(step)
        if sort in ("local", "term"):
            layer = self.wiring.layers[self.wiring.layer_of(self.neuron(step))]
            return step.name if self.neuron(step) == layer[0] else None
        return step.name if sort not in ("dnet", "factor") or step.name == self.first_factor else None

    def sort_of(self, group: Group) -> Hashable:
        """What is explained once, and again for other activations, and for the gradients of another layer."""
        sort, neuron = self.sort(group.last), self.neuron(group.last)
        if sort in ("out", "local"):
            return sort, self.wiring.activations[neuron]
        return (sort, self.wiring.layer_of(neuron)) if sort == "gradient" else sort

    def before(self, group: Group) -> Iterator[Beat]:
        """Before the first derivative of a layer: which way the first weight acts on the error."""
        for neuron in (self.overviews[s.name] for s in group.steps if s.name in self.overviews):
            source, w = self.wiring.into(neuron)[0]
            ways, edges = self.wiring.ways(w), len(self.scene.where(w).edges)
            key = self.path_key(neuron, ways)
            params = {**self.params_of(group.last), "w": w, "n": neuron, "count": f"{ways:,}", "edges": str(edges)}
            caption = "paths_shared" if edges > 1 else key
            nodes, onward = self.scene.downstream(neuron)
            moving = (edge_id(source, neuron), *onward)
            words = Text(f"titles.{'paths' if ways > 1 else 'path'}", params), Text(f"captions.{caption}", params)
            lit = (source, *nodes, *moving)
            name = f"path_{w}" if neuron in self.wiring.outputs else f"paths_{w}"
            yield Beat(name, Phase.BACKWARD, *words, lit=lit, forward=moving, about=w)

    def path_key(self, neuron: str, ways: int) -> str:
        """Return the key of what is said of the ways of a weight into `neuron`, each on one edge."""
        return "path" if neuron in self.wiring.outputs else "path_deep" if ways == 1 else "paths"
