"""The telling of a layered network: a beat a step; of each layer the first neuron in detail, the others at once."""

from collections.abc import Hashable, Iterator
from dataclasses import replace

from bpviz.algebra.traversal import references
from bpviz.calculation.program import Program
from bpviz.calculation.quantities import Kind, Phase, Quantity, Step
from bpviz.networks.wiring import Wiring
from bpviz.telling.chips import Chip, Piece, name_over_value, old_to_new, staying
from bpviz.telling.picture import Picture
from bpviz.telling.scene import Scene, edge_id, under
from bpviz.telling.story import Beat, Shown, Text
from bpviz.telling.tell import Group, Telling

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
"""What a step is in this story, by its kind and the kind of what it is about; for others see `LayeredTelling.sort`."""

EXPLAINED = frozenset(
    ("net", "out", "loss_part", "dout", "local", "dnet", "delta", "term", "use", "sum", "gradient", "update")
)
"""Sorts whose first beat has words of its own."""

TITLES = {"gradient_bias": "gradient", "gradient_shared": "gradient", "sum_one": "sum"}
"""Sorts with the title of another one."""


class LayeredTelling(Telling):
    """Tells net inputs, outputs, errors, local derivatives, deltas, terms, sums, gradients and updates."""

    def __init__(self, wiring: Wiring, program: Program, scene: Scene) -> None:
        """Tell `program`, which has the chain rule's steps for the network of the wiring, on its scene."""
        self.wiring, self.program, self.scene = wiring, program, scene
        self.eta = next((g.name for g in program.givens if g.quantity.kind is Kind.LEARNING_RATE), "")
        self.sequential = _comes_back(program)
        self.first_factor, self.overviews = "", dict[str, str]()
        for step in program.steps:
            if self.sort(step) == "dnet":
                self.first_factor = self.first_factor or step.name
            elif self.sort(step) in ("term", "dout", "sum", "sum_one"):
                layer = wiring.layers[wiring.layer_of(self.neuron(step))]
                if not any(n in self.overviews.values() for n in layer):
                    self.overviews[step.name] = self.neuron(step)

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

    def words(self, group: Group, first: bool) -> tuple[Text, Text]:
        """Title and caption by the sort of the step."""
        step, sort = group.last, self.sort(group.last)
        n, params = self.neuron(step), self._params(step)
        endings = {
            "out": f"_{self.wiring.activations.get(n)}" if first else "",
            "local": f"_{self.wiring.activations.get(n)}" if first else "",
            "net": "" if n in self.wiring.biases else "_no_bias",
            "delta": self._identity(n),
            "gradient_bias": "" if len(self.scene.where(step.role.by).anchors) > 1 else "_one",
            "update": "_sequential" if first and self.sequential else "",
        }
        key = f"{sort}{'_first' if first and sort in EXPLAINED else ''}{endings.get(sort, '')}"
        if key == "gradient_first" and n not in self.wiring.outputs:
            key = f"gradient_deep{self._identity(n)}"
        return Text(f"titles.{TITLES.get(sort, sort)}", params), Text(f"captions.{key}", params)

    def _identity(self, n: str) -> str:
        """The ending of words for a neuron whose activation passes its net input on: no slope, no factor."""
        return "_identity" if self.wiring.activations.get(n) == "identity" else ""

    def _params(self, step: Step) -> dict[str, str]:
        """Everything that words may name, as far as there is such a thing."""
        n, sort, about = self.neuron(step), self.sort(step), self.about(step)
        params = {"n": n, "loss": self.program.loss, "eta": self.eta, "dout": step.name} | dict.fromkeys(
            "wb", about.name
        )
        if n in self.wiring.activations:
            params |= {"net": self.wiring.net(n), "out": self.wiring.signal(n), "b": self.wiring.biases.get(n, "")}
        if sort in ("gradient", "dnet"):
            delta = self.program.find(Kind.DELTA, by=self.wiring.net(n))
            source = about.edge[0] if about.place else n
            params |= {"x": self.wiring.signal(source), "delta": delta.name if delta else ""}
        elif sort == "use":
            params["c"] = n
        elif sort in ("term", "sum", "sum_one"):
            c = self.program[step.role.over].quantity.place if step.role.over else self.wiring.out_of(n)[0][0]
            params |= {"c": str(c), "w": self._read(str(c), n)}
        return params | ({"delta": step.name} if sort == "delta" else {})

    def _read(self, c: str, n: str) -> str:
        """The weight by which the error comes back from c to n: the old one; if updates are sequential, the new."""
        local = self.program.find(Kind.LOCAL, of=self.wiring.net(c), by=self.wiring.signal(n))
        return next(references(local.expr)) if local else ""

    def formulas(self, group: Group, first: bool) -> tuple[Shown, ...]:
        """A layer's first gradient is written with all its factors."""
        if first and self.sort(group.last) == "gradient":
            delta = self.program.at(Kind.DELTA, by=self.wiring.net(self.neuron(group.last)))
            return (Shown(group.last.name, (frozenset((delta.name,)),)),)
        return super().formulas(group, first)

    def picture(self, group: Group, default: Picture) -> Picture:
        """The default picture with chips for what is told; an error is followed to its end, a bias has its neurons."""
        n, sort = self.neuron(group.last), self.sort(group.last)
        if sort == "dout":
            nodes, edges = self.scene.downstream(n)
            default = replace(default, lit=(*nodes, *edges, self.wiring.targets[n]), backward=edges)
        elif sort == "dnet":
            sources = (e.source for e in self.scene.into[n] if e.carries == group.last.role.by)
            default = replace(default, focus=tuple(sources))
        elif sort == "update":
            biases = {step.role.of for step in group.steps}
            theirs = (n for n, bias in self.wiring.biases.items() if bias in biases)
            default = replace(default, lit=tuple(dict.fromkeys((*default.lit, *theirs))))
        return replace(default, chips=tuple(self._chips(group.last)))

    def _chips(self, step: Step) -> Iterator[Chip]:
        sort, n, where = self.sort(step), self.neuron(step), self.scene.where(self.about(step).name)
        left, right = under(n)
        if sort == "dout":
            yield name_over_value(right, step.name, "backward")
        elif sort in ("dnet", "gradient", "use", "gradient_bias", "gradient_shared"):
            at = [a for a in where.anchors or where.edges if sort != "use" or self.scene.edge[a].target == n]
            yield from (name_over_value(anchor, step.name, "backward") for anchor in at)
        elif sort == "update":
            stays = bool(where.anchors)
            yield from (old_to_new(a, step.role.of, step.name, stays) for a in where.anchors or where.edges)
        elif sort in ("term", "sum", "sum_one"):
            yield from self._terms(n, step.role.over)
        if sort in ("local", "delta"):
            yield staying(left, step.name) if sort == "delta" else name_over_value(left, step.name, "backward")
        if sort in ("local", "delta", "sum", "sum_one"):
            arrived = self.program.find(Kind.GRADIENT, by=self.wiring.signal(n))
            yield from [name_over_value(right, arrived.name, "backward")] if arrived else []

    def _terms(self, n: str, until: str = "") -> Iterator[Chip]:
        """The term on every edge out of n, as far as the one over `until`: delta · weight above its value."""
        for c, _ in self.wiring.out_of(n):
            over = self.wiring.net(c)
            term = self.program.find(Kind.TERM, by=self.wiring.signal(n), over=over)
            if term:
                delta = self.program.at(Kind.DELTA, by=over).name
                above = (Piece("symbol", delta), Piece("text", " · "), Piece("symbol", self._read(c, n)))
                yield Chip(edge_id(n, c), "backward", (above, (Piece("value", term.name, bold=True),)))
            if over == until:
                return

    def before(self, group: Group) -> Iterator[Beat]:
        """Before the first derivative of a layer: which way the first weight acts on the error."""
        for neuron in (self.overviews[s.name] for s in group.steps if s.name in self.overviews):
            source, w = self.wiring.into(neuron)[0]
            ways, edges = self.wiring.ways(w), len(self.scene.where(w).edges)
            key = self.path_key(neuron, ways)
            params = {**self._params(group.last), "w": w, "n": neuron, "count": f"{ways:,}", "edges": str(edges)}
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


def _comes_back(program: Program) -> bool:
    """True where a weight changes before the last gradient is known."""
    phases = [s.phase for s in program.steps]
    return Phase.UPDATE in phases and Phase.BACKWARD in phases[phases.index(Phase.UPDATE) :]
