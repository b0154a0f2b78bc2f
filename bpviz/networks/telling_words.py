"""What is said of each step of a layered network: title, caption, and how its formula is written."""

from bpviz.calculation.program import Program
from bpviz.calculation.quantities import Kind, Phase, Step
from bpviz.networks.telling_sorts import SortedTelling
from bpviz.networks.wiring import Wiring
from bpviz.telling.scene import Scene
from bpviz.telling.story import Shown, Text
from bpviz.telling.tell import Group

EXPLAINED = frozenset(
    ("net", "out", "loss_part", "dout", "local", "dnet", "delta", "term", "use", "sum", "gradient", "update")
)
"""Sorts whose first beat has words of its own."""

TITLES = {"gradient_bias": "gradient", "gradient_shared": "gradient", "sum_one": "sum"}
"""Sorts with the title of another one."""


class WordedTelling(SortedTelling):
    """Says titles and captions, and writes formulas."""

    def __init__(self, wiring: Wiring, program: Program, scene: Scene) -> None:
        """Tell `program`, which has the chain rule's steps for the network of the wiring, on its scene."""
        super().__init__(wiring, program, scene)
        self.eta = next((g.name for g in program.givens if g.quantity.kind is Kind.LEARNING_RATE), "")
        self.sequential = _comes_back(program)

    def words(self, group: Group, first: bool) -> tuple[Text, Text]:
        """Title and caption by the sort of the step."""
        step, sort = group.last, self.sort(group.last)
        n, params = self.neuron(step), self.params_of(step)
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

    def params_of(self, step: Step) -> dict[str, str]:
        """Return everything that words may name, as far as there is such a thing."""
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
            params |= {"c": str(c), "w": self.weight_read(str(c), n)}
        return params | ({"delta": step.name} if sort == "delta" else {})

    def formulas(self, group: Group, first: bool) -> tuple[Shown, ...]:
        """A layer's first gradient is written with all its factors."""
        if first and self.sort(group.last) == "gradient":
            delta = self.program.at(Kind.DELTA, by=self.wiring.net(self.neuron(group.last)))
            return (Shown(group.last.name, (frozenset((delta.name,)),)),)
        return super().formulas(group, first)


def _comes_back(program: Program) -> bool:
    """True where a weight changes before the last gradient is known."""
    phases = [s.phase for s in program.steps]
    return Phase.UPDATE in phases and Phase.BACKWARD in phases[phases.index(Phase.UPDATE) :]
