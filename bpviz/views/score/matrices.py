"""The matrices of a layered network: the names of the quantities in each, and how each is written."""

from collections.abc import Mapping
from typing import Any

from bpviz.calculation.program import Program
from bpviz.calculation.quantities import Kind, Step
from bpviz.writing.symbols import Symbol

Json = dict[str, Any]
Rows = list[list[str]]
"""A matrix: the names of the quantities in it."""


class Matrices:
    """The matrices of a network by numbers, layer by layer."""

    def __init__(self, program: Program, kept: Mapping[str, Any]) -> None:
        """Take the program of a network, and what it keeps of how it was made."""
        self.program = program
        self.sizes: list[int] = kept["sizes"]

    def neurons(self, layer: int) -> range:
        """Return the numbers of a layer's neurons."""
        return range(1, self.sizes[layer] + 1)

    def column(self, letter: str, layer: int) -> Rows:
        """Return the column of a layer's net inputs or outputs, by their letter; of layer 0 the inputs."""
        if layer == 0:
            return [[f"x{k}"] for k in self.neurons(0)]
        return [[f"{letter}{layer}_{k}"] for k in self.neurons(layer)]

    def weights(self, layer: int) -> Rows:
        """Return the weights into a layer: a row for each of its neurons."""
        return [[f"w{layer}_{to}_{k}" for k in self.neurons(layer - 1)] for to in self.neurons(layer)]

    def biases(self, layer: int) -> Rows:
        """Return the column of a layer's biases, empty if there are none."""
        found = [[f"b{layer}_{k}"] if f"b{layer}_{k}" in self.program else [f"b{layer}"] for k in self.neurons(layer)]
        return found if found[0][0] in self.program else []

    def gradients(self, names: Rows) -> Rows:
        """Return ∂L by each; a loss has one derivative by each quantity, under whatever name."""
        return [[self.derivative(self.program.loss, name).name for name in row] for row in names]

    def derivative(self, of: str, by: str) -> Step:
        """Return the step of a derivative; ValueError for a network that has none."""
        kinds = (Kind.DELTA, Kind.GRADIENT) if of == self.program.loss else (Kind.LOCAL,)
        found = next(filter(None, (self.program.find(kind, of=of, by=by) for kind in kinds)), None)
        if found is None:
            raise ValueError(f"this network has no derivative of {of} by {by}")
        return found


def transposed(rows: Rows) -> Rows:
    """Return a matrix with its columns as rows."""
    return [list(column) for column in zip(*rows, strict=True)]


def label(key: str, layer: int | None) -> Json:
    """Return the symbol of a matrix as a MathML tree and as text, such as dW with its layer above."""
    of = Symbol({"slope": "z", "g": "z"}.get(key, key.removesuffix("T")), "", "" if layer is None else f"[{layer}]")
    if key in ("slope", "g"):
        function = ["msup", ["mi", "g"], ["mo", "′"]] if key == "slope" else ["mi", "g"]
        tree = ["mrow", function, ["mrow", ["mo", "("], of.mathml, ["mo", ")"]]]
        return {"label": tree, "plain": f"g{'′' if key == 'slope' else ''}({of.plain})"}
    if key.endswith("T"):
        tree = ["msup", ["mrow", ["mo", "("], of.mathml, ["mo", ")"]], ["mi", "T"]]
        return {"label": tree, "plain": f"({of.plain})ᵀ"}
    return {"label": of.mathml, "plain": of.plain}
