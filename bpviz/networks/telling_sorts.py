"""What each step of a layered network is in its story: of which sort, and about which quantity and neuron."""

from bpviz.algebra.traversal import references
from bpviz.calculation.program import Program
from bpviz.calculation.quantities import Kind, Quantity, Step
from bpviz.networks.wiring import Wiring
from bpviz.telling.scene import Scene
from bpviz.telling.tell import Telling

SORTS = {
    (Kind.TERM, Kind.WEIGHT): "use",
    (Kind.GRADIENT, Kind.WEIGHT): "gradient",
    (Kind.GRADIENT, Kind.BIAS): "gradient_bias",
    (Kind.LOCAL, Kind.WEIGHT): "dnet",
    (Kind.LOCAL, Kind.NET): "local",
    (Kind.NET, Kind.NET): "net",
    (Kind.ACTIVATION, Kind.ACTIVATION): "out",
    (Kind.TERM, Kind.ACTIVATION): "term",
    (Kind.DELTA, Kind.NET): "delta",
    (Kind.UPDATED, Kind.WEIGHT): "update",
    (Kind.UPDATED, Kind.BIAS): "update",
}
"""What a step is in this story, by its kind and the kind of what it is about; for others see `SortedTelling.sort`."""


class SortedTelling(Telling):
    """Knows what the steps of a layered network are."""

    def __init__(self, wiring: Wiring, program: Program, scene: Scene) -> None:
        """Tell `program`, which has the chain rule's steps for the network of the wiring, on its scene."""
        self.wiring, self.program, self.scene = wiring, program, scene

    def about(self, step: Step) -> Quantity:
        """Return what a derivative is by, what is updated; else the step's own quantity."""
        return self.program[step.role.by or (step.role.of if step.role.kind is Kind.UPDATED else step.name)].quantity

    def neuron(self, step: Step) -> str:
        """Return the neuron that a step is about; of what is on an edge, the neuron at its end."""
        place = self.about(step).place
        into = step.role.over or (step.role.of if step.role.kind is Kind.LOCAL else "")
        if not place and into:  # on several edges: the one that this step is about
            place = self.program[into].quantity.place
        return place if isinstance(place, str) else place[1]

    def sort(self, step: Step) -> str:
        """Return what a step is in this story: the ending of the keys of its words."""
        about = self.about(step)
        if step.role.kind is Kind.LOSS:
            return "loss_part" if about.place else "loss_total"
        if step.role.kind is Kind.GRADIENT and about.kind is Kind.ACTIVATION:
            return ("dout", "sum_one", "sum")[min(len(self.wiring.out_of(str(about.place))), 2)]
        if step.role.kind is Kind.GRADIENT and about.kind is Kind.WEIGHT and not about.place:
            return "gradient_shared"
        return SORTS.get((step.role.kind, about.kind), "factor")

    def weight_read(self, c: str, n: str) -> str:
        """Return the weight by which the error comes back from c to n: the old one, or the new where updates mix in."""
        local = self.program.find(Kind.LOCAL, of=self.wiring.net(c), by=self.wiring.signal(n))
        return next(references(local.expr)) if local else ""
